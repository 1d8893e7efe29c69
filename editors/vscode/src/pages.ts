// Answers of the server that are read beside the plan: not files, and nobody can write in them.

import * as vscode from "vscode";

const SCHEME = "milepost";

/** The pages of this window, by their names. */
export class Pages implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly texts = new Map<string, string>();
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.changed.event;
  private readonly registered = vscode.workspace.registerTextDocumentContentProvider(SCHEME, this);
  private readonly closed = vscode.workspace.onDidCloseTextDocument(({ uri }) => {
    if (uri.scheme === SCHEME) {
      this.texts.delete(uri.path);
    }
  });

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.texts.get(uri.path) ?? "";
  }

  private put(name: string, ending: string, text: string): vscode.Uri {
    const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${name}.${ending}` });
    this.texts.set(uri.path, text);
    this.changed.fire(uri);
    return uri;
  }

  /** Shows plain text. */
  async text(name: string, text: string): Promise<void> {
    const document = await vscode.workspace.openTextDocument(this.put(name, "txt", text));
    await vscode.window.showTextDocument(document, {
      viewColumn: vscode.ViewColumn.Beside,
      preserveFocus: true,
      preview: true,
    });
  }

  /** Shows Markdown, rendered. */
  async markdown(name: string, text: string): Promise<void> {
    const uri = this.put(name, "md", text);
    // A preview of the same name that is there already follows its document, which may have been closed meanwhile.
    await vscode.workspace.openTextDocument(uri);
    await vscode.commands.executeCommand("markdown.showPreviewToSide", uri);
  }

  dispose(): void {
    this.registered.dispose();
    this.closed.dispose();
    this.changed.dispose();
  }
}
