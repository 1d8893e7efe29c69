#!/usr/bin/env bash
# Runs fuzz targets, all or the named ones, each for so many seconds: run.sh SECONDS [TARGET …]
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=$1
shift
targets=("$@")
((${#targets[@]})) || targets=(parse_format build_outputs import)

cargo fuzz --version >/dev/null 2>&1 || cargo install cargo-fuzz --locked
fuzz/seeds.sh
# The same versions as the compiler's.
cp ../Cargo.lock fuzz/Cargo.lock

# The address sanitizer takes a flag of nightly compilers, which the variable lets a stable one have.
export RUSTC_BOOTSTRAP=1
sanitizer=address
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
log=$work/log
if ! { echo 'fn main() {}' | rustc -Zsanitizer=address -o "$work/empty" - && "$work/empty"; } >"$log" 2>&1; then
  sanitizer=none
  echo "without the address sanitizer: $(grep -m1 '^error' "$log" || tail -n1 "$log")"
fi

longest() { case $1 in build_outputs) echo 4096 ;; *) echo 16384 ;; esac; }
for target in "${targets[@]}"; do
  if ! cargo fuzz run --sanitizer $sanitizer "$target" -- -max_total_time="$seconds" -max_len="$(longest "$target")" \
    -dict=fuzz/corpus/words.dict -timeout=10 -rss_limit_mb=2048 >"$log" 2>&1; then
    tail -n 60 "$log"
    exit 1
  fi
  echo "$target: $(grep -E '^Done |[[:space:]]DONE ' "$log" | tr -s '\t\n' ' ')"
done
