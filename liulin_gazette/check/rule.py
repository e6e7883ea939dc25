"""The types of the rules: what a rule is, what it looks at, and what it yields."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from liulin_gazette.check.passages import Spot
from liulin_gazette.model.certainty import Certainty
from liulin_gazette.model.diagnostics import Place, Severity
from liulin_gazette.model.document import RELATIONS, Document, Erratum, FullText
from liulin_gazette.model.own_texts import OwnText

MAX_ISSUERS = 12
"""Joint issuers whose places rules of the series can name."""


class Scope(Enum):
    """What a rule looks at: the argument of its ``check``."""

    DOCUMENT = "公文"
    """An ``AnnotatedDocument``."""
    ISSUE = "期"
    """The ``AnnotatedDocument``s of one issue, in print order."""
    CITATIONS = "引用"
    """The ``Citations`` of one issue."""
    CORRECTIONS = "更正"
    """The ``Correction``s that documents announce of documents of the archive."""
    SERIES = "全部"
    """The ``Publication``, without texts."""


PLACED_IN_SERIES = (
    "发文字号",
    "令号",
    "发文机关",
    *(f"发文机关 {number}" for number in range(1, MAX_ISSUERS + 1)),
    "成文日期",
    "有效性",
    "总目录",
    "电话",
    *RELATIONS,
)
"""Front-matter keys whose places are kept after an issue has been read.

Only at these can rules with ``Scope.SERIES`` place their findings in a document.
"""


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault in one place; the engine adds the code and the severity of the rule."""

    where: Spot | Place
    message: str
    hint: str = ""
    text: str = ""
    """The faulty words; a waiver can name some of them. Empty where the message stands for them."""
    severity: Severity | None = None
    """Overrides the severity of the rule where this case is more or less certain."""
    certainty: Certainty | None = None
    """How certain this case is, where the rule can tell."""


Findings = Iterator[Finding]
"""What a rule yields."""


def value_place(document: Document, key: str) -> Place:
    """Return where the front-matter value ``key`` of ``document`` stands; the document's place if it is missing."""
    return document.places.get(key, document.place)


@dataclass(frozen=True, slots=True)
class CitedNumber:
    """A document number in the text of a document."""

    path: str
    """Project path of the document that cites."""
    place: Place
    number: str
    """As in the text; words before its 机关代字 may be attached to it."""
    title: str
    """As cited; empty if the number stands alone."""


@dataclass(frozen=True, slots=True)
class Citations:
    """The document numbers that one issue cites, in print order, and what is published under them."""

    cited: Sequence[CitedNumber]
    published: Mapping[str, tuple[str, ...]]
    """The titles of all published documents, by number: its own, then those of the instruments that it issues."""


@dataclass(frozen=True, slots=True)
class Correction:
    """An erratum with the document that it corrects."""

    erratum: Erratum
    document: FullText
    is_changed: bool
    """Whether the document was changed after publication, so that the wrong words may be gone."""


@dataclass(frozen=True, slots=True)
class OwnParts:
    """What a gazette, or an issue, shows beside documents."""

    texts: tuple[OwnText, ...]
    pictures: tuple[str, ...]
    """Project paths."""
    public_phones: tuple[str, ...]
    """公开电话 of 校核."""
    read_bytes: Callable[[str], bytes]
    """Returns the content of a picture by its project path."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule, as listed in ``rules.RULES`` and in docs/诊断代码.md."""

    code: str
    """Stable: a letter for the subject (N S T C P B K) and three digits."""
    severity: Severity
    title: str
    """What the rule requires, in the words of docs/诊断代码.md."""
    source: str
    """The standard, law or practice that the rule is based on."""
    scope: Scope
    check: Callable[[Any], Findings]
    """Its argument is what ``scope`` says."""
    waivable: bool = True
    """Whether a document may waive it, and gazette.toml switch it off or change its severity."""
    check_own: Callable[[OwnParts], Findings] | None = None
    """The same requirement for what the gazette shows beside documents; None where there is none."""
