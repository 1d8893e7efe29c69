#!/usr/bin/env bash
# Names the plans of the repository around the current folder, from its top, each with a NUL behind it: those that PLANS names, one a
# line; else all files that declare a plan. Files that plans include are read by those. `plans.sh COMMIT` names those that the commit
# has.
set -euo pipefail
PLANS=${PLANS:-}
commit=${1:-}
cd "$(git rev-parse --show-toplevel)"
if [[ -n ${PLANS//[$' \t\r\n']/} ]]; then
  while IFS= read -r plan; do
    plan=${plan%$'\r'}
    [[ -n $plan ]] || continue
    [[ -z $commit ]] || git cat-file -e "$commit:$plan" 2>/dev/null || continue
    printf '%s\0' "$plan"
  done <<<"$PLANS"
else
  # The keyword at a line's start or behind `;` or `}`, and not in a comment or a string. Bytes, whatever the locale is: the spaces, full-width
  # marks and quotes are those that the language knows.
  space=$'([ \t]|\xc2\xa0|\xe1\x9a\x80|\xe2\x80[\x80-\x8a\xaf]|\xe2\x81\x9f|\xe3\x80\x80)'
  text=$'("([^"\\\\]|\\\\.)*"|\xe2\x80[\x9c\x9d]([^\xe2\\\\]|\\\\.|\xe2[^\x80]|\xe2\x80[^\x9c\x9d])*\xe2\x80[\x9c\x9d])'
  other=$'([^"#\r\xe2\xef]|\xe2[^\x80]|\xe2\x80[^\x9c\x9d]|\xef[^\xbc]|\xef\xbc[^\x83])'
  end=$'([;}]|\xef\xbc\x9b|\xef\xbd\x9d)'
  keyword=$'^(.*\r)?(\xef\xbb\xbf)?'"(($text|$other)*$end)?$space*plan$space"
  # Links are left out: they may lead anywhere. Nothing found is no failure.
  LC_ALL=C git grep -lzaE --no-color --no-recurse-submodules -e "$keyword" ${commit:+"$commit"} -- ':(icase)*.plan' |
    while IFS= read -r -d '' plan; do printf '%s\0' "${plan#"${commit:+$commit:}"}"; done || [[ ${PIPESTATUS[0]} == 1 ]]
fi
