"""落款: the names below a text, in the forms of GB/T 9704-2012 §7.3.5.

Without seals (§7.3.5.2), which is how a gazette prints documents, several issuers stand one under the other, the first
one on top, and their names are spread to one width. With seals (§7.3.5.1) they stand side by side, at most three
in a row. Either way one date stands below the last issuer.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from liulin_gazette.model.document import Document
from liulin_gazette.text.chinese_dates import chinese_date
from liulin_gazette.text.display_lines import em_width, lines_within

SIGNATURE_WIDTH = 12
"""Characters across an ordinary signature block, in which issuer and date are centred."""
SIGNATURE_MEASURE = 16
"""Characters on a line of a signature block at most: a column of the printed page less its indent."""
COLUMN_INDENT = 2
"""Characters by which a column of the printed page is wider than a line of a signature block at most."""
DATE_INDENT = 4
"""em: 成文日期 stands so far from the right edge (GB/T 9704-2012 §7.3.5.1)."""
MOST_ABREAST = 3
"""Issuers in a row at most (GB/T 9704-2012 §7.3.5.1)."""
ROW_MEASURE = 38
"""Characters across the type area of A4, which a row of issuers shares out evenly."""
LEAST_GAP = 0.5
"""em between two names side by side."""
MOST_SPREAD = 2.0
"""em: the widest space between letters. A name that would need more, beside a very long one, is centred instead."""


@dataclass(frozen=True, slots=True)
class SignatureForm:
    """How several issuers sign; measures in characters of the text."""

    is_abreast: bool
    """Whether they stand side by side, not one under the other."""
    column: int = SIGNATURE_MEASURE
    """What a line may hold where they stand one under the other."""
    row: int = ROW_MEASURE
    """What a row may hold where they stand side by side, and a line of a signature over both columns."""
    across: frozenset[str] = frozenset()
    """The slugs of the documents that are signed over both columns, one issuer on a line."""


STACKED = SignatureForm(is_abreast=False)
_AUTONOMOUS = re.compile("自治[县旗](?=..)")


@dataclass(frozen=True, slots=True)
class SignatureName:
    """The name of an issuer in its lines."""

    lines: tuple[str, ...]
    space: float = 0.0
    """em: the space between its letters that spreads it to the width of the other names."""


@dataclass(frozen=True, slots=True)
class SignaturePlace:
    """Where the signature of one issuer, or of a person, stands below a text on paper; in em."""

    width: float
    """Across the block, in which names and date are centred."""
    right: float
    """Left blank at its right."""


def signature_place(document: Document, form: SignatureForm) -> SignaturePlace:
    """Return where the signature block of ``document`` stands: its date four characters from the right edge.

    The issuer stands above the date, centred on it (GB/T 9704-2012 §7.3.5.1); a name that is so long that it would
    begin or end outside the column moves the block.
    """
    measure = signature_measure(document, form)
    names = [line for issuer in document.issuers for line in signature_lines(issuer, measure)]
    if signatory := document.signatory:
        names = [f"{signatory.post}　{signatory.name}　"]
    day = em_width(chinese_date(document.date))
    width = max((SIGNATURE_WIDTH, *(math.ceil(em_width(name)) for name in names)))
    right = DATE_INDENT + (day - width) / 2
    return SignaturePlace(width, round(max(0.0, min(right, measure + COLUMN_INDENT - width)), 3))


def signature_measure(document: Document, form: SignatureForm) -> int:
    """Return how many characters a line of the signature of ``document`` may have."""
    return form.row if document.slug in form.across else form.column


def signature_lines(issuer: str, measure: int = SIGNATURE_MEASURE) -> tuple[str, ...]:
    """Return the name of ``issuer`` in the lines in which it is printed below a text.

    A name of two lines is parted after its autonomous county, which names its peoples together.
    """
    county = max((found.end() for found in _AUTONOMOUS.finditer(issuer)), default=0)
    parted = issuer[:county], issuer[county:]
    if county and em_width(issuer) > measure and all(em_width(line) <= measure for line in parted):
        return parted
    return lines_within(issuer, measure)


def signature_is_wide(document: Document) -> bool:
    """Tell whether the signature block of ``document`` needs more than ``SIGNATURE_WIDTH`` characters."""
    lines = [line for issuer in document.issuers for line in signature_lines(issuer)]
    if signatory := document.signatory:
        lines = [f"{signatory.post}　{signatory.name}　"]
    return any(len(line) > SIGNATURE_WIDTH for line in lines)


def is_jointly_signed(document: Document) -> bool:
    """Tell whether several issuers, and no person for them, sign ``document``."""
    return len(document.issuers) > 1 and document.signatory is None


def stacked_names(document: Document, form: SignatureForm) -> tuple[SignatureName, ...]:
    """Return the names of the issuers one under the other; those of one line are spread to the widest line."""
    measure = signature_measure(document, form)
    names = [signature_lines(issuer, measure) for issuer in document.issuers]
    widest = max(em_width(line) for lines in names for line in lines)
    return tuple(SignatureName(lines, _space(lines, widest)) for lines in names)


def _space(lines: tuple[str, ...], width: float) -> float:
    name = "".join(lines)
    if len(lines) > 1 or len(name) < 2:
        return 0.0
    space = round((width - em_width(name)) / (len(name) - 1), 3)
    return space if space <= MOST_SPREAD else 0.0


def stack_width(document: Document, form: SignatureForm) -> int:
    """Return the width of the block of ``stacked_names``, in em: that of an ordinary signature at least."""
    names = stacked_names(document, form)
    return max(SIGNATURE_WIDTH, *(math.ceil(em_width(line)) for name in names for line in name.lines))


def rows_abreast(document: Document, form: SignatureForm) -> tuple[tuple[SignatureName, ...], ...]:
    """Return the names of the issuers side by side, row by row; all rows but the last have the same number of names.

    There are as few rows as can be, of even length: two and two, three and two. Six whose names would not fit stand in pairs.
    """
    issuers = document.issuers
    widest = max(map(em_width, issuers))
    count = math.ceil(len(issuers) / math.ceil(len(issuers) / MOST_ABREAST))
    if len(issuers) % 2 == 0 and _cell(count, form) < widest <= _cell(2, form):
        count = 2
    names = [SignatureName(lines_within(issuer, _cell(count, form))) for issuer in issuers]
    return tuple(tuple(names[start : start + count]) for start in range(0, len(names), count))


def _cell(count: int, form: SignatureForm) -> int:
    """Return how many characters each of ``count`` names in a row may have on a line."""
    return math.floor(form.row / count - LEAST_GAP)


def rows_depth(document: Document, form: SignatureForm) -> int:
    """Return how many lines the signature over both columns takes with the date, the 附注 below, and the space above.

    There is space above each row of names side by side, and above the first of names one under the other.
    """
    if not form.is_abreast:
        return 1 + len(document.issuers) + 1 + bool(document.release)
    rows = sum(1 + max(len(name.lines) for name in row) for row in rows_abreast(document, form))
    return rows + 1 + bool(document.release)
