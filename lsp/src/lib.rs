//! The Milepost language server.
//!
//! [`ide`] is what an editor shows of a plan, without a word of the protocol. The rest is the protocol: the [`gate`] takes
//! messages in as they come, the thread of [`analysis`] compiles plans and answers requests one after the other, and
//! [`outgoing`] sends what the server says by itself.

pub mod analysis;
pub mod backend;
pub mod capabilities;
pub mod commands;
pub mod comparison;
pub mod documents;
pub mod gate;
pub mod ide;
pub mod outgoing;
pub mod plans;
pub mod position;
pub mod preview;
pub mod session;
pub mod snapshot;
pub mod to_proto;
pub mod world;

use std::sync::Arc;

use tower_lsp::{LspService, Server};

use analysis::Queue;
use backend::Backend;
use gate::Gate;

/// So many requests may be under way at once: they wait for their answers, so it costs nothing.
const UNDER_WAY: usize = 256;

/// Serves one editor over standard input and output, until the input ends.
pub async fn serve() {
    let queue = Arc::new(Queue::default());
    let (service, socket) = LspService::build(|client| Backend::new(client, Arc::clone(&queue)))
        .custom_method("milepost/preview", Backend::preview)
        .finish();
    let gate = Gate::new(service, queue);
    let server = Server::new(tokio::io::stdin(), tokio::io::stdout(), socket);
    server.concurrency_level(UNDER_WAY).serve(gate).await;
}
