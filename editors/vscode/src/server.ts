// Which language server is run, and whether it is one that this extension can talk to.

import { execFile } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";

/** The server to run, and where it was found. */
export interface Server {
  command: string;
  version: string;
}

/** Why there is none, and what to do about it. */
export class ServerProblem extends Error {}

const PROGRAM = process.platform === "win32" ? "milepost-lsp.exe" : "milepost-lsp";
const PATIENCE = 10_000;

/** The server of the setting, else the one inside the extension, else the one on the path. */
export async function find(extension: string, version: string, setting: string): Promise<Server> {
  const command = locate(extension, setting);
  return { command, version: await checked(command, version, setting !== "") };
}

function locate(extension: string, setting: string): string {
  if (setting !== "") {
    if (!path.isAbsolute(setting)) {
      throw new ServerProblem(
        `The setting milepost.server.path is “${setting}”, which is not an absolute path. Write the whole path, or leave it empty to use the server that comes with the extension.`,
      );
    }
    if (!isFile(setting)) {
      throw new ServerProblem(
        `The setting milepost.server.path is “${setting}”, and there is no such file. Correct it, or leave it empty to use the server that comes with the extension.`,
      );
    }
    return setting;
  }
  const bundled = path.join(extension, "server", PROGRAM);
  if (isFile(bundled)) {
    return bundled;
  }
  for (const folder of (process.env["PATH"] ?? "").split(path.delimiter)) {
    // A relative folder would make a program of the workspace the server.
    const candidate = path.join(folder, PROGRAM);
    if (path.isAbsolute(folder) && isFile(candidate)) {
      return candidate;
    }
  }
  throw new ServerProblem(
    "No language server was found: none came with the extension, and there is no milepost-lsp on the PATH. Install one with “cargo install --path lsp” in a clone of Milepost, or say where it is in the setting milepost.server.path.",
  );
}

function isFile(file: string): boolean {
  try {
    return fs.statSync(file).isFile();
  } catch {
    return false;
  }
}

async function checked(command: string, wanted: string, chosen: boolean): Promise<string> {
  const told = await ask(command);
  const found = /^milepost-lsp (\d+)\.(\d+)\.(\S+)/.exec(told);
  if (!found) {
    throw new ServerProblem(
      `“${command}” is not a Milepost language server: asked for its version it said “${told.trim().slice(0, 80)}”. ${correct(chosen)}`,
    );
  }
  const [, major, minor, patch] = found;
  const [wantedMajor, wantedMinor] = wanted.split(".");
  const version = `${major}.${minor}.${patch}`;
  if (major !== wantedMajor || minor !== wantedMinor) {
    throw new ServerProblem(
      `The language server “${command}” is version ${version}, and this extension needs ${wantedMajor}.${wantedMinor}. Update whichever is older. ${correct(chosen)}`,
    );
  }
  return version;
}

function correct(chosen: boolean): string {
  return chosen
    ? "The setting milepost.server.path names it; leave it empty to use the server that comes with the extension."
    : "Name another in the setting milepost.server.path.";
}

function ask(command: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = execFile(command, ["--version"], { timeout: PATIENCE, windowsHide: true }, (error, out) => {
      if (error) {
        reject(
          new ServerProblem(
            `The language server “${command}” does not run: ${error.killed ? "it gave no answer" : error.message.trim()}. Try “${command} --version” in a terminal.`,
          ),
        );
      } else {
        resolve(out);
      }
    });
    child.stdin?.end();
  });
}
