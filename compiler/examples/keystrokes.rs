//! What a keystroke costs in a long plan: `cargo run --release -p milepost --example keystrokes [LINES…]`
//!
//! Prints, for each kind of edit and number of lines, the median, the 99th percentile and the most milliseconds that
//! `Engine::check` took, and how many checks made everything behind the parser anew; at last the peak of memory.

#![allow(clippy::print_stdout, clippy::unwrap_used, clippy::indexing_slicing)] // a measurement may fail

use std::cell::RefCell;
use std::sync::Arc;
use std::time::Instant;

use milepost::incremental::{Disk, Engine};
use milepost::world::{ReadError, World};

/// One file, open in an editor.
struct Desk(RefCell<Arc<str>>);

impl World for Desk {
    fn text(&self, _: &str) -> Option<Arc<str>> {
        Some(Arc::clone(&self.0.borrow()))
    }

    fn read(&self, _: &str) -> Result<Arc<[u8]>, ReadError> {
        Err(ReadError::NotFound)
    }

    fn list(&self, _: &str) -> Result<Vec<String>, ReadError> {
        Ok(Vec::new())
    }
}

/// The plan of `benches/rows.py`.
fn long_plan(lines: usize) -> String {
    let mut text = "plan long { period 2026-Q1; currency CNY }\nmetric revenue { unit CNY }\nmetric orders\nmetric visits { kind activity }\n".to_owned();
    let mut count = 4;
    let mut n = 0;
    while count < lines {
        text += &format!(
            "team t{n} {{\n  person a{n} {{ weight 2 }}\n  person b{n}\n}}\nfunnel f{n} {{\n  revenue <- orders 40k CNY each\n  orders <- visits 1 in 20\n}}\nobjective o{n} {{\n  owner t{n}\n  key-result book {{\n    measure revenue {}k CNY by 2026-03-31\n    through f{n}\n    share t{n} by capacity\n    scope \"one of many\"\n  }}\n}}\n",
            100 + n
        );
        count += 17;
        n += 1;
    }
    text
}

/// One kind of edit: where in block `n` it is made, and what is typed there, key by key.
struct Kind {
    name: &'static str,
    after: fn(usize) -> String,
    typed: &'static str,
    /// How much of what stands there is taken away first.
    instead: usize,
}

const KINDS: &[Kind] = &[
    Kind {
        name: "a statement",
        after: |n| format!("    through f{n}\n"),
        typed: "    checkpoint 30k CNY by 2026-01-31\n",
        instead: 0,
    },
    Kind { name: "digits", after: |n| format!("measure revenue {}", 100 + n), typed: "7", instead: 0 },
    Kind {
        name: "a rate",
        after: |n| format!("funnel f{n} {{\n  revenue <- orders 40k CNY each\n  orders <- visits 1 in "),
        typed: "35",
        instead: 2,
    },
    Kind {
        name: "a key result",
        after: |n| format!("objective o{n} {{\n  owner t{n}\n"),
        typed: "  key-result two \"Orders\" {\n    measure orders 40 by 2026-02\n    scope \"new ones\"\n  }\n",
        instead: 0,
    },
    Kind {
        name: "a person",
        after: |n| format!("  person b{n}\n"),
        typed: "  person zoe \"Zoe\" { from 2026-02-01 }\n",
        instead: 0,
    },
    Kind { name: "braces", after: |n| format!("    share t{n} by capacity\n"), typed: "    {}", instead: 0 },
    Kind { name: "a brace at a team", after: |n| format!("team t{n} "), typed: "{}", instead: 0 },
    Kind { name: "an unknown name", after: |n| format!("  owner t{n}"), typed: "x, b12", instead: 0 },
    Kind {
        name: "a comment",
        after: |n| {
            format!("funnel f{n} {{\n  revenue <- orders 40k CNY each\n  orders <- visits 1 in 20\n}}\n")
        },
        typed: "# seen\n",
        instead: 0,
    },
    Kind {
        name: "an objective",
        after: |n| format!("  person b{n}\n}}\n"),
        typed: "objective more {\n  supports o1\n}\n",
        instead: 0,
    },
];

fn main() {
    let sizes: Vec<usize> = std::env::args().skip(1).filter_map(|size| size.parse().ok()).collect();
    let sizes = if sizes.is_empty() { vec![1_000, 10_000, 100_000] } else { sizes };
    for lines in sizes {
        measure(lines);
    }
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    for line in status.lines().filter(|line| line.starts_with("VmHWM") || line.starts_with("VmRSS")) {
        println!("{line}");
    }
}

fn measure(lines: usize) {
    let text = long_plan(lines);
    let blocks = lines.saturating_sub(4).div_ceil(17);
    let desk = Desk(RefCell::new(Arc::from(text.as_str())));
    let mut engine = Engine::new("long.plan".to_owned());
    let start = Instant::now();
    let said = engine.check(&desk, None, Disk::AsBefore).diagnostics.len();
    println!("{lines} lines, {said} messages: at first {:.1} ms", start.elapsed().as_secs_f64() * 1000.0);
    println!("{:<22} {:>6} {:>8} {:>8} {:>8} {:>6}", "kind", "keys", "p50", "p99", "max", "anew");
    for kind in KINDS {
        let mut times = Vec::new();
        let mut anew = 0;
        for block in [0, blocks / 7, blocks / 2, blocks * 6 / 7, blocks - 1] {
            let after = (kind.after)(block);
            let at = text.find(&after).unwrap() + after.len();
            let at = at - kind.instead;
            let mut typed = String::new();
            let keys: Vec<char> = kind.typed.chars().collect();
            // Typed, and deleted again.
            let steps = keys.iter().map(|key| Some(*key)).chain(keys.iter().map(|_| None));
            for step in steps {
                match step {
                    Some(key) => typed.push(key),
                    None => _ = typed.pop(),
                }
                let instead = if typed.is_empty() { 0 } else { kind.instead };
                let now = format!("{}{typed}{}", &text[..at], &text[at + instead..]);
                *desk.0.borrow_mut() = Arc::from(now);
                let start = Instant::now();
                engine.check(&desk, None, Disk::AsBefore);
                times.push(start.elapsed().as_secs_f64() * 1000.0);
                anew += usize::from(!engine.was_patched());
            }
        }
        times.sort_by(f64::total_cmp);
        let at = |part: usize| times[(times.len() * part / 100).min(times.len() - 1)];
        println!(
            "{:<22} {:>6} {:>8.2} {:>8.2} {:>8.2} {:>6}",
            kind.name,
            times.len(),
            at(50),
            at(99),
            at(100),
            anew
        );
    }
}
