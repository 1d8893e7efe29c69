#!/usr/bin/env bash
# What the job for GitLab does, in the current folder: gl-code-quality-report.json, and in a merge request milepost.md and the comment, which
# needs MILEPOST_TOKEN. The report comes first, and is there whatever happens to the rest. Exits with the code of what failed first.
set -uo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
failed=0
first() { [[ $failed != 0 ]] || failed=$1; }
# Files of the repository: they could be links that lead elsewhere.
rm -f -- gl-code-quality-report.json milepost.md
"$here/check.sh" gitlab > gl-code-quality-report.json || first $?
"$here/check.sh" text || first $?
if [[ ${CI_PIPELINE_SOURCE:-} == merge_request_event ]]; then
  # In a pipeline of merged results HEAD is the merge with the target's branch, which may be ahead of what the request grew from.
  base=${CI_MERGE_REQUEST_TARGET_BRANCH_SHA:-${CI_MERGE_REQUEST_DIFF_BASE_SHA:-}}
  if "$here/diff.sh" "$base" > milepost.md; then
    [[ -z ${MILEPOST_TOKEN:-} ]] || "$here/comment-gitlab.sh" milepost.md || first $?
  else
    first $?
    rm -f -- milepost.md
    echo "no page was made: nothing is posted" >&2
  fi
fi
exit "$failed"
