//! A second reading of what a plan means, slow and plain.
//!
//! The compiler counts in whole steps and integer ratios, streams its rows and
//! caches what it can. The reference does none of this: it holds every number as a
//! fraction of big integers, walks every day of every window for every person, and
//! follows the definition sentence by sentence, so that it can be checked by
//! reading. It shares no code with the compiler. On random plans the two must
//! agree to the last row; where they do not, one of them has misread the language.
//!
//! `model` holds a plan without its text and `text` types it; `generate` makes
//! random ones; `expand` follows the chain from a target down to the days (`baseline`,
//! `share`, `each`, `stage`, `weighing`, `running`, and beside them `existing` and
//! `level`); `plot` and `course` hold what comes of it; `run`
//! compares; `worked` checks the reference on the language's worked numbers.
//!
//! `life` holds what happens to a plan and `text_life` types it; `generate::life` makes
//! random lives; `counts` finds the readings that a goal counts, `progress` and `score`
//! say how far it has come, `replan` plans the rest anew (`dealt`: whose a reading is,
//! `rows`: what becomes of a line); `run_status` and `run_replan` compare,
//! `worked_status` and `worked_replan` check them on numbers worked by hand.
//!
//! Not modelled yet: `share like`, actions and what they yield, forecasts of people,
//! percentages that several people have to reach, the numbers of teams.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may stop at what should not be"
)]

mod apportion;
mod baseline;
mod calendar;
mod counts;
mod course;
mod dice;
mod each;
mod existing;
mod expand;
mod fiscal;
pub(crate) mod generate;
mod lag;
mod level;
mod life;
mod model;
mod period;
mod plot;
mod progress;
mod rational;
mod replan;
mod row;
mod run;
mod run_replan;
mod run_status;
mod running;
mod score;
mod season;
mod share;
mod someone;
mod stage;
mod statements;
mod text;
mod text_life;
mod unplannable;
mod weighing;
mod worked;
mod worked_replan;
mod worked_status;

pub(crate) use text::text;
