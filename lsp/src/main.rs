//! The Milepost language server.

use std::io;

fn main() -> io::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(milepost_lsp::serve());
    Ok(())
}
