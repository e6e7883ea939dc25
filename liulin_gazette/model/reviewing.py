"""What reviewers (审阅的领导、部门) say of an issue before it is published: comments at a paragraph, and 阅签."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from liulin_gazette.model.diagnostics import Diagnostic

MOST_WORDS = 2_000
"""Characters of a comment."""
MOST_COMMENTS = 500
"""Of one reviewer on one issue."""
MOST_REVIEWERS = 100
"""On one issue."""
MOST_QUOTED = 200
"""Characters of the text that a comment is about, by which its place is found again."""
MOST_NAME = 20
"""Characters of a reviewer's name."""
_DROPPED = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
"""Unicode categories that comments do not have: what cannot be seen, or turns the direction of what can be."""
_BLANKS = "\u034f\u115f\u1160\u180e\u3164\uffa0\ufffc\ufffd"
"""Characters of other categories that cannot be seen, or stand for what was lost."""


class Verdict(Enum):
    """What a reviewer says of a document, or of an issue, as a whole."""

    READ = "已阅"
    AGREED = "同意"


@dataclass(frozen=True, slots=True)
class ReviewComment:
    """A comment, as one file keeps it."""

    reviewer: str
    name: str
    """Of its file, without ``.toml``: 001."""
    document: str
    """The file's name of the document in the issue: ``02.md``."""
    place: str
    """The name of the paragraph on the page of that day; empty for the document as a whole."""
    quoted: str
    """The words that it is about, as they were that day; empty for the document as a whole."""
    words: str
    time: datetime
    """When it was written or last corrected, in Beijing time without an offset."""
    handled: datetime | None
    """When the editor closed it, likewise; None while it is open."""
    digest: str
    """SHA-256 of its file."""

    @property
    def shown_time(self) -> str:
        """When it was written: 2026年3月5日 09:30."""
        return _shown(self.time)

    @property
    def shown_handled(self) -> str:
        """When it was closed; empty while it is open."""
        return _shown(self.handled) if self.handled else ""


@dataclass(frozen=True, slots=True)
class SignOff:
    """已阅 or 同意 of one reviewer."""

    reviewer: str
    document: str
    """The file's name of the document; empty for the whole issue."""
    verdict: Verdict
    time: datetime
    """In Beijing time without an offset."""
    read_digest: str
    """SHA-256 of what was read: of the document's file, or over all files of the issue."""

    @property
    def shown_time(self) -> str:
        """When it was given: 2026年3月5日 09:30."""
        return _shown(self.time)


@dataclass(frozen=True, slots=True)
class IssueReview:
    """All that reviewers have said of one issue."""

    comments: tuple[ReviewComment, ...] = ()
    """In the order of their times."""
    sign_offs: tuple[SignOff, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    """Of files that cannot be read. What they hold is missing here, and nothing else."""


def _shown(time: datetime) -> str:
    return f"{time.year}年{time.month}月{time.day}日 {time:%H:%M}"


def plain_words(text: str) -> str:
    """Return ``text`` with Unix line ends, without what cannot be seen, and without blanks at its ends."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    kept = (
        character
        for character in lines
        if character == "\n" or (unicodedata.category(character) not in _DROPPED and character not in _BLANKS)
    )
    return "".join(kept).strip()


def is_reviewer_name(name: str) -> bool:
    """Tell whether ``name`` can be that of a reviewer: letters and digits, with · between them, as in a file's name."""
    return (
        0 < len(name) <= MOST_NAME
        and unicodedata.normalize("NFC", name) == name
        and all(part.isalnum() for part in name.split("·"))
    )
