//! Measures how fast a plan of 100,000 lines is read and formatted: `cargo run --release --example speed`.
#![allow(clippy::print_stdout)]

use std::fmt::Write;
use std::time::Instant;

fn main() {
    let lines = std::env::args().nth(2).and_then(|lines| lines.parse().ok()).unwrap_or(100_000);
    let text = plan(lines);
    println!("{} lines, {:.1} MB", text.lines().count(), megabytes(&text));
    measure("split", &text, |text| milepost_grammar::split(text).len());
    measure("parse", &text, |text| milepost_grammar::parse(text).items.len());
    let errors = milepost_grammar::parse(&text).errors().count();
    println!("{errors} errors");
    let broken = text.replace(" by ", " bi ").replace("during", "durring");
    measure("parse with errors", &broken, |text| milepost_grammar::parse(text).errors().count());
    measure("format", &text, |text| milepost_grammar::format(text).len());
    measure("highlight", &text, |text| milepost_grammar::highlight(text).len());
    measure("line index", &text, |text| milepost_grammar::LineIndex::new(text).lines() as usize);
}

fn measure(what: &str, text: &str, run: impl Fn(&str) -> usize) {
    let mut best = f64::MAX;
    let mut made = 0;
    if std::env::args().nth(1).is_some_and(|only| only != what) {
        return;
    }
    for _ in 0..5 {
        let start = Instant::now();
        made = run(text);
        best = best.min(start.elapsed().as_secs_f64());
    }
    println!("{what}: {made}, {:.0} ms, {:.1} MB/s", best * 1e3, megabytes(text) / best);
}

fn megabytes(text: &str) -> f64 {
    text.len() as f64 / 1e6
}

/// A plan of about so many lines, of everything that real plans have many of.
fn plan(lines: usize) -> String {
    let mut text = String::from("plan big {\n  period 2026\n  currency CNY\n}\n");
    let mut n = 0;
    while n * 40 < lines {
        n += 1;
        let _ = write!(
            text,
            "\n# Region {n}\nteam region-{n} \"Region {n}\" {{\n  lead chen-{n}\n  person chen-{n} \"陈 {n}\"\n  \
             person liu-{n} {{ visits at most 6 per day; away 2026-03-02..2026-03-06 \"training\" }}\n  \
             person wang-{n} {{\n    role ae\n    from 2026-02-01\n    ramp 50%, 75%, 100% by month\n    \
             field-{n}.orders 1 in 15\n  }}\n}}\n\nfunnel field-{n} {{\n  revenue <- orders 40k CNY each\n  \
             orders <- visits 1 in 20 lag 14 days   # two weeks\n  visits <- calls 25% lag 3 days\n}}\n\n\
             objective win-{n} \"Become the first choice in region {n}\" {{\n  owner region-{n}\n  type committed\n  \
             during 2026-Q1\n  why \"customers there re-order every spring\"\n  \
             key-result book \"Book revenue\" {{\n    measure revenue 1M CNY by 2026-03-31\n    \
             baseline 800k CNY\n    checkpoint 300k CNY by 2026-01-31\n    through field-{n}\n    \
             share region-{n} by capacity\n    pin liu-{n} 300k CNY\n    spread like sales-2025\n    \
             check-in 2026-01-16 {{ confidence 60%; good \"two deals signed\"; next \"send the quotes\" }}\n  }}\n}}\n\n\
             actual visits {{\n  2026-01-05 liu-{n} 6\n  2026-01-06 liu-{n} 4 \"two no-shows\"\n  \
             2026-01-07 chen-{n} 5\n}}\n"
        );
    }
    text
}
