#!/usr/bin/env bash
# Starts the language server from Emacs and checks messages, hover, completion and formatting.
# Needs an Emacs with Eglot: 29 or newer has it, Debian's older one takes the package elpa-eglot.
# MILEPOST_LSP names a server that is built already. With --stub it is the small one of the VS Code tests.
set -euo pipefail
cd "$(dirname "$0")/../.."
target=${CARGO_TARGET_DIR:-$PWD/target}
work=$target/emacs
mkdir -p "$work"

if [[ ${1:-} == --stub ]]; then
  MILEPOST_LSP=$PWD/editors/vscode/e2e/stub-server.js
elif [[ -z ${MILEPOST_LSP:-} ]]; then
  cargo build --quiet --package milepost-lsp
  MILEPOST_LSP=$target/debug/milepost-lsp
fi
export MILEPOST_LSP

command -v emacs >/dev/null || { echo "emacs is needed; Debian has emacs-nox and elpa-eglot" >&2; exit 2; }
rm -rf "$work/plans"
cp -r editors/vscode/e2e/workspace "$work/plans"
here=$PWD/editors/emacs
cd "$work/plans"
HOME=$work timeout 120 emacs --batch -L "$here" -l "$here/test.el" 2>"$work/log" || { status=$?; tail -n 20 "$work/log" >&2; exit $status; }
