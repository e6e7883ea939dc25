"""The publication as data: frozen, complete, and free of I/O.

Loading makes these values, checking reads them, rendering reads them. Every text is the
official text: no field holds a rewritten character.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from liulin_gazette.diagnostics import Place, Severity
from liulin_gazette.numbering import DocumentNumber


@dataclass(frozen=True, slots=True)
class Span:
    r"""A run of text in one weight. A line break inside a cell or title is ``\\n``."""

    text: str
    strong: bool = False


Inline = tuple[Span, ...]


def plain(inline: Inline) -> str:
    """Return the characters of ``inline`` without weight, line breaks kept."""
    return "".join(span.text for span in inline)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; its printed number (一、 （一） 1. （1）) is the first part of its text."""

    kind: ClassVar[str] = "heading"
    level: int
    """2 for 一、 3 for （一） 4 for 1. 5 for （1）."""
    text: Inline
    anchor: str
    line: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of running text."""

    kind: ClassVar[str] = "paragraph"
    role: str
    """``text``; ``run-in`` when it starts with a heading in the same line (**（一）加强宣传。**充分…);
    ``label`` when it is wholly strong (**总指挥**); ``annex-note`` for 附件说明 (附件：…)."""
    text: Inline
    anchor: str
    line: int


@dataclass(frozen=True, slots=True)
class Article:
    """第 N 条: ``label`` is the printed 第三条, ``text`` what follows it."""

    kind: ClassVar[str] = "article"
    label: str
    number: int
    text: Inline
    anchor: str
    line: int


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table; joined cells are one cell with a span."""

    text: Inline
    header: bool
    rowspan: int
    colspan: int
    align: str
    """``left``, ``center``, ``right``, or empty for the column's natural alignment."""
    line: int


@dataclass(frozen=True, slots=True)
class Table:
    """A table: ``rows`` hold only the cells that start in them."""

    kind: ClassVar[str] = "table"
    caption: str
    head_rows: int
    columns: int
    rows: tuple[tuple[Cell, ...], ...]
    anchor: str
    line: int
    widths: tuple[float, ...] = ()
    """Share of the width for each column in percent, derived from the text; sums to 100."""

    def column_cells(self) -> Iterator[tuple[int, Cell]]:
        """Yield each cell that stands in one column alone, with the column's index from 0."""
        held: dict[int, int] = {}
        for row in self.rows:
            x = 0
            for cell in row:
                while held.get(x, 0) > 0:
                    held[x] -= 1
                    x += 1
                if cell.colspan == 1:
                    yield x, cell
                for column in range(x, x + cell.colspan):
                    held[column] = cell.rowspan - 1
                x += cell.colspan
            while held.get(x, 0) > 0:
                held[x] -= 1
                x += 1

    @property
    def row_groups(self) -> tuple[tuple[tuple[Cell, ...], ...], ...]:
        """The body's rows in groups that joined cells hold together, for keeping on one page."""
        groups: list[list[tuple[Cell, ...]]] = []
        held = 0
        for row in self.rows[self.head_rows :]:
            if held == 0:
                groups.append([])
            groups[-1].append(row)
            held = max(held - 1, max((cell.rowspan - 1 for cell in row), default=0), 0)
        return tuple(tuple(group) for group in groups)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure. ``file`` is empty when the source lacks the picture and says so (原图待补)."""

    kind: ClassVar[str] = "figure"
    file: str
    """Project path of the picture, with forward slashes."""
    alternative: str
    caption: str
    anchor: str
    line: int


@dataclass(frozen=True, slots=True)
class RosterEntry:
    """One person of a roster. ``role`` is empty where the printed line leaves it out."""

    role: str
    name: str
    """As said, without alignment spaces; may end in （兼）."""
    post: str
    line: int


@dataclass(frozen=True, slots=True)
class Roster:
    """名单: posts and people, set in aligned columns."""

    kind: ClassVar[str] = "roster"
    entries: tuple[RosterEntry, ...]
    anchor: str
    line: int


@dataclass(frozen=True, slots=True)
class Note:
    """注 or 说明 under a table or figure."""

    kind: ClassVar[str] = "note"
    text: Inline
    anchor: str
    line: int


@dataclass(frozen=True, slots=True)
class Signature:
    """落款: the place where issuer, date and 附注 are printed. ``line`` is 0 when inferred."""

    kind: ClassVar[str] = "signature"
    line: int


@dataclass(frozen=True, slots=True)
class Instrument:
    """印发件: the 方案, 制度 or 预案 that the 通知 issues, with its own title."""

    kind: ClassVar[str] = "instrument"
    title: str
    title_lines: tuple[str, ...]
    blocks: tuple[Block, ...]
    anchor: str
    line: int


@dataclass(frozen=True, slots=True)
class Annex:
    """附件, 附图 or 附表, with its title and content."""

    kind: ClassVar[str] = "annex"
    label: str
    """As printed: 附件, 附件1, 附图, 附表."""
    title: str
    blocks: tuple[Block, ...]
    anchor: str
    line: int


Block = Heading | Paragraph | Article | Table | Figure | Roster | Note | Signature | Instrument | Annex


def figures(blocks: Sequence[Block]) -> Iterator[Figure]:
    """Yield the figures of ``blocks`` and of the blocks within them, in reading order."""
    for block in blocks:
        if isinstance(block, Figure):
            yield block
        elif isinstance(block, (Instrument, Annex)):
            yield from figures(block.blocks)


@dataclass(frozen=True, slots=True)
class Contact:
    """政策咨询: whom a citizen may ask about the document."""

    unit: str
    office: str
    person: str
    phone: str


@dataclass(frozen=True, slots=True)
class Waiver:
    """校核豁免: a finding that the office has judged and lets stand."""

    code: str
    text: str
    """文字: words at fault; the waiver is for findings about them alone. Empty for all of the code."""
    reason: str
    place: Place


@dataclass(frozen=True, slots=True)
class Document:
    """One official document."""

    path: str
    """Project path of its Markdown file."""
    title: str
    title_lines: tuple[str, ...]
    """The title broken by sense for display over several lines; joined, it is ``title``."""
    number: DocumentNumber
    issuer: str
    date: date
    """成文日期."""
    release: str
    """公开方式, the words inside the 附注: 此件公开发布."""
    addressees: str
    """主送, with its full-width colon; empty for documents without one."""
    contact: Contact | None
    blocks: tuple[Block, ...]
    slug: str
    waivers: tuple[Waiver, ...] = ()
    places: Mapping[str, Place] = field(default_factory=dict[str, Place], compare=False, hash=False)
    """Where each front matter key's value stands."""

    @property
    def place(self) -> Place:
        """The document as a whole."""
        return Place(self.path, 1, 1)


@dataclass(frozen=True, slots=True)
class Section:
    """栏目 of an issue with its documents in print order."""

    name: str
    documents: tuple[Document, ...]


@dataclass(frozen=True, slots=True)
class Issue:
    """One issue (期) of the gazette."""

    folder: str
    """Project path of its folder: ``content/2026-1``."""
    year: int
    number: int
    total: int
    """总期号."""
    date: date
    """出版日期."""
    sections: tuple[Section, ...]
    places: Mapping[str, Place] = field(default_factory=dict[str, Place], compare=False, hash=False)

    @property
    def name(self) -> str:
        """``2026-1``: the name in folders, commands and addresses."""
        return f"{self.year}-{self.number}"

    @property
    def documents(self) -> tuple[Document, ...]:
        """All documents in print order."""
        return tuple(document for section in self.sections for document in section.documents)


@dataclass(frozen=True, slots=True)
class Issuer:
    """发文机关 with the 机关代字 that it may use."""

    name: str
    codes: tuple[str, ...]
    place: Place = field(compare=False)


@dataclass(frozen=True, slots=True)
class SeriesException:
    """A declared departure from the regular series (期号例外)."""

    year: int
    number: int
    category: str
    """增刊 (an extra issue outside the six), 合刊 (two numbers in one), 停刊 (a number not
    published), 延期 (published late)."""
    merged_with: int = 0
    """合刊: the second number."""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Series:
    """期号起算: the point that 总期号 is counted from, and the departures from the rule."""

    year: int
    number: int
    total: int
    per_year: int
    exceptions: tuple[SeriesException, ...] = ()


@dataclass(frozen=True, slots=True)
class BackCover:
    """封底."""

    slogan: tuple[str, ...]
    """标语, a line each."""
    motto: str
    """宗旨."""
    address: str
    postcode: str
    phone: str
    """Empty when none is printed."""


@dataclass(frozen=True, slots=True)
class PageSize:
    """开本: the trimmed page, in mm."""

    name: str
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Printing:
    """印刷: what the printers are told, and what only the printed issue has."""

    inside_cover: tuple[tuple[str, str], ...] = ()
    """版权页, on the inside of the cover: names and values. The page is blank when there are none."""
    gutter_shift: float = 3.0
    """装订内移: mm by which the type area moves away from the spine."""
    paper: str = ""
    """用纸."""
    binding: str = "骑马订"
    """装订."""


@dataclass(frozen=True, slots=True)
class Proofreading:
    """校核: which rules are carried out, how grave their findings are, and what they need to know."""

    off: tuple[str, ...] = ()
    """关闭: codes of rules that are not carried out."""
    severities: Mapping[str, Severity] = field(default_factory=dict[str, Severity], hash=False)
    """级别: another severity for the findings of a code."""
    longest_lag: int = 180
    """最长间隔: days from 成文日期 to 出版日期 beyond which a document is late."""
    unpublished: tuple[str, ...] = ()
    """不公开文号: document numbers that are known not to be published."""
    public_phones: tuple[str, ...] = ()
    """公开电话: mobile telephones of public offices."""
    place: Place = field(default=Place("content/gazette.toml", 1, 1), compare=False)


@dataclass(frozen=True, slots=True)
class Publication:
    """The gazette: what gazette.toml says, and every issue, oldest first."""

    name: str
    romanised_name: str
    publisher: str
    frequency: str
    """刊期: 双月刊."""
    site_url: str
    """网址, ending in a slash."""
    site_label: str
    """掌上公报: the words under the cover's QR code."""
    distribution: str
    """赠阅范围."""
    series: Series
    issuers: tuple[Issuer, ...]
    back_cover: BackCover
    page_size: PageSize
    printing: Printing
    proofreading: Proofreading
    issues: tuple[Issue, ...]
    places: Mapping[str, Place] = field(default_factory=dict[str, Place], compare=False, hash=False)

    @property
    def site_url_is_placeholder(self) -> bool:
        """Whether 网址 still stands under a domain reserved for examples (RFC 2606)."""
        host = self.site_url.split("//", 1)[-1].split("/", 1)[0].split(":", 1)[0]
        return host == "example" or host.endswith(".example")
