"""The server itself, on a real port."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest
import uvicorn

from civicsearch import Archive, ArchiveNotFoundError, Document, InvalidOptionError
from civicsearch.web import protocol, server
from civicsearch.web.app import create_app
from civicsearch.web.headers import SECURITY_HEADERS


@contextmanager
def running(archive):
    """Run the server of `archive` in a thread and yield its port."""
    with server._listen("127.0.0.1", 0) as listener:
        instance = uvicorn.Server(server._config(create_app(archive)))
        thread = threading.Thread(target=instance.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            yield listener.getsockname()[1]
        finally:
            instance.should_exit = True
            thread.join(timeout=20)


@pytest.fixture
def port(archive):
    with running(archive) as port:
        yield port


def exchange(port, sent, *, timeout=10.0):
    """Send bytes and return all that comes back until the connection is closed."""
    with socket.create_connection(("127.0.0.1", port), timeout=timeout) as connection:
        connection.sendall(sent)
        received = b""
        while chunk := connection.recv(65_536):
            received += chunk
    return received


def get(port, path):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", path)
        response = connection.getresponse()
        return response, response.read()
    finally:
        connection.close()


def test_answers_over_the_network(port):
    """A search over a real connection; no header names the software."""
    response, body = get(port, "/api/search?q=dan+van+kheo")
    assert response.status == 200
    assert response.getheader("server") is None
    assert json.loads(body)["hits"][0]["document_id"] == "khe-ha"


def test_documents_are_found_by_any_id(port):
    """The address that the page links leads to the document: it is unquoted once, not twice."""
    path = "/documents/a%2Fb%20c%3Fd%23e%252F..%2F%C3%BC"
    assert json.loads(get(port, "/api" + path)[1])["id"] == "a/b c?d#e%2F../ü"
    assert "Dân phòng" in get(port, path)[1].decode()


@pytest.mark.parametrize(
    "sent",
    [
        b"GARBAGE\r\n\r\n",
        b"GET /search?q=\xff\xfe HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost : x\r\n\r\n",
        b"GET /" + b"a" * 40_000,
        b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"a" * 40_000,
        b"GET /api/search?q=" + b"a" * 40_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET /healthz HTTP/1.1\r\nHost: x\r\nX: " + b"a" * 40_000 + b"\r\n\r\n",
    ],
)
def test_what_is_not_http_is_refused_in_our_shape(port, sent):
    """Also the answers made before there is a request have all headers."""
    head, _, body = exchange(port, sent).partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 400 ")
    for name, value in SECURITY_HEADERS:
        assert f"{name}: {value}".encode() in head
    assert json.loads(body)["code"] == "bad_request"


def test_a_long_body_is_no_long_header(port):
    """Who sends one is told that nothing takes it."""
    head = (
        b"POST /search HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 100000\r\n\r\n"
    )
    assert exchange(port, head + b"a" * 100_000).startswith(b"HTTP/1.1 405 ")


def test_an_address_with_bare_accents_is_told_how_to_be_written(port):
    """As curl sends what is pasted; not so other bytes that are no HTTP."""
    sent = "GET /api/search?q=dân HTTP/1.1\r\nHost: x\r\n\r\n".encode()
    assert "dân as d%C3%A2n" in json.loads(exchange(port, sent).partition(b"\r\n\r\n")[2])["detail"]
    hello = exchange(port, b"\x16\x03\x01\xff\r\n\r\n")
    assert b"not a readable HTTP request" in hello


def test_websockets_are_not_spoken(port):
    """A request to upgrade is answered as the plain request that it also is."""
    sent = (
        b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, close\r\nUpgrade: websocket\r\n"
        b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: eA==\r\n\r\n"
    )
    assert exchange(port, sent).startswith(b"HTTP/1.1 200 ")


@pytest.mark.parametrize("sent", [b"", b"GET /healthz HT", b"GET /healthz HTTP/1.1\r\nHost: x\r\n"])
def test_slow_requests_are_cut_off(monkeypatch, port, sent):
    """Who does not finish a request within the deadline loses the connection."""
    monkeypatch.setattr(protocol, "REQUEST_DEADLINE_S", 0.2)
    started = time.monotonic()
    assert exchange(port, sent) == b""
    assert time.monotonic() - started < 5


def test_who_asks_and_does_not_read_is_cut_off(monkeypatch, port):
    """Answers that nobody takes would hold the connection for ever."""
    monkeypatch.setattr(protocol, "STALLED_S", 0.3)
    received = b""
    with socket.socket() as connection, contextlib.suppress(ConnectionError):
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.settimeout(20)
        connection.connect(("127.0.0.1", port))
        connection.sendall(b"GET /search HTTP/1.1\r\nHost: x\r\n\r\n" * 3000)
        time.sleep(3)
        while chunk := connection.recv(1_000_000):
            received += chunk
    assert received.count(b"HTTP/1.1 200 ") < 3000


@pytest.mark.parametrize(
    ("waiting", "is_dropped"),
    [
        ([5, 5], True),
        ([5, 4, 4], True),
        ([5, 4, 3, 2], False),
        ([0, 0, 0], False),
        ([5, 0, 0], False),
    ],
)
def test_only_who_takes_nothing_is_dropped(waiting, is_dropped):
    """Slow readers get their answers, and an idle connection has a clock of its own."""

    class Transport:
        dropped = False

        def get_write_buffer_size(self):
            return waiting.pop(0)

        def abort(self):
            self.dropped = True

    class Loop:
        def call_later(self, delay, check, *arguments):
            self.check = lambda: check(*arguments)

    guarded = object.__new__(protocol.GuardedProtocol)
    guarded.transport, guarded.loop = Transport(), Loop()
    guarded._check_progress(0)
    while waiting and not guarded.transport.dropped:
        guarded.loop.check()
    assert guarded.transport.dropped is is_dropped


def test_what_is_not_http_is_not_logged(port, caplog):
    """The log is not for visitors to write to."""
    exchange(port, b"GARBAGE\r\n\r\n")
    upgrade = b"Connection: Upgrade, close\r\nUpgrade: h2c\r\n"
    exchange(port, b"GET /healthz HTTP/1.1\r\nHost: x\r\n" + upgrade + b"\r\n")
    assert caplog.messages == []


def test_a_second_request_has_a_deadline_too(monkeypatch, port):
    """The clock runs again when a kept connection begins a request and does not finish it."""
    monkeypatch.setattr(protocol, "REQUEST_DEADLINE_S", 0.2)
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
        assert connection.recv(65_536).startswith(b"HTTP/1.1 200 ")
        connection.sendall(b"GET /hea")
        received = b"".join(iter(lambda: connection.recv(65_536), b""))
    assert b"HTTP/1.1" not in received


def test_no_redirect_to_a_foreign_host(port):
    """A path that looks like a host, and a Host header of somebody else, lead nowhere."""
    sent = b"GET //evil.example/search HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"
    received = exchange(port, sent)
    assert received.startswith(b"HTTP/1.1 404 ")
    assert b"evil" not in received


def test_too_many_connections_are_refused(monkeypatch, port):
    """Beyond the limit a connection is told to come back, at once."""
    monkeypatch.setattr(protocol, "MAX_CONNECTIONS", 0)
    head, _, body = exchange(port, b"").partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 503 ")
    assert b"Retry-After: 5" in head
    assert json.loads(body)["code"] == "service_unavailable"


def test_many_at_a_time(tmp_path):
    """Threads that search the same archive on disk all get the whole answer."""
    with Archive.create(tmp_path / "index") as archive:
        archive.add(
            Document(
                document_id=str(number), title=f"Họp dân {number}", body="Tổ dân vận đi từng nhà."
            )
            for number in range(200)
        )
        answers = []
        with running(archive) as port:

            def ask():
                bodies = [get(port, "/api/search?q=dan+van&limit=100")[1] for _ in range(5)]
                answers.extend(json.loads(body) for body in bodies)

            threads = [threading.Thread(target=ask) for _ in range(8)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
    assert len(answers) == 40
    assert {len(answer["hits"]) for answer in answers} == {100}
    assert {answer["total"]["value"] for answer in answers} == {200}


def test_serve_until_interrupted(tmp_path):
    """Serve tells its address, sees a commit of another process, and ends on an interrupt."""
    index = tmp_path / "index"
    with Archive.create(index) as archive:
        archive.add(Document(document_id="1", title="Dân vận"))
    seen = []

    def visit(address):
        port = urlsplit(address).port
        program = (
            "import sys, civicsearch as c\n"
            "with c.Archive.open(sys.argv[1]) as archive:\n"
            "    archive.add(c.Document(document_id='2', title='Dân phòng'))\n"
        )
        try:
            seen.append(json.loads(get(port, "/healthz")[1])["documents"])
            subprocess.run([sys.executable, "-c", program, index], check=True, timeout=60)
            seen.append(json.loads(get(port, "/healthz")[1])["documents"])
        finally:
            os.kill(os.getpid(), signal.SIGINT)

    visitors = []

    def ready(address):
        visitors.append(threading.Thread(target=visit, args=(address,)))
        visitors[0].start()

    server.serve(index, port=0, ready=ready)
    visitors[0].join()
    assert seen == [1, 2]


def test_no_archive_is_said_before_anything_is_served(tmp_path):
    """A missing archive is the caller's error to show."""
    with pytest.raises(ArchiveNotFoundError):
        server.serve(tmp_path / "none", port=0)


def test_an_archive_that_vanishes_is_unavailable(tmp_path, make_client):
    """When the files go while the server runs, it answers 503 and says no path."""
    import shutil

    index = tmp_path / "index"
    with Archive.create(index) as archive:
        client = make_client(archive)
        shutil.rmtree(index)
        response = client.get("/api/search?q=a")
    assert response.status_code == 503
    assert response.json()["code"] == "archive_not_found"
    assert str(tmp_path) not in response.text


def test_an_archive_that_is_replaced_is_unavailable_only_meanwhile(tmp_path, make_client):
    """A folder, a file and rubbish may lie in its place; then the new one answers."""
    index, new = tmp_path / "index", tmp_path / "new"
    with Archive.create(index) as archive, Archive.create(new) as other:
        archive.add(Document(document_id="1", title="Dân vận"))
        other.add(Document(document_id="2", title="Dân phòng"))
        client = make_client(archive)
        tag = client.get("/api/search?q=dan").headers["etag"]
        index.rename(tmp_path / "old")
        for spoil in (lambda: None, index.touch, lambda: (index.unlink(), index.mkdir())):
            spoil()
            response = client.get("/api/search?q=dan", headers={"If-None-Match": tag})
            assert response.status_code == 503
            assert response.headers.get("retry-after", "10") == "10"
        (index / "manifest.json").write_text("{", encoding="utf-8")
        assert client.get("/documents/1").status_code == 503
        (index / "manifest.json").unlink()
        index.rmdir()
        new.rename(index)
        response = client.get("/api/search?q=dan", headers={"If-None-Match": tag})
    assert [hit["document_id"] for hit in response.json()["hits"]] == ["2"]


def test_a_port_in_use_is_named():
    """Two servers cannot share a port; the message says which."""
    with server._listen("127.0.0.1", 0) as listener:
        port = listener.getsockname()[1]
        with pytest.raises(InvalidOptionError, match=f"port cannot be {port}; it must be a free"):
            server._listen("127.0.0.1", port)


@pytest.mark.parametrize(
    ("host", "port", "message"),
    [
        ("127.0.0.1", 65_536, "port cannot be 65536; it must be from 0 to 65535"),
        ("127.0.0.1", -1, "port cannot be -1"),
        ("no such host", 0, "host cannot be 'no such host'"),
        ("a" * 70 + ".example", 0, "host cannot be"),
        ("203.0.113.7", 0, "an address of this machine"),
    ],
)
def test_bad_addresses_are_named(host, port, message):
    """A host or port that cannot be listened on is one clear error."""
    with pytest.raises(InvalidOptionError, match=message):
        server._listen(host, port)


def test_forbidden_port_is_named():
    """A port that needs special rights says so."""
    error = server._refusal(PermissionError(13, "Permission denied"), "127.0.0.1", 80)
    assert "those under 1024 need special rights" in str(error)


def has_ipv6():
    """Return whether the system itself lets anyone listen on the IPv6 address of this machine."""
    try:
        with socket.socket(socket.AF_INET6) as probe:
            probe.bind(("::1", 0))
    except OSError:
        return False
    return True


@pytest.mark.skipif(not has_ipv6(), reason="this machine has no IPv6")
@pytest.mark.parametrize("host", ["::1", "[::1]"])
def test_ipv6_is_listened_on(host):
    """Written bare, or as it stands in an address."""
    with server._listen(host, 0) as listener:
        assert server._address(listener).startswith("http://[::1]:")


def test_address_of_ipv6():
    """An IPv6 address stands in brackets."""

    class Listener:
        def getsockname(self):
            return "::1", 8000, 0, 0

    assert server._address(Listener()) == "http://[::1]:8000/"
