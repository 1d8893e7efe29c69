//! What the thread of analysis holds: the plans, and what the client was told of them.

use std::collections::{BTreeMap, BTreeSet};

use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::lsp_types::{Diagnostic, Location, Position, SemanticToken, Url};

use crate::analysis::Work;
use crate::ide::semantic_tokens::semantic_tokens;
use crate::ide::spot::Spot;
use crate::outgoing::{Message, Outgoing, Refresh};
use crate::plans::{Plan, Plans, Root};
use crate::position::Encoding;
use crate::snapshot::Snapshot;
use crate::to_proto::ToProto;
use milepost::sources::FileId;

/// What the client can do, as far as it makes a difference, and what it wants.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Client {
    /// Diagnostics are sent to it; else it asks for them.
    pub pushed: bool,
    /// What it can be asked to ask for again.
    pub refresh: Refresh,
    /// It shows previews.
    pub preview: bool,
    /// It shows comparisons.
    pub diff: bool,
    /// It shows Markdown on hover.
    pub hover_markdown: bool,
    /// It shows Markdown beside what could be written.
    pub item_markdown: bool,
    /// It fills in what a snippet leaves open.
    pub snippets: bool,
}

/// The plans, and what the client was told of them.
#[derive(Debug)]
pub struct Session {
    /// The plans.
    pub plans: Plans,
    /// The client.
    pub client: Client,
    outgoing: Outgoing,
    /// As of which state of the disk the client was told.
    seen_disk: u64,
    /// The tokens that the client was sent last, with their number.
    pub tokens: BTreeMap<Url, (u64, Vec<SemanticToken>)>,
    /// What the client was told last, and of which version.
    published: BTreeMap<Url, (Vec<Diagnostic>, Option<i32>)>,
}

/// A file that is asked about, in its plan.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// The file.
    pub file: FileId,
    /// In what columns are counted.
    pub encoding: Encoding,
}

impl<'a> Asked<'a> {
    /// For answers.
    #[must_use]
    pub const fn proto(&self) -> ToProto<'a> {
        ToProto { plan: self.plan, encoding: self.encoding }
    }

    /// The byte at a position.
    #[must_use]
    pub fn offset(&self, position: Position) -> usize {
        self.proto().lines(self.file).offset(position)
    }
}

impl Session {
    /// One that has not seen a plan yet.
    #[must_use]
    pub fn new(outgoing: Outgoing) -> Self {
        Self {
            plans: Plans::default(),
            client: Client::default(),
            outgoing,
            seen_disk: 0,
            tokens: BTreeMap::new(),
            published: BTreeMap::new(),
        }
    }

    /// The file that `uri` names, in the first plan that it belongs to.
    ///
    /// # Errors
    /// If the client never opened it and there is no such file.
    pub fn asked<'a>(&'a mut self, snapshot: &Snapshot, uri: &Url) -> Result<Asked<'a>> {
        let root = self.plans.root_of(snapshot, uri);
        let plan = self.plans.compiled(snapshot, &root);
        let file =
            plan.file(uri).ok_or_else(|| Error::invalid_params(format!("`{uri}` is no file of a plan")))?;
        Ok(Asked { plan, file, encoding: snapshot.encoding })
    }

    /// All that is said of `uri`, whichever plans it belongs to.
    pub fn diagnostics_of(&mut self, snapshot: &Snapshot, uri: &Url) -> Vec<Diagnostic> {
        let mut all = Vec::new();
        for root in self.plans.roots_of(snapshot, uri) {
            let plan = self.plans.compiled(snapshot, &root);
            let proto = ToProto { plan, encoding: snapshot.encoding };
            merge(&mut all, proto.diagnostics().remove(uri).unwrap_or_default());
        }
        all
    }

    /// All that is said of the plans of open texts, by file.
    fn diagnostics(&mut self, snapshot: &Snapshot) -> BTreeMap<Url, Vec<Diagnostic>> {
        let mut roots: BTreeSet<Root> = BTreeSet::new();
        // Plans first: which other texts belong to one is known when it is compiled.
        for plans in [true, false] {
            for (uri, _) in snapshot.documents.iter().filter(|(_, document)| document.declares_plan == plans)
            {
                roots.extend(self.plans.roots_of(snapshot, uri));
            }
            for root in &roots {
                self.plans.compiled(snapshot, root);
            }
        }
        self.diagnostics_of_plans(snapshot, &roots)
    }

    /// All that is said of these plans, by file.
    pub fn diagnostics_of_plans<'r>(
        &mut self,
        snapshot: &Snapshot,
        roots: impl IntoIterator<Item = &'r Root>,
    ) -> BTreeMap<Url, Vec<Diagnostic>> {
        let mut by_file: BTreeMap<Url, Vec<Diagnostic>> = BTreeMap::new();
        for root in roots {
            let plan = self.plans.compiled(snapshot, root);
            for (uri, said) in (ToProto { plan, encoding: snapshot.encoding }).diagnostics() {
                merge(by_file.entry(uri).or_default(), said);
            }
        }
        by_file
    }

    /// What `find` finds of the place in `uri`, in every plan that the file belongs to; each place once.
    ///
    /// # Errors
    /// Those of `find`.
    pub fn everywhere(
        &mut self,
        snapshot: &Snapshot,
        uri: &Url,
        position: Position,
        find: impl Fn(Asked<'_>, usize) -> Result<Vec<Spot>>,
    ) -> Result<Vec<Location>> {
        let (mut found, mut seen) = (Vec::new(), BTreeSet::new());
        for root in self.plans.roots_of(snapshot, uri) {
            let plan = self.plans.compiled(snapshot, &root);
            let Some(file) = plan.file(uri) else { continue };
            let asked = Asked { plan, file, encoding: snapshot.encoding };
            let spots = find(asked, asked.offset(position))?;
            let locations = spots.iter().filter_map(|spot| asked.proto().location(spot));
            found.extend(locations.filter(|found| seen.insert((found.uri.clone(), found.range.start))));
        }
        Ok(found)
    }

    /// The tokens of a text, and the number that they go by.
    ///
    /// # Errors
    /// As for [`Session::asked`].
    pub fn new_tokens(&mut self, snapshot: &Snapshot, uri: &Url) -> Result<(u64, Vec<SemanticToken>)> {
        let id = self.tokens.get(uri).map_or(1, |(id, _)| id + 1);
        let asked = self.asked(snapshot, uri)?;
        let tokens = semantic_tokens(asked.plan.compilation(), asked.file, None);
        Ok((id, asked.proto().tokens(asked.file, &tokens)))
    }
}

/// Adds what is not there yet: two plans may say the same of a file that both take in.
fn merge(all: &mut Vec<Diagnostic>, more: Vec<Diagnostic>) {
    if all.is_empty() {
        *all = more;
        return;
    }
    for diagnostic in more {
        if !all.contains(&diagnostic) {
            all.push(diagnostic);
        }
    }
}

impl Work for Session {
    fn changed(&mut self, snapshot: &Snapshot, newer: &dyn Fn() -> bool) {
        self.plans.forget_closed(snapshot);
        self.tokens.retain(|uri, _| snapshot.documents.get(uri).is_some());
        let mut said = self.diagnostics(snapshot);
        if newer() {
            return;
        }
        if self.client.pushed {
            // What was said of files that are not looked at any more is taken back.
            for uri in self.published.keys() {
                said.entry(uri.clone()).or_default();
            }
            for (uri, diagnostics) in said {
                let document = snapshot.documents.get(&uri);
                let version = document.map(|document| document.version);
                let told = self.published.get(&uri);
                let known = told.is_some_and(|(before, of)| *before == diagnostics && *of == version);
                if known || told.is_none() && diagnostics.is_empty() && document.is_none() {
                    continue;
                }
                let message = Message::Diagnostics(uri.clone(), diagnostics.clone(), version);
                self.outgoing.send(message);
                if diagnostics.is_empty() && document.is_none() {
                    self.published.remove(&uri);
                } else {
                    self.published.insert(uri, (diagnostics, version));
                }
            }
        }
        // The client asks by itself for what is beside the text that it has changed.
        let others = snapshot.documents.iter().count() > 1 || self.seen_disk != snapshot.disk;
        self.seen_disk = snapshot.disk;
        if others && self.client.refresh != Refresh::default() {
            self.outgoing.send(Message::Refresh(self.client.refresh));
        }
        if self.client.preview {
            for (uri, _) in snapshot.documents.iter() {
                self.outgoing.send(Message::PreviewChanged(uri.clone()));
            }
        }
    }
}
