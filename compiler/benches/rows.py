#!/usr/bin/env python3
"""User seconds and peak memory of `milepost`, beside hledger's on the same work where hledger is installed.

    cargo build --release && python3 compiler/benches/rows.py [--large]

W is 1,000 (person x goal) pairs on every weekday of 2026: 261,000 dated rows. Then `check` and `diff` of long plans (beside git's diff of
their text), and `status` with a million readings from a table. `--large` adds 1,000 people x 100 goals, 26.1 million rows. Runs alternate, so that a machine that slows down slows both.
"""

import argparse
import datetime
import os
import pathlib
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]


def plan(people, goals):
    lines = ["plan w { period 2026 }", "metric visits { kind activity }", "team all {"]
    lines += [f"  person p{n}" for n in range(people)]
    lines += ["}", "objective o { owner all"]
    for goal in range(goals):
        lines.append(f"  key-result k{goal} {{ measure visits {people * 500 + goal} by 2026-12-31; share all evenly }}")
    return "\n".join(lines + ["}", ""])


def long_plan(lines):
    """A plan of about that many lines: people, funnels and goals of ten lines each."""
    text = ["plan long { period 2026-Q1; currency CNY }", "metric revenue { unit CNY }", "metric orders",
            "metric visits { kind activity }"]
    block = 0
    while len(text) < lines:
        text += [f"team t{block} {{", f"  person a{block} {{ weight 2 }}", f"  person b{block}", "}",
                 f"funnel f{block} {{", "  revenue <- orders 40k CNY each", "  orders <- visits 1 in 20", "}",
                 f"objective o{block} {{", f"  owner t{block}", "  key-result book {",
                 f"    measure revenue {100 + block}k CNY by 2026-03-31", f"    through f{block}",
                 f"    share t{block} by capacity", '    scope "one of many"', "  }", "}"]
        block += 1
    return "\n".join(text + [""])


def journal(pairs):
    lines = [f"~ every weekday from 2026-01-01 to 2027-01-01\n  (p{n}:visits)  2\n" for n in range(pairs)]
    return "\n".join(lines)


def actuals(folder, rows, people):
    """A plan for `people` people, alone and with a table of so many readings."""
    text = ["plan a { period 2026 }", "metric visits { kind activity }", "metric orders", "funnel f { orders <- visits 1 in 20 }",
            "team all {"] + [f"  person p{n}" for n in range(people)] + ["}", "objective o { owner all",
            f"  key-result k {{ measure orders {people * 50} by 2026-12-31; through f; share all evenly }}", "}"]
    (folder / "alone.plan").write_text("\n".join(text + [""]))
    text.append('actuals from "crm.csv" { date "Date"; person "Owner"; metric "Type"; amount "Amount" }')
    (folder / "actuals.plan").write_text("\n".join(text + [""]))
    dice = random.Random(1)
    day = datetime.date(2026, 1, 1)
    with open(folder / "crm.csv", "w") as table:
        table.write("Id,Date,Owner,Type,Amount,Remark\n")
        for row in range(rows):
            on = day + datetime.timedelta(days=row * 200 // rows)
            kind = "visits" if dice.random() < 0.95 else "orders"
            table.write(f"{row},{on},p{dice.randrange(people)},{kind},{dice.randrange(1, 6)},ok\n")


# The least that a table of readings takes in Python: sums by day, person and metric.
PEER = """
import collections, csv, sys
sums = collections.Counter()
with open(sys.argv[1], newline="") as table:
    for row in csv.DictReader(table):
        sums[row["Date"], row["Owner"], row["Type"]] += int(row["Amount"])
"""


def other_plans(text):
    """The long plan again, with one rate in each funnel another one, and with everything by another name."""
    names = {"t": "team", "a": "one", "b": "other", "f": "fun", "o": "goal"}
    renamed = re.sub(r"\b([tabfo])(\d+)\b", lambda name: names[name[1]] + name[2], text)
    return {"nothing changed": text, "a rate in each funnel": text.replace("1 in 20", "1 in 25"),
            "everything by another name": renamed}


def run(command, output=subprocess.DEVNULL, fine=(0,)):
    """One run: user seconds, peak MiB, wall-clock seconds; by the system's own account of the child."""
    pid = subprocess.Popen(command, stdout=output, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(pid.pid, 0)
    pid.returncode = os.waitstatus_to_exitcode(status)
    if pid.returncode not in fine:
        raise SystemExit(f"{' '.join(map(str, command))} ended with {pid.returncode}")
    return usage.ru_utime, usage.ru_maxrss / 1024


def report(name, runs):
    seconds = statistics.median(second for second, _ in runs)
    memory = max(mebibytes for _, mebibytes in runs)
    print(f"{name:<52} {seconds:8.3f} s user {memory:8.1f} MiB", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--large", action="store_true")
    parser.add_argument("--runs", type=int, default=5)
    arguments = parser.parse_args()
    milepost = ROOT / "target" / "release" / "milepost"
    milepost = pathlib.Path(os.environ.get("MILEPOST", milepost))
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        (folder / "w.plan").write_text(plan(1000, 1))
        (folder / "w.journal").write_text(journal(1000))
        (folder / "long.plan").write_text(long_plan(100_000))
        (folder / "short.plan").write_text(plan(1, 1))
        build = [milepost, "build", folder / "w.plan", "--out", folder / "out", "--to", "csv", "--stamp", "2026-01-01"]
        hledger = ["hledger", "-f", folder / "w.journal", "register", "--forecast=2026", "-O", "csv", "p"]
        ours, theirs = [], []
        for _ in range(arguments.runs):
            ours.append(run(build))
            if shutil.which("hledger"):
                theirs.append(run(hledger))
        report("W, 261,000 rows: milepost", ours)
        if theirs:
            report("W, 261,000 rows: hledger", theirs)
        else:
            print("hledger is not installed; its row is left out")
        report("check, 100,000 lines", [run([milepost, "check", folder / "long.plan"]) for _ in range(arguments.runs)])
        report("check, ten lines", [run([milepost, "check", folder / "short.plan"]) for _ in range(20)])
        for name, text in other_plans(long_plan(100_000)).items():
            (folder / "other.plan").write_text(text)
            both = [folder / "long.plan", folder / "other.plan"]
            ours, theirs = [], []
            for _ in range(arguments.runs):
                ours.append(run([milepost, "diff", *both]))
                # It ends with 1 where the texts differ.
                theirs.append(run(["git", "diff", "--no-index", "--no-ext-diff", *both], fine=(0, 1)))
            report(f"diff, 100,000 lines, {name}", ours)
            report("the text of the same: git diff", theirs)
        status = [milepost, "status", folder / "alone.plan", "--as-of", "2026-06-30", "--format", "json"]
        actuals(folder, 1_000_000, 1000)
        alone, read, peer = [], [], []
        for _ in range(arguments.runs):
            alone.append(run(status))
            read.append(run([folder / "actuals.plan" if part == folder / "alone.plan" else part for part in status]))
            peer.append(run([sys.executable, "-c", PEER, folder / "crm.csv"]))
        report("status, 1,000 people, nothing read", alone)
        report("status, 1,000 people, 1,000,000 readings", read)
        report("the same table, added up by Python's csv", peer)
        if arguments.large:
            (folder / "large.plan").write_text(plan(1000, 100))
            large = [milepost, "build", folder / "large.plan", "--out", folder / "large", "--to", "csv", "--stamp", "2026-01-01"]
            report("1,000 people x 100 goals, 26.1 million rows", [run(large)])


if __name__ == "__main__":
    main()
