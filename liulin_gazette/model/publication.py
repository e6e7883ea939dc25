"""The publication, its issues and their sections as frozen data.

``source`` creates these values; checks and outputs read them. Texts are official: no character is rewritten.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from liulin_gazette.model.diagnostics import Place
from liulin_gazette.model.document import Document, FullText, Waiver
from liulin_gazette.model.gazette import Gazette
from liulin_gazette.model.issue_faces import (
    IssueFaces,
)
from liulin_gazette.model.issue_record import PublicationRecord
from liulin_gazette.model.kinds import KINDS, Kind
from liulin_gazette.model.run_on import RunOn
from liulin_gazette.model.series import Series, Since


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
class Era:
    """The settings from an issue, or a day, until the next change."""

    since: Since | None
    """None for those that hold from the beginning."""
    settings: Gazette


@dataclass(frozen=True, slots=True)
class Publication:
    """The gazette with all of its issues.

    Which settings hold for one of them, ``dated_settings.settings_at`` returns.
    """

    gazette: Gazette
    """The settings as they are now: those that the site as a whole shows."""
    issues: tuple[Issue, ...] = ()
    """Oldest first."""
    eras: tuple[Era, ...] = ()
    """The settings one after the other, where some change (变更); the first ones hold from the beginning."""
    frozen: Mapping[str, Gazette] = field(default_factory=dict[str, Gazette], compare=False, hash=False)
    """The settings with which each published issue was published, by the project path of its folder."""


def issue_format(gazette: Gazette, prefix: str) -> IssueFormat:
    """Return what ``gazette`` and 文件名前缀, ``prefix``, say about the form of every issue."""
    return IssueFormat(prefix, gazette.kinds, gazette.readings, gazette.series)
