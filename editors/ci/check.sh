#!/usr/bin/env bash
# Checks the plans of the repository: `check.sh FORMAT [PLAN…]`, the formats being those of `milepost check`. Without a PLAN, PLANS names
# some of them, one a line; with DENY=true warnings are errors.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/common.sh"
format=$1
shift
cd "$(git rev-parse --show-toplevel)"
if [[ $# != 0 ]]; then plans=("$@"); else read_plans; fi
arguments=(--format "$format")
[[ ${DENY:-} != true ]] || arguments+=(--deny warnings)
if [[ ${#plans[@]} == 0 ]]; then
  # A report is expected all the same.
  case $format in
    gitlab) echo "[]" ;;
    sarif) echo '{ "version": "2.1.0", "runs": [] }' ;;
  esac
  echo "no file declares a plan" >&2
  exit
fi
need_milepost
# The other formats are read by machines.
if [[ $format == text ]]; then run=told; else run=asked; fi
"$run" "$milepost" check "${arguments[@]}" -- "${plans[@]}"
