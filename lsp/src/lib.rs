//! The Milepost language server.
//!
//! So far it only answers `initialize` and `shutdown`, and offers nothing: what an editor asks for is not built yet.

pub mod ide;

use tower_lsp::jsonrpc::Result;
use tower_lsp::lsp_types::{InitializeParams, InitializeResult, ServerInfo};
use tower_lsp::{LanguageServer, LspService, Server};

/// The protocol's side of the server.
#[derive(Debug, Default)]
pub struct Backend;

#[tower_lsp::async_trait]
impl LanguageServer for Backend {
    async fn initialize(&self, _: InitializeParams) -> Result<InitializeResult> {
        let server_info = ServerInfo {
            name: "milepost-lsp".to_owned(),
            version: Some(env!("CARGO_PKG_VERSION").to_owned()),
        };
        Ok(InitializeResult { server_info: Some(server_info), ..InitializeResult::default() })
    }

    async fn shutdown(&self) -> Result<()> {
        Ok(())
    }
}

/// Serves one editor over standard input and output, until the input ends.
pub async fn serve() {
    let (service, socket) = LspService::new(|_| Backend);
    Server::new(tokio::io::stdin(), tokio::io::stdout(), socket).serve(service).await;
}
