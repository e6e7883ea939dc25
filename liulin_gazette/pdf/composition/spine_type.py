"""The size of the words on the spine of a perfect-bound issue, which stand one character below the other."""

from __future__ import annotations

from liulin_gazette.model.gazette import Gazette
from liulin_gazette.model.issue_labels import issue_name
from liulin_gazette.model.publication import Issue
from liulin_gazette.pdf.composition.page_format import page_format

LARGEST = 16.0
"""pt (三号)."""
LEADING = 1.25
"""Of the size, the distance from one character to the next."""
MARGIN = 72.0
"""pt above and below the words."""
_GAP = 2
"""Characters between the name and the number of the issue, at least."""


def spine_type(gazette: Gazette, issue: Issue) -> float:
    """Return the size of the type in pt: the largest with which name and number fit below each other."""
    characters = len(gazette.name) + _GAP + len(issue_name(issue))
    room = page_format(gazette.page_size).height - 2 * MARGIN
    return round(min(LARGEST, room / (LEADING * characters)), 1)
