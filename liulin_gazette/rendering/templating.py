"""The Jinja environment of the site and of print: everything is escaped, an undefined name is an error."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
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
from liulin_gazette.model import annex_notes
from liulin_gazette.model.blocks import (
    Annex,
    Article,
    Cell,
    Figure,
    Footnotes,
    Heading,
    Inline,
    Instrument,
    ListedName,
    NameList,
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
from liulin_gazette.model.document import FullText
from liulin_gazette.model.document_number import linked_parts
from liulin_gazette.model.issue_labels import cover_number, issue_name, name_in_year, name_with_total
from liulin_gazette.model.office_names import office_names
from liulin_gazette.rendering import signatures
from liulin_gazette.rendering.decimal_points import decimal_fills
from liulin_gazette.rendering.forms import is_blank, is_form
from liulin_gazette.rendering.templates import FOLDER, Templates
from liulin_gazette.text.book_titles import book_title
from liulin_gazette.text.chinese_dates import chinese_date
from liulin_gazette.text.display_lines import lines_within
from liulin_gazette.text.title_lines import INSTRUMENT_MEASURE, title_lines
from liulin_gazette.text.whole_names import name_runs
from liulin_gazette.text.written_addresses import parts_with_addresses

DEEPEST_HEADING = 6
NAME_CELLS = {4: 4.25, 3: 5.8, 2: 8.8, 1: 18.0}
"""Width in em of a cell of a list of names, by how many stand side by side in a column of 18 em."""
NAME_GAP = 0.25
"""em: the space between two cells."""
MOST_BESIDE_POSTS = 9
"""Characters of the widest role and the widest name in a roster beside which posts are set in a column of their own."""
MOST_BESIDE_NAMES = 14
"""Characters of the widest role and the widest name that fit side by side in the narrowest column, 15 em."""
LEAST_POSTS = 5
"""Characters of a line of posts at least."""
LONGEST_ROLE = 13
"""Characters of a role that fit on a line of that column, with its colon."""
PHONE_MEASURE = 10
"""Characters of a gazette's name that fit on a line of a phone, 390 px wide."""
LARGEST_MEASURE = 7
"""The same for the reader's largest letters."""
_SUFFIX = re.compile(r"（[^（）]+）$")
_DIVISION = re.compile(r"第[一二三四五六七八九十百零〇]+(?:分?编|章|节)(?:\s|$)")
_HEAD_END = re.compile(r"(?:（[^（）\n]{1,4}）|[^\x00-\x7f]{2})$")
"""The end of a table head that is not broken: its unit in brackets, or its last two characters."""
MOST_WHOLE = 3
"""Characters of a head whose column is as wide as the head."""
_PHONE = re.compile(r"\+?\d[\d\-]*")


@lru_cache(maxsize=4)
def environment(templates: Templates) -> Environment:
    """Return the environment of ``templates``, which keeps them compiled in their folder for that, if they name one."""
    compiled = templates.compiled and _Compiled(templates.compiled / program_digest()[:16])
    return _environment(FunctionLoader(partial(_source, templates)), compiled)


def _source(templates: Templates, name: str) -> tuple[str, str, None] | None:
    """Return the text of the template ``name`` and the path that errors tell; None when there is no such file."""
    text = templates.source(name)
    return None if text is None else (text, f"{FOLDER}/{name}", None)


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
        book_title=book_title,
        chinese_date=chinese_date,
        issue_name=issue_name,
        name_in_year=name_in_year,
        cover_number=cover_number,
        name_with_total=name_with_total,
        given_name=given_name,
        name_suffix=name_suffix,
        lines=lines,
        plain=plain,
        phone_digits=phone_digits,
        percent=percent,
        heading_levels=heading_levels,
        table_names=table_names,
        decimal_fills=decimal_fills,
        header_scope=header_scope,
        is_blank=is_blank,
        is_form=is_form,
        head_end=head_end,
        annex_title_lines=annex_title_lines,
        without_end=without_end,
        roster_widths=roster_widths,
        signature_lines=signatures.signature_lines,
        signature_measure=signatures.signature_measure,
        signature_place=signatures.signature_place,
        signature_is_wide=signatures.signature_is_wide,
        is_jointly_signed=signatures.is_jointly_signed,
        stacked_names=signatures.stacked_names,
        stack_width=signatures.stack_width,
        rows_abreast=signatures.rows_abreast,
        annex_entries=annex_notes.entries,
        is_division=is_division,
        linked_parts=linked_parts,
        parts_with_addresses=parts_with_addresses,
        with_marks=with_marks,
        name_grid=name_grid,
        placing=placing,
        name_lines=name_lines,
        name_pieces=name_pieces,
        name_runs=name_runs,
        office_names=office_names,
    )
    return made


def name_lines(name: str) -> tuple[str, ...]:
    """Return the ``name`` of a gazette in lines that fit on a phone; a wider screen puts them side by side."""
    return lines_within(name, PHONE_MEASURE)


def name_pieces(line: str) -> tuple[str, ...]:
    """Return a ``line`` of ``name_lines`` in the pieces between which the largest letters are broken: 县, 人民政府公报."""
    return lines_within(line, LARGEST_MEASURE)


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


def with_marks(text: Inline, targets: Mapping[str, str]) -> list[tuple[Inline, bool]]:
    """Divide ``text`` so that no line ends before the mark of a footnote or a text that is moved up or down.

    Return its runs of spans, each with whether it must stay on one line: a mark and the character before it, or
    the whole document number that is a link because ``targets`` has it.
    """
    runs: list[tuple[Inline, bool]] = []
    for span in text:
        if not span.note and (not span.position or span.is_drawn_by_itself):
            runs.append(((span,), False))
        elif runs and runs[-1][1]:
            runs[-1] = ((*runs[-1][0], span), True)
        elif runs and not runs[-1][0][-1].position:
            before = runs.pop()[0][-1]
            start = len(before.text) - _end_length(before.text, targets)
            if start > 0:
                runs.append(((replace(before, text=before.text[:start]),), False))
            runs.append(((replace(before, text=before.text[start:]), span), True))
        else:
            runs.append(((span,), True))
    return runs


def _end_length(text: str, targets: Mapping[str, str]) -> int:
    """Return the length of the last character of ``text``, or of the link that ``text`` ends with."""
    if targets and text.endswith("号"):
        *_, (part, target) = linked_parts(text, targets)
        return len(part) if target else 1
    return 1


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
            case (
                Paragraph()
                | Article()
                | Table()
                | Figure()
                | Roster()
                | NameList()
                | Note()
                | Footnotes()
                | Signature()
            ):
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


def roster_widths(roster: Roster, column: int | None = None) -> str:
    """Return the CSS classes for the column widths of ``roster``: ``roles-3 names-4`` with a 欧阳文杰 in it.

    Columns are at least three characters wide, roles at most eight and names at most six. ``deep`` is added where both
    are so wide that little room is left for posts: their further lines begin under the names then. ``broad`` is added
    where not even the names have room beside the roles (阿卜杜热合曼·艾尔肯江): what is long is followed by what comes after
    it on its line then, and the columns are as wide as the others, the names three or four characters, need.
    ``column`` has the characters of a line on paper: posts have ``LEAST_POSTS`` of them.
    """
    widest_role = max((len(entry.role) for entry in roster.entries), default=3)
    widest_name = max((len(given_name(entry.name)) for entry in roster.entries), default=3)
    roles, names = max(3, min(widest_role, 8)), max(3, min(widest_name, 6))
    room = math.inf if column is None else column - LEAST_POSTS
    deep = " deep" * (roles + names > MOST_BESIDE_POSTS or roles + names + 2 > room)
    is_narrow = roles + 1 > room or roles + widest_name + 2 > room + LEAST_POSTS
    if is_narrow or roles + widest_name > MOST_BESIDE_NAMES or widest_role > LONGEST_ROLE:
        return f"roles-{roles} names-{min(names, 4)}{deep} broad"
    return f"roles-{roles} names-{names}{deep}"


def placing(text: Inline) -> tuple[str, Inline]:
    """Return the full-width spaces that ``text``, a line of a form, begins with, and the rest of it."""
    first, *others = text
    rest = first.text.lstrip("　")
    return first.text[: len(first.text) - len(rest)], (replace(first, text=rest), *others)


def is_division(heading: Heading) -> bool:
    """Return whether ``heading`` is that of a 编, 章 or 节, which is centred."""
    return _DIVISION.match(plain(heading.text)) is not None


@dataclass(frozen=True, slots=True)
class NameGrid:
    """The grid in which a list of names is set."""

    columns: int
    """How many cells stand side by side in a column of 18 em: a key of ``NAME_CELLS``."""
    spread: int
    """To how many characters short names are spread."""

    @property
    def classes(self) -> str:
        """The CSS classes: ``cells-4 spread-3``."""
        return f"cells-{self.columns} spread-{self.spread}"

    def cells(self, name: ListedName) -> int:
        """Return how many cells ``name`` takes; one that is wider than all of them takes a second line."""
        width = _name_width(name, self.spread) + NAME_GAP
        return min(math.ceil(width / (NAME_CELLS[self.columns] + NAME_GAP)), self.columns)


def name_grid(names: NameList) -> NameGrid:
    """Return the grid of ``names``: the narrowest cells that hold three names of four.

    Names are spread to the width of three characters, or four where most are as long.
    """
    listed = [name for group in names.groups for name in group.names]
    spread = 4 if 2 * sum(len(name.name) > 3 for name in listed) > len(listed) else 3
    needs = sorted(_name_width(name, spread) for name in listed)
    common = needs[len(needs) * 3 // 4] if needs else 0.0
    columns = next((count for count, width in NAME_CELLS.items() if common <= width), min(NAME_CELLS))
    return NameGrid(columns, spread)


def _name_width(name: ListedName, spread: int) -> float:
    """Return the width of ``name`` in em, with its note in smaller type and a gap after it."""
    return max(len(name.name), spread) + 0.75 * len(name.note) + 0.5


def header_scope(row: Sequence[Cell]) -> str:
    """Return the ``scope`` of the header cells in a ``row`` below the head.

    In a row of header cells alone they head the columns below (``col``), otherwise their row (``row``).
    """
    return "col" if all(cell.header or not _has_text(cell.text) for cell in row) else "row"


def annex_title_lines(title: str, measure: float | None = None) -> tuple[str, ...]:
    """Return the title of an annex in lines, set as that of an instrument, on a page that is ``measure`` em wide."""
    return title_lines(title, measure=min(INSTRUMENT_MEASURE, measure or INSTRUMENT_MEASURE))


def head_end(text: Inline) -> str:
    """Return the end of ``text``, that of a table head, that stays on one line: no single character is left over."""
    if not text or text[-1].position or text[-1].note or len(plain(text)) <= MOST_WHOLE:
        return ""
    found = _HEAD_END.search(text[-1].text)
    return found[0] if found else ""


def without_end(text: Inline, end: str) -> Inline:
    """Return ``text`` without ``end``, which its last span ends with."""
    return (*text[:-1], replace(text[-1], text=text[-1].text.removesuffix(end)))


def _has_text(text: Inline) -> bool:
    return bool(plain(text).strip())
