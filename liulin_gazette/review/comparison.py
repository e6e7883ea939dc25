"""The differences between an issue and its last proof, or another copy, and the HTML page that shows them."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from liulin_gazette.model.gazette import Gazette
from liulin_gazette.rendering.templates import read_templates
from liulin_gazette.rendering.templating import environment
from liulin_gazette.source.folder import is_hidden

SAME, DELETED, INSERTED = "same", "deleted", "inserted"
MIN_SIMILARITY = 0.4
"""Two lines at least this similar (0 to 1) are one changed line; otherwise one was deleted, one inserted."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Part of a line."""

    kind: str
    """``SAME``, ``DELETED`` or ``INSERTED``."""
    text: str


@dataclass(frozen=True, slots=True)
class ChangedLine:
    """A line that was changed, inserted or deleted."""

    number: int
    """In the file as it is now; for a deleted line, that of the line before it."""
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class ChangedFile:
    """A file that differs, with its changed lines."""

    name: str
    state: str
    """改动, 新增 or 删去."""
    lines: tuple[ChangedLine, ...]


def compare(now: Path, before: Path) -> tuple[ChangedFile, ...]:
    """Return the Markdown and TOML files that differ between the folders ``now`` and ``before``."""
    names = sorted(
        {
            file.name
            for folder in (now, before)
            for pattern in ("*.md", "*.toml")
            for file in folder.glob(pattern)
            if not is_hidden(file.name)
        }
    )
    files: list[ChangedFile] = []
    for name in names:
        old, new = _lines(before / name), _lines(now / name)
        if old == new:
            continue
        state = "新增" if old is None else "删去" if new is None else "改动"
        files.append(ChangedFile(name, state, tuple(changed_lines(old or [], new or []))))
    return tuple(files)


def _lines(file: Path) -> list[str] | None:
    """Return the lines of ``file``; None if there is no such file, or a link, which is no part of an issue."""
    is_plain = file.is_file() and not file.is_symlink()
    return file.read_text("utf-8-sig", errors="replace").splitlines() if is_plain else None


def changed_lines(old: list[str], new: list[str]) -> Iterator[ChangedLine]:
    """Yield the lines of ``new`` that differ from ``old``, and those that are gone."""
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    for operation, old_start, old_end, new_start, new_end in matcher.get_opcodes():
        if operation == "equal":
            continue
        pairs = min(old_end - old_start, new_end - new_start)
        for offset in range(pairs):
            yield from _line_pair(old[old_start + offset], new[new_start + offset], new_start + offset + 1)
        for line in old[old_start + pairs : old_end]:
            if line.strip():
                yield ChangedLine(new_start + pairs, (Piece(DELETED, line),))
        for number, line in enumerate(new[new_start + pairs : new_end], new_start + pairs + 1):
            if line.strip():
                yield ChangedLine(number, (Piece(INSERTED, line),))


def _line_pair(old: str, new: str, number: int) -> Iterator[ChangedLine]:
    """Yield ``new``, at line ``number``, as a change of ``old``; each by itself if they are too different."""
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    if matcher.ratio() < MIN_SIMILARITY:
        if old.strip():
            yield ChangedLine(number, (Piece(DELETED, old),))
        if new.strip():
            yield ChangedLine(number, (Piece(INSERTED, new),))
        return
    pieces: list[Piece] = []
    for operation, old_start, old_end, new_start, new_end in matcher.get_opcodes():
        deleted, inserted = old[old_start:old_end], new[new_start:new_end]
        if operation == "equal":
            pieces.append(Piece(SAME, deleted))
        else:
            pieces += [Piece(kind, text) for kind, text in ((DELETED, deleted), (INSERTED, inserted)) if text]
    yield ChangedLine(number, tuple(pieces))


def comparison_page(
    root: Path, gazette: Gazette, issue: str, against: str, files: tuple[ChangedFile, ...]
) -> bytes:
    """Return the HTML page that shows the changes to ``files`` of ``issue``; ``against`` names the other copy."""
    template = environment(read_templates(root)).get_template("report/diff.html")
    return template.render(publication=gazette, issue=issue, against=against, files=files).encode()
