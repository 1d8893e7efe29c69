"""Reads calendars with the PyPI package `icalendar` and prints what it found as JSON, one object a file."""

import datetime
import json
import sys

import icalendar


def plain(value):
    if isinstance(value, icalendar.prop.vDDDTypes):
        value = value.dt
        return value.isoformat() if not isinstance(value, datetime.datetime) else value.strftime("%Y-%m-%dT%H:%M:%SZ")
    return int(value) if isinstance(value, int) else str(value)


for path in sys.argv[1:]:
    with open(path, "rb") as file:
        calendar = icalendar.Calendar.from_ical(file.read())
    components = [component for component in calendar.walk() if component is not calendar]
    print(json.dumps({
        "path": path,
        "errors": [str(error) for component in calendar.walk() for error in component.errors],
        "calendar": {name: plain(value) for name, value in sorted(calendar.property_items(recursive=False))
                     if name not in ("BEGIN", "END")},
        "components": [component.name for component in components],
        "events": [{name: plain(value) for name, value in sorted(event.items())} for event in components],
    }, ensure_ascii=True, sort_keys=True))
