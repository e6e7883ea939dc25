"""Whether the faces have every character that an issue is printed with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from liulin_gazette.model.diagnostics import Diagnostic, Place, Severity
from liulin_gazette.model.publication import Issue, Publication
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
    """Return every character that the printed pages of ``issue`` may need.

    They are those of the issue's sources, of the settings, and of the templates from which pages are printed.
    """
    sources = [f"{issue.folder}/{ISSUE_FILE}", *(document.path for document in issue.documents)]
    pages = [content for name, content in templates.print_files.items() if name.endswith(".html")]
    settings = msgspec.json.encode(printed_settings(publication)).decode()
    return frozenset(settings).union(
        *(read_bytes(path).decode("utf-8-sig") for path in sources),
        *(page.decode("utf-8-sig").replace("\r", "") for page in pages),
    )


def _missing_characters(issue: Issue, faces: tuple[Face, ...], read_bytes: ReadBytes) -> list[Diagnostic]:
    """Report each character that the text face lacks, at the first place that has it (T001)."""
    lacking = {c for face in faces if face.role == TEXT_FACE for c in face.missing if not c.isspace()}
    found: list[Diagnostic] = []
    for document in issue.documents if lacking else ():
        for number, line in enumerate(read_bytes(document.path).decode("utf-8-sig").split("\n"), 1):
            for column, character in enumerate(line, 1):
                if character in lacking:
                    lacking.discard(character)
                    found.append(
                        Diagnostic(
                            "T001",
                            Severity.ERROR,
                            Place(document.path, number, column),
                            f"字体里没有“{character}”（U+{ord(character):04X}），印不出来。",
                            "核对是不是错字；确是生僻字的，把收有此字的字体放进 fonts 文件夹。",
                        )
                    )
    return found
