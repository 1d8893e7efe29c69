//! A `git` that is asked for one object after the other.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use crate::disk::reason;
use crate::world::ReadError;

/// Objects up to this size, in bytes, are held in memory; larger ones are read one by one, as a stream.
const HELD: u64 = 16 << 20;

/// What git has under a name.
pub(super) enum Object {
    /// A file.
    File(Vec<u8>),
    /// A file too large to be handed over between others: what git calls it, and its bytes.
    Large { id: String, length: u64 },
    /// A folder.
    Folder(Vec<Entry>),
}

/// What is in a folder.
pub(super) struct Entry {
    pub(super) name: String,
    pub(super) mode: Vec<u8>,
}

/// The process. It ends when this is dropped.
#[derive(Debug)]
pub(super) struct Batch {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Batch {
    /// Starts `git`, which has its place and settings but not its arguments.
    pub(super) fn start(mut git: Command) -> io::Result<Self> {
        git.args(["cat-file", "--batch", "--follow-symlinks"]);
        let mut child = git.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
        match (child.stdin.take(), child.stdout.take()) {
            (Some(input), Some(output)) => Ok(Self { child, input, output: BufReader::new(output) }),
            _ => Err(io::ErrorKind::BrokenPipe.into()),
        }
    }

    /// What git has under `name`, and whether it can be asked for more.
    pub(super) fn ask(&mut self, name: &str) -> io::Result<(Result<Object, ReadError>, bool)> {
        writeln!(self.input, "{name}")?;
        self.input.flush()?;
        let mut line = Vec::new();
        self.output.read_until(b'\n', &mut line)?;
        let line = String::from_utf8(line).map_err(|_| unclear())?;
        let line = line.strip_suffix('\n').ok_or(io::ErrorKind::UnexpectedEof)?;
        // What is not there is answered with its name, whatever that looks like.
        if line.starts_with(name) {
            return Ok((Err(ReadError::NotFound), true));
        }
        let words: Vec<&str> = line.split(' ').collect();
        let (id, kind, length) = match *words.as_slice() {
            [id, kind, length] => (id, kind, length),
            [_, "submodule"] => return Ok((Err(submodule()), true)),
            [link, length] => {
                self.bytes(length.parse().map_err(|_| unclear())?)?;
                let why = match link {
                    "symlink" => ReadError::Outside,
                    "dangling" => ReadError::NotFound,
                    "loop" => ReadError::Other("its links lead round in a circle".to_owned()),
                    "notdir" => ReadError::Other("not a directory".to_owned()),
                    _ => return Err(unclear()),
                };
                return Ok((Err(why), true));
            }
            _ => return Err(unclear()),
        };
        let length: u64 = length.parse().map_err(|_| unclear())?;
        if kind == "blob" && length > HELD {
            return Ok((Ok(Object::Large { id: id.to_owned(), length }), false));
        }
        let bytes = self.bytes(length)?;
        let object = match kind {
            "blob" => Object::File(bytes),
            // An id has two digits a byte.
            "tree" => Object::Folder(entries(&bytes, id.len() / 2).ok_or_else(unclear)?),
            _ => return Ok((Err(submodule()), true)),
        };
        Ok((Ok(object), true))
    }

    /// So many bytes, and the line break behind them.
    fn bytes(&mut self, length: u64) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        self.output.by_ref().take(length + 1).read_to_end(&mut bytes)?;
        match bytes.pop() {
            Some(b'\n') if bytes.len() as u64 == length => Ok(bytes),
            _ => Err(io::ErrorKind::UnexpectedEof.into()),
        }
    }
}

impl Drop for Batch {
    fn drop(&mut self) {
        // It only reads, so nothing is left half done.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The entries of a tree as git stores it: mode, space, name, zero, id. Names that are no text are left out.
fn entries(mut tree: &[u8], id: usize) -> Option<Vec<Entry>> {
    let mut entries = Vec::new();
    while !tree.is_empty() {
        let space = tree.iter().position(|byte| *byte == b' ')?;
        let (mode, rest) = tree.split_at_checked(space)?;
        let rest = rest.get(1..)?;
        let zero = rest.iter().position(|byte| *byte == 0)?;
        let (name, rest) = rest.split_at_checked(zero)?;
        if let Ok(name) = str::from_utf8(name) {
            entries.push(Entry { name: name.to_owned(), mode: mode.to_vec() });
        }
        tree = rest.get(1 + id..)?;
    }
    Some(entries)
}

pub(super) fn submodule() -> ReadError {
    ReadError::Other("it is in a submodule".to_owned())
}

fn unclear() -> io::Error {
    io::Error::other("its answer is not clear")
}

/// The bytes of one large file.
pub(super) struct Stream {
    child: Child,
    output: ChildStdout,
    left: u64,
}

impl Stream {
    /// Starts `git`, as for [`Batch::start`].
    pub(super) fn start(mut git: Command, id: &str, length: u64) -> io::Result<Self> {
        git.args(["cat-file", "blob", id]);
        let mut child = git.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
        match child.stdout.take() {
            Some(output) => Ok(Self { child, output, left: length }),
            None => Err(io::ErrorKind::BrokenPipe.into()),
        }
    }
}

impl Read for Stream {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.output.read(buffer)?;
        self.left = self.left.saturating_sub(read as u64);
        if read == 0 && self.left > 0 && !buffer.is_empty() {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        Ok(read)
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What kept git from answering.
pub(super) fn failed(error: &io::Error) -> ReadError {
    ReadError::Other(match error.kind() {
        io::ErrorKind::UnexpectedEof | io::ErrorKind::BrokenPipe => "`git` cannot read it".to_owned(),
        _ => format!("`git` cannot be asked for it: {}", reason(error)),
    })
}
