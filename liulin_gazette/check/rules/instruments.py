"""Rules about an enclosed instrument and the document that issues it (codes S043, C001)."""

from __future__ import annotations

import re

from liulin_gazette.check.annotations import AnnotatedDocument
from liulin_gazette.check.grammar.title_comparison import are_same_title
from liulin_gazette.check.rule import Finding, Findings, value_place

_ISSUED = re.compile(r"关于(?:印发|修订|发布|公布|下发)(?P<title>.+)的(?:通知|公告|通告|决定)$")
_SEVERAL = re.compile(
    "(?:[两二三四五六七八九十]|\\d{1,2})[个项部](?:规定|办法|方案|文件|制度|细则|标准|预案)$"
)
"""The end of a title that issues several instruments, each with a title of its own."""
_BOOK_TITLE = re.compile("《(?:[^《》]|《[^《》]*》)*》")
"""A title in 《》; that of a correction names another document: 关于《……关于印发〈办法〉的通知》的更正."""
_MARKED = re.compile(r"《(?P<title>(?:[^《》]|《[^《》]*》)+)》")


def issues_an_instrument(annotated: AnnotatedDocument) -> Findings:
    """S043: a document whose title says 印发 contains an instrument or an annex."""
    title = annotated.document.title
    if "关于印发" in _BOOK_TITLE.sub("", title) and not annotated.instruments and not annotated.annexes:
        yield Finding(
            value_place(annotated.document, "标题"),
            "标题说“印发”，正文里却没有所印发的文件（以“# ”开头的标题）。",
            "核对原件，看是否漏了印发件的标题；原件把方案直接写成正文的，可写明豁免理由。",
            title,
        )


def issued_title_agrees(annotated: AnnotatedDocument) -> Findings:
    """C001: the instrument has the title that the title of the document and the 《》 in its text give."""
    match = _ISSUED.search(annotated.document.title)
    if match is None or not annotated.instruments:
        return
    in_title = match["title"].removeprefix("《").removesuffix("》")
    instrument = annotated.instruments[0]
    where = value_place(annotated.document, "标题")
    is_several = _SEVERAL.search(in_title) is not None
    if len(annotated.instruments) == 1 and not is_several and not are_same_title(in_title, instrument.title):
        yield Finding(
            where,
            f"标题所印发的是“{in_title}”，后面的文件题作“{instrument.title}”。",
            "核对原件；原件不一致的照印，写明豁免理由。",
            instrument.title,
        )
    for passage in annotated.body:
        if passage.line >= instrument.line:
            break
        for cited in _MARKED.finditer(passage.text):
            title = cited["title"]
            if _alike(title, instrument.title) and not are_same_title(title, instrument.title):
                yield Finding(
                    passage.at(cited.start("title")),
                    f"印发语中的“{title}”与后面的文件题“{instrument.title}”不一致。",
                    "核对原件；原件不一致的照印，写明豁免理由。",
                    title,
                )


def _alike(one: str, other: str) -> bool:
    """Tell whether two titles mean the same instrument: they end alike, and nearly all of one is in the other."""
    short, long = sorted((one, other), key=len)
    return short[-4:] == long[-4:] and sum(c in long for c in short) >= 0.9 * len(short)
