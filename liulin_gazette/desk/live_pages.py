"""The pages of the site as the content is now, the printed pages of a document, and news of each change."""

from __future__ import annotations

import asyncio
import re
import threading
from collections.abc import AsyncGenerator, Callable, Sequence
from dataclasses import asdict

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from liulin_gazette.desk.desk_session import Desk
from liulin_gazette.desk.media_types import media_type
from liulin_gazette.desk.screen import missing, page, view
from liulin_gazette.desk.snapshot import LiveContent

LOOK = 0.1
"""Seconds between looks for a new version of the content."""
KEEP_ALIVE_LOOKS = 150
"""Looks without news after which a stream of events sends a sign of life."""
MOST_STREAMS = 16
"""Streams of events."""
UNREADABLE = "内容还读不懂，没有网页可看。先改正错误。"
TOO_MANY = "打开的预览页太多了。关掉几页，再刷新这一页。"
EVENTS = "text/event-stream"
_INDEX_FILE = re.compile(r"assets/search(?:/[\w-][\w.-]*)+")
"""Of the search index, which only a build makes. No part of the path begins with a dot."""


def routes(desk: Desk) -> list[Route]:
    """Return the routes of ``desk`` to what the content looks like now."""
    return [
        view(desk, "/site/{path:path}", lambda request: _site(desk, request)),
        view(desk, "/prints/{path:path}", lambda request: _print(desk, request)),
        events_route(desk, "/events", lambda words, status: Response(words, status)),
    ]


def site_path(path: str) -> str:
    """Return the site's file for the path of an address: ``2026/1/index.html`` for ``/2026/1/``."""
    relative = path.lstrip("/")
    return relative + "index.html" if not relative or relative.endswith("/") else relative


def site_file(content: LiveContent, path: str) -> bytes | None:
    """Return the file of the site at ``path``, as the content is now; None if there is none.

    Raises UnreadableError for a faulty template.
    """
    if asset := content.page(path):
        return asset.content
    file = content.root / "output" / "site" / path
    return file.read_bytes() if _INDEX_FILE.fullmatch(path) and file.is_file() else None


def printed_page(pictures: Sequence[bytes], number: str) -> Response | None:
    """Return the picture with the ``number`` of a query, from 1 on; None if there is none."""
    if not re.fullmatch("[0-9]{1,6}", number) or not 1 <= int(number) <= len(pictures):
        return None
    return Response(pictures[int(number) - 1], media_type="image/png")


def events_route(desk: Desk, path: str, told: Callable[[str, int], Response]) -> Route:
    """Return the route to a stream of server-sent events: the number of each new version of the content.

    ``told`` returns the answer to those who would open too many streams.
    """
    streams = threading.BoundedSemaphore(MOST_STREAMS)

    async def events(request: Request) -> Response:
        if not streams.acquire(blocking=False):
            return told(TOO_MANY, 503)
        return _Events(_versions(desk.content, request), streams.release)

    return Route(path, events, methods=["GET"])


class _Events(StreamingResponse):
    """A stream of events that tells when it has ended, even if nobody read it."""

    def __init__(self, stream: AsyncGenerator[str], ended: Callable[[], None]) -> None:
        super().__init__(stream, media_type=EVENTS)
        self._ended = ended

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._ended()


async def _versions(content: LiveContent, request: Request) -> AsyncGenerator[str]:
    sent, silent = -1, 0
    while request.method == "GET" and not await request.is_disconnected():
        version = content.snapshot.version
        if version != sent:
            sent, silent = version, 0
            yield f"data: {version}\n\n"
        elif silent >= KEEP_ALIVE_LOOKS:
            silent = 0
            yield ": here\n\n"
        silent += 1
        await asyncio.sleep(LOOK)


def _site(desk: Desk, request: Request) -> Response:
    """Return the file of the site at the path asked for. Raises UnreadableError for a faulty template."""
    path = site_path(request.path_params["path"])
    content = site_file(desk.content, path)
    if content is None:
        if desk.content.snapshot.last_readable is None:
            return page(desk, request, "refused", 409, told=UNREADABLE)
        raise missing()
    return Response(content, media_type=media_type(path))


def _print(desk: Desk, request: Request) -> Response:
    """Return the printed page ``number`` of the document at the path; without a number, what is printed where.

    Raises TypesettingError, FontMissingError, UnreadableError.
    """
    printed = desk.content.printed_document(request.path_params["path"] + "index.html")
    number = request.query_params.get("number", "")
    if not number:
        return JSONResponse(
            {
                "pages": len(printed.pictures),
                "version": desk.content.snapshot.version,
                "rows": printed.rows,
                "blocks": [asdict(block) for block in printed.blocks],
                "sizes": printed.sizes,
                "fields": [asdict(field) for field in printed.fields],
            }
        )
    found = printed_page(printed.pictures, number)
    if found is None:
        raise missing()
    return found
