#!/usr/bin/env bash
# Checks the plans of the repository: `check.sh FORMAT [PLAN…]`, the formats being those of `milepost check`. Without a PLAN, PLANS names
# some of them, one a line; with DENY=true warnings are errors. What cannot be checked fails in the end, when the rest is.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/common.sh"
format=$1
shift
cd "$(git rev-parse --show-toplevel)"
top=$(pwd -P)
top=${top%/}

# Whether a path is one of the repository. What a link of that name leads to is for milepost to look at.
inside() {
  local folder
  if folder=$(cd -P -- "$(dirname -- "$1")" 2>/dev/null && pwd); then
    [[ $folder/ == "$top"/* ]]
  else
    case /$1/ in */../*) return 1 ;; esac
    case $1 in "$top"/*) ;; /* | [A-Za-z]:[\\/]*) return 1 ;; esac
  fi
}

failed=0
if [[ $# != 0 ]]; then
  plans=("$@")
else
  if [[ ${PLANS:-} != *[![:space:]]* ]] && git rev-parse --verify --quiet HEAD >/dev/null; then
    # What a sparse checkout leaves out is in git and not among the files.
    read_plans HEAD
    for plan in ${plans[@]+"${plans[@]}"}; do
      if [[ ! -e $plan && $(git ls-files -t -- ":(literal)$plan") == 'S '* ]]; then
        printf 'the plan %s is not checked out, and so not checked: name it in the sparse checkout, or name the others as the plans to check\n' "$plan" | log >&2
        failed=1
      fi
    done
  fi
  read_plans
fi
named=()
for plan in ${plans[@]+"${plans[@]}"}; do
  if inside "$plan"; then
    named+=("$plan")
  else
    printf 'the plan %s is outside of this repository, and not checked\n' "$plan" | log >&2
    failed=1
  fi
done
arguments=(--format "$format")
[[ ${DENY:-} != true ]] || arguments+=(--deny warnings)
if [[ ${#named[@]} == 0 ]]; then
  # A report is expected all the same.
  case $format in
    gitlab) echo "[]" ;;
    sarif)
      # A run without results closes the alerts of plans that are gone; the name is the one that milepost gives itself. Of plans that could not
      # be checked nothing is known.
      [[ $failed != 0 ]] || cat <<'SARIF'
{
  "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
  "version": "2.1.0",
  "runs": [{ "tool": { "driver": { "name": "Milepost", "rules": [] } }, "columnKind": "unicodeCodePoints", "results": [] }]
}
SARIF
      ;;
  esac
  [[ $failed != 0 ]] || echo "no file declares a plan" >&2
  exit "$failed"
fi
need_milepost
# The other formats are read by machines.
if [[ $format == text ]]; then run=told; else run=asked; fi
code=0
"$run" "$milepost" check "${arguments[@]}" -- "${named[@]}" || code=$?
[[ $code != 0 ]] || code=$failed
exit "$code"
