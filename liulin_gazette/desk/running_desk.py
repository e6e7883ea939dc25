"""Running the desk, or another face of it: the port, the server, and the watch on the files."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from starlette.types import ASGIApp
from watchfiles import watch

from liulin_gazette.desk.application import application
from liulin_gazette.desk.desk_session import METHODS, MOST_BYTES, Desk, open_desk
from liulin_gazette.desk.guards.request_bounds import bounded_server
from liulin_gazette.desk.guards.request_guard import KEY, LOOPBACK
from liulin_gazette.desk.guards.session_keys import Keys
from liulin_gazette.desk.sample_server import SampleServer
from liulin_gazette.desk.snapshot import WATCHED_FOLDERS
from liulin_gazette.review.fault_report import fault_teller
from liulin_gazette.text.editor_error import EditorError

LOOK = 1_000
"""Milliseconds after which the files are looked at even where the system has told of no change, as on a share."""
DEBOUNCE = 50
"""Milliseconds in which several changes are taken for one."""
TellFault = Callable[[Exception], str]
"""Reports what nobody foresaw, and returns words for a page."""


@dataclass(frozen=True, slots=True)
class Face:
    """What is shown of the content, and what may be done to it."""

    name: str
    """In the words of the editor."""
    command: str
    """That shows it."""
    application: Callable[[Desk, Keys, TellFault], ASGIApp]
    methods: tuple[str, ...]
    """Of HTTP, that it takes."""
    most_bytes: int
    """That one request may send."""
    is_sample: bool = False
    """Whether it is the desk of the tour's sample."""


WHOLE_DESK = Face(
    "编辑台", "desk", lambda desk, keys, _: application(desk, keys), METHODS, most_bytes=MOST_BYTES
)

SAMPLE_DESK = replace(WHOLE_DESK, name="样刊", is_sample=True)


class RunningDesk:
    """A desk at a port of this machine, from its start until ``close``."""

    def __init__(
        self,
        root: Path,
        port: int,
        tell: Callable[[str], None] = lambda _: None,
        face: Face = WHOLE_DESK,
        office: Callable[[], str] | None = None,
        tell_entry: Callable[[str], None] = lambda _: None,
    ) -> None:
        """``port`` 0 takes a free one; ``tell`` prints words for whoever runs it.

        ``tell_entry`` is told each ``entry_address``, the first one and those that come after it. ``office`` returns the way
        back from the sample. Raises OSError for a port in use.
        """
        self._socket = socket.create_server((LOOPBACK, port))
        self.address = f"http://{LOOPBACK}:{self._socket.getsockname()[1]}/"
        self.desk: Desk = open_desk(
            root,
            self._socket.getsockname()[1],
            face.methods,
            face.most_bytes,
            SampleServer(
                lambda folder: RunningDesk(folder, 0, face=SAMPLE_DESK, office=lambda: self.return_address)
            ),
            face.is_sample,
            office,
        )
        self._tell_fault = fault_teller(root, face.command, face.name, tell)

        def tell_next(key: str) -> None:
            tell(f"已在一个浏览器里打开。再打开一个，用：{self._entry(key)}")
            tell_entry(self._entry(key))

        self._keys = Keys(tell_next)
        tell_entry(self.entry_address)
        self._closing = threading.Event()
        self._is_running = False
        self._server = bounded_server(face.application(self.desk, self._keys, self._tell_fault))

    @property
    def entry_address(self) -> str:
        """URL that opens the session in one browser; the next browser needs the next one."""
        return self._entry(self._keys.next)

    def _entry(self, key: str) -> str:
        return f"{self.address}?{KEY}={key}"

    @property
    def return_address(self) -> str:
        """URL that leads from the sample back to this desk, once, in a browser that has its session."""
        return self._entry(self.desk.sample.way_back.next)

    @property
    def is_closing(self) -> bool:
        """Whether it has been told to close."""
        return self._closing.is_set()

    def run(self) -> None:
        """Serve and watch until ``close`` is called or the process is interrupted."""
        self._is_running = True
        watcher = threading.Thread(target=self._watch, daemon=True)
        try:
            self._look()
            watcher.start()
            self._server.run(sockets=[self._socket])
        finally:
            self._closing.set()
            self.desk.review.close()
            self.desk.sample.close()
            if watcher.is_alive():
                watcher.join()
            self._socket.close()

    def close(self) -> None:
        """Make ``run`` return, in whichever thread it is, and free the port."""
        self._closing.set()
        self._server.should_exit = True
        if not self._is_running:
            self._socket.close()

    def _watch(self) -> None:
        root = self.desk.root
        folders = [root / name for name in WATCHED_FOLDERS if (root / name).is_dir()]
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
                    self._look()
            except (
                OSError,
                RuntimeError,
            ):  # The system cannot tell of changes, as on some shares: look by the clock.
                self._closing.wait(LOOK / 1000)
                self._look()

    def _look(self) -> None:
        """Read the content again where it has changed; what cannot be read now is read at the next look.

        Then, while nobody waits for it, what the first save of an opened document will need.
        """
        try:
            self.desk.content.refresh()
            self.desk.content.get_ready()
        except (OSError, EditorError):
            pass
        except Exception as error:  # A fault that nobody foresaw ends no watch: the next change may mend it.
            self._tell_fault(error)
