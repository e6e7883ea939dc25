"""The page of a rule: why it exists, what it reports, and what to do where the text is right all the same."""

from __future__ import annotations

import re
from pathlib import Path

from markdown_it import MarkdownIt
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from liulin_gazette.desk.desk_session import Desk
from liulin_gazette.desk.screen import missing, page, view

CODE = re.compile(r"[A-Z][0-9]{3}")
CELL_END = re.compile(r"(?<!\\)\|")
"""A mark between the cells of a table; one with a backslash is part of a cell."""
RULES = Path("docs") / "规则"
CODES = Path("docs") / "诊断代码.md"


def routes(desk: Desk) -> list[Route]:
    """Return the route of the pages of rules."""
    return [view(desk, "/rules/{code}/", lambda request: _rule(desk, request))]


def _rule(desk: Desk, request: Request) -> Response:
    """Return the page of the rule, or of the code of what is checked when files are read. Raises MissingScreenError."""
    code: str = request.path_params["code"]
    text = CODE.fullmatch(code) and (_section(desk.root, code) or _entry(desk.root, code))
    if not text:
        raise missing()
    title, body = text
    # The program's own text, of which markdown-it escapes what looks like HTML.
    explanation = Markup(MarkdownIt("commonmark", {"html": False}).render(body))
    return page(desk, request, "rule", title=f"{code} {title}", explanation=explanation)


def _section(root: Path, code: str) -> tuple[str, str] | None:
    """Return the title and the text of the section on the rule ``code``; None if there is none."""
    lines = _lines(root / RULES / f"{code[0]}.md")
    start = next((index for index, line in enumerate(lines) if line.startswith(f"## {code} ")), None)
    if start is None:
        return None
    end = next(
        (index for index in range(start + 1, len(lines)) if lines[index].startswith("## ")), len(lines)
    )
    return lines[start].removeprefix(f"## {code} "), "\n".join(lines[start + 1 : end])


def _entry(root: Path, code: str) -> tuple[str, str] | None:
    """Return the row on ``code`` in the table of all codes, as a title and a list; None if there is none."""
    headings: list[str] = []
    for line in _lines(root / CODES):
        cells = [cell.strip() for cell in CELL_END.split(line.strip().strip("|"))]
        if line.startswith("| 代码 "):
            headings = cells
        if line.startswith(f"| {code} ") and len(cells) == len(headings):
            named = list(zip(headings, cells, strict=True))
            return cells[2], "\n".join(f"- {name}：{cell}" for name, cell in named[1:])
    return None


def _lines(file: Path) -> list[str]:
    """Return the lines of ``file``; none where it cannot be read."""
    try:
        return file.read_text("utf-8").splitlines()
    except (OSError, ValueError):
        return []
