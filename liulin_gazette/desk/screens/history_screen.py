"""The screen of what was changed: the steps that can be undone, and the last one undone once it has been looked at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from liulin_gazette.desk.act_words import at_desk
from liulin_gazette.desk.desk_session import Desk
from liulin_gazette.desk.form import Form
from liulin_gazette.desk.screen import act, moved, page, view
from liulin_gazette.editing.changes import next_to_undo, undo
from liulin_gazette.editing.counties.program_files import shown
from liulin_gazette.editing.step_titles import shown_title
from liulin_gazette.editing.undo_journal import (
    LEAST_STEPS,
    MOST_BYTES,
    MOST_STEPS,
    Change,
    EditingError,
    effects_of_undoing,
    read_step,
    steps,
)
from liulin_gazette.review.comparison import ChangedFile, changed_lines
from liulin_gazette.text.beijing_time import BEIJING

MOST_LISTED = 100
"""Steps that a page lists."""
SHOWN = 20
"""How many files are named; an upgrade changes hundreds."""
TEXT_TYPES = (".md", ".toml", ".json")
"""Files of which the lines are compared."""


@dataclass(frozen=True, slots=True)
class PastStep:
    """A step as the list shows it."""

    title: str
    time: str
    files: str
    fault: str = ""
    """Why it cannot be read; empty where it can."""


def routes(desk: Desk) -> list[Route]:
    """Return the routes of the history."""
    return [
        view(desk, "/history/", lambda request: _history(desk, request)),
        view(desk, "/history/undo/", lambda request: _shown(desk, request)),
        act(desk, "/history/undo/", lambda request, form: _undo(desk, request, form)),
    ]


def _history(desk: Desk, request: Request) -> Response:
    before = request.query_params.get("before", "")
    kept = [folder for folder in steps(desk.root) if not before or folder.name < before]
    past = [_past(folder) for folder in reversed(kept[-MOST_LISTED:])]
    older = kept[-MOST_LISTED].name if len(kept) > MOST_LISTED else ""
    return page(
        desk,
        request,
        "history",
        past=past,
        before=before,
        older=older,
        most=f"{MOST_STEPS:,}",
        megabytes=MOST_BYTES // 1024**2,
        least=LEAST_STEPS,
    )


def _past(folder: Path) -> PastStep:
    try:
        time = datetime.fromtimestamp(folder.stat().st_mtime, BEIJING).strftime("%Y-%m-%d %H:%M")
        step = read_step(folder)
    except EditingError as error:
        return PastStep("读不出来的一步", "", "", error.told_with(at_desk))
    except OSError:  # Another command has just undone it.
        return PastStep("已经撤销的一步", "", "")
    return PastStep(shown_title(step.title), time, shown([change.path for change in step.changes], SHOWN))


def _shown(desk: Desk, request: Request) -> Response:
    """Return the page that shows what undoing the last step changes. Raises EditingError."""
    found = next_to_undo(desk.root)
    if found is None:
        return moved(request, "/history/")  # It says that there is nothing.
    name, step = found
    effects = [f"{way}：{shown(paths, SHOWN)}" for way, paths in effects_of_undoing(step).items()]
    files = [_compared(change) for change in step.changes[:SHOWN]]
    return page(
        desk,
        request,
        "undo",
        step=name,
        title=shown_title(step.title),
        is_program=step.is_program,
        effects=effects,
        files=[file for file in files if file.lines],
    )


def _undo(desk: Desk, request: Request, form: Form) -> Response:
    """Undo the last step, if it is the one that the page showed. Raises EditingError."""
    found = next_to_undo(desk.root)
    if found is None or found[0] != form["step"]:
        raise EditingError("这一页打开以后，别处又改动或撤销过，没有撤销。回到撤销这一页，看过再撤销。")
    if found[1].is_program:
        raise EditingError("这一步换的是程序，编辑台开着的时候不能撤销。请装程序的人关掉编辑台以后撤销。")
    undone = undo(desk.root, found[0])
    if undone is None:
        return moved(request, "/history/", "另一个命令刚刚撤销了它。")
    return moved(request, "/history/", f"已撤销“{shown_title(undone.title)}”：{shown(undone.paths, SHOWN)}")


def _compared(change: Change) -> ChangedFile:
    """Return the lines of the file of ``change`` as undoing it changes them; none of a file that is no text."""
    if not change.path.endswith(TEXT_TYPES):
        return ChangedFile(change.path, "", ())
    now, then = (
        (content or b"").decode("utf-8-sig", "replace").splitlines()
        for content in (change.after, change.before)
    )
    return ChangedFile(change.path, "", tuple(changed_lines(now, then)))
