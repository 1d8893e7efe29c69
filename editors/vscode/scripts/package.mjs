// Puts the language server and the command line, which it builds plans with, into the extension and packs all, for the
// machine this runs on. MILEPOST_LSP names a server that is built already, with `milepost` beside it; else release builds
// are made.

import { execFileSync } from "node:child_process";
import { chmodSync, copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = join(dirname(fileURLToPath(import.meta.url)), "..");
const root = join(here, "../..");
const ending = process.platform === "win32" ? ".exe" : "";
const run = (command, ...args) => execFileSync(command, args, { cwd: root, stdio: "inherit" });

let folder = process.env.MILEPOST_LSP && dirname(process.env.MILEPOST_LSP);
if (!folder) {
  run("cargo", "build", "--release", "--package", "milepost-lsp", "--package", "milepost");
  const told = execFileSync("cargo", ["metadata", "--no-deps", "--format-version=1"], { cwd: root, maxBuffer: 1e9 });
  folder = join(JSON.parse(told).target_directory, "release");
}

rmSync(join(here, "server"), { recursive: true, force: true });
mkdirSync(join(here, "server"));
for (const program of [`milepost-lsp${ending}`, `milepost${ending}`]) {
  copyFileSync(join(folder, program), join(here, "server", program));
  chmodSync(join(here, "server", program), 0o755);
}
const licenses = ["LICENSE-MIT", "LICENSE-APACHE"].map((name) => readFileSync(join(root, name), "utf8"));
writeFileSync(join(here, "LICENSE.txt"), `Under either of these two, as you like.\n\n${licenses.join("\n\n")}`);

const out = process.argv[2] ?? join(here, "milepost.vsix");
const target = `${process.platform}-${process.arch}`;
execFileSync(
  process.execPath,
  [join(here, "node_modules/@vscode/vsce/vsce"), "package", "--no-dependencies", "--allow-missing-repository", "--target", target, "--out", out],
  { cwd: here, stdio: "inherit" },
);
