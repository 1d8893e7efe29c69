// What the palette offers: build, status, explain, diff.

import * as path from "node:path";

import * as vscode from "vscode";

import type { Connection } from "./client.js";
import type { Pages } from "./pages.js";

/** Where a command is to work; what the server puts behind a code lens has the same shape. */
export interface Target {
  uri?: string;
  position?: { line: number; character: number };
}

/** What the server answers to `milepost.build`. */
interface Built {
  /** Whether all is well; a plan that is merely a bad one is built all the same. */
  ok: boolean;
  folder: string;
  /** Names of files in the folder. */
  files: string[];
  /** What there is to read about it. */
  text: string;
}

/** What the server answers to `milepost.diff`. */
interface Comparison {
  /** Whether there was something to compare with. */
  ok: boolean;
  changed: boolean;
  markdown: string;
  /** Why there was not, or what else there is to know; plain text. */
  said: string;
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

  let diffs = 0;
  return [
    on("milepost.build", async ({ uri }) => {
      if (!vscode.workspace.isTrusted) {
        void vscode.window.showWarningMessage("Nothing is built in a workspace that is not trusted.");
        return;
      }
      if (vscode.workspace.getConfiguration("milepost").get("build.saveFirst", true)) {
        await saved();
      }
      const built = await vscode.window.withProgress(
        { location: vscode.ProgressLocation.Window, title: "Building the plan" },
        () => connection.command<Built>("milepost.build", { uri: uri.toString() }),
      );
      if (built.text.trim() !== "") {
        connection.log.info(`milepost.build\n${built.text.trimEnd()}`);
      }
      void wrote(connection, built);
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
    on("milepost.diff", async ({ uri }) => {
      if (!vscode.workspace.isTrusted) {
        void vscode.window.showWarningMessage("Git is not run in a workspace that is not trusted.");
        return;
      }
      const name = `Diff of ${path.basename(uri.path)} against HEAD`;
      const asked = ++diffs;
      try {
        const { ok, markdown, said } = await vscode.window.withProgress(
          { location: vscode.ProgressLocation.Window, title: "Comparing the plan with HEAD" },
          () => connection.command<Comparison>("milepost.diff", { uri: uri.toString() }),
        );
        if (asked !== diffs) {
          return;
        }
        if (said !== "") {
          // What a plan says would be a link there, and could run commands.
          void vscode.window.showInformationMessage(said.replaceAll("](", "] ("));
        }
        if (ok) {
          await pages.markdown(name, markdown);
        }
      } catch (error) {
        // The server gives up one that a later one has overtaken.
        if (asked === diffs) {
          throw error;
        }
      }
    }),
    vscode.commands.registerCommand("milepost.restart", () => connection.restart()),
    vscode.commands.registerCommand("milepost.showLog", () => connection.log.show()),
  ];
}

/** What is built is what is on disk: the plan and all that it includes. */
async function saved(): Promise<void> {
  for (const document of vscode.workspace.textDocuments) {
    if (document.isDirty && document.languageId === "milepost" && !document.isUntitled) {
      await document.save();
    }
  }
}

async function wrote(connection: Connection, { ok, folder, files, text }: Built): Promise<void> {
  const [log, show] = ["Show Log", "Open…"];
  const count = files.length === 1 ? "1 file" : `${files.length} files`;
  const where = vscode.workspace.asRelativePath(folder);
  let chosen: string | undefined;
  if (files.length === 0) {
    const last = text.trim().split("\n").at(-1) ?? "";
    chosen = await vscode.window.showErrorMessage(`Nothing was built${last === "" ? "." : `: ${last}`}`, log);
  } else if (ok) {
    chosen = await vscode.window.showInformationMessage(`Wrote ${count} to ${where}.`, show);
  } else {
    chosen = await vscode.window.showWarningMessage(`Wrote ${count} to ${where}; the plan has faults.`, show, log);
  }
  if (chosen === log) {
    connection.log.show();
  } else if (chosen === show) {
    const file = await vscode.window.showQuickPick(files, { placeHolder: "Open a file that was built" });
    if (file) {
      await vscode.commands.executeCommand("vscode.open", vscode.Uri.joinPath(vscode.Uri.file(folder), file));
    }
  }
}
