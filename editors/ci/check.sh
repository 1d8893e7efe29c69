#!/usr/bin/env bash
# Checks the plans of the repository: `check.sh FORMAT`, the formats being those of `milepost check`. PLANS names some of them, one a line;
# with DENY=true warnings are errors.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cd "$(git rev-parse --show-toplevel)"
plans=()
while IFS= read -r -d '' plan; do plans+=("$plan"); done < <("$here/plans.sh")
arguments=(--format "$1")
[[ ${DENY:-} != true ]] || arguments+=(--deny warnings)
if [[ ${#plans[@]} == 0 ]]; then
  # A report is expected all the same.
  case $1 in
    gitlab) echo "[]" ;;
    sarif) echo '{ "version": "2.1.0", "runs": [] }' ;;
  esac
  echo "no file declares a plan" >&2
  exit
fi
exec "${MILEPOST:-milepost}" check "${arguments[@]}" -- "${plans[@]}"
