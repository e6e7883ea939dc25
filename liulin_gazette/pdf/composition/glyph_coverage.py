"""Whether the faces have every character that an issue is printed with."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import msgspec

from liulin_gazette.check.passages import passage_of
from liulin_gazette.model.diagnostics import Diagnostic, Place, Severity
from liulin_gazette.model.publication import FullText, Issue, Publication
from liulin_gazette.model.published_texts import NOT_ON_PAPER, PublishedText, published_texts
from liulin_gazette.pdf.composition import fonts
from liulin_gazette.pdf.composition.fonts import Face
from liulin_gazette.pdf.composition.printed_settings import printed_settings
from liulin_gazette.rendering.templates import Templates
from liulin_gazette.source.folder import ISSUE_FILE
from liulin_gazette.text.editor_error import EditorError

ReadBytes = Callable[[str], bytes]
"""Returns the content of the file at a project path."""
TEXT_FACE = "宋体"
"""The role in which a character is set that only another face lacks."""


class UnprintableError(EditorError):
    """An issue cannot be printed; ``diagnostics`` says why, and at which places."""

    def __init__(self, diagnostics: Sequence[Diagnostic]) -> None:
        super().__init__("\n".join(map(str, diagnostics)))
        self.diagnostics = tuple(diagnostics)


def printable_faces(
    root: Path, publication: Publication, issue: Issue, templates: Templates, read_bytes: ReadBytes
) -> tuple[Face, ...]:
    """Return the faces for ``issue``, prepared below the project folder ``root``.

    Raises UnprintableError when a role has no face, or the text face lacks a character of a document.
    """
    try:
        faces = fonts.prepare(root, printed_characters(publication, issue, templates, read_bytes))
    except fonts.FontMissingError as error:
        fault = Diagnostic("B020", Severity.ERROR, Place(""), error.message, error.hint)
        raise UnprintableError((fault,)) from error
    if missing := _missing_characters(issue, faces, read_bytes):
        raise UnprintableError(missing)
    return faces


def printed_characters(
    publication: Publication, issue: Issue, templates: Templates, read_bytes: ReadBytes
) -> frozenset[str]:
    """Return every character that the printed pages of ``issue``, which has its texts, may need.

    They are those of its texts (a proof quotes unprinted ones too), its issue.toml, the settings, and the
    templates of printed pages.
    """
    pages = [content for name, content in templates.print_files.items() if name.endswith(".html")]
    settings = msgspec.json.encode(printed_settings(publication)).decode()
    return frozenset(settings).union(
        read_bytes(f"{issue.folder}/{ISSUE_FILE}").decode("utf-8-sig"),
        *(text.label + text.text for document in issue.full_texts for text in published_texts(document)),
        *(page.decode("utf-8-sig").replace("\r", "") for page in pages),
    )


def _printed_texts(document: FullText) -> Iterator[PublishedText]:
    return (text for text in published_texts(document) if text.role not in NOT_ON_PAPER)


def _missing_characters(issue: Issue, faces: tuple[Face, ...], read_bytes: ReadBytes) -> list[Diagnostic]:
    """Report each character that the text face lacks, at the first place where it would be printed (T001)."""
    lacking = {c for face in faces if face.role == TEXT_FACE for c in face.missing if not c.isspace()}
    diagnostics: list[Diagnostic] = []
    for document in issue.full_texts if lacking else ():
        source = read_bytes(document.path).decode("utf-8-sig").split("\n")
        for text in _printed_texts(document):
            for offset, character in enumerate(text.text):
                if character in lacking:
                    lacking.discard(character)
                    diagnostics.append(
                        Diagnostic(
                            "T001",
                            Severity.ERROR,
                            passage_of(text, document.path).at(offset).place(source),
                            f"字体里没有“{character}”（U+{ord(character):04X}），印不出来。",
                            "核对是不是错字；确是生僻字的，把收有此字的字体放进 fonts 文件夹。",
                        )
                    )
    return diagnostics
