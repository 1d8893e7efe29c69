//! Commands that a client may have carried out.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde::{Deserialize, Serialize};
use serde_json::Value;
use tower_lsp::jsonrpc::{Error, ErrorCode, Result};
use tower_lsp::lsp_types::{Position, Url};

use crate::plans::Root;

/// Writes a plan's outputs.
pub const BUILD: &str = "milepost.build";
/// Says how far a plan has come.
pub const STATUS: &str = "milepost.status";
/// Says why a number is what it is.
pub const EXPLAIN: &str = "milepost.explain";

/// Says what changed in a plan since a revision.
pub const DIFF: &str = "milepost.diff";

/// What a command is about.
#[derive(Clone, Debug, Deserialize)]
pub struct About {
    /// A file of the plan.
    pub uri: Url,
    /// Where in it.
    #[serde(default)]
    pub position: Position,
    /// As of which day, for a status.
    pub as_of: Option<String>,
    /// Since which git revision, for a comparison.
    pub revision: Option<String>,
}

/// What came of writing outputs.
#[derive(Clone, Debug, Serialize)]
pub struct Built {
    /// Whether all is well; a plan that is merely bad is built all the same.
    pub ok: bool,
    /// The folder.
    pub folder: String,
    /// The files that were written, by name.
    pub files: Vec<String>,
    /// What the command line said.
    pub text: String,
}

/// What a command is about, out of its arguments: one object.
///
/// # Errors
/// Where it is none.
pub fn about(arguments: Vec<Value>) -> Result<About> {
    let first = arguments.into_iter().next().unwrap_or(Value::Null);
    serde_json::from_value(first)
        .map_err(|error| Error::invalid_params(format!("expected {{ uri }}: {error}")))
}

/// The plan's own file, as the command line takes it.
fn file(root: &Root) -> Result<&Path> {
    match root {
        Root::File(path) => Ok(path),
        Root::Loose(_) => Err(said("save the plan first: what is built is what is on disk".to_owned())),
    }
}

fn said(message: String) -> Error {
    Error { code: ErrorCode::ServerError(1), message: message.into(), data: None }
}

/// The command line that came with this server: beside it, or else the one on the path.
fn milepost() -> PathBuf {
    let name = format!("milepost{}", std::env::consts::EXE_SUFFIX);
    let beside = std::env::current_exe().ok().and_then(|server| Some(server.parent()?.join(&name)));
    beside.filter(|path| path.is_file()).unwrap_or_else(|| PathBuf::from(name))
}

fn run(arguments: &[&std::ffi::OsStr]) -> Result<Output> {
    let program = milepost();
    Command::new(&program)
        .args(arguments)
        .env("NO_COLOR", "1")
        .output()
        .map_err(|error| said(format!("cannot run `{}`: {error}", program.display())))
}

/// Writes the outputs of the plan at `root` into `out` beside it.
///
/// # Errors
/// Where there is no file, or the command line cannot be run.
pub fn build(root: &Root) -> Result<Built> {
    let path = file(root)?;
    let folder = path.parent().unwrap_or(path).join("out");
    let before = std::time::SystemTime::now();
    let output = run(&["build".as_ref(), path.as_os_str(), "--out".as_ref(), folder.as_os_str()])?;
    let text =
        format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    let mut files: Vec<String> = std::fs::read_dir(&folder)
        .into_iter()
        .flatten()
        .flatten()
        .filter(|entry| {
            // Some file systems count in whole seconds or two.
            let changed = entry.metadata().and_then(|data| data.modified());
            changed.is_ok_and(|changed| changed + std::time::Duration::from_secs(2) >= before)
        })
        .filter_map(|entry| entry.file_name().into_string().ok())
        .collect();
    files.sort();
    Ok(Built { ok: output.status.success(), folder: folder.display().to_string(), files, text })
}

/// How far the plan at `root` has come by a day, else today, in words.
///
/// # Errors
/// Where there is no file, or the command line cannot be run.
pub fn status(root: &Root, as_of: Option<&str>) -> Result<String> {
    let path = file(root)?;
    let mut arguments: Vec<&std::ffi::OsStr> = vec!["status".as_ref(), path.as_os_str()];
    if let Some(day) = as_of {
        arguments.extend([std::ffi::OsStr::new("--as-of"), day.as_ref()]);
    }
    let output = run(&arguments)?;
    let errors = String::from_utf8_lossy(&output.stderr);
    let text = String::from_utf8_lossy(&output.stdout);
    Ok(if text.is_empty() { errors.into_owned() } else { text.into_owned() })
}
