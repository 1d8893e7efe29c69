//! `milepost fmt`

use std::fs;
use std::io::{self, Read, Write};
use std::path::Path;
use std::process::ExitCode;

use clap::Args;

use super::{finish, print, say};
use crate::disk::{STDIN, reason};

/// Writes plans the way everybody writes them
#[derive(Args, Debug)]
pub struct Fmt {
    /// The files; `-` is standard input, formatted to standard output
    #[arg(required = true, value_name = "FILE")]
    files: Vec<String>,
    /// Change nothing; name the files that would change, and exit with 1 if there are any
    #[arg(long)]
    check: bool,
}

impl Fmt {
    /// Formats. A file that cannot be read or written does not keep the others from it.
    #[must_use]
    pub fn run(&self) -> ExitCode {
        finish(self.format())
    }

    fn format(&self) -> Result<ExitCode, String> {
        let mut exit = ExitCode::SUCCESS;
        for file in &self.files {
            match self.one(file) {
                Ok(false) => {}
                Ok(true) => exit = ExitCode::FAILURE,
                Err(said) => {
                    say("error", &said);
                    exit = ExitCode::FAILURE;
                }
            }
        }
        Ok(exit)
    }

    /// Formats one file; whether that was asked not to happen, and would change it.
    fn one(&self, file: &str) -> Result<bool, String> {
        let text = read(file)?;
        let formatted = milepost_grammar::format(&text);
        if self.check {
            if text != formatted {
                print(|out| writeln!(out, "{file}"))?;
            }
            return Ok(text != formatted);
        }
        if file == STDIN {
            print(|out| out.write_all(formatted.as_bytes()))?;
        } else if text != formatted {
            replace(file, &formatted)?;
        }
        Ok(false)
    }
}

fn read(file: &str) -> Result<String, String> {
    let mut bytes = Vec::new();
    let read = if file == STDIN {
        io::stdin().lock().read_to_end(&mut bytes)
    } else {
        fs::File::open(file).and_then(|mut file| file.read_to_end(&mut bytes))
    };
    read.map_err(|error| format!("cannot read `{file}`: {}", reason(&error)))?;
    String::from_utf8(bytes).map_err(|error| {
        let byte = error.utf8_error().valid_up_to();
        format!("cannot format `{file}`: plans are UTF-8 text; byte {byte} of this file is not")
    })
}

/// Puts `text` in the file's place: written aside and renamed, so that the file is the old or the new one. A link
/// stays a link.
fn replace(file: &str, text: &str) -> Result<(), String> {
    let error = |error: io::Error| format!("cannot write `{file}`: {}", reason(&error));
    let real = fs::canonicalize(file).map_err(error)?;
    let folder = real.parent().unwrap_or(Path::new("."));
    let mut aside = tempfile::Builder::new().prefix(".milepost-").tempfile_in(folder).map_err(error)?;
    aside.write_all(text.as_bytes()).map_err(error)?;
    let permissions = fs::metadata(&real).map_err(error)?.permissions();
    fs::set_permissions(aside.path(), permissions).map_err(error)?;
    aside.as_file().sync_all().map_err(error)?;
    aside.persist(&real).map_err(|refused| error(refused.error))?;
    Ok(())
}
