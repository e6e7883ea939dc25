"""Rules about what the signature prints by itself (codes S052, S053)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from liulin_gazette.check.annotations import AnnotatedDocument
from liulin_gazette.check.passages import Passage
from liulin_gazette.check.rule import Finding, Findings, value_place
from liulin_gazette.model.blocks import Annex, Instrument, Paragraph, Signature
from liulin_gazette.model.document import FullText

_SPACES = re.compile("[ 　\\n]+")
_DATE = re.compile(
    r"(?:\d{4}|[〇○零一二三四五六七八九]{4})年(?:\d{1,2}|[一二三四五六七八九十]{1,2})月(?:\d{1,2}|[一二三四五六七八九十]{1,3})日"
)


def signature_is_not_typed(annotated: AnnotatedDocument) -> Findings:
    """S052: the text does not end in 发文机关 and 成文日期, which are printed as 落款 by themselves.

    The 附注 in brackets counts too. Instruments and annexes may have a signature of their own.
    """
    document = annotated.document
    if not any(isinstance(block, Signature) for block in document.blocks):
        return
    typed = _typed(document, _last_paragraphs(annotated))
    if typed:
        words = "、".join(_bare(passage.text) for passage in typed)
        yield Finding(
            typed[0].at(),
            f"正文末尾写了落款“{words}”，程序还会照文首再印一次。",
            "落款由文首的发文机关（签署）、成文日期、公开方式印出：核对两处是否一致，再删去正文里的这几行。"
            "落款不在正文末尾的，在原处写“::: 落款”版块。",
            typed[0].text,
        )


def release_has_no_brackets(annotated: AnnotatedDocument) -> Findings:
    """S053: 公开方式 has no brackets, which are printed around it (GB/T 9704-2012 §7.3.6)."""
    release = annotated.document.release
    if release.startswith(("（", "(")) or release.endswith(("）", ")")):
        yield Finding(
            value_place(annotated.document, "公开方式"),
            f"公开方式“{release}”带了括号，印出来会有两层。",
            f"写作“{release.strip('（()）')}”，括号由程序印。",
            release,
        )


def _last_paragraphs(annotated: AnnotatedDocument) -> list[Passage]:
    """Return the paragraphs of the document itself, without its instruments and annexes."""
    own: list[Passage] = []
    blocks = annotated.document.blocks
    inner = next((block.line for block in blocks if isinstance(block, (Instrument, Annex))), None)
    for passage in annotated.body:
        if inner is not None and passage.line >= inner:
            break
        if isinstance(passage.block, Paragraph):
            own.append(passage)
    return own


def _typed(document: FullText, paragraphs: Sequence[Passage]) -> list[Passage]:
    """Return the last of ``paragraphs``, as far as they are what a signature consists of."""
    names = {_bare(name) for name in document.issuers}
    if document.signatory:
        names |= {_bare(document.signatory.name), _bare(document.signatory.post + document.signatory.name)}
    release = f"（{_bare(document.release).strip('（）')}）"
    typed: list[Passage] = []
    for passage in reversed(paragraphs):
        text = _bare(passage.text)
        rest = _DATE.sub("", text)
        is_part = rest in names or (not rest and text) or (document.release and text == release)
        if not is_part:
            break
        typed.insert(0, passage)
    return typed


def _bare(text: str) -> str:
    return _SPACES.sub("", text)
