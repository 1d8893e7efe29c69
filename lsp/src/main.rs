//! The Milepost language server.

use std::io::{self, Write};
use std::process;

fn main() -> io::Result<()> {
    match std::env::args().nth(1).as_deref() {
        None | Some("--stdio") => {}
        Some("--version" | "-V") => {
            return writeln!(io::stdout(), "milepost-lsp {}", env!("CARGO_PKG_VERSION"));
        }
        Some(other) => {
            writeln!(
                io::stderr(),
                "milepost-lsp speaks to an editor over standard input and output.\n\n\
                Usage: milepost-lsp [--stdio | --version]"
            )?;
            process::exit(if matches!(other, "--help" | "-h") { 0 } else { 2 });
        }
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(milepost_lsp::serve());
    // The thread that reads standard input may wait for ever.
    process::exit(0);
}
