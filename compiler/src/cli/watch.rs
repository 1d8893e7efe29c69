//! `milepost watch`

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::time::{Duration, Instant};

use clap::Args;
use notify::event::{AccessKind, AccessMode};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::build::{Build, SPOILT, is_output};
use super::{finish, report, warn};
use crate::compile::Compilation;
use crate::diagnostic::{Diagnostic, Severity};
use crate::disk::{DiskWorld, STDIN};

/// So long nothing must happen before a build: editors and version control write several files in a row.
const QUIET: Duration = Duration::from_millis(150);

/// A folder in which something happens all the time does not put a build off longer than this.
const LONGEST_WAIT: Duration = Duration::from_secs(2);

/// So often what was read is looked at even if nothing is heard: folders that are shared over a network, and
/// those that were removed and made again, tell nothing.
const LOOK: Duration = Duration::from_secs(2);

/// Looking takes at most this part of the time.
const SELDOM: u32 = 50;

/// Builds whenever a file that the plan reads changes, until Ctrl-C
///
/// Prints one line for each build. A plan that is broken leaves the last output as it is.
#[derive(Args, Debug)]
pub struct Watch {
    #[command(flatten)]
    build: Build,
}

impl Watch {
    /// Builds and watches. It ends when it is stopped, or when nobody reads what it prints.
    #[must_use]
    pub fn run(&self) -> ExitCode {
        finish(self.watch())
    }

    fn watch(&self) -> Result<ExitCode, String> {
        if self.build.plan() == STDIN {
            return Err("standard input cannot be watched; name the plan's file".to_owned());
        }
        let (sender, receiver) = sync_channel(1);
        let heard = move |event: notify::Result<Event>| {
            if event.map_or(true, |event| matters(&event)) {
                // One that waits to be heard is enough.
                let _ = sender.try_send(());
            }
        };
        let mut ears = match notify::recommended_watcher(heard) {
            Ok(watcher) => Some(Ears { watcher, folders: BTreeSet::new() }),
            Err(error) => {
                deaf(&error);
                None
            }
        };
        let mut said = Vec::new();
        loop {
            let world = match self.once(&mut said) {
                Ok(world) => world,
                Err(_) => return Ok(ExitCode::SUCCESS),
            };
            if let Some(Err(error)) = ears.as_mut().map(|ears| ears.listen(world.as_ref())) {
                deaf(&error);
                ears = None;
            }
            self.wait(&receiver, world.as_ref());
        }
    }

    /// Builds, and prints a line about it; `said` are the messages that were shown last. Gives back the files that
    /// were read.
    ///
    /// # Errors
    /// Where nothing can be printed any more.
    fn once(&self, said: &mut Vec<Diagnostic>) -> io::Result<Option<DiskWorld>> {
        let started = Instant::now();
        let line = |text: String| {
            let mut out = io::stdout().lock();
            writeln!(out, "{text}").and_then(|()| out.flush())
        };
        let (world, root) = match DiskWorld::open(self.build.plan(), self.build.allow_outside()) {
            Ok(opened) => opened,
            Err(why) => {
                line(format!("not built: {why}"))?;
                return Ok(None);
            }
        };
        let mut counted = String::new();
        let built = self.build.once(&world, &root, &mut |compilation| {
            // The same again tells nobody anything.
            if compilation.diagnostics != *said {
                report(compilation, self.build.plan());
                said.clone_from(&compilation.diagnostics);
            }
            counted = counts(compilation);
        });
        match built {
            Ok(_) => line(format!("built in {} ms{counted}", started.elapsed().as_millis()))?,
            Err(why) if why == SPOILT => {
                line(format!("not built{counted}; {} stays as it was", self.build.out().display()))?;
            }
            Err(why) => line(format!("not built: {why}"))?,
        }
        Ok(Some(world))
    }

    /// Waits until something that was read is not as it was, and until nothing more happens.
    fn wait(&self, heard: &Receiver<()>, world: Option<&DiskWorld>) {
        let folder = fs::canonicalize(self.build.out()).ok();
        let is_own = |file: &Path| {
            let name = file.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            file.parent() == folder.as_deref() && is_output(name)
        };
        let mut pause = LOOK;
        loop {
            let started = Instant::now();
            let changed = match world {
                Some(world) => world.has_changed(is_own),
                // The plan's folder was not there.
                None => Path::new(self.build.plan()).parent().is_some_and(Path::exists),
            };
            if changed {
                settle(heard);
                return;
            }
            pause = pause.max(started.elapsed() * SELDOM);
            match heard.recv_timeout(pause) {
                Ok(()) => settle(heard),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => std::thread::sleep(pause),
            }
        }
    }
}

/// Waits until nothing has happened for a while.
fn settle(heard: &Receiver<()>) {
    let started = Instant::now();
    while started.elapsed() < LONGEST_WAIT {
        match heard.recv_timeout(QUIET) {
            Ok(()) => {}
            Err(RecvTimeoutError::Timeout) => return,
            Err(RecvTimeoutError::Disconnected) => return std::thread::sleep(QUIET),
        }
    }
}

/// Whether something may have changed: not where a file was merely read, as a build itself does.
fn matters(event: &Event) -> bool {
    match event.kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => true,
        EventKind::Access(_) => false,
        _ => true,
    }
}

/// What is listened to.
struct Ears {
    watcher: RecommendedWatcher,
    folders: BTreeSet<PathBuf>,
}

impl Ears {
    /// Listens to the folders of what was read. Folders and not files: a file that is replaced by another one takes
    /// its watch along.
    fn listen(&mut self, world: Option<&DiskWorld>) -> notify::Result<()> {
        let Some(world) = world else { return Ok(()) };
        let folders = world.folders_asked();
        for gone in self.folders.difference(&folders) {
            // It may be gone for good.
            let _ = self.watcher.unwatch(gone);
        }
        for folder in &folders {
            // Again, too: it may be another one of the same name.
            match self.watcher.watch(folder, RecursiveMode::NonRecursive) {
                Err(error) if folder.exists() => return Err(error),
                _ => {}
            }
        }
        self.folders = folders;
        Ok(())
    }
}

fn deaf(error: &notify::Error) {
    warn(&format!(
        "files are looked at every {} seconds, since the system does not tell of changes: {error}",
        LOOK.as_secs()
    ));
}

/// `, 1 error, 3 warnings`
fn counts(compilation: &Compilation) -> String {
    let mut text = String::new();
    for (severity, noun) in [(Severity::Error, "error"), (Severity::Warning, "warning")] {
        let count =
            compilation.diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity).count();
        match count {
            0 => {}
            1 => text.push_str(&format!(", 1 {noun}")),
            _ => text.push_str(&format!(", {count} {noun}s")),
        }
    }
    text
}
