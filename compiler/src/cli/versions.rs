//! Which two plans are compared, as the arguments name them.

use std::path::Path;
use std::sync::Arc;

use super::folder;
use crate::disk::{DiskWorld, STDIN};
use crate::git::{GitWorld, Repository};
use crate::world::World;

/// A plan as it is on disk, or as it was at a revision.
#[derive(Clone, Debug)]
pub enum Version {
    /// The path of a file; `-` is standard input.
    File(String),
    /// A file that git has.
    Revision(AtRevision),
}

/// A file at a revision.
#[derive(Clone, Debug)]
pub struct AtRevision {
    repository: Arc<Repository>,
    /// As it was given.
    revision: String,
    /// The commit that it names.
    commit: String,
    /// From the top of the repository.
    path: String,
}

/// What is compared.
#[derive(Clone, Debug)]
pub enum Versions {
    /// This plan, with what it says that it follows.
    One(Version),
    /// The plan before, and after. One of the two may be missing.
    Two(Side, Side),
}

/// One of two plans.
#[derive(Clone, Debug)]
pub enum Side {
    /// There it is.
    Plan(Version),
    /// There is none, where these words say: the plan is new, or gone.
    Missing(String),
}

impl Version {
    /// What one argument names: the plan at a revision, as in `HEAD~3:plans/q1.plan`, if there is one, else a file. Paths count
    /// from the folder `here`, those behind a revision from the top of the repository unless they start with `./` or `../`.
    ///
    /// # Errors
    /// In words, if it is neither.
    pub fn parse(argument: &str, here: &Path) -> Result<Self, String> {
        if argument == STDIN {
            return Ok(Self::File(STDIN.to_owned()));
        }
        let file = here.join(argument);
        let no_file = format!("there is no file `{}`", argument.escape_debug());
        let at_revision = split(argument, ":").filter(|_| !has_drive(argument));
        let at = |revision: &str, path: &str| -> Result<Self, String> {
            let repository = Arc::new(Repository::find(here)?);
            let commit = repository.commit(revision)?;
            let is_relative = path.starts_with("./") || path.starts_with("../");
            let path = inside(if is_relative { repository.prefix() } else { "" }, path)?;
            let at = AtRevision { repository, revision: revision.to_owned(), commit, path };
            at.open().map(|_| Self::Revision(at))
        };
        // A file that is called like a plan at a revision must not stand in for it.
        let found = at_revision.filter(|(revision, _)| !revision.is_empty());
        let found = found.map(|(revision, path)| at(revision, path));
        match (found, at_revision) {
            (Some(Ok(version)), _) => Ok(version),
            _ if file.is_file() || has_drive(argument) => Ok(Self::File(shown(&file))),
            _ if file.is_dir() => Err(is_folder(argument)),
            (Some(Err(said)), _) => Err(format!("{no_file}, and {said}")),
            (None, Some(_)) => {
                Err(format!("{no_file}, and no revision before its colon, such as `HEAD~1:q1.plan`"))
            }
            (None, None) => Err(format!(
                "{no_file}; a plan at a revision is written `REVISION:PATH`, such as `HEAD~1:q1.plan`"
            )),
        }
    }

    /// The files around it, and its own name among them.
    ///
    /// # Errors
    /// In words, if there is no such folder, file or revision any more, or standard input cannot be read.
    pub fn open(&self, allow_outside: bool) -> Result<(Box<dyn World>, String), String> {
        match self {
            Self::File(path) => {
                let (world, name) = DiskWorld::open(path, allow_outside)?;
                Ok((Box::new(world), name))
            }
            // There is no outside of a commit.
            Self::Revision(at) => {
                let (world, name) = at.open()?;
                Ok((Box::new(world), name))
            }
        }
    }

    /// Says so if something that it reads is not to be had.
    ///
    /// # Errors
    /// In words, if the clone lacked a file.
    pub fn is_whole(&self) -> Result<(), String> {
        match self {
            Self::File(_) => Ok(()),
            Self::Revision(at) => {
                at.repository.is_whole().map_err(|said| format!("`{}`: {said}", self.shown()))
            }
        }
    }

    /// The way to its folder, with its `/`: of a file from here, of a revision from the top of the repository.
    #[must_use]
    pub fn folder(&self) -> String {
        match self {
            Self::File(path) => folder(path),
            Self::Revision(at) => folder(&at.path),
        }
    }

    /// What it is called in messages: `plans/q1.plan`, or `HEAD~3:plans/q1.plan` with the path from the top of the repository.
    #[must_use]
    pub fn shown(&self) -> String {
        match self {
            Self::File(path) => path.clone(),
            Self::Revision(at) => format!("{}:{}", at.revision, at.path),
        }
    }
}

impl AtRevision {
    fn open(&self) -> Result<(GitWorld, String), String> {
        // The commit, not the revision: a branch may have moved since.
        GitWorld::open(&self.repository, &self.commit, &self.path)
            .map_err(|said| said.replace(&self.commit, &self.revision))
    }

    fn is_there(&self) -> Result<bool, String> {
        self.repository.has(&self.commit, &self.path)
    }

    /// The id of the commit that the revision names.
    #[must_use]
    pub fn commit(&self) -> &str {
        &self.commit
    }

    /// The path, from the top of the repository.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }
}

impl Side {
    /// The plan, if there is one.
    #[must_use]
    pub fn plan(&self) -> Option<&Version> {
        match self {
            Self::Plan(version) => Some(version),
            Self::Missing(_) => None,
        }
    }

    /// What it is called in messages, whether it is there or not.
    #[must_use]
    pub fn shown(&self) -> String {
        match self {
            Self::Plan(version) => version.shown(),
            Self::Missing(shown) => shown.clone(),
        }
    }
}

/// What the arguments before `--`, and the paths behind it, compare. Paths count from the folder `here`.
///
/// Without paths: one plan, or two. With one path, that plan at two revisions: `A B` or `A..B`, where an empty side is `HEAD`;
/// `A...B`, from where the histories of the two parted; `A`, which is compared with the working tree; nothing, which is `HEAD`.
///
/// # Errors
/// In words, if a plan or revision is not there, or the arguments mean nothing.
pub fn versions(arguments: &[String], paths: &[String], here: &Path) -> Result<Versions, String> {
    match (arguments, paths) {
        ([one], []) => Version::parse(one, here).map(Versions::One),
        ([before, after], []) => {
            let (before, after) = (Version::parse(before, here)?, Version::parse(after, here)?);
            if matches!((&before, &after), (Version::File(one), Version::File(other)) if one == STDIN && other == STDIN)
            {
                return Err("standard input can be only one of the two plans".to_owned());
            }
            Ok(Versions::Two(Side::Plan(before), Side::Plan(after)))
        }
        ([], []) => Err("expected two plans, such as `HEAD~1:q1.plan q1.plan`, found none".to_owned()),
        ([_, _, _, ..], _) => Err(format!("expected two plans or revisions, found {}", arguments.len())),
        (_, [path]) => between(arguments, path, here),
        (_, paths) => Err(format!("expected one plan behind `--`, found {}", paths.len())),
    }
}

/// The plan at `path` at two revisions, or at one and on disk.
fn between(revisions: &[String], path: &str, here: &Path) -> Result<Versions, String> {
    let plan = Placed::find(path, here)?;
    let (before, after) = ends(revisions, &plan.repository)?;
    if after.is_none() && !plan.repository.has_files() {
        return Err("there is no working tree to compare with; name two revisions".to_owned());
    }
    let before = plan.at(&before)?;
    let after = match after {
        Some(revision) => Version::Revision(plan.at(&revision)?),
        None => Version::File(plan.file.clone()),
    };
    let has = match &after {
        Version::File(file) => Path::new(file).is_file(),
        Version::Revision(at) => at.is_there()?,
    };
    let had = before.is_there()?;
    let renamed = || match &after {
        Version::File(_) => plan.repository.renamed(&before.commit, None),
        Version::Revision(at) => plan.repository.renamed(&before.commit, Some(&at.commit)),
    };
    let (mut old, mut new) = (had.then(|| plan.path.clone()), has.then(|| plan.path.clone()));
    if had && !has {
        new = renamed()?.into_iter().find(|(old, _)| *old == plan.path).map(|(_, new)| new);
    } else if has && !had {
        old = renamed()?.into_iter().find(|(_, new)| *new == plan.path).map(|(old, _)| old);
    } else if !had {
        let (before, after) = (Version::Revision(before).shown(), after.shown());
        return Err(format!("there is no plan `{before}`, and no `{after}`"));
    }
    Ok(Versions::Two(plan.side(Version::Revision(before), old), plan.side(after, new)))
}

/// The revisions that arguments name; `None` is the working tree.
fn ends(revisions: &[String], repository: &Repository) -> Result<(String, Option<String>), String> {
    let head = |revision: &str| if revision.is_empty() { "HEAD".to_owned() } else { revision.to_owned() };
    Ok(match revisions {
        [] => (head(""), None),
        [range] => match split(range, "..") {
            Some((one, other)) => match other.strip_prefix('.') {
                Some(other) => {
                    let (one, other) = (head(one), head(other));
                    (repository.merge_base(&one, &other)?, Some(other))
                }
                None => (head(one), Some(head(other))),
            },
            None => (range.clone(), None),
        },
        [before, after, ..] => (before.clone(), Some(after.clone())),
    })
}

/// Where a plan is.
struct Placed {
    repository: Arc<Repository>,
    /// From the top of the repository.
    path: String,
    /// On disk.
    file: String,
}

impl Placed {
    /// Finds the repository of the folder that `path` names a file in; the folder may be gone.
    fn find(path: &str, here: &Path) -> Result<Self, String> {
        let file = here.join(path);
        let no_file = || format!("`{path}` names no file");
        if file.is_dir() {
            return Err(is_folder(path));
        }
        let name = file.file_name().and_then(|name| name.to_str()).ok_or_else(no_file)?;
        let (repository, path) =
            match file.parent().filter(|folder| folder.is_dir() || folder.as_os_str().is_empty()) {
                Some(folder) => {
                    let repository = Repository::find(folder)?;
                    let path = inside(repository.prefix(), name)?;
                    (repository, path)
                }
                None if Path::new(path).is_absolute() => {
                    return Err(format!("there is no folder of the file `{path}`"));
                }
                None => {
                    let repository = Repository::find(here)?;
                    let path = inside(repository.prefix(), &path.replace(std::path::MAIN_SEPARATOR, "/"))?;
                    (repository, path)
                }
            };
        Ok(Self { repository: Arc::new(repository), path, file: shown(&file) })
    }

    fn at(&self, revision: &str) -> Result<AtRevision, String> {
        let commit = self.repository.commit(revision)?;
        // Where the histories parted is a commit without a name.
        let revision = if commit == revision { commit.get(..10).unwrap_or(revision) } else { revision };
        let repository = Arc::clone(&self.repository);
        Ok(AtRevision { repository, revision: revision.to_owned(), commit, path: self.path.clone() })
    }

    /// The version, under the name that the plan has there, if it is there.
    fn side(&self, version: Version, path: Option<String>) -> Side {
        let missing = Side::Missing(version.shown());
        match (path, version) {
            (Some(path), Version::Revision(at)) => Side::Plan(Version::Revision(AtRevision { path, ..at })),
            (Some(path), Version::File(file)) => {
                let file = if path == self.path { file } else { self.file_at(&path) };
                // The index may have what the disk has not.
                if Path::new(&file).is_file() { Side::Plan(Version::File(file)) } else { missing }
            }
            (None, _) => missing,
        }
    }

    /// Where another file of the repository is on disk: up from the plan's folder as far as it takes, and down again.
    fn file_at(&self, path: &str) -> String {
        let folders: Vec<&str> = self.path.split('/').rev().skip(1).collect();
        let mut other: Vec<&str> = path.split('/').collect();
        let mut way: Vec<&str> = folders.iter().map(|_| "..").collect();
        for folder in folders.iter().rev() {
            if other.len() < 2 || other.first() != Some(folder) {
                break;
            }
            other.remove(0);
            way.pop();
        }
        way.append(&mut other);
        let folder = Path::new(&self.file).parent().unwrap_or(Path::new(""));
        shown(&folder.join(way.join("/")))
    }
}

fn is_folder(path: &str) -> String {
    format!("`{path}` is a folder; name a plan in it")
}

/// `path` from the top of a repository, where it counts from the folder `prefix`.
fn inside(prefix: &str, path: &str) -> Result<String, String> {
    let mut parts: Vec<&str> = Vec::new();
    for part in prefix.split('/').chain(path.split('/')) {
        match part {
            "" | "." => {}
            ".." if parts.pop().is_none() => return Err(format!("`{path}` leaves the repository")),
            ".." => {}
            part => parts.push(part),
        }
    }
    if parts.is_empty() || path.is_empty() || path.ends_with('/') {
        return Err(format!("`{path}` names no file"));
    }
    Ok(parts.join("/"))
}

/// What is before and behind the first `sign` that is in no braces, as git reads `HEAD^{/fix: bug}:q1.plan`.
fn split<'a>(text: &'a str, sign: &str) -> Option<(&'a str, &'a str)> {
    let mut depth = 0_usize;
    for (at, char) in text.char_indices() {
        match char {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ if depth == 0 => {
                let (before, rest) = text.split_at_checked(at)?;
                if let Some(after) = rest.strip_prefix(sign) {
                    return Some((before, after));
                }
            }
            _ => {}
        }
    }
    None
}

/// Whether Windows would take it for a path with a drive, such as `C:\q1.plan`.
fn has_drive(argument: &str) -> bool {
    cfg!(windows)
        && matches!(argument.as_bytes(), [drive, b':', b'\\' | b'/', ..] if drive.is_ascii_alphabetic())
}

fn shown(file: &Path) -> String {
    file.display().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colon_in_braces_is_no_separator() {
        for (argument, parts) in [
            ("HEAD~3:plans/q1.plan", Some(("HEAD~3", "plans/q1.plan"))),
            ("HEAD@{2026-01-01 10:00}:a:b", Some(("HEAD@{2026-01-01 10:00}", "a:b"))),
            ("HEAD^{/fix: {bug}}:a", Some(("HEAD^{/fix: {bug}}", "a"))),
            (":a", Some(("", "a"))),
            ("HEAD^{/fix: bug}", None),
            ("计划", None),
        ] {
            assert_eq!(split(argument, ":"), parts, "{argument}");
        }
        assert_eq!(split("a@{1..2}..b", ".."), Some(("a@{1..2}", "b")));
        assert_eq!(split("a...b", ".."), Some(("a", ".b")));
    }

    #[test]
    fn paths_count_from_the_top() {
        assert_eq!(inside("plans/", "./q1.plan").as_deref(), Ok("plans/q1.plan"));
        assert_eq!(inside("plans/2026/", "../q1.plan").as_deref(), Ok("plans/q1.plan"));
        assert_eq!(inside("", "a//b/../c").as_deref(), Ok("a/c"));
        assert_eq!(inside("", "../a").unwrap_err(), "`../a` leaves the repository");
        assert_eq!(inside("plans/", "./").unwrap_err(), "`./` names no file");
        assert_eq!(inside("", "").unwrap_err(), "`` names no file");
    }

    #[test]
    fn a_drive_is_no_revision() {
        assert_eq!(has_drive("C:\\q1.plan"), cfg!(windows));
        assert!(!has_drive("main:q1.plan") && !has_drive("C:q1.plan"));
    }
}
