"""The manual at the desk: a list of the documents in the folder docs, each as a page, and the pictures in them."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from liulin_gazette.desk.desk_session import Desk
from liulin_gazette.desk.manual_page import (
    ADDRESS,
    manual_page,
    manual_picture,
    manual_title,
    page_names,
)
from liulin_gazette.desk.media_types import media_type
from liulin_gazette.desk.screen import missing, page, view

FIRST = ("编辑手册", "写作规范", "诊断代码", "规则/README", "来稿转换", "排印说明", "网站与数据", "其他成品")
"""What an editor looks up most, in this order; the others follow."""


def routes(desk: Desk) -> list[Route]:
    """Return the routes of the manual."""
    return [
        view(desk, ADDRESS, lambda request: _contents(desk, request)),
        view(desk, ADDRESS + "{path:path}", lambda request: _page(desk, request)),
    ]


def _contents(desk: Desk, request: Request) -> Response:
    names = page_names(desk.root)
    ordered = [name for name in FIRST if name in names] + [name for name in names if name not in FIRST]
    documents = [(name, manual_title(desk.root, name)) for name in ordered]
    return page(desk, request, "manual_contents", documents=documents)


def _page(desk: Desk, request: Request) -> Response:
    """Return the document or the picture at the path asked for. Raises MissingScreenError."""
    path: str = request.path_params["path"]
    picture = manual_picture(desk.root, path)
    if picture is not None:
        return Response(picture, media_type=media_type(path))
    shown = manual_page(desk.root, path.removesuffix("/")) if path.endswith("/") else None
    if shown is None:
        raise missing()
    return page(desk, request, "manual", shown=shown)
