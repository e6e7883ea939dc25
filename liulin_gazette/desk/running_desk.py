"""Running the desk: the port, the server, and the watch on the files."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from pathlib import Path

import uvicorn
from watchfiles import watch

from liulin_gazette.desk.access_guard import KEY, Keys
from liulin_gazette.desk.application import application
from liulin_gazette.desk.desk_session import LOOPBACK, Desk, open_desk
from liulin_gazette.desk.snapshot import WATCHED_FOLDERS, LiveContent
from liulin_gazette.review.fault_report import fault_number, write_report
from liulin_gazette.text.editor_error import EditorError

LOOK = 1_000
"""Milliseconds after which the files are looked at even where the system has told of no change, as on a share."""
DEBOUNCE = 50
"""Milliseconds in which several changes are taken for one."""
GRACE = 1
"""Seconds that pages which are still being sent have when the desk closes."""


class RunningDesk:
    """A desk at a port of this machine, from its start until ``close``."""

    def __init__(self, root: Path, port: int, tell: Callable[[str], None] = lambda _: None) -> None:
        """``port`` 0 takes a free one; ``tell`` prints words for whoever runs it. Raises OSError for a port in use."""
        self._socket = socket.create_server((LOOPBACK, port))
        self.address = f"http://{LOOPBACK}:{self._socket.getsockname()[1]}/"
        self.desk: Desk = open_desk(root, self._socket.getsockname()[1])
        self._tell = tell
        self._keys = Keys(
            lambda key: tell(f"已在一个浏览器里打开。再打开一个，用：{self.address}?{KEY}={key}")
        )
        self._closing = threading.Event()
        config = uvicorn.Config(
            application(self.desk, self._keys),
            log_config=None,
            access_log=False,
            server_header=False,
            lifespan="off",
            timeout_graceful_shutdown=GRACE,
        )
        self._server = uvicorn.Server(config)

    @property
    def entry_address(self) -> str:
        """URL that opens the session in one browser; the next browser needs the next one."""
        return f"{self.address}?{KEY}={self._keys.next}"

    def run(self) -> None:
        """Serve and watch until ``close`` is called or the process is interrupted."""
        _look(self.desk.content, self._tell)
        watcher = threading.Thread(target=self._watch, daemon=True)
        watcher.start()
        try:
            self._server.run(sockets=[self._socket])
        finally:
            self._closing.set()
            self.desk.review.close()
            watcher.join()
            self._socket.close()

    def close(self) -> None:
        """Make ``run`` return."""
        self._server.should_exit = True

    def _watch(self) -> None:
        folders = [self.desk.root / name for name in WATCHED_FOLDERS if (self.desk.root / name).is_dir()]
        while not self._closing.is_set():
            try:
                changes = watch(
                    *folders,
                    stop_event=self._closing,
                    debounce=DEBOUNCE,
                    rust_timeout=LOOK,
                    yield_on_timeout=True,
                    raise_interrupt=False,
                )
                for _ in changes:
                    _look(self.desk.content, self._tell)
            except (
                OSError,
                RuntimeError,
            ):  # The system cannot tell of changes, as on some shares: look by the clock.
                self._closing.wait(LOOK / 1000)
                _look(self.desk.content, self._tell)


def _look(content: LiveContent, tell: Callable[[str], None]) -> None:
    """Read the content again where it has changed; what cannot be read now is read at the next look."""
    try:
        content.refresh()
    except (OSError, EditorError):
        pass
    except Exception as error:  # A fault that nobody foresaw ends no watch: the next change may mend it.
        file = write_report(content.root, error, "desk")
        tell(
            f"程序出错了（编号 {fault_number(error)}），编辑台继续。"
            + (f"请把 {file} 发给维护者。" if file else "")
        )
