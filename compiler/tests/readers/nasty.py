"""Writes a plan whose titles hold all that has broken a calendar somewhere.

    nasty.py FOLDER

What the readers must find is written beside it as `expected.json`; `changed.plan` is the same plan a day later, when
somebody has left and somebody is away.
"""

import json
import pathlib
import sys

FAMILY = "👨\u200d👩\u200d👧\u200d👦"
TEXTS = {
    "quotes": 'a "quoted" word; a semicolon, a comma: a colon = and \\ two \\\\ backslashes',
    "lines": "first line\nsecond line\n\nfourth line",
    "tab": "before\tafter",
    "injection": "x\nEND:VEVENT\nBEGIN:VALARM\nACTION:DISPLAY\nTRIGGER:-PT1M\nEND:VALARM\nX-EVIL:1",
    "escapes": "\\n is no line end, \\, no comma, \\; no semicolon, and this ends in a backslash \\",
    "chinese": "北方大区冷链客户开发计划，" * 12,
    "bidi": "\u202eright to left\u202c, \u2067isolated\u2069, العربية, עברית",
    "combining": "e\u0301" * 60,
    "flags": "🇨🇳🇩🇪" * 20,
    "controls": "bell\x07 escape\x1b[31m delete\x7f c1\x9f end",
    "separators": "line\u2028paragraph\u2029next\x85feed\x0cvertical\x0bunit\x1fend",
    "formula": "=HYPERLINK(\"a\")",
    "blanks": " " * 90 + "after ninety blanks",
    "empty": "",
}
# The same text moved by one octet at a time, so that each of its octets meets the fold once.
TEXTS |= {f"fold{n}": "x" * n + FAMILY * 8 + "长" for n in range(76)}


def written(text):
    """As a string of the language."""
    escapes = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"}
    return '"' + "".join(escapes.get(sign, sign) for sign in text) + '"'


def main(folder):
    folder = pathlib.Path(folder)
    names = list(TEXTS)
    lines = [
        f"plan nasty {written(TEXTS['quotes'] + FAMILY)} {{ period 2026-02; currency CNY; calendar cn }}",
        'calendar cn { import "cn-2026.ics" work "班|补班" }',
        f"metric visits {written('拜访; ' + TEXTS['quotes'])} {{ kind activity }}",
        "metric calls { kind activity }",
        "metric revenue { unit CNY; grain day; step 0.01 }",
        "metric coverage { unit percent; total last; grain day; step 0.1 }",
        "metric bottles { unit bottles; kind activity }",
        f"team everybody {written(TEXTS['lines'])} {{",
    ]
    lines += [f"  person {name} {written(text)}" for name, text in TEXTS.items()]
    # Names that some file systems take for one, and one that is long.
    lines += ["  person Liu; person liu; person ＬＩＵ; person 刘; person " + "长" * 80, "}", "objective o { owner everybody"]
    lines += [
        f"  key-result k{n} {written(TEXTS[name])} {{ measure visits {len(TEXTS) * 9 + n} by 2026-02-28; share everybody evenly }}"
        for n, name in enumerate(names[:14])
    ]
    lines += [
        "  key-result money { measure revenue 1234567.89 CNY by 2026-02-28; share everybody evenly }",
        "  key-result talk { measure calls 100000 by 2026-02-28; share everybody evenly }",
        "  key-result wine { measure bottles 500 by 2026-02-28; share everybody evenly }",
        "  key-result reach { measure coverage from 0% to 60% by 2026-02-28 }",
        "}",
        "",
    ]
    (folder / "nasty.plan").write_text("\n".join(lines), encoding="utf-8", newline="\n")
    left = next(line for line in lines if line.startswith("  person lines "))
    changed = [f"{line} {{ away 2026-02-09..2026-02-11 }}" if line.startswith("  person quotes ") else line
               for line in lines if line is not left]
    (folder / "changed.plan").write_text("\n".join(changed), encoding="utf-8", newline="\n")
    expected = {"titles": TEXTS, "plan": TEXTS["quotes"] + FAMILY, "metric": "拜访; " + TEXTS["quotes"]}
    (folder / "expected.json").write_text(json.dumps(expected), encoding="utf-8")


main(sys.argv[1])
