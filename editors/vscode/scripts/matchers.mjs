// Checks that the problem matchers find what `milepost check` says: test/check.txt holds a sample of each kind.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = join(dirname(fileURLToPath(import.meta.url)), "..");
const { contributes } = JSON.parse(readFileSync(join(here, "package.json"), "utf8"));
const lines = readFileSync(process.argv[2] ?? join(here, "test/check.txt"), "utf8").split("\n");

const found = [];
for (let at = 0; at < lines.length; at++) {
  for (const { severity, pattern } of contributes.problemMatchers) {
    const problem = { severity };
    const matches = pattern.every(({ regexp, ...groups }, row) => {
      const match = new RegExp(regexp).exec(lines[at + row] ?? "");
      for (const [name, group] of Object.entries(match ? groups : {})) {
        problem[name] = match[group];
      }
      return match;
    });
    if (matches) {
      found.push(`${problem.file}:${problem.line}:${problem.column} ${severity} ${problem.code}: ${problem.message}`);
    }
  }
}
if (process.argv[2]) {
  console.log(found.join("\n"));
} else {
  assert.deepEqual(found, [
    "june.plan:11:22 error syntax::unexpected: expected `outcome` or `activity`, found `activty`",
    "june.plan:15:22 error smart::attainable::ceiling: `mei` is asked for 104 tastings on 2026-06-01, where at most 40 fit, and for too many on 21",
    "people.plan:4:3 warning name::twice: it is said twice",
  ]);
}
