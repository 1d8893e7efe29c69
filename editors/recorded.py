#!/usr/bin/env python3
"""Makes of what an editor said, as record.sh wrote it down, a file of one message a line for tests to say again.

    editors/recorded.py TIME-in FOLDER >lsp/tests/recorded/EDITOR.jsonl

FOLDER, where the plans were, becomes `/plans`; the number of the editor's process is left out, and so are its answers.
"""

import json
import pathlib
import re
import sys


def messages(data):
    while data:
        head, data = data.split(b"\r\n\r\n", 1)
        length = int(re.search(rb"content-length: *(\d+)", head, re.I).group(1))
        yield data[:length]
        data = data[length:]


def main():
    record, folder = sys.argv[1:]
    for body in messages(pathlib.Path(record).read_bytes()):
        message = json.loads(body.decode().replace(folder.rstrip("/"), "/plans"))
        if "method" not in message:
            continue
        if message["method"] == "initialize":
            message["params"]["processId"] = None
        print(json.dumps(message, ensure_ascii=False, separators=(",", ":")))


if __name__ == "__main__":
    main()
