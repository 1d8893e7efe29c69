#!/usr/bin/env python3
"""From a keystroke to published diagnostics, as a client sees it over standard input and output, beside `ruff server`.

    cargo build --release -p milepost-lsp && pip install ruff && python3 lsp/benches/latency.py [LINES ...]

A plan of 1,000, 10,000 and 100,000 lines is edited as people edit: a digit is changed, a statement is typed sign by sign, a key
result is added and taken away, a brace is left open and closed; a reading, a focus, a title of a metric and a waiver are typed. Each edit is sent when the answer to the one before has arrived.
Then completion and hover are asked for, each right after an edit. Servers take turns, so that a machine that slows down slows both.
"""

import json
import pathlib
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
SERVER = ROOT / "target/release/milepost-lsp"


def long_plan(lines):
    """A plan of about that many lines: people, funnels and goals of ten lines each."""
    text = ["plan long {", "  period 2026-Q1; currency CNY", "}", "metric revenue { unit CNY }", "metric orders",
            'metric visits "" { kind activity }']
    block = 0
    while len(text) < lines:
        text += [f"team t{block} {{", f"  person a{block} {{ weight 2 }}", f"  person b{block}", "}",
                 f"funnel f{block} {{", "  revenue <- orders 40k CNY each", "  orders <- visits 1 in 20", "}",
                 f"objective o{block} {{", f"  owner t{block}", "  key-result book {",
                 f"    measure revenue {100 + block}k CNY by 2026-03-31", f"    through f{block}",
                 f"    share t{block} by capacity", '    scope "one of many"', "  }", "}"]
        block += 1
    text += ["actual visits {"] + [f"  2026-01-{5 + day:02} a{day} 3" for day in range(20)] + ["}"]
    text += ["smart {", "  attainable growth 5%..30%", "}"]
    return text


def long_program(lines):
    text = ["import math"]
    while len(text) < lines:
        n = len(text)
        text += [f"def area_{n}(radius):", f'    """The area of circle {n}."""', f"    factor = {n}",
                 "    return factor * math.pi * radius ** 2", "", ""]
    return text


class Client:
    """An editor with one text."""

    def __init__(self, command, path, language, text):
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        self.uri = path.as_uri()
        self.lines = list(text)
        self.version = 1
        self.id = 0
        self.arrived = threading.Condition()
        self.answers = {}
        self.published = {}
        threading.Thread(target=self.read, daemon=True).start()
        capabilities = {"textDocument": {"publishDiagnostics": {"versionSupport": True}}}
        self.ask("initialize", {"processId": None, "rootUri": path.parent.as_uri(), "capabilities": capabilities,
                                "workspaceFolders": [{"uri": path.parent.as_uri(), "name": "w"}]})
        self.tell("initialized", {})
        began = time.perf_counter()
        self.tell("textDocument/didOpen", {"textDocument": {"uri": self.uri, "languageId": language, "version": 1,
                                                            "text": "\n".join(self.lines)}})
        self.wait(lambda: self.published.get(self.uri, 0) >= 1)
        self.opened = time.perf_counter() - began

    def read(self):
        output = self.process.stdout
        while True:
            length = 0
            while line := output.readline().strip():
                if line.lower().startswith(b"content-length:"):
                    length = int(line.split(b":")[1])
            if length == 0:
                return
            message = json.loads(output.read(length))
            with self.arrived:
                if message.get("method") == "textDocument/publishDiagnostics":
                    said = message["params"]
                    self.published[said["uri"]] = said.get("version") or self.version
                elif "method" in message and "id" in message:
                    self.send({"id": message["id"], "result": None})
                elif "id" in message:
                    self.answers[message["id"]] = message
                self.arrived.notify_all()

    def send(self, message):
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.process.stdin.flush()

    def tell(self, method, params):
        self.send({"method": method, "params": params})

    def wait(self, ready):
        with self.arrived:
            if not self.arrived.wait_for(ready, timeout=60):
                raise SystemExit(f"no answer of {self.process.args}")

    def ask(self, method, params):
        self.id += 1
        asked = self.id
        self.send({"id": asked, "method": method, "params": params})
        self.wait(lambda: asked in self.answers)
        return self.answers.pop(asked)

    def edit(self, line, start, end, text):
        """Replaces a part of a line, and waits for what is said of it; gives back the milliseconds that took."""
        whole = "\n".join([self.lines[line][:start] + text + self.lines[line][end:]])
        self.lines[line:line + 1] = whole.split("\n")
        self.version += 1
        version = self.version
        change = {"range": {"start": {"line": line, "character": start}, "end": {"line": line, "character": end}}, "text": text}
        began = time.perf_counter()
        self.tell("textDocument/didChange", {"textDocument": {"uri": self.uri, "version": version}, "contentChanges": [change]})
        self.wait(lambda: self.published.get(self.uri, 0) >= version)
        return (time.perf_counter() - began) * 1000

    def request(self, method, line, character):
        place = {"textDocument": {"uri": self.uri}, "position": {"line": line, "character": character}}
        began = time.perf_counter()
        answer = self.ask(method, place)
        took = (time.perf_counter() - began) * 1000
        assert "error" not in answer, answer
        return took, answer["result"]

    def memory(self):
        """The most memory it has had, in MiB."""
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(status.split("VmHWM:")[1].split()[0]) / 1024

    def end(self):
        self.process.kill()
        self.process.wait()


def lines_with(client, word):
    return [number for number, line in enumerate(client.lines) if word in line]


def digits(client, dice, word):
    """One digit of the first number of a line with that word is another one."""
    line = dice.choice(lines_with(client, word))
    text = client.lines[line]
    first = re.search(r"\d+", text)
    at = dice.randrange(*first.span())
    return client.edit(line, at, at + 1, dice.choice("123456789"))


def typed(client, line, column, text):
    """A text is typed sign by sign."""
    for index, sign in enumerate(text):
        yield client.edit(line, column + index, column + index, sign)


def plan_edits(client, dice, count):
    """Milliseconds of each edit, by what kind of edit it is."""
    kinds = ["digit", "statement", "key result", "person", "brace", "reading", "focus", "metric's title", "waiver"]
    took = {kind: [] for kind in kinds}
    for _ in range(count):
        took["digit"].append(digits(client, dice, "measure revenue"))
    for _ in range(max(count // 20, 1)):
        line = dice.choice(lines_with(client, "scope"))
        end = len(client.lines[line])
        took["statement"] += typed(client, line, end, '; why "new"; weight 2')
        took["statement"].append(client.edit(line, end, len(client.lines[line]), ""))
    for _ in range(max(count // 40, 1)):
        line = dice.choice(lines_with(client, "  owner t"))
        end = len(client.lines[line])
        took["key result"] += typed(client, line, end, "; key-result more { measure visits 20 }")
        took["key result"].append(client.edit(line, end, len(client.lines[line]), ""))
        line = dice.choice(lines_with(client, "  person b"))
        end = len(client.lines[line])
        took["person"] += typed(client, line, end, "; person new-one { weight 3 }")
        took["person"].append(client.edit(line, end, len(client.lines[line]), ""))
        line = dice.choice(lines_with(client, "funnel f"))
        end = len(client.lines[line])
        took["brace"].append(client.edit(line, end - 1, end, ""))
        took["brace"].append(client.edit(line, end - 1, end - 1, "{"))
        for kind, word, behind, text in [
            ("reading", "  2026-01-", "", '; 2026-02-03 b1 4 "two cancelled"'),
            ("focus", "  period 2026", "", '; focus 2026-02 "the fair"'),
            ("metric's title", "metric visits", 'metric visits "', "Visits to shops"),
            ("waiver", "attainable growth", "", '; waive relevant.supports on o3 "as agreed"'),
        ]:
            line = dice.choice(lines_with(client, word))
            start = len(behind) or len(client.lines[line])
            took[kind] += typed(client, line, start, text)
            took[kind].append(client.edit(line, start, start + len(text), ""))
    return took


def quantile(values, part):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))]


def row(name, values):
    print(f"  {name:<28} p50 {statistics.median(values):8.2f} ms   p99 {quantile(values, 0.99):8.2f} ms   max {max(values):8.2f} ms   of {len(values)}")


def main():
    sizes = [int(size) for size in sys.argv[1:]] or [1_000, 10_000, 100_000]
    ruff = shutil.which("ruff")
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        for size in sizes:
            dice = random.Random(size)
            count = 200 if size <= 10_000 else 100
            plan = folder / f"{size}.plan"
            plan.write_text("\n".join(long_plan(size)))
            client = Client([str(SERVER)], plan, "milepost", long_plan(size))
            print(f"{size:,} lines")
            print(f"  opened in {client.opened * 1000:.0f} ms")
            peer = None
            if ruff:
                program = folder / f"program_{size}.py"
                program.write_text("\n".join(long_program(size)))
                peer = Client([ruff, "server"], program, "python", long_program(size))
            of_peer = []
            took = {}
            for _ in range(4):
                for kind, values in plan_edits(client, dice, count // 4).items():
                    took.setdefault(kind, []).extend(values)
                if peer:
                    of_peer += [digits(peer, dice, "factor = ") for _ in range(max(count // 8, 5))]
            for kind, values in took.items():
                row(f"keystroke: {kind}", values)
            row("keystroke: all", [value for values in took.values() for value in values])
            completions, hovers = [], []
            for _ in range(count):
                digits(client, dice, "measure revenue")
                line = dice.choice(lines_with(client, "through"))
                took_so_long, found = client.request("textDocument/completion", line, len(client.lines[line]))
                assert found["items"], found
                completions.append(took_so_long)
                line = dice.choice(lines_with(client, "measure revenue"))
                took_so_long, found = client.request("textDocument/hover", line, 22)
                assert found, client.lines[line]
                hovers.append(took_so_long)
            row("completion", completions)
            row("hover", hovers)
            print(f"  memory {client.memory():.0f} MiB")
            client.end()
            if peer:
                row("ruff server, keystroke", of_peer)
                print(f"  ruff server, memory {peer.memory():.0f} MiB")
                peer.end()


if __name__ == "__main__":
    main()
