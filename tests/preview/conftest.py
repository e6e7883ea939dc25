"""A preview of the small project, and clients of it."""

from __future__ import annotations

import http.client
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from liulin_gazette.desk.preview_application import PREVIEW
from liulin_gazette.desk.running_desk import RunningDesk

PAGE = "/2026/1/liu-lin-fa-2026-9/"


@pytest.fixture
def server(project: Path) -> Iterator[RunningDesk]:
    preview = RunningDesk(project, 0, face=PREVIEW)
    thread = threading.Thread(target=preview.run, daemon=True)
    thread.start()
    until(lambda: preview.desk.content.snapshot.version > 0)
    yield preview
    preview.close()
    thread.join(10)


def until(holds: Callable[[], bool]) -> None:
    """Wait until ``holds()`` is true, for 20 s at most."""
    for _ in range(400):
        if holds():
            return
        time.sleep(0.05)
    raise AssertionError("still false after 20 s")


def get(server: RunningDesk, path: str, host: str = "") -> tuple[int, bytes]:
    """Return status and content of ``path``, asked for in the session."""
    access = server.desk.access
    headers = {"Cookie": f"{access.cookie}={access.session}"} | ({"Host": host} if host else {})
    answer, content = ask(server, "GET", path, headers)
    return answer.status, content


def port_of(server: RunningDesk) -> int:
    """Return the port at which ``server`` answers."""
    port = urlsplit(server.address).port
    assert port is not None
    return port


def ask(
    server: RunningDesk, method: str, path: str, headers: Mapping[str, str]
) -> tuple[http.client.HTTPResponse, bytes]:
    """Return the answer to a request with no more than these ``headers``, and Host; and its content."""
    connection = http.client.HTTPConnection("127.0.0.1", port_of(server), timeout=30)
    connection.request(method, path, headers=dict(headers))
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    return answer, content
