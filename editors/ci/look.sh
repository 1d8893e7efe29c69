#!/usr/bin/env bash
# Whether the action has anything to build milepost for: `look.sh BASE` says `needed=true` or `needed=false`. It is not needed where there is no
# plan, nor in a pull request that leaves everything as it is that a plan could read; with SARIF, which is expected of each run, it is needed there.
# In doubt it is needed: what is wrong is said by those that need it.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/common.sh"
cd "$(git rev-parse --show-toplevel)"
needed() {
  local head base
  head=$(git rev-parse --verify --quiet HEAD) || return 0
  # Plans that are named have to be there.
  [[ ${PLANS:-} != *[![:space:]]* ]] || plans=("$PLANS")
  [[ ${#plans[@]} != 0 ]] || read_plans "$head"
  if [[ ${GITHUB_EVENT_NAME:-} != pull_request ]]; then
    [[ ${#plans[@]} != 0 ]]
    return
  fi
  base=$(git rev-parse --verify --quiet --end-of-options "${1:-}^{commit}") || return 0
  [[ ${#plans[@]} != 0 ]] || read_plans "$base"
  [[ ${#plans[@]} != 0 ]] || return
  [[ -n ${SARIF:-} ]] || differs "$base" "$head"
}
plans=()
if needed "${1:-}"; then
  echo needed=true
else
  echo needed=false
  echo "nothing here that a plan is made of, or none of it changes: milepost is not built" >&2
fi
