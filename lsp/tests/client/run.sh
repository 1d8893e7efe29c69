#!/usr/bin/env bash
# Has a client that is not ours ask the language server: PyPI's pytest-lsp.
# Needs python3; what else it takes is installed below the target folder. MILEPOST_LSP names a server that is built already.
set -euo pipefail
cd "$(dirname "$0")/../../.."
target=${CARGO_TARGET_DIR:-$PWD/target}
work=$target/client

if [[ -z ${MILEPOST_LSP:-} ]]; then
  cargo build --quiet --package milepost-lsp
  export MILEPOST_LSP=$target/debug/milepost-lsp
fi
[[ -x $work/venv/bin/python ]] || python3 -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check --requirement lsp/tests/client/requirements.txt
"$work/venv/bin/python" -m pytest -q -p no:cacheprovider lsp/tests/client
