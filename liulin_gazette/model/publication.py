"""The publication as frozen data.

``source`` creates these values; checks and outputs read them. Texts are official: no character is rewritten.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from liulin_gazette.model.blocks import Block
from liulin_gazette.model.diagnostics import Place, Severity
from liulin_gazette.model.document_number import DocumentNumber
from liulin_gazette.model.series import Series


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


RELATIONS = ("修订", "废止", "代替", "更正")
VALIDITIES = ("现行有效", "已修订", "已废止", "失效", "部分失效")
"""The values of 有效性."""


@dataclass(frozen=True, slots=True)
class Relation:
    """What a document does to another one."""

    kind: str
    """One of ``RELATIONS``."""
    number: DocumentNumber


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


@dataclass(frozen=True, slots=True)
class Event:
    """日程: a day, or several, for a citizen's calendar."""

    first: date
    last: date
    what: str


@dataclass(frozen=True, slots=True)
class Document:
    """An official document without its body."""

    path: str
    """Project path of its Markdown file."""
    title: str
    title_lines: tuple[str, ...]
    """The title broken into lines by sense; joined, they are ``title``."""
    number: DocumentNumber
    issuer: str
    date: date
    """成文日期."""
    release: str
    """公开方式, the words inside the 附注: 此件公开发布."""
    addressees: str
    """主送, with its full-width colon; empty for documents without one."""
    contact: Contact | None
    slug: str
    waivers: tuple[Waiver, ...] = ()
    policy: PolicyData = PolicyData()
    relations: tuple[Relation, ...] = ()
    events: tuple[Event, ...] = ()
    places: Mapping[str, Place] = field(default_factory=dict[str, Place], compare=False, hash=False)
    """Where each value of the front matter stands, by its key: 标题, 电话; 日程 2 事项 for the second event."""

    @property
    def place(self) -> Place:
        """The document as a whole."""
        return Place(self.path, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class FullText(Document):
    """A document with its body (全文). Only issues that are being processed have these in memory."""

    blocks: tuple[Block, ...]
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A section (栏目) of an issue, with its documents in print order."""

    name: str
    documents: tuple[Document, ...]


@dataclass(frozen=True, slots=True)
class Republication:
    """A change to an issue after publication, as the issue's page shows it."""

    day: date
    reason: str
    files: tuple[str, ...]
    """Names of the changed files; a changed setting is named as ``content/gazette.toml 的名称``."""


@dataclass(frozen=True, slots=True)
class PublicationRecord:
    """发布记录: the state of an issue when it was published, against which later changes are detected."""

    published: date
    digests: Mapping[str, str]
    """SHA-256 of each file of the issue's folder, by name, except the record itself and the office's notes."""
    changes: tuple[Republication, ...] = ()
    settings: Mapping[str, str] = field(default_factory=dict[str, str])
    """名称, 主办单位, 刊期 and 文件名前缀 at publication; empty in records of earlier versions."""


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
    prefix: str = "gazette"
    """文件名前缀 of the gazette: the names of its files begin with it."""
    record: PublicationRecord | None = None
    """None until the issue is published."""
    released: datetime | None = None
    """上网时间: when the issue went on the site, if the office states it."""
    places: Mapping[str, Place] = field(default_factory=dict[str, Place], compare=False, hash=False)

    @property
    def name(self) -> str:
        """``2026-1``: the name in folders, commands and addresses."""
        return f"{self.year}-{self.number}"

    @property
    def stem(self) -> str:
        """``liulin-gazette-2026-1``: the names of the issue's files begin with it."""
        return f"{self.prefix}-{self.name}"

    @property
    def documents(self) -> tuple[Document, ...]:
        """All documents in print order."""
        return tuple(document for section in self.sections for document in section.documents)

    @property
    def full_texts(self) -> tuple[FullText, ...]:
        """All documents with their bodies. Raises TypeError where a document has none."""
        return tuple(map(_full_text, self.documents))


def _full_text(document: Document) -> FullText:
    if not isinstance(document, FullText):
        raise TypeError(f"the text of {document.path} is not at hand")
    return document


@dataclass(frozen=True, slots=True)
class Issuer:
    """An issuer (发文机关) with the 机关代字 that it may use."""

    name: str
    codes: tuple[str, ...]
    place: Place = field(compare=False)


@dataclass(frozen=True, slots=True)
class BackCover:
    """The back cover (封底)."""

    slogan: tuple[str, ...]
    """标语, line by line."""
    motto: str
    """宗旨."""
    address: str
    postcode: str
    phone: str
    """Empty when none is printed."""


@dataclass(frozen=True, slots=True)
class PageSize:
    """开本: the size of the trimmed page, in mm."""

    name: str
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Printing:
    """印刷: instructions for the printers, and what only the printed issue has."""

    inside_cover: tuple[tuple[str, str], ...] = ()
    """版权页, on the inside of the cover: names and values. Without any, the page is blank."""
    gutter_shift: float = 3.0
    """装订内移, in mm: how far the type area is moved away from the spine."""
    paper: str = ""
    """用纸."""
    binding: str = "骑马订"
    """装订."""


@dataclass(frozen=True, slots=True)
class Proofreading:
    """校核: which rules apply, how serious their findings are, and what the rules need to know."""

    off: tuple[str, ...] = ()
    """关闭: codes of rules that are switched off."""
    severities: Mapping[str, Severity] = field(default_factory=dict[str, Severity], hash=False)
    """级别: the severity of a code's findings, where it is not the rule's own."""
    longest_lag: int = 180
    """最长间隔: the most days from 成文日期 to 出版日期 before a document counts as late."""
    unpublished: tuple[str, ...] = ()
    """不公开文号: document numbers that will not be published."""
    public_phones: tuple[str, ...] = ()
    """公开电话: mobile numbers of public offices."""
    place: Place = field(default=Place("content/gazette.toml", 1, 1), compare=False)


@dataclass(frozen=True, slots=True)
class WebSettings:
    """网站: what every page must state by 政府网站发展指引 (国办发〔2017〕47号); empty where not given."""

    site_name: str = ""
    """政府网站名称: 柳林县人民政府."""
    domain: str = ""
    """政府网站域名: www.liulin.gov.cn."""
    id_code: str = ""
    """网站标识码, ten characters."""


@dataclass(frozen=True, slots=True)
class PhoneChange:
    """A change of a printed telephone number of 政策咨询 (content/contacts.toml)."""

    unit: str
    office: str
    printed: str
    """原电话: as printed."""
    phone: str
    """电话: the new number; empty if there is none any more."""
    since: date
    note: str = ""


@dataclass(frozen=True, slots=True)
class Publication:
    """The gazette: its settings in gazette.toml, and its issues, oldest first."""

    name: str
    romanised_name: str
    publisher: str
    frequency: str
    """刊期: 双月刊."""
    site_url: str
    """网址, ending in a slash."""
    site_label: str
    """The words under the QR code on the cover: 掌上公报."""
    distribution: str
    """赠阅范围."""
    series: Series
    issuers: tuple[Issuer, ...]
    back_cover: BackCover
    page_size: PageSize
    printing: Printing
    proofreading: Proofreading
    issues: tuple[Issue, ...]
    area_code: str = ""
    """区号; empty where the settings do not say."""
    web: WebSettings = WebSettings()
    phone_changes: tuple[PhoneChange, ...] = ()
    """Oldest first."""
    places: Mapping[str, Place] = field(default_factory=dict[str, Place], compare=False, hash=False)

    @property
    def publisher_code(self) -> str:
        """The first 机关代字 of the publisher; of the first issuer where the publisher issues nothing."""
        issuers = sorted(self.issuers, key=lambda issuer: issuer.name != self.publisher)
        return next((code for issuer in issuers for code in issuer.codes), "")

    @property
    def local_area_code(self) -> str:
        """区号 as the settings say, or as the telephone on the back cover shows; otherwise empty."""
        before, dash, _ = self.back_cover.phone.partition("-")
        return self.area_code or (before if dash else "")

    @property
    def site_url_is_placeholder(self) -> bool:
        """Whether 网址 is still in a domain reserved for examples (RFC 2606)."""
        host = self.site_url.split("//", 1)[-1].split("/", 1)[0].split(":", 1)[0]
        return host == "example" or host.endswith(".example")
