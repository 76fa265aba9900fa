"""Measures the language server as a person at the keyboard has it: `latency.py BINARY [PART…]`.

Give it a release build. The parts are `start`, `open`, `hover`, `edit` and `memory`; without any, all are
run. Each prints one line; milliseconds are wall-clock time at the client, over standard input and output.

- start: 20 starts of the process, each until the answer to `initialize` has come.
- open: from `textDocument/didOpen` of the large draft to its first diagnostics, loading included.
- hover: 500 hovers, one after another, at names and other places of the large draft.
- edit: 200 changes of a single character at random places of the large draft, each until the diagnostics
  for its version have come; the server's debounce (60 ms) is part of the first figures and left out of the second.
- memory: 100,000 random changes of the large draft as fast as the server takes them; resident memory after
  the first 1,000 and at the end. Either time the draft has been checked ten times on the way. Linux only.

The large draft is 1 MB: paragraphs of sentences from examples/jilin/drafts, numbered so that no two are equal,
one in six with a slip in it. It lies, unsaved, in a copy of examples/jilin. Every run makes the same draft and
the same changes. Needs Python 3.9 and nothing else.
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

SAMPLES = pathlib.Path(__file__).parent.parent.parent / "examples" / "jilin"

# `DEBOUNCE` in src/server/publisher.rs.
DEBOUNCE_MS = 60

SIZE = 1_000_000

# Every how many paragraphs one has a slip: about 500 findings in all.
PARAGRAPHS_PER_SLIP = 6

# What is right in the drafts and how a slip has it.
SLIPS = [
    ("统战部长吴海英", "统战部长吴英海"),
    ("组织部长张恩惠", "宣传部长张恩惠"),
    ("宣传部长阿东", "组织部长阿东"),
    ("疫情要防住、经济要稳住、发展要安全", "疫情要控住、经济要稳住、发展要安全"),
]


class Server:
    """A server process and the client's side of the session."""

    def __init__(self, binary, cache):
        environment = {"XDG_CACHE_HOME": str(cache), "PATH": "/usr/bin:/bin", "HOME": str(cache)}
        self.process = subprocess.Popen(
            [binary, "lsp"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment
        )
        self.last_id = 0
        self.results = {}
        self.diagnostics = {}
        self.arrived = threading.Condition()
        self.writing = threading.Lock()
        threading.Thread(target=self.receive, daemon=True).start()

    def receive(self):
        while header := self.process.stdout.readline():
            self.process.stdout.readline()
            message = json.loads(self.process.stdout.read(int(header.split(b":")[1])))
            at = time.perf_counter()
            if "method" in message and "id" in message:
                self.send({"id": message["id"], "result": None})
            with self.arrived:
                if "method" not in message:
                    self.results[message["id"]] = (at, message)
                elif message["method"] == "textDocument/publishDiagnostics":
                    params = message["params"]
                    self.diagnostics[params["uri"]] = (at, params)
                self.arrived.notify_all()

    def send(self, message):
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        with self.writing:
            self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
            self.process.stdin.flush()

    def notify(self, method, params):
        self.send({"method": method, "params": params})

    def wait(self, look):
        """What `look` returns as soon as that is true."""
        with self.arrived:
            found = self.arrived.wait_for(look, timeout=300)
        return found or sys.exit("the server does not answer")

    def request(self, method, params):
        """When the answer came, and its result."""
        self.last_id += 1
        self.send({"id": self.last_id, "method": method, **({"params": params} if params is not None else {})})
        at, message = self.wait(lambda: self.results.pop(self.last_id, None))
        if "error" in message:
            sys.exit(f"{method}: {message['error']}")
        return at, message["result"]

    def initialize(self, folder):
        folders = [{"uri": folder.as_uri(), "name": "jilin"}]
        related = {"relatedInformation": True, "versionSupport": True, "dataSupport": True}
        capabilities = {
            "general": {"positionEncodings": ["utf-16"]},
            "textDocument": {"publishDiagnostics": related, "hover": {"contentFormat": ["markdown"]}},
        }
        params = {
            "processId": None,
            "rootUri": folder.as_uri(),
            "workspaceFolders": folders,
            "capabilities": capabilities,
        }
        at, _ = self.request("initialize", params)
        self.notify("initialized", {})
        return at

    def published(self, uri, version):
        """When the diagnostics of this version came, and they themselves."""

        def look():
            at, params = self.diagnostics.get(uri, (0, {}))
            return params.get("version") == version and (at, params["diagnostics"])

        return self.wait(look)

    def resident_kb(self):
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", status)[1])

    def end(self):
        self.request("shutdown", None)
        self.notify("exit", {})
        self.process.wait(timeout=10)


def large_draft(chance):
    """The draft, as a list of lines."""
    text = (SAMPLES / "drafts" / "2022-07-10-clean.md").read_text(encoding="utf-8")
    text = text.split("-->", 1)[1]
    paragraphs = [line for line in text.splitlines() if line.startswith(("省委", "四平", "在长春"))]
    spoilt = [(p, right, wrong) for p in paragraphs for right, wrong in SLIPS if right in p]
    lines = ["---", "date: 2022-07-10", 'home: "220000"', "---", "# 省领导分头下沉一线推动项目建设", ""]
    size = sum(len(line.encode()) + 1 for line in lines)
    number = 0
    while size < SIZE:
        number += 1
        if number % PARAGRAPHS_PER_SLIP == 0:
            paragraph, right, wrong = chance.choice(spoilt)
            paragraph = paragraph.replace(right, wrong, 1)
        else:
            paragraph = chance.choice(paragraphs)
        added = [f"{paragraph}这里有{number}个项目在建。", ""]
        lines += added
        size += sum(len(line.encode()) + 1 for line in added)
    return lines


class Draft:
    """The draft open in the server. All its characters are in the basic plane: one UTF-16 unit each."""

    def __init__(self, server, folder, lines):
        self.server, self.lines, self.version = server, lines, 1
        self.uri = (folder / "drafts" / "large.md").as_uri()

    def open(self):
        start = time.perf_counter()
        item = {"uri": self.uri, "languageId": "markdown", "version": 1, "text": "\n".join(self.lines)}
        self.server.notify("textDocument/didOpen", {"textDocument": item})
        at, diagnostics = self.server.published(self.uri, 1)
        return at - start, diagnostics

    def place(self, chance):
        """A random place within a paragraph."""
        while True:
            line = chance.randrange(6, len(self.lines))
            if self.lines[line]:
                return line, chance.randrange(len(self.lines[line]))

    def edit(self, chance):
        """Types a character at a random place, or deletes one: the length stays about the same."""
        line, at = self.place(chance)
        delete = chance.random() < 0.5 and len(self.lines[line]) > 1
        typed = "" if delete else chance.choice("的一是在，。部长市省张")
        end = at + 1 if delete else at
        self.lines[line] = self.lines[line][:at] + typed + self.lines[line][end:]
        self.version += 1
        places = {"start": {"line": line, "character": at}, "end": {"line": line, "character": end}}
        self.server.notify(
            "textDocument/didChange",
            {
                "textDocument": {"uri": self.uri, "version": self.version},
                "contentChanges": [{"range": places, "text": typed}],
            },
        )

    def hover(self, line, character):
        start = time.perf_counter()
        params = {"textDocument": {"uri": self.uri}, "position": {"line": line, "character": character}}
        at, card = self.server.request("textDocument/hover", params)
        return at - start, card


def ms(seconds):
    return f"{seconds * 1000:.1f} ms"


def spread(seconds):
    """Median, 99th percentile and maximum."""
    centiles = statistics.quantiles(seconds, n=100, method="inclusive")
    return f"p50 {ms(centiles[49])}, p99 {ms(centiles[98])}, max {ms(max(seconds))}"


def measure_start(binary, folder):
    took = []
    for _ in range(20):
        start = time.perf_counter()
        server = Server(binary, folder / "cache")
        took.append(server.initialize(folder) - start)
        server.end()
    print(f"start: initialize answered after median {ms(statistics.median(took))}, max {ms(max(took))} (20 starts)")


def measure_hover(draft, chance):
    took, cards = [], 0
    names = re.compile("吴海英|张恩惠|阿东|蔡东|张志军|松原市|一主六双")
    for count in range(500):
        line, character = draft.place(chance)
        if count % 2 == 0 and (name := names.search(draft.lines[line])):
            character = name.start()
        seconds, card = draft.hover(line, character)
        took.append(seconds)
        cards += card is not None
    print(f"hover: {spread(took)} (500 hovers, {cards} with a card)")


def measure_edit(draft, chance):
    took = []
    for _ in range(200):
        start = time.perf_counter()
        draft.edit(chance)
        at, _ = draft.server.published(draft.uri, draft.version)
        took.append(at - start)
    beyond = [seconds - DEBOUNCE_MS / 1000 for seconds in took]
    print(f"edit: keystroke to diagnostics {spread(took)} (200 edits); beyond the debounce {spread(beyond)}")


def measure_memory(draft, chance):
    resident = []
    start = time.perf_counter()
    for count in (1_000, 99_000):
        for _ in range(10):
            for _ in range(count // 10):
                draft.edit(chance)
            draft.server.published(draft.uri, draft.version)
        resident.append(draft.server.resident_kb())
    first, last = resident
    growth = (last - first) / first * 100
    print(
        f"memory: {first / 1024:.1f} MB after 1,000 edits, {last / 1024:.1f} MB after 100,000: {growth:+.1f} % "
        f"({time.perf_counter() - start:.0f} s)"
    )


def main():
    binary, *parts = sys.argv[1:]
    parts = parts or ["start", "open", "hover", "edit", "memory"]
    chance = random.Random(6)
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary).resolve() / "jilin"
        shutil.copytree(SAMPLES, folder)
        if "start" in parts:
            measure_start(binary, folder)
        if parts == ["start"]:
            return
        server = Server(binary, folder / "cache")
        server.initialize(folder)
        draft = Draft(server, folder, large_draft(chance))
        seconds, diagnostics = draft.open()
        size = len("\n".join(draft.lines).encode())
        print(f"open: {size} bytes, {len(diagnostics)} diagnostics, published after {ms(seconds)}")
        for part, measure in (("hover", measure_hover), ("edit", measure_edit), ("memory", measure_memory)):
            if part in parts:
                measure(draft, chance)
        server.end()


main()
