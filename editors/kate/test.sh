#!/usr/bin/env bash
# Has KDE's highlighter colour all examples by milepost.xml, without a complaint.
# Needs kate-syntax-highlighter; Debian has it in libkf5syntaxhighlighting-tools.
set -euo pipefail
cd "$(dirname "$0")/../.."
target=${CARGO_TARGET_DIR:-$PWD/target}
work=$target/kate
command -v kate-syntax-highlighter >/dev/null ||
  { echo "kate-syntax-highlighter is needed; Debian has it in libkf5syntaxhighlighting-tools" >&2; exit 2; }

rm -rf "$work" && mkdir -p "$work/share/org.kde.syntax-highlighting/syntax"
cp editors/kate/milepost.xml "$work/share/org.kde.syntax-highlighting/syntax"
export XDG_DATA_DIRS=$work/share QT_QPA_PLATFORM=offscreen

passed=0 failed=0
check() { # what, whether it holds
  if [[ $2 == yes ]]; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "FAILED  $1"; fi
}
for plan in examples/*/*.plan grammar/tests/fixtures/*.plan; do
  kate-syntax-highlighter --syntax Milepost "$plan" >"$work/out.html" 2>"$work/complaints" || true
  check "$plan: $(head -n 1 "$work/complaints")" "$([[ ! -s $work/complaints && -s $work/out.html ]] && echo yes)"
done

# A keyword is one only where a statement begins.
trace() { kate-syntax-highlighter --syntax Milepost --output-format ansi --syntax-trace format "$1" 2>/dev/null | sed 's/\x1b\[[0-9;]*[mK]//g'; }
printf 'funnel f {\n  metric <- plan 1 in 20\n}\nmetric plan { unit CNY }\n' >"$work/words.plan"
trace "$work/words.plan" >"$work/words.txt"
check "declarations" "$([[ $(grep -o Declaration "$work/words.txt" | wc -l) == 4 ]] && echo yes)"
check "statements" "$([[ $(grep -o Statement "$work/words.txt" | wc -l) == 1 ]] && echo yes)"

echo "$passed passed, $failed failed"
[[ $failed == 0 ]]
