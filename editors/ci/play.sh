#!/usr/bin/env bash
# Plays the whole way on a repository in a temporary folder: a branch changes the Chinese example; out come the text of the comment and the
# annotations that a pull request would get. MILEPOST names a milepost that is built already.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
if [[ -z ${MILEPOST:-} ]]; then
  cargo build --quiet --manifest-path "$here/../../Cargo.toml" --package milepost
  MILEPOST=${CARGO_TARGET_DIR:-$here/../../target}/debug/milepost
fi
. "$here/common.sh"
export MILEPOST
repository=$(mktemp -d)
trap 'rm -rf "$repository"' EXIT
cp -r "$here/../../examples/business-unit" "$repository/plans"
rm -rf "$repository/plans/out"
cd "$repository"
git() { command git -c user.name=Milepost -c user.email=milepost@example.com "$@"; }
git init -q -b main
git add -A
git commit -qm "The year's plan"
git checkout -qb fewer-wins
# One bid in five is won, not one in four; Ma Chao can make five visits a day at most; Tian Ye starts a month later.
sed -i.bak -e 's/中标 <- 投标 1 in 4/中标 <- 投标 1 in 5/' \
  -e 's/person 马超$/person 马超 { 拜访 at most 5 per day }/' \
  -e 's/person 田野 { from 2026-03-01/person 田野 { from 2026-04-01/' plans/事业部.plan
rm plans/事业部.plan.bak
git commit -qam "One bid in five"

echo "== The change, as git shows it"
command git --no-pager diff main fewer-wins
echo
echo "== The comment"
"$here/diff.sh" main
echo
echo "== The annotations"
"$here/check.sh" github || true
