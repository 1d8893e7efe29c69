//! What the compiler asks of the outside.

use std::io::{Cursor, Read};
use std::sync::Arc;

/// Brings files. The compiler itself touches no disk and knows no clock.
///
/// Paths are relative to the folder of the plan's own file, with `/` between parts; `..` is allowed as far as
/// the implementation lets it.
pub trait World {
    /// The bytes of a file.
    ///
    /// # Errors
    /// Says why the file cannot be had.
    fn read(&self, path: &str) -> Result<Arc<[u8]>, ReadError>;

    /// The text of a file that is held as text, such as one that is open in an editor; `None` for all others. As long as it is
    /// the same `Arc`, nobody looks at it again.
    fn text(&self, path: &str) -> Option<Arc<str>> {
        let _ = path;
        None
    }

    /// The bytes of a file one after the other, for tables that are larger than memory.
    ///
    /// # Errors
    /// Says why the file cannot be had; what goes wrong while it is read, the reader says.
    fn open(&self, path: &str) -> Result<Box<dyn Read + '_>, ReadError> {
        Ok(Box::new(Cursor::new(self.read(path)?)))
    }

    /// The files that match a pattern such as `goals/*.plan`, sorted.
    ///
    /// # Errors
    /// Says why the pattern or the folder cannot be read.
    fn list(&self, pattern: &str) -> Result<Vec<String>, ReadError>;
}

/// Why a file cannot be had.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ReadError {
    /// There is none.
    NotFound,
    /// It, or a link on the way to it, leaves the folder that plans may read from.
    Outside,
    /// Anything else, in the words of the system.
    Other(String),
}

/// Files held in memory, for tests and for text from standard input.
#[derive(Clone, Debug, Default)]
pub struct MemoryWorld {
    files: std::collections::BTreeMap<String, Arc<[u8]>>,
}

impl MemoryWorld {
    /// A world with these files.
    #[must_use]
    pub fn new<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let files = files.into_iter().map(|(path, text)| (path.to_owned(), Arc::from(text.as_bytes())));
        Self { files: files.collect() }
    }
}

impl World for MemoryWorld {
    fn read(&self, path: &str) -> Result<Arc<[u8]>, ReadError> {
        self.files.get(path).cloned().ok_or(ReadError::NotFound)
    }

    fn list(&self, pattern: &str) -> Result<Vec<String>, ReadError> {
        let Some((before, after)) = pattern.split_once('*') else { return Ok(vec![pattern.to_owned()]) };
        let matches = |path: &&String| {
            path.strip_prefix(before)
                .and_then(|rest| rest.strip_suffix(after))
                .is_some_and(|middle| !middle.contains('/'))
        };
        Ok(self.files.keys().filter(matches).cloned().collect())
    }
}
