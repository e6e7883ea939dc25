"""The tour: its sample is made, opened, removed and brought back at the office's desk, and ended at the sample's own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from liulin_gazette.desk.desk_session import Desk
from liulin_gazette.desk.form import Form
from liulin_gazette.desk.screen import act, missing, moved, page, view
from liulin_gazette.editing.sample_gazette import (
    DESK_FOLDER,
    FOLDER,
    has_removed_sample,
    has_sample,
    is_tour_seen,
    make_sample,
    remember_tour,
    remove_sample,
    renew_program_files,
    restore_sample,
)
from liulin_gazette.editing.undo_journal import EditingError
from liulin_gazette.text.system_errors import reason

PLACE = "/tour/"


def routes(desk: Desk) -> list[Route]:
    """Return the routes of the tour at ``desk``: the sample's own knows its end and the way back."""
    if desk.is_sample:
        return [
            act(desk, "/tour/end", lambda request, _: _end(desk, request)),
            view(desk, "/tour/office/", lambda _: _office(desk)),
        ]

    def change(path: str, do: Callable[[Path], None], told: str) -> Route:
        def done(request: Request, _form: Form) -> Response:
            do(desk.root)
            return moved(request, PLACE, told)

        return act(desk, path, done)

    def make(root: Path) -> None:
        make_sample(root, date.today().year)
        _open(desk)

    def remove(root: Path) -> None:
        desk.sample.close()
        remove_sample(root)

    return [
        view(desk, PLACE, lambda request: _tour(desk, request)),
        view(desk, "/tour/sample/", lambda _: _sample(desk)),
        change("/tour/make", make, "样刊做好了。"),
        change("/tour/open", lambda _: _open(desk), ""),
        change("/tour/remove", remove, "样刊删去了。"),
        change("/tour/restore", restore_sample, "样刊恢复了。"),
    ]


def _tour(desk: Desk, request: Request) -> Response:
    return page(
        desk,
        request,
        "tour",
        is_made=has_sample(desk.root),
        is_removed=has_removed_sample(desk.root),
        is_open=bool(desk.sample.entry_address),
        is_seen=is_tour_seen(desk.root),
        folder=FOLDER,
    )


def _sample(desk: Desk) -> Response:
    """Lead to the sample's desk, which opens its session with the key. Raises MissingScreenError while it is closed."""
    address = desk.sample.entry_address
    if not address:
        raise missing()
    return RedirectResponse(address, 303)


def _open(desk: Desk) -> None:
    """Serve the sample, with the program as it is now. Raises EditingError."""
    if not has_sample(desk.root):
        raise EditingError("还没有样刊。", "先做一期。")
    renew_program_files(desk.root)
    try:
        desk.sample.open(desk.root / FOLDER)
    except OSError as error:
        raise EditingError(
            f"样刊打不开（{reason(error, '使用')}）。", "关上别的编辑台，再做一次。"
        ) from error


def _end(desk: Desk, request: Request) -> Response:
    """Remember at the office's desk that the tour was seen."""
    if desk.root.parent.name == DESK_FOLDER:
        remember_tour(desk.root.parent.parent)
    where = "点上面的“回到自己的公报”" if desk.office else "关上这个标签页，用原来的那一个"
    return moved(request, "/", f"导览到这里。样刊留着，可以随便试；要编自己的公报，{where}。")


def _office(desk: Desk) -> Response:
    """Lead to the office's desk. Raises MissingScreenError where the sample was not opened from one."""
    if desk.office is None:
        raise missing()
    return RedirectResponse(desk.office(), 303)
