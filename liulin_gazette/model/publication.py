"""The publication as frozen data.

``source`` creates these values; checks and outputs read them. Texts are official: no character is rewritten.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from liulin_gazette.model.archiving import Archiving
from liulin_gazette.model.diagnostics import Place, Severity
from liulin_gazette.model.document import Document, FullText, Waiver
from liulin_gazette.model.issue_faces import (
    INSIDE_FRONT,
    PLAIN_COVER,
    SEPARATE_PAGE,
    Imprint,
    IssueFaces,
)
from liulin_gazette.model.issue_record import PublicationRecord
from liulin_gazette.model.kinds import KINDS, Kind
from liulin_gazette.model.learned_words import LearnedWord
from liulin_gazette.model.portal_columns import USUAL
from liulin_gazette.model.press import Press
from liulin_gazette.model.run_on import RunOn
from liulin_gazette.model.series import Series, Since
from liulin_gazette.model.site_settings import WebSettings


@dataclass(frozen=True, slots=True)
class Section:
    """A section (栏目) of an issue, with its documents in print order."""

    name: str
    documents: tuple[Document, ...]
    run_on: RunOn | None = None
    """接排 of its documents, where they do not say it themselves; None where it is as the issue says."""
    columns: int | None = None
    """分栏 of its documents, where they do not say it themselves; None where it is as the issue says."""


@dataclass(frozen=True, slots=True)
class Issue:
    """One issue (期) of the gazette."""

    folder: str
    """Project path of its folder: ``content/2026-1``."""
    year: int
    number: int
    """期, or the count of the year's 增刊 or 特刊 where these have a count of their own."""
    total: int | None
    """总期号; None where the issue has none."""
    date: date
    """出版日期."""
    sections: tuple[Section, ...]
    prefix: str = "gazette"
    """文件名前缀 of the gazette: the names of its files begin with it."""
    record: PublicationRecord | None = None
    """None until the issue is published."""
    released: datetime | None = None
    """上网时间: when the issue went on the site, if the office states it."""
    faces: IssueFaces = field(default_factory=IssueFaces)
    """What it shows beside its documents."""
    waivers: tuple[Waiver, ...] = ()
    """校核豁免 of issue.toml, for findings in that file."""
    places: Mapping[str, Place] = field(default_factory=dict[str, Place], compare=False, hash=False)
    merged_with: int = 0
    """合刊: the last of its numbers; 0 for an issue with one number."""
    supplement: str = ""
    """增刊 or 特刊; empty for a regular issue."""
    run_on: RunOn | None = None
    """接排 where neither section nor document says it; None where it is not stated."""
    columns: int | None = None
    """分栏 where neither section nor document says it; None where it is as the settings say."""
    code: str = ""
    """The part of the address after the year where it is not ``number``: z1 (增刊), t1 (特刊), 3-4 (合刊)."""

    @property
    def is_regular(self) -> bool:
        """Whether the issue has a number (期) of the year's series."""
        return not self.supplement

    @property
    def has_own_count(self) -> bool:
        """Whether the issue is a 增刊 or 特刊 that is counted by itself, not with the running numbers of its year."""
        return bool(self.supplement and self.code)

    @property
    def part(self) -> str:
        """``1``, ``3-4``, ``z1``: the part of the address after the year."""
        return self.code or str(self.number)

    @property
    def name(self) -> str:
        """``2026-1``: the name in folders, commands and addresses."""
        return f"{self.year}-{self.part}"

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


@dataclass(frozen=True, slots=True)
class IssueFormat:
    """What gazette.toml says about the form of every issue."""

    prefix: str
    """文件名前缀: the names of the files for download begin with it; empty if gazette.toml cannot be read."""
    kinds: Mapping[str, Kind] = field(default_factory=lambda: dict(KINDS), hash=False)
    """The kinds of documents, by name."""
    readings: Mapping[str, str] = field(default_factory=dict[str, str], hash=False)
    """读音: with them the addresses of documents are made."""
    series: Series | None = None
    """期号起算; None if gazette.toml cannot be read."""


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
    since: date | None = None
    """自: the first day on which it signs documents under this name and with these codes; None for ever before."""
    until: date | None = None
    """至: the last such day; None for ever after."""
    former_name: str = ""
    """原名: the name of the issuer, or of one of them, that it was before."""

    def acts_on(self, day: date) -> bool:
        """Tell whether the issuer signs documents of ``day`` under this name and with these codes."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)

    @property
    def period(self) -> str:
        """The words for its period: 2019-03-02起至2024-05-01止; empty where it has none."""
        return (f"{self.since}起" if self.since else "") + (f"至{self.until}止" if self.until else "")


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
class BodyType:
    """The type in which the text of documents is set."""

    name: str = "小四"
    """正文字号: a key of ``page_format.TYPE_SCALES``."""
    leading: int = 20
    """行距: from line to line, in pt."""
    columns: int = 2
    """分栏: columns on a page, where nothing else is stated of an issue, a section or a document; one in large print."""


USUAL_BODY = BodyType()


@dataclass(frozen=True, slots=True)
class Printing:
    """印刷: instructions for the printers, and what only the printed issue has."""

    inside_cover: Imprint = ()
    """版权页; issue.toml can replace lines of it and add others. Without any, the page is blank."""
    gutter_shift: float = 3.0
    """装订内移, in mm: how far the type area is moved away from the spine."""
    paper: str = ""
    """用纸."""
    binding: str = "骑马订"
    """装订."""
    imprint_page: str = INSIDE_FRONT
    """版权页位置: 封二, 封三 or 刊头."""
    permit: str = ""
    """准印证号, on the cover; empty where there is none."""
    cover_lines: tuple[str, ...] = ()
    """封面: those of ``COVER_LINES`` that the cover shows."""
    press: Press = field(default_factory=Press)
    """Inks, paper and binding."""
    cover_style: str = PLAIN_COVER
    """封面样式. Records of issues published before there was a choice do not state it: theirs is the plain one."""
    contents_place: str = SEPARATE_PAGE
    """目录位置: 另页, or 刊头 where the masthead page has room for all of it."""

    @property
    def is_perfect_bound(self) -> bool:
        """Whether the pages are glued into a cover with a spine (胶订), and not stitched through the fold."""
        return "胶" in self.binding


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
    accepted: tuple[str, ...] = ()
    """认可的名称: titles, agencies, phrases and places that the rules about knowledge (K) do not ask about."""
    set_phrases: tuple[str, ...] = ()
    """固定提法: phrases with fixed words, besides those that the program knows."""
    place: Place = field(default=Place("content/gazette.toml", 1, 1), compare=False)


MOST_SEARCH_WORDS = 5
"""Words of documents that are looked for in place of one everyday word; each may take the reader several files."""


@dataclass(frozen=True, slots=True)
class SearchWords:
    """检索用词: words for search beside those of the program."""

    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]], hash=False)
    """The words of documents for each everyday word; none where the word of the program is switched off."""
    with_built_in: bool = True
    """自带: whether the words of the program are used."""


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
class Era:
    """The settings from an issue, or a day, until the next change."""

    since: Since | None
    """None for those that hold from the beginning."""
    settings: Publication
    """Without issues and eras."""


@dataclass(frozen=True, slots=True)
class Publication:
    """The gazette: its settings in gazette.toml as they are now, and its issues, oldest first.

    What holds for one of its issues, ``dated_settings.settings_at`` returns.
    """

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
    kinds: Mapping[str, Kind] = field(default_factory=lambda: dict(KINDS), hash=False)
    """The kinds of documents, by name: those of the program with those of gazette.toml."""
    area_code: str = ""
    """区号; empty where the settings do not say."""
    body: BodyType = USUAL_BODY
    signatures_abreast: bool = False
    """联合落款: whether several issuers sign side by side, as under seals, and not one under the other."""
    web: WebSettings = field(default_factory=WebSettings)
    search_words: SearchWords = field(default_factory=SearchWords)
    editions: tuple[str, ...] = ()
    """成品: the names of the editions that are made beside the site and the PDFs, in the order of ``EDITIONS``."""
    archiving: Archiving = field(default_factory=Archiving)
    portal_columns: tuple[str, ...] = USUAL
    """门户.列: the columns of the table for the portal's back office, in their order."""
    phone_changes: tuple[PhoneChange, ...] = ()
    """Oldest first."""
    learned_words: tuple[LearnedWord, ...] = ()
    """收词 of words.toml: what the rules about wording and names take as right."""
    readings: Mapping[str, str] = field(default_factory=dict[str, str], hash=False)
    """读音: the pinyin of characters with several readings, for the addresses of documents."""
    places: Mapping[str, Place] = field(default_factory=dict[str, Place], compare=False, hash=False)
    eras: tuple[Era, ...] = ()
    """The settings one after the other, where some change (变更); the first ones hold from the beginning."""
    frozen: Mapping[str, Publication] = field(
        default_factory=dict[str, "Publication"], compare=False, hash=False
    )
    """The settings with which each published issue was published, by the project path of its folder."""
    settings_json: str = field(default="", compare=False)
    """The settings as they are written, as JSON: what the record of an issue keeps of them."""

    def issuers_on(self, day: date) -> tuple[Issuer, ...]:
        """Return the issuers that sign documents of ``day``."""
        return tuple(issuer for issuer in self.issuers if issuer.acts_on(day))

    def code_owner(self, code: str, year: int) -> str:
        """Return the issuer that holds the 机关代字 ``code`` in ``year``, the last one of several; empty without any."""
        holders = [issuer for issuer in self.issuers if code in issuer.codes]
        acting = [
            each for each in holders if each.acts_on(date(year, 1, 1)) or each.acts_on(date(year, 12, 31))
        ]
        return (acting or holders)[-1].name if holders else ""

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


def issue_format(publication: Publication, prefix: str) -> IssueFormat:
    """Return what ``publication`` and 文件名前缀, ``prefix``, say about the form of every issue."""
    return IssueFormat(prefix, publication.kinds, publication.readings, publication.series)
