# What the scripts share; they read it, with `here` being its folder. It does nothing by itself.

milepost=${MILEPOST:-milepost}
# What every page begins with: the comment is known again by it.
mark="<!-- milepost -->"

# Ends the script with one line where there is no milepost.
need_milepost() {
  command -v -- "$milepost" >/dev/null && return
  echo "there is no \`$milepost\` to run: it has to be built first, and to be on PATH or named by MILEPOST" >&2
  exit 127
}

# Text of strangers, for a log. GitHub's runner takes a line that begins with `::`, whatever blanks stand before it, and what
# comes after `##[` anywhere, for a command to it; a carriage return ends a line for it.
log() { LC_ALL=C tr -d '\000-\010\013-\037\177' | LC_ALL=C sed 's/##\[/# #[/g; s/^\([^!-~]*\)::/\1: :/'; }

# Runs a command all of whose output goes to a log; a person at a terminal gets it as it is.
told() { if [[ -t 1 && -z ${CI:-} ]]; then "$@"; else "$@" 2>&1 | log; fi; }

# Runs a command whose standard output is for a machine; the rest goes to a log.
asked() { { "$@" 2>&1 >&3 | log >&2; } 3>&1; }

# The array `plans`: what `plans.sh` names. Ends the script where that fails: no plans would be good news.
read_plans() {
  local list plan
  plans=()
  list=$(mktemp)
  "$here/plans.sh" "$@" > "$list" || { rm -f "$list"; exit 1; }
  while IFS= read -r -d '' plan; do plans+=("$plan"); done < "$list"
  rm -f "$list"
}

# Whether a file is a page that was made to its end.
is_page() { [[ -s $1 && $(head -n 1 "$1") == "$mark" ]]; }

# Whether a page says that nothing changes.
is_calm() { [[ $(cat "$1") == "$mark"$'\n\nNothing changes in the plans.' ]]; }
