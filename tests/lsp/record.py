"""Runs a language server and writes all traffic to a log: `record.py FOLDER COMMAND…`.

One message a line, `-> json` from client to server and `<- json` back. Messages of hegao's own
(`hegao/…`) are no part of the protocol that the log is checked against and are left out.
"""

import json
import os
import subprocess
import sys
import threading


def frames(stream):
    """The bodies of the messages in a stream."""
    while True:
        length = None
        while (line := stream.readline()) not in (b"\r\n", b""):
            name, _, value = line.partition(b":")
            if name.strip().lower() == b"content-length":
                length = int(value)
        if length is None:
            return
        yield stream.read(length)


def main():
    folder, command = sys.argv[1], sys.argv[2:]
    server = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    log = open(os.path.join(folder, f"{os.getpid()}.log"), "w", encoding="utf-8")
    lock = threading.Lock()

    def pass_on(source, target, mark):
        for body in frames(source):
            message = json.loads(body)
            if not message.get("method", "").startswith("hegao/"):
                with lock:
                    log.write(f"{mark} {json.dumps(message, ensure_ascii=False)}\n")
                    log.flush()
            try:
                target.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
                target.flush()
            except BrokenPipeError:
                return
        target.close()

    threading.Thread(target=pass_on, args=(sys.stdin.buffer, server.stdin, "->"), daemon=True).start()
    pass_on(server.stdout, sys.stdout.buffer, "<-")
    # Not `sys.exit`: the other thread may still be reading.
    os._exit(server.wait())


main()
