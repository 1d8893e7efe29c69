// What the extension is made of.

import * as vscode from "vscode";

import { Connection } from "./client.js";
import { commands } from "./commands.js";
import { Pages } from "./pages.js";
import { Preview } from "./preview.js";
import { statusBar } from "./status.js";

let connection: Connection | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const server = new Connection(context);
  connection = server;
  const pages = new Pages();
  context.subscriptions.push(
    server,
    pages,
    statusBar(server),
    new Preview(context, server),
    ...commands(server, pages),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration("milepost.server")) {
        void server.restart();
      }
    }),
    // Then the setting holds that names another server.
    vscode.workspace.onDidGrantWorkspaceTrust(() => void server.restart()),
  );
  await server.restart();
}

export async function deactivate(): Promise<void> {
  await connection?.stop();
}
