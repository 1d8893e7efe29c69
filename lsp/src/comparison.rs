//! `milepost.diff`: what changed in a plan since a revision, up to the texts as they are in the editor.
//!
//! Two plans are worked out to their days, which may take seconds. A thread of its own does it, one after the other, so that
//! what is typed meanwhile is answered as ever.

use std::ffi::OsStr;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use milepost::compile::{Compilation, compile};
use milepost::diff::{Diff, Version, markdown, nothing_beside};
use milepost::git::{GitWorld, Repository};
use serde::Serialize;
use tower_lsp::jsonrpc::{Error, ErrorCode, Result};

use crate::analysis::{self, Queue, Work};
use crate::plans::Root;
use crate::snapshot::Snapshot;
use crate::world::{Disk, EditorWorld};

/// What was committed last.
const HEAD: &str = "HEAD";

/// What came of it.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Comparison {
    /// Whether the two could be compared.
    pub ok: bool,
    /// Whether anything changed in meaning.
    pub changed: bool,
    /// What changed, as `milepost diff --format markdown` tells it; empty where nothing could be compared.
    pub markdown: String,
    /// In words why nothing could be compared, or what else there is to know; plain text, often empty.
    pub said: String,
}

/// Why there is no comparison.
#[derive(Debug)]
enum Stop {
    /// In words.
    Said(String),
    /// Nobody waits for it any more.
    Unwanted,
}

impl From<String> for Stop {
    fn from(words: String) -> Self {
        Self::Said(words)
    }
}

/// What the thread works on: nothing is kept from one comparison to the next.
#[derive(Debug)]
struct Comparer;

impl Work for Comparer {
    fn changed(&mut self, _: &Snapshot, _: &dyn Fn() -> bool) {}
}

/// The thread that compares plans.
#[derive(Debug)]
pub struct Comparisons {
    queue: Arc<Queue<Comparer>>,
    /// The number of the comparison that was asked for last.
    newest: Arc<AtomicU64>,
}

impl Comparisons {
    /// Starts it.
    #[must_use]
    pub fn start() -> Self {
        let queue = Arc::new(Queue::default());
        analysis::start("comparison", Arc::clone(&queue), Comparer);
        Self { queue, newest: Arc::default() }
    }

    /// Compares the plan at `root` as it was at a revision, else at `HEAD`, with what the snapshot has. One that is asked for later
    /// takes its place.
    ///
    /// # Errors
    /// Where a later one took its place, and an internal error where comparing panics.
    pub async fn ask(&self, root: Root, texts: Snapshot, revision: Option<String>) -> Result<Comparison> {
        let own = self.newest.fetch_add(1, Ordering::Relaxed) + 1;
        let newest = Arc::clone(&self.newest);
        // It goes with the one who waits, also when that one is cancelled.
        let asker = Arc::new(());
        let asking = Arc::downgrade(&asker);
        let wanted = move || newest.load(Ordering::Relaxed) == own && asking.strong_count() > 0;
        let revision = revision.filter(|revision| !revision.is_empty()).unwrap_or_else(|| HEAD.to_owned());
        let answer = self.queue.ask(move |_| match compared(&root, &texts, &revision, &wanted) {
            Ok(comparison) => Ok(comparison),
            Err(Stop::Said(said)) => Ok(Comparison { said, ..Comparison::default() }),
            Err(Stop::Unwanted) => Err(Error {
                code: ErrorCode::ContentModified,
                message: "another comparison was asked for meanwhile".into(),
                data: None,
            }),
        });
        let answer = answer.await;
        drop(asker);
        answer
    }
}

/// The plan at `root` at a revision beside what the snapshot has, for as long as that is `wanted`.
fn compared(
    root: &Root,
    texts: &Snapshot,
    revision: &str,
    wanted: &dyn Fn() -> bool,
) -> std::result::Result<Comparison, Stop> {
    let still = || if wanted() { Ok(()) } else { Err(Stop::Unwanted) };
    still()?;
    let Root::File(file) = root else {
        return Err(Stop::Said(
            "save the plan first: a text that is no file has no earlier version".to_owned(),
        ));
    };
    let Past { repository, commit, revision, path, old } = Past::find(file, revision)?;
    let before_shown = format!("{revision}:{}", old.as_ref().unwrap_or(&path));
    still()?;
    let name = path.rsplit('/').next().unwrap_or(&path);
    let now = compile(&EditorWorld::new(file, &texts.documents, &Disk::default()), name);
    let after = version(&now, &path)?;
    still()?;
    let was = match &old {
        Some(old) => {
            let opened = GitWorld::open(&repository, &commit, old);
            let (world, name) = opened.map_err(|said| said.replace(&commit, &revision))?;
            let was = compile(&world, &name);
            repository.is_whole()?;
            was
        }
        None => nothing_beside(&now),
    };
    let before = match &old {
        Some(_) => version(&was, &before_shown)?,
        None => Version::nothing(&was).ok_or_else(|| unread(&before_shown))?,
    };
    still()?;
    let folder = |path: &str| path.rfind('/').map_or("", |end| &path[..=end]).to_owned();
    let diff = Diff::new(before, after).placed(&folder(old.as_ref().unwrap_or(&path)), &folder(&path));
    let said = match old {
        Some(_) => String::new(),
        None => format!("there is no `{path}` at `{revision}`: all of it is new"),
    };
    Ok(Comparison {
        ok: true,
        changed: !diff.is_empty(),
        markdown: markdown::write(&diff, &before_shown, &path, false, markdown::MOST),
        said,
    })
}

/// Where git has an earlier version of a file.
struct Past {
    repository: Arc<Repository>,
    /// The id of the commit.
    commit: String,
    /// What it is called.
    revision: String,
    /// The file, from the top of the repository.
    path: String,
    /// What it was called then; `None` where it is new.
    old: Option<String>,
}

impl Past {
    fn find(file: &Path, revision: &str) -> std::result::Result<Self, String> {
        let no_file = || format!("`{}` names no file", file.display());
        let name = file.file_name().and_then(OsStr::to_str).ok_or_else(no_file)?;
        let repository = Repository::find(file.parent().ok_or_else(no_file)?)?;
        if !repository.has_files() {
            return Err(format!("`{}` is in no working tree of a git repository", file.display()));
        }
        let path = format!("{}{name}", repository.prefix());
        let commit = repository.commit(revision).map_err(|said| match revision {
            HEAD => format!("{said}: nothing was committed in this repository yet"),
            _ => said,
        })?;
        let old = if repository.has(&commit, &path)? {
            Some(path.clone())
        } else {
            let renamed = repository.renamed(&commit, None)?;
            renamed.into_iter().find(|(_, new)| *new == path).map(|(old, _)| old)
        };
        // As the command line calls it: an id is too long to be read.
        let revision = if commit == revision { commit.get(..10).unwrap_or(revision) } else { revision };
        let revision = revision.to_owned();
        Ok(Self { repository: Arc::new(repository), commit, revision, path, old })
    }
}

/// What can be compared of a plan.
fn version<'a>(compilation: &'a Compilation, shown: &str) -> std::result::Result<Version<'a>, String> {
    Version::new(compilation).ok_or_else(|| unread(shown))
}

fn unread(shown: &str) -> String {
    format!("`{shown}` has no plan that could be compared")
}
