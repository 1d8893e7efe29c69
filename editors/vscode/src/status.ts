// The item in the status bar: how the language server is.

import * as vscode from "vscode";

import type { Connection } from "./client.js";

/** Shows it while a plan is in front. */
export function statusBar(connection: Connection): vscode.Disposable {
  const item = vscode.window.createStatusBarItem("milepost.status", vscode.StatusBarAlignment.Right, 90);
  item.name = "Milepost";
  const draw = (): void => {
    const sign = { starting: "$(loading~spin)", ready: "$(milestone)", failed: "$(error)", stopped: "$(warning)" };
    item.text = `${sign[connection.health]} Milepost`;
    item.command = connection.health === "ready" ? "milepost.showLog" : "milepost.restart";
    item.backgroundColor =
      connection.health === "failed"
        ? new vscode.ThemeColor("statusBarItem.errorBackground")
        : connection.health === "stopped"
          ? new vscode.ThemeColor("statusBarItem.warningBackground")
          : undefined;
    const tooltip = new vscode.MarkdownString("", true);
    tooltip.isTrusted = { enabledCommands: ["milepost.preview", "milepost.restart", "milepost.showLog"] };
    tooltip.appendText(connection.health === "starting" ? "The language server is starting." : connection.about);
    tooltip.appendMarkdown(
      "\n\n[Preview](command:milepost.preview) · [Restart](command:milepost.restart) · [Log](command:milepost.showLog)",
    );
    item.tooltip = tooltip;
    if (vscode.window.activeTextEditor?.document.languageId === "milepost") {
      item.show();
    } else {
      item.hide();
    }
  };
  draw();
  return vscode.Disposable.from(
    item,
    connection.onChanged(draw),
    vscode.window.onDidChangeActiveTextEditor(draw),
  );
}
