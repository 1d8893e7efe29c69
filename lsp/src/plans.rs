//! The plans that the editor's files belong to, compiled.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use milepost::compile::Compilation;
use milepost::diagnostic::Diagnostics;
use milepost::disk::without_dots;
use milepost::incremental::{Disk as Seen, Engine};
use milepost::load::load;
use milepost::sources::FileId;
use tower_lsp::lsp_types::Url;

use crate::documents::{Document, declares_plan, file_of};
use crate::snapshot::Snapshot;
use crate::world::{Disk, EditorWorld};

/// A folder is searched for plans this deep, and so many files are looked at.
const DEEPEST: usize = 8;
const MOST_FILES: usize = 5_000;

/// What a plan starts at: a file, or a text that is none yet.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Root {
    /// The plan's own file.
    File(PathBuf),
    /// A text that was not saved yet.
    Loose(Url),
}

/// A plan as it was compiled.
#[derive(Debug)]
pub struct Plan {
    engine: Engine,
    /// The URI of each file, in the order of their ids.
    pub uris: Vec<Option<Url>>,
    /// The folder that its paths count from, where it is a file.
    pub folder: Option<PathBuf>,
    /// Whether its own file declares no plan: a part of one that is not known.
    pub part: bool,
    /// The files that were asked for, and which text they had if they were open.
    asked: BTreeMap<PathBuf, Option<Arc<str>>>,
    loose: Option<Arc<str>>,
    disk: Option<u64>,
}

/// A plan of which nothing is known.
static NOTHING: LazyLock<Compilation> = LazyLock::new(Compilation::default);

impl Plan {
    fn new(root: &Root) -> Self {
        let (name, folder) = match root {
            Root::File(path) => (path.file_name().and_then(|name| name.to_str()), path.parent()),
            Root::Loose(uri) => (uri.path().rsplit('/').next(), None),
        };
        Self {
            engine: Engine::new(name.unwrap_or_default().to_owned()),
            uris: Vec::new(),
            folder: folder.map(Path::to_path_buf),
            part: false,
            asked: BTreeMap::new(),
            loose: None,
            disk: None,
        }
    }

    /// What it comes to.
    #[must_use]
    pub fn compilation(&self) -> &Compilation {
        self.engine.last().unwrap_or(&NOTHING)
    }

    /// The file of the plan that `uri` names.
    #[must_use]
    pub fn file(&self, uri: &Url) -> Option<FileId> {
        let index = self.uris.iter().position(|known| known.as_ref() == Some(uri))?;
        u32::try_from(index).ok().map(FileId)
    }

    /// Whether nothing that it was made of is another by now.
    fn is_current(&self, root: &Root, snapshot: &Snapshot) -> bool {
        let same = |then: &Option<Arc<str>>, now: Option<&Document>| match (then, now) {
            (Some(then), Some(now)) => Arc::ptr_eq(then, &now.text),
            (None, None) => true,
            _ => false,
        };
        if let Root::Loose(uri) = root {
            return same(&self.loose, snapshot.documents.get(uri));
        }
        self.disk == Some(snapshot.disk)
            && self.asked.iter().all(|(path, text)| same(text, snapshot.documents.at(path)))
    }

    /// Brings it up to what the snapshot has.
    fn compile(&mut self, snapshot: &Snapshot, root: &Root, disk: &Disk) {
        let documents = &snapshot.documents;
        let seen = if self.disk == Some(snapshot.disk) { Seen::AsBefore } else { Seen::Changed };
        self.disk = Some(snapshot.disk);
        match root {
            Root::File(path) => {
                if seen == Seen::Changed {
                    self.asked.clear();
                }
                let world = EditorWorld::new(path, documents, disk);
                self.engine.check(&world, None, seen);
                self.asked.extend(world.asked());
            }
            Root::Loose(uri) => {
                let text = documents.get(uri).map(|document| Arc::clone(&document.text)).unwrap_or_default();
                self.loose = Some(Arc::clone(&text));
                let name = uri.path().rsplit('/').next().unwrap_or_default();
                self.engine.check(&EditorWorld::loose(name, text, documents, disk), None, seen);
            }
        }
        self.part = !declares(self.compilation());
        if seen == Seen::Changed || self.uris.len() != self.compilation().sources.files().len() {
            self.uris = match root {
                Root::File(_) => {
                    self.compilation().sources.files().iter().map(|file| self.uri(file)).collect()
                }
                Root::Loose(uri) => vec![Some(uri.clone())],
            };
        }
    }

    fn uri(&self, file: &milepost::sources::SourceFile) -> Option<Url> {
        let folder = self.folder.as_deref().filter(|_| !file.argument)?;
        Url::from_file_path(without_dots(&folder.join(&file.path))).ok()
    }
}

/// All plans that were asked for.
#[derive(Debug, Default)]
pub struct Plans {
    /// The folders of the workspace.
    folders: Vec<PathBuf>,
    compiled: BTreeMap<Root, Plan>,
    disk: Disk,
    /// As of which state of the disk `disk` and `found` are.
    as_of: u64,
    /// The files that plans take in that were not compiled.
    files: RefCell<BTreeMap<PathBuf, BTreeSet<PathBuf>>>,
    /// The plans in the folders around a file.
    near: BTreeMap<PathBuf, BTreeSet<PathBuf>>,
    /// The files below the folders that declare a plan.
    found: Option<BTreeSet<PathBuf>>,
}

impl Plans {
    /// The plan that starts at `root`, as the snapshot has it.
    pub fn compiled(&mut self, snapshot: &Snapshot, root: &Root) -> &Plan {
        self.look_again(snapshot);
        let plan = self.compiled.entry(root.clone()).or_insert_with(|| Plan::new(root));
        if !plan.is_current(root, snapshot) {
            plan.compile(snapshot, root, &self.disk);
        }
        plan
    }

    /// Forgets plans of which no file is open any more.
    pub fn forget_closed(&mut self, snapshot: &Snapshot) {
        self.compiled.retain(|root, plan| {
            let open =
                |uri: &Option<Url>| uri.as_ref().is_some_and(|uri| snapshot.documents.get(uri).is_some());
            plan.uris.iter().any(open)
                || matches!(root, Root::Loose(uri) if snapshot.documents.get(uri).is_some())
        });
    }

    /// The folders of the workspace.
    #[must_use]
    pub fn folders(&self) -> &[PathBuf] {
        &self.folders
    }

    /// Other folders are those of the workspace.
    pub fn set_folders(&mut self, folders: Vec<PathBuf>) {
        self.folders = folders;
        self.found = None;
    }

    fn look_again(&mut self, snapshot: &Snapshot) {
        if self.as_of != snapshot.disk {
            self.as_of = snapshot.disk;
            self.disk.forget();
            self.files.get_mut().clear();
            self.near.clear();
            self.found = None;
        }
    }

    /// Where the plan starts that a text belongs to: at its own file if that declares a plan, else at one that takes it
    /// in, else at itself.
    pub fn root_of(&mut self, snapshot: &Snapshot, uri: &Url) -> Root {
        self.roots_of(snapshot, uri).into_iter().next().unwrap_or_else(|| Root::Loose(uri.clone()))
    }

    /// The same, all of them: what several plans take in belongs to each.
    pub fn roots_of(&mut self, snapshot: &Snapshot, uri: &Url) -> Vec<Root> {
        self.look_again(snapshot);
        let Some(path) = file_of(uri) else { return vec![Root::Loose(uri.clone())] };
        let own = Root::File(path.clone());
        if snapshot.documents.get(uri).is_some_and(|document| document.declares_plan) {
            return vec![own];
        }
        let found = self.found.take().unwrap_or_else(|| self.search(snapshot));
        if found.is_empty() && !self.near.contains_key(&path) {
            self.near.insert(path.clone(), near_plans(&path));
        }
        let near = self.near.get(&path).cloned().unwrap_or_default();
        let open = snapshot.documents.iter().filter(|(_, document)| document.declares_plan);
        let open: BTreeSet<PathBuf> = open.filter_map(|(_, document)| document.path.clone()).collect();
        let all: BTreeSet<&PathBuf> = found.iter().chain(&near).chain(&open).collect();
        let takes_in = |root: &&&PathBuf| self.takes_in(snapshot, root, &path, uri);
        let roots: Vec<Root> = all.iter().filter(takes_in).map(|root| Root::File((*root).clone())).collect();
        self.found = Some(found);
        if roots.is_empty() { vec![own] } else { roots }
    }

    /// Whether the plan at `root` takes in the file at `path`. One that was compiled says so as of then: it is compiled before it is
    /// asked again.
    fn takes_in(&self, snapshot: &Snapshot, root: &Path, path: &Path, uri: &Url) -> bool {
        if let Some(plan) = self.compiled.get(&Root::File(root.to_path_buf()))
            && plan.disk == Some(snapshot.disk)
        {
            return plan.file(uri).is_some();
        }
        let mut files = self.files.borrow_mut();
        let of_root = files.entry(root.to_path_buf()).or_insert_with(|| files_of(snapshot, root, &self.disk));
        of_root.contains(path)
    }

    /// All plans of the workspace and of the open texts.
    pub fn all_roots(&mut self, snapshot: &Snapshot) -> Vec<Root> {
        self.look_again(snapshot);
        let found = self.found.take().unwrap_or_else(|| self.search(snapshot));
        let mut roots: BTreeSet<Root> = found.iter().cloned().map(Root::File).collect();
        self.found = Some(found);
        for (uri, _) in snapshot.documents.iter() {
            roots.extend(self.roots_of(snapshot, uri));
        }
        roots.into_iter().collect()
    }

    /// The files below the workspace's folders that declare a plan.
    fn search(&self, snapshot: &Snapshot) -> BTreeSet<PathBuf> {
        let mut found = BTreeSet::new();
        let mut looked_at = 0;
        for folder in &self.folders {
            walk(folder, 0, &mut looked_at, &mut |path| {
                let declares = match snapshot.documents.at(path) {
                    Some(document) => document.declares_plan,
                    None => fs::read_to_string(path).is_ok_and(|text| declares_plan(&text)),
                };
                if declares {
                    found.insert(path.to_path_buf());
                }
            });
        }
        found
    }
}

fn declares(compilation: &Compilation) -> bool {
    let is_plan = |item: &milepost::load::LoadedItem| {
        matches!(item.item.declaration, milepost_grammar::ast::Declaration::Plan(_))
    };
    compilation.items.iter().any(is_plan)
}

/// The files that the plan at `root` takes in, itself among them.
fn files_of(snapshot: &Snapshot, root: &Path, disk: &Disk) -> BTreeSet<PathBuf> {
    let world = EditorWorld::new(root, &snapshot.documents, disk);
    let name = root.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let loaded = load(&world, name, &mut Diagnostics::default());
    let folder = root.parent().unwrap_or(root);
    loaded.sources.files().iter().map(|file| without_dots(&folder.join(&file.path))).collect()
}

/// Plans in the folder of a file and in those around it, up to the top of its repository.
fn near_plans(path: &Path) -> BTreeSet<PathBuf> {
    const FURTHEST: usize = 4;
    let mut near = BTreeSet::new();
    for folder in path.ancestors().skip(1).take(FURTHEST) {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten().take(MOST_FILES) {
            let file = entry.path();
            if is_plan_file(&file) && fs::read_to_string(&file).is_ok_and(|text| declares_plan(&text)) {
                near.insert(file);
            }
        }
        if folder.join(".git").exists() {
            break;
        }
    }
    near
}

fn is_plan_file(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "plan")
}

/// Shows the files of plans below a folder to `each`, in order.
fn walk(folder: &Path, depth: usize, looked_at: &mut usize, each: &mut dyn FnMut(&Path)) {
    if depth > DEEPEST {
        return;
    }
    let mut entries: Vec<_> = fs::read_dir(folder).into_iter().flatten().flatten().collect();
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        *looked_at += 1;
        if *looked_at > MOST_FILES {
            return;
        }
        let (path, name) = (entry.path(), entry.file_name());
        // Links to folders could lead round in circles.
        let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
        let skipped = name.to_str().is_none_or(|name| {
            name.starts_with('.') || is_folder && matches!(name, "node_modules" | "target" | "out")
        });
        match (skipped, is_folder) {
            (true, _) => {}
            (false, true) => walk(&path, depth + 1, looked_at, each),
            (false, false) if is_plan_file(&path) => each(&path),
            (false, false) => {}
        }
    }
}
