"""A desk over the small project: asked directly, and in Chromium."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from liulin_gazette.desk.application import application
from liulin_gazette.desk.desk_session import Desk, open_desk
from liulin_gazette.desk.guards.session_keys import Keys
from liulin_gazette.desk.running_desk import RunningDesk

PORT = 8000
ADDRESS = f"http://127.0.0.1:{PORT}"
JSON = {"Accept": "application/json"}


@dataclass(frozen=True)
class DeskClient:
    """Asks a desk as a page of its session does."""

    desk: Desk
    client: TestClient

    def get(self, path: str, **headers: str) -> Any:
        """Return the answer to GET."""
        return self.client.get(path, headers=headers)

    def post(
        self, path: str, fields: Mapping[str, Any] | None = None, files: Any = None, **headers: str
    ) -> Any:
        """Return the answer to POST with the session's token, which the content follows at once."""
        sent = {"token": self.desk.token, **(fields or {})}
        answer = self.client.post(path, data=sent, files=files, headers={"Origin": ADDRESS, **headers})
        self.desk.content.refresh()
        return answer


@pytest.fixture
def desk_client(project: Path) -> DeskClient:
    desk = open_desk(project, PORT)
    desk.content.refresh()
    client = TestClient(
        application(desk, Keys(lambda _: None)),
        base_url=ADDRESS,
        follow_redirects=False,
        raise_server_exceptions=True,
    )
    client.cookies.set(desk.access.cookie, desk.access.session)
    return DeskClient(desk, client)


@pytest.fixture
def running_desk(project: Path) -> Iterator[RunningDesk]:
    """A desk that serves over the loopback address."""
    running = RunningDesk(project, 0)
    thread = threading.Thread(target=running.run, daemon=True)
    thread.start()
    until_read(running)
    yield running
    running.close()
    thread.join(20)


@pytest.fixture
def desk_tab(running_desk: RunningDesk, browser: Any) -> Iterator[Any]:
    """A tab of Chromium at 1366 × 768 px with the first screen of ``running_desk``."""
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    tab = context.new_page()
    tab.goto(running_desk.entry_address)
    yield tab
    context.close()


def until_read(running: RunningDesk) -> None:
    """Wait until the content has been read once, for 20 s at most."""
    for _ in range(400):
        if running.desk.content.snapshot.version > 0:
            return
        time.sleep(0.05)
    raise AssertionError("not read after 20 s")
