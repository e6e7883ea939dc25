"""What changed in an issue since its last proof, or against another copy, as a page to read."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from liulin_gazette.model.publication import Publication
from liulin_gazette.rendering.templates import read_templates
from liulin_gazette.rendering.templating import environment

SAME, GONE, NEW = "same", "gone", "new"
LIKE = 0.4
"""A line as much like another as this is the same line changed; below, one went and one came."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a line."""

    kind: str
    """``same``, ``gone`` or ``new``."""
    text: str


@dataclass(frozen=True, slots=True)
class ChangedLine:
    """A line that is not as it was."""

    number: int
    """In the file as it is now; of the line before it where it is gone."""
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class ChangedFile:
    """A file with its changed lines."""

    name: str
    state: str
    """改动, 新增 or 删去."""
    lines: tuple[ChangedLine, ...]


def compare(now: Path, before: Path) -> tuple[ChangedFile, ...]:
    """Return the text files of the folder ``now`` that differ from those of ``before``."""
    names = sorted(
        {
            file.name
            for folder in (now, before)
            for ending in ("*.md", "*.toml")
            for file in folder.glob(ending)
        }
    )
    changed: list[ChangedFile] = []
    for name in names:
        old, new = _lines(before / name), _lines(now / name)
        if old == new:
            continue
        state = "新增" if old is None else "删去" if new is None else "改动"
        changed.append(ChangedFile(name, state, tuple(_changes(old or [], new or []))))
    return tuple(changed)


def _lines(file: Path) -> list[str] | None:
    return file.read_text("utf-8-sig", errors="replace").splitlines() if file.is_file() else None


def _changes(old: list[str], new: list[str]) -> Iterator[ChangedLine]:
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            continue
        paired = min(b - a, d - c)
        for offset in range(paired):
            yield from _changed(old[a + offset], new[c + offset], c + offset + 1)
        for line in old[a + paired : b]:
            if line.strip():
                yield ChangedLine(c + paired, (Piece(GONE, line),))
        for offset, line in enumerate(new[c + paired : d]):
            if line.strip():
                yield ChangedLine(c + paired + offset + 1, (Piece(NEW, line),))


def _changed(old: str, new: str, number: int) -> Iterator[ChangedLine]:
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    if matcher.ratio() < LIKE:
        if old.strip():
            yield ChangedLine(number, (Piece(GONE, old),))
        if new.strip():
            yield ChangedLine(number, (Piece(NEW, new),))
        return
    pieces: list[Piece] = []
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            pieces.append(Piece(SAME, old[a:b]))
        else:
            pieces += [Piece(each, text) for each, text in ((GONE, old[a:b]), (NEW, new[c:d])) if text]
    yield ChangedLine(number, tuple(pieces))


def page(
    root: Path, publication: Publication, issue: str, against: str, changed: tuple[ChangedFile, ...]
) -> bytes:
    """Return the page that shows ``changed``."""
    template = environment(read_templates(root)).get_template("report/diff.html")
    return template.render(publication=publication, issue=issue, against=against, files=changed).encode()
