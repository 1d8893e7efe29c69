//! The command `milepost`.

use std::process::ExitCode;

fn main() -> ExitCode {
    milepost::cli::run()
}
