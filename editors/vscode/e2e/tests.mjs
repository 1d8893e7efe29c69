// What must work in the editor.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { join } from "node:path";

const MISTAKE = { "june.plan": (text) => text.replace("through field-sales", "through feild-sales") };

export const tests = [];
const test = (name, run) => tests.push({ name, run });

test("a mistake is underlined and listed", async ({ open }) => {
  const window = await open("june.plan", { edit: MISTAKE });
  await window.squiggle();
  await window.page.keyboard.press("Control+Shift+M");
  await window.page.locator(".markers-panel", { hasText: "feild-sales" }).waitFor();
  await window.shot("squiggle");
});

test("a server that never publishes is noticed", async ({ open, server }) => {
  const window = await open("june.plan", { edit: MISTAKE, settings: { "milepost.server.path": server("silent") } });
  await window.ready();
  await assert.rejects(window.squiggle(5000), /Timeout/);
});

test("a name is told about on hover", async ({ open }) => {
  const window = await open();
  await window.ready();
  await window.until("a hover is shown", async () => {
    await window.page.mouse.move(5, 5);
    await window.word("field-sales").last().hover();
    const hover = window.page.locator(".monaco-hover:not(.hidden)", { hasText: /field-sales|funnel/ }).first();
    await hover.waitFor({ timeout: 2000 });
    return true;
  });
  await window.page.waitForTimeout(500);
  await window.shot("hover");
});

test("statements are proposed", async ({ open }) => {
  const window = await open();
  await window.ready();
  await window.goTo(window.line("june.plan", "share sales evenly"), 80);
  await window.page.keyboard.press("Enter");
  // No snippet of the extension begins like that.
  await window.page.keyboard.type("thr", { delay: 40 });
  const widget = window.page.locator(".suggest-widget.visible");
  await widget.locator(".monaco-list-row", { hasText: /^threshold/ }).first().waitFor();
  await window.shot("completion");
});

test("a quick fix mends a mistake", async ({ open }) => {
  const window = await open("june.plan", { edit: MISTAKE });
  await window.squiggle();
  await window.goTo(window.line("june.plan", "through"), 15);
  const fix = window.page.locator(".action-widget .monaco-list-row", { hasText: "field-sales" }).first();
  await window.until("a fix is offered", async () => {
    await window.page.keyboard.press("Control+.");
    await fix.waitFor({ timeout: 2000 });
    return true;
  });
  await window.shot("quick-fix");
  await window.page.keyboard.press("Enter");
  await window.page.locator(".squiggly-error").first().waitFor({ state: "detached" });
  await window.page.keyboard.press("Control+S");
  await window.until("it is on disk", () => window.read("june.plan").includes("through field-sales"));
});

test("rename changes both files", async ({ open }) => {
  const window = await open();
  await window.ready();
  const line = window.line("june.plan", "pin liu");
  await window.goTo(line, window.read("june.plan").split("\n")[line - 1].indexOf("liu") + 2);
  const box = window.page.locator(".rename-box input");
  await window.until("a name is asked for", async () => {
    await window.page.keyboard.press("F2");
    await box.waitFor({ timeout: 2000 });
    return true;
  });
  await box.fill("liu-yang");
  await window.shot("rename");
  await window.page.keyboard.press("Enter");
  await window.word("liu-yang").waitFor();
  await window.command("File: Save All");
  await window.until("both are on disk", () =>
    window.read("june.plan").includes("pin liu-yang 240k") && window.read("people.plan").includes("person liu-yang"));
  assert.ok(window.read("people.plan").includes('"Liu Yang"'), "titles stay");
});

test("a name is one word, in Chinese and with a dash", async ({ open }) => {
  const window = await open("june.plan", {
    edit: { "june.plan": (text) => text.replace("objective win-june", "objective 北区-六月") },
  });
  await window.word("北区-六月").dblclick();
  await window.page.locator(".statusbar-item", { hasText: "(5 selected)" }).waitFor();
});

test("a save formats", async ({ open }) => {
  const window = await open("june.plan", {
    settings: { "[milepost]": { "editor.formatOnSave": true } },
    edit: { "june.plan": (text) => text.replace("    through field-sales", "  through    field-sales") },
  });
  await window.ready();
  await window.goTo(1, 80);
  await window.page.keyboard.type("!");
  await window.page.keyboard.press("Control+S");
  await window.until("it is formatted on disk", () => {
    const text = window.read("june.plan");
    return text.includes("a day?!") && text.includes("\n    through field-sales\n");
  });
});

test("the preview follows", async ({ open }) => {
  const window = await open();
  await window.ready();
  const measure = window.line("june.plan", "measure revenue");
  await window.goTo(measure, 28);
  await window.command("Milepost: Open Preview to the Side");
  const plan = window.preview().locator("#plan");
  await window.until("there is something", async () => (await plan.innerText()).includes("1"));
  await window.shot("preview");
  const before = await plan.innerText();

  // It changes while one types.
  await window.goTo(measure, window.read("june.plan").split("\n")[measure - 1].indexOf("1M") + 1);
  await window.page.keyboard.press("Shift+ArrowRight");
  await window.page.keyboard.type("2");
  await window.until("it has changed", async () => (await plan.innerText()) !== before && /2/.test(await plan.innerText()));
  const good = await plan.innerText();

  // A broken line leaves it as it was, and says so.
  await window.goTo(window.line("june.plan", "through"), 15);
  await window.page.keyboard.type("x");
  const note = window.preview().locator("#note");
  await note.waitFor({ state: "visible" });
  assert.equal(await plan.innerText(), good);
  await window.shot("preview-broken");
  await window.page.keyboard.press("Backspace");
  await note.waitFor({ state: "hidden" });

  // A click leads to the line that says so.
  const first = window.preview().locator("[data-line]").first();
  const line = Number(await first.getAttribute("data-line")) + 1;
  await window.goTo(line === 1 ? 2 : 1);
  await first.click();
  await window.cursor(line);

  // Nothing that comes with the HTML is run.
  const title = await window.preview().locator("html").evaluate(() => document.title);
  assert.equal(title, "Milepost");
});

test("the preview is light and narrow too", async ({ open }) => {
  const window = await open("june.plan", { dark: false, size: { width: 900, height: 700 } });
  await window.ready();
  await window.goTo(window.line("june.plan", "measure revenue"), 28);
  await window.command("Milepost: Open Preview to the Side");
  const plan = window.preview().locator("#plan");
  await window.until("there is something", async () => (await plan.innerText()).includes("1"));
  await window.shot("preview-light");
});

test("what stands above a goal opens its preview", async ({ open }) => {
  const window = await open();
  const lens = window.page.locator(".codelens-decoration a", { hasText: /goal|key result/ }).first();
  await lens.waitFor();
  await lens.click();
  const plan = window.preview().locator("#plan");
  await window.until("there is something", async () => (await plan.innerText()).includes("million"));
});

test("build writes the files", async ({ open, exists }) => {
  const window = await open();
  await window.ready();
  await window.goTo(1);
  await window.command("Milepost: Build Plan");
  await window.until("they are there", () =>
    exists(join(window.folder, "out/plan.csv")) && exists(join(window.folder, "out/calendar.ics")));
  await window.page.locator(".notification-toast", { hasText: /Wrote \d+ files to out/ }).waitFor();
  await window.shot("build");
});

test("the status is shown beside", async ({ open }) => {
  const window = await open();
  await window.ready();
  await window.goTo(1);
  await window.command("Milepost: Show Status of Plan");
  await window.page.locator(".tab", { hasText: "Status of june.plan" }).waitFor();
  await window.page.locator(".view-line", { hasText: "book" }).nth(1).waitFor();
  await window.shot("status");
});

test("a number is explained", async ({ open }) => {
  const window = await open();
  await window.ready();
  await window.goTo(window.line("june.plan", "measure revenue"), 22);
  await window.command("Milepost: Explain the Number Here");
  const body = window.preview().locator("body");
  await window.until("there is an explanation", async () => /measure|target of win-june/.test(await body.innerText()));
  await window.shot("explain");
});

test("what is typed is compared with what was committed", async ({ open }) => {
  // In a browser the editor would save by itself.
  const window = await open("june.plan", { settings: { "files.autoSave": "off" } });
  const git = (...words) => execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@example.org", ...words], {
    cwd: window.folder,
    env: { ...process.env, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_NOSYSTEM: "1" },
  });
  git("init", "-q");
  git("add", "-A");
  git("commit", "-q", "-m", "plans");
  await window.ready();
  const body = window.preview().locator("body");
  const lens = window.page.locator(".codelens-decoration a", { hasText: "Diff against HEAD" });
  await lens.waitFor();
  await lens.click();
  await window.until("nothing is", async () => (await body.innerText()).includes("No change in meaning"));

  // It is not saved, and the page that is there shows it.
  const line = window.line("june.plan", "pin liu");
  await window.goTo(line, window.read("june.plan").split("\n")[line - 1].indexOf("240k") + 1);
  await window.page.keyboard.type("1");
  await window.page.keyboard.press("Delete");
  await window.command("Milepost: Diff Against HEAD");
  await window.until("an edit is", async () => /1 change\b/.test(await body.innerText()));
  await window.shot("diff");
  assert.equal(await window.page.locator(".tab", { hasText: "Diff of june.plan against HEAD" }).count(), 1);
  assert.ok(window.read("june.plan").includes("240k"), "it was saved");
});

test("a server that is not there is told about", async ({ open }) => {
  const window = await open("june.plan", { settings: { "milepost.server.path": "/nowhere/milepost-lsp" } });
  await window.page.locator(".notification-toast", { hasText: "there is no such file" }).waitFor();
  await window.shot("no-server");
});

test("a server of another version is told about", async ({ open, server }) => {
  const window = await open("june.plan", { settings: { "milepost.server.path": server("old") } });
  await window.page.locator(".notification-toast", { hasText: "is version 0.0.9" }).waitFor();
});

test("a workspace that is not trusted runs nothing of its own", async ({ open, server, exists }) => {
  // Its settings name a program that would leave a trace.
  const window = await open("june.plan", {
    edit: MISTAKE,
    settings: { "security.workspace.trust.enabled": true, "security.workspace.trust.startupPrompt": "never" },
    add: (folder) => ({
      ".vscode/settings.json": JSON.stringify({ "milepost.server.path": server("trace", join(folder, "trace")) }),
    }),
  });
  await window.page.locator(".statusbar-item", { hasText: "Restricted Mode" }).waitFor();
  await window.squiggle();
  await window.command("Milepost: Restart Language Server");
  await window.ready();
  assert.ok(!exists(join(window.folder, "trace")), "the workspace's program has run");
  // Nor is git offered, whose settings may come with the workspace.
  await window.page.locator(".codelens-decoration a", { hasText: /goal|key result/ }).first().waitFor();
  assert.equal(await window.page.locator(".codelens-decoration a", { hasText: "Diff against HEAD" }).count(), 0);
  await window.shot("untrusted");
});

test("a trusted workspace may name a server", async ({ open, server, exists }) => {
  const window = await open("june.plan", {
    edit: MISTAKE,
    own: false,
    add: (folder) => ({
      ".vscode/settings.json": JSON.stringify({ "milepost.server.path": server("trace", join(folder, "trace")) }),
    }),
  });
  await window.squiggle();
  assert.ok(exists(join(window.folder, "trace")));
});
