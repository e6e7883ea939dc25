"""Rules about marks that were typed or pasted from elsewhere and would be printed as they are (codes S081–S083)."""

from __future__ import annotations

import itertools
import re

from liulin_gazette.check.annotations import AnnotatedDocument
from liulin_gazette.check.passages import Passage
from liulin_gazette.check.rule import Finding, Findings
from liulin_gazette.model.blocks import Paragraph

_STRAIGHT_QUOTES = re.compile(r'(?<!\d)"(?=[^"\n]*[一-鿿])[^"\n]{1,60}"')
_LIST_MARK = re.compile(r"[-*+>•] +(?=[一-鿿（“《])")
_HEADING = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）)[^。；：，！？、]{2,24}$"
)
_LEAST_HEADINGS = 2


def quotes_are_curly(annotated: AnnotatedDocument) -> Findings:
    """S081: Chinese words are quoted with “”, not with straight quotes (GB/T 15834-2011 §4.8)."""
    for passage, match in annotated.matches(_STRAIGHT_QUOTES):
        yield Finding(
            passage.at(match.start()),
            f"“{match[0][:12]}”用了半角的直引号。",
            "改为“”；引号里面再用引号的，里层用‘’。",
            match[0],
        )


def no_marks_of_lists(annotated: AnnotatedDocument) -> Findings:
    """S082: no paragraph begins with the mark of a list or a quotation of other Markdown dialects."""
    for passage in _paragraphs(annotated):
        if match := _LIST_MARK.match(passage.text):
            yield Finding(
                passage.at(),
                f"段首的“{match[0].strip()}”会原样印出来，不会变成列项。",
                "删去；列项写原件的序号，例如“1.”“（1）”。",
                match[0].strip(),
            )


def headings_are_marked(annotated: AnnotatedDocument) -> Findings:
    """S083: 一、总体要求 is a heading where text follows it, if others of the document are such too; the first is told.

    Lines that follow each other are a list, and a single one may be a sentence.
    """
    passages = list(_paragraphs(annotated))
    heads = [
        passage
        for passage, following in itertools.pairwise(passages)
        if _HEADING.match(passage.text)
        and following.annex == passage.annex
        and not _HEADING.match(following.text)
        and following.text.rstrip().endswith(("。", "；", "："))
    ]
    of_level = [passage for passage in heads if passage.text[0] != "（"] or heads
    if len(of_level) >= _LEAST_HEADINGS:
        passage = of_level[0]
        yield Finding(
            passage.at(),
            f"“{passage.text}”像是层次标题，会按普通的一段印，不进目录；这样的有{len(heads)}处。",
            "前面加“## ”（“（一）”加“### ”），各处一样；原件不是标题的照印，写明豁免理由。",
            passage.text,
        )


def _paragraphs(annotated: AnnotatedDocument) -> list[Passage]:
    """Return the ordinary paragraphs of the body."""
    return [
        passage
        for passage in annotated.body
        if passage.kind == "text" and isinstance(passage.block, Paragraph) and passage.block.role == "text"
    ]
