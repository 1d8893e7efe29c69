// The live preview: what the plan comes to, beside it. The server makes the HTML; this follows the cursor,
// keeps what was last right, and leads from a number to its line.

import { randomBytes } from "node:crypto";
import * as path from "node:path";

import * as vscode from "vscode";

import type { Connection } from "./client.js";
import type { Target } from "./commands.js";

const VIEW = "milepost.preview";

/** What the server answers to `milepost/preview`. */
interface Answer {
  html: string;
  version: number | null;
  ok: boolean;
}

/** What the page is sent. */
interface Shown {
  type: "show";
  html: string;
  /** What to say above it, if anything. */
  note: string;
  uri: string;
  line: number;
}

/** What the page sends. */
type Said = { type: "ready" } | { type: "reveal"; uri: string; line: number };

/** The one preview of this window. */
export class Preview implements vscode.Disposable, vscode.WebviewPanelSerializer<{ uri?: string }> {
  private panel: vscode.WebviewPanel | undefined;
  private uri: vscode.Uri | undefined;
  private position = new vscode.Position(0, 0);
  private shown: Shown | undefined;
  private timer: NodeJS.Timeout | undefined;
  private asked: vscode.CancellationTokenSource | undefined;
  private readonly disposables: vscode.Disposable[];

  constructor(
    private readonly context: vscode.ExtensionContext,
    private readonly connection: Connection,
  ) {
    this.disposables = [
      vscode.commands.registerCommand("milepost.preview", (target?: Target | vscode.Uri) => this.open(target)),
      vscode.window.registerWebviewPanelSerializer(VIEW, this),
      vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => this.follow(textEditor)),
      vscode.window.onDidChangeActiveTextEditor((editor) => this.follow(editor)),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0 && document.languageId === "milepost") {
          this.soon();
        }
      }),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration("milepost.preview")) {
          this.soon();
        }
      }),
      connection.onPreviewChanged(() => this.soon()),
      connection.onChanged((health) => {
        if (health !== "starting") {
          this.soon();
        }
      }),
    ];
  }

  private open(target: Target | vscode.Uri | undefined): void {
    const editor = vscode.window.activeTextEditor;
    if (target && !(target instanceof vscode.Uri) && target.uri) {
      this.uri = vscode.Uri.parse(target.uri);
      this.position = new vscode.Position(target.position?.line ?? 0, target.position?.character ?? 0);
    } else if (editor?.document.languageId === "milepost") {
      this.uri = editor.document.uri;
      this.position = editor.selection.active;
    }
    if (!this.uri) {
      void vscode.window.showInformationMessage("Open a plan first: a file that ends in .plan.");
      return;
    }
    if (this.panel) {
      this.panel.reveal(undefined, true);
    } else {
      const column = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
      this.take(vscode.window.createWebviewPanel(VIEW, "Milepost", column));
    }
    this.soon(0);
  }

  async deserializeWebviewPanel(panel: vscode.WebviewPanel, state: { uri?: string } | undefined): Promise<void> {
    this.panel?.dispose();
    if (state?.uri) {
      this.uri = vscode.Uri.parse(state.uri);
    }
    this.take(panel);
    this.soon(0);
  }

  private take(panel: vscode.WebviewPanel): void {
    this.panel = panel;
    const media = vscode.Uri.joinPath(this.context.extensionUri, "media");
    panel.iconPath = vscode.Uri.joinPath(media, "icon.svg");
    panel.webview.options = { enableScripts: true, enableCommandUris: false, localResourceRoots: [media] };
    panel.webview.onDidReceiveMessage((said: Said) => this.said(said));
    panel.onDidDispose(() => {
      if (this.panel === panel) {
        this.panel = undefined;
        this.shown = undefined;
      }
    });
    panel.webview.html = page(panel.webview, media);
  }

  private said(said: Said): void {
    if (said.type === "ready") {
      // The page was drawn anew, as happens when it comes to the front again.
      if (this.shown) {
        void this.panel?.webview.postMessage(this.shown);
      } else {
        this.soon(0);
      }
    } else if (said.type === "reveal") {
      void this.reveal(said.uri, said.line);
    }
  }

  private follow(editor: vscode.TextEditor | undefined): void {
    if (!this.panel || editor?.document.languageId !== "milepost") {
      return;
    }
    this.uri = editor.document.uri;
    this.position = editor.selection.active;
    this.soon();
  }

  private soon(delay?: number): void {
    if (!this.panel) {
      return;
    }
    clearTimeout(this.timer);
    const wait = delay ?? vscode.workspace.getConfiguration("milepost").get("preview.delay", 150);
    this.timer = setTimeout(() => void this.ask(), wait);
  }

  private async ask(): Promise<void> {
    const { uri, position } = this;
    if (!this.panel || !uri) {
      return;
    }
    this.asked?.cancel();
    const asked = new vscode.CancellationTokenSource();
    this.asked = asked;
    const person = vscode.workspace.getConfiguration("milepost", uri).get("preview.person", "").trim();
    const parameters = {
      textDocument: { uri: uri.toString() },
      position: { line: position.line, character: position.character },
      ...(person === "" ? {} : { person }),
    };
    try {
      const answer = await this.connection.request<Answer | null>("milepost/preview", parameters, asked.token);
      if (!asked.token.isCancellationRequested) {
        this.show(uri, position.line, answer);
      }
    } catch (error) {
      if (!asked.token.isCancellationRequested) {
        const message = error instanceof Error ? error.message : String(error);
        this.connection.log.warn(`milepost/preview: ${message}`);
        this.put({ ...this.blank(uri, position.line), note: message });
      }
    } finally {
      asked.dispose();
      if (this.asked === asked) {
        this.asked = undefined;
      }
    }
  }

  /** What stays of the page when nothing new is there: all of it while the plan is the same. */
  private blank(uri: vscode.Uri, line: number): Shown {
    const same = this.shown?.uri === uri.toString();
    return { type: "show", html: same ? (this.shown?.html ?? "") : "", note: "", uri: uri.toString(), line };
  }

  private show(uri: vscode.Uri, line: number, answer: Answer | null): void {
    const kept = this.blank(uri, line);
    if (!answer || (answer.ok && answer.html === "")) {
      this.put({ ...kept, note: "There is nothing to show of this file." });
    } else if (answer.ok) {
      this.put({ ...kept, html: answer.html });
    } else if (kept.html !== "") {
      this.put({ ...kept, note: "The plan has errors. This is how it was before." });
    } else {
      this.put({ ...kept, html: answer.html, note: "The plan has errors. Mend them to see what it comes to." });
    }
  }

  private put(shown: Shown): void {
    this.shown = shown;
    if (this.panel && this.uri) {
      this.panel.title = `Preview ${path.basename(this.uri.path)}`;
      void this.panel.webview.postMessage(shown);
    }
  }

  private async reveal(target: string, line: number): Promise<void> {
    const uri = vscode.Uri.parse(target);
    if (!Number.isInteger(line) || line < 0 || uri.scheme !== this.uri?.scheme || !uri.path.endsWith(".plan")) {
      return;
    }
    const document = await vscode.workspace.openTextDocument(uri);
    const open = vscode.window.visibleTextEditors.find((editor) => editor.document === document);
    const beside = vscode.window.visibleTextEditors.find((editor) => editor.document.languageId === "milepost");
    const row = Math.min(line, document.lineCount - 1);
    const at = new vscode.Position(row, document.lineAt(row).firstNonWhitespaceCharacterIndex);
    await vscode.window.showTextDocument(document, {
      viewColumn: (open ?? beside)?.viewColumn ?? vscode.ViewColumn.One,
      selection: new vscode.Range(at, at),
    });
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.panel?.dispose();
    vscode.Disposable.from(...this.disposables).dispose();
  }
}

function page(webview: vscode.Webview, media: vscode.Uri): string {
  const nonce = randomBytes(18).toString("base64");
  const style = webview.asWebviewUri(vscode.Uri.joinPath(media, "preview.css")).toString();
  const script = webview.asWebviewUri(vscode.Uri.joinPath(media, "preview.js")).toString();
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src ${webview.cspSource}; script-src 'nonce-${nonce}';">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${style}">
<title>Milepost</title>
</head>
<body>
<p id="note" role="status" hidden></p>
<main id="plan" aria-label="Preview of the plan"></main>
<script nonce="${nonce}" src="${script}"></script>
</body>
</html>`;
}
