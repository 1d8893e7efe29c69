#!/usr/bin/env bash
# Drives a real VS Code with the extension in it. Needs Node 20, npm, Rust, and the programs chromium and rg; what else it
# takes is installed below the target folder.
#
#   e2e/run.sh                the language server of this repository
#   e2e/run.sh --stub         the small server beside this file
#   e2e/run.sh … NAME…        only tests with one of these words in their name
#
# MILEPOST_LSP names a server that is built already, with `milepost` beside it. Screenshots are in target/e2e.
set -euo pipefail
cd "$(dirname "$0")/../../.."
vscode=$PWD/editors/vscode
target=${CARGO_TARGET_DIR:-$PWD/target}
work=$target/e2e
cache=$work/cache

for program in chromium rg node npm; do
  command -v "$program" >/dev/null || { echo "$program is needed; Debian has it as a package (chromium, ripgrep, nodejs, npm)" >&2; exit 2; }
done

[[ -d $vscode/node_modules ]] || (cd "$vscode" && npm ci --silent --no-audit --no-fund --ignore-scripts)

version=4.100.3 # with VS Code 1.100
if [[ ! -e $cache/code-server/ready-$version ]]; then
  rm -rf "$cache/code-server" && mkdir -p "$cache/code-server"
  (
    cd "$cache/code-server"
    echo '{ "private": true }' >package.json
    npm install --silent --no-audit --no-fund --ignore-scripts "code-server@$version"
    npm rebuild --silent argon2
    cd node_modules/code-server/lib/vscode
    npm install --silent --no-audit --no-fund --ignore-scripts --omit=dev
    ln -sfn node_modules node_modules.asar
    mkdir -p node_modules/@vscode/ripgrep/bin
    ln -sf "$(command -v rg)" node_modules/@vscode/ripgrep/bin/rg
  )
  touch "$cache/code-server/ready-$version"
fi

if [[ -z ${MILEPOST_LSP:-} ]]; then
  cargo build --quiet --package milepost-lsp --package milepost
  export MILEPOST_LSP=$target/debug/milepost-lsp
fi
mkdir -p "$work"
(cd "$vscode" && npm run --silent build && node scripts/package.mjs "$work/milepost.vsix" >"$work/package.log" 2>&1) ||
  { cat "$work/package.log" >&2; exit 1; }

exec node "$vscode/e2e/run.mjs" "$work" "$@"
