#!/usr/bin/env bash
# What .pre-commit-hooks.yaml runs: `hook.sh check [PLAN…]`, `hook.sh fmt FILE…`. Builds milepost of this revision the first time.
# MILEPOST names one that is built already.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/common.sh"
command=$1
shift
unset PLANS
if [[ $command == check && $# == 0 ]]; then
  # It runs at every commit: nothing is built, and nothing said, where there is no plan.
  read_plans
  [[ ${#plans[@]} != 0 ]] || exit 0
  # Those that are there: whoever works in a sparse checkout has chosen so.
  set -- "${plans[@]}"
fi
if [[ -z ${MILEPOST:-} ]]; then
  root=$(cd "$here/../.." && pwd)
  MILEPOST=$root/target/hook/bin/milepost
  # As the commit's hooks run, git's variables name the other repository; and its files could name another Rust.
  [[ -x $MILEPOST ]] || (cd "$root" && env -u GIT_DIR -u GIT_INDEX_FILE -u GIT_WORK_TREE \
    cargo install --quiet --locked --path compiler --root target/hook)
fi
export MILEPOST
milepost=$MILEPOST
if [[ $command == check ]]; then
  exec "$here/check.sh" text "$@"
fi
told "$milepost" "$command" -- "$@"
