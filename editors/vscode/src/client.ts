// The language client: starts the server, says how it is, tells what failed.

import * as vscode from "vscode";
import {
  type DynamicFeature,
  LanguageClient,
  type LanguageClientOptions,
  State,
  type StaticFeature,
} from "vscode-languageclient/node";

import { find, ServerProblem } from "./server.js";

/** How the server is. */
export type Health = "starting" | "ready" | "failed" | "stopped";

class Client extends LanguageClient {
  // The palette has commands of the same names as the server's, which ask it with the right arguments.
  override registerFeature(feature: StaticFeature | DynamicFeature<unknown>): void {
    const method = "registrationType" in feature ? feature.registrationType.method : undefined;
    if (method !== "workspace/executeCommand") {
      super.registerFeature(feature);
    }
  }
}

/** The server of this window. */
export class Connection implements vscode.Disposable {
  readonly log = vscode.window.createOutputChannel("Milepost", { log: true });
  private readonly changed = new vscode.EventEmitter<Health>();
  readonly onChanged = this.changed.event;
  private readonly previews = new vscode.EventEmitter<string>();
  /** Another preview is there; with the plan's address. */
  readonly onPreviewChanged = this.previews.event;
  private client: Client | undefined;
  private turn: Promise<void> = Promise.resolve();
  health: Health = "stopped";
  /** What is known about the server, for people. */
  about = "";

  constructor(private readonly context: vscode.ExtensionContext) {}

  /** Starts the server, anew if it runs. */
  restart(): Promise<void> {
    this.turn = this.turn.then(() => this.begin()).catch((error: unknown) => this.log.error(String(error)));
    return this.turn;
  }

  private async begin(): Promise<void> {
    await this.end();
    this.tell("starting", "");
    try {
      const { version } = this.context.extension.packageJSON as { version: string };
      // In a workspace that is not trusted this is what the user says, whatever the workspace does.
      const setting = vscode.workspace.getConfiguration("milepost").get("server.path", "").trim();
      const server = await find(this.context.extensionPath, version, setting);
      this.log.info(`language server ${server.version}: ${server.command}`);
      const client = new Client("milepost", "Milepost", { command: server.command, args: [] }, this.options());
      this.client = client;
      client.onDidChangeState(({ newState }) => this.state(client, newState));
      client.onNotification("milepost/previewChanged", ({ uri }: { uri: string }) => this.previews.fire(uri));
      this.about = `milepost-lsp ${server.version}`;
      await client.start();
    } catch (error) {
      await this.failed(error);
    }
  }

  private options(): LanguageClientOptions {
    return {
      documentSelector: [
        { scheme: "file", language: "milepost" },
        { scheme: "untitled", language: "milepost" },
      ],
      // The server then says when a preview is another, and its lenses open one. It starts anew when the workspace is trusted.
      initializationOptions: { preview: true, diff: vscode.workspace.isTrusted },
      outputChannel: this.log,
      markdown: { isTrusted: false, supportHtml: false },
    };
  }

  private state(client: Client, state: State): void {
    if (client !== this.client) {
      return;
    }
    if (state === State.Running) {
      this.tell("ready", this.about);
    } else if (state === State.Starting) {
      this.tell("starting", this.about);
    } else if (this.health !== "failed") {
      this.tell("stopped", "The language server has stopped.");
    }
  }

  private async failed(error: unknown): Promise<void> {
    const message =
      error instanceof ServerProblem
        ? error.message
        : `The language server did not start: ${error instanceof Error ? error.message : String(error)}`;
    this.log.error(message);
    this.tell("failed", message);
    const [settings, log] = ["Open Settings", "Show Log"];
    void vscode.window.showErrorMessage(message, settings, log).then((chosen) => {
      if (chosen === settings) {
        void vscode.commands.executeCommand("workbench.action.openSettings", "milepost.server.path");
      } else if (chosen === log) {
        this.log.show();
      }
    });
  }

  private tell(health: Health, about: string): void {
    this.health = health;
    this.about = about;
    this.changed.fire(health);
  }

  /** Asks the server. */
  async request<R>(method: string, parameters: object, token?: vscode.CancellationToken): Promise<R> {
    await this.turn;
    if (!this.client?.isRunning()) {
      throw new Error(this.about || "The language server does not run.");
    }
    // A token that is there but undefined would be sent as a second parameter.
    return token ? this.client.sendRequest<R>(method, parameters, token) : this.client.sendRequest<R>(method, parameters);
  }

  /** Has the server do one of its commands. */
  command<R>(command: string, argument: object): Promise<R> {
    return this.request("workspace/executeCommand", { command, arguments: [argument] });
  }

  private async end(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    try {
      await client?.dispose(2000);
    } catch (error) {
      this.log.warn(String(error));
    }
  }

  async stop(): Promise<void> {
    await this.turn;
    await this.end();
  }

  dispose(): void {
    this.changed.dispose();
    this.previews.dispose();
    this.log.dispose();
  }
}
