"""The preview's web server: pages, findings, printed pages, and a stream of events about new versions."""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote

from liulin_gazette.desk.guarded_server import HTML, GuardedHandler, GuardedServer, message_page
from liulin_gazette.desk.request_bounds import MOST_STREAMS
from liulin_gazette.desk.snapshot import LiveContent
from liulin_gazette.model.diagnostics import Severity
from liulin_gazette.review.fault_report import fault_number, write_report
from liulin_gazette.text.editor_error import EditorError

POLL_INTERVAL = 0.1
"""Seconds between checks of the files."""
KEEP_ALIVE_INTERVAL = 15.0
"""Seconds of silence after which the stream of events sends a sign of life."""
PREVIEW_PATH = "/__preview/"
"""Below it are the preview's own addresses; all others are the site's."""
_MEDIA_TYPES = {
    ".html": HTML,
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".xml": "application/xml; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".pdf": "application/pdf",
}


class PreviewServer(GuardedServer):
    """The server for the project ``root``. ``port`` 0 picks a free port; ``tell`` as for GuardedServer."""

    def __init__(self, root: Path, port: int, tell: Callable[[str], None] = lambda _: None) -> None:
        self.content = LiveContent(root)
        self.changed = threading.Condition()
        self.is_closing = False
        self.streams = threading.BoundedSemaphore(MOST_STREAMS)
        self._told_faults: set[str] = set()
        self._is_running = False
        super().__init__(port, _Handler, tell)

    def tell_fault(self, error: Exception) -> str:
        """Write the report of ``error``, which nobody foresaw, and tell of it once; return words for the page."""
        number = fault_number(error)
        if number not in self._told_faults:
            self._told_faults.add(number)
            file = write_report(self.content.root, error, "serve")
            self.tell(
                f"程序出错了（编号 {number}），预览继续。" + (f"请把 {file} 发给维护者。" if file else "")
            )
        return f"程序出错了（编号 {number}）。请把编号告诉维护者。"

    def watch(self) -> None:
        """Check the files for changes until the server closes."""
        while not self.is_closing:
            if self._look():
                with self.changed:
                    self.changed.notify_all()
            time.sleep(POLL_INTERVAL)

    def _look(self) -> bool:
        """Tell whether the content has changed; where that cannot be found out now, the next look does."""
        try:
            return self.content.refresh()
        except (OSError, EditorError):
            return False
        except (
            Exception
        ) as error:  # What nobody foresaw ends no watch: the next change of a file may mend it.
            self.tell_fault(error)
            return False

    def run(self) -> None:
        """Serve and watch until ``close`` is called or the process is interrupted."""
        self._is_running = True
        try:
            self._look()
            threading.Thread(target=self.watch, daemon=True).start()
            self.serve_forever(poll_interval=0.1)
        finally:
            self._is_running = False

    def close(self) -> None:
        """Make ``run`` return, in whichever thread it is, and free the port."""
        self.is_closing = True
        with self.changed:
            self.changed.notify_all()
        if self._is_running:
            self.shutdown()
        self.server_close()


class _Handler(GuardedHandler):
    @property
    def preview(self) -> PreviewServer:
        """The server that received this request."""
        assert isinstance(self.server, PreviewServer)
        return self.server

    def answer(self, path: str, query: dict[str, list[str]]) -> None:
        """Answer a request that the guard has let through."""
        try:
            if path == PREVIEW_PATH + "events":
                self._events()
            elif path == PREVIEW_PATH + "state":
                self._state(query.get("page", ["/"])[0])
            elif path == PREVIEW_PATH + "picture":
                self._picture(query)
            elif path in (PREVIEW_PATH + "preview.js", PREVIEW_PATH + "preview.css"):
                self._own_file(path.removeprefix(PREVIEW_PATH))
            else:
                self._page(path)
        except (ConnectionError, TimeoutError):
            raise
        except Exception as error:  # What nobody foresaw is told in place of the page.
            self.send_message(self.preview.tell_fault(error), 500)

    def _own_file(self, name: str) -> None:
        """Send the preview's script or style sheet ``name``."""
        try:
            content = (self.preview.content.root / "templates/preview" / name).read_bytes()
        except OSError:
            self.send_error(404)
            return
        self.send_content(_MEDIA_TYPES[Path(name).suffix], content)

    def _page(self, path: str) -> None:
        """Send a file of the site; pages with the preview's panel. A page in its place tells of a faulty template."""
        site_path = _site_path(path)
        version = (
            self.preview.content.snapshot.version
        )  # Of before: what has changed since is fetched once more.
        try:
            asset = self.preview.content.page(site_path)
        except EditorError as error:
            self.send_content(HTML, _with_preview(message_page(error.told), version), 500)
            return
        if asset is None and site_path.startswith("assets/search/"):
            index_file = self.preview.content.root / "output/site" / site_path
            if index_file.is_file() and ".." not in site_path:
                self.send_content(_MEDIA_TYPES.get(index_file.suffix, "text/plain"), index_file.read_bytes())
                return
        if asset is None:
            self.send_content(HTML, _with_preview(message_page(""), version), 404)
            return
        content = _with_preview(asset.content, version) if site_path.endswith(".html") else asset.content
        self.send_content(_MEDIA_TYPES.get(Path(site_path).suffix, "application/octet-stream"), content)

    def _state(self, page: str) -> None:
        """Send the version of the content, and the findings for ``page``: its own, and all errors."""
        content = self.preview.content
        snapshot = content.snapshot
        entry = content.document_at(_site_path(page))
        path = entry[1].path if entry else ""
        diagnostics = [
            diagnostic
            for diagnostic in snapshot.diagnostics
            if not path or diagnostic.place.path == path or diagnostic.severity is Severity.ERROR
        ]
        data = {
            "version": snapshot.version,
            "current": snapshot.is_current,
            "document": path,
            "findings": [
                {
                    "code": diagnostic.code,
                    "severity": diagnostic.severity.value,
                    "place": str(diagnostic.place),
                    "message": diagnostic.message,
                    "hint": diagnostic.advice,
                }
                for diagnostic in diagnostics
            ],
        }
        self.send_content(_MEDIA_TYPES[".json"], json.dumps(data, ensure_ascii=False).encode())

    def _picture(self, query: dict[str, list[str]]) -> None:
        """Send the printed page ``number`` of the document at ``page``; without a number, how many there are."""
        try:
            pictures = self.preview.content.printed_pages(_site_path(query.get("page", ["/"])[0]))
        except EditorError as error:
            self.send_content("text/plain; charset=utf-8", error.told.encode(), 409)
            return
        number = query.get("number", [""])[0]
        if not number:
            self.send_content(_MEDIA_TYPES[".json"], json.dumps(len(pictures)).encode())
        elif re.fullmatch("[0-9]{1,6}", number) and 1 <= int(number) <= len(pictures):
            self.send_content(_MEDIA_TYPES[".png"], pictures[int(number) - 1])
        else:
            self.send_error(404)

    def _events(self) -> None:
        """Send each new version of the content as a server-sent event, until the server closes."""
        if not self.preview.streams.acquire(blocking=False):
            self.send_message("打开的预览页太多了。关掉几页，再刷新这一页。", 503)
            return
        try:
            self._send_events()
        finally:
            self.preview.streams.release()

    def _send_events(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        sent_version = -1
        while self.command == "GET" and not self.preview.is_closing:
            version = self.preview.content.snapshot.version
            if version != sent_version:
                sent_version = version
                self.wfile.write(f"data: {version}\n\n".encode())
            else:
                self.wfile.write(b": here\n\n")
            self.wfile.flush()
            with self.preview.changed:
                if self.preview.content.snapshot.version == sent_version:
                    self.preview.changed.wait(KEEP_ALIVE_INTERVAL)


def _site_path(path: str) -> str:
    """Return the site's file for the URL path ``path``: ``2026/1/index.html`` for ``/2026/1/``."""
    relative = unquote(path).lstrip("/")
    return relative + "index.html" if not relative or relative.endswith("/") else relative


def _with_preview(content: bytes, version: int) -> bytes:
    """Return the HTML page ``content``, built from ``version`` or a later one, with the preview's style sheet and script."""
    links = (
        f'<link rel="stylesheet" href="{PREVIEW_PATH}preview.css">'
        f'<script src="{PREVIEW_PATH}preview.js" data-version="{version}" defer></script>'
    )
    head, mark, rest = content.partition(b"</head>")
    return head + links.encode() + mark + rest if mark else content + links.encode()
