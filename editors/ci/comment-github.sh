#!/usr/bin/env bash
# Writes a page into the one comment of the pull request NUMBER, or makes it: `comment-github.sh PAGE`. Needs `gh` and GH_TOKEN.
set -euo pipefail
comments=repos/$GITHUB_REPOSITORY/issues/$NUMBER/comments
# Ours alone: anybody may write the mark into a comment, and this token could change those of others. `gh pr comment
# --edit-last` would also take what another workflow said last.
ours='.[] | select(.user.login == "github-actions[bot]" and (.body | startswith("<!-- milepost -->"))) | .id'
id=$(gh api --paginate "$comments" --jq "$ours" | head -n 1)
if [[ -n $id ]]; then
  gh api --silent --method PATCH "repos/$GITHUB_REPOSITORY/issues/comments/$id" --field body=@"$1"
elif grep -q '^Nothing changes in the plans.$' "$1"; then
  echo "nothing changes, and nothing was said before"
else
  gh api --silent --method POST "$comments" --field body=@"$1"
fi
