"""The form for a new issue: the next number, its date and its sections are proposed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from liulin_gazette.desk.act_words import at_desk
from liulin_gazette.desk.desk_session import Desk
from liulin_gazette.desk.form import Form
from liulin_gazette.desk.issue_folder import current, shown_name
from liulin_gazette.desk.screen import NOT_POSSIBLE, act, moved, page, view
from liulin_gazette.editing.changes import apply
from liulin_gazette.editing.issue_file import NewError
from liulin_gazette.editing.new_issues import (
    NewIssue,
    issue_changes,
    next_issue,
    requested_issue,
    require_series,
)
from liulin_gazette.source.settings_tables.issue_numbering import CODES
from liulin_gazette.text.issue_name_form import ISSUE_NAME

TITLE = "new issue"
REGULAR = "一般的一期"
MOST_SECTIONS = 60
LONGEST_SECTION = 60
"""Characters of the name of a section."""


def routes(desk: Desk) -> list[Route]:
    """Return the routes of the form."""
    return [
        view(desk, "/issues/new/", lambda request: _form(desk, request)),
        act(desk, "/issues/new/", lambda request, form: _create(desk, request, form)),
    ]


def _form(desk: Desk, request: Request) -> Response:
    """Return the form for the issue that the address asks for, or for the next one."""
    query = request.query_params
    asked = {key: query.get(key, "") for key in ("year", "number", "kind", "last")}
    try:
        new = _requested(desk, _name(asked) if asked["year"] else None)
    except NewError as error:
        if not asked["year"]:
            raise
        return _page(desk, request, _requested(desk, None), {"number": error.told_with(at_desk)}, asked)
    return _page(desk, request, new, {}, {})


def _name(asked: Mapping[str, str]) -> str:
    """Return the name (2026-2) of the issue that was ``asked`` for. Raises NewError for numbers that cannot be."""
    kind = CODES.get(asked["kind"], "")
    last = f"-{asked['last']}" if asked["last"] and not kind else ""
    name = f"{asked['year']}-{kind}{asked['number']}{last}"
    numbers = (asked["year"], asked["number"], asked["last"] or "1")
    if not all(_is_number(each) for each in numbers) or not ISSUE_NAME.fullmatch(name):
        raise NewError("年、期要写数字，例如 2026 年第 3 期；合刊的第二个期号写在“合刊到第几期”里。")
    if last and int(asked["last"]) <= int(asked["number"]):
        raise NewError("合刊到第几期，要比前面的期号大。")
    if int(asked["number"]) < 1:
        raise NewError("期号从 1 起。")
    return name


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _requested(desk: Desk, name: str | None) -> NewIssue:
    examined, publication = current(desk)
    if not publication.issues:
        require_series(examined.diagnostics)
    return requested_issue(desk.root, publication, name, date.today())


def _page(
    desk: Desk,
    request: Request,
    new: NewIssue,
    faults: Mapping[str, str],
    asked: Mapping[str, str],
    values: Mapping[str, str] | None = None,
) -> Response:
    """Return the form for ``new`` with what is wrong with the answers, by field, and the ``values`` that were sent."""
    _, publication = current(desk)
    expected = next_issue(publication, date.today())
    proposed = {
        "year": str(new.year),
        "number": str(new.number),
        "kind": new.supplement,
        "last": str(new.merged_with or ""),
        "date": new.date.isoformat(),
        "sections": "\n".join(new.sections),
    }
    return page(
        desk,
        request,
        "new_issue",
        NOT_POSSIBLE if faults else 200,
        new=new,
        name=shown_name(new.name),
        expected=None if new.supplement or new.name == expected.name else shown_name(expected.name),
        exists=(desk.root / "content" / new.name).exists(),
        faults={"number": "", "date": "", "sections": "", **faults},
        kinds=("", *CODES),
        regular=REGULAR,
        values={**proposed, **asked, **(values or {})},
    )


def _create(desk: Desk, request: Request, form: Form) -> Response:
    """Create the issue. Raises EditorError; faults of fields are told in the form."""
    name = form["name"]
    if not ISSUE_NAME.fullmatch(name) or not name.isascii():
        raise NewError("期号写法不对。", "退回去再做一次。")
    new = _requested(desk, name)
    faults: dict[str, str] = {}
    day = new.date
    try:
        day = date.fromisoformat(form["date"])
    except ValueError:
        faults["date"] = f"出版日期写法不对，写作 {new.date} 的样子。"
    sections = tuple(filter(None, (line.strip() for line in form["sections"].split("\n"))))
    if fault := _sections_fault(sections):
        faults["sections"] = fault
    if faults:
        values = {"date": form["date"], "sections": form["sections"]}
        return _page(desk, request, new, faults, {}, values)
    apply(desk.root, TITLE, issue_changes(desk.root, replace(new, date=day, sections=sections)))
    return moved(
        request, f"/issues/{new.name}/", f"新建了{shown_name(new.name)}。接着新建公文，或者转入来稿。"
    )


def _sections_fault(sections: tuple[str, ...]) -> str:
    """Return what is wrong with the names of ``sections``; empty if nothing is."""
    if not sections:
        return "至少写一个栏目，一行一个。"
    if len(sections) > MOST_SECTIONS:
        return f"栏目不超过 {MOST_SECTIONS} 个。"
    if any(len(each) > LONGEST_SECTION or not each.isprintable() for each in sections):
        return f"栏目名不超过 {LONGEST_SECTION} 个字，没有看不见的字符。"
    double = next((each for each in sections if sections.count(each) > 1), "")
    return f"“{double}”写了两次。" if double else ""
