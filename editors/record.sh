#!/usr/bin/env bash
# Stands between an editor and the language server and writes down what both say, to be played back in tests.
# Point the editor at this file instead of the server.
#
#   MILEPOST_RECORD  the folder for the records, `milepost-record` in the temporary folder if not set
#   MILEPOST_LSP     the server, `milepost-lsp` on the PATH if not set
#
# Each run makes two files, named after when it began: TIME-in is what the editor said, TIME-out what the server said,
# byte for byte. `milepost-lsp <TIME-in` says it again.
set -euo pipefail
server=${MILEPOST_LSP:-milepost-lsp}

# Questions that are answered at once are no talk.
case ${1:-} in --version | -V | --help | -h) exec "$server" "$@" ;; esac

folder=${MILEPOST_RECORD:-${TMPDIR:-/tmp}/milepost-record}
mkdir -p "$folder"
name=$folder/$(date +%Y%m%d-%H%M%S)-$$
tee -- "$name-in" | "$server" "$@" | tee -- "$name-out"
