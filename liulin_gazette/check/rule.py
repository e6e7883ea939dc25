"""What a rule is, and what it says."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from liulin_gazette.check.passages import Spot
from liulin_gazette.model.diagnostics import Place, Severity
from liulin_gazette.model.publication import RELATIONS


class Scope(Enum):
    """What a rule is given to look at."""

    DOCUMENT = "公文"
    """A AnnotatedDocument."""
    ISSUE = "期"
    """The AnnotatedDocuments of one issue, in print order."""
    CITATIONS = "引用"
    """The Citations of one issue."""
    SERIES = "全部"
    """The Publication, without texts."""


PLACED_IN_SERIES = ("发文字号", "发文机关", "成文日期", "有效性", *RELATIONS)
"""Keys of front matter at whose values rules of the series place what they find.

Where other values of a document stand is not known once its issue is read.
"""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule says of one place; the engine adds the rule's code and severity."""

    where: Spot | Place
    message: str
    hint: str = ""
    text: str = ""
    """The words that are at fault, by which a waiver can name them."""
    severity: Severity | None = None
    """Another severity than the rule's, where this case is more or less certain."""


Findings = Iterator[Finding]
"""What a rule yields."""


@dataclass(frozen=True, slots=True)
class CitedNumber:
    """A document number in the text of a document."""

    path: str
    """Project path of the document that cites."""
    place: Place
    number: str
    """As the text has it: words before its 机关代字 may have run on."""
    title: str
    """As cited; empty where the number stands alone."""


@dataclass(frozen=True, slots=True)
class Citations:
    """What the documents of one issue cite, in print order, and what the archive has."""

    cited: Sequence[CitedNumber]
    published: Mapping[str, str]
    """The title of each published document by its number."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as listed in ``rules.RULES`` and in docs/诊断代码.md."""

    code: str
    """Stable: a letter for the subject (N S T C P B) and three digits."""
    severity: Severity
    title: str
    """What is checked, in the words of the docs page."""
    source: str
    """The standard, or the reason, that it rests on."""
    scope: Scope
    check: Callable[[Any], Iterator[Finding]]
    """Takes what ``scope`` says."""
    waivable: bool = True
    """Whether a document may excuse it, and gazette.toml switch it off or soften it."""
