//! How far a long build has come: one line on a terminal, which is gone when the build is done.

use std::fmt::Write as _;
use std::io::{self, IsTerminal, Write};
use std::sync::atomic::{AtomicI32, Ordering};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use chrono::{Datelike, NaiveDate};

/// What takes no longer needs no telling.
const SOON: Duration = Duration::from_secs(1);

/// So often the line is written anew.
const AGAIN: Duration = Duration::from_millis(200);

/// A file name is cut behind so many characters: a line that wraps cannot be taken back.
const LONGEST: usize = 40;

/// Tells how far a build has come, on a terminal and nowhere else. Where there is none, nothing is done.
///
/// A thread of its own writes the line. Whoever works says where they are, which for a row is one number put
/// down; it costs them nothing to be watched.
#[derive(Debug)]
pub struct Progress {
    state: Arc<State>,
    /// The thread that tells, and what it hears the end by.
    teller: Option<(Sender<()>, JoinHandle<()>)>,
}

#[derive(Debug, Default)]
struct State {
    doing: Mutex<String>,
    /// The day that is being written, counted as chrono does; 0 for none.
    day: AtomicI32,
}

impl Progress {
    /// Starts telling, if standard error is a terminal.
    #[must_use]
    pub fn start(doing: &str) -> Self {
        let state = Arc::new(State { doing: Mutex::new(doing.to_owned()), day: AtomicI32::new(0) });
        let dumb = std::env::var_os("TERM").is_none_or(|value| value == "dumb");
        if dumb || !io::stderr().is_terminal() {
            return Self { state, teller: None };
        }
        let (sender, receiver) = channel();
        let told = Arc::clone(&state);
        let teller = thread::Builder::new().name("progress".to_owned()).spawn(move || {
            let mut pause = SOON;
            while receiver.recv_timeout(pause) == Err(RecvTimeoutError::Timeout) {
                // To the line's start, and what stood there away. Nobody is left to tell where this fails.
                let _ = write!(io::stderr(), "\r\x1b[K{}", told.line());
                pause = AGAIN;
            }
            if pause == AGAIN {
                let _ = write!(io::stderr(), "\r\x1b[K");
            }
        });
        // A system that has no thread to spare builds all the same.
        Self { state, teller: teller.ok().map(|teller| (sender, teller)) }
    }

    /// Says what is done now.
    pub fn doing(&self, what: &str) {
        self.state.day.store(0, Ordering::Relaxed);
        what.clone_into(&mut self.state.doing.lock().unwrap_or_else(PoisonError::into_inner));
    }

    /// Says which day is being written.
    pub fn day(&self, day: NaiveDate) {
        self.state.day.store(day.num_days_from_ce(), Ordering::Relaxed);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some((sender, teller)) = self.teller.take() {
            drop(sender);
            // It ends by itself now, its line wiped.
            let _ = teller.join();
        }
    }
}

impl State {
    /// `writing calendar.ics: 2026-05-12`
    fn line(&self) -> String {
        let doing = self.doing.lock().unwrap_or_else(PoisonError::into_inner);
        let mut line: String = doing.chars().filter(|sign| !sign.is_control()).take(LONGEST).collect();
        if let Some(day) = Some(self.day.load(Ordering::Relaxed)).filter(|day| *day != 0) {
            let day = NaiveDate::from_num_days_from_ce_opt(day).unwrap_or_default();
            // A text takes what is written to it.
            let _ = write!(line, ": {day}");
        }
        line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_says_what_and_where() {
        let progress = Progress::start("reading the plan");
        assert_eq!(progress.state.line(), "reading the plan");
        progress.doing(&format!("writing calendar-{}\u{1b}.ics", "长".repeat(100)));
        progress.day("2026-05-12".parse().unwrap());
        assert_eq!(progress.state.line(), format!("writing calendar-{}: 2026-05-12", "长".repeat(23)));
        progress.doing("saving");
        assert_eq!(progress.state.line(), "saving");
    }
}
