//! An editor that says what it is told to.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// So long an answer may take on a machine that is busy with other tests.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);

pub(crate) struct Client {
    pub(crate) process: Child,
    input: Option<ChildStdin>,
    messages: Receiver<Value>,
    /// What arrived while something else was waited for.
    aside: VecDeque<Value>,
    id: i64,
}

impl Drop for Client {
    fn drop(&mut self) {
        // One that is gone already is no harm.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

pub(crate) fn uri(path: &Path) -> String {
    tower_lsp::lsp_types::Url::from_file_path(path).unwrap().to_string()
}

impl Client {
    /// The server, started and not yet greeted.
    pub(crate) fn start() -> Self {
        Self::start_with(|_| ())
    }

    /// The same, with something about the process set before.
    pub(crate) fn start_with(set: impl FnOnce(&mut Command)) -> Self {
        let mut server = Command::new(env!("CARGO_BIN_EXE_milepost-lsp"));
        server.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::inherit());
        set(&mut server);
        let mut process = server.spawn().unwrap();
        let input = process.stdin.take();
        let mut output = BufReader::new(process.stdout.take().unwrap());
        let (sender, messages) = channel();
        thread::spawn(move || {
            while let Some(message) = read(&mut output) {
                if sender.send(message).is_err() {
                    break;
                }
            }
        });
        Self { process, input, messages, aside: VecDeque::new(), id: 0 }
    }

    /// A server that works on `folder`, for an editor that can do what `capabilities` say.
    pub(crate) fn with(folder: &Path, capabilities: Value, options: Value) -> (Self, Value) {
        let mut client = Self::start();
        let answer = client.ask(
            "initialize",
            json!({
                "processId": null,
                "rootUri": null,
                "capabilities": capabilities,
                "initializationOptions": options,
                "workspaceFolders": [{ "uri": uri(folder), "name": "plans" }],
            }),
        );
        client.tell("initialized", json!({}));
        (client, answer)
    }

    /// The same for an editor that takes diagnostics, and can do nothing out of the ordinary.
    pub(crate) fn on(folder: &Path) -> Self {
        let capabilities = json!({ "textDocument": {
            "publishDiagnostics": { "relatedInformation": true },
            "hover": { "contentFormat": ["markdown"] },
        } });
        Self::with(folder, capabilities, Value::Null).0
    }

    pub(crate) fn send(&mut self, message: &Value) {
        let body = message.to_string();
        let input = self.input.as_mut().unwrap();
        write!(input, "Content-Length: {}\r\n\r\n{body}", body.len()).unwrap();
        input.flush().unwrap();
    }

    /// The end of the input.
    pub(crate) fn hang_up(&mut self) {
        self.input = None;
    }

    pub(crate) fn tell(&mut self, method: &str, params: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    /// Sends a request and gives back its number.
    pub(crate) fn begin(&mut self, method: &str, params: Value) -> i64 {
        self.id += 1;
        self.send(&json!({ "jsonrpc": "2.0", "id": self.id, "method": method, "params": params }));
        self.id
    }

    /// The answer to the request of that number: the whole message.
    pub(crate) fn answer(&mut self, id: i64) -> Value {
        self.wait(|message| message.get("method").is_none() && message["id"] == json!(id))
    }

    /// Sends a request and gives back its result.
    pub(crate) fn ask(&mut self, method: &str, params: Value) -> Value {
        let id = self.begin(method, params);
        let answer = self.answer(id);
        assert!(answer.get("error").is_none(), "{method}: {answer}");
        answer["result"].clone()
    }

    /// The first message that fits; all others are kept.
    pub(crate) fn wait(&mut self, fits: impl Fn(&Value) -> bool) -> Value {
        self.wait_for(PATIENCE, fits).expect("no answer")
    }

    pub(crate) fn wait_for(&mut self, patience: Duration, fits: impl Fn(&Value) -> bool) -> Option<Value> {
        if let Some(at) = self.aside.iter().position(&fits) {
            return self.aside.remove(at);
        }
        let end = Instant::now() + patience;
        loop {
            match self.messages.recv_timeout(end.saturating_duration_since(Instant::now())) {
                Ok(message) if fits(&message) => return Some(message),
                Ok(message) => self.aside.push_back(message),
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => return None,
            }
        }
    }

    pub(crate) fn open(&mut self, uri: &str, text: &str) {
        let document = json!({ "uri": uri, "languageId": "milepost", "version": 1, "text": text });
        self.tell("textDocument/didOpen", json!({ "textDocument": document }));
    }

    pub(crate) fn change(&mut self, uri: &str, version: i64, changes: Value) {
        let document = json!({ "uri": uri, "version": version });
        self.tell("textDocument/didChange", json!({ "textDocument": document, "contentChanges": changes }));
    }

    /// What the server says next of a file in that version.
    pub(crate) fn diagnostics(&mut self, uri: &str, version: Option<i64>) -> Vec<Value> {
        let message = self.wait(|message| {
            message["method"] == "textDocument/publishDiagnostics"
                && message["params"]["uri"] == uri
                && (version.is_none() || message["params"]["version"] == json!(version))
        });
        message["params"]["diagnostics"].as_array().unwrap().clone()
    }

    /// The exit code, if the process ends in time.
    pub(crate) fn exit_code(&mut self) -> Option<i32> {
        let end = Instant::now() + Duration::from_secs(10);
        while Instant::now() < end {
            if let Some(status) = self.process.try_wait().unwrap() {
                return status.code();
            }
            thread::sleep(Duration::from_millis(10));
        }
        None
    }
}

fn read(output: &mut impl BufRead) -> Option<Value> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if output.read_line(&mut line).ok()? == 0 {
            return None;
        }
        let line = line.trim_end();
        if line.is_empty() {
            break;
        }
        if let Some(bytes) = line.strip_prefix("Content-Length: ") {
            length = bytes.parse().ok()?;
        }
    }
    let mut body = vec![0; length];
    output.read_exact(&mut body).ok()?;
    serde_json::from_slice(&body).ok()
}

/// The line and UTF-16 column of the `n`th time that `what` stands in `text`, from 0.
pub(crate) fn position(text: &str, what: &str, n: usize) -> Value {
    let at = text.match_indices(what).nth(n).unwrap_or_else(|| panic!("no {what}")).0;
    let before = &text[..at];
    let line = before.matches('\n').count();
    let column = before.rsplit('\n').next().unwrap().encode_utf16().count();
    json!({ "line": line, "character": column })
}

/// A text with the edits of an answer applied.
pub(crate) fn applied(text: &str, edits: &Value) -> String {
    let mut lines: Vec<usize> = vec![0];
    lines.extend(text.match_indices('\n').map(|(at, _)| at + 1));
    let offset = |position: &Value| {
        let line = lines[position["line"].as_u64().unwrap() as usize];
        let column = position["character"].as_u64().unwrap() as usize;
        let mut units = 0;
        let signs = text[line..].char_indices();
        let here = signs.map_while(|(at, sign)| {
            let done = units >= column;
            units += sign.len_utf16();
            (!done).then_some(at + sign.len_utf8())
        });
        line + here.last().unwrap_or(0)
    };
    let mut text_now = text.to_owned();
    let mut edits: Vec<&Value> = edits.as_array().unwrap().iter().collect();
    edits.sort_by_key(|edit| std::cmp::Reverse(offset(&edit["range"]["start"])));
    for edit in edits {
        let range = offset(&edit["range"]["start"])..offset(&edit["range"]["end"]);
        text_now.replace_range(range, edit["newText"].as_str().unwrap());
    }
    text_now
}
