"""The fields of 政策咨询 in the words of a manuscript: who answers questions, and how to reach them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from liulin_gazette.intake.document_recognition.document_state import Position
from liulin_gazette.intake.line_kinds import without_spaces
from liulin_gazette.intake.manuscript import Line

CONTACT_KEYS = ("责任单位", "责任股室", "责任人", "电话")
"""Fields of 政策咨询, in the order of ``model.document.Contact``."""
_CONTACT_LABELS = (*CONTACT_KEYS, "联系电话")
CONTACT_TAIL = 8
"""Fields of 政策咨询 without a title above them are looked for among this many last parts only."""
_CONTACT_FIELD = re.compile(
    r"(责任单位|责任股室|责任人|联系电话|电\s*话)\s*[：:]\s*(.*?)(?=\s*(?:责任单位|责任股室|责任人|联系电话|电\s*话)\s*[：:]|$)",
    re.DOTALL,
)


def is_contact_at_end(position: Position) -> bool:
    """Tell whether the last parts, where ``position`` is, hold several fields of 政策咨询, who answers and how among them.

    A line such as 责任单位：县教育局 may else be the duty of a task.
    """
    if position.index < len(position.parts) - CONTACT_TAIL:
        return False
    last = position.parts[-CONTACT_TAIL:]
    keys = {key for part in last if isinstance(part, Line) for key in contact_fields(part.text)}
    return len(keys) > 1 and bool(keys & {"责任人", "电话"})


def contact_fields(text: str) -> dict[str, str]:
    """Return the fields of 政策咨询 in ``text`` by their names in ``CONTACT_KEYS``; values may be empty."""
    return {
        "电话" if "话" in key else key: re.split(r"\t|扫码阅读", value.strip())[0].rstrip("，,；; ")
        for key, value in _CONTACT_FIELD.findall(text)
        if not re.search(r"[。]", value)
    }


def labelled_fields(cells: Sequence[str]) -> dict[str, str]:
    """Return the fields of 政策咨询 of a form, in which each label has a cell, and its value the next one."""
    fields: dict[str, str] = {}
    for label, words in itertools.pairwise(map(without_spaces, cells)):
        if label in _CONTACT_LABELS and words not in _CONTACT_LABELS:
            fields["电话" if "话" in label else label] = words
    is_form = len(fields) == len(CONTACT_KEYS) and len(cells) == 2 * len(fields)
    return fields if is_form else {}
