"""The Jinja environment of the site and of print: everything is escaped, an undefined name is an error."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import (
    BaseLoader,
    BytecodeCache,
    Environment,
    FunctionLoader,
    StrictUndefined,
)
from jinja2.bccache import Bucket

from liulin_gazette.cache import sealed_file
from liulin_gazette.cache.program import program_digest
from liulin_gazette.model.blocks import (
    Annex,
    Article,
    Cell,
    Figure,
    Heading,
    Inline,
    Instrument,
    Note,
    Paragraph,
    Parents,
    Roster,
    Signature,
    Table,
    assert_never,
    plain,
    walk,
)
from liulin_gazette.model.document_number import linked_parts
from liulin_gazette.model.publication import FullText, Issue
from liulin_gazette.rendering.templates import Templates
from liulin_gazette.text.chinese_dates import chinese_date

DEEPEST_HEADING = 6
_SUFFIX = re.compile(r"（[^（）]+）$")
_PHONE = re.compile(r"\+?\d[\d\-]*")


@lru_cache(maxsize=4)
def environment(templates: Templates) -> Environment:
    """Return the environment of ``templates``, which keeps them compiled in their folder for that, if they name one."""
    compiled = templates.compiled and _Compiled(templates.compiled / program_digest()[:16])
    return _environment(FunctionLoader(templates.source), compiled)


class _Compiled(BytecodeCache):
    """Compiled templates in a folder of this version of the program: they hold results of its filters."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def load_bytecode(self, bucket: Bucket) -> None:
        """Load a compiled template if its file is intact."""
        if (content := sealed_file.read(self._folder / bucket.key)) is not None:
            bucket.bytecode_from_string(bytes(content))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Store a compiled template; if that fails, the next build takes longer."""
        sealed_file.write(self._folder / bucket.key, bucket.bytecode_to_string())


def _environment(loader: BaseLoader, compiled: BytecodeCache | None) -> Environment:
    made = Environment(
        loader=loader,
        bytecode_cache=compiled,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    filters: dict[str, Any] = made.filters
    filters.update(
        chinese_date=chinese_date,
        issue_name=issue_name,
        given_name=given_name,
        name_suffix=name_suffix,
        lines=lines,
        plain=plain,
        phone_digits=phone_digits,
        percent=percent,
        heading_levels=heading_levels,
        table_names=table_names,
        header_scope=header_scope,
        roster_widths=roster_widths,
        linked_parts=linked_parts,
    )
    return made


def issue_name(issue: Issue) -> str:
    """Return the name of ``issue``: 2026年第1期."""
    return f"{issue.year}年第{issue.number}期"


def given_name(name: str) -> str:
    """Return ``name`` without a note at its end: 王全志（兼） gives 王全志."""
    return _SUFFIX.sub("", name)


def name_suffix(name: str) -> str:
    """Return the note at the end of ``name``: 王全志（兼） gives （兼）."""
    found = _SUFFIX.search(name)
    return found[0] if found else ""


def lines(text: str) -> list[str]:
    """Split ``text`` at its line breaks."""
    return text.split("\n")


def phone_digits(phone: str) -> str:
    """Return the first number in ``phone`` as it is dialled: 0358-4022653 gives 03584022653."""
    found = _PHONE.search(phone)
    return found[0].replace("-", "") if found else ""


def percent(share: float) -> str:
    """Return ``share`` as CSS has it: 7.95%."""
    return f"{share:g}%"


def heading_levels(document: FullText) -> dict[str, int]:
    """Return the rank in the outline (2 for h2) of each anchor that is a heading of ``document``.

    The document's title is h1. A heading ranks one below the nearest heading of a higher level, so that the
    outline skips no rank where the numbering skips a level (一、 and then 1.).
    """
    levels: dict[str, int] = {}
    open_levels: dict[int, list[int]] = {}
    """The levels of the open headings, by how many parents they have."""
    for block, parents in walk(document.blocks):
        depth = len(parents)
        match block:
            case Instrument() | Annex():
                open_levels[depth], open_levels[depth + 1] = [], []
                levels[block.anchor] = min(2 + depth, DEEPEST_HEADING)
            case Heading():
                above = open_levels.setdefault(depth, [])
                while above and above[-1] >= block.level:
                    above.pop()
                levels[block.anchor] = min(2 + depth + len(above), DEEPEST_HEADING)
                above.append(block.level)
            case Paragraph() | Article() | Table() | Figure() | Roster() | Note() | Signature():
                pass
            case _:
                assert_never(block)
    return levels


def table_names(document: FullText) -> dict[str, str]:
    """Return a name for each table of ``document`` by anchor, for those who cannot see where it is.

    The name is the table's caption, or else the title above the table; no two names are the same.
    """
    names: dict[str, str] = {}
    counts: dict[str, int] = {}
    for block, parents in walk(document.blocks):
        if isinstance(block, Table):
            name = block.caption or f"{_title_above(document, parents)}（表格）"
            counts[name] = counts.get(name, 0) + 1
            names[block.anchor] = name if counts[name] == 1 else f"{name}之{counts[name]}"
    return names


def _title_above(document: FullText, parents: Parents) -> str:
    """Return the title of the innermost parent, or of the document where there is none."""
    if not parents:
        return document.title
    parent = parents[-1]
    return parent.title or parent.label if isinstance(parent, Annex) else parent.title


def roster_widths(roster: Roster) -> str:
    """Return the CSS classes for the column widths of ``roster``: ``roles-3 names-4`` with a 欧阳文杰 in it.

    Columns are at least three characters wide, roles at most five and names at most six.
    """
    roles = min(max((len(entry.role) for entry in roster.entries), default=3), 5)
    names = min(max((len(given_name(entry.name)) for entry in roster.entries), default=3), 6)
    return f"roles-{max(roles, 3)} names-{max(names, 3)}"


def header_scope(row: Sequence[Cell]) -> str:
    """Return the ``scope`` of the header cells in a ``row`` below the head.

    In a row of header cells alone they head the columns below (``col``), otherwise their row (``row``).
    """
    return "col" if all(cell.header or not _has_text(cell.text) for cell in row) else "row"


def _has_text(text: Inline) -> bool:
    return bool(plain(text).strip())
