#!/usr/bin/env bash
# Holds the files for CI services against their schemas, runs the scripts on a repository of plans, with stand-ins for `gh` and
# `curl`, runs the hooks by pre-commit and the recipe for git's own diffs. MILEPOST names a milepost that is built already.
set -euo pipefail
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
"$python" - <<'PY'
import pathlib, subprocess, yaml
ci = pathlib.Path("editors/ci")
files = {path.name: yaml.safe_load(path.read_text()) for path in ci.glob("*.yml")}
assert set(files) == {"action.yml", "milepost.yml", "milepost.gitlab-ci.yml"}, set(files)
# `on` is true in YAML 1.1.
assert list(files["milepost.yml"][True]) == ["pull_request"]
assert files["milepost.yml"]["permissions"] == {"contents": "read", "pull-requests": "write"}
for step in files["action.yml"]["runs"]["steps"]:
    assert "${{" not in step["run"], "an expression inside a script is run"
for script in ci.glob("*.sh"):
    subprocess.run(["bash", "-n", script], check=True)
PY
check() { "$work/venv/bin/check-jsonschema" --builtin-schema "$@"; }
check vendor.github-actions editors/ci/action.yml
check vendor.github-workflows editors/ci/milepost.yml
check vendor.gitlab-ci editors/ci/milepost.gitlab-ci.yml
"$work/venv/bin/pre-commit" validate-manifest .pre-commit-hooks.yaml

# A milepost whose comparison is too long for a comment.
cat > "$work/bin/long" <<STUB
#!/usr/bin/env bash
[[ \$1 == diff ]] || exec "$MILEPOST" "\$@"
echo "<details><summary>All</summary>"
yes "| a row | of a table |" | head -n 10000
echo "</details>"
exit 1
STUB
chmod +x "$work/bin/long"
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
says "$page" "### <code>a::error::b\\*&lt;i&gt;.plan</code>"
says "$page" "计划/q 1.plan"
says "$page" "100 visits"
! grep -q "other.plan" <<<"$page" || fail "said of a plan that did not change: $page"
! grep -qE '^[[:space:]]*::|##\[' "$work/log" || fail "a command in the log: $(cat "$work/log")"
says "$("$top/editors/ci/diff.sh" HEAD)" "Nothing changes in the plans."
MILEPOST=$work/bin/long "$top/editors/ci/diff.sh" HEAD^1 > "$work/long.md" 2>/dev/null
[[ $(wc -c < "$work/long.md") -lt 65000 ]] || fail "too long"
says "$(tail -n 4 "$work/long.md")" "</details>"
says "$(tail -n 1 "$work/long.md")" "cut here"
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
if [[ $* == *--jq* ]]; then jq -r "${@: -1}" "$COMMENTS"; fi
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
