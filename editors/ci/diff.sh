#!/usr/bin/env bash
# What changes in the plans of the repository from a revision to HEAD, as a page of Markdown for a comment: `diff.sh BASE`. PLANS names some of
# them, one a line. Nothing is written where no page can be made. `diff.sh --calm` writes the page that nothing changes, and needs no milepost.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/common.sh"
if [[ ${1:-} == --calm ]]; then
  calm
  exit
fi
need_milepost
cd "$(git rev-parse --show-toplevel)"
head=$(git rev-parse --verify HEAD)
base=$(git rev-parse --verify --quiet --end-of-options "${1:-}^{commit}") || {
  printf 'The commit to compare with, `%s`, is not in this clone. Fetch all of the history: `fetch-depth: 0` for actions/checkout (GitHub), the variable `GIT_DEPTH: 0` (GitLab).\n' "${1:-}" | log >&2
  exit 1
}
# GitHub takes 65,536 characters in a comment, UTF-16 units at most, and shows nothing of what is longer. `least` is what `--room` has to be for
# every milepost.
room=60000
least=2000
most=$((room / least))

# How many UTF-16 units a text has: one a character, and two where UTF-8 takes four bytes.
units() {
  local one two
  one=$(printf '%s' "$1" | LC_ALL=C tr -d '\200-\277' | wc -c)
  two=$(printf '%s' "$1" | LC_ALL=C tr -cd '\360-\364' | wc -c)
  echo $((one + two))
}

# A name as code, whatever it holds: without what is not UTF-8, what ends a line or turns the direction of writing, and not too long.
utf8=$'[\x20-\x7e]|[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf][\x80-\xbf]|\xed[\x80-\x9f][\x80-\xbf]'
utf8+=$'|\xf0[\x90-\xbf][\x80-\xbf][\x80-\xbf]|[\xf1-\xf3][\x80-\xbf][\x80-\xbf][\x80-\xbf]|\xf4[\x80-\x8f][\x80-\xbf][\x80-\xbf]'
name() {
  local text fence='`' pad=
  text=$(printf '%s' "$1" | head -c 300 | { LC_ALL=C grep -aoE -e "$utf8" || true; } | LC_ALL=C tr -d '\n' |
    LC_ALL=C sed $'s/\xc2[\x80-\x9f]//g; s/\xd8\x9c//g; s/\xe2\x80[\x8e\x8f\xa8-\xae]//g; s/\xe2\x81[\xa6-\xa9]//g')
  while [[ $text == *"$fence"* ]]; do fence+='`'; done
  [[ $text != *'`'* && $text != ' '* ]] || pad=' '
  printf '%s' "$fence$pad${text:-?}$pad$fence"
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

# Says in `said` what changes in a plan, in so many characters. 0: nothing changed in meaning; 1: something did; 2: it could not be told, and
# standard error says why. Anything else is no answer of milepost, which could not be run or was ended: then no page is true.
compare() {
  local code=0
  said=$(asked "$milepost" diff --format markdown --room "$2" --exit-code "$base..$head" -- "$1") || code=$?
  if ((code > 2)) || [[ $code == 1 && -z $said ]]; then
    printf 'milepost did not answer what changes in %s (exit code %s)\n' "$1" "$code" | log >&2
    exit 1
  fi
  return $code
}

# Whether a plan that cannot be compared may have changed all the same: it did, or something that it could read. Else that is no news.
data=
news() {
  [[ $(git rev-parse --verify --quiet "$base:$1" || true) == "$(git rev-parse --verify --quiet "$head:$1" || true)" ]] || return 0
  if [[ -z $data ]]; then
    if differs "$base" "$head" || ! git diff-tree -r --quiet --no-renames "$base" "$head" -- ':(icase)*.json'; then data=yes; else data=no; fi
  fi
  [[ $data == yes ]]
}

changed=() pages=()
if ! git diff --quiet --no-ext-diff "$base" "$head"; then
  for plan in ${compared[@]+"${compared[@]}"}; do
    code=0
    compare "$plan" "$room" || code=$?
    [[ $code != 0 ]] || continue
    if [[ $code != 1 ]]; then
      printf 'the plan %s cannot be compared\n' "$plan" | log >&2
      news "$plan" || continue
      said=$(printf '### %s\n\nIt cannot be compared: the log says why.' "$(name "$plan")")
    fi
    changed+=("$plan")
    pages+=("$said")
  done
fi

count=${#changed[@]}
shown=$((count < most ? count : most))
{
  if ((count == 0)); then calm; else echo "$mark"; fi
  # They share the room; what one does not take is there for those behind it.
  for ((i = 0; i < shown; i++)); do
    share=$((room / (shown - i)))
    ((share >= least)) || share=$least
    said=${pages[i]}
    size=$(units "$said")
    if ((size > share)); then
      compare "${changed[i]}" "$share" || [[ $? == 1 ]] || {
        printf 'the plan %s cannot be told in less room\n' "${changed[i]}" | log >&2
        exit 1
      }
      size=$(units "$said")
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
