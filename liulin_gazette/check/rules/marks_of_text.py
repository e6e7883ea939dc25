"""Rules about marks of the dialect that are written where they are plain characters (code S073)."""

from __future__ import annotations

import re

from liulin_gazette.check.annotations import AnnotatedDocument
from liulin_gazette.check.passages import FRONT
from liulin_gazette.check.rule import Finding, Findings

_MARK = re.compile(r"\[(?:[上下][:：]|\^)[^\[\]]{0,20}\]?")
_PLAIN = (FRONT, "title", "caption", "roster")
"""Kinds of passages in which no mark is read: their words are printed as they are written."""


def marks_stand_where_they_are_read(annotated: AnnotatedDocument) -> Findings:
    """S073: titles, captions and names have no marks of raised text or footnotes, which would be printed."""
    for passage, match in annotated.matches(_MARK):
        if passage.kind in _PLAIN:
            yield Finding(
                passage.at(match.start()),
                f"这里不认记号，“{match[0]}”会原样印出来。",
                "上标、下标直接写字符（²、₂）；脚注移到正文、层次标题、条或表格的格里。",
                match[0],
            )
