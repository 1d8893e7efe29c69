#!/usr/bin/env bash
# Names the plans of the repository around the current folder, from its top, each with a NUL behind it: those that PLANS names, one a
# line; else all files that declare a plan. Files that plans include are read by those.
set -euo pipefail
PLANS=${PLANS:-}
cd "$(git rev-parse --show-toplevel)"
if [[ -n ${PLANS//[$' \t\r\n']/} ]]; then
  while IFS= read -r plan; do
    plan=${plan%$'\r'}
    [[ -z $plan ]] || printf '%s\0' "$plan"
  done <<<"$PLANS"
else
  # Links are left out: they may lead anywhere. Nothing found is no failure.
  git ls-files -z -- '*.plan' | while IFS= read -r -d '' plan; do
    [[ -f $plan && ! -L $plan ]] && grep -sqE $'^(\xef\xbb\xbf)?[[:space:]]*plan[[:space:]]' -- "$plan" && printf '%s\0' "$plan"
  done || true
fi
