//! Plans to ask about.

use milepost::compile::{Compilation, check};
use milepost::sources::FileId;
use milepost::world::MemoryWorld;

/// Where the cursor is.
pub(crate) const CURSOR: &str = "$0";

/// The plan's own file.
pub(crate) const FILE: FileId = FileId(0);

/// Something of every kind to name.
pub(crate) const NAMES: &str = r#"plan north-q1 "North, first quarter" {
  period 2026-Q1
  currency CNY
  calendar china
}
calendar china { week mon..fri }
metric revenue "Revenue" { unit CNY; kind outcome }
metric orders { kind outcome }
metric visits { kind activity }
metric churn { unit percent; kind outcome; better lower; total last }
metric 拜访 { kind activity; unit 次 }
team north "North region" {
  role seller
  person chen "陈静"
  person liu "刘洋" { role ae }
}
history sales-2025 of revenue { 2025-01 60k; 2025-02 35k }
funnel field-sales {
  revenue <- orders 40k CNY each
  orders <- visits 1 in 20
}
accounts book of revenue { retain 60% }
pipeline deals of revenue { stage proposal 50%; stage contract 90% }
objective grow "Grow" {
  owner north
  during 2026-02..2026-03
  key-result more "More" { measure revenue 1M CNY by 2026-03-31 }
}
action get-permit { owner liu; during 2026-01-12..2026-01-16 }
"#;

/// Compiles one file.
pub(crate) fn compiled(text: &str) -> Compilation {
    check(&MemoryWorld::new([("main.plan", text)]), "main.plan", None)
}

/// A plan with a cursor in it: all names, then `text`.
pub(crate) fn with_cursor(text: &str) -> (Compilation, usize) {
    let whole = format!("{NAMES}{text}");
    let offset = whole.find(CURSOR).expect("a cursor");
    (compiled(&whole.replacen(CURSOR, "", 1)), offset)
}
