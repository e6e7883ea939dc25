"""A document as a page sends it while it is being typed: its findings, what fixes them, and what excuses them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import quote

from liulin_gazette.check.waivability import refusal
from liulin_gazette.desk.act_words import desk_advice
from liulin_gazette.desk.desk_session import Desk
from liulin_gazette.desk.document_fields import field_needs, row_names, sent_head
from liulin_gazette.desk.form import Form, FormError
from liulin_gazette.editing.document_file import DocumentFile, read_document
from liulin_gazette.editing.document_saving import digest_of, read_saved, typed_document
from liulin_gazette.editing.fixes import fixed_text, is_fixable
from liulin_gazette.editing.front_matter_edits import ValuePlace, value_at
from liulin_gazette.editing.waivers import NewWaiver, WaiverError, with_waiver, words_of_waiver
from liulin_gazette.model.diagnostics import Diagnostic
from liulin_gazette.model.kinds import FIELDS
from liulin_gazette.pipeline.typed_findings import CheckedAlone, checked_alone, typed_findings
from liulin_gazette.pipeline.typed_folders import TypedFolders

MOST_FINDINGS = 300
"""That a page lists."""


@dataclass(frozen=True, slots=True)
class Typed:
    """A document as typed, with its findings."""

    path: str
    content: bytes
    saved_digest: str
    """Of the file as it is now."""
    checked: CheckedAlone
    findings: tuple[Diagnostic, ...]


class TypedDocuments:
    """Checks what is typed, and keeps for the next pause what does not depend on that."""

    def __init__(self, root: Path) -> None:
        self.folders = TypedFolders(root)
        self.known: dict[str, Typed] = {}
        """The one document that was looked at last, as it is on the disk."""


def typed_in(desk: Desk, path: str, form: Form, documents: TypedDocuments) -> Typed:
    """Return the document at the project ``path`` as ``form`` sends it, checked. Raises EditorError."""
    folders, known = documents.folders, documents.known
    saved = read_saved(desk.root, path)
    snapshot = desk.content.snapshot
    last, diagnostics = snapshot.last_readable, snapshot.diagnostics
    content = typed_document(saved, sent_head(form), form["text"])
    digest = digest_of(saved)
    of_saved = known.get(f"{path} {digest} {snapshot.version}")
    if of_saved is None:
        alone = checked_alone(folders, path, saved or b"", last)
        of_saved = Typed(path, saved or b"", digest, alone, ())
        known.clear()
        known[f"{path} {digest} {snapshot.version}"] = of_saved
    alone = of_saved.checked
    if content != saved:
        alone = checked_alone(folders, path, content, last, alone)
    findings = typed_findings(path, alone, of_saved.checked, last, diagnostics)
    return Typed(path, content, digest, alone, findings)


def known_findings(desk: Desk, path: str) -> tuple[Diagnostic, ...]:
    """Return what the last check of everything found in the document at ``path``."""
    return tuple(each for each in desk.content.snapshot.diagnostics if each.place.path == path)


def shown_findings(typed: Typed) -> list[Mapping[str, object]]:
    """Return the findings as a page shows them: their place in the text or in the form, and what can be done."""
    file = read_document(typed.content)
    return [_shown(each, typed, file) for each in typed.findings[:MOST_FINDINGS]]


def shown_needs(desk: Desk, typed: Typed) -> Mapping[str, str]:
    """Return whether the document must, may or must not have each field, by its 体裁 as typed."""
    values = read_document(typed.content).values
    gazette = desk.content.snapshot.gazette
    return {key: need.value for key, need in field_needs(values or {}, gazette).items()}


def fix_of(typed: Typed, form: Form) -> tuple[DocumentFile, str, str]:
    """Return the document with the finding that ``form`` names fixed, or all of them, and its lines before and after.

    Raises FormError where there is nothing that can be fixed for certain.
    """
    chosen = [_named(typed, form)] if form.get("code") else list(typed.findings)
    before = typed.content.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    after = fixed_text(before, chosen)
    if after == before:
        raise FormError("这里没有把握自动改。", "照提示自己改。")
    return read_document(after.encode()), *_different(before.split("\n"), after.split("\n"))


def waived(typed: Typed, form: Form) -> tuple[DocumentFile, str, str]:
    """Return the document with a waiver of the finding that ``form`` names, and its lines before and after.

    Raises WaiverError where it cannot be waived, or no reason is given.
    """
    finding = _named(typed, form)
    reason = " ".join(form.get("reason").split())
    if why := refusal(finding.code, typed.path):
        raise WaiverError(why)
    if not any(character.isalnum() for character in reason):
        raise WaiverError("写明理由：为什么照印。理由随公文公开。")
    others = [each for each in typed.findings if each.code == finding.code and each is not finding]
    waiver = NewWaiver(finding.code, words_of_waiver(finding, others), reason)
    after = with_waiver(typed.path, typed.content, waiver)
    before_lines, after_lines = (each.decode("utf-8-sig").splitlines() for each in (typed.content, after))
    return read_document(after), *_different(before_lines, after_lines)


def _named(typed: Typed, form: Form) -> Diagnostic:
    """Return the finding that ``form`` names by code and place. Raises FormError where it is there no more."""
    for each in typed.findings:
        if (each.code, str(each.place.line), str(each.place.column)) == (
            form["code"],
            form["line"],
            form["column"],
        ):
            return each
    raise FormError("这一处已经不在了。", "看看新的列表。")


def _different(before: Sequence[str], after: Sequence[str]) -> tuple[str, str]:
    """Return the part of each in which they differ."""
    start = 0
    while start < min(len(before), len(after)) and before[start] == after[start]:
        start += 1
    end = 0
    while end < min(len(before), len(after)) - start and before[-1 - end] == after[-1 - end]:
        end += 1
    return "\n".join(before[start : len(before) - end]), "\n".join(after[start : len(after) - end])


def _shown(finding: Diagnostic, typed: Typed, file: DocumentFile) -> Mapping[str, object]:
    line, lines = finding.place.line, typed.checked.lines
    row = line - file.text_line if line >= file.text_line else -1
    column = max(finding.place.column, 1) - 1
    words = finding.words if row >= 0 and lines[line - 1 :][:1] and finding.words else ""
    is_there = bool(words) and lines[line - 1].startswith(words, column)
    value = ValuePlace("") if row >= 0 else _value(finding, file)
    return {
        "code": finding.code,
        "line": line,
        "column": finding.place.column,
        "row": row,
        "start": column,
        "length": len(words) if is_there else 0,
        "severity": finding.severity.value,
        "message": finding.message,
        "advice": desk_advice(finding),
        "field": value.key,
        "number": value.number,
        "name": value.name,
        "is_fixable": is_fixable(finding) and _is_fixed(finding, lines),
        "is_waivable": not refusal(finding.code, typed.path),
        "rule": f"/rules/{quote(finding.code)}/",
    }


def _value(finding: Diagnostic, file: DocumentFile) -> ValuePlace:
    """Return the value of the form that ``finding`` is about; without a key where it is about none.

    What a message says is missing stands nowhere: its name does.
    """
    own = value_at(file.head.split("\n"), finding.place.line - 2, finding.place.column - 1)
    if own is None:
        named = _named_in(finding, FIELDS)
        return ValuePlace(named[0] if len(named) == 1 else "")
    named = _named_in(finding, row_names(own.key))
    return replace(own, name=named[0]) if len(named) == 1 else own


def _named_in(finding: Diagnostic, names: Iterable[str]) -> list[str]:
    return [name for name in names if f"“{name}”" in finding.message]


def _is_fixed(finding: Diagnostic, lines: Sequence[str]) -> bool:
    text = "\n".join(lines)
    return fixed_text(text, [finding]) != text
