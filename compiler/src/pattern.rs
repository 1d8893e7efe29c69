//! Patterns such as `goals/**/*.plan`, and the files that match them.

use std::collections::BTreeSet;

use crate::world::ReadError;

/// A pattern that walks over more entries than this does not mean what it says.
const MOST_ENTRIES: usize = 200_000;

/// What an entry of a folder is by itself, before any link is followed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Kind {
    File,
    Folder,
    /// It, or what else is neither.
    Link,
}

/// What is told of each entry of a folder: its name and kind.
pub(crate) type Each<'a> = dyn FnMut(&str, Kind) -> Result<(), ReadError> + 'a;

/// What patterns walk over.
pub(crate) trait Folders {
    /// Whether there is a file at `path`, or something that a reader must be told of.
    fn is_file(&self, path: &str) -> Result<bool, ReadError>;

    /// Tells of all that is in the folder at `path`, links on the way followed. Where there is no such folder, of nothing: other
    /// folders that match may have what is asked for.
    fn entries(&self, path: &str, each: &mut Each<'_>) -> Result<(), ReadError>;
}

/// Whether a part of a path is a pattern.
pub(crate) fn is_pattern(part: &str) -> bool {
    part.contains(['*', '?', '['])
}

/// The files that match a pattern, sorted.
pub(crate) fn matches(folders: &dyn Folders, pattern: &str) -> Result<Vec<String>, ReadError> {
    let (start, parts) = match pattern.strip_prefix('/') {
        Some(rest) => ("/", rest),
        None => ("", pattern),
    };
    let parts: Vec<&str> = parts.split('/').filter(|part| !part.is_empty() && *part != ".").collect();
    let mut walk = Walk { folders, files: BTreeSet::new(), entries: 0 };
    walk.walk(start, &parts)?;
    Ok(walk.files.into_iter().map(|path| path.replacen("//", "/", 1)).collect())
}

/// A walk over folders, and what it came across.
struct Walk<'a> {
    folders: &'a dyn Folders,
    files: BTreeSet<String>,
    entries: usize,
}

impl Walk<'_> {
    /// Finds the files that match `parts` from `folder` on.
    fn walk(&mut self, folder: &str, parts: &[&str]) -> Result<(), ReadError> {
        let Some((part, rest)) = parts.split_first() else { return Ok(()) };
        let join = |name: &str| if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
        if !is_pattern(part) {
            let path = join(part);
            if !rest.is_empty() {
                return self.walk(&path, rest);
            }
            if self.folders.is_file(&path)? {
                self.files.insert(path);
            }
            return Ok(());
        }
        let pattern = glob::Pattern::new(if *part == "**" { "*" } else { part })
            .map_err(|error| ReadError::Other(format!("the pattern is not right: {}", error.msg)))?;
        if *part == "**" {
            // No folder at all, too.
            self.walk(folder, rest)?;
        }
        let folders = self.folders;
        folders.entries(if folder.is_empty() { "." } else { folder }, &mut |name, kind| {
            self.entries += 1;
            if self.entries > MOST_ENTRIES {
                return Err(ReadError::Other(format!(
                    "the pattern walks over more than {MOST_ENTRIES} files"
                )));
            }
            if name.is_empty() || name.starts_with('.') || !pattern.matches(name) {
                return Ok(());
            }
            let path = join(name);
            match (rest, *part == "**") {
                // Links to folders could lead round in circles.
                (_, true) if kind == Kind::Folder => self.walk(&path, parts)?,
                ([], _) if kind != Kind::Folder => drop(self.files.insert(path)),
                ([_, ..], false) if kind != Kind::File => self.walk(&path, rest)?,
                _ => {}
            }
            Ok(())
        })
    }
}
