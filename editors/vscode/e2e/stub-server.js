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
let shows = false;
let compares = false;

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

/** About what a plan's preview is made of, so that there is something to look at. */
function preview({ textDocument: { uri }, position, person }) {
  const text = documents.get(uri) ?? "";
  const all = [...text.matchAll(/^ *measure (\S+) (\S+)/gmu)].map((found) => ({
    name: escaped(found[1]),
    amount: escaped(found[2]),
    at: `data-uri="${escaped(uri)}" data-line="${text.slice(0, found.index).split("\n").length - 1}"`,
  }));
  const goals = all.map(
    ({ name, amount, at }) =>
      `<tr ${at}><td>${name}</td><td class="number">${amount}</td><td class="number">400,000</td><td><meter value="0.4"></meter> 40%</td></tr>`,
  );
  const days = ["Mon 1", "Tue 2", "Wed 3", "Thu 4", "Fri 5", "Mon 8", "Tue 9", "Wed 10"];
  const people = ["Chen Jing", "Liu Yang", "王敏"].map(
    (name, row) =>
      `<tr data-uri="${escaped(uri)}" data-line="${row + 2}"><th scope="row">${name}</th>${days.map((_, day) => `<td class="number">${((day + row) % 3) + 4}</td>`).join("")}<td class="number">41</td></tr>`,
  );
  const html = `<h1>New business in June</h1>
    <p class="faint">1–30 June 2026 · line ${position.line + 1}${person ? ` · ${escaped(person)}` : ""}</p>
    <h2>Win our first million in a month</h2>
    <table><thead><tr><th>goal</th><th class="number">amount</th><th class="number">done</th><th></th></tr></thead><tbody>${goals.join("")}</tbody></table>
    <dl><dt>takes</dt><dd>25 orders, 500 visits</dd><dt>pace</dt><dd class="good">on the way</dd><dt>next</dt><dd class="warning">two days off</dd></dl>
    <h2>Visits</h2>
    <table><thead><tr><th></th>${days.map((day) => `<th class="number">${day}</th>`).join("")}<th class="number">sum</th></tr></thead><tbody>${people.join("")}</tbody>
    <tfoot><tr><th scope="row">all</th>${days.map(() => '<td class="number">15</td>').join("")}<td class="number">123</td></tr></tfoot></table>
    <details open><summary>Why 5 on 1 June</summary><ol><li>1,000,000 ÷ 40,000 = 25 orders</li><li>25 × 20 = 500 visits</li></ol></details>
    <img src="x" onerror="document.title='run'"><script>document.title='run'</script>`;
  const broken = diagnostics(text).length > 0;
  return { html: broken ? "" : html, version: 1, ok: !broken };
}

const requests = {
  initialize({ workspaceFolders, initializationOptions }) {
    shows = initializationOptions?.preview === true;
    compares = initializationOptions?.diff === true;
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
        codeLensProvider: {},
        executeCommandProvider: { commands: ["milepost.build", "milepost.status", "milepost.explain", "milepost.diff"] },
      },
    };
  },
  shutdown: () => null,
  "textDocument/hover"({ textDocument, position }) {
    const word = nameAt(textDocument.uri, position);
    return word ? { contents: { kind: "markdown", value: `**${word.name}**: a name` } } : null;
  },
  "textDocument/completion": () =>
    ["share", "spread", "threshold"].map((label) => ({ label, kind: 14, documentation: `the statement ${label}` })),
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
  "textDocument/codeLens"({ textDocument: { uri } }) {
    const lens = (word, command) => {
      const line = (documents.get(uri) ?? "").split("\n").findIndex((row) => row.startsWith(word));
      return line < 0 ? [] : [{ range: range(line, 0, 1), command: { ...command, arguments: [{ uri, position: { line, character: 0 } }] } }];
    };
    const diff = compares ? lens("plan", { title: "Diff against HEAD", command: "milepost.diff" }) : [];
    return [...diff, ...lens("objective", { title: "1 goal", command: "milepost.preview" })];
  },
  "milepost/preview": preview,
  "workspace/executeCommand"({ command, arguments: [argument] }) {
    if (command === "milepost.build") {
      const out = path.join(path.dirname(fileURLToPath(argument.uri)), "out");
      fs.mkdirSync(out, { recursive: true });
      const files = ["calendar.ics", "plan.csv"];
      for (const name of files) {
        fs.writeFileSync(path.join(out, name), "x\n");
      }
      return { ok: true, folder: out, files, text: "" };
    }
    if (command === "milepost.diff") {
      const changed = documents.get(argument.uri) !== fs.readFileSync(fileURLToPath(argument.uri), "utf8");
      return { ok: true, changed, markdown: changed ? "**1 change**\n" : "**No change in meaning**\n", said: "" };
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
    if (shows) {
      send({ method: "milepost/previewChanged", params: { uri } });
    }
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
