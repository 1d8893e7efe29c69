// What the palette offers: build, status, explain.

import * as path from "node:path";

import * as vscode from "vscode";

import type { Connection } from "./client.js";
import type { Pages } from "./pages.js";

/** Where a command is to work; what the server puts behind a code lens has the same shape. */
interface Target {
  uri?: string;
  position?: { line: number; character: number };
}

interface Place {
  uri: vscode.Uri;
  position: { line: number; character: number };
}

function place(target: Target | vscode.Uri | undefined): Place | undefined {
  const editor = vscode.window.activeTextEditor;
  const here = editor?.document.languageId === "milepost" ? editor : undefined;
  const at = here?.selection.active ?? new vscode.Position(0, 0);
  if (target && !(target instanceof vscode.Uri) && target.uri) {
    return { uri: vscode.Uri.parse(target.uri), position: target.position ?? { line: 0, character: 0 } };
  }
  if (!here) {
    void vscode.window.showInformationMessage("Open a plan first: a file that ends in .plan.");
    return undefined;
  }
  return { uri: here.document.uri, position: { line: at.line, character: at.character } };
}

/** Registers them. */
export function commands(connection: Connection, pages: Pages): vscode.Disposable[] {
  const on = (command: string, act: (place: Place) => Promise<void>): vscode.Disposable =>
    vscode.commands.registerCommand(command, async (target?: Target | vscode.Uri) => {
      const where = place(target);
      if (!where) {
        return;
      }
      try {
        await act(where);
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        connection.log.error(`${command}: ${message}`);
        void vscode.window.showErrorMessage(message, "Show Log").then((chosen) => {
          if (chosen) {
            connection.log.show();
          }
        });
      }
    });

  return [
    on("milepost.build", async ({ uri }) => {
      if (!vscode.workspace.isTrusted) {
        void vscode.window.showWarningMessage("Nothing is built in a workspace that is not trusted.");
        return;
      }
      if (vscode.workspace.getConfiguration("milepost").get("build.saveFirst", true)) {
        await saved(uri);
      }
      const files = await vscode.window.withProgress(
        { location: vscode.ProgressLocation.Window, title: "Building the plan" },
        () => connection.command<string[]>("milepost.build", { uri: uri.toString() }),
      );
      void wrote((files ?? []).map((file) => vscode.Uri.parse(file)));
    }),
    on("milepost.status", async ({ uri }) => {
      const text = await connection.command<string>("milepost.status", { uri: uri.toString() });
      await pages.text(`Status of ${path.basename(uri.path)}`, text);
    }),
    on("milepost.explain", async ({ uri, position }) => {
      const text = await connection.command<string | null>("milepost.explain", { uri: uri.toString(), position });
      if (text) {
        await pages.markdown("Explanation", text);
      } else {
        void vscode.window.showInformationMessage("There is no number here to explain.");
      }
    }),
    vscode.commands.registerCommand("milepost.restart", () => connection.restart()),
    vscode.commands.registerCommand("milepost.showLog", () => connection.log.show()),
  ];
}

async function saved(uri: vscode.Uri): Promise<void> {
  const document = vscode.workspace.textDocuments.find((open) => open.uri.toString() === uri.toString());
  if (document?.isDirty) {
    await document.save();
  }
}

async function wrote(files: vscode.Uri[]): Promise<void> {
  const first = files[0];
  if (!first) {
    void vscode.window.showInformationMessage("The plan built to no files.");
    return;
  }
  const folder = vscode.workspace.asRelativePath(vscode.Uri.joinPath(first, ".."));
  const count = files.length === 1 ? "1 file" : `${files.length} files`;
  const show = "Open…";
  if ((await vscode.window.showInformationMessage(`Wrote ${count} to ${folder}.`, show)) !== show) {
    return;
  }
  const chosen = await vscode.window.showQuickPick(
    files.map((file) => ({ label: path.basename(file.path), file })),
    { placeHolder: "Open a file that was built" },
  );
  if (chosen) {
    await vscode.commands.executeCommand("vscode.open", chosen.file);
  }
}
