"""The form for a new document: its kind, issuers, number and section are chosen from what is known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from liulin_gazette.desk.desk_session import Desk
from liulin_gazette.desk.form import Form
from liulin_gazette.desk.issue_folder import current, issue_of, require_unpublished, shown_name
from liulin_gazette.desk.screen import NOT_POSSIBLE, act, moved, page, view
from liulin_gazette.editing.changes import apply
from liulin_gazette.editing.document_proposals import (
    acting_issuers,
    needed_fields,
    next_numbers,
    number_fault,
    order_fault,
)
from liulin_gazette.editing.free_numbers import next_order
from liulin_gazette.editing.issue_file import open_sections
from liulin_gazette.editing.new_files import EMPTY_CONTACT, RELEASE, NewDocument, document_changes
from liulin_gazette.model.document import Contact, Signatory
from liulin_gazette.model.document_types import PUBLIC_TYPES, type_in
from liulin_gazette.model.gazette import Gazette
from liulin_gazette.model.kinds import OFFICIAL, Kind, Need
from liulin_gazette.model.publication import Publication

TITLE = "new document"
FIELDS = {"number": "发文字号", "order": "令号", "issuers": "发文机关", "addressees": "主送"}
"""The field of the front matter that each input gives, and only documents of some kinds have."""
LONGEST = 500
"""Characters of a line."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What the form was sent with, as typed."""

    kind: str = OFFICIAL
    section: str = ""
    title: str = ""
    date: str = ""
    issuers: str = ""
    number: str = ""
    order: str = ""
    addressees: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """The issuers, the leading one first."""
        return tuple(filter(None, (name.strip() for name in self.issuers.split("、"))))

    @property
    def day(self) -> date | None:
        """成文日期; None where it is left open, or is no date."""
        try:
            return date.fromisoformat(self.date)
        except ValueError:
            return None


def routes(desk: Desk) -> list[Route]:
    """Return the routes of the form."""
    return [
        view(desk, "/issues/{folder}/new/", lambda request: _form(desk, request)),
        view(desk, "/issues/{folder}/new/numbers", lambda request: _numbers(desk, request)),
        act(desk, "/issues/{folder}/new/", lambda request, form: _create(desk, request, form)),
    ]


def _form(desk: Desk, request: Request) -> Response:
    name = issue_of(desk, request)
    require_unpublished(desk, name)
    section = request.query_params.get("section", "")
    return _page(desk, request, name, Answers(section=section), {})


def _page(desk: Desk, request: Request, name: str, answers: Answers, faults: Mapping[str, str]) -> Response:
    """Return the form with ``answers``, and with what is wrong with them by field."""
    _, publication = current(desk)
    kinds = [(kind.name, _inputs(kind)) for kind in publication.gazette.kinds.values()]
    return page(
        desk,
        request,
        "new_document",
        NOT_POSSIBLE if faults else 200,
        folder=name,
        name=shown_name(name),
        kinds=kinds,
        sections=open_sections(desk.root, name),
        issuers=tuple(dict.fromkeys(each.name for each in acting_issuers(publication.gazette, answers.day))),
        answers=answers,
        faults=dict.fromkeys(Answers.__dataclass_fields__, "") | dict(faults),
    )


def _inputs(kind: Kind) -> tuple[str, ...]:
    """Return the inputs that a document of ``kind`` has."""
    return tuple(each for each, field in FIELDS.items() if kind.need(field) is not Need.FORBIDDEN)


def _numbers(desk: Desk, request: Request) -> Response:
    """Return the numbers that are proposed for the kind, the issuers and the date of the query, as JSON."""
    issue_of(desk, request)
    _, publication = current(desk)
    query = request.query_params
    answers = Answers(
        kind=query.get("kind", ""), date=query.get("date", ""), issuers=query.get("issuers", "")
    )
    kind = publication.gazette.kinds.get(answers.kind)
    issuer = answers.names[0] if answers.names else ""
    if kind is None or not issuer or not kind.county_numbers:
        return JSONResponse({"numbers": [], "orders": []})
    numbers = next_numbers(desk.root, publication, kind, issuer, answers.day)
    return JSONResponse({"numbers": numbers, "orders": [f"第{next_order(publication, issuer)}号"]})


def _create(desk: Desk, request: Request, form: Form) -> Response:
    """Create the document and show it. Raises EditorError; faults of fields are told in the form."""
    name = issue_of(desk, request)
    require_unpublished(desk, name)
    _, publication = current(desk)
    answers = Answers(**{key: form.get(key).strip() for key in Answers.__dataclass_fields__})
    sections = open_sections(desk.root, name)
    faults = _faults(publication, sections, answers)
    if faults:
        return _page(desk, request, name, answers, faults)
    changes = document_changes(desk.root, name, answers.section, _document(publication.gazette, answers))
    apply(desk.root, TITLE, changes)
    stem = changes[0].path.rpartition("/")[2].removesuffix(".md")
    words = f"新建了 {stem}.md。接着写正文，并补上空着的项目。"
    return moved(request, f"/issues/{name}/documents/{stem}/", words)


def _faults(publication: Publication, sections: tuple[str, ...], answers: Answers) -> dict[str, str]:
    """Return what is wrong with ``answers``, by input. What is left empty is written later."""
    kind = publication.gazette.kinds.get(answers.kind)
    if kind is None:
        return {"kind": f"没有“{answers.kind}”这种体裁，选一种。"}
    faults: dict[str, str] = {}
    for key in Answers.__dataclass_fields__:
        value: str = getattr(answers, key)
        if len(value) > LONGEST or not value.isprintable():
            faults[key] = f"写成一行，不超过 {LONGEST} 个字，没有看不见的字符。"
        elif value and key in FIELDS and key not in _inputs(kind):
            faults[key] = f"体裁是“{kind.name}”的文件不写“{FIELDS[key]}”，去掉它。"
    if answers.section not in sections:
        faults["section"] = "选一个栏目。"
    if not answers.title:
        faults["title"] = "要写标题。"
    if answers.date and (answers.day is None or answers.day.isoformat() != answers.date):
        faults["date"] = f"日期“{answers.date}”写法不对，写作 2026-03-06 的样子。"
    faults |= {
        key: fault
        for key, fault in _faults_of_issuers(publication, kind, answers).items()
        if key not in faults
    }
    if answers.addressees and not answers.addressees.endswith("："):
        faults.setdefault("addressees", "主送机关以全角冒号“：”结尾。")
    return faults


def _faults_of_issuers(publication: Publication, kind: Kind, answers: Answers) -> dict[str, str]:
    """Return what is wrong with issuers, number and order, by input."""
    faults: dict[str, str] = {}
    registered = {each.name for each in acting_issuers(publication.gazette, answers.day)}
    unknown = [name for name in answers.names if kind.county_numbers and name not in registered]
    if unknown:
        faults["issuers"] = (
            f"“{unknown[0]}”没有登记，或那天不用这个名称。新的机关先在“设置”的“发文机关”中登记。"
        )
    issuer = answers.names[0] if answers.names else ""
    if answers.number and not unknown:
        faults["number"] = number_fault(publication, kind, issuer, answers.day, answers.number)
    if answers.order:
        faults["order"] = order_fault(publication, kind, issuer, answers.order)
    return {key: fault for key, fault in faults.items() if fault}


def _document(gazette: Gazette, answers: Answers) -> NewDocument:
    """Return the document of ``answers``, in which nothing is wrong; what it lacks is empty."""
    kind, title = gazette.kinds[answers.kind], answers.title
    names = answers.names
    has_contact = kind.need("政策咨询", title) is Need.REQUIRED
    is_public = kind.has_type and type_in(title) in PUBLIC_TYPES
    needs_signatory = kind.need("签署", title) is Need.REQUIRED
    usual_release = RELEASE if kind.need("公开方式", title) is Need.REQUIRED else ""
    contact = Contact(names[0], "", "", "") if names else EMPTY_CONTACT
    fields: dict[str, str | tuple[str, ...]] = {}
    if answers.order or kind.need("令号", title) is Need.REQUIRED:
        fields["令号"] = answers.order
    return NewDocument(
        title=title,
        number=answers.number,
        issuer=names[0] if names else "",
        date=answers.date,
        addressees="" if is_public and not answers.addressees else answers.addressees,
        release=usual_release,
        contact=contact if has_contact else None,
        kind=kind.name,
        further_issuers=names[1:],
        signatory=Signatory("", "") if needs_signatory else None,
        fields=fields,
        needed=needed_fields(kind, title),
    )
