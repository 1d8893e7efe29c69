//! `milepost completions`

use std::process::ExitCode;

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use super::{finish, print};

/// Prints what makes a shell complete the commands, for its start-up file
#[derive(Args, Debug)]
pub struct Completions {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

impl Completions {
    /// Prints the script for the commands of `C`.
    #[must_use]
    pub fn run<C: CommandFactory>(&self) -> ExitCode {
        let mut command = C::command();
        let mut script = Vec::new();
        // Into memory first: the crate panics where it cannot write.
        clap_complete::generate(self.shell, &mut command, "milepost", &mut script);
        finish(print(|out| out.write_all(&script)).map(|()| ExitCode::SUCCESS))
    }
}
