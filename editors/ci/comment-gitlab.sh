#!/usr/bin/env bash
# Writes a page into the one comment of this merge request, or makes it: `comment-gitlab.sh PAGE`. Needs curl, jq and MILEPOST_TOKEN.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/common.sh"
is_page "$1" || { echo "no page was made: nothing is posted" >&2; exit 1; }
api() {
  # On standard input: arguments can be seen by others on the machine.
  curl --silent --show-error --fail --header @- "$@" <<<"PRIVATE-TOKEN: $MILEPOST_TOKEN"
}
notes=$CI_API_V4_URL/projects/$CI_PROJECT_ID/merge_requests/$CI_MERGE_REQUEST_IID/notes
# Ours alone: anybody may write the mark into a comment.
me=$(api "$CI_API_V4_URL/user" | jq .id)
id=
for page in {1..20}; do
  list=$(api "$notes?per_page=100&page=$page")
  id=$(jq -r --argjson me "$me" --arg mark "$mark" \
    '[.[] | select(.author.id == $me and (.body | startswith($mark))) | .id][0] // empty' <<<"$list")
  [[ -z $id && $(jq length <<<"$list") == 100 ]] || break
done
if [[ -n $id ]]; then
  api --output /dev/null --request PUT --data-urlencode "body@$1" "$notes/$id"
elif is_calm "$1"; then
  echo "nothing changes, and nothing was said before"
else
  api --output /dev/null --request POST --data-urlencode "body@$1" "$notes"
fi
