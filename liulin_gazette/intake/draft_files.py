"""Drafts → files of an issue, and the report that shows manuscript and draft side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from liulin_gazette.editing.changes import Change, file_change
from liulin_gazette.editing.new_files import NewIssue, add_to_section, document_text, free_name, issue_text
from liulin_gazette.intake.drafts import MARK_START, Draft, Intake
from liulin_gazette.intake.lost_words import mark_lost_words
from liulin_gazette.model.publication import Publication
from liulin_gazette.rendering.templates import read_templates
from liulin_gazette.rendering.templating import environment


@dataclass(frozen=True, slots=True)
class PlannedDraft:
    """A draft and the file that it is to be written to."""

    draft: Draft
    path: str
    """Project path of the Markdown file."""
    section: str
    text: str
    """Content of the file."""

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
    """Drafts whose document number is in the archive already."""


def plan_drafts(
    root: Path, publication: Publication, issue: NewIssue, section: str, intakes: Sequence[Intake]
) -> Plan:
    """Return the files that add the drafts of ``intakes`` to ``issue``; a new issue.toml if it has none.

    All drafts go into ``section``; if it is empty, each goes where its issuer fits. Raises new_files.NewError.
    """
    numbers = {str(document.number) for earlier in publication.issues for document in earlier.documents}
    folder = f"content/{issue.name}"
    settings = file_change(root, f"{folder}/issue.toml", None)
    settings_text = settings.before.decode("utf-8-sig") if settings.before else issue_text(issue)
    planned: list[PlannedDraft] = []
    duplicates: list[Draft] = []
    changes: list[Change] = []
    names: list[str] = []
    for draft in (draft for intake in intakes for draft in intake.drafts):
        if draft.document.number in numbers:
            duplicates.append(draft)
            continue
        numbers.add(draft.document.number)
        name = free_name(root / folder, names)
        names.append(name)
        text = document_text(draft.document)
        pictures = _picture_changes(root, folder, name, draft)
        for old_name, picture in pictures:
            text = text.replace(f"]({old_name})", f"]({Path(picture.path).name})")
        draft_section = section or _section(publication, issue, draft)
        settings_text = add_to_section(settings_text, draft_section, name)
        changes.append(file_change(root, f"{folder}/{name}", text.encode()))
        changes += [picture for _, picture in pictures]
        planned.append(PlannedDraft(draft, f"{folder}/{name}", draft_section, text))
    if planned:
        changes.append(Change(settings.path, settings.before, settings_text.encode()))
    return Plan(tuple(changes), tuple(planned), tuple(duplicates))


def _picture_changes(root: Path, folder: str, name: str, draft: Draft) -> list[tuple[str, Change]]:
    """Return each picture's name in the draft, and the file that is to be written for it."""
    stem = name.removesuffix(".md")
    return [(old, file_change(root, f"{folder}/{stem}-{old}", content)) for old, content in draft.pictures]


def _section(publication: Publication, issue: NewIssue, draft: Draft) -> str:
    """Return the section in which the draft's issuer was printed last, if ``issue`` has it too.

    Otherwise the first section for the government and its office, and the last one for everyone else.
    """
    for earlier in reversed(publication.issues):
        for section in earlier.sections:
            issuers = {document.issuer for document in section.documents}
            if draft.document.issuer in issuers and section.name in issue.sections:
                return section.name
    is_government = draft.document.issuer.endswith(("人民政府", "人民政府办公室"))
    return issue.sections[0 if is_government else -1]


def report(root: Path, publication: Publication, intakes: Sequence[Intake], plan: Plan) -> bytes:
    """Return the HTML page that shows each part of the manuscripts beside what it became."""
    rows = [
        (
            intake,
            [
                (
                    draft,
                    mark_lost_words(draft),
                    next((planned for planned in plan.planned if planned.draft is draft), None),
                )
                for draft in intake.drafts
            ],
        )
        for intake in intakes
    ]
    template = environment(read_templates(root)).get_template("report/intake.html")
    return template.render(publication=publication, intakes=rows).encode()
