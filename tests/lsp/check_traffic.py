"""Checks recorded traffic against the protocol: `check_traffic.py TOOLS LOG…`.

TOOLS holds lsp_validate.py and metaModel.json. Messages of the server's own requests, `hegao/…`, and their answers
are left out, since the protocol cannot know them.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path


def of_the_protocol(lines):
    """The lines without `hegao/…` and the answers to it."""
    own = set()
    for line in lines:
        try:
            message = json.loads(line[3:])
        except ValueError:
            message = None
        if not isinstance(message, dict):
            yield line
            continue
        sender, identifier = line[:2], message.get("id")
        if message.get("method", "").startswith("hegao/"):
            own.add((sender, identifier))
        elif "method" in message or ({"->": "<-", "<-": "->"}[sender], identifier) not in own:
            yield line


def main():
    tools, logs = Path(sys.argv[1]), sys.argv[2:]
    wrong = 0
    for log in logs:
        with tempfile.NamedTemporaryFile("w", suffix=".log", encoding="utf-8") as kept:
            with open(log, encoding="utf-8", errors="replace") as file:
                kept.writelines(of_the_protocol(file))
            kept.flush()
            command = [sys.executable, tools / "lsp_validate.py", tools / "metaModel.json", kept.name]
            judged = subprocess.run(command, capture_output=True, text=True)
        if judged.returncode:
            wrong += 1
            print(f"{log} does not follow the protocol:\n{judged.stdout}{judged.stderr}", file=sys.stderr)
    print(f"traffic: {len(logs)} logs, {wrong} with errors")
    sys.exit(1 if wrong or not logs else 0)


main()
