// Puts the language server into the extension and packs both, for the machine this runs on.
// MILEPOST_LSP names a server that is built already; else a release build is made.

import { execFileSync } from "node:child_process";
import { chmodSync, copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = join(dirname(fileURLToPath(import.meta.url)), "..");
const root = join(here, "../..");
const program = process.platform === "win32" ? "milepost-lsp.exe" : "milepost-lsp";
const run = (command, ...args) => execFileSync(command, args, { cwd: root, stdio: "inherit" });

let server = process.env.MILEPOST_LSP;
if (!server) {
  run("cargo", "build", "--release", "--package", "milepost-lsp");
  const told = execFileSync("cargo", ["metadata", "--no-deps", "--format-version=1"], { cwd: root, maxBuffer: 1e9 });
  server = join(JSON.parse(told).target_directory, "release", program);
}

rmSync(join(here, "server"), { recursive: true, force: true });
mkdirSync(join(here, "server"));
copyFileSync(server, join(here, "server", program));
chmodSync(join(here, "server", program), 0o755);
const licenses = ["LICENSE-MIT", "LICENSE-APACHE"].map((name) => readFileSync(join(root, name), "utf8"));
writeFileSync(join(here, "LICENSE.txt"), `Under either of these two, as you like.\n\n${licenses.join("\n\n")}`);

const out = process.argv[2] ?? join(here, "milepost.vsix");
const target = `${process.platform}-${process.arch}`;
execFileSync(
  process.execPath,
  [join(here, "node_modules/@vscode/vsce/vsce"), "package", "--no-dependencies", "--allow-missing-repository", "--target", target, "--out", out],
  { cwd: here, stdio: "inherit" },
);
