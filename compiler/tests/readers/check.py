"""Compares what the two readers found with each other and with `plan.csv`.

    check.py FOLDER [FOLDER…]

A folder is one output folder of `milepost build`, with `python.json` and `node.json` beside its files. Ends with a
line `N passed, N failed`.
"""

import collections
import csv
import datetime
import json
import pathlib
import re
import sys

passed = failed = 0

# When each folder was built, where not on the morning of 2026-01-05.
STAMPS = {"updated-out": ("2026-01-06T00:00:00Z", 3163680)}


def check(holds, what):
    global passed, failed
    passed, failed = (passed + 1, failed) if holds else (passed, failed + 1)
    if not holds:
        print(f"failed: {what}")


def found(path):
    with open(path, encoding="utf-8") as file:
        return {pathlib.Path(entry["path"]).name: entry for entry in map(json.loads, file)}


def seen(text):
    """A text as a calendar shows it: what could end a line does, other control characters are gone."""
    text = re.sub("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]", "\n", text).replace("\t", " ")
    return re.sub("[\0-\x09\x0b-\x1f\x7f-\x9f]", "", text)


def days(rows):
    """The rows of days, by day and holder."""
    days = collections.defaultdict(list)
    for row in rows:
        if row["start"] == row["end"] and row["id"].split("/")[-1 - (row["kind"] != "new")] == row["start"]:
            days[row["start"], row["person"] or "team." + row["team"]].append(row)
    return days


def quoted(name):
    escaped = "".join(chr(byte) if re.match("[A-Za-z0-9_-]", chr(byte)) else f"%{byte:02X}" for byte in name.encode())
    return escaped


def check_folder(folder):
    python, node = found(folder / "python.json"), found(folder / "node.json")
    files = sorted(path.name for path in folder.glob("*.ics"))
    check(sorted(python) == files and sorted(node) == files, f"{folder}: both readers read every file")
    with open(folder / "plan.csv", encoding="utf-8", newline="") as file:
        expected = days(csv.DictReader(file))
    people = sorted({holder for _, holder in expected if not holder.startswith("team.")})

    for name in files:
        one, other = python[name], node[name]
        check(one["errors"] == [], f"{folder}/{name}: {one['errors']}")
        check(one["events"] == other["events"], f"{folder}/{name}: the readers differ about the events")
        check(one["calendar"] == other["calendar"], f"{folder}/{name}: the readers differ about the calendar")
        check(set(one["components"]) <= {"VEVENT"}, f"{folder}/{name}: only events, found {set(one['components'])}")
        calendar = one["calendar"]
        check(calendar["METHOD"] == "PUBLISH" and calendar["VERSION"] == "2.0", f"{folder}/{name}: method and version")
        check(calendar["NAME"] == calendar["X-WR-CALNAME"] != "", f"{folder}/{name}: its name")
        uids = [event["UID"] for event in one["events"]]
        check(len(uids) == len(set(uids)), f"{folder}/{name}: UIDs are unique")
        check(all(len(uid) < 255 and uid.isascii() for uid in uids), f"{folder}/{name}: UIDs are plain")
        stamp_time, sequence = STAMPS.get(folder.name, ("2026-01-05T08:00:00Z", 3162720))
        for event in one["events"]:
            start = datetime.date.fromisoformat(event["DTSTART"])
            whole = event["DTEND"] == (start + datetime.timedelta(days=1)).isoformat()
            stamp = event["DTSTAMP"] == event["LAST-MODIFIED"] == stamp_time
            check(whole and stamp and event["TRANSP"] == "TRANSPARENT" and event["SEQUENCE"] == sequence,
                  f"{folder}/{name}: {event['UID']}: end, stamps and transparency")

    for name in files:
        python[name]["events"] = [event for event in python[name]["events"] if "STATUS" not in event]
    shared = python["calendar.ics"]["events"]
    check(len(shared) == len(expected), f"{folder}: {len(shared)} events for {len(expected)} days of somebody")
    by_uid = {event["UID"]: event for event in shared}
    for (day, holder), rows in expected.items():
        own = [uid for uid in by_uid if uid.startswith(f"day-{day.replace('-', '')}-{quoted(holder).replace('%2E', '.', 1)}@")]
        if len(quoted(holder)) > 90:
            continue  # cut, and told apart by a hash
        check(len(own) == 1, f"{folder}: one event for {holder} on {day}, found {len(own)}")
        if len(own) != 1:
            continue
        description = by_uid[own[0]]["DESCRIPTION"]
        for row in rows:
            amounts = [f" {shown(row['amount'])}"]
            if row["metric"] != "coverage":
                amounts.append(f"({shown(row['to_date'])} of ")
            goal = f"[{row['objective']}.{row['key_result']}]"
            check(all(text in description for text in amounts) and goal in description,
                  f"{folder}: {holder} on {day}: {amounts} {goal} in {description!r}")
    # What a person's own calendar has is what the shared one has of them, but for the name in front.
    personal = [name for name in files if name != "calendar.ics" and python[name]["events"]]
    check(len(personal) >= len(people), f"{folder}: {len(personal)} calendars for {len(people)} people")
    together = {}
    for name in personal:
        for event in python[name]["events"]:
            check(event["UID"] not in together, f"{folder}/{name}: {event['UID']} is in one personal calendar only")
            together[event["UID"]] = event
            whole = by_uid.get(event["UID"], {})
            same = {key: value for key, value in event.items() if key != "SUMMARY"}
            check(same == {key: value for key, value in whole.items() if key != "SUMMARY"}
                  and whole.get("SUMMARY", "").endswith(event["SUMMARY"]),
                  f"{folder}/{name}: {event['UID']} is as in the shared calendar")
    teams = [uid for uid in by_uid if "-team." in uid]
    check(len(together) + len(teams) == len(by_uid), f"{folder}: every event of a person is in theirs")
    lowered = [name.lower() for name in files]
    check(len(set(lowered)) == len(files), f"{folder}: names differ by more than case")


def shown(digits):
    """`1234567.50` as people read it: `1,234,567.5`."""
    whole, _, fraction = digits.partition(".")
    fraction = fraction.rstrip("0")
    return f"{int(whole):,}" + (f".{fraction}" if fraction else "")


def check_nasty(folder):
    """Titles come back as they were written."""
    with open(folder.parent / "nasty" / "expected.json", encoding="utf-8") as file:
        expected = json.load(file)
    for reader in ("python.json", "node.json"):
        files = found(folder / reader)
        # Both give the name back as it is in the file; they do not know it for text.
        name = re.sub(r"\\(.)", lambda match: "\n" if match[1] == "n" else match[1], files["calendar.ics"]["calendar"]["NAME"])
        check(name == seen(expected["plan"]), f"{reader}: the plan's title")
        events = {event["UID"]: event for event in files["calendar.ics"]["events"]}
        descriptions = "\n".join(event["DESCRIPTION"] for event in events.values())
        for name, title in expected["titles"].items():
            own = [event for uid, event in events.items() if f"-{name}@" in uid]
            start = seen(title).strip()
            check(own and all(event["SUMMARY"].startswith(start) for event in own), f"{reader}: {name}: {start!r}")
            if not name.startswith("fold") and title:
                check(seen(title).rstrip("\n") in descriptions, f"{reader}: the goal titled {title!r}")
        check(seen(expected["metric"]) in descriptions, f"{reader}: the metric's title")


def check_updated(before, after):
    """What is gone is called off, and nothing else is."""
    for reader in ("python.json", "node.json"):
        old, new = found(before / reader), found(after / reader)
        check(sorted(old) == sorted(new), f"{reader}: the calendar of who left is there")
        gone = collections.Counter()
        for name in sorted(old):
            old_events = {event["UID"]: event for event in old[name]["events"]}
            on = {event["UID"] for event in new[name]["events"] if "STATUS" not in event}
            off = {event["UID"]: event for event in new[name]["events"] if "STATUS" in event}
            check(set(off) == set(old_events) - on, f"{reader}: {name}: what is gone is called off, found {len(off)}")
            for uid, event in off.items():
                same = all(event[key] == old_events[uid][key] for key in ("DTSTART", "DTEND", "SUMMARY"))
                check(event["STATUS"] == "CANCELLED" and same and event["SEQUENCE"] > old_events[uid]["SEQUENCE"],
                      f"{reader}: {name}: {uid} is called off as it was")
            gone[name] = len(off)
        check(gone["calendar-quotes.ics"] == 3 and gone["calendar-tab.ics"] == 0, f"{reader}: three days away, {gone}")
        left = gone["calendar-lines.ics"]
        check(left > 10 and left == len(old["calendar-lines.ics"]["events"]), f"{reader}: all of who left, {left}")
        check(gone["calendar.ics"] == left + 3, f"{reader}: both in the calendar of everybody, {gone['calendar.ics']}")


folders = list(map(pathlib.Path, sys.argv[1:]))
for folder in folders:
    check_folder(folder)
    if folder.name == "updated-out":
        check_updated(folder.parent / "nasty-out", folder)
    if folder.name == "nasty-out":
        check_nasty(folder)
print(f"{passed} passed, {failed} failed")
sys.exit(1 if failed or not passed else 0)
