"""Whether the faces have every character that an issue is printed with."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import msgspec

from liulin_gazette.check.passages import passage_of
from liulin_gazette.model.diagnostics import Diagnostic, Place, Severity
from liulin_gazette.model.document import FullText
from liulin_gazette.model.gazette import Gazette
from liulin_gazette.model.own_texts import NOT_PRINTED, NOT_SHOWN, OwnText, printed_values
from liulin_gazette.model.publication import Issue
from liulin_gazette.model.published_texts import NOT_ON_PAPER, PublishedText, published_texts
from liulin_gazette.pdf.composition import fonts
from liulin_gazette.pdf.composition.fonts import Face
from liulin_gazette.pdf.composition.printed_settings import printed_settings
from liulin_gazette.rendering.templates import Templates
from liulin_gazette.source.folder import ISSUE_FILE
from liulin_gazette.source.settings_tables.toml_texts import own_texts
from liulin_gazette.text.editor_error import EditorError

SETTINGS = "content/gazette.toml"
ReadBytes = Callable[[str], bytes]
"""Returns the content of the file at a project path."""
TEXT_FACE = "宋体"
"""The role in which a character is set that only another face lacks."""
_RARE_ON_DEVICES = ("L", "Cn", "Co")
"""Categories of the characters that a reader's device lacks too where faces for print do. It has emoji (So)."""


class UnprintableError(EditorError):
    """An issue cannot be printed; ``diagnostics`` says why, and at which places."""

    def __init__(self, diagnostics: Sequence[Diagnostic]) -> None:
        super().__init__("\n".join(map(str, diagnostics)))
        self.diagnostics = tuple(diagnostics)


def printable_faces(
    root: Path,
    gazette: Gazette,
    issue: Issue,
    templates: Templates,
    read_bytes: ReadBytes,
    texts: Sequence[OwnText] = (),
) -> tuple[Face, ...]:
    """Return the faces for ``issue``, prepared below the project folder ``root``.

    ``texts`` are those of gazette.toml, where what it lacks is placed. Raises UnprintableError when a role has no
    face, or the text face lacks a character that is printed.
    """
    try:
        faces = fonts.prepare(root, printed_characters(gazette, issue, templates, read_bytes))
    except fonts.FontMissingError as error:
        fault = Diagnostic("B020", Severity.ERROR, Place(""), error.message, error.hint, remedy=error.remedy)
        raise UnprintableError((fault,)) from error
    lacking = frozenset(c for face in faces if face.role == TEXT_FACE for c in face.missing)
    missing = missing_characters(issue, lacking, read_bytes)
    missing += missing_in_settings(gazette, issue, lacking, texts)
    if missing:
        raise UnprintableError(missing)
    return faces


def printed_characters(
    gazette: Gazette, issue: Issue, templates: Templates, read_bytes: ReadBytes
) -> frozenset[str]:
    """Return every character that the printed pages of ``issue``, which has its texts, may need.

    They are those of its texts (a proof quotes unprinted ones too), its issue.toml, the settings, and the
    templates of printed pages.
    """
    pages = [content for name, content in templates.print_files.items() if name.endswith(".html")]
    settings = msgspec.json.encode(printed_settings(gazette)).decode()
    return frozenset(settings).union(
        read_bytes(f"{issue.folder}/{ISSUE_FILE}").decode("utf-8-sig"),
        *(text.label + text.text for document in issue.full_texts for text in published_texts(document)),
        *(page.decode("utf-8-sig").replace("\r", "") for page in pages),
    )


def _printed_texts(document: FullText) -> Iterator[PublishedText]:
    return (text for text in published_texts(document) if text.role not in NOT_ON_PAPER)


def shown_characters(document: FullText) -> frozenset[str]:
    """Return the characters of the printed texts of ``document``, which ``missing_characters`` can report."""
    return _visible(text.text for text in _printed_texts(document))


def characters_of_issue(issue: Issue, read_bytes: ReadBytes) -> frozenset[str]:
    """Return the characters of the texts of the issue.toml of ``issue``.

    ``missing_characters`` or ``missing_on_pages`` can report them.
    """
    return _visible(text.text for text in _texts_of_issue(issue, read_bytes))


def _visible(texts: Iterable[str]) -> frozenset[str]:
    characters = frozenset[str]().union(*texts)
    return frozenset(character for character in characters if not character.isspace())


def _texts_of_issue(issue: Issue, read_bytes: ReadBytes) -> tuple[OwnText, ...]:
    path = f"{issue.folder}/{ISSUE_FILE}"
    return own_texts(read_bytes(path), path)


def missing_characters(issue: Issue, lacked: frozenset[str], read_bytes: ReadBytes) -> list[Diagnostic]:
    """Report each character that the text face lacks, at the first place where it would be printed (T001).

    ``lacked`` are the characters that the face does not have; ``issue`` must have its texts.
    """
    lacking = {character for character in lacked if not character.isspace()}
    diagnostics: list[Diagnostic] = []
    for document in issue.full_texts if lacking else ():
        source = tuple(read_bytes(document.path).decode("utf-8-sig").split("\n"))
        for text in _printed_texts(document):
            for offset, character in enumerate(text.text):
                if character in lacking:
                    lacking.discard(character)
                    diagnostics.append(
                        _lacking(character, passage_of(text, document.path).at(offset).place(source))
                    )
    printed = (text for text in _texts_of_issue(issue, read_bytes) if text.key not in NOT_PRINTED)
    for text in printed if lacking else ():
        for offset, character in enumerate(text.text):
            if character in lacking:
                lacking.discard(character)
                diagnostics.append(_lacking(character, text.at(offset)))
    return diagnostics


def missing_in_settings(
    gazette: Gazette, issue: Issue, lacked: frozenset[str], texts: Sequence[OwnText]
) -> Iterator[Diagnostic]:
    """Yield T001 for each of the characters ``lacked`` that settings have which printed pages of ``issue`` show.

    ``gazette`` has the settings that hold for ``issue``, ``texts`` are those of gazette.toml.
    """
    values = printed_values(gazette, issue)
    for character in sorted(lacked.intersection("".join(values))):
        if not character.isspace():
            holding = [text for text in texts if character in text.text and text.place.path == SETTINGS]
            text = next((text for text in holding if text.text in values), next(iter(holding), None))
            place = text.at(text.text.index(character)) if text else Place(SETTINGS)
            yield _lacking(character, place)


def missing_on_pages(texts: Iterable[OwnText], covered: frozenset[str]) -> Iterator[Diagnostic]:
    """Yield T001 as a note for each letter in ``texts``, which only pages of the site show, that is not ``covered``.

    A page is set in the faces of the reader's device; what the faces for print lack, most devices lack too.
    """
    lacking: set[str] = set()
    for text in texts:
        for offset, character in enumerate(text.text if text.key not in NOT_SHOWN else ""):
            is_rare = character not in covered and unicodedata.category(character).startswith(
                _RARE_ON_DEVICES
            )
            if is_rare and character not in lacking:
                lacking.add(character)
                yield Diagnostic(
                    "T001",
                    Severity.NOTE,
                    text.at(offset),
                    f"字体里没有“{character}”（U+{ord(character):04X}），网页上多半也显示不出来。",
                    "核对是不是错字；确是生僻字的，可以保留。",
                )


def _usable_names() -> str:
    """Return the names of the files that a text face is looked for under: one of another name is not used."""
    return "、".join(
        each.file_name for role in fonts.ROLES if role.name == TEXT_FACE for each in role.candidates
    )


def _lacking(character: str, place: Place) -> Diagnostic:
    return Diagnostic(
        "T001",
        Severity.ERROR,
        place,
        f"字体里没有“{character}”（U+{ord(character):04X}），印不出来。",
        f"核对是不是错字；确是生僻字的，把收有此字的宋体放进 fonts 文件夹，文件名要是 {_usable_names()}。",
    )
