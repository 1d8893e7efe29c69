# What the scripts share; they read it, with `here` being its folder. It does nothing by itself.

unset CDPATH
milepost=${MILEPOST:-milepost}
# The scripts go to the top of the repository, where a path from elsewhere would be another's.
case $milepost in
  /* | [A-Za-z]:[\\/]*) ;;
  */*) milepost=$PWD/$milepost ;;
esac
[[ -z ${MILEPOST:-} ]] || MILEPOST=$milepost

# What every page begins with: the comment is known again by it. MILEPOST_MARK tells several comments of one request apart.
mark="<!-- milepost -->"
if [[ -n ${MILEPOST_MARK:-} ]]; then
  case $MILEPOST_MARK in
    *[!ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-]* | ?????????????????????????????????????????*)
      echo "a mark (MILEPOST_MARK) is made of letters, digits and - only, at most 40" >&2
      exit 1
      ;;
  esac
  mark="<!-- milepost $MILEPOST_MARK -->"
fi

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

# Whether anything that a plan could read differs between two commits, from the top of the repository: plans, tables and calendars, and what a
# plan names. In doubt it does.
differs() {
  local list name modes commit
  # What else such a plan names is not looked for.
  while IFS= read -r name; do
    name=${name%$'\r'}
    case $name in '' | *.[pP][lL][aA][nN]) ;; *) return 0 ;; esac
  done <<<"${PLANS:-}"
  list=$(mktemp -d)
  if git diff-tree -r -z --raw --no-renames "$1" "$2" -- > "$list/changed"; then
    while IFS= read -r -d '' modes && IFS= read -r -d '' name; do
      # Links and repositories within may be on the way to any file; the other signs are written otherwise in a plan.
      case $modes in :120000* | :160000* | :??????\ 120000* | :??????\ 160000*) name= ;; esac
      case $name in
        '' | *.[pP][lL][aA][nN] | *.[cC][sS][vV] | *.[iI][cC][sS] | *[\"\\]* | *$'\n'*)
          rm -rf "$list"
          return 0
          ;;
      esac
      printf '%s\n' "${name##*/}" >> "$list/names"
    done < "$list/changed"
    name=no
    if [[ -s $list/names ]]; then
      for commit in "$1" "$2"; do
        LC_ALL=C git grep -qiaF --no-recurse-submodules -f "$list/names" "$commit" -- ':(icase)*.plan' || [[ $? != 1 ]] || continue
        name=yes
      done
    fi
  else
    name=yes
  fi
  rm -rf "$list"
  [[ $name == yes ]]
}

# The page that says that nothing changes.
calm() { printf '%s\n\nNothing changes in the plans.\n' "$mark"; }

# Whether a file is a page that was made to its end.
is_page() { [[ -s $1 && $(head -n 1 "$1") == "$mark" ]]; }

# Whether a page is that one.
is_calm() { [[ $(cat "$1") == "$(calm)" ]]; }
