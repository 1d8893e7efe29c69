//! The files of a plan as the editor sees them: open texts go before what is on disk.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use milepost::disk::{DiskWorld, without_dots};
use milepost::world::{ReadError, World};

use crate::documents::Documents;

/// A file up to this size is kept, so that it is not read again at each key that is pressed.
const KEPT: usize = 4 << 20;

type Bytes = Result<Arc<[u8]>, ReadError>;

/// The files that match a pattern.
type List = Result<Vec<String>, ReadError>;

/// What was read from disk, as long as nothing there changes.
#[derive(Debug, Default)]
pub struct Disk {
    files: RefCell<BTreeMap<PathBuf, Bytes>>,
    lists: RefCell<BTreeMap<(PathBuf, String), List>>,
}

impl Disk {
    /// Forgets all of it.
    pub fn forget(&mut self) {
        self.files.borrow_mut().clear();
        self.lists.borrow_mut().clear();
    }
}

/// The files around one plan.
#[derive(Debug)]
pub struct EditorWorld<'a> {
    /// The folder that paths count from.
    folder: &'a Path,
    /// What is on disk there; nothing for a text that is no file.
    real: Option<DiskWorld>,
    documents: &'a Documents,
    disk: &'a Disk,
    /// A text that is no file, and what it is called.
    loose: Option<(&'a str, Arc<str>)>,
    /// The files that were asked for, and which text they had if they are open.
    asked: RefCell<BTreeMap<PathBuf, Option<Arc<str>>>>,
}

impl<'a> EditorWorld<'a> {
    /// The files around the plan at `root`.
    #[must_use]
    pub fn new(root: &'a Path, documents: &'a Documents, disk: &'a Disk) -> Self {
        let real = root.to_str().and_then(|path| DiskWorld::open(path, false).ok()).map(|(world, _)| world);
        let folder = root.parent().unwrap_or(root);
        Self { folder, real, documents, disk, loose: None, asked: RefCell::default() }
    }

    /// A text that is no file yet, by itself.
    #[must_use]
    pub fn loose(name: &'a str, text: Arc<str>, documents: &'a Documents, disk: &'a Disk) -> Self {
        let folder = Path::new("");
        Self { folder, real: None, documents, disk, loose: Some((name, text)), asked: RefCell::default() }
    }

    /// The files that were asked for, and which text they had if they are open.
    #[must_use]
    pub fn asked(self) -> BTreeMap<PathBuf, Option<Arc<str>>> {
        self.asked.into_inner()
    }

    /// The open text of a file; files outside are the disk's to refuse.
    fn open_text(&self, path: &str) -> Option<Arc<str>> {
        if let Some((name, text)) = &self.loose {
            return (path == *name).then(|| Arc::clone(text));
        }
        let file = without_dots(&self.folder.join(path));
        let text = self.documents.at(&file).map(|document| Arc::clone(&document.text));
        self.asked.borrow_mut().insert(file, text.clone());
        text
    }
}

impl World for EditorWorld<'_> {
    fn text(&self, path: &str) -> Option<Arc<str>> {
        let text = self.open_text(path)?;
        match &self.real {
            // It need not be saved yet, but where it is to be the plan must be allowed to read.
            Some(real) if real.length(path) == Err(ReadError::Outside) => None,
            _ => Some(text),
        }
    }

    fn read(&self, path: &str) -> Bytes {
        if let Some(text) = self.text(path) {
            return Ok(Arc::from(text));
        }
        let Some(real) = &self.real else { return Err(ReadError::NotFound) };
        let file = without_dots(&self.folder.join(path));
        if let Some(kept) = self.disk.files.borrow().get(&file) {
            return kept.clone();
        }
        let bytes = real.read(path);
        if bytes.as_ref().map_or(0, |bytes| bytes.len()) <= KEPT {
            self.disk.files.borrow_mut().insert(file, bytes.clone());
        }
        bytes
    }

    fn open(&self, path: &str) -> Result<Box<dyn Read + '_>, ReadError> {
        let Some(real) = &self.real else { return Err(ReadError::NotFound) };
        let kept = self.disk.files.borrow().contains_key(&without_dots(&self.folder.join(path)));
        if self.text(path).is_some() || kept || real.length(path)? <= KEPT as u64 {
            return Ok(Box::new(Cursor::new(self.read(path)?)));
        }
        real.open(path)
    }

    fn list(&self, pattern: &str) -> List {
        let Some(real) = &self.real else { return Ok(Vec::new()) };
        let key = (self.folder.to_path_buf(), pattern.to_owned());
        if let Some(kept) = self.disk.lists.borrow().get(&key) {
            return kept.clone();
        }
        let list = real.list(pattern);
        self.disk.lists.borrow_mut().insert(key, list.clone());
        list
    }
}
