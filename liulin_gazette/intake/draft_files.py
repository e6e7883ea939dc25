"""Drafts → files of an issue, and the report that shows manuscript and draft side by side."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from liulin_gazette.editing.changes import Change, file_change
from liulin_gazette.editing.issue_file import add_to_section
from liulin_gazette.editing.new_files import document_text, free_name
from liulin_gazette.editing.new_issues import NewIssue, issue_text
from liulin_gazette.intake.accounting.lost_words import mark_lost_words
from liulin_gazette.intake.drafts import MARK_START, Conversion, Draft, Intake
from liulin_gazette.model.gazette import Gazette
from liulin_gazette.model.kinds import OFFICIAL
from liulin_gazette.model.publication import Publication
from liulin_gazette.rendering.templates import read_templates
from liulin_gazette.rendering.templating import environment
from liulin_gazette.source.folder import ISSUE_FILE

_FRONT_BYTES = 20_000
"""Of a file, in which its front matter is looked for."""
_FIELD_LINE = re.compile(r"^(?P<key>[一-鿿]+): *(?P<value>\S.*)$", re.MULTILINE)
_SECTIONS = (
    ("人民政府办公室", "政府办"),
    ("人民政府", "政府(?!办|部门|各部门|工作部门)"),
    ("", "部门|委办局|局办"),
)
"""How an issuer ends, and what the name of its section has in it."""


@dataclass(frozen=True, slots=True)
class PlannedDraft:
    """A draft and the file that it is to be written to."""

    draft: Draft
    path: str
    """Project path of the Markdown file."""
    section: str
    text: str
    """Content of the file."""
    same_title: str = ""
    """Project path of a document of the issue that has the same title; empty if there is none."""

    @property
    def marks(self) -> int:
        """How many 待核 marks the editor has to resolve."""
        return self.text.count(MARK_START)


@dataclass(frozen=True, slots=True)
class Plan:
    """The files to be written for some drafts, and the drafts that need none."""

    changes: tuple[Change, ...]
    planned: tuple[PlannedDraft, ...]
    duplicates: tuple[Draft, ...]
    """Drafts whose 发文字号 or 令号 is in the archive, in the issue or in the batch already."""


def plan_drafts(
    root: Path, publication: Publication, issue: NewIssue, section: str, intakes: Sequence[Intake]
) -> Plan:
    """Return the files that add the drafts of ``intakes`` to ``issue``; a new issue.toml if it has none.

    All drafts go into ``section``; if it is empty, each goes where its issuer fits. Raises issue_file.NewError.
    """
    folder = f"content/{issue.name}"
    written = _written(root / folder)
    names_known = {_identity(each.number, each.order, each.issuer) for each in written.values()}
    names_known |= {
        _identity(str(each.number or ""), str(each.order or ""), each.issuer)
        for earlier in publication.issues
        for each in earlier.documents
    }
    titles = {each.title: f"{folder}/{name}" for name, each in written.items()}
    settings = file_change(root, f"{folder}/{ISSUE_FILE}", None)
    content = issue_text(issue).encode() if settings.before is None else settings.before
    planned: list[PlannedDraft] = []
    duplicates: list[Draft] = []
    changes: list[Change] = []
    names: list[str] = []
    for draft in (draft for intake in intakes for draft in intake.drafts):
        document = draft.document
        identity = _identity(document.number, str(document.fields.get("令号", "")), document.issuer)
        if identity and identity in names_known:
            duplicates.append(draft)
            continue
        names_known.add(identity)
        name = free_name(root / folder, names)
        names.append(name)
        text = document_text(draft.document)
        pictures = _picture_changes(root, folder, name, draft)
        for old_name, picture in pictures:
            text = text.replace(f"]({old_name})", f"]({Path(picture.path).name})")
        draft_section = section or draft.section or _section(publication, issue, draft)
        content = add_to_section(content, draft_section, name)
        changes.append(file_change(root, f"{folder}/{name}", text.encode()))
        changes += [picture for _, picture in pictures]
        path = f"{folder}/{name}"
        planned.append(
            PlannedDraft(draft, path, draft_section, text, same_title=titles.get(document.title, ""))
        )
        if not document.title.startswith(MARK_START):
            titles.setdefault(document.title, path)
    if planned:
        changes.append(replace(settings, after=content))
    return Plan(tuple(changes), tuple(planned), tuple(duplicates))


@dataclass(frozen=True, slots=True)
class _Written:
    """What a file of the issue says of its document; it may have errors, and then the publication does not have it."""

    title: str
    number: str
    order: str
    issuer: str


def _written(folder: Path) -> dict[str, _Written]:
    """Return the documents in ``folder`` by the names of their files, as far as their first lines can be read."""
    documents: dict[str, _Written] = {}
    for file in sorted(folder.glob("*.md")):
        with contextlib.suppress(OSError):
            front = file.read_bytes()[:_FRONT_BYTES].decode("utf-8", "replace").split("\n---")[0]
            values = {
                match["key"]: match["value"].strip().strip("\"'") for match in _FIELD_LINE.finditer(front)
            }
            documents[file.name] = _Written(
                *(values.get(key, "") for key in ("标题", "发文字号", "令号", "发文机关"))
            )
    return documents


def _identity(number: str, order: str, issuer: str) -> str:
    """Return what tells a document from all others; empty where it has no number, or a mark 待核 for one."""
    if number and MARK_START not in number:
        return number
    serial = re.sub("[第号]", "", order)
    return f"{issuer}令{serial}" if serial and MARK_START not in order + issuer else ""


def _picture_changes(root: Path, folder: str, name: str, draft: Draft) -> list[tuple[str, Change]]:
    """Return each picture's name in the draft, and the file that is to be written for it."""
    stem = name.removesuffix(".md")
    return [(old, file_change(root, f"{folder}/{stem}-{old}", content)) for old, content in draft.pictures]


def _section(publication: Publication, issue: NewIssue, draft: Draft) -> str:
    """Return the section of ``issue`` for ``draft``: the one that names its kind, or where its issuer was printed last.

    Otherwise the one whose name fits the issuer; the first section for the government, the last one for everyone else.
    """
    document = draft.document
    issuer = document.issuer.split(MARK_START)[0]
    for name in issue.sections:
        if document.kind != OFFICIAL and (document.kind in name or name in document.kind):
            return name
    for earlier in reversed(publication.issues):
        for section in earlier.sections:
            issuers = {each.issuer for each in section.documents if each.kind == document.kind}
            if issuer in issuers and section.name in issue.sections:
                return section.name
    for end, pattern in _SECTIONS:
        fitting = [name for name in issue.sections if re.search(pattern, name)]
        if issuer.endswith(end) and fitting:
            return fitting[0]
    is_government = issuer.endswith(("人民政府", "人民政府办公室"))
    return issue.sections[0 if is_government else -1]


ComparedDraft = tuple[Draft, tuple[Conversion, ...], PlannedDraft | None]
"""A draft, each part of its manuscript beside what it became, and its file; None where it needs none."""


def compared(intakes: Sequence[Intake], plan: Plan) -> list[tuple[Intake, list[ComparedDraft]]]:
    """Return the drafts of ``intakes`` as an editor compares them with the manuscripts."""
    files = {id(planned.draft): planned for planned in plan.planned}
    return [
        (intake, [(draft, mark_lost_words(draft), files.get(id(draft))) for draft in intake.drafts])
        for intake in intakes
    ]


def report(root: Path, gazette: Gazette, intakes: Sequence[Intake], plan: Plan) -> bytes:
    """Return the HTML page that shows each part of the manuscripts beside what it became."""
    template = environment(read_templates(root)).get_template("report/intake.html")
    return template.render(publication=gazette, intakes=compared(intakes, plan)).encode()
