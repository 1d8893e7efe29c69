//! Files as they were at a revision, read by the program `git`.

mod batch;
mod world;

use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

pub use world::GitWorld;

use self::batch::{Batch, Entry, Object, Stream, failed, submodule};
use crate::disk::reason;
use crate::world::ReadError;

/// What mends a clone without all files.
const BRINGS: &str = ", and `git fetch --refetch --no-filter` brings it";

/// Asks where a folder is in its repository.
const PLACE: &[&str] = &["rev-parse", "--is-inside-work-tree", "--show-prefix"];

/// A git repository.
///
/// Revisions and paths come from strangers, and so may the repository's settings: neither can become an option, and nothing that
/// the settings name is run: no pager, hook, filter or textconv, and nothing is fetched.
#[derive(Debug)]
pub struct Repository {
    /// The folder that it was found from.
    folder: PathBuf,
    /// That folder from the top of the repository, with its `/`.
    prefix: String,
    /// Whether that folder is in a working tree.
    has_files: bool,
    /// Whether the environment names it, and not the folder.
    named: bool,
    /// Whether something was asked for that its commits name and this clone lacks.
    lacks: AtomicBool,
    /// A git that waits to be asked for objects.
    batch: Mutex<Option<Batch>>,
}

impl Repository {
    /// The repository that `folder` is in, or is itself where it is bare.
    ///
    /// # Errors
    /// In words, if there is none or no `git`.
    pub fn find(folder: &Path) -> Result<Self, String> {
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        if !folder.is_dir() {
            return Err(format!("there is no folder `{}`", folder.display()));
        }
        let mut found = Self {
            folder: folder.to_path_buf(),
            prefix: String::new(),
            has_files: false,
            named: false,
            lacks: AtomicBool::new(false),
            batch: Mutex::default(),
        };
        let mut said = found.run(PLACE)?;
        if !said.status.success() && std::env::var_os("GIT_DIR").is_some() {
            // Hooks say which repository theirs is, seen from where they run; a plan is in the one around it. Only where there is
            // none somebody means what is said there.
            found.named = true;
            said = found.run(PLACE)?;
        }
        if !said.status.success() {
            let words = String::from_utf8_lossy(&said.stderr);
            return Err(if words.contains("not a git repository") {
                format!("the folder `{}` is in no git repository", folder.display())
            } else {
                let line = words.lines().next().unwrap_or_default();
                let line = line.strip_prefix("fatal: ").unwrap_or(line).trim_end_matches('.');
                format!("`git` cannot read the repository of the folder `{}`: {line}", folder.display())
            });
        }
        let unclear = || format!("the name of the folder `{}` is no text", folder.display());
        let text = String::from_utf8(said.stdout).map_err(|_| unclear())?;
        let (inside, prefix) = text.split_once('\n').ok_or_else(unclear)?;
        found.has_files = inside == "true";
        prefix.trim_end_matches(['\n', '\r']).clone_into(&mut found.prefix);
        Ok(found)
    }

    /// The folder that the repository was found from, counted from its top, with its `/`; nothing at the top.
    #[must_use]
    pub fn prefix(&self) -> &str {
        &self.prefix
    }

    /// Whether it was found from a working tree. There is none in a bare repository.
    #[must_use]
    pub fn has_files(&self) -> bool {
        self.has_files
    }

    /// The id of the commit that `revision` names, in whatever way git knows: `HEAD~3`, `v1.0`, `main@{2 days ago}`.
    ///
    /// # Errors
    /// In words, if it names none.
    pub fn commit(&self, revision: &str) -> Result<String, String> {
        let said = if revision.is_empty() || revision.starts_with('-') || revision.contains(char::is_control)
        {
            None
        } else {
            let object = format!("{revision}^{{commit}}");
            let said = self.run(&["rev-parse", "--verify", "--quiet", "--end-of-options", &object])?;
            id(&said)
        };
        said.ok_or_else(|| format!("there is no revision `{}`{}", revision.escape_debug(), self.shallow()))
    }

    /// The id of the commit that the histories of two commits last had in common.
    ///
    /// # Errors
    /// In words, if they have nothing in common.
    pub fn merge_base(&self, one: &str, other: &str) -> Result<String, String> {
        let (one_id, other_id) = (self.commit(one)?, self.commit(other)?);
        let said = self.run(&["merge-base", &one_id, &other_id])?;
        id(&said).ok_or_else(|| {
            format!("the histories of `{one}` and `{other}` have nothing in common{}", self.shallow())
        })
    }

    /// Says so if the clone lacked a file that was asked for: a plan without it would be another one.
    ///
    /// # Errors
    /// In words, if it did.
    pub fn is_whole(&self) -> Result<(), String> {
        let lacks = self.lacks.load(Ordering::Relaxed);
        if lacks { Err(format!("this clone lacks a file that the plan reads{BRINGS}")) } else { Ok(()) }
    }

    /// What else keeps a revision from being known.
    fn shallow(&self) -> &'static str {
        match self.run(&["rev-parse", "--is-shallow-repository"]) {
            Ok(said) if said.stdout.starts_with(b"true") => {
                "; this clone has a part of the history only, and `git fetch --unshallow` brings the rest"
            }
            _ => "",
        }
    }

    /// Whether there is a file at `path`, counted from the top, in a commit.
    ///
    /// # Errors
    /// In words, where that cannot be told.
    pub fn has(&self, commit: &str, path: &str) -> Result<bool, String> {
        match self.object(commit, path) {
            Ok(Object::File(_) | Object::Large { .. }) => Ok(true),
            Ok(Object::Folder(_)) | Err(ReadError::NotFound | ReadError::Outside) => Ok(false),
            Err(ReadError::Other(said)) => Err(format!("cannot read `{path}`: {said}")),
        }
    }

    /// What files were called before and after, of those that were renamed between the commit `from` and the commit `to`; without
    /// `to`, what git's index has now.
    ///
    /// # Errors
    /// In words, if git cannot tell.
    pub fn renamed(&self, from: &str, to: Option<&str>) -> Result<Vec<(String, String)>, String> {
        // Never the files themselves: those run through filters.
        let mut arguments = match to {
            Some(_) => vec!["diff-tree", "-r"],
            None => vec!["diff-index", "--cached"],
        };
        arguments.extend(["--find-renames", "--diff-filter=R", "--name-status", "-z"]);
        arguments.extend(["--no-ext-diff", "--no-textconv", "--ignore-submodules=all", from]);
        arguments.extend(to);
        arguments.push("--");
        let said = self.run(&arguments)?;
        if !said.status.success() {
            return Err("`git` cannot tell which files were renamed".to_owned());
        }
        let text = String::from_utf8_lossy(&said.stdout);
        let mut parts = text.split('\0');
        let mut renamed = Vec::new();
        while let (Some(_), Some(before), Some(after)) = (parts.next(), parts.next(), parts.next()) {
            renamed.push((before.to_owned(), after.to_owned()));
        }
        Ok(renamed)
    }

    /// What is at `path`, counted from the top of a commit, links followed.
    fn object(&self, commit: &str, path: &str) -> Result<Object, ReadError> {
        match self.ask(&format!("{commit}:{path}")) {
            Err(ReadError::NotFound) => Err(self.why_not(commit, path)),
            answer => answer,
        }
    }

    fn ask(&self, name: &str) -> Result<Object, ReadError> {
        if name.contains(['\n', '\r', '\0']) {
            return Err(ReadError::Other("there is a line break in its name".to_owned()));
        }
        let mut waiting = self.batch.lock().unwrap_or_else(PoisonError::into_inner);
        // One that did not end well is not asked again.
        let mut batch = match waiting.take() {
            Some(batch) => batch,
            None => Batch::start(self.git()).map_err(|error| failed(&error))?,
        };
        let (answer, more) = batch.ask(name).map_err(|error| failed(&error))?;
        *waiting = more.then_some(batch);
        answer
    }

    /// Why nothing is at `path`. A clone need not have all that its commits name.
    fn why_not(&self, commit: &str, path: &str) -> ReadError {
        let absent = || {
            self.lacks.store(true, Ordering::Relaxed);
            ReadError::Other(format!("this clone lacks it{BRINGS}"))
        };
        let mut way: Vec<&str> = Vec::new();
        for name in path.split('/') {
            if name == ".." {
                way.pop();
                continue;
            }
            let entries = match self.ask(&format!("{commit}:{}", way.join("/"))) {
                Ok(Object::Folder(entries)) => entries,
                Err(ReadError::NotFound) => return absent(),
                Ok(_) | Err(_) => return ReadError::NotFound,
            };
            match entries.iter().find(|entry| entry.name == name) {
                Some(Entry { mode, .. }) if mode == b"160000" => return submodule(),
                // A link may lead to nothing.
                Some(Entry { mode, .. }) if mode == b"120000" => return ReadError::NotFound,
                Some(_) => way.push(name),
                None => return ReadError::NotFound,
            }
        }
        // All of its names are there.
        absent()
    }

    fn stream(&self, id: &str, length: u64) -> Result<Stream, ReadError> {
        Stream::start(self.git(), id, length).map_err(|error| failed(&error))
    }

    fn run(&self, arguments: &[&str]) -> Result<Output, String> {
        self.git().args(arguments).stdin(Stdio::null()).output().map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => {
                "there is no `git` to read a revision with; install it, or name files".to_owned()
            }
            _ => format!("cannot run `git`: {}", reason(&error)),
        })
    }

    fn git(&self) -> Command {
        let mut git = Command::new("git");
        git.args(["--no-pager", "--literal-pathspecs", "-c", "core.fsmonitor=false"]);
        // An old git knows no other way to be kept from fetching.
        git.args(["-c", "protocol.allow=never"]);
        git.current_dir(&self.folder);
        for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR", "GIT_INDEX_FILE"] {
            match std::env::var_os(name).filter(|_| self.named) {
                // Seen from here, not from the folder.
                Some(path) => git.env(name, std::path::absolute(&path).unwrap_or_else(|_| path.into())),
                None => git.env_remove(name),
            };
        }
        if self.named && std::env::var_os("GIT_WORK_TREE").is_none() {
            git.env("GIT_WORK_TREE", std::path::absolute(".").unwrap_or_default());
        }
        git.env("GIT_OPTIONAL_LOCKS", "0").env("GIT_NO_LAZY_FETCH", "1").env("GIT_TERMINAL_PROMPT", "0");
        git.env("LC_ALL", "C").env_remove("LANGUAGE");
        git
    }
}

/// The id that git printed.
fn id(said: &Output) -> Option<String> {
    let id = str::from_utf8(&said.stdout).ok()?.lines().next()?;
    let is_id = said.status.success() && !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_id.then(|| id.to_owned())
}
