// A VS Code in a browser, and what a person does with it.

import { spawn } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { chromium } from "playwright-core";

const here = dirname(fileURLToPath(import.meta.url));
const PATIENCE = 20_000;

/** How long everything that is waited for may take. */
export { PATIENCE };

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** The server of VS Code with the extension, and a browser. */
export class Code {
  static async start(work) {
    const code = new Code();
    code.work = work;
    code.data = join(work, "data");
    rmSync(code.data, { recursive: true, force: true });
    mkdirSync(join(code.data, "User"), { recursive: true });
    code.port = await freePort();
    const program = join(work, "cache/code-server/node_modules/code-server/out/node/entry.js");
    const folders = ["--user-data-dir", code.data, "--extensions-dir", join(code.data, "extensions")];
    const env = { ...process.env, XDG_CONFIG_HOME: join(code.data, "config"), XDG_DATA_HOME: code.data };
    delete env.MILEPOST_LSP;
    await finished(spawn(process.execPath, [program, ...folders, "--install-extension", join(work, "milepost.vsix")], { env }));
    code.log = [];
    code.process = spawn(
      process.execPath,
      [
        program,
        ...folders,
        ...["--bind-addr", `127.0.0.1:${code.port}`, "--auth", "none", "--disable-telemetry"],
        ...["--disable-update-check", "--disable-getting-started-override"],
      ],
      { env },
    );
    code.process.stdout.on("data", (text) => code.log.push(String(text)));
    code.process.stderr.on("data", (text) => code.log.push(String(text)));
    await code.listening();
    code.browser = await chromium.launch({
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
      args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
    });
    return code;
  }

  async listening() {
    for (let tries = 0; tries < 150; tries++) {
      const up = await fetch(`http://127.0.0.1:${this.port}/healthz`).then(({ ok }) => ok, () => false);
      if (up) {
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    throw new Error(`code-server did not start:\n${this.log.join("")}`);
  }

  /** A window on a fresh copy of the workspace with `file` open. */
  async open(name, file, { settings = {}, edit = {}, add, size = { width: 1280, height: 800 }, dark = true } = {}) {
    const folder = join(this.work, "work", name);
    rmSync(folder, { recursive: true, force: true });
    cpSync(join(here, "workspace"), folder, { recursive: true });
    for (const [path, change] of Object.entries(edit)) {
      const text = readFileSync(join(folder, path), "utf8");
      const changed = change(text);
      if (changed === text) {
        throw new Error(`${path} has nothing of what is to be changed`);
      }
      writeFileSync(join(folder, path), changed);
    }
    for (const [path, text] of Object.entries(add?.(folder) ?? {})) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const all = {
      "files.hotExit": "off",
      "workbench.startupEditor": "none",
      "workbench.colorTheme": dark ? "Default Dark Modern" : "Default Light Modern",
      "workbench.secondarySideBar.defaultVisibility": "hidden",
      "editor.minimap.enabled": false,
      "editor.accessibilitySupport": "off",
      "extensions.ignoreRecommendations": true,
      "git.enabled": false,
      "security.workspace.trust.enabled": false,
      "telemetry.telemetryLevel": "off",
      ...settings,
    };
    writeFileSync(join(this.data, "User/settings.json"), JSON.stringify(all));
    const context = await this.browser.newContext({ viewport: size });
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE);
    const payload = JSON.stringify([["openFile", `vscode-remote://127.0.0.1:${this.port}${join(folder, file)}`]]);
    await page.goto(
      `http://127.0.0.1:${this.port}/?folder=${encodeURIComponent(folder)}&payload=${encodeURIComponent(payload)}`,
    );
    const window = new Window(page, folder, this.work);
    await page.locator(".monaco-editor .view-line").first().waitFor();
    await page.keyboard.press("Control+B");
    return window;
  }

  async stop() {
    await this.browser?.close();
    this.process.kill();
  }
}

function finished(child) {
  return new Promise((resolve, reject) => {
    let said = "";
    child.stdout.on("data", (text) => (said += text));
    child.stderr.on("data", (text) => (said += text));
    child.on("exit", (status) => (status === 0 ? resolve() : reject(new Error(said))));
  });
}

/** A window of it. */
export class Window {
  constructor(page, folder, work) {
    Object.assign(this, { page, folder, work });
  }

  read(file) {
    return readFileSync(join(this.folder, file), "utf8");
  }

  /** The word in the editor. */
  word(text) {
    const exact = new RegExp(`^${text}$`, "u");
    return this.page.locator(".monaco-editor .view-line span span").filter({ hasText: exact }).first();
  }

  squiggle(timeout = PATIENCE) {
    return this.page.locator(".squiggly-error").first().waitFor({ timeout });
  }

  /** Until the extension says that its server is ready. */
  async ready() {
    await this.page.locator(".statusbar-item", { hasText: "Milepost" }).locator(".codicon-milestone").waitFor();
  }

  /** Puts the cursor there; both count from one. */
  async goTo(line, column = 1) {
    await this.page.keyboard.press("Control+1");
    await this.page.keyboard.press("Control+G");
    await this.page.locator(".quick-input-widget input").fill(`:${line}:${column}`);
    await this.page.keyboard.press("Enter");
    await this.cursor(line);
  }

  /** Until the cursor is in that line. */
  async cursor(line) {
    await this.page.locator(".statusbar-item", { hasText: new RegExp(`^Ln ${line}, Col `) }).waitFor();
  }

  /** The line of the file, from one, that has this text. */
  line(file, text) {
    return this.read(file).split("\n").findIndex((row) => row.includes(text)) + 1;
  }

  async command(name) {
    await this.page.keyboard.press("F1");
    await this.page.locator(".quick-input-widget input").fill(`>${name}`);
    const row = new RegExp(`^${name}`);
    await this.page.locator(".quick-input-list .monaco-list-row", { hasText: row }).first().click();
  }

  /** The page of the preview. */
  preview() {
    return this.page.frameLocator("iframe.webview.ready").first().frameLocator("iframe#active-frame");
  }

  async shot(name) {
    await this.page.screenshot({ path: join(this.work, `${name}.png`) });
  }

  async until(what, holds, timeout = PATIENCE) {
    const end = Date.now() + timeout;
    for (;;) {
      try {
        if (await holds()) {
          return;
        }
      } catch {
        // Not there yet.
      }
      if (Date.now() > end) {
        throw new Error(`waited in vain until ${what}`);
      }
      await this.page.waitForTimeout(100);
    }
  }

  close() {
    return this.page.context().close();
  }
}
