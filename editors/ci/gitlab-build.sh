#!/usr/bin/env bash
# Builds milepost into `.milepost` of the current folder, the top of the project, unless the job's cache brought it. What git has there is a
# stranger's, and would be run.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
project=$PWD
tracked=$(git ls-files -- ':(icase).milepost' | wc -l)
if [[ $((tracked)) != 0 || -L .milepost || -L .milepost/bin || -L .milepost/bin/milepost ]]; then
  echo "the repository has something of its own at .milepost, where this job keeps the milepost that it runs: nothing of it is run; take it out of git" >&2
  exit 1
fi
[[ ! -x .milepost/bin/milepost ]] || exit 0
# Not among the files of a stranger, where a rust-toolchain.toml would say what `cargo` is.
cd "$here/../.."
cargo install --quiet --locked --path compiler --root "$project/.milepost"
