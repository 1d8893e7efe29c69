#!/usr/bin/env bash
# Fills the corpus folders with what the repository already has: examples, fixtures, calendars, tables. Writes the
# dictionary of the language's words. Both are made, and not committed.
set -euo pipefail
cd "$(dirname "$0")"
shopt -s nullglob
root=../..
corpus=corpus
mkdir -p $corpus/{parse_format,build_outputs,import}

# put TARGET NAME: standard input as a seed.
put() { cat >"$corpus/$1/seed-$2"; }

for plan in $root/grammar/tests/fixtures/*.plan $root/compiler/tests/fixtures/*.plan $root/examples/*/*.plan; do
  name=${plan#"$root"/}
  name=${name//\//-}
  # Sections of fixtures without the messages; with the prelude, where they are no plan by themselves.
  awk -v to="$corpus" -v name="$name" '
    function close_section() {
      if (section == "") return
      own = ("\n" text) ~ /\nplan /
      if (section == "prelude") prelude = text
      whole = text
      if (prelude != "" && section != "prelude" && !own) whole = prelude "\n#=== fixture.plan\n" text
      if (prelude != "" && section != "prelude" && !own) gsub(/"fixture.plan"/, "\"section.plan\"", whole)
      sub(/\n#=== fixture.plan\n/, "\n#=== section.plan\n", whole)
      printf "%s", text > (to "/parse_format/seed-" name "-" section)
      printf "%s", whole > (to "/build_outputs/seed-" name "-" section)
    }
    BEGIN { section = "whole" }
    /^#--- / { close_section(); section = $2; text = ""; next }
    /^# *[\^|]+…? (error|warning|note|help|label|fix)/ || /^#=> / || /^#! / { next }
    { text = text $0 "\n" }
    END { close_section() }
  ' "$plan"
done
for language in $root/grammar/tests/it/samples.rs; do
  sed -n '/^pub(crate) const PLAN/,/^"##;/p' "$language" | sed '1s/.*r##"//; $d' | put parse_format everything
done

# The first byte says what it is; fuzz_targets/import.rs has the list.
for file in $root/compiler/tests/data/*.ics $root/examples/*/holidays/*.ics; do
  (printf i; cat "$file") | put import "i-$(basename "$file")"
done
for file in $root/compiler/tests/data/*.json $root/examples/*/holidays/*.json; do
  (printf j; cat "$file") | put import "j-$(basename "$file")"
done
(printf c; cat $root/compiler/tests/data/cn-holidays.csv) | put import c-cn-holidays
(printf h; sed '1s/.*/Date,Amount/' $root/compiler/tests/data/wine-sales-1980-1994.csv) | put import h-wine
printf 'dDate;Amount\n5.1.2025;"1.000,50 CNY"\n2025-02;20.000\n2025-W11;5\n' | put import d-german
printf 'g日期,金额,负责人\r\n2025/1/5,1万元,刘\r\n2025/2/5,¥2万,chen\r\n' | iconv -f utf-8 -t gb18030 | put import g-gb18030
(printf u; printf 'Date,Amount\r\n2025-01-05,10k\r\n2025-02,"2,5"\r\n' | iconv -f utf-8 -t utf-16le) | put import u-utf-16
(printf s; printf 'Date,Amount,名\n2025-01-05,10k,東\n' | iconv -f utf-8 -t shift_jis) | put import s-shift-jis
(printf w; printf 'Date,Amount,名\n1/5/25,"1,234.50",東\n' | iconv -f utf-8 -t iso-2022-jp) | put import w-iso-2022-jp
printf 'mDate,Type,Amount,Owner\n2025-01,revenue,10k,liu\n2025-02-05 09:30,visits,300 visits,刘\n"2025-T1",revenue,"two\nlines",\n' | put import m-metrics
printf 'bName,ARR,Kept,Owner,Due\nAcme,¥2万,60%%..80%%,刘,2026-02\nBeta,12k,,chen,2026-03-02\n' | put import b-accounts
printf 'rId,Date,Type,Amount,Owner,Part,Note\n1,2026-01-05,revenue,40k,刘,cold,"a\nb"\n2,2026-02,visits,-3,,,\n2,2026-02-30,vists,x,lui,hot,\n' | put import r-actuals
printf 'eDate;Type;Owner\n5.1.2026;visits;liu\n5.1.2026;visits;liu\n' | put import e-actuals
for file in $root/examples/five-visits/out/calendar-*.ics; do
  (printf p; cat "$file") | put import "p-$(basename "$file")"
done

# The words of the language, each once; libFuzzer wants other signs than ASCII by their bytes.
{
  sed -nE 's/^ *(block|word|w)\("([^"]+)".*/\2/p' $root/grammar/src/keyword/{statements,words}.rs
  printf '%s\n' '<-' '->' '..' ' { ' ' }' '; ' '1 in 20' '4%..6%' 'x1.5' '2026-01-05' '2026-Q1' '2026-W05' '2025-12-T3' FY26 'each by capacity' \
    '\xe4\xb8\x87\xe5\x85\x83' '\xef\xbc\x9b' '\xef\xbd\x9b' '\xe2\x80\x9c' '\x0a#=== a.csv\x0a' '\x0a#set ' '\x0d\x0a ' 'BEGIN:VEVENT' 'END:VEVENT' \
    'DTSTART;VALUE=DATE:2026' 'RRULE:FREQ=YEARLY' 'TZID=Europe/Berlin' '\x00\xfe' '\x1b$B'
} | sort -u | sed 's/.*/"&"/' >$corpus/words.dict
