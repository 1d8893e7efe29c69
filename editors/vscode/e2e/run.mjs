// Runs the tests one after the other and tells how many passed.

import { chmodSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { Code } from "./editor.mjs";
import { tests } from "./tests.mjs";

const [work, ...rest] = process.argv.slice(2);
const stub = rest.includes("--stub");
const wanted = rest.filter((word) => !word.startsWith("--"));

/** A program that is the small server, in one of its moods. It leaves the file `trace`, if one is named. */
function server(mood, trace) {
  const file = join(work, `server-${mood || "stub"}`);
  const script = join(dirname(fileURLToPath(import.meta.url)), "stub-server.js");
  writeFileSync(file, `#!/bin/sh\n${trace ? `touch "${trace}"\n` : ""}MILEPOST_STUB=${mood} exec "${process.execPath}" "${script}" "$@"\n`);
  chmodSync(file, 0o755);
  return file;
}

mkdirSync(work, { recursive: true });
const code = await Code.start(work);
let passed = 0;
let failed = 0;
for (const { name, run } of tests) {
  if (wanted.length > 0 && !wanted.some((word) => name.includes(word))) {
    continue;
  }
  const slug = name.toLowerCase().replace(/[^a-z]+/g, "-");
  const started = Date.now();
  const windows = [];
  const open = async (file = "june.plan", options = {}) => {
    const settings = { ...(stub && options.own !== false ? { "milepost.server.path": server("") } : {}), ...options.settings };
    const window = await code.open(slug, file, { ...options, settings });
    windows.push(window);
    return window;
  };
  try {
    await run({ open, server, exists: existsSync });
    passed++;
    console.log(`ok      ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
  } catch (error) {
    failed++;
    console.log(`FAILED  ${name}\n        ${String(error?.message ?? error).split("\n").slice(0, 12).join("\n        ")}`);
    for (const [number, window] of windows.entries()) {
      await window.shot(`failed-${slug}${number > 0 ? number : ""}`).catch(() => {});
    }
  }
  for (const window of windows) {
    await window.close().catch(() => {});
  }
}
await code.stop();
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 || passed === 0 ? 1 : 0);
