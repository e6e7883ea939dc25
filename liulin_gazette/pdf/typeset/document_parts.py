"""The parts of a printed document that are named. WeasyPrint is not needed to know them: the desk opens where it is missing."""

from __future__ import annotations

PARTS = {
    ("p", "number"),
    ("div", "headnote"),
    ("p", "addressees"),
    ("p", "signature-issuer"),
    ("p", "signature-date"),
    ("p", "release"),
    ("p", "source"),
    ("section", "contact"),
}
"""Element and class of the parts that are named; the title, and the lines of the contact, are found by their place."""
TITLE = "title"
CONTACT_LINE = "contact-line"


def part_name(document: str, part: str) -> str:
    """Return the name of a ``part`` of the document whose element has the id ``document``; no id has a blank."""
    return f"{document} {part}"
