"""The preview is nobody else's: other sites, other users, clients that are too slow, too long or too many."""

from __future__ import annotations

import argparse
import http.client
import json
import select
import socket
import threading
import webbrowser
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from liulin_gazette.commands import serve
from liulin_gazette.desk import access_guard, live_pages
from liulin_gazette.desk.guards import request_bounds
from liulin_gazette.desk.preview_application import PREVIEW
from liulin_gazette.desk.running_desk import RunningDesk
from liulin_gazette.rendering.product import Asset
from tests.preview.conftest import PAGE, ask, get, port_of, until

PATHS = (
    "/", PAGE, "/2026/1/", "/search/", "/feed.xml", "/assets/site.css", "/nothing", "/__preview/events",
    "/__preview/state?page=/", "/__preview/picture?page=" + PAGE, "/__preview/preview.js", "/?key=wrong", "/?key=",
)  # fmt: skip


def test_without_a_session_every_path_is_refused(server: RunningDesk) -> None:
    for path in PATHS:
        for method in ("GET", "HEAD"):
            answer, content = ask(server, method, path, {})
            assert answer.status == 403, path
            told = content.decode()
            assert method == "HEAD" or ("python3 build.py serve --open" in told and "柳林" not in told)


def test_a_key_opens_one_session(project: Path) -> None:
    told: list[str] = []
    server = RunningDesk(project, 0, told.append, PREVIEW)
    threading.Thread(target=server.run, daemon=True).start()
    until(lambda: server.desk.content.snapshot.version > 0)
    entry = urlsplit(server.entry_address)
    target = f"{entry.path}?{entry.query}"
    for stranger in ({"Sec-Fetch-Site": "cross-site"}, {"Host": "evil.example"}, {"Origin": "null"}):
        answer, _ = ask(server, "GET", target, stranger)
        assert answer.status == 403 and not answer.getheader("Set-Cookie")
    answer, content = ask(server, "GET", target, {})
    assert (answer.status, answer.getheader("Location"), content) == (303, "/", b"")
    cookie = answer.getheader("Set-Cookie") or ""
    assert cookie.endswith("; HttpOnly; SameSite=Strict")
    in_session = {"Cookie": cookie.split(";")[0]}
    assert ask(server, "GET", PAGE, in_session)[0].status == 200
    again, _ = ask(server, "GET", target, {})
    assert again.status == 403 and not again.getheader("Set-Cookie")
    assert len(told) == 1 and told[0].endswith(server.entry_address) and entry.query not in told[0]
    # In a browser that has the session, an address with a key is used up by nobody.
    answer, _ = ask(server, "GET", f"/?{urlsplit(server.entry_address).query}", in_session)
    assert answer.status == 303 and len(told) == 1
    server.close()


def test_every_answer_is_protected(server: RunningDesk) -> None:
    access = server.desk.access
    session = {"Cookie": f"{access.cookie}={access.session}"}
    answers = [ask(server, "GET", path, session)[0] for path in PATHS if "events" not in path]
    answers += [ask(server, "HEAD", path, session)[0] for path in PATHS]
    answers += [ask(server, "GET", path, {})[0] for path in PATHS]
    answers += [ask(server, method, PAGE, session)[0] for method in ("POST", "OPTIONS", "BREW")]
    assert [answer.status for answer in answers[-3:]] == [405, 405, 405]
    for answer in answers:
        assert answer.getheader("Cross-Origin-Resource-Policy") == "same-origin"
        assert answer.getheader("Cross-Origin-Opener-Policy") == "same-origin"
        assert answer.getheader("X-Frame-Options") == "DENY"
        assert answer.getheader("X-Content-Type-Options") == "nosniff"
        assert answer.getheader("Referrer-Policy") == "no-referrer"
        assert answer.getheader("Cache-Control") == "no-store"
        policy = (answer.getheader("Content-Security-Policy") or "").split("; ")
        assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy
        assert "script-src 'self'" in policy
        assert not answer.getheader("Access-Control-Allow-Origin")
        assert "Python" not in (answer.getheader("Server") or "")


def test_the_terminal_shows_the_key(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    opened: list[str] = []

    def interrupted(_: RunningDesk) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(webbrowser, "open", opened.append)
    monkeypatch.setattr(RunningDesk, "run", interrupted)
    assert serve.run(project, argparse.Namespace(port=0, open=True)) == 0
    assert len(opened) == 1 and len(urlsplit(opened[0]).query) > 40
    assert f"预览：{opened[0]}\n" in capsys.readouterr().out


def connected(server: RunningDesk, first: bytes = b"") -> socket.socket:
    connection = socket.create_connection(("127.0.0.1", port_of(server)), timeout=60)
    connection.sendall(first)
    return connection


def test_those_who_say_nothing_stop_nobody(server: RunningDesk) -> None:
    silent = [connected(server, b"GET / HTTP/1.1\r\nHost") for _ in range(3 * request_bounds.MOST_WAITING)]
    assert get(server, PAGE)[0] == 200
    assert silent[0].recv(1) == b""  # The oldest ones have been cut off.
    for connection in silent:
        connection.close()


def test_those_who_are_slow_are_cut_off(server: RunningDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(request_bounds, "HEAD_SECONDS", 0.3)
    with connected(server, b"GET / HTTP/1.1\r\n") as connection:

        def is_cut_off() -> bool:
            try:
                connection.sendall(b"a: b\r\n")  # A byte now and then keeps nothing open.
                return bool(select.select([connection], [], [], 0)[0]) and connection.recv(1) == b""
            except ConnectionError:
                return True

        until(is_cut_off)


def _large(path: str) -> Asset:
    return Asset(path, bytes(30_000_000))


def test_those_who_take_nothing_are_cut_off(server: RunningDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(request_bounds, "ANSWER_SECONDS", 0.3)
    monkeypatch.setattr(server.desk.content, "page", _large)
    access = server.desk.access
    head = f"GET /large.pdf HTTP/1.1\r\nHost: {access.hosts[0]}\r\nCookie: {access.cookie}={access.session}\r\n\r\n"
    with connected(server, head.encode()) as connection:

        def is_cut_off() -> bool:
            try:
                connection.sendall(b"a")
            except ConnectionError:
                return True
            return False

        until(is_cut_off)


@pytest.mark.parametrize("head", [b"GET /" + b"a" * 40_000, b"GET / HTTP/1.1\r\nA: " + b"a" * 40_000])
def test_a_head_that_is_too_long_is_not_read(
    server: RunningDesk, head: bytes, capfd: pytest.CaptureFixture[str]
) -> None:
    with connected(server) as connection:
        try:
            connection.sendall(head)
            answer = connection.recv(12)
        except ConnectionError:
            answer = b""
    assert answer in (b"", b"HTTP/1.0 431", b"HTTP/1.0 414")
    assert get(server, PAGE)[0] == 200
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize(
    "head", [b"\r\n", b"\xff\xfe\0", b"GET\r\n\r\n", b"GET //[ HTTP/1.1\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"GET /\r\n\r\n"]
)  # fmt: skip
def test_what_is_no_request_is_refused_in_silence(
    server: RunningDesk, head: bytes, capfd: pytest.CaptureFixture[str]
) -> None:
    with connected(server, head) as connection:
        connection.shutdown(socket.SHUT_WR)
        answer = b"".join(iter(lambda: connection.recv(4096), b""))
    assert "柳林".encode() not in answer
    assert get(server, PAGE)[0] == 200
    assert capfd.readouterr().err == ""


def test_streams_are_counted(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live_pages, "MOST_STREAMS", 1)
    server = RunningDesk(project, 0, face=PREVIEW)
    threading.Thread(target=server.run, daemon=True).start()
    session = {"Cookie": f"{server.desk.access.cookie}={server.desk.access.session}"}
    first = http.client.HTTPConnection("127.0.0.1", port_of(server), timeout=60)
    first.request("GET", "/__preview/events", headers=session)
    stream = first.getresponse()
    assert stream.status == 200
    refused, content = ask(server, "GET", "/__preview/events", session)
    assert refused.status == 503 and "关掉几页" in content.decode()
    stream.close()
    first.close()

    def is_free() -> bool:
        return ask(server, "HEAD", "/__preview/events", session)[0].status == 200

    until(is_free)
    server.close()


ATTACK = """<!DOCTYPE html><meta charset="utf-8"><title>elsewhere</title>
<body data-preview="%s"><script>
const preview = document.body.dataset.preview;
const results = {};
const outcome = (name, element, place) => new Promise((resolve) => {
  const end = (event) => { results[name] = event.type; resolve(); };
  element.onload = end;
  element.onerror = end;
  Object.assign(element, place);
  document.body.append(element);
});
const fetched = (name, path, options) => fetch(preview + path, options).then(
  (answer) => answer.text().then((text) => { results[name] = answer.type + answer.status + text; }),
  () => { results[name] = "error"; });
const streamed = (options) => new Promise((resolve) => {
  const stream = new EventSource(preview + "__preview/events", options);
  stream.onmessage = stream.onerror = (event) => {
    results.stream = event.type;
    stream.close();
    resolve();
  };
});
const framed = (path) => new Promise((resolve) => {
  const frame = document.createElement("iframe");
  frame.onload = () => {
    try { results.frame = frame.contentDocument ? "read" : "error"; } catch (error) { results.frame = "error"; }
    resolve();
  };
  frame.src = preview + path;
  document.body.append(frame);
});
(async () => {
  await outcome("script", document.createElement("script"), { src: preview + "__preview/state?page=/" });
  await outcome("program", document.createElement("script"), { src: preview + "__preview/preview.js" });
  await outcome("data", document.createElement("script"), { src: preview + "2026/1/data.json" });
  await outcome("picture", new Image(), { src: preview + "assets/icon.svg" });
  await outcome("sheet", document.createElement("link"), { rel: "stylesheet", href: preview + "assets/site.css" });
  await framed("%s");
  await fetched("cors", "%s", { credentials: "include" });
  await fetched("opaque", "%s", { mode: "no-cors", credentials: "include" });
  await fetched("post", "%s", { method: "POST", body: "a=b", mode: "no-cors", credentials: "include" });
  await streamed({ withCredentials: true });
  results.end = "end";
  document.body.dataset.results = JSON.stringify(results);
})();
</script><a id="link" href="%s%s">link</a>"""


@pytest.fixture
def elsewhere(server: RunningDesk) -> Iterator[str]:
    """The address of a page of another server of this machine, which tries to read the preview."""
    path = PAGE[1:]
    page = (ATTACK % (server.address, path, path, path, path, server.address, path)).encode()

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(page)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 -- the name that http.server uses
            pass

    other = HTTPServer(("127.0.0.1", 0), Page)
    threading.Thread(target=other.serve_forever, args=[0.05], daemon=True).start()
    yield f"http://127.0.0.1:{other.server_address[1]}/"
    other.shutdown()
    other.server_close()


@pytest.mark.tools
def test_a_page_of_another_site_reads_nothing(
    browser: Any, server: RunningDesk, elsewhere: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.web.browser import expect

    answers: list[tuple[str, bool, int]] = []

    at_door = access_guard.refusal_answer

    def noted(scope: Any, *others: Any) -> Any:
        answer = at_door(scope, *others)
        has_session = server.desk.access.session.encode() in dict(scope["headers"]).get(b"cookie", b"")
        answers.append((scope["path"], has_session, answer.status_code if answer else 200))
        return answer

    context = browser.new_context()
    tab = context.new_page()
    tab.goto(server.entry_address)
    expect(tab.locator("#preview-panel")).to_have_attribute(
        "data-version", str(server.desk.content.snapshot.version)
    )
    assert tab.url == server.address
    assert tab.evaluate("document.cookie") == ""
    monkeypatch.setattr(access_guard, "refusal_answer", noted)
    attacker = context.new_page()
    attacker.goto(elsewhere)
    attacker.wait_for_selector("body[data-results]", timeout=60_000)
    results = json.loads(attacker.get_attribute("body", "data-results"))
    assert results.pop("end") == "end"
    assert results == dict.fromkeys(
        ("script", "program", "data", "picture", "sheet", "frame", "cors", "opaque", "post", "stream"),
        "error",
    )
    # The browser sends the cookie to all ports of this machine: the guard alone refused.
    assert len(answers) >= 10 and {code for _, _, code in answers} <= {403, 405}
    assert any(has_session for _, has_session, _ in answers)
    attacker.click("#link")
    expect(attacker.locator("main")).to_contain_text("别的网站不能打开预览")
    context.close()


@pytest.mark.tools
def test_links_tell_nobody_where_they_are_from(browser: Any, server: RunningDesk, elsewhere: str) -> None:
    tab = browser.new_page()
    tab.goto(server.entry_address)
    tab.evaluate(f"location.href = '{elsewhere}'")
    tab.wait_for_url(elsewhere)
    assert tab.evaluate("document.referrer") == ""
    tab.close()
