"""The pages of the site as the content is now, the printed pages of a document, and news of each change."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from pathlib import PurePosixPath

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from liulin_gazette.desk.desk_session import Desk
from liulin_gazette.desk.screen import missing, page, view

LOOK = 0.1
"""Seconds between looks for a new version of the content."""
KEEP_ALIVE_LOOKS = 150
"""Looks without news after which a stream of events sends a sign of life."""
MEDIA_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".xml": "application/xml; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
}


def routes(desk: Desk) -> list[Route]:
    """Return the routes of ``desk`` to what the content looks like now."""

    async def events(request: Request) -> Response:
        return _events(desk, request)

    return [
        view(desk, "/site/{path:path}", lambda request: _site(desk, request)),
        view(desk, "/prints/{path:path}", lambda request: _print(desk, request)),
        Route("/events", events, methods=["GET"]),
    ]


def _site(desk: Desk, request: Request) -> Response:
    """Return the file of the site at the path asked for. Raises UnreadableError for a faulty template."""
    path: str = request.path_params["path"]
    path += "index.html" if not path or path.endswith("/") else ""
    asset = desk.content.page(path)
    if asset is None:
        if desk.content.snapshot.last_readable is None:
            return page(desk, request, "refused", 409, told="内容还读不懂，没有网页可看。先改正错误。")
        raise missing()
    media_type = MEDIA_TYPES.get(PurePosixPath(path).suffix, "application/octet-stream")
    return Response(asset.content, media_type=media_type)


def _print(desk: Desk, request: Request) -> Response:
    """Return the printed page ``number`` of the document at the path; without a number, how many there are.

    Raises TypesettingError, FontMissingError, UnreadableError.
    """
    pictures = desk.content.printed_pages(request.path_params["path"] + "index.html")
    number = request.query_params.get("number", "")
    if not number:
        return JSONResponse({"pages": len(pictures), "version": desk.content.snapshot.version})
    if not (number.isascii() and number.isdigit() and len(number) < 6 and 1 <= int(number) <= len(pictures)):
        raise missing()
    return Response(pictures[int(number) - 1], media_type="image/png")


def _events(desk: Desk, request: Request) -> Response:
    """Return a stream of server-sent events: the number of each new version of the content."""

    async def stream() -> AsyncGenerator[str]:
        sent, silent = -1, 0
        while not await request.is_disconnected():
            version = desk.content.snapshot.version
            if version != sent:
                sent, silent = version, 0
                yield f"data: {version}\n\n"
            elif silent >= KEEP_ALIVE_LOOKS:
                silent = 0
                yield ": here\n\n"
            silent += 1
            await asyncio.sleep(LOOK)

    return StreamingResponse(stream(), media_type="text/event-stream")
