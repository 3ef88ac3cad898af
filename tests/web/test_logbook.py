"""What goes wrong again and again is told at a bounded rate."""

from __future__ import annotations

import asyncio
import http.client
import os
import socket
import subprocess
import sys
from urllib.parse import urlsplit

import pytest

from civicsearch import Archive, Document
from civicsearch.web import server
from civicsearch.web.logbook import REPEAT_S, Logbook

_SERVER = """
import resource, sys
from civicsearch.web.server import serve
resource.setrlimit(resource.RLIMIT_NOFILE, (24, 24))
serve(sys.argv[1], port=0, ready=lambda address: print(address, flush=True))
"""


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


def test_a_line_is_written_once_a_minute_and_counted_meanwhile(caplog):
    clock = Clock()
    logbook = Logbook(clock)
    for _ in range(3):
        logbook.tell("No archive.")
    logbook.tell("Something else.")
    clock.now = REPEAT_S
    logbook.tell("No archive.")
    assert caplog.messages == [
        "No archive.",
        "Something else.",
        "No archive. (2 more times since this was told last)",
    ]


def test_ever_new_lines_do_not_fill_the_memory(caplog):
    logbook = Logbook()
    for number in range(1000):
        logbook.tell(f"No file {number}.")
    assert len(logbook._told) <= 100


def test_other_errors_of_the_loop_are_told_as_they_are(caplog):
    handle = server._loop_handler(Logbook())
    loop = asyncio.new_event_loop()
    try:
        handle(loop, {"message": "something unforeseen", "exception": OSError(9, "bad")})
    finally:
        loop.close()
    assert "something unforeseen" in caplog.text


def test_a_server_without_handles_says_so_in_a_line_and_goes_on(tmp_path):
    pytest.importorskip("resource")
    index = tmp_path / "index"
    with Archive.create(index) as archive:
        archive.add(Document(document_id="1", title="Dân vận"))
    process = subprocess.Popen(
        [sys.executable, "-c", _SERVER, index],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    try:
        port = urlsplit(process.stdout.readline()).port
        held = [socket.create_connection(("127.0.0.1", port), timeout=10) for _ in range(40)]
        told = process.stderr.readline()
        for connection in held:
            connection.close()
        asking = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        asking.request("GET", "/api/search?q=dan")
        assert asking.getresponse().status == 200
        asking.close()
    finally:
        process.terminate()
        rest = process.communicate(timeout=30)[1]
    assert told.startswith("No connection can be taken: Too many open files.")
    assert "Traceback" not in rest
    assert len(rest.splitlines()) < 3
