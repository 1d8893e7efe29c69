//! A calendar or a table from the input, imported by a plan. The first byte chooses what it is.
#![no_main]

use libfuzzer_sys::{Corpus, fuzz_target};
use milepost::calendar::import::import;
use milepost_fuzz::before::Before;
use milepost_fuzz::files::Files;
use milepost_fuzz::outputs::said;

/// Longer inputs take longer than they are worth.
const LONGEST: usize = 16 * 1024;

/// What a first byte stands for: the file, and the statement that reads it.
const KINDS: &[(u8, &str, &str)] = &[
    (b'i', "a.ics", "calendar c { import \"a.ics\" work \"班|work\"; covers 2026 }"),
    (b'j', "a.json", "calendar c { import \"a.json\" }"),
    (b'c', "a.csv", "calendar c { import \"a.csv\" }"),
    (b'h', "a.csv", "history h of revenue from \"a.csv\" { date \"Date\"; amount \"Amount\" }"),
    (
        b'd',
        "a.csv",
        "history h of revenue from \"a.csv\" { date \"Date\" as \"D.M.Y\"; amount \"Amount\" as \"1.234,50\" }",
    ),
    (
        b'g',
        "a.csv",
        "history h of revenue from \"a.csv\" { date \"日期\" as \"Y/M/D\"; amount \"金额\"; person \"负责人\"; encoding gb18030 }",
    ),
    (
        b'u',
        "a.csv",
        "history h of revenue from \"a.csv\" { date \"Date\"; amount \"Amount\"; encoding utf-16le }",
    ),
    (
        b's',
        "a.csv",
        "history h of revenue from \"a.csv\" { date \"Date\"; amount \"Amount\"; encoding shift_jis }",
    ),
    (
        b'w',
        "a.csv",
        "history h of revenue from \"a.csv\" { date \"Date\" as \"M/D/YY\"; amount \"Amount\" as \"1,234.50\"; encoding iso-2022-jp }",
    ),
    (
        b'm',
        "a.csv",
        "history h of revenue from \"a.csv\" { date \"Date\"; metric \"Type\"; amount \"Amount\"; person \"Owner\" }",
    ),
    (
        b'b',
        "a.csv",
        "accounts b of revenue from \"a.csv\" { account \"Name\"; amount \"ARR\"; retain \"Kept\"; owner \"Owner\"; renews \"Due\"; retain 50% }",
    ),
    (
        b'r',
        "a.csv",
        "actuals from \"a.csv\" { date \"Date\"; metric \"Type\"; amount \"Amount\"; person \"Owner\"; id \"Id\"; industry \"Part\"; note \"Note\" }",
    ),
    (
        b'e',
        "a.csv",
        "actuals from \"a.csv\" { date \"Date\" as \"D.M.Y\"; metric \"Type\"; person \"Owner\" }",
    ),
];

fuzz_target!(|bytes: &[u8]| -> Corpus {
    let Some((&kind, file)) = bytes.split_first().filter(|_| bytes.len() <= LONGEST) else {
        return Corpus::Reject;
    };
    if kind == b'p' {
        // A calendar of the last output.
        let _ = Before::read(file);
        return Corpus::Keep;
    }
    let Some((_, path, statement)) = KINDS.iter().find(|(byte, ..)| *byte == kind) else {
        return Corpus::Reject;
    };
    let calendar = if statement.starts_with("calendar") { "; calendar c" } else { "" };
    let (spread, existing) = (
        if statement.starts_with("history") { "; spread like h" } else { "" },
        if statement.starts_with("accounts") { "; existing b" } else { "" },
    );
    let plan = format!(
        "plan p {{ period 2026-01..2026-03; currency CNY{calendar} }}\n{statement}\n\
         metric revenue {{ unit CNY }}\nmetric visits\nteam north {{ person liu \"刘\"; person chen }}\n\
         objective o {{ key-result k {{ measure revenue 60k by 2026-03-31; owner north{existing}{spread}; split industry {{ cold 1; warm 2 }} }} }}\n"
    );
    if !calendar.is_empty() {
        let marks = import(path, file, &["班".to_owned()]).unwrap_or_default();
        assert!(marks.is_sorted_by(|one, next| one.date < next.date));
    }
    let _ = said(&Files::plan_and(plan.as_bytes(), path, file), &[]);
    Corpus::Keep
});
