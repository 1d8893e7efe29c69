//! The files around a plan at a revision.

use std::io::{Cursor, Read};
use std::path::Path;
use std::sync::Arc;

use super::Repository;
use super::batch::{Object, failed};
use crate::disk::{LARGEST, too_large};
use crate::pattern::{self, Each, Folders, Kind, is_pattern};
use crate::world::{ReadError, World};

/// What a file in Git LFS starts with.
const LFS: &[u8] = b"version https://git-lfs.github.com/spec/";

/// The files of one commit, and none of the disk.
///
/// Nothing leaves the repository, be it absolute, by `..` or through a link.
#[derive(Clone, Debug)]
pub struct GitWorld {
    repository: Arc<Repository>,
    commit: String,
    /// The folder that paths count from, itself from the top; no `/` behind it.
    folder: String,
}

impl GitWorld {
    /// The files around the plan at `path`, counted from the top of the repository, as they were at `revision`; and the plan's
    /// name among them.
    ///
    /// # Errors
    /// In words, if there is no such revision, or no such file in it.
    pub fn open(repository: &Arc<Repository>, revision: &str, path: &str) -> Result<(Self, String), String> {
        let commit = repository.commit(revision)?;
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        let world = Self { repository: Arc::clone(repository), commit, folder: folder.to_owned() };
        if name.is_empty() || matches!(name, "." | "..") {
            return Err(format!("`{revision}:{path}` names no file"));
        }
        let why = match world.object(name) {
            Ok(Object::File(_) | Object::Large { .. }) => return Ok((world, name.to_owned())),
            Ok(Object::Folder(_)) => return Err(format!("`{path}` is a folder at `{revision}`")),
            Err(ReadError::NotFound) => return Err(format!("there is no `{path}` at `{revision}`")),
            Err(ReadError::Outside) => "it leads out of the repository".to_owned(),
            Err(ReadError::Other(said)) => said,
        };
        Err(format!("cannot read `{path}` at `{revision}`: {why}"))
    }

    /// The id of the commit.
    #[must_use]
    pub fn commit(&self) -> &str {
        &self.commit
    }

    /// The path, counted from the top, with those `..` that a link before them may give another meaning.
    fn path_from_top(&self, path: &str) -> Result<String, ReadError> {
        if path.starts_with('/') || Path::new(path).is_absolute() {
            return Err(ReadError::Outside);
        }
        let parts = self.folder.split('/').chain(path.split('/'));
        let parts: Vec<&str> = parts.filter(|part| !part.is_empty() && *part != ".").collect();
        let mut depth = 0_usize;
        for part in &parts {
            depth = match *part {
                ".." => depth.checked_sub(1).ok_or(ReadError::Outside)?,
                _ => depth + 1,
            };
        }
        Ok(parts.join("/"))
    }

    fn object(&self, path: &str) -> Result<Object, ReadError> {
        self.repository.object(&self.commit, &self.path_from_top(path)?)
    }

    fn bytes(&self, object: Object) -> Result<Vec<u8>, ReadError> {
        match object {
            Object::File(bytes) if bytes.starts_with(LFS) => Err(ReadError::Other(
                "git has only a pointer to it; the file itself is in Git LFS".to_owned(),
            )),
            Object::File(bytes) => Ok(bytes),
            Object::Large { length, .. } if length > LARGEST => Err(too_large()),
            Object::Large { id, length } => {
                let mut bytes = Vec::new();
                let mut stream = self.repository.stream(&id, length)?;
                stream.read_to_end(&mut bytes).map_err(|error| failed(&error))?;
                Ok(bytes)
            }
            Object::Folder(_) => Err(ReadError::Other("it is a folder".to_owned())),
        }
    }
}

impl World for GitWorld {
    fn read(&self, path: &str) -> Result<Arc<[u8]>, ReadError> {
        self.bytes(self.object(path)?).map(Arc::from)
    }

    fn open(&self, path: &str) -> Result<Box<dyn Read + '_>, ReadError> {
        match self.object(path)? {
            Object::Large { id, length } => Ok(Box::new(self.repository.stream(&id, length)?)),
            object => Ok(Box::new(Cursor::new(self.bytes(object)?))),
        }
    }

    fn list(&self, pattern: &str) -> Result<Vec<String>, ReadError> {
        if !pattern.split('/').any(is_pattern) {
            return Ok(vec![pattern.to_owned()]);
        }
        if pattern.starts_with('/') || Path::new(pattern).is_absolute() {
            return Err(ReadError::Outside);
        }
        pattern::matches(self, pattern)
    }
}

impl Folders for GitWorld {
    fn is_file(&self, path: &str) -> Result<bool, ReadError> {
        match self.object(path) {
            Err(ReadError::Outside) => Err(ReadError::Outside),
            Ok(Object::Folder(_)) | Err(ReadError::NotFound) => Ok(false),
            // What keeps it from being read is said when it is read.
            Ok(_) | Err(ReadError::Other(_)) => Ok(true),
        }
    }

    fn entries(&self, path: &str, each: &mut Each<'_>) -> Result<(), ReadError> {
        let entries = match self.object(path) {
            Ok(Object::Folder(entries)) => entries,
            Err(ReadError::Outside) => return Err(ReadError::Outside),
            Ok(_) | Err(_) => return Ok(()),
        };
        for entry in entries {
            let kind = match entry.mode.as_slice() {
                // On disk a submodule is a folder, too.
                b"40000" | b"160000" => Kind::Folder,
                b"120000" => Kind::Link,
                _ => Kind::File,
            };
            each(&entry.name, kind)?;
        }
        Ok(())
    }
}
