#!/usr/bin/env bash
# What .pre-commit-hooks.yaml runs: `hook.sh check [PLAN…]`, `hook.sh fmt FILE…`. Builds milepost of this revision the first time.
# MILEPOST names one that is built already.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
if [[ -z ${MILEPOST:-} ]]; then
  root=$here/../../target/hook
  # As the commit's hooks run, git's variables name the other repository.
  [[ -x $root/bin/milepost ]] || env -u GIT_DIR -u GIT_INDEX_FILE -u GIT_WORK_TREE \
    cargo install --quiet --locked --path "$here/../../compiler" --root "$root"
  MILEPOST=$root/bin/milepost
fi
export MILEPOST
command=$1
shift
if [[ $command == check ]]; then
  PLANS=$(printf '%s\n' "$@") exec "$here/check.sh" text
fi
exec "$MILEPOST" "$command" -- "$@"
