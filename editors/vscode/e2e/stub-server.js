#!/usr/bin/env node
// A language server that knows just enough for the tests of the extension. MILEPOST_STUB says how it is to behave:
// `silent` never publishes a message, `old` is of a version that the extension cannot talk to.
"use strict";
const fs = require("node:fs");
const path = require("node:path");
const { fileURLToPath, pathToFileURL } = require("node:url");

const mode = process.env.MILEPOST_STUB ?? "";
if (process.argv.includes("--version")) {
  console.log(mode === "old" ? "milepost-lsp 0.0.9" : "milepost-lsp 0.1.0");
  process.exit(0);
}

const NAME = /[\p{L}][\p{L}\p{M}\p{N}_]*(?:-[\p{L}\p{M}\p{N}_]+)*/gu;
const documents = new Map();
let root = "";

function send(message) {
  const body = Buffer.from(JSON.stringify({ jsonrpc: "2.0", ...message }));
  process.stdout.write(`Content-Length: ${body.length}\r\n\r\n`);
  process.stdout.write(body);
}

function range(line, start, end) {
  return { start: { line, character: start }, end: { line, character: end } };
}

/** Every name with its place. */
function names(text) {
  return text
    .split("\n")
    .flatMap((row, line) => [...row.matchAll(NAME)].map((found) => ({ name: found[0], line, at: found.index })));
}

function nameAt(uri, { line, character }) {
  return names(documents.get(uri) ?? "").find(
    (word) => word.line === line && word.at <= character && character <= word.at + word.name.length,
  );
}

function diagnostics(text) {
  const funnels = [...text.matchAll(/^funnel (\S+)/gmu)].map((found) => found[1]);
  return text.split("\n").flatMap((row, line) => {
    const through = /^(\s*through )(\S+)/u.exec(row);
    if (!through || funnels.includes(through[2])) {
      return [];
    }
    const at = through[1].length;
    return [
      {
        range: range(line, at, at + through[2].length),
        severity: 1,
        code: "name::unknown",
        source: "milepost",
        message: `no funnel named \`${through[2]}\``,
        data: funnels[0],
      },
    ];
  });
}

/** All plans beside the open ones, with what the editor has instead of what is on disk. */
function plans() {
  const all = new Map();
  for (const file of root ? fs.readdirSync(root) : []) {
    if (file.endsWith(".plan")) {
      all.set(pathToFileURL(path.join(root, file)).href, fs.readFileSync(path.join(root, file), "utf8"));
    }
  }
  return new Map([...all, ...documents]);
}

function escaped(text) {
  return text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);
}

function preview({ textDocument: { uri }, position, person }) {
  const text = documents.get(uri) ?? "";
  const rows = [...text.matchAll(/^( *measure (\S+) (\S+))/gmu)].map((found) => {
    const line = text.slice(0, found.index).split("\n").length - 1;
    return `<tr data-uri="${escaped(uri)}" data-line="${line}"><td>${escaped(found[2])}</td><td class="number">${escaped(found[3])}</td><td><meter value="0.4"></meter></td></tr>`;
  });
  const html = `<h1>Plan</h1><p>Line ${position.line + 1}${person ? `, ${escaped(person)}` : ""}</p>
    <table><thead><tr><th>metric</th><th class="number">amount</th><th>done</th></tr></thead><tbody>${rows.join("")}</tbody></table>
    <img src="x" onerror="document.title='run'"><script>document.title='run'</script>`;
  const broken = diagnostics(text).length > 0;
  return { html: broken ? "" : html, version: 1, ok: !broken };
}

const requests = {
  initialize({ workspaceFolders }) {
    root = workspaceFolders?.[0] ? fileURLToPath(workspaceFolders[0].uri) : "";
    return {
      serverInfo: { name: "stub", version: "0.1.0" },
      capabilities: {
        textDocumentSync: { openClose: true, change: 1, save: true },
        hoverProvider: true,
        completionProvider: {},
        renameProvider: { prepareProvider: true },
        codeActionProvider: { codeActionKinds: ["quickfix"] },
        documentFormattingProvider: true,
        executeCommandProvider: { commands: ["milepost.build", "milepost.status", "milepost.explain"] },
      },
    };
  },
  shutdown: () => null,
  "textDocument/hover"({ textDocument, position }) {
    const word = nameAt(textDocument.uri, position);
    return word ? { contents: { kind: "markdown", value: `**${word.name}**: a name` } } : null;
  },
  "textDocument/completion": () =>
    ["share", "spread", "through"].map((label) => ({ label, kind: 14, documentation: `the statement ${label}` })),
  "textDocument/codeAction"({ textDocument, context }) {
    return context.diagnostics
      .filter((found) => found.data)
      .map((found) => ({
        title: `write \`${found.data}\``,
        kind: "quickfix",
        isPreferred: true,
        diagnostics: [found],
        edit: { changes: { [textDocument.uri]: [{ range: found.range, newText: found.data }] } },
      }));
  },
  "textDocument/prepareRename"({ textDocument, position }) {
    const word = nameAt(textDocument.uri, position);
    return word ? range(word.line, word.at, word.at + word.name.length) : null;
  },
  "textDocument/rename"({ textDocument, position, newName }) {
    const word = nameAt(textDocument.uri, position);
    const changes = {};
    for (const [uri, text] of plans()) {
      const edits = names(text)
        .filter((other) => other.name === word?.name)
        .map((other) => ({ range: range(other.line, other.at, other.at + other.name.length), newText: newName }));
      if (edits.length > 0) {
        changes[uri] = edits;
      }
    }
    return { changes };
  },
  "textDocument/formatting"({ textDocument }) {
    const text = documents.get(textDocument.uri) ?? "";
    const lines = text.split("\n");
    let depth = 0;
    const formatted = lines.map((line) => {
      const words = line.trim().replace(/ +/g, " ");
      depth -= words.startsWith("}") ? 1 : 0;
      const row = words === "" ? "" : "  ".repeat(depth) + words;
      depth += words.endsWith("{") ? 1 : 0;
      return row;
    });
    const whole = { start: { line: 0, character: 0 }, end: { line: lines.length, character: 0 } };
    return [{ range: whole, newText: formatted.join("\n") }];
  },
  "milepost/preview": preview,
  "workspace/executeCommand"({ command, arguments: [argument] }) {
    if (command === "milepost.build") {
      const out = path.join(path.dirname(fileURLToPath(argument.uri)), "out");
      fs.mkdirSync(out, { recursive: true });
      return ["plan.csv", "calendar.ics"].map((name) => {
        fs.writeFileSync(path.join(out, name), "x\n");
        return pathToFileURL(path.join(out, name)).href;
      });
    }
    return command === "milepost.status" ? "book  40%\n" : "# Why\n\nBecause `measure` says so.\n";
  },
};

function publish(uri) {
  if (mode !== "silent") {
    send({
      method: "textDocument/publishDiagnostics",
      params: { uri, diagnostics: diagnostics(documents.get(uri) ?? "") },
    });
    send({ method: "milepost/previewChanged", params: { uri } });
  }
}

const notifications = {
  "textDocument/didOpen"({ textDocument: { uri, text } }) {
    documents.set(uri, text);
    publish(uri);
  },
  "textDocument/didChange"({ textDocument: { uri }, contentChanges }) {
    documents.set(uri, contentChanges.at(-1).text);
    publish(uri);
  },
  "textDocument/didClose"({ textDocument: { uri } }) {
    documents.delete(uri);
  },
  exit: () => process.exit(0),
};

function take({ id, method, params }) {
  if (id === undefined) {
    notifications[method]?.(params);
  } else if (requests[method]) {
    send({ id, result: requests[method](params) });
  } else if (method) {
    send({ id, error: { code: -32601, message: `${method} is not known` } });
  }
}

let buffer = Buffer.alloc(0);
process.stdin.on("data", (piece) => {
  buffer = Buffer.concat([buffer, piece]);
  for (;;) {
    const end = buffer.indexOf("\r\n\r\n");
    if (end < 0) {
      return;
    }
    const length = Number(/Content-Length: (\d+)/i.exec(buffer.subarray(0, end).toString())[1]);
    if (buffer.length < end + 4 + length) {
      return;
    }
    const body = buffer.subarray(end + 4, end + 4 + length).toString();
    buffer = buffer.subarray(end + 4 + length);
    take(JSON.parse(body));
  }
});
process.stdin.on("end", () => process.exit(0));
