#!/usr/bin/env bash
# Holds the files for CI services against their schemas, runs the scripts on a repository of plans, with stand-ins for `gh` and
# `curl`, runs the hooks by pre-commit and the recipe for git's own diffs. MILEPOST names a milepost that is built already.
set -euo pipefail
case ${MILEPOST:-} in '' | /*) ;; */*) MILEPOST=$PWD/$MILEPOST ;; esac
cd "$(dirname "$0")/../.."
top=$PWD
target=${CARGO_TARGET_DIR:-$PWD/target}
work=$target/ci
rm -rf "$work/bin" "$work/repository" "$work/home"
mkdir -p "$work/bin" "$work/repository" "$work/home"

if [[ -z ${MILEPOST:-} ]]; then
  cargo build --quiet --package milepost
  MILEPOST=$target/debug/milepost
fi

python=$work/venv/bin/python
if [[ ! -x $work/venv/bin/pre-commit ]]; then
  python3 -m venv "$work/venv"
  "$python" -m pip install --quiet --disable-pip-version-check pyyaml "check-jsonschema>=0.31" "pre-commit>=4"
fi

fail() { echo "FAILED: $*" >&2; exit 1; }
says() { grep -qF -- "$2" <<<"$1" || fail "no '$2' in: $1"; }

echo "files: YAML, schemas, shell"
"$python" - "$work/scanning.yml" <<'PY'
import pathlib, subprocess, sys, yaml
ci = pathlib.Path("editors/ci")
files = {path.name: yaml.safe_load(path.read_text()) for path in ci.glob("*.yml")}
assert set(files) == {"action.yml", "milepost.yml", "milepost.gitlab-ci.yml"}, set(files)
# `on` is true in YAML 1.1.
# Without `paths`: what is taken back has a comment to update, and a required check is not waited for in vain.
assert files["milepost.yml"][True] == {"pull_request": None}
assert files["milepost.yml"]["concurrency"]["group"].endswith("${{ github.event.pull_request.number || github.ref }}")
assert files["milepost.yml"]["permissions"] == {"contents": "read", "pull-requests": "write"}
for step in files["action.yml"]["runs"]["steps"]:
    assert "${{" not in step["run"], "an expression inside a script is run"
steps = {step["name"]: step for step in files["action.yml"]["runs"]["steps"]}
assert list(steps)[0] == "Look" and "needed == 'true'" in steps["Build milepost"]["if"]
assert steps["Compare"]["env"]["MILEPOST_MARK"] == steps["Comment"]["env"]["MILEPOST_MARK"] == "${{ inputs.mark }}"
assert "steps.compare.outcome == 'success'" in files["action.yml"]["runs"]["steps"][-1]["if"]
job = files["milepost.gitlab-ci.yml"]["milepost"]
assert any("$CI_DEFAULT_BRANCH" in rule["if"] for rule in job["rules"]), "no report to compare with"
assert job["artifacts"]["when"] == "always" and job["artifacts"]["reports"]["codequality"]
# The workflow that the README has for code scanning.
readme = (ci / "README.md").read_text()
block = next(block for block in readme.split("```yaml\n")[1:] if block.startswith("on:")).split("```")[0]
pathlib.Path(sys.argv[1]).write_text("name: Plans\n" + block)
scanning = yaml.safe_load(block)
assert scanning["permissions"]["security-events"] == "write" and "push" in scanning[True]
assert scanning["jobs"]["plans"]["steps"][-1]["if"] == "${{ !cancelled() }}"
for script in ci.glob("*.sh"):
    subprocess.run(["bash", "-n", script], check=True)
PY
check() { "$work/venv/bin/check-jsonschema" --builtin-schema "$@"; }
check vendor.github-actions editors/ci/action.yml
check vendor.github-workflows editors/ci/milepost.yml "$work/scanning.yml"
check vendor.gitlab-ci editors/ci/milepost.gitlab-ci.yml
"$work/venv/bin/pre-commit" validate-manifest .pre-commit-hooks.yaml

export MILEPOST

# git with nothing of the machine's own settings.
export HOME=$work/home GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=$work/home/.gitconfig
git config --global user.name Test
git config --global user.email test@example.com
git config --global init.defaultBranch main
cd "$work/repository"
git init -q
mkdir -p "计划"
cat > "计划/q 1.plan" <<'PLAN'
plan q1 { period 2026-06; include "people.plan" }
metric visits { kind activity }
objective win-june {
  owner liu
  key-result shops {
    scope "shops with fewer than 50 seats"
    measure visits 100 by 2026-06-30
    owner liu
  }
  key-result again {
    scope "shops that ordered last year"
    # Once each.
    owner liu
    measure visits 40 by 2026-06-30
  }
}
PLAN
echo 'person liu' > "计划/people.plan"
cp "计划/q 1.plan" "计划/other.plan"
ln -s /etc/passwd link.plan
git add -A && git commit -qm "Plans"
sed -i 's/visits 100/visits 200/' "计划/q 1.plan"
printf 'plan x {\n  period 2026-06\n}\nteam t { lead nobody }\n' > $'a\n::error::b*<i>.plan'
git add -A && git commit -qm "More"

echo "scripts: which plans, check, diff"
mapfile -d '' -t plans < <("$top/editors/ci/plans.sh")
[[ "${#plans[@]}" == 3 ]] || fail "plans: ${plans[*]}"
[[ $(PLANS=$'\n计划/q 1.plan\r\n' "$top/editors/ci/plans.sh" | tr '\0' '|') == '计划/q 1.plan|' ]] || fail "PLANS"
said=$(cd 计划 && "$top/editors/ci/check.sh" github) && fail "an error is no failure"
says "$said" "::error file=a %3A%3Aerror%3A%3Ab*<i>.plan,line=4"
! grep -q '^::error::b' <<<"$said" || fail "injected: $said"
PLANS="计划/q 1.plan" "$top/editors/ci/check.sh" sarif | "$python" -m json.tool >/dev/null
PLANS="计划/q 1.plan" "$top/editors/ci/check.sh" gitlab | "$python" -m json.tool >/dev/null
page=$("$top/editors/ci/diff.sh" HEAD^1 2> "$work/log")
[[ $page == "<!-- milepost -->"* ]] || fail "no mark: $page"
says "$page" '### `a::error::b*<i>.plan`'
[[ $(grep -cF -- "<!-- milepost -->" <<<"$page") == 1 ]] || fail "more than one mark: $page"
says "$page" "计划/q 1.plan"
says "$page" "100 visits"
! grep -q "other.plan" <<<"$page" || fail "said of a plan that did not change: $page"
! grep -qE '^[[:space:]]*::|##\[' "$work/log" || fail "a command in the log: $(cat "$work/log")"
says "$("$top/editors/ci/diff.sh" HEAD)" "Nothing changes in the plans."

quiet() { ! grep -qE '^[^!-~]*::|##\[' <<<"$1" || fail "a command in the log: $1"; }
calm=$'<!-- milepost -->\n\nNothing changes in the plans.'
# Another repository, empty.
fresh() {
  rm -rf "$work/${1:-fresh}"
  mkdir "$work/${1:-fresh}"
  cd "$work/${1:-fresh}"
  git init -q
}
save() { git add -A && git commit -q --allow-empty -m "$1"; }
plan() { printf 'plan %s "%s" { period 2026-06 }\nmetric visits { kind activity }\n' "$1" "${2:-Visits}"; }
# `goal PLAN NUMBER…` writes goals into a plan.
goal() {
  local to=$1 number
  shift
  for number; do
    printf 'person p%s\nobjective o%s "%s" { owner p%s; key-result k { scope "s"; measure visits %s by 2026-06-30; owner p%s } }\n' \
      "$number" "$number" "${title:-more}" "$number" "$((number + 100))" "$number" >> "$to"
  done
}

echo "scripts: what declares a plan"
fresh
# What is one, and what only looks like one.
number=0
while IFS= read -r line; do
  number=$((number + 1))
  printf "$line\n" > "yes $number.plan"
done <<'LINES'
metric m { kind activity }; plan x { period 2026-06 }
metric m "a; b" { kind activity } plan x { period 2026-06 }
metric m “甲；乙” ｛ kind activity ｝；plan x { period 2026-06 }
plan\xe3\x80\x80x { period 2026-06 }
\xef\xbb\xbf \xe3\x80\x80plan\xc2\xa0x { period 2026-06 }
# A comment\rplan x { period 2026-06 }
LINES
while IFS= read -r line; do
  number=$((number + 1))
  printf "$line\n" > "no $number.plan"
done <<'LINES'
# First visit; plan the rest
＃ First visit；plan the rest
metric m "visit; plan the rest" { kind activity }
metric m “visit；plan the rest” { kind activity }
planner x
LINES
save "Plans"
for locale in C "${LC_ALL:-${LANG:-C}}"; do
  for commit in "" HEAD; do
    mapfile -d '' -t plans < <(LC_ALL=$locale "$top/editors/ci/plans.sh" $commit)
    said=$(printf '%s|' "${plans[@]}")
    [[ $said == "yes 1.plan|yes 2.plan|yes 3.plan|yes 4.plan|yes 5.plan|yes 6.plan|" ]] || fail "plans: $said"
  done
done
for plan in yes*.plan; do "$MILEPOST" check "$plan" >/dev/null 2>&1 || fail "no plan for milepost: $plan"; done
! "$top/editors/ci/plans.sh" no-such-commit >/dev/null 2>&1 || fail "plans of no commit"

echo "diff: a plan is gone, renamed, in neither, without news"
fresh
mkdir "计 划"
plan a > "计 划/甲.plan" && goal "计 划/甲.plan" 1 2
plan b > b.plan && goal b.plan 3 4 5 6
plan c > c.plan && echo 'team t { lead nobody }' >> c.plan
plan e > e.plan && printf 'person \xff\n' >> e.plan
echo 1 > named.data && echo "# read from named.data" >> e.plan
save "Plans"
for name in data.csv days.ICS more.json; do
  echo x > "$name" && save "Data"
  [[ $("$top/editors/ci/diff.sh" HEAD^ 2>/dev/null) == *$'\n### `e.plan`\n\nIt cannot be compared: the log says why.' ]] ||
    fail "data changed, and a plan that cannot be compared is not told of: $name"
done
echo 2 > named.data && save "What a plan names"
says "$("$top/editors/ci/diff.sh" HEAD^ 2>/dev/null)" '### `e.plan`'
echo "unrelated" > other && save "Unrelated"
[[ $("$top/editors/ci/diff.sh" HEAD^ 2>/dev/null) == "$calm" ]] || fail "old errors are told of an unrelated change"
git rm -q e.plan && save "Not to be compared"
says "$("$top/editors/ci/diff.sh" HEAD^ 2>/dev/null)" $'### `e.plan`\n\nIt cannot be compared: the log says why.'
git rm -q "计 划/甲.plan" && save "Gone"
said=$("$top/editors/ci/diff.sh" HEAD^ 2>/dev/null)
says "$said" "计 划/甲.plan"
[[ $(grep -c '^### ' <<<"$said") == 1 ]] || fail "$said"
says "$(PLANS=$'b.plan\n计 划/甲.plan' "$top/editors/ci/diff.sh" HEAD^ 2>/dev/null)" "计 划/甲.plan"
git mv b.plan "新 名.plan" && sed -i 's/ 103 by/ 203 by/' "新 名.plan" && save "Renamed"
for names in "" b.plan "新 名.plan" $'b.plan\n新 名.plan\nno ::error::where.plan'; do
  said=$(PLANS=$names "$top/editors/ci/diff.sh" HEAD^ 2> "$work/log")
  [[ $(grep -c '^### ' <<<"$said") == 1 ]] || fail "a renamed plan is told once: $said"
  says "$said" ':b.plan` → `'
  says "$said" "203"
done
says "$(cat "$work/log")" "neither HEAD nor the base has the plan no ::error::where.plan"
[[ $(PLANS=no.plan "$top/editors/ci/diff.sh" HEAD^ 2>/dev/null) == "$calm" ]] || fail "a plan that is nowhere"
: > c.plan && save "Empty"
says "$("$top/editors/ci/diff.sh" HEAD^ 2>/dev/null)" '### `c.plan`'

echo "diff: a milepost that does not answer"
mkdir -p "$work/fake"
echo "more" > other && save "Unrelated"
for does in 'exit 3' 'exit 101' 'exit 127' 'kill -9 $$' 'exit 1'; do
  printf '#!/bin/sh\n%s\n' "$does" > "$work/fake/milepost" && chmod +x "$work/fake/milepost"
  said=$(MILEPOST=$work/fake/milepost "$top/editors/ci/diff.sh" HEAD^ 2> "$work/log") && fail "no answer, and no failure: $does"
  [[ -z $said ]] || fail "a page without an answer ($does): $said"
  says "$(cat "$work/log")" "milepost did not answer"
done
# A path of milepost counts from where the script was called.
cp "$MILEPOST" "$work/fake/milepost"
mkdir -p deep/er
said=$(cd deep/er && MILEPOST=$("$python" -c 'import os, sys; print(os.path.relpath(sys.argv[1]))' "$work/fake/milepost") && export MILEPOST &&
  "$top/editors/ci/diff.sh" HEAD^ 2>/dev/null && "$top/editors/ci/check.sh" github 2>/dev/null || true)
says "$said" "Nothing changes"
rm -rf deep "$work/fake"

echo "diff: names of files"
fresh
save "Nothing"
names=(www.evil.example '~~s~~ @all' $'a\xe2\x80\xaeb\xe2\x81\xa6c\xe2\x80\x8fd\xd8\x9ce\xc2\x85' $'n\n::error::' '`a``b' "$(printf 'x%.0s' {1..240})" $'bad\xffe')
for name in "${names[@]}"; do plan x > "$name.plan" && printf 'person \xff\n' >> "$name.plan"; done
save "Names"
said=$("$top/editors/ci/diff.sh" HEAD^ 2> "$work/log")
quiet "$(cat "$work/log")"
for name in '`www.evil.example.plan`' '`~~s~~ @all.plan`' '`abcde.plan`' '`n::error::.plan`' '``` `a``b.plan ```' '`bade.plan`'; do
  grep -qxF -- "### $name" <<<"$said" || fail "no $name in: $said"
done

echo "diff: room"
# The characters that GitHub counts, at most, and whether what is folded is closed in what was told.
fits() {
  "$python" - "$1" <<'PY'
import re, sys
page = open(sys.argv[1], encoding="utf-8", newline="").read()
assert len(page.encode("utf-16-le")) // 2 <= 65536, "too long"
lines = page.split("\n")
assert sum(line.startswith("<details>") for line in lines) == sum(line == "</details>" for line in lines), "left open"
PY
}
fresh
for name in a "b 乙"; do plan x > "$name.plan"; done
save "Plans"
title=$(printf '<details%.0s' {1..30})"</details>中文"
for name in a "b 乙"; do goal "$name.plan" {1..400}; done
save "More"
"$top/editors/ci/diff.sh" HEAD^ > "$work/long.md"
fits "$work/long.md" || fail "two long plans"
[[ $(grep -c '^### ' "$work/long.md") == 2 ]] || fail "a headline is lost: $(grep '^### ' "$work/long.md")"
PLANS=a.plan "$top/editors/ci/diff.sh" HEAD^ > "$work/one.md"
fits "$work/one.md" || fail "one long plan"
[[ $(wc -m < "$work/one.md") -gt 45000 ]] || fail "one plan has all the room: $(wc -m < "$work/one.md")"
# A short one leaves its room to those behind it.
git checkout -q HEAD^ -- a.plan && goal a.plan 1 && git commit -qm "Short" -- a.plan
"$top/editors/ci/diff.sh" HEAD~2 > "$work/short.md"
fits "$work/short.md" || fail "a short and a long plan"
[[ $(wc -m < "$work/short.md") -gt 45000 ]] || fail "the long plan is cut short: $(wc -m < "$work/short.md")"
for number in {1..33}; do plan "x" > "n $number.plan"; done
save "Many"
for number in {1..33}; do goal "n $number.plan" {1..9}; done
save "All of them"
"$top/editors/ci/diff.sh" HEAD^ > "$work/many.md"
fits "$work/many.md" || fail "many plans"
[[ $(grep -c '^### ' "$work/many.md") == 30 ]] || fail "thirty are told"
says "$(tail -n 1 "$work/many.md")" "3 more plans change"
unset title

echo "diff: no page where none can be made"
git clone -q --depth 1 "file://$work/fresh" "$work/home/shallow"
said=$(cd "$work/home/shallow" && "$top/editors/ci/diff.sh" HEAD^1 2>&1) && fail "no base, and no failure"
says "$said" "is not in this clone"
says "$said" "fetch-depth: 0"
says "$said" "GIT_DEPTH: 0"
[[ $(wc -l <<<"$said") == 1 ]] || fail "more than a line: $said"
rm -rf "$work/home/shallow"
said=$(MILEPOST=$work/none "$top/editors/ci/diff.sh" HEAD^1 2>&1) && fail "no milepost, and no failure"
[[ $said == "there is no \`$work/none\` to run"* && $(wc -l <<<"$said") == 1 ]] || fail "$said"

echo "diff: characters are counted as GitHub does"
fresh
for name in a b; do plan x > "$name.plan"; done
save "Plans"
title=$(printf '字%.0s' {1..30})𠀀
# Most of it is Chinese. The first is longer than half of the room in bytes and not in characters; the second needs what it leaves.
goal a.plan {1..50}
goal b.plan {1..66}
for name in a b; do
  sed -i 's/ p\([0-9]\)/ 名字很长的一位同事\1/g; s/ o\([0-9]\)/ 今年要达到的一个目标\1/g' "$name.plan"
done
save "More"
for name in a b; do PLANS=$name.plan "$top/editors/ci/diff.sh" HEAD^ | sed 1,2d > "$work/$name.md"; done
"$python" - "$work/a.md" "$work/b.md" <<'PY'
import sys
a, b = (open(path, encoding="utf-8", newline="").read() for path in sys.argv[1:])
characters = lambda text: len(text.encode("utf-16-le")) // 2
assert characters(a) < 25000 and len(a.encode()) > 30000 and 30000 < characters(b) < 34000, (characters(a), len(a.encode()), characters(b))
PY
"$top/editors/ci/diff.sh" HEAD^ | sed 1,2d > "$work/both.md"
[[ $(cat "$work/a.md" <(echo) "$work/b.md") == "$(cat "$work/both.md")" ]] || fail "cut, though there is room"
unset title

echo "diff: one mark for each use"
for name in q1 A-9; do
  said=$(MILEPOST_MARK=$name "$top/editors/ci/diff.sh" HEAD 2>&1)
  [[ $said == "<!-- milepost $name -->"$'\n\nNothing changes in the plans.' ]] || fail "mark: $said"
  [[ $(MILEPOST=$work/none MILEPOST_MARK=$name "$top/editors/ci/diff.sh" --calm) == "$said" ]] || fail "the calm page"
done
for name in 'a b' 'x-->' 'é' $'a\nb' '"' "$(printf 'x%.0s' {1..41})"; do
  said=$(MILEPOST_MARK=$name "$top/editors/ci/diff.sh" HEAD 2>/dev/null) && fail "a mark: $name"
  [[ -z $said ]] || fail "a page with the mark $name"
done

echo "check: plans elsewhere, not checked out, none, in capitals"
fresh
plan x > 15.PLAN && plan y > y.plan && mkdir deep && plan z > deep/z.plan
save "Plans"
for commit in "" HEAD; do
  [[ $("$top/editors/ci/plans.sh" $commit | tr '\0' '|') == '15.PLAN|deep/z.plan|y.plan|' ]] || fail "capitals"
done
plan w > "$work/elsewhere.plan" && echo 'team t { lead nobody }' >> y.plan
for name in ../elsewhere.plan "$work/elsewhere.plan" deep/../../elsewhere.plan no/../../elsewhere.plan /no/such.plan; do
  code=0
  said=$(PLANS=$name$'\ny.plan\n'"$PWD/15.PLAN" "$top/editors/ci/check.sh" github 2> "$work/log") || code=$?
  [[ $code == 1 ]] || fail "a plan from elsewhere: $code"
  says "$said" "::error file=y.plan"
  ! grep -q elsewhere <<<"$said" || fail "it was read: $said"
  says "$(cat "$work/log")" "the plan $name is outside of this repository, and not checked"
  code=0
  PLANS=$name$'\n15.PLAN' "$top/editors/ci/check.sh" text > "$work/log" 2>&1 || code=$?
  [[ $code == 1 ]] || fail "others are sound, and it does not fail: $code"
done
rm "$work/elsewhere.plan"
git checkout -q y.plan
git sparse-checkout set --no-cone '/15.PLAN' 2>/dev/null
code=0
said=$("$top/editors/ci/check.sh" text 2>&1) || code=$?
[[ $code == 1 && $(grep -c "is not checked out" <<<"$said") == 2 ]] || fail "a sparse checkout: $code $said"
says "$said" "no errors"
git sparse-checkout set --no-cone '/nothing' 2>/dev/null
code=0
said=$("$top/editors/ci/check.sh" sarif 2>&1) || code=$?
[[ $code == 1 && $said == *"y.plan is not checked out"* && $said != *runs* ]] || fail "nothing is checked out: $code $said"
[[ $("$top/editors/ci/check.sh" gitlab 2>/dev/null || true) == "[]" ]] || fail "no report of a sparse checkout"
"$top/editors/ci/hook.sh" check || fail "the hook is for what is checked out"
git sparse-checkout disable
"$top/editors/ci/check.sh" sarif > "$work/some.sarif"
git rm -qr . && save "No plan"
MILEPOST=$work/none "$top/editors/ci/check.sh" sarif > "$work/none.sarif" 2>/dev/null || fail "no plan is no failure"
"$work/venv/bin/check-jsonschema" --schemafile "$top/compiler/tests/schemas/sarif-schema-2.1.0.json" "$work/none.sarif" "$work/some.sarif"
"$python" - "$work/none.sarif" "$work/some.sarif" <<'PY'
import json, sys
none, some = (json.load(open(path))["runs"] for path in sys.argv[1:])
assert len(none) == len(some) == 1 and none[0]["results"] == []
# Alerts are closed by a run of the same tool.
assert none[0]["tool"]["driver"]["name"] == some[0]["tool"]["driver"]["name"]
PY

echo "logs: no commands in them"
fresh
name=$'x\n\xc2\xa0::error::a ##[error]b.plan'
plan x > "$name" && printf 'team t { lead nobody }\n   ::error::c\n\xe3\x80\x80::error::d\n##[error]e\r::error::f\n' >> "$name"
save "Plan"
run() { "$top/editors/ci/$1" "${@:2}" 2>&1 || true; }
says "$(run check.sh text)" "no person named"
quiet "$(run check.sh text)"
quiet "$(run hook.sh check)"
quiet "$(run hook.sh fmt "$name" "$name.no")"
quiet "$(run diff.sh HEAD)"
quiet "$(run check.sh github | sed '/^::error file=/d')"
said=$("$top/editors/ci/hook.sh" check 2>&1) && fail "an error is no failure"
says "$said" "no person named"

echo "GitLab: the report first, whatever happens to the rest"
job() { # What the job leaves, and its exit code.
  code=0
  "$top/editors/ci/gitlab.sh" > "$work/log" 2>&1 || code=$?
  "$python" -m json.tool gl-code-quality-report.json >/dev/null || fail "no report"
}
job
[[ $code == 1 && ! -e milepost.md ]] || fail "on a branch: $code"
quiet "$(cat "$work/log")"
export CI_PIPELINE_SOURCE=merge_request_event CI_MERGE_REQUEST_DIFF_BASE_SHA=0123456789012345678901234567890123456789
job
[[ $code == 1 && ! -e milepost.md ]] || fail "with errors and without a base: $code"
says "$(cat "$work/log")" "GIT_DEPTH: 0"
says "$(cat "$work/log")" "no page was made"
git rm -q --cached "$name" && rm "$name" && plan y > "计 划.plan" && save "Mended"
CI_MERGE_REQUEST_DIFF_BASE_SHA=$(git rev-parse HEAD^)
echo kept > "$work/kept"
ln -sf "$work/kept" milepost.md
job
[[ $code == 0 ]] || fail "a good job: $code"
[[ $(cat "$work/kept") == kept ]] || fail "written through a link"
says "$(cat milepost.md)" "计 划.plan"
code=0
MILEPOST=$work/none "$top/editors/ci/gitlab.sh" > "$work/log" 2>&1 || code=$?
[[ $code == 127 && ! -e milepost.md ]] || fail "without a milepost: $code"
# A pipeline of merged results: what the target has got since is no change of the request.
job
[[ $code == 0 ]] && says "$(cat milepost.md)" "计 划.plan"
CI_MERGE_REQUEST_TARGET_BRANCH_SHA=$(git rev-parse HEAD) job
[[ $code == 0 && $(cat milepost.md) == "$calm" ]] || fail "the target's branch is not the base: $code $(cat milepost.md)"
CI_MERGE_REQUEST_TARGET_BRANCH_SHA='' job
says "$(cat milepost.md)" "计 划.plan"
unset CI_PIPELINE_SOURCE CI_MERGE_REQUEST_DIFF_BASE_SHA

echo "GitLab: the milepost that is run is nobody else's"
(
  mkdir -p "$work/cargo"
  printf '#!/bin/sh\necho "$PWD: $*" >> "%s/cargo/calls"\n' "$work" > "$work/cargo/cargo" && chmod +x "$work/cargo/cargo"
  PATH=$work/cargo:$PATH
  build() { : > "$work/cargo/calls"; "$top/editors/ci/gitlab-build.sh" > "$work/log" 2>&1; }
  fresh other
  save "Nothing"
  build || fail "it is not built: $(cat "$work/log")"
  [[ $(cat "$work/cargo/calls") == "$top: install --quiet --locked --path compiler --root $PWD/.milepost" ]] || fail "$(cat "$work/cargo/calls")"
  mkdir -p .milepost/bin && : > .milepost/bin/milepost && chmod +x .milepost/bin/milepost
  build && [[ ! -s $work/cargo/calls ]] || fail "the cache is not used"
  refused() {
    ! build || fail "taken from a stranger: $1"
    says "$(cat "$work/log")" "nothing of it is run"
    [[ $(wc -l < "$work/log") == 1 && ! -s $work/cargo/calls ]] || fail "$(cat "$work/log" "$work/cargo/calls")"
  }
  git add -f .milepost && save "A binary"
  refused "a binary"
  rm -rf .milepost
  refused "one that is not there"
  git rm -qr --cached .milepost && ln -s /usr .milepost
  refused "a link"
  git add -f .milepost && save "A link"
  refused "a link in git"
  git rm -q .milepost
  mkdir .MilePost && : > .MilePost/bin && save "In other letters"
  refused "other letters"
  git rm -qr .MilePost
  mkdir -p .milepost/etc && : > .milepost/etc/other && save "Another file" && git add -f .milepost
  refused "another file"
) || exit 1

echo "GitHub: the action's steps"
step() { # Runs a step's script as the service does.
  "$python" -c 'import sys, yaml
print(next(s["run"] for s in yaml.safe_load(open(sys.argv[1]))["runs"]["steps"] if s["name"] == sys.argv[2]))' \
    "$top/editors/ci/action.yml" "$1" > "$work/step.sh"
  GITHUB_ACTION_PATH=$top/editors/ci RUNNER_TEMP=$work/home GITHUB_STEP_SUMMARY=$work/summary \
    bash --noprofile --norc -eo pipefail "$work/step.sh" > "$work/log" 2>&1
}
for name in out.sarif "new/$(printf '\346\212\245')/out.sarif" "$work/home/new/out.sarif"; do
  PLANS='' DENY=false NEEDED=true SARIF=$name step Check || fail "the check: $(cat "$work/log")"
  "$python" -m json.tool "$name" >/dev/null || fail "no SARIF: $name"
done
rm -rf new "$work/home/new"
ln -s "$work/home" way
for name in way/out.sarif way/new/out.sarif "$PWD/way/out.sarif" .git out.sarif/out.sarif; do
  PLANS='' DENY=false NEEDED=true SARIF=$name step Check && fail "a SARIF at $name"
  says "$(cat "$work/log")" "the SARIF cannot be written"
  [[ ! -e $work/home/out.sarif && ! -e $work/home/new ]] || fail "written through a link"
done
rm way
MILEPOST=$work/none PLANS='' DENY=false NEEDED=true SARIF=out.sarif step Check && fail "no milepost, and no failure"
[[ ! -e out.sarif ]] || fail "half a SARIF"
# What is looked at first.
look() { # `look needed EVENT BASE`
  GITHUB_EVENT_NAME=$2 BASE=$3 SARIF=${SARIF:-} PLANS=${PLANS:-} GITHUB_OUTPUT=$work/output step Look || fail "a look: $(cat "$work/log")"
  [[ $(tail -n 1 "$work/output") == "needed=$1" ]] || fail "needed is not $1: $(tail -n 1 "$work/output"), $(git log -1 --format=%s)"
}
look true pull_request HEAD^1
look false pull_request HEAD
look true push HEAD
look true pull_request nope
SARIF=x look true pull_request HEAD
: > "$work/summary"
MILEPOST=$work/none PLANS='' BASE=HEAD NEEDED=false SARIF='' DENY=false step Check || fail "nothing changed: $(cat "$work/log")"
MILEPOST=$work/none PLANS='' BASE=HEAD NEEDED=false MILEPOST_MARK=two step Compare || fail "nothing changed: $(cat "$work/log")"
says "$(cat "$work/home/milepost.md")" "<!-- milepost two -->"
(
  fresh other
  save "Nothing"
  save "Nothing again"
  look false pull_request HEAD^
  look false push ''
  SARIF=x look false pull_request HEAD^
  PLANS=x.plan look true push ''
  PLANS=x.plan look false pull_request HEAD^
  MILEPOST=$work/none PLANS='' NEEDED=false SARIF=x.sarif DENY=false step Check || fail "no plan: $(cat "$work/log")"
  [[ -s x.sarif ]] || fail "no SARIF without a plan"
  mkdir web data
  plan x > 计.PLAN && printf 'actuals from "data/Numbers.json"\ninclude "people.txt"\n' >> 计.PLAN
  save "A plan"
  look true pull_request HEAD^
  look true push ''
  for name in web/package.json README.md plan.txt; do
    echo x > "$name" && save "$name"
    look false pull_request HEAD^
  done
  for name in data/Numbers.json web/x.CSV days.ics people.txt; do
    echo x > "$name" && save "$name"
    look true pull_request HEAD^
  done
  mkdir -p web/data && git mv web/package.json web/data/package.json && save "moved"
  look false pull_request HEAD^
  PLANS=plan.txt look true pull_request HEAD^
  ln -s data link && save "link"
  look true pull_request HEAD^
  git rm -q 计.PLAN && save "gone"
  look true pull_request HEAD^
) || exit 1
: > "$work/summary"
PLANS='' NEEDED=true BASE=HEAD^1 step Compare || fail "the comparison: $(cat "$work/log")"
says "$(cat "$work/summary")" "计 划.plan"
: > "$work/summary"
PLANS='' NEEDED=true BASE=nope step Compare && fail "no base, and no failure"
[[ ! -s $work/summary ]] || fail "a summary of nothing"
cd "$work/repository"
echo "the whole way: a branch changes a plan"
said=$("$top/editors/ci/play.sh" 2>/dev/null)
says "$said" "<!-- milepost -->"
says "$said" "投标"
says "$said" "::error file=plans/"

echo "comments: one is made, then changed, and no stranger's"
printf '%s\n' "$page" > "$work/page.md"
cat > "$work/bin/gh" <<'STUB'
#!/usr/bin/env bash
# Answers from COMMENTS as `gh api --jq` does; what is sent is written down.
printf '%s\n' "$*" >> "$CALLS"
case "$*" in
  *graphql*) [[ -n ${VIEWER:-} ]] || exit 1; jq -r "${@: -1}" <<<"{ \"data\": { \"viewer\": $VIEWER } }" ;;
  *--jq*) jq -r "${@: -1}" "$COMMENTS" ;;
esac
STUB
cat > "$work/bin/curl" <<'STUB'
#!/usr/bin/env bash
printf '%s\n' "$*" >> "$CALLS"
[[ $(cat) == "PRIVATE-TOKEN: secret" ]] || exit 22
case "$*" in
  */user) echo '{ "id": 7 }' ;;
  *per_page*) cat "$COMMENTS" ;;
esac
STUB
chmod +x "$work/bin/gh" "$work/bin/curl"
if command -v jq >/dev/null; then
  export CALLS=$work/calls COMMENTS=$work/comments.json PATH=$work/bin:$PATH
  export GITHUB_REPOSITORY=o/r NUMBER=5
  stranger='{ "id": 1, "user": { "login": "x" }, "author": { "id": 6 }, "body": "<!-- milepost --> mine" }'
  ours='{ "id": 2, "user": { "login": "github-actions[bot]" }, "author": { "id": 7 }, "body": "<!-- milepost -->\nold" }'
  export CI_API_V4_URL=https://gitlab.example/api/v4 CI_PROJECT_ID=3 CI_MERGE_REQUEST_IID=4 MILEPOST_TOKEN=secret
  for comments in "[$stranger]" "[$stranger, $ours]"; do
    echo "$comments" > "$COMMENTS"
    : > "$CALLS"
    "$top/editors/ci/comment-github.sh" "$work/page.md"
    "$top/editors/ci/comment-gitlab.sh" "$work/page.md"
    cat "$CALLS" >> "$work/log"
    ! grep -q secret "$CALLS" || fail "the token is an argument"
    if [[ $comments == "[$stranger]" ]]; then
      says "$(cat "$CALLS")" "--method POST repos/o/r/issues/5/comments --field body=@$work/page.md"
      says "$(cat "$CALLS")" "--request POST --data-urlencode body@$work/page.md https://gitlab.example/api/v4/projects/3/merge_requests/4/notes"
    else
      says "$(cat "$CALLS")" "--method PATCH repos/o/r/issues/comments/2 --field body=@$work/page.md"
      says "$(cat "$CALLS")" "--request PUT --data-urlencode body@$work/page.md https://gitlab.example/api/v4/projects/3/merge_requests/4/notes/2"
    fi
  done
  # A mark of its own: the comment of another use is left alone.
  : > "$CALLS"
  sed '1s/.*/<!-- milepost two -->/' "$work/page.md" > "$work/two.md"
  for script in comment-github.sh comment-gitlab.sh; do
    MILEPOST_MARK=two "$top/editors/ci/$script" "$work/two.md"
    ! MILEPOST_MARK=two "$top/editors/ci/$script" "$work/page.md" 2>/dev/null || fail "a page of another mark"
  done
  [[ $(grep -cE -- '--(method|request) POST' "$CALLS") == 2 ]] || fail "another use's comment: $(cat "$CALLS")"
  # Who is who: the viewer that GitHub tells, the author of the comment, and whether it is the same.
  while IFS='|' read -r viewer author same; do
    echo "[$stranger, { \"id\": 2, \"user\": $author, \"body\": \"<!-- milepost -->\" }]" > "$COMMENTS"
    : > "$CALLS"
    VIEWER=$viewer "$top/editors/ci/comment-github.sh" "$work/page.md"
    method=POST
    [[ $same == no ]] || method=PATCH
    says "$(cat "$CALLS")" "--method $method"
  done <<'LINES'
{ "login": "github-actions[bot]", "databaseId": 9 }|{ "login": "github-actions[bot]", "id": 9 }|yes
{ "login": "github-actions", "databaseId": 9 }|{ "login": "github-actions[bot]", "id": 9 }|yes
{ "login": "github-actions" }|{ "login": "github-actions[bot]", "id": 9 }|yes
|{ "login": "github-actions[bot]", "id": 9 }|yes
{ "login": "an-app[bot]", "databaseId": 9 }|{ "login": "an-app[bot]", "id": 9 }|yes
{ "login": "an-app[bot]", "databaseId": 9 }|{ "login": "an-app", "id": 8 }|no
{ "login": "an-app[bot]" }|{ "login": "an-app", "id": 8 }|no
{ "login": "liu", "databaseId": 9 }|{ "login": "liu", "id": 9 }|yes
{ "login": "liu", "databaseId": 9 }|{ "login": "liu[bot]", "id": 8 }|no
{ "login": "liu", "databaseId": 9 }|{ "login": "github-actions[bot]", "id": 7 }|no
{ "login": "x\" or true or \"", "databaseId": 9 }|{ "login": "liu", "id": 8 }|no
LINES
  for page in "" "half a page"; do
    printf '%s' "$page" > "$work/half.md"
    : > "$CALLS"
    for script in comment-github.sh comment-gitlab.sh; do
      ! "$top/editors/ci/$script" "$work/half.md" 2>/dev/null || fail "posted: $page"
    done
    [[ ! -s $CALLS ]] || fail "asked before looking: $page"
  done
  echo "$calm" > "$work/calm.md"
  echo "[$stranger]" > "$COMMENTS"
  : > "$CALLS"
  "$top/editors/ci/comment-github.sh" "$work/calm.md" >/dev/null && "$top/editors/ci/comment-gitlab.sh" "$work/calm.md" >/dev/null
  ! grep -q POST "$CALLS" || fail "said that nothing changes"
  cd "$work/fresh"
  code=0
  CI_PIPELINE_SOURCE=merge_request_event CI_MERGE_REQUEST_DIFF_BASE_SHA=$(git rev-parse HEAD^) MILEPOST_TOKEN=wrong \
    "$top/editors/ci/gitlab.sh" > "$work/log" 2>&1 || code=$?
  [[ $code == 22 && -s gl-code-quality-report.json && -s milepost.md ]] || fail "a job that may not comment: $code"
  cd "$work/repository"
else
  echo "  left out: there is no jq"
fi

echo "pre-commit, for real"
# The hooks of what is in the work tree, as a repository of their own.
hooks=$work/hooks
rm -rf "$hooks"
mkdir -p "$hooks/editors"
cp "$top/.pre-commit-hooks.yaml" "$hooks/"
cp -r "$top/editors/ci" "$hooks/editors/ci"
git -C "$hooks" init -q && git -C "$hooks" add -A && git -C "$hooks" commit -qm "Hooks"
cat > .pre-commit-config.yaml <<CONFIG
repos:
  - repo: $hooks
    rev: $(git -C "$hooks" rev-parse HEAD)
    hooks:
      - id: milepost-fmt
      - id: milepost-check
        args: ["计划/q 1.plan"]
CONFIG
export PRE_COMMIT_HOME=$work/home/pre-commit
"$work/venv/bin/pre-commit" install >/dev/null
echo 'person  wang  ；' >> "计划/people.plan"
git add "计划/people.plan" .pre-commit-config.yaml
said=$(git commit -qm "People" 2>&1) && fail "a plan that is not formatted was committed"
says "$said" "files were modified by this hook"
git add -A && git commit -qm "People" >/dev/null 2>&1 || fail "a good plan was not committed"
sed -i 's/owner liu/owner lui/' "计划/q 1.plan"
git add -A
said=$(git commit -qm "Wrong" 2>&1) && fail "a wrong plan was committed"
says "$said" "did you mean \`liu\`?"
git reset -q --hard

# All plans are checked at every commit, whatever it is of; without any, nothing is built or said.
fresh
cat > .pre-commit-config.yaml <<CONFIG
repos:
  - repo: $hooks
    rev: $(git -C "$hooks" rev-parse HEAD)
    hooks:
      - id: milepost-check
CONFIG
"$work/venv/bin/pre-commit" install >/dev/null
said=$(MILEPOST='' "$hooks/editors/ci/hook.sh" check 2>&1) || fail "no plan is no failure: $said"
[[ -z $said ]] || fail "said of no plan: $said"
plan x > "计 划.plan" && echo 'include "people.plan"' >> "计 划.plan" && echo 'person liu' > people.plan && echo "x" > data.csv
save "Plans" >/dev/null 2>&1 || fail "good plans were not committed"
git rm -q people.plan
said=$(git commit -qm "Gone" 2>&1) && fail "what a plan includes was deleted"
says "$said" "there is no file \`people.plan\`"
cd "$work/repository"

echo "git's own diffs"
echo '*.plan diff=milepost' > .gitattributes
# The settings are those that the README says.
PATH=$(dirname "$MILEPOST"):$PATH
eval "$(sed -n '/^git config /p' "$top/editors/ci/README.md")"
sed -i 's/visits 40/visits  60/; s/kind activity/kind  activity/' "计划/q 1.plan"
said=$(git diff -- "计划/q 1.plan")
says "$said" "+    measure visits 60 by 2026-06-30"
says "$said" " @@ key-result again {"
! grep -q '^[-+]metric' <<<"$said" || fail "spaces are told of: $said"
echo "$said" > "$work/diff.txt"
echo "0 failed"
