//! Requests: each is handed to the thread of analysis, with the texts as they were when it arrived.

use std::collections::HashMap;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use milepost::disk::without_dots;
use serde_json::{Value, json};
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::lsp_types::{
    ClientCapabilities, CodeAction, CodeActionKind, CodeActionOrCommand, CodeActionParams,
    CodeActionResponse, CodeLens, CodeLensParams, Command, CompletionItem, CompletionList, CompletionParams,
    CompletionResponse, DidChangeWatchedFilesRegistrationOptions, DidChangeWorkspaceFoldersParams,
    DocumentDiagnosticParams, DocumentDiagnosticReport, DocumentDiagnosticReportResult,
    DocumentFormattingParams, DocumentHighlight, DocumentHighlightParams, DocumentLink, DocumentLinkParams,
    DocumentRangeFormattingParams, DocumentSymbolParams, DocumentSymbolResponse, ExecuteCommandParams,
    FileSystemWatcher, FoldingRange, FoldingRangeParams, FullDocumentDiagnosticReport, GlobPattern,
    GotoDefinitionParams, GotoDefinitionResponse, Hover, HoverContents, HoverParams, InitializeParams,
    InitializeResult, InitializedParams, InlayHint, InlayHintLabel, InlayHintParams, Location, LocationLink,
    MarkupKind, PrepareRenameResponse, ProgressToken, ReferenceParams, Registration,
    RelatedFullDocumentDiagnosticReport, RenameParams, SelectionRange, SelectionRangeParams, SemanticTokens,
    SemanticTokensDelta, SemanticTokensDeltaParams, SemanticTokensFullDeltaResult, SemanticTokensParams,
    SemanticTokensRangeParams, SemanticTokensRangeResult, SemanticTokensResult, ServerInfo,
    SymbolInformation, TextDocumentPositionParams, TextEdit, Url, WorkDoneProgress, WorkDoneProgressBegin,
    WorkDoneProgressEnd, WorkspaceDiagnosticParams, WorkspaceDiagnosticReport,
    WorkspaceDiagnosticReportResult, WorkspaceDocumentDiagnosticReport, WorkspaceEdit,
    WorkspaceFullDocumentDiagnosticReport, WorkspaceSymbolParams,
};
use tower_lsp::{Client as Connection, LanguageServer};

use crate::analysis::{self, Queue};
use crate::capabilities::{capabilities, watches_files};
use crate::commands;
use crate::comparison::Comparisons;
use crate::documents::file_of;
use crate::ide::completion::{self, complete};
use crate::ide::semantic_tokens::semantic_tokens;
use crate::ide::{
    fixes, folding, format, hints, hover, lenses, links, names, preview, rename, selection, symbols,
};
use crate::outgoing::{self, Message, Outgoing, Refresh};
use crate::preview::{Preview, PreviewParams, today};
use crate::session::{Asked, Client, Session};
use crate::snapshot::{Snapshot, snapshot};
use crate::to_proto::ToProto;
use crate::to_proto::completion::{Sent, documentation};
use crate::to_proto::markup::markup;
use crate::to_proto::tokens::edits;

/// The protocol's side of the server.
#[derive(Debug)]
pub struct Backend {
    queue: Arc<Queue<Session>>,
    comparisons: Comparisons,
    outgoing: Outgoing,
    met: OnceLock<Met>,
}

/// What the client said of itself.
#[derive(Clone, Debug, Default)]
struct Met {
    watches_files: bool,
    links_definitions: bool,
}

impl Backend {
    /// One that has its requests answered by what works on `queue`, which it starts.
    #[must_use]
    pub fn new(connection: Connection, queue: Arc<Queue<Session>>) -> Self {
        let outgoing = outgoing::start(connection);
        analysis::start("analysis", Arc::clone(&queue), Session::new(outgoing.clone()));
        Self { queue, comparisons: Comparisons::start(), outgoing, met: OnceLock::new() }
    }

    /// Has a request answered about the texts as they were when it arrived.
    async fn ask<T: Send + 'static>(
        &self,
        answer: impl FnOnce(&mut Session, &Snapshot) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let snapshot = snapshot();
        self.queue.ask(move |session: &mut Session| answer(session, &snapshot)).await
    }

    /// The same about one file, in the first plan that it belongs to.
    async fn ask_of<T: Send + 'static>(
        &self,
        uri: Url,
        answer: impl FnOnce(Asked<'_>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.ask(move |session, snapshot| answer(session.asked(snapshot, &uri)?)).await
    }

    /// Says how a request comes on, if the client gave it a token.
    fn progress(&self, token: Option<&ProgressToken>, progress: WorkDoneProgress) {
        if let Some(token) = token {
            self.outgoing.send(Message::Progress(token.clone(), progress));
        }
    }

    /// Answers `milepost/preview`.
    ///
    /// # Errors
    /// Where the file is none of a plan.
    pub async fn preview(&self, asked_for: PreviewParams) -> Result<Preview> {
        let uri = asked_for.text_document.uri.clone();
        self.ask(move |session, snapshot| {
            let version = snapshot.documents.get(&uri).map(|document| document.version);
            let asked = session.asked(snapshot, &uri)?;
            let wanted = preview::Wanted { person: asked_for.person, today: today() };
            let (proto, compilation) = (asked.proto(), asked.plan.compilation());
            let name = |file| proto.uri(file).map(Url::to_string);
            let offset = asked.offset(asked_for.position);
            let html = preview::preview(compilation, asked.file, offset, &wanted, &name);
            let ok = html.is_some() && !compilation.has_language_errors();
            Ok(Preview { html: html.unwrap_or_default(), version, ok })
        })
        .await
    }
}

/// What makes a difference of what the client says of itself.
fn client(said: &InitializeParams) -> Client {
    let ClientCapabilities { text_document, workspace, .. } = &said.capabilities;
    let text = text_document.as_ref();
    let workspace = workspace.as_ref();
    let pulls = text.is_some_and(|text| text.diagnostic.is_some());
    let takes = text.is_some_and(|text| text.publish_diagnostics.is_some());
    let option = |name: &str| said.initialization_options.as_ref().and_then(|options| options.get(name));
    // Who can do both shows both, and everything twice: what is sent comes sooner.
    let wants_to_pull = option("diagnostics").and_then(|value| value.as_str()) == Some("pull");
    let pushed = !pulls || takes && !wants_to_pull;
    Client {
        pushed,
        refresh: Refresh {
            hints: workspace.and_then(|all| all.inlay_hint.as_ref()?.refresh_support).unwrap_or_default(),
            lenses: workspace.and_then(|all| all.code_lens.as_ref()?.refresh_support).unwrap_or_default(),
            diagnostics: !pushed
                && workspace.and_then(|all| all.diagnostic.as_ref()?.refresh_support).unwrap_or_default(),
        },
        hover_markdown: takes_markdown(text.and_then(|text| text.hover.as_ref()?.content_format.as_ref())),
        item_markdown: takes_markdown(text.and_then(|text| {
            text.completion.as_ref()?.completion_item.as_ref()?.documentation_format.as_ref()
        })),
        snippets: text
            .and_then(|text| text.completion.as_ref()?.completion_item.as_ref()?.snippet_support)
            .unwrap_or_default(),
        preview: option("preview").and_then(Value::as_bool).unwrap_or_default(),
        diff: option("diff").and_then(Value::as_bool).unwrap_or_default(),
    }
}

/// Whether Markdown is among the formats that a client names.
fn takes_markdown(formats: Option<&Vec<MarkupKind>>) -> bool {
    formats.is_some_and(|formats| formats.contains(&MarkupKind::Markdown))
}

#[allow(deprecated)] // older clients name their folder so
fn folders(said: &InitializeParams) -> Vec<PathBuf> {
    match &said.workspace_folders {
        Some(folders) => folders.iter().filter_map(|folder| file_of(&folder.uri)).collect(),
        None => said.root_uri.as_ref().and_then(file_of).into_iter().collect(),
    }
}

/// Files whose changes on disk make a difference: plans, and the data they name.
fn watched() -> Registration {
    let watcher = |pattern: &str| FileSystemWatcher {
        glob_pattern: GlobPattern::String(pattern.to_owned()),
        kind: None,
    };
    let watchers = vec![watcher("**/*.plan"), watcher("**/*.{csv,tsv,txt,ics,json}")];
    let options = DidChangeWatchedFilesRegistrationOptions { watchers };
    Registration {
        id: "milepost-files".to_owned(),
        method: "workspace/didChangeWatchedFiles".to_owned(),
        register_options: serde_json::to_value(options).ok(),
    }
}

#[tower_lsp::async_trait]
impl LanguageServer for Backend {
    async fn initialize(&self, said: InitializeParams) -> Result<InitializeResult> {
        let encoding = snapshot().encoding;
        let (client, folders) = (client(&said), folders(&said));
        let text = said.capabilities.text_document.as_ref();
        let met = Met {
            watches_files: watches_files(&said.capabilities),
            links_definitions: text.and_then(|text| text.definition?.link_support).unwrap_or_default(),
        };
        // It is asked for once; a second request is refused before it gets here.
        let _ = self.met.set(met);
        self.ask(move |session, _| {
            session.client = client;
            session.plans.set_folders(folders);
            Ok(())
        })
        .await?;
        Ok(InitializeResult {
            capabilities: capabilities(encoding, !client.pushed),
            server_info: Some(ServerInfo {
                name: "milepost-lsp".to_owned(),
                version: Some(env!("CARGO_PKG_VERSION").to_owned()),
            }),
        })
    }

    async fn initialized(&self, _: InitializedParams) {
        if self.met.get().is_some_and(|met| met.watches_files) {
            self.outgoing.send(Message::Register(vec![watched()]));
        }
    }

    async fn shutdown(&self) -> Result<()> {
        Ok(())
    }

    async fn did_change_workspace_folders(&self, changed: DidChangeWorkspaceFoldersParams) {
        let event = changed.event;
        let done = self.ask(move |session, _| {
            let gone: Vec<PathBuf> = event.removed.iter().filter_map(|folder| file_of(&folder.uri)).collect();
            let mut folders = session.plans.folders().to_vec();
            folders.retain(|folder| !gone.contains(folder));
            folders.extend(event.added.iter().filter_map(|folder| file_of(&folder.uri)));
            session.plans.set_folders(folders);
            Ok(())
        });
        // There is nobody to tell.
        let _ = done.await;
    }

    async fn hover(&self, params: HoverParams) -> Result<Option<Hover>> {
        let TextDocumentPositionParams { text_document, position } = params.text_document_position_params;
        self.ask(move |session, snapshot| {
            let markdown = session.client.hover_markdown;
            let asked = session.asked(snapshot, &text_document.uri)?;
            let found = hover::hover(asked.plan.compilation(), asked.file, asked.offset(position));
            Ok(found.map(|found| Hover {
                range: Some(asked.proto().range(asked.file, &found.range)),
                contents: HoverContents::Markup(markup(found.markdown, markdown)),
            }))
        })
        .await
    }

    async fn goto_definition(&self, params: GotoDefinitionParams) -> Result<Option<GotoDefinitionResponse>> {
        let TextDocumentPositionParams { text_document, position } = params.text_document_position_params;
        let links = self.met.get().is_some_and(|met| met.links_definitions);
        self.ask_of(text_document.uri, move |asked| {
            let offset = asked.offset(position);
            let found = names::definition(asked.plan.compilation(), asked.file, offset);
            let Some((here, there)) = found else { return Ok(None) };
            let Some(Location { uri, range }) = asked.proto().location(&there) else { return Ok(None) };
            if !links {
                return Ok(Some(GotoDefinitionResponse::Scalar(Location { uri, range })));
            }
            Ok(Some(GotoDefinitionResponse::Link(vec![LocationLink {
                origin_selection_range: Some(asked.proto().range(asked.file, &here.range)),
                target_uri: uri,
                target_range: range,
                target_selection_range: range,
            }])))
        })
        .await
    }

    async fn references(&self, params: ReferenceParams) -> Result<Option<Vec<Location>>> {
        let TextDocumentPositionParams { text_document, position } = params.text_document_position;
        let declaration = params.context.include_declaration;
        self.ask(move |session, snapshot| {
            let found = session.everywhere(snapshot, &text_document.uri, position, |asked, offset| {
                Ok(names::references(asked.plan.compilation(), asked.file, offset, declaration))
            });
            found.map(Some)
        })
        .await
    }

    async fn document_highlight(
        &self,
        params: DocumentHighlightParams,
    ) -> Result<Option<Vec<DocumentHighlight>>> {
        let TextDocumentPositionParams { text_document, position } = params.text_document_position_params;
        self.ask_of(text_document.uri, move |asked| {
            let spots = names::references(asked.plan.compilation(), asked.file, asked.offset(position), true);
            let here = spots.iter().filter(|spot| spot.file == asked.file);
            Ok(Some(
                here.map(|spot| DocumentHighlight {
                    range: asked.proto().range(asked.file, &spot.range),
                    kind: None,
                })
                .collect(),
            ))
        })
        .await
    }

    async fn prepare_rename(
        &self,
        params: TextDocumentPositionParams,
    ) -> Result<Option<PrepareRenameResponse>> {
        self.ask_of(params.text_document.uri, move |asked| {
            let spot = rename::prepare(asked.plan.compilation(), asked.file, asked.offset(params.position));
            Ok(spot
                .ok()
                .map(|spot| PrepareRenameResponse::Range(asked.proto().range(asked.file, &spot.range))))
        })
        .await
    }

    async fn rename(&self, params: RenameParams) -> Result<Option<WorkspaceEdit>> {
        let TextDocumentPositionParams { text_document, position } = params.text_document_position;
        self.ask(move |session, snapshot| {
            let found = session.everywhere(snapshot, &text_document.uri, position, |asked, offset| {
                rename::rename(asked.plan.compilation(), asked.file, offset, &params.new_name)
                    .map_err(|refused| Error::invalid_params(refused.text()))
            })?;
            let mut all: HashMap<Url, Vec<TextEdit>> = HashMap::new();
            for Location { uri, range } in found {
                let edit = TextEdit { range, new_text: params.new_name.clone() };
                all.entry(uri).or_default().push(edit);
            }
            Ok(Some(WorkspaceEdit { changes: Some(all), ..WorkspaceEdit::default() }))
        })
        .await
    }

    async fn code_action(&self, params: CodeActionParams) -> Result<Option<CodeActionResponse>> {
        let uri = params.text_document.uri;
        self.ask_of(uri.clone(), move |asked| {
            let only = params.context.only.as_ref();
            let wants = |kind: &CodeActionKind| {
                only.is_none_or(|only| only.iter().any(|only| kind.as_str().starts_with(only.as_str())))
            };
            let (proto, compilation) = (asked.proto(), asked.plan.compilation());
            let mut actions = Vec::new();
            if wants(&CodeActionKind::QUICKFIX) {
                let range = proto.lines(asked.file).bytes(params.range);
                for change in fixes::fixes(compilation, asked.file, &range) {
                    actions.push(CodeActionOrCommand::CodeAction(CodeAction {
                        title: change.title,
                        kind: Some(CodeActionKind::QUICKFIX),
                        diagnostics: Some(vec![proto.diagnostic(change.diagnostic)]),
                        edit: Some(proto.workspace_edit(&change.edits)),
                        is_preferred: Some(true),
                        ..CodeAction::default()
                    }));
                }
            }
            // Only where it is asked for by its name: in the list of a line it would be in the way.
            let by_name = only.is_some() && wants(&CodeActionKind::SOURCE_FIX_ALL);
            let edits = if by_name { fixes::fix_all(compilation, asked.file) } else { Vec::new() };
            if !edits.is_empty() {
                let edits = edits
                    .into_iter()
                    .map(|(range, new_text)| TextEdit { range: proto.range(asked.file, &range), new_text });
                let changes = Some([(uri, edits.collect())].into_iter().collect());
                actions.push(CodeActionOrCommand::CodeAction(CodeAction {
                    title: "mend all that can be mended".to_owned(),
                    kind: Some(CodeActionKind::SOURCE_FIX_ALL),
                    edit: Some(WorkspaceEdit { changes, ..WorkspaceEdit::default() }),
                    ..CodeAction::default()
                }));
            }
            Ok(Some(actions))
        })
        .await
    }

    async fn completion(&self, params: CompletionParams) -> Result<Option<CompletionResponse>> {
        let TextDocumentPositionParams { text_document, position } = params.text_document_position;
        let uri = text_document.uri;
        self.ask(move |session, snapshot| {
            let snippets = session.client.snippets;
            let asked = session.asked(snapshot, &uri)?;
            let found = complete(asked.plan.compilation(), asked.file, asked.offset(position));
            let proto = asked.proto();
            let items =
                found.items.into_iter().map(|item| proto.completion(&uri, asked.file, item, snippets));
            let list = CompletionList { is_incomplete: found.incomplete, items: items.collect() };
            Ok(Some(CompletionResponse::List(list)))
        })
        .await
    }

    async fn completion_resolve(&self, mut item: CompletionItem) -> Result<CompletionItem> {
        let sent: Option<Sent> = item.data.clone().and_then(|data| serde_json::from_value(data).ok());
        let Some(sent) = sent else { return Ok(item) };
        let about = sent.about();
        let text = self
            .ask(move |session, snapshot| {
                let markdown = session.client.item_markdown;
                let asked = session.asked(snapshot, &sent.uri)?;
                let text = completion::documentation(asked.plan.compilation(), about);
                Ok(text.map(|text| (text, markdown)))
            })
            .await?;
        item.documentation = text.map(|(text, markdown)| documentation(text, markdown));
        Ok(item)
    }

    async fn document_symbol(&self, params: DocumentSymbolParams) -> Result<Option<DocumentSymbolResponse>> {
        self.ask_of(params.text_document.uri, |asked| {
            let symbols = symbols::document_symbols(asked.plan.compilation(), asked.file);
            let shown = symbols.into_iter().map(|symbol| asked.proto().symbol(asked.file, symbol));
            Ok(Some(DocumentSymbolResponse::Nested(shown.collect())))
        })
        .await
    }

    async fn symbol(&self, params: WorkspaceSymbolParams) -> Result<Option<Vec<SymbolInformation>>> {
        self.ask(move |session, snapshot| {
            let mut found: Vec<SymbolInformation> = Vec::new();
            for root in session.plans.all_roots(snapshot) {
                let plan = session.plans.compiled(snapshot, &root);
                let proto = ToProto { plan, encoding: snapshot.encoding };
                for symbol in symbols::workspace_symbols(plan.compilation(), &params.query) {
                    // What several plans take in is found in each.
                    found.extend(proto.found(symbol).filter(|symbol| !found.contains(symbol)));
                }
            }
            Ok(Some(found))
        })
        .await
    }

    async fn semantic_tokens_full(
        &self,
        params: SemanticTokensParams,
    ) -> Result<Option<SemanticTokensResult>> {
        let uri = params.text_document.uri;
        self.ask(move |session, snapshot| {
            let (id, tokens) = session.new_tokens(snapshot, &uri)?;
            session.tokens.insert(uri, (id, tokens.clone()));
            Ok(Some(SemanticTokens { result_id: Some(id.to_string()), data: tokens }.into()))
        })
        .await
    }

    async fn semantic_tokens_full_delta(
        &self,
        params: SemanticTokensDeltaParams,
    ) -> Result<Option<SemanticTokensFullDeltaResult>> {
        let uri = params.text_document.uri;
        self.ask(move |session, snapshot| {
            let (id, tokens) = session.new_tokens(snapshot, &uri)?;
            let before = session.tokens.insert(uri, (id, tokens.clone()));
            let result_id = Some(id.to_string());
            let known = before.filter(|(before, _)| before.to_string() == params.previous_result_id);
            Ok(Some(match known {
                Some((_, before)) => SemanticTokensDelta { result_id, edits: edits(&before, &tokens) }.into(),
                None => SemanticTokens { result_id, data: tokens }.into(),
            }))
        })
        .await
    }

    async fn semantic_tokens_range(
        &self,
        params: SemanticTokensRangeParams,
    ) -> Result<Option<SemanticTokensRangeResult>> {
        self.ask_of(params.text_document.uri, move |asked| {
            let within = asked.proto().lines(asked.file).bytes(params.range);
            let tokens = semantic_tokens(asked.plan.compilation(), asked.file, Some(within));
            let data = asked.proto().tokens(asked.file, &tokens);
            Ok(Some(SemanticTokens { result_id: None, data }.into()))
        })
        .await
    }

    async fn inlay_hint(&self, params: InlayHintParams) -> Result<Option<Vec<InlayHint>>> {
        self.ask_of(params.text_document.uri, move |asked| {
            let lines = asked.proto().lines(asked.file);
            let within = lines.bytes(params.range);
            let hints = hints::hints(asked.plan.compilation(), asked.file, &within);
            let shown = hints.into_iter().map(|hint| InlayHint {
                position: lines.position(hint.offset),
                label: InlayHintLabel::String(hint.text),
                kind: None,
                text_edits: None,
                tooltip: None,
                padding_left: Some(true),
                padding_right: None,
                data: None,
            });
            Ok(Some(shown.collect()))
        })
        .await
    }

    async fn code_lens(&self, params: CodeLensParams) -> Result<Option<Vec<CodeLens>>> {
        let uri = params.text_document.uri;
        self.ask(move |session, snapshot| {
            let diff = session.client.diff;
            let asked = session.asked(snapshot, &uri)?;
            let compilation = asked.plan.compilation();
            let lens = |range: &Range<usize>, data| CodeLens {
                range: asked.proto().range(asked.file, range),
                command: None,
                data: Some(data),
            };
            // What is no file has no earlier versions.
            let plan = lenses::plan(compilation, asked.file).filter(|_| diff && asked.plan.folder.is_some());
            let plan = plan.map(|range| lens(&range, json!({ "uri": uri, "diff": true })));
            let goals = lenses::lenses(compilation, asked.file);
            let goals =
                goals.into_iter().map(|goal| lens(&goal.range, json!({ "uri": uri, "path": goal.path })));
            Ok(Some(plan.into_iter().chain(goals).collect()))
        })
        .await
    }

    async fn code_lens_resolve(&self, mut lens: CodeLens) -> Result<CodeLens> {
        let data = lens.data.clone().unwrap_or_default();
        let text = |name: &str| data.get(name).and_then(Value::as_str).map(str::to_owned);
        let uri = text("uri").and_then(|uri| Url::parse(&uri).ok());
        let Some(uri) = uri else { return Ok(lens) };
        if data.get("diff").is_some() {
            lens.command = Some(Command {
                title: lenses::DIFF.to_owned(),
                command: commands::DIFF.to_owned(),
                arguments: Some(vec![json!({ "uri": uri })]),
            });
            return Ok(lens);
        }
        let Some(path) = text("path") else { return Ok(lens) };
        let (asked_of, start) = (uri.clone(), lens.range.start);
        let title = self
            .ask(move |session, snapshot| {
                let preview = session.client.preview;
                let asked = session.asked(snapshot, &uri)?;
                let goal = lenses::goal(asked.plan.compilation(), &path);
                Ok((goal.and_then(|goal| lenses::title(asked.plan.compilation(), goal)), preview))
            })
            .await?;
        let (title, preview) = title;
        let command = if preview { lenses::PREVIEW } else { commands::EXPLAIN };
        lens.command = Some(Command {
            title: title.unwrap_or_else(|| "no amounts are planned for this".to_owned()),
            command: command.to_owned(),
            arguments: Some(vec![json!({ "uri": asked_of, "position": start })]),
        });
        Ok(lens)
    }

    async fn formatting(&self, params: DocumentFormattingParams) -> Result<Option<Vec<TextEdit>>> {
        self.ask_of(params.text_document.uri, |asked| {
            Ok(Some(asked.edits(format::format(asked.plan.compilation(), asked.file))))
        })
        .await
    }

    async fn range_formatting(&self, params: DocumentRangeFormattingParams) -> Result<Option<Vec<TextEdit>>> {
        self.ask_of(params.text_document.uri, move |asked| {
            let within = asked.proto().lines(asked.file).bytes(params.range);
            Ok(Some(asked.edits(format::format_range(asked.plan.compilation(), asked.file, &within))))
        })
        .await
    }

    async fn folding_range(&self, params: FoldingRangeParams) -> Result<Option<Vec<FoldingRange>>> {
        self.ask_of(params.text_document.uri, |asked| {
            let folds = folding::folds(asked.plan.compilation(), asked.file);
            Ok(Some(folds.iter().map(|fold| asked.proto().fold(asked.file, fold)).collect()))
        })
        .await
    }

    async fn selection_range(&self, params: SelectionRangeParams) -> Result<Option<Vec<SelectionRange>>> {
        self.ask_of(params.text_document.uri, move |asked| {
            let grown = params.positions.iter().map(|position| {
                let offset = asked.offset(*position);
                let ranges = selection::selection(asked.plan.compilation(), asked.file, offset);
                asked.proto().selection(asked.file, &ranges)
            });
            Ok(Some(grown.collect()))
        })
        .await
    }

    async fn document_link(&self, params: DocumentLinkParams) -> Result<Option<Vec<DocumentLink>>> {
        self.ask_of(params.text_document.uri, |asked| {
            let folder = asked.plan.folder.as_deref();
            let target = |path: &str| Url::from_file_path(without_dots(&folder?.join(path))).ok();
            let links = links::links(asked.plan.compilation(), asked.file);
            let shown = links.iter().filter_map(|link| {
                Some(DocumentLink {
                    range: asked.proto().range(asked.file, &link.range),
                    target: Some(target(&link.path)?),
                    tooltip: None,
                    data: None,
                })
            });
            Ok(Some(shown.collect()))
        })
        .await
    }

    async fn execute_command(&self, params: ExecuteCommandParams) -> Result<Option<Value>> {
        let about = commands::about(params.arguments)?;
        if params.command == commands::EXPLAIN {
            let position = about.position;
            return self
                .ask_of(about.uri, move |asked| {
                    let offset = asked.offset(position);
                    let numbers = hover::explained(asked.plan.compilation(), asked.file, offset);
                    Ok(numbers.map(Value::String))
                })
                .await;
        }
        let uri = about.uri.clone();
        let root = self.ask(move |session, snapshot| Ok(session.plans.root_of(snapshot, &uri))).await?;
        let token = params.work_done_progress_params.work_done_token;
        self.progress(
            token.as_ref(),
            WorkDoneProgress::Begin(WorkDoneProgressBegin {
                title: params.command.clone(),
                ..WorkDoneProgressBegin::default()
            }),
        );
        // Beside the thread of analysis, and beside the reading of messages.
        let done = if params.command == commands::DIFF {
            let compared = self.comparisons.ask(root, snapshot(), about.revision).await;
            compared.map(|compared| serde_json::to_value(compared).ok())
        } else {
            let done = tokio::task::spawn_blocking(move || match params.command.as_str() {
                commands::BUILD => commands::build(&root).map(|built| serde_json::to_value(built).ok()),
                commands::STATUS => {
                    commands::status(&root, about.as_of.as_deref()).map(|text| Some(Value::String(text)))
                }
                other => Err(Error::invalid_params(format!("there is no command `{other}`"))),
            });
            done.await.unwrap_or_else(|_| Err(Error::internal_error()))
        };
        self.progress(token.as_ref(), WorkDoneProgress::End(WorkDoneProgressEnd { message: None }));
        done
    }

    async fn diagnostic(&self, params: DocumentDiagnosticParams) -> Result<DocumentDiagnosticReportResult> {
        let uri = params.text_document.uri;
        self.ask(move |session, snapshot| {
            let items = session.diagnostics_of(snapshot, &uri);
            let full = FullDocumentDiagnosticReport { result_id: None, items };
            let report = RelatedFullDocumentDiagnosticReport {
                related_documents: None,
                full_document_diagnostic_report: full,
            };
            Ok(DocumentDiagnosticReportResult::Report(DocumentDiagnosticReport::Full(report)))
        })
        .await
    }

    async fn workspace_diagnostic(
        &self,
        _: WorkspaceDiagnosticParams,
    ) -> Result<WorkspaceDiagnosticReportResult> {
        self.ask(move |session, snapshot| {
            let roots = session.plans.all_roots(snapshot);
            let by_file = session.diagnostics_of_plans(snapshot, &roots);
            let items = by_file.into_iter().map(|(uri, items)| {
                let version = snapshot.documents.get(&uri).map(|document| i64::from(document.version));
                let full = FullDocumentDiagnosticReport { result_id: None, items };
                WorkspaceDocumentDiagnosticReport::Full(WorkspaceFullDocumentDiagnosticReport {
                    uri,
                    version,
                    full_document_diagnostic_report: full,
                })
            });
            Ok(WorkspaceDiagnosticReportResult::Report(WorkspaceDiagnosticReport { items: items.collect() }))
        })
        .await
    }
}

impl Asked<'_> {
    fn edits(&self, edits: Vec<format::Edit>) -> Vec<TextEdit> {
        let edit = |edit: format::Edit| TextEdit {
            range: self.proto().range(self.file, &edit.range),
            new_text: edit.text,
        };
        edits.into_iter().map(edit).collect()
    }
}
