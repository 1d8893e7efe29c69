#!/usr/bin/env bash
# Builds calendars and has them read by two programs that are not ours: PyPI's icalendar and npm's ical.js.
# Needs python3, node and npm; what else it takes is installed below the target folder.
set -euo pipefail
cd "$(dirname "$0")/../../.."
here=compiler/tests/readers
target=${CARGO_TARGET_DIR:-target}
work=$target/readers

if [[ -z ${MILEPOST:-} ]]; then
  cargo build --quiet --package milepost
  MILEPOST=$target/debug/milepost
fi

rm -rf "$work/out" && mkdir -p "$work/npm" "$work/out/nasty"
[[ -x $work/venv/bin/python ]] || python3 -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check --requirement "$here/requirements.txt"
cp editors/readers/* "$work/npm"
(cd "$work/npm" && npm ci --silent --no-audit --no-fund)

python3 "$here/nasty.py" "$work/out/nasty"
cp compiler/tests/data/cn-2026.ics "$work/out/nasty"
folders=()
build() { # name, plan, options
  local out=$work/out/$1-out plan=$2
  shift 2
  "$MILEPOST" build "$plan" --stamp "${stamp:-2026-01-05T16:00:00+08:00}" --out "$out" "$@" 2>"$out.log" >&2 ||
    # What is merely a bad goal is written, and fails; what is said of such an example stands beside it.
    [[ -e ${plan%.plan}.txt && -s $out/calendar.ics ]] || { cat "$out.log"; exit 1; }
  "$work/venv/bin/python" "$here/read.py" "$out"/*.ics >"$out/python.json"
  node "$work/npm/read.js" "$out"/*.ics >"$out/node.json"
  folders+=("$out")
}
build nasty "$work/out/nasty/nasty.plan"
stamp=2026-01-06 build updated "$work/out/nasty/changed.plan" --previous "$work/out/nasty-out"
build person "$work/out/nasty/nasty.plan" --person quotes
for plan in $(grep -lE '^plan ' examples/*/*.plan); do
  build "$(basename "$(dirname "$plan")")-$(basename "$plan" .plan)" "$plan"
done
python3 "$here/check.py" "${folders[@]}"
