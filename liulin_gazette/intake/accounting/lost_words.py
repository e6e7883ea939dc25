"""The comparison page's check: words of a source that no page would show, although the draft was made from them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from liulin_gazette.intake.drafts import Conversion, Draft
from liulin_gazette.model.published_texts import body_lines
from liulin_gazette.source.finding_collector import FindingCollector
from liulin_gazette.source.folder import Folder
from liulin_gazette.source.markdown.markdown_blocks import read_blocks

FRONT_MATTER = "文首"
"""How rows begin that became values of the front matter, in which dates and names are written in one form."""
PICTURE = "（图："
_SIGNS = re.compile(r"[\W_]+")


def mark_lost_words(draft: Draft) -> tuple[Conversion, ...]:
    """Return the conversions of ``draft``; one whose words the body does not publish says so as its reason.

    Signs and spaces are not compared, since conversion puts some of them into another form.
    """
    published = _bare("".join(_published(draft.document.body)))
    return tuple(
        replace(row, result="", reason=f"页面上不会有这些字，草稿写作“{row.result}”")
        if _is_text(row) and _bare(row.original) not in published
        else row
        for row in draft.conversions
    )


def _published(body: str) -> Iterator[str]:
    blocks = read_blocks(body, "content/draft.md", Folder("content"), FindingCollector())
    for line in body_lines(blocks):
        for text in line:
            yield text.label + text.text


def _is_text(row: Conversion) -> bool:
    return (
        bool(row.result) and not row.result.startswith(FRONT_MATTER) and not row.original.startswith(PICTURE)
    )


def _bare(text: str) -> str:
    return _SIGNS.sub("", text)
