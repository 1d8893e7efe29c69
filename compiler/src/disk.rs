//! Real files, inside the fence of a plan.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::fs;
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use crate::pattern::{self, Each, Folders, Kind, is_pattern};
use crate::world::{ReadError, World};

/// What a plan from standard input is called.
pub const STDIN: &str = "-";

/// A file larger than this is no plan and no data of one.
pub(crate) const LARGEST: u64 = 1 << 30;

/// Files below the folder of a plan, or below the top of the git repository that the folder is in.
///
/// Plans are checked on pull requests from strangers, so no path of theirs leaves that fence, be it absolute,
/// by `..` or through a link; what is behind a path outside does not even show in the kind of error.
#[derive(Debug)]
pub struct DiskWorld {
    /// The folder that paths count from, without links.
    root: PathBuf,
    /// The folder that nothing leaves, without links; `None` where the user lifted it.
    fence: Option<PathBuf>,
    /// The plan itself, where it came from standard input.
    stdin: Option<Arc<[u8]>>,
    /// The files that were read, without links.
    read: Mutex<BTreeSet<PathBuf>>,
    /// What was asked for, and what was there.
    asked: Mutex<Asked>,
}

/// What was asked for, and what was there when it was.
#[derive(Clone, Debug, Default)]
struct Asked {
    /// Files and folders, those that were not there too.
    paths: BTreeMap<PathBuf, Look>,
    /// Patterns.
    lists: BTreeMap<String, Result<Vec<String>, ReadError>>,
}

/// What tells a file from the one that was there before; of a folder only that it is one.
#[derive(Clone, PartialEq, Eq, Debug)]
enum Look {
    Nothing,
    Folder,
    File { length: u64, changed: Option<SystemTime>, real: PathBuf },
}

impl Look {
    fn at(path: &Path) -> Self {
        match (fs::metadata(path), fs::canonicalize(path)) {
            (Ok(kind), Ok(_)) if kind.is_dir() => Self::Folder,
            (Ok(kind), Ok(real)) => Self::File { length: kind.len(), changed: kind.modified().ok(), real },
            _ => Self::Nothing,
        }
    }
}

impl DiskWorld {
    /// The files around the plan at `path`, and the plan's name among them. For `-` the plan is read from
    /// standard input and the files are those around the current folder.
    ///
    /// # Errors
    /// In words, if there is no such folder or standard input cannot be read.
    pub fn open(path: &str, allow_outside: bool) -> Result<(Self, String), String> {
        let (folder, name) = if path == STDIN {
            (PathBuf::from("."), STDIN.to_owned())
        } else {
            let file = Path::new(path);
            let name =
                file.file_name().and_then(OsStr::to_str).ok_or_else(|| format!("`{path}` names no file"))?;
            let folder =
                file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
            (folder.to_path_buf(), name.to_owned())
        };
        let root = fs::canonicalize(&folder)
            .map_err(|error| format!("cannot read the folder `{}`: {}", folder.display(), reason(&error)))?;
        let stdin = if path == STDIN {
            let mut bytes = Vec::new();
            let read = io::stdin().lock().take(LARGEST + 1).read_to_end(&mut bytes);
            read.map_err(|error| format!("cannot read standard input: {}", reason(&error)))?;
            Some(Arc::from(bytes))
        } else {
            None
        };
        let fence = (!allow_outside).then(|| git_top(&root).unwrap_or(&root).to_path_buf());
        Ok((Self { root, fence, stdin, read: Mutex::default(), asked: Mutex::default() }, name))
    }

    /// The folder that paths count from.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The files that were read so far, without links.
    #[must_use]
    pub fn files_read(&self) -> Vec<PathBuf> {
        self.read.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned().collect()
    }

    /// Whether anything that was asked for is not as it was then. What `is_own` says of a file, without links,
    /// makes no difference.
    #[must_use]
    pub fn has_changed(&self, is_own: impl Fn(&Path) -> bool) -> bool {
        let asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let differs = |(path, before): (&PathBuf, &Look)| {
            let now = Look::at(path);
            let own = |look: &Look| matches!(look, Look::File { real, .. } if is_own(real));
            now != *before && !own(&now) && !own(before)
        };
        asked.paths.iter().any(differs)
            || asked.lists.iter().any(|(pattern, before)| self.matches(pattern) != *before)
    }

    /// The folders in which something happens when something that was asked for changes.
    #[must_use]
    pub fn folders_asked(&self) -> BTreeSet<PathBuf> {
        let asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        let mut folders = BTreeSet::from([self.root.clone()]);
        for (path, look) in &asked.paths {
            if *look == Look::Folder {
                folders.insert(path.clone());
            }
            // A file that is replaced changes its folder; one behind a link, both its own and that of the link.
            let here = path.ancestors().skip(1).find(|folder| folder.is_dir());
            folders.extend(here.map(Path::to_path_buf));
            if let Look::File { real, .. } = look {
                folders.extend(real.parent().map(Path::to_path_buf));
            }
        }
        folders.iter().map(|folder| fs::canonicalize(folder).unwrap_or_else(|_| folder.clone())).collect()
    }

    /// Where the file at `path` really is.
    fn find(&self, path: &str) -> Result<PathBuf, ReadError> {
        if path.contains('\0') {
            return Err(ReadError::NotFound);
        }
        let joined = self.root.join(path);
        if !self.is_inside(&without_dots(&joined)) {
            return Err(ReadError::Outside);
        }
        // Before it is read: what changes while it is read has changed since.
        let mut asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        asked.paths.entry(joined.clone()).or_insert_with(|| Look::at(&joined));
        drop(asked);
        match fs::canonicalize(&joined) {
            Ok(real) if self.is_inside(&real) => Ok(real),
            Ok(_) => Err(ReadError::Outside),
            Err(_) if self.leads_out(&joined, 0) => Err(ReadError::Outside),
            Err(error) => Err(said(&error)),
        }
    }

    /// Where the regular file at `path` really is, and how long it is.
    fn find_file(&self, path: &str) -> Result<(PathBuf, u64), ReadError> {
        let file = self.find(path)?;
        // Looked at before it is opened: opening a pipe waits for somebody to write.
        let kind = fs::metadata(&file).map_err(|error| said(&error))?;
        if kind.is_dir() {
            return Err(ReadError::Other("it is a folder".to_owned()));
        }
        if !kind.is_file() {
            return Err(ReadError::Other("it is no regular file".to_owned()));
        }
        Ok((file, kind.len()))
    }

    /// How long the file at `path` is, in bytes.
    ///
    /// # Errors
    /// As for reading it.
    pub fn length(&self, path: &str) -> Result<u64, ReadError> {
        self.find_file(path).map(|(_, length)| length)
    }

    /// Keeps in mind that `file` was read.
    fn note(&self, file: PathBuf) {
        self.read.lock().unwrap_or_else(PoisonError::into_inner).insert(file);
    }

    fn is_inside(&self, path: &Path) -> bool {
        self.fence.as_ref().is_none_or(|fence| path.starts_with(fence))
    }

    /// Whether the way to a file that is not there leaves the fence. It must not make a difference outside
    /// whether a file is there.
    fn leads_out(&self, path: &Path, links: usize) -> bool {
        const MOST_LINKS: usize = 40;
        if self.fence.is_none() {
            return false;
        }
        if links > MOST_LINKS || !self.is_inside(&without_dots(path)) {
            return true;
        }
        let mut way = PathBuf::new();
        for part in path.components() {
            way.push(part);
            if let Ok(real) = fs::canonicalize(&way) {
                let above = self.fence.as_ref().is_some_and(|fence| fence.starts_with(&real));
                if !above && !self.is_inside(&real) {
                    return true;
                }
                continue;
            }
            let Ok(target) = fs::read_link(&way) else { return false };
            way.pop();
            return self.leads_out(&way.join(target), links + 1);
        }
        false
    }
}

impl Folders for DiskWorld {
    fn is_file(&self, path: &str) -> Result<bool, ReadError> {
        match self.find(path) {
            Err(ReadError::Outside) => Err(ReadError::Outside),
            Err(ReadError::NotFound) => Ok(false),
            Ok(file) => Ok(!file.is_dir()),
            // What keeps it from being read is said when it is read.
            Err(ReadError::Other(_)) => Ok(true),
        }
    }

    fn entries(&self, folder: &str, each: &mut Each<'_>) -> Result<(), ReadError> {
        let here = match self.find(folder) {
            Ok(here) if here.is_dir() => here,
            Err(ReadError::Outside) => return Err(ReadError::Outside),
            Ok(_) | Err(_) => return Ok(()),
        };
        for entry in fs::read_dir(here).map_err(|error| said(&error))? {
            let entry = entry.map_err(|error| said(&error))?;
            let kind = entry.file_type().map_err(|error| said(&error))?;
            let kind = match (kind.is_dir(), kind.is_file()) {
                (true, _) => Kind::Folder,
                (_, true) => Kind::File,
                _ => Kind::Link,
            };
            // A name that is no text matches no pattern, but was walked over.
            each(entry.file_name().to_str().unwrap_or_default(), kind)?;
        }
        Ok(())
    }
}

impl World for DiskWorld {
    fn read(&self, path: &str) -> Result<Arc<[u8]>, ReadError> {
        if let (STDIN, Some(bytes)) = (path, &self.stdin) {
            return if bytes.len() as u64 > LARGEST { Err(too_large()) } else { Ok(Arc::clone(bytes)) };
        }
        let (file, length) = self.find_file(path)?;
        if length > LARGEST {
            return Err(too_large());
        }
        let bytes = fs::read(&file).map_err(|error| said(&error))?;
        self.note(file);
        Ok(Arc::from(bytes))
    }

    fn open(&self, path: &str) -> Result<Box<dyn Read + '_>, ReadError> {
        if path == STDIN && self.stdin.is_some() {
            return Ok(Box::new(io::Cursor::new(self.read(path)?)));
        }
        let (file, _) = self.find_file(path)?;
        let reader = fs::File::open(&file).map_err(|error| said(&error))?;
        self.note(file);
        Ok(Box::new(reader))
    }

    fn list(&self, pattern: &str) -> Result<Vec<String>, ReadError> {
        if !pattern.split('/').any(is_pattern) {
            return Ok(vec![pattern.to_owned()]);
        }
        let matches = self.matches(pattern);
        let mut asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        asked.lists.insert(pattern.to_owned(), matches.clone());
        matches
    }
}

impl DiskWorld {
    /// The files that match a pattern.
    fn matches(&self, pattern: &str) -> Result<Vec<String>, ReadError> {
        if Path::new(pattern).is_absolute() && self.fence.is_some() {
            return Err(ReadError::Outside);
        }
        pattern::matches(self, pattern)
    }
}

/// The folder around `folder` that has a `.git`: a folder, or in a work tree or submodule a file.
#[must_use]
pub fn git_top(folder: &Path) -> Option<&Path> {
    folder.ancestors().find(|folder| folder.join(".git").exists())
}

/// The path without `.` and `..`, as if nothing in it were a link.
#[must_use]
pub fn without_dots(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => drop(plain.pop()),
            _ => plain.push(part),
        }
    }
    plain
}

pub(crate) fn too_large() -> ReadError {
    ReadError::Other(format!("it is larger than {} MiB", LARGEST >> 20))
}

fn said(error: &io::Error) -> ReadError {
    match error.kind() {
        io::ErrorKind::NotFound => ReadError::NotFound,
        _ => ReadError::Other(reason(error)),
    }
}

/// The system's words for an error, in the way of ours: `permission denied`.
#[must_use]
pub fn reason(error: &io::Error) -> String {
    let said = error.to_string();
    let words = said.split(" (os error").next().unwrap_or(&said).trim_end_matches('.');
    let mut signs = words.chars();
    match (signs.next(), signs.next()) {
        // Not `I/O error` or the like.
        (Some(first), Some(second)) if second.is_lowercase() => {
            first.to_lowercase().chain(words.chars().skip(1)).collect()
        }
        _ => words.to_owned(),
    }
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    /// `repo/.git`, `repo/plans/q1.plan`, `repo/data/a.csv`, `outside/secret.plan`, and links.
    fn files() -> tempfile::TempDir {
        let dir = tempfile::tempdir().unwrap();
        let at = |path: &str| dir.path().join(path);
        for folder in ["repo/.git", "repo/plans/goals/deep", "repo/plans/.hidden", "repo/data", "outside"] {
            fs::create_dir_all(at(folder)).unwrap();
        }
        for file in [
            "repo/plans/q1.plan",
            "repo/plans/goals/b.plan",
            "repo/plans/goals/a.plan",
            "repo/plans/goals/é.plan",
            "repo/plans/goals/Z.plan",
            "repo/plans/goals/deep/c.plan",
            "repo/plans/.hidden/d.plan",
            "repo/data/a.csv",
            "outside/secret.plan",
        ] {
            fs::write(at(file), file).unwrap();
        }
        symlink("../../data/a.csv", at("repo/plans/goals/inside.csv")).unwrap();
        symlink("../../outside/secret.plan", at("repo/plans/secret.plan")).unwrap();
        symlink(at("outside"), at("repo/plans/out")).unwrap();
        symlink("/nowhere/at/all", at("repo/plans/dangling")).unwrap();
        symlink("not-there", at("repo/plans/broken")).unwrap();
        symlink("loop", at("repo/plans/loop")).unwrap();
        symlink(".", at("repo/plans/goals/deep/round")).unwrap();
        dir
    }

    fn world(dir: &tempfile::TempDir, allow_outside: bool) -> DiskWorld {
        let plan = dir.path().join("repo/plans/q1.plan");
        let (world, name) = DiskWorld::open(plan.to_str().unwrap(), allow_outside).unwrap();
        assert_eq!(name, "q1.plan");
        world
    }

    #[test]
    fn files_inside_the_repository_are_read() {
        let dir = files();
        let world = world(&dir, false);
        for path in
            ["q1.plan", "./q1.plan", "goals/a.plan", "goals/../q1.plan", "../data/a.csv", "goals/inside.csv"]
        {
            assert!(world.read(path).is_ok(), "{path}");
            assert!(world.open(path).is_ok(), "{path}");
        }
        assert_eq!(world.read("no.plan"), Err(ReadError::NotFound));
        assert_eq!(world.open("no.plan").err(), Some(ReadError::NotFound));
        assert_eq!(world.open("goals").err(), Some(ReadError::Other("it is a folder".to_owned())));
        assert_eq!(world.read("broken"), Err(ReadError::NotFound));
        assert_eq!(world.read("goals/no/no.plan"), Err(ReadError::NotFound));
        assert_eq!(world.read("goals"), Err(ReadError::Other("it is a folder".to_owned())));
        assert!(
            world
                .files_read()
                .iter()
                .all(|file| file.starts_with(dir.path().canonicalize().unwrap().join("repo")))
        );
        assert_eq!(world.files_read().len(), 3);
    }

    #[test]
    fn nothing_outside_is_read_or_found_out() {
        let dir = files();
        let world = world(&dir, false);
        let absolute = dir.path().join("outside/secret.plan");
        let missing = dir.path().join("outside/missing.plan");
        for path in [
            "../../outside/secret.plan",
            "../../outside/missing.plan",
            "../../repo/plans/q1.plan/../../../outside/secret.plan",
            absolute.to_str().unwrap(),
            missing.to_str().unwrap(),
            "secret.plan",
            "out/secret.plan",
            "out/missing.plan",
            "out/../outside/secret.plan",
            "dangling",
            "loop",
            "/etc/passwd",
            "/",
            "../..",
        ] {
            assert_eq!(world.read(path), Err(ReadError::Outside), "{path}");
            assert_eq!(world.open(path).err(), Some(ReadError::Outside), "{path}");
        }
        for pattern in ["../../outside/*.plan", "/etc/*", "out/*.plan", "../../*/*.plan"] {
            assert_eq!(world.list(pattern), Err(ReadError::Outside), "{pattern}");
        }
    }

    #[test]
    fn the_fence_can_be_lifted() {
        let dir = files();
        let world = world(&dir, true);
        let absolute = dir.path().join("outside/secret.plan");
        for path in
            ["../../outside/secret.plan", absolute.to_str().unwrap(), "secret.plan", "out/secret.plan"]
        {
            assert!(world.read(path).is_ok(), "{path}");
        }
        assert_eq!(world.list("../../outside/*.plan").unwrap(), ["../../outside/secret.plan"]);
    }

    #[test]
    fn without_a_repository_the_folder_is_the_fence() {
        let dir = files();
        fs::remove_dir(dir.path().join("repo/.git")).unwrap();
        let world = world(&dir, false);
        assert!(world.read("goals/a.plan").is_ok());
        assert_eq!(world.read("../data/a.csv"), Err(ReadError::Outside));
        assert_eq!(world.read("goals/inside.csv"), Err(ReadError::Outside));
    }

    #[test]
    fn a_list_is_sorted_by_bytes() {
        let dir = files();
        let world = world(&dir, false);
        let list = |pattern: &str| world.list(pattern).unwrap();
        assert_eq!(list("goals/*.plan"), ["goals/Z.plan", "goals/a.plan", "goals/b.plan", "goals/é.plan"]);
        assert_eq!(list("./goals/[ab].plan"), ["goals/a.plan", "goals/b.plan"]);
        assert_eq!(list("go*/*/?.plan"), ["goals/deep/c.plan"]);
        assert_eq!(list("goals/**/c.plan"), ["goals/deep/c.plan"]);
        assert_eq!(list("goals/**/*.plan").len(), 5);
        assert_eq!(list("../*/*.csv"), ["../data/a.csv"]);
        assert_eq!(list("goals/a.plan"), ["goals/a.plan"]);
        assert_eq!(list("nothing/*.plan"), [""; 0]);
        assert_eq!(list("go*/q.plan"), [""; 0]);
        assert!(matches!(world.list("goals/[.plan"), Err(ReadError::Other(_))));
    }

    #[test]
    fn pipes_are_not_waited_for() {
        let dir = files();
        let pipe = dir.path().join("repo/plans/pipe");
        if !std::process::Command::new("mkfifo").arg(&pipe).status().is_ok_and(|status| status.success()) {
            return;
        }
        assert_eq!(
            world(&dir, false).read("pipe"),
            Err(ReadError::Other("it is no regular file".to_owned()))
        );
    }

    #[test]
    fn a_plan_without_a_folder_is_said() {
        let said = DiskWorld::open("/no/such/folder/q1.plan", false).unwrap_err();
        assert_eq!(said, "cannot read the folder `/no/such/folder`: no such file or directory");
        assert_eq!(DiskWorld::open("..", false).unwrap_err(), "`..` names no file");
    }
}
