#!/usr/bin/env bash
# Writes a page into the one comment of the pull request NUMBER, or makes it: `comment-github.sh PAGE`. Needs `gh` and GH_TOKEN.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/common.sh"
is_page "$1" || { echo "no page was made: nothing is posted" >&2; exit 1; }
comments=repos/$GITHUB_REPOSITORY/issues/$NUMBER/comments
# Ours alone: anybody may write the mark into a comment, and this token could change those of others. `gh pr comment
# --edit-last` would also take what another workflow said last.
me=$(gh api graphql -f query='{viewer{login databaseId}}' --jq '.data.viewer | "\(.login) \(.databaseId)"' 2>/dev/null) || me=
name=github-actions bot='[bot]' number=null
if [[ $me =~ ^([A-Za-z0-9_-]+)(\[bot\])?\ ([0-9]+|null)$ ]]; then
  name=${BASH_REMATCH[1]} bot=${BASH_REMATCH[2]} number=${BASH_REMATCH[3]}
fi
author=".user.login == \"${name}[bot]\""
if [[ -z $bot ]]; then
  # An app can be told without `[bot]`, which its comments have. A person of that name is somebody else, and has another number.
  author="($author or .user.login == \"$name\")"
  [[ $number == null ]] || author+=" and .user.id == $number"
fi
ours=".[] | select($author and (.body | startswith(\"$mark\"))) | .id"
id=$(gh api --paginate "$comments" --jq "$ours" | sed -n 1p)
if [[ -n $id ]]; then
  gh api --silent --method PATCH "repos/$GITHUB_REPOSITORY/issues/comments/$id" --field body=@"$1"
elif is_calm "$1"; then
  echo "nothing changes, and nothing was said before"
else
  gh api --silent --method POST "$comments" --field body=@"$1"
fi
