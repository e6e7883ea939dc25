"""A document as frozen data: front matter and, in a full text, body.

``source`` creates these values; checks and outputs read them. Texts are official: no character is rewritten.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from liulin_gazette.model.blocks import Block
from liulin_gazette.model.diagnostics import Place
from liulin_gazette.model.document_number import DocumentNumber
from liulin_gazette.model.document_types import OTHER, type_in
from liulin_gazette.model.kinds import OFFICIAL, Kind, treatment
from liulin_gazette.model.run_on import RunOn
from liulin_gazette.text.book_titles import book_title


@dataclass(frozen=True, slots=True)
class Contact:
    """政策咨询: whom citizens may ask about a document."""

    unit: str
    office: str
    person: str
    phone: str


@dataclass(frozen=True, slots=True)
class Waiver:
    """校核豁免: the office has looked at a finding and accepts the text as it is."""

    code: str
    text: str
    """文字: the waiver covers findings about these words only; empty for all findings of the code."""
    reason: str
    place: Place


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment in the front matter. No page shows it, but the ZIP of the issue has the source file."""

    text: str
    place: Place = field(compare=False)


RELATIONS = ("修订", "废止", "代替", "更正", "解读")
VALIDITIES = ("现行有效", "已修订", "已废止", "失效", "部分失效")
"""The values of 有效性."""


@dataclass(frozen=True, slots=True)
class Relation:
    """What a document does to another one."""

    kind: str
    """One of ``RELATIONS``."""
    target: str
    """The other document: its 发文字号 or 令号 in full, or the last part of its address."""


@dataclass(frozen=True, slots=True)
class Erratum:
    """勘误: words of a published document that are wrong, and what they should be."""

    target: str
    """The other document, named as in ``Relation``."""
    where: str
    """位置, in a form that ``corrected_places.text_place`` reads; empty where none is stated."""
    wrong: str
    """原文."""
    right: str
    """更正为."""
    place: Place = field(compare=False)
    """Where 原文 stands in the source."""


@dataclass(frozen=True, slots=True)
class PolicyData:
    """Further data of a policy document, shown at the head of its page; empty where not given."""

    index: str = ""
    """索引号."""
    topic: str = ""
    """主题分类."""
    released: date | None = None
    """发布日期."""
    validity: str = ""
    """有效性."""
    effective: date | None = None
    """施行日期."""
    expires: date | None = None
    """有效期至: the last day on which the document is valid, as stated or as 有效期 makes it."""
    term: int = 0
    """有效期, in years; 0 where it is not stated."""
    repealed: date | None = None
    """废止日期: the first day on which the document is no longer valid."""
    registration: str = ""
    """统一登记号 of a normative document."""


@dataclass(frozen=True, slots=True)
class Event:
    """日程: a day, or several, for a citizen's calendar."""

    first: date
    last: date
    what: str


@dataclass(frozen=True, slots=True)
class GeneratedIndex:
    """总目录: says that the program wrote the body of a document, the index of a year, and from what."""

    year: int
    orders: tuple[str, ...]
    """排法: the orders that it has, by their titles in ``index_orders.ORDERS``."""
    digest: str
    """摘要: see ``source.annual_document.AnnualText``."""


@dataclass(frozen=True, slots=True)
class Signatory:
    """签署: the person who signs a document, such as an order."""

    post: str
    """职务."""
    name: str


@dataclass(frozen=True, slots=True)
class Document:
    """A document without its body."""

    path: str
    """Project path of its Markdown file."""
    title: str
    title_lines: tuple[str, ...]
    """The title broken into lines by sense; joined, they are ``title``."""
    number: DocumentNumber | None
    """发文字号; None for a document without one."""
    issuers: tuple[str, ...]
    """发文机关 in the order of the document, the one whose number it bears first; empty where none is stated."""
    date: date
    """成文日期."""
    release: str
    """公开方式, the words inside the 附注: 此件公开发布; empty for a document without it."""
    addressees: str
    """主送, with its full-width colon; empty for documents without one."""
    contact: Contact | None
    slug: str
    """The last part of its address."""
    kind: str = OFFICIAL
    """体裁."""
    treated_as: str = OFFICIAL
    """The built-in kind that decides how the document is treated."""
    order: int = 0
    """令号: the number of an order (第12号); 0 for any other document."""
    signatory: Signatory | None = None
    headnote: tuple[str, ...] = ()
    """题注: lines below the title, such as the occasion of a speech or the session that passed a regulation."""
    source: str = ""
    """来源: where a reprinted text was published first."""
    paper_pages: tuple[int, int] = (0, 0)
    """印刷页码: first and last page in the printed issue of a document that was taken over from paper; 0 where not stated."""
    run_on: RunOn | None = None
    """接排: what of it follows the text before it on the page; None where it is as its section and issue say."""
    columns: int | None = None
    """分栏: in how many columns it is set; None where it is as its section, its issue and the settings say."""
    instruments: tuple[str, ...] = ()
    """The titles of what it issues (印发件)."""
    generated_index: GeneratedIndex | None = None
    waivers: tuple[Waiver, ...] = ()
    policy: PolicyData = PolicyData()
    relations: tuple[Relation, ...] = ()
    errata: tuple[Erratum, ...] = ()
    events: tuple[Event, ...] = ()
    places: Mapping[str, Place] = field(default_factory=dict[str, Place], compare=False, hash=False)
    """Where each value of the front matter stands, by its key: 标题, 电话; 日程 2 事项 for the second event."""

    @property
    def place(self) -> Place:
        """The document as a whole."""
        return Place(self.path, 1, 1)

    @property
    def issuer(self) -> str:
        """发文机关; those of a joint document are separated by 、."""
        return "、".join(self.issuers)

    @property
    def order_number(self) -> str:
        """令号 as printed: 第12号; empty for a document that is no order."""
        return f"第{self.order}号" if self.order else ""

    @property
    def identifier(self) -> str:
        """发文字号, or 令号 with the issuer (柳林县人民政府令第12号); empty for a document without a number."""
        if self.number:
            return str(self.number)
        return f"{self.issuer}令{self.order_number}" if self.order else ""

    @property
    def listed_title(self) -> str:
        """The title in lists; that of an order says little, so what it publishes follows: 柳林县人民政府令　护林办法."""
        return "　".join((self.title, *self.instruments)) if self.order else self.title

    @property
    def citation_name(self) -> str:
        """《标题》 with the number in brackets where there is one."""
        return f"{book_title(self.title)}（{self.identifier}）" if self.identifier else book_title(self.title)

    @property
    def treatment(self) -> Kind:
        """The built-in kind that decides how the document is treated."""
        return treatment(self.treated_as)

    @property
    def stated_kind(self) -> str:
        """体裁 as pages show it; empty for an official document, of which nothing is said."""
        return "" if self.kind == OFFICIAL else self.kind

    @property
    def type_name(self) -> str:
        """文种, which the title ends in; for a document of a kind without 文种, its 体裁."""
        if not self.treatment.has_type:
            return self.kind
        found = type_in(self.title)
        return (self.stated_kind or OTHER) if found == OTHER else found

    @property
    def county_number(self) -> DocumentNumber | None:
        """发文字号 as part of the numbering of the county's issuers; None for a reprint and where there is none."""
        return self.number if self.treatment.county_numbers else None


@dataclass(frozen=True, slots=True, kw_only=True)
class FullText(Document):
    """A document with its body (全文). Only issues that are being processed have these in memory."""

    blocks: tuple[Block, ...]
    remarks: tuple[Remark, ...] = ()
