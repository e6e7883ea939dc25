"""Drafts → files of an issue, and the report that shows source and draft side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from liulin_gazette.editing.changes import Change, change
from liulin_gazette.editing.new_files import NewIssue, document_text, free_name, issue_text, listed
from liulin_gazette.intake.drafts import Draft, Intake
from liulin_gazette.model.publication import Publication
from liulin_gazette.rendering.templates import read_templates
from liulin_gazette.rendering.templating import environment

MARK = "【待核"


@dataclass(frozen=True, slots=True)
class Placed:
    """A draft with the file that it is written to."""

    draft: Draft
    path: str
    """Project path of the Markdown file."""
    section: str
    text: str

    @property
    def marks(self) -> int:
        """How many places are to be resolved."""
        return self.text.count(MARK)


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be written, and what is not because it is there already."""

    changes: tuple[Change, ...]
    placed: tuple[Placed, ...]
    known: tuple[Draft, ...]
    """Drafts whose number the archive has."""


def plan(
    root: Path, publication: Publication, issue: NewIssue, section: str, intakes: Sequence[Intake]
) -> Plan:
    """Return the files for the drafts of ``intakes`` in ``issue``, which is made where it is not there.

    ``section`` is the 栏目 for all of them; empty for the one that fits the issuer. Raises desk.new.NewError.
    """
    numbers = {str(document.number) for each in publication.issues for document in each.documents}
    folder = f"content/{issue.name}"
    settings = change(root, f"{folder}/issue.toml", None)
    text = settings.before.decode("utf-8-sig") if settings.before else issue_text(issue)
    placed: list[Placed] = []
    known: list[Draft] = []
    files: list[Change] = []
    names: list[str] = []
    for draft in (draft for intake in intakes for draft in intake.drafts):
        if draft.document.number in numbers:
            known.append(draft)
            continue
        numbers.add(draft.document.number)
        name = free_name(root / folder, names)
        names.append(name)
        own = _pictures(root, folder, name, draft)
        written = document_text(draft.document)
        for old, change_of_picture in own:
            written = written.replace(f"]({old})", f"]({Path(change_of_picture.path).name})")
        chosen = section or _section(publication, issue, draft)
        text = listed(text, chosen, name)
        files += [change(root, f"{folder}/{name}", written.encode()), *(each for _, each in own)]
        placed.append(Placed(draft, f"{folder}/{name}", chosen, written))
    if placed:
        files.append(Change(settings.path, settings.before, text.encode()))
    return Plan(tuple(files), tuple(placed), tuple(known))


def _pictures(root: Path, folder: str, name: str, draft: Draft) -> list[tuple[str, Change]]:
    stem = name.removesuffix(".md")
    return [(old, change(root, f"{folder}/{stem}-{old}", content)) for old, content in draft.pictures]


def _section(publication: Publication, issue: NewIssue, draft: Draft) -> str:
    """Return the 栏目 in which the issuer was printed last; else the first for the government's office, the last for others."""
    for each in reversed(publication.issues):
        for section in each.sections:
            issuers = {document.issuer for document in section.documents}
            if draft.document.issuer in issuers and section.name in issue.sections:
                return section.name
    own = draft.document.issuer.endswith(("人民政府", "人民政府办公室"))
    return issue.sections[0 if own else -1]


def report(root: Path, publication: Publication, intakes: Sequence[Intake], made: Plan) -> bytes:
    """Return the page that shows each part of the sources beside what became of it."""
    sources = [
        (
            intake,
            [
                (draft, next((each for each in made.placed if each.draft is draft), None))
                for draft in intake.drafts
            ],
        )
        for intake in intakes
    ]
    template = environment(read_templates(root)).get_template("report/intake.html")
    return template.render(publication=publication, sources=sources).encode()
