"""Properties of a Word file: what is published of a document and is not on its pages."""

from __future__ import annotations

import re

from liulin_gazette.model.document import FullText
from liulin_gazette.model.published_texts import NOT_ON_PAPER, UNOFFICIAL, published_lines


def unprinted(document: FullText, printed: str) -> dict[str, str]:
    """Return the values of ``document`` that are published, but not in ``printed``, the text of its pages, by name.

    They become properties of the file: what no paper shows (索引号, 日程 …), and the date of a text without signature.
    What belongs together, such as the days and the matter of an event, is one value.
    """
    words = _without_spaces(printed)
    values: dict[str, str] = {}
    for line in published_lines(document):
        left = [
            text
            for text in line
            if text.key
            and text.role not in UNOFFICIAL
            and (text.role in NOT_ON_PAPER or _without_spaces(text.text) not in words)
        ]
        if not left:
            continue
        base = left[0].label or (left[0].key if len(left) > 1 else left[0].role.value)
        name, number = base, 1
        while name in values:
            number += 1
            name = f"{base} {number}"
        is_one = len(left) == 1
        values[name] = (
            left[0].text if is_one else "；".join(f"{text.role.value}：{text.text}" for text in left)
        )
    return values


def _without_spaces(text: str) -> str:
    return re.sub(r"\s", "", text)
