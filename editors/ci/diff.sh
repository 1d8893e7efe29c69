#!/usr/bin/env bash
# What changes in the plans of the repository from a revision to HEAD, as a page of Markdown for a comment: `diff.sh BASE`. PLANS names some of
# them, one a line. Nothing is written where no page can be made.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/common.sh"
need_milepost
cd "$(git rev-parse --show-toplevel)"
head=$(git rev-parse --verify HEAD)
base=$(git rev-parse --verify --quiet --end-of-options "${1:-}^{commit}") || {
  printf 'The commit to compare with, `%s`, is not in this clone. Fetch all of the history: `fetch-depth: 0` for actions/checkout (GitHub), the variable `GIT_DEPTH: 0` (GitLab).\n' "${1:-}" | log >&2
  exit 1
}
# GitHub takes 65,536 characters in a comment, UTF-16 units at most, and shows nothing of what is longer. A milepost needs 2,000.
room=60000
most=30

# A name as code, whatever it holds: without what ends a line or turns the direction of writing, and not too long. iconv leaves out what is not
# UTF-8, first of all, and what is cut in two.
name() {
  local text fence='`' pad=
  text=$(printf '%s' "$1" | head -c 300 | iconv -c -f UTF-8 -t UTF-8 || true)
  text=$(printf '%s' "$text" | LC_ALL=C tr -d '\000-\037\177' |
    LC_ALL=C sed $'s/\xc2[\x80-\x9f]//g; s/\xd8\x9c//g; s/\xe2\x80[\x8e\x8f\xa8-\xae]//g; s/\xe2\x81[\xa6-\xa9]//g')
  while [[ $text == *"$fence"* ]]; do fence+='`'; done
  [[ $text != *'`'* && $text != ' '* ]] || pad=' '
  printf '%s' "$fence$pad$text$pad$fence"
}

# The plans that HEAD has, and behind them those that only the base has. No path in git holds two slashes in a row.
known=// compared=()
add() { [[ $known == *"//$1//"* ]] || { known+=$1// compared+=("$1"); }; }
read_plans "$head"
for plan in ${plans[@]+"${plans[@]}"}; do add "$plan"; done
# One that was renamed is compared under its new name: milepost finds the old one, asking git as it is asked here.
gone=//
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
git diff-tree -r --find-renames --diff-filter=R --name-status -z --no-ext-diff --no-textconv \
  --ignore-submodules=all "$base" "$head" -- > "$work/renamed"
while IFS= read -r -d '' _ && IFS= read -r -d '' before && IFS= read -r -d '' after; do
  [[ $known != *"//$after//"* ]] || gone+=$before//
done < "$work/renamed"
read_plans "$base"
for plan in ${plans[@]+"${plans[@]}"}; do
  [[ $gone == *"//$plan//"* ]] || add "$plan"
done
if [[ ${PLANS:-} == *[![:space:]]* ]]; then
  read_plans
  for plan in ${plans[@]+"${plans[@]}"}; do
    [[ $known$gone == *"//$plan//"* ]] || printf 'neither HEAD nor the base has the plan %s\n' "$plan" | log >&2
  done
fi

# Says in `said` what changes in a plan, in so many characters. 0: nothing changed in meaning; 1: something did; else it could not be told, and
# standard error says why.
compare() {
  local code=0
  said=$(asked "$milepost" diff --format markdown --room "$2" --exit-code "$base..$head" -- "$1") || code=$?
  [[ $code != 1 || -n $said ]] || code=2
  return $code
}

changed=() pages=()
if ! git diff --quiet --no-ext-diff "$base" "$head"; then
  for plan in ${compared[@]+"${compared[@]}"}; do
    code=0
    compare "$plan" "$room" || code=$?
    [[ $code != 0 ]] || continue
    if [[ $code != 1 ]]; then
      printf 'the plan %s cannot be compared\n' "$plan" | log >&2
      # Where its file is as it was, that is no news of this change.
      was=$(git rev-parse --verify --quiet "$base:$plan" || true)
      [[ $was != "$(git rev-parse --verify --quiet "$head:$plan" || true)" ]] || continue
      said=$(printf '### %s\n\nIt cannot be compared: the log says why.' "$(name "$plan")")
    fi
    changed+=("$plan")
    pages+=("$said")
  done
fi

{
  echo "$mark"
  count=${#changed[@]}
  [[ $count != 0 ]] || printf '\nNothing changes in the plans.\n'
  # They share the room; what one does not take is there for those behind it.
  for ((i = 0; i < count && i < most; i++)); do
    still=$(((count < most ? count : most) - i))
    share=$((room / still))
    said=${pages[i]}
    # No text has more characters than bytes.
    size=$(($(printf '%s' "$said" | wc -c)))
    if ((size > share)); then
      # It was told in this room already where it has all of it.
      ((still == 1 && i == 0)) || compare "${changed[i]}" "$share" 2>/dev/null || [[ $? == 1 ]]
      size=$share
    fi
    room=$((room - size))
    printf '\n%s\n' "$said"
  done
  if ((count == most + 1)); then
    printf '\n1 more plan changes: `milepost diff` shows how.\n'
  elif ((count > most)); then
    printf '\n%d more plans change: `milepost diff` shows how.\n' $((count - most))
  fi
} > "$work/page"
cat "$work/page"
