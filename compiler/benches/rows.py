#!/usr/bin/env python3
"""User seconds and peak memory of `milepost`, beside hledger's on the same work where hledger is installed.

    cargo build --release && python3 compiler/benches/rows.py [--large]

W is 1,000 (person x goal) pairs on every weekday of 2026: 261,000 dated rows. `--large` adds 1,000 people x 100
goals, 26.1 million rows. Runs alternate, so that a machine that slows down slows both.
"""

import argparse
import os
import pathlib
import resource
import shutil
import statistics
import subprocess
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


def run(command, output=subprocess.DEVNULL):
    """One run: user seconds, peak MiB, wall-clock seconds; by the system's own account of the child."""
    pid = subprocess.Popen(command, stdout=output, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(pid.pid, 0)
    pid.returncode = os.waitstatus_to_exitcode(status)
    if pid.returncode != 0:
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
        if arguments.large:
            (folder / "large.plan").write_text(plan(1000, 100))
            large = [milepost, "build", folder / "large.plan", "--out", folder / "large", "--to", "csv", "--stamp", "2026-01-01"]
            report("1,000 people x 100 goals, 26.1 million rows", [run(large)])


if __name__ == "__main__":
    main()
