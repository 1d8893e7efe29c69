//! Stands before the service, where messages are seen one by one in the order of the wire.
//!
//! `tower-lsp` polls many handlers at once, so that what an edit changes must not be left to a handler: a request that
//! arrived before it might see it, and one that arrived after it might not. Therefore edits are taken in here, without
//! waiting for anything, and a request is given the texts as they are when it arrives.

use std::future::{Future, ready};
use std::panic::AssertUnwindSafe;
use std::pin::Pin;
use std::process;
use std::sync::Arc;
use std::task::{Context, Poll};

use futures::FutureExt;
use serde::de::DeserializeOwned;
use tower_lsp::jsonrpc::{Error, Request, Response};
use tower_lsp::lsp_types::{
    DidChangeTextDocumentParams, DidChangeWatchedFilesParams, DidCloseTextDocumentParams,
    DidOpenTextDocumentParams, InitializeParams,
};
use tower_service::Service;

use crate::analysis::{Queue, Work};
use crate::capabilities::watches_files;
use crate::documents::{Document, Documents};
use crate::position::Encoding;
use crate::snapshot::{SNAPSHOT, Snapshot};

/// The service, and the state that edits change.
#[derive(Debug)]
pub struct Gate<S, W> {
    service: S,
    queue: Arc<Queue<W>>,
    now: Snapshot,
    initialized: bool,
    /// It says when files change on disk; else they are looked at when a text is saved.
    watches: bool,
    shut_down: bool,
}

type Answer<E> = Pin<Box<dyn Future<Output = Result<Option<Response>, E>> + Send>>;

impl<S, W: Work> Gate<S, W> {
    /// Stands before `service`; what there is to be analysed is put into `queue`.
    #[must_use]
    pub fn new(service: S, queue: Arc<Queue<W>>) -> Self {
        Self {
            service,
            queue,
            now: Snapshot::default(),
            initialized: false,
            watches: false,
            shut_down: false,
        }
    }

    /// Takes in what changes the texts or what is on disk; whether it was such a message.
    fn take_in(&mut self, request: &Request) -> bool {
        match request.method() {
            "textDocument/didOpen" => self.open(parameters(request)),
            "textDocument/didChange" => self.change(parameters(request)),
            "textDocument/didClose" => self.close(parameters(request)),
            "textDocument/didSave" => self.now.disk += u64::from(!self.watches),
            "workspace/didChangeWatchedFiles" => self.changed_on_disk(parameters(request)),
            _ => return false,
        }
        if self.initialized {
            self.now.revision += 1;
            self.queue.changed(self.now.clone());
        }
        true
    }

    fn documents(&mut self) -> &mut Documents {
        Arc::make_mut(&mut self.now.documents)
    }

    fn open(&mut self, opened: Option<DidOpenTextDocumentParams>) {
        let Some(opened) = opened.map(|opened| opened.text_document) else { return };
        let document = Document::new(&opened.uri, opened.version, &opened.text);
        // What was read from disk goes by what is open from here on.
        self.now.disk += 1;
        self.documents().open(opened.uri, document);
    }

    fn change(&mut self, changed: Option<DidChangeTextDocumentParams>) {
        let Some(changed) = changed else { return };
        let encoding = self.now.encoding;
        if let Some(document) = self.documents().get_mut(&changed.text_document.uri) {
            document.change(changed.text_document.version, &changed.content_changes, encoding);
        }
    }

    fn close(&mut self, closed: Option<DidCloseTextDocumentParams>) {
        let Some(closed) = closed else { return };
        self.documents().close(&closed.text_document.uri);
        // What is on disk may be another text.
        self.now.disk += 1;
    }

    /// What is open goes before what is on disk: a text that was just saved has not changed.
    fn changed_on_disk(&mut self, changed: Option<DidChangeWatchedFilesParams>) {
        let changes = changed.map(|changed| changed.changes).unwrap_or_default();
        if changes.iter().any(|change| self.now.documents.get(&change.uri).is_none()) {
            self.now.disk += 1;
        }
    }

    /// What can be seen of the client at once.
    fn meet(&mut self, request: &Request) {
        let Some(said) = parameters::<InitializeParams>(request) else { return };
        self.watches = watches_files(&said.capabilities);
        let offered = said.capabilities.general.and_then(|general| general.position_encodings);
        self.now.encoding = Encoding::chosen(&offered.unwrap_or_default());
        self.initialized = true;
    }
}

/// Some clients say `null` where nothing is to be said, which the service takes for something.
fn without_null(request: Request) -> Request {
    if request.params().is_none_or(|params| !params.is_null()) {
        return request;
    }
    let bare = Request::build(request.method().to_owned());
    match request.id() {
        Some(id) => bare.id(id.clone()).finish(),
        None => bare.finish(),
    }
}

fn parameters<T: DeserializeOwned>(request: &Request) -> Option<T> {
    T::deserialize(request.params()?).ok()
}

impl<S, W> Service<Request> for Gate<S, W>
where
    S: Service<Request, Response = Option<Response>>,
    S::Future: Send + 'static,
    S::Error: Send + 'static,
    W: Work,
{
    type Response = Option<Response>;
    type Error = S::Error;
    type Future = Answer<S::Error>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.service.poll_ready(context)
    }

    fn call(&mut self, request: Request) -> Answer<S::Error> {
        let request = without_null(request);
        match request.method() {
            "initialize" => self.meet(&request),
            "shutdown" => self.shut_down = true,
            // The client may keep the input open, and would wait for a process that waits for it.
            "exit" => process::exit(i32::from(!self.shut_down)),
            "$/cancelRequest" => {
                // At once, however many requests are under way.
                let _ = self.service.call(request).now_or_never();
                return Box::pin(ready(Ok(None)));
            }
            _ if request.id().is_none() && self.take_in(&request) => return Box::pin(ready(Ok(None))),
            _ => {}
        }
        let id = request.id().cloned();
        let answer = SNAPSHOT.scope(self.now.clone(), self.service.call(request));
        // A handler that panics would take all others along, and leave a process that is silent.
        Box::pin(AssertUnwindSafe(answer).catch_unwind().map(|answer| {
            answer.unwrap_or_else(|_| Ok(id.map(|id| Response::from_error(id, Error::internal_error()))))
        }))
    }
}

#[cfg(test)]
mod tests {
    use std::future::pending;

    use futures::executor::block_on;
    use serde_json::json;

    use super::*;

    struct Idle;

    impl Work for Idle {
        fn changed(&mut self, _: &Snapshot, _: &dyn Fn() -> bool) {}
    }

    /// Answers with the text of `file:///a` as a request sees it, panics where it is told to, or never answers.
    struct Mock;

    impl Service<Request> for Mock {
        type Response = Option<Response>;
        type Error = String;
        type Future = Pin<Box<dyn Future<Output = Result<Option<Response>, String>> + Send>>;

        fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), String>> {
            Poll::Ready(Ok(()))
        }

        fn call(&mut self, request: Request) -> Self::Future {
            Box::pin(async move {
                let uri = "file:///a".parse().unwrap();
                let text =
                    || crate::snapshot::snapshot().documents.get(&uri).map(|open| open.text.to_string());
                match request.method() {
                    "panic" => panic!("asked for"),
                    "never" => pending().await,
                    _ => Ok(request.id().map(|id| Response::from_ok(id.clone(), json!(text())))),
                }
            })
        }
    }

    fn gate() -> Gate<Mock, Idle> {
        let mut gate = Gate::new(Mock, Arc::new(Queue::default()));
        let hello = Request::build("initialize").id(0).params(json!({ "capabilities": {} })).finish();
        drop(gate.call(hello));
        let document = json!({ "uri": "file:///a", "languageId": "milepost", "version": 1, "text": "0\n" });
        let open =
            Request::build("textDocument/didOpen").params(json!({ "textDocument": document })).finish();
        drop(gate.call(open));
        gate
    }

    fn change(version: i32, text: &str) -> Request {
        let document = json!({ "uri": "file:///a", "version": version });
        let changes = json!([{ "text": text }]);
        let params = json!({ "textDocument": document, "contentChanges": changes });
        Request::build("textDocument/didChange").params(params).finish()
    }

    #[test]
    fn a_request_sees_what_was_there_when_it_arrived() {
        let mut gate = gate();
        let mut answers = Vec::new();
        for round in 1..200 {
            drop(gate.call(change(round, &round.to_string())));
            answers.push(gate.call(Request::build("see").id(i64::from(round)).finish()));
        }
        // The other way round than they arrived.
        for (round, answer) in (1..200).zip(answers).collect::<Vec<_>>().into_iter().rev() {
            let answer = block_on(answer).unwrap().unwrap();
            assert_eq!(answer.result(), Some(&json!(i32::to_string(&round))));
        }
    }

    #[test]
    fn a_handler_that_panics_answers_with_an_error() {
        let mut gate = gate();
        let answer = block_on(gate.call(Request::build("panic").id(1).finish())).unwrap().unwrap();
        assert_eq!(answer.error().unwrap().code, Error::internal_error().code);
        let next = block_on(gate.call(Request::build("see").id(2).finish())).unwrap().unwrap();
        assert_eq!(next.result(), Some(&json!("0\n")));
    }

    #[test]
    fn a_cancellation_is_carried_out_when_it_arrives() {
        let mut gate = gate();
        let waiting = gate.call(Request::build("never").id(1).finish());
        let cancel = Request::build("$/cancelRequest").params(json!({ "id": 1 })).finish();
        // It is done by then: what is given back has nothing to wait for.
        assert_eq!(gate.call(cancel).now_or_never(), Some(Ok(None)));
        drop(waiting);
    }
}
