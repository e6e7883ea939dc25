"""The mark after a figure that says how it is set on paper: ``![…](图.png "图题")[横页]``."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown_it.token import Token

from liulin_gazette.model.diagnostics import Place
from liulin_gazette.source.finding_collector import FindingCollector

ARRANGEMENTS = {"通栏": "full", "横页": "across", "折页": "foldout"}
"""What ``Figure.arrangement`` is for each mark."""
_MARK = re.compile(r"\s*[\[【]\s*([^\[\]【】]{1,8}?)\s*[\]】]\s*")


def marked_figure(
    children: Sequence[Token], place: Place, findings: FindingCollector
) -> tuple[Token, str] | None:
    """Return the picture that is all of a paragraph, and its arrangement; None if there is more in the paragraph.

    A mark that is not known is reported (S025).
    """
    if not children or children[0].type != "image" or len(children) > 2:
        return None
    if len(children) == 1:
        return children[0], ""
    found = _MARK.fullmatch(children[1].content) if children[1].type == "text" else None
    if found is None:
        return None
    if found[1] not in ARRANGEMENTS or "【" in found[0] or "】" in found[0]:
        findings.error(
            "S025",
            place,
            f"图后面的“{found[0].strip()}”认不得。",
            "占两栏宽的写“[通栏]”，另排横页的写“[横页]”，两页宽、折起来装订的写“[折页]”，都用半角方括号；图题写在文件名后面的引号里。",
        )
    return children[0], ARRANGEMENTS.get(found[1], "")
