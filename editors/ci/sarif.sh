#!/usr/bin/env bash
# Checks the plans as `check.sh sarif` does, into a file: `sarif.sh FILE`. What is wrong in plans is no failure of it. Its folder is made, and there
# is no file where there is nothing true to write.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
file=$1
case $file in
  "$PWD"/*) file=./${file#"$PWD"/} ;;
  /*) ;;
  [A-Za-z]:[\\/]*) file=${file//\\//} ;;
  *) file=./$file ;;
esac
folder=$(dirname -- "$file")
# A link in the repository could lead elsewhere.
if [[ $file == ./* ]]; then
  at=$folder
  while [[ $at != . ]]; do
    [[ ! -L $at ]] || { echo "the SARIF cannot be written: a folder on the way to it is a link" >&2; exit 1; }
    at=$(dirname -- "$at")
  done
fi
mkdir -p -- "$folder" || { echo "the SARIF cannot be written: its folder is not there and cannot be made" >&2; exit 1; }
[[ ! -d $file || -L $file ]] || { echo "the SARIF cannot be written: there is a folder of that name" >&2; exit 1; }
rm -f -- "$file"
work=$(mktemp)
trap 'rm -f "$work"' EXIT
code=0
"$here/check.sh" sarif > "$work" || code=$?
if [[ $code != [01] || ! -s $work ]]; then
  echo "no SARIF was written: the plans could not be checked" >&2
  exit 1
fi
cat "$work" > "$file"
