"""The comparison page's check: words of a source that no page would show, although the draft was made from them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from liulin_gazette.intake.drafts import Draft, Row
from liulin_gazette.model.published_texts import body_lines
from liulin_gazette.source.finding_collector import FindingCollector
from liulin_gazette.source.folder import Folder
from liulin_gazette.source.markdown_blocks import read_blocks

FRONT_MATTER = "文首"
"""How rows begin that became values of the front matter, in which dates and names are written in one form."""
PICTURE = "（图："
_SIGNS = re.compile(r"[\W_]+")


def compared(draft: Draft) -> tuple[Row, ...]:
    """Return the rows of ``draft``; a row whose words its body does not publish says so as its reason.

    Signs and spaces are not compared, since conversion puts some of them into another form.
    """
    published = _bare("".join(_published(draft.document.body)))
    return tuple(
        replace(row, became="", reason=f"页面上不会有这些字，草稿写作“{row.became}”")
        if _is_text(row) and _bare(row.source) not in published
        else row
        for row in draft.rows
    )


def _published(body: str) -> Iterator[str]:
    blocks = read_blocks(body, "content/draft.md", Folder("content"), FindingCollector())
    for line in body_lines(blocks):
        for text in line:
            yield text.label + text.text


def _is_text(row: Row) -> bool:
    return bool(row.became) and not row.became.startswith(FRONT_MATTER) and not row.source.startswith(PICTURE)


def _bare(text: str) -> str:
    return _SIGNS.sub("", text)
