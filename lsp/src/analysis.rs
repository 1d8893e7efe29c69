//! The thread on which plans are compiled and requests answered.
//!
//! One thread does it all, in the order in which messages arrived: each request sees the plan as it was then, nothing is
//! locked, and a newer edit makes it pass over the older ones. Reading and writing messages goes on beside it.

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;

use tokio::sync::oneshot;
use tower_lsp::jsonrpc::{Error, Result};

use crate::snapshot::Snapshot;

/// What the thread works on.
pub trait Work: Send + 'static {
    /// The texts changed, or what is on disk; `newer` says whether a later change has arrived meanwhile.
    fn changed(&mut self, snapshot: &Snapshot, newer: &dyn Fn() -> bool);
}

/// What answers a request.
type Answer<W> = Box<dyn FnOnce(&mut W) + Send>;

/// Something to be done.
enum Job<W> {
    /// To bring what is shown up to date.
    Changed(Snapshot),
    /// To answer a request.
    Ask(Answer<W>),
}

/// What there is to do, in the order of arrival.
pub struct Queue<W> {
    jobs: Mutex<VecDeque<Job<W>>>,
    arrived: Condvar,
}

impl<W> Default for Queue<W> {
    fn default() -> Self {
        Self { jobs: Mutex::default(), arrived: Condvar::new() }
    }
}

impl<W> std::fmt::Debug for Queue<W> {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Queue").finish_non_exhaustive()
    }
}

impl<W: Work> Queue<W> {
    fn push(&self, job: Job<W>) {
        self.jobs.lock().unwrap_or_else(PoisonError::into_inner).push_back(job);
        self.arrived.notify_one();
    }

    /// Says that something changed. Changes that were not looked at yet are passed over.
    pub fn changed(&self, snapshot: Snapshot) {
        let mut jobs = self.jobs.lock().unwrap_or_else(PoisonError::into_inner);
        if matches!(jobs.back(), Some(Job::Changed(_))) {
            jobs.pop_back();
        }
        jobs.push_back(Job::Changed(snapshot));
        drop(jobs);
        self.arrived.notify_one();
    }

    /// Has `answer` worked out by the thread; a request that was cancelled is passed over.
    ///
    /// # Errors
    /// An internal error where working it out panics.
    pub async fn ask<T: Send + 'static>(
        &self,
        answer: impl FnOnce(&mut W) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let (reply, answered) = oneshot::channel();
        self.push(Job::Ask(Box::new(move |work| {
            if reply.is_closed() {
                return;
            }
            let answer = catch_unwind(AssertUnwindSafe(|| answer(work)));
            // Nobody may be waiting any more.
            let _ = reply.send(answer.unwrap_or_else(|_| Err(Error::internal_error())));
        })));
        answered.await.unwrap_or_else(|_| Err(Error::internal_error()))
    }

    fn has_change(&self) -> bool {
        let jobs = self.jobs.lock().unwrap_or_else(PoisonError::into_inner);
        jobs.iter().any(|job| matches!(job, Job::Changed(_)))
    }

    fn next(&self) -> Job<W> {
        let mut jobs = self.jobs.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            match jobs.pop_front() {
                Some(job) => return job,
                None => jobs = self.arrived.wait(jobs).unwrap_or_else(PoisonError::into_inner),
            }
        }
    }
}

/// Starts the thread of that name, which works for as long as the process lives.
pub fn start<W: Work>(name: &str, queue: Arc<Queue<W>>, mut work: W) {
    let run = move || {
        loop {
            match queue.next() {
                Job::Changed(_) if queue.has_change() => {}
                Job::Changed(snapshot) => {
                    let newer = || queue.has_change();
                    // What went wrong with this state is tried again with the next.
                    let _ = catch_unwind(AssertUnwindSafe(|| work.changed(&snapshot, &newer)));
                }
                Job::Ask(answer) => answer(&mut work),
            }
        }
    };
    // Plans nest deeper than the stack of a thread usually is.
    let thread = thread::Builder::new().name(name.to_owned()).stack_size(32 << 20);
    if thread.spawn(run).is_err() {
        std::process::exit(1);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use futures::executor::block_on;

    use super::*;

    /// Says which revisions it has seen.
    struct Seen(mpsc::Sender<u64>);

    impl Work for Seen {
        fn changed(&mut self, snapshot: &Snapshot, _: &dyn Fn() -> bool) {
            assert_ne!(snapshot.revision, 13, "the unlucky one");
            self.0.send(snapshot.revision).unwrap();
        }
    }

    fn revision(revision: u64) -> Snapshot {
        Snapshot { revision, ..Snapshot::default() }
    }

    #[test]
    fn what_panics_is_answered_and_does_no_harm() {
        let (seen, revisions) = mpsc::channel();
        let queue = Arc::new(Queue::default());
        start("analysis", Arc::clone(&queue), Seen(seen));
        let wrong = block_on(queue.ask(|_| -> Result<()> { panic!("asked for") }));
        assert_eq!(wrong, Err(Error::internal_error()));
        queue.changed(revision(13));
        assert_eq!(block_on(queue.ask(|_| Ok(1))), Ok(1));
        queue.changed(revision(14));
        assert_eq!(revisions.recv(), Ok(14));
    }

    #[test]
    fn older_changes_and_cancelled_requests_are_passed_over() {
        let (seen, revisions) = mpsc::channel();
        let queue = Arc::new(Queue::default());
        for number in 1..=3 {
            queue.changed(revision(number));
        }
        // Nobody waits for the answer any more.
        let mut cancelled = Box::pin(queue.ask(|_| -> Result<()> { panic!("nobody asked") }));
        assert!(futures::FutureExt::now_or_never(&mut cancelled).is_none());
        drop(cancelled);
        queue.changed(revision(4));
        queue.changed(revision(5));
        start("analysis", Arc::clone(&queue), Seen(seen));
        assert_eq!(revisions.recv(), Ok(5));
        assert_eq!(block_on(queue.ask(|_| Ok(()))), Ok(()));
        assert!(revisions.try_recv().is_err());
    }
}
