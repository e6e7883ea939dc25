"""The settings of the gazette (gazette.toml, contacts.toml, words.toml) as frozen data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from liulin_gazette.model.archiving import Archiving
from liulin_gazette.model.diagnostics import Place, Severity
from liulin_gazette.model.issue_faces import (
    INSIDE_FRONT,
    PLAIN_COVER,
    SEPARATE_PAGE,
    Imprint,
)
from liulin_gazette.model.kinds import KINDS, Kind
from liulin_gazette.model.learned_words import LearnedWord
from liulin_gazette.model.portal_columns import USUAL
from liulin_gazette.model.press import Press
from liulin_gazette.model.series import Series
from liulin_gazette.model.site_settings import WebSettings


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
class Gazette:
    """The settings of the gazette: as they are now, or as they hold for one of its issues."""

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
