"""The one Jinja environment, for the site and for print: everything escaped, nothing undefined."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
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
from liulin_gazette.model.blocks import Annex, Block, Cell, Heading, Inline, Instrument, Roster, Table, plain
from liulin_gazette.model.document_number import linked_parts
from liulin_gazette.model.publication import FullText, Issue
from liulin_gazette.rendering.templates import Templates

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
        """Take what was kept, if it is whole."""
        if (content := sealed_file.read(self._folder / bucket.key)) is not None:
            bucket.bytecode_from_string(bytes(content))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled; where that fails, the next build takes longer."""
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


def chinese_date(day: date) -> str:
    """2026年1月4日 (GB/T 9704-2012 §7.3.5.4: 阿拉伯数字，月、日不编虚位)."""
    return f"{day.year}年{day.month}月{day.day}日"


def issue_name(issue: Issue) -> str:
    """2026年第1期."""
    return f"{issue.year}年第{issue.number}期"


def given_name(name: str) -> str:
    """Return the name without a note at its end: 王全志（兼） is 王全志."""
    return _SUFFIX.sub("", name)


def name_suffix(name: str) -> str:
    """Return the note at the end of a name: 王全志（兼） has （兼）."""
    found = _SUFFIX.search(name)
    return found[0] if found else ""


def lines(text: str) -> list[str]:
    """Part ``text`` at its line breaks."""
    return text.split("\n")


def phone_digits(phone: str) -> str:
    """Return the first number in ``phone`` as it is dialled: 0358-4022653 is 03584022653."""
    found = _PHONE.search(phone)
    return found[0].replace("-", "") if found else ""


def percent(share: float) -> str:
    """7.95%."""
    return f"{share:g}%"


def heading_levels(document: FullText) -> dict[str, int]:
    """Return the rank in the outline (2 for h2) of each anchor that is a heading of ``document``.

    The document's title is h1. A heading stands one below the nearest heading that is above it in kind, so
    that the outline skips no level where the numbering does (一、 and then 1.).
    """
    return dict(_levels(document.blocks, 2))


def _levels(blocks: Sequence[Block], top: int) -> Iterator[tuple[str, int]]:
    open_levels: list[int] = []
    for block in blocks:
        if isinstance(block, (Instrument, Annex)):
            open_levels.clear()
            yield block.anchor, min(top, DEEPEST_HEADING)
            yield from _levels(block.blocks, top + 1)
        elif isinstance(block, Heading):
            while open_levels and open_levels[-1] >= block.level:
                open_levels.pop()
            yield block.anchor, min(top + len(open_levels), DEEPEST_HEADING)
            open_levels.append(block.level)


def table_names(document: FullText) -> dict[str, str]:
    """Return a name for each table of ``document`` by anchor, for those who cannot see where it stands.

    It is the table's caption, or else says of what it is a table; no two are the same.
    """
    names: dict[str, str] = {}
    counts: dict[str, int] = {}
    for table, title in _tables(document.blocks, document.title):
        name = table.caption or f"{title}（表格）"
        counts[name] = counts.get(name, 0) + 1
        names[table.anchor] = name if counts[name] == 1 else f"{name}之{counts[name]}"
    return names


def _tables(blocks: Sequence[Block], title: str) -> Iterator[tuple[Table, str]]:
    for block in blocks:
        if isinstance(block, Table):
            yield block, title
        elif isinstance(block, Annex):
            yield from _tables(block.blocks, block.title or block.label)
        elif isinstance(block, Instrument):
            yield from _tables(block.blocks, block.title)


def roster_widths(roster: Roster) -> str:
    """Return the classes of the columns that ``roster`` needs: ``roles-3 names-4`` for 欧阳文杰.

    Two characters are spread to the width of three; beyond five and six a column grows no more.
    """
    roles = min(max((len(entry.role) for entry in roster.entries), default=3), 5)
    names = min(max((len(given_name(entry.name)) for entry in roster.entries), default=3), 6)
    return f"roles-{max(roles, 3)} names-{max(names, 3)}"


def header_scope(row: Sequence[Cell]) -> str:
    """Return what the header cells of a body's ``row`` are headers of: their columns, or the row.

    A row of nothing but header cells heads the columns below it; otherwise a header cell heads its row.
    """
    return "col" if all(cell.header or not _has_text(cell.text) for cell in row) else "row"


def _has_text(text: Inline) -> bool:
    return bool(plain(text).strip())
