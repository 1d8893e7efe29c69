#!/usr/bin/env bash
# What changes in the plans of the repository from a revision to HEAD, as a page of Markdown for a comment: `diff.sh BASE`. PLANS names some of
# them, one a line.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
base=$(git rev-parse --verify --end-of-options "$1^{commit}")
head=$(git rev-parse --verify HEAD)
cd "$(git rev-parse --show-toplevel)"
# The comment is known again by this.
echo "<!-- milepost -->"

# A name as code, whatever it holds.
name() { printf '<code>%s</code>' "$(printf '%s' "$1" | LC_ALL=C tr -d '\000-\037' | sed 's/&/\&amp;/g; s/</\&lt;/g; s/>/\&gt;/g; s/[]@#*_`|\\[]/\\&/g')"; }

# What is said of files of strangers is no command of GitHub's: those begin a line with `::` or hold `##[`.
log() { sed 's/##\[/# #[/g; s/^/milepost: /' >&2; }

page() {
  local changed=false plan said
  if git diff --quiet --no-ext-diff "$base" "$head"; then
    printf '\nNothing changes in the plans.\n'
    return
  fi
  while IFS= read -r -d '' plan; do
    # 0: nothing changed; 1: something did; else it could not be told, and standard error says why.
    local code=0
    said=$("${MILEPOST:-milepost}" diff --format markdown --exit-code "$base..$head" -- "$plan" 2> >(log)) || code=$?
    [[ $code != 0 ]] || continue
    changed=true
    if [[ -n $said ]]; then
      printf '\n%s\n' "$said"
    else
      printf '\n### %s\n\nIt cannot be compared: the log says why.\n' "$(name "$plan")"
    fi
  done < <("$here/plans.sh")
  $changed || printf '\nNothing changes in the plans.\n'
}

# GitHub takes 65,536 characters in a comment, and shows nothing of what is longer. Whole lines stay, and what is open is closed.
page | LC_ALL=C awk -v most=60000 '
  { size += length($0) + 1 }
  size > most { cut = 1; next }
  { print; open += gsub(/<details/, "<details") - gsub(/<\/details>/, "</details>") }
  END {
    if (!cut) exit
    for (; open > 0; open--) print "\n</details>"
    print "\nThe page is cut here: it is longer than a comment may be. `milepost diff` shows the rest."
  }'
