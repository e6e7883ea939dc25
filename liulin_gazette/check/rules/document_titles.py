"""Rules about titles (codes S003, S030–S032)."""

from __future__ import annotations

import re

from liulin_gazette.check.annotations import AnnotatedDocument
from liulin_gazette.check.rule import Finding, Findings, value_place
from liulin_gazette.model.document_types import ENDINGS, TYPES

_BOOK_MARKED = re.compile(r"(?:印发|发布|下发)《(?P<title>[^《》]+)》")
_CONGRESSES = ("人民代表大会", "人民代表大会常务委员会", "委员会", "代表大会")
_SESSION = re.compile(
    "第[一二三四五六七八九十百]+届(?=人民代表大会|[^，。第]{0,8}委员会|代表大会)|第[一二三四五六七八九十百]+次(?=[^，。第]{0,8}代表大会)"
)
_ALSO = ("答复", "公示")
"""What titles end in beside 文种: answers to deputies, and notices before a decision."""
_REGULATION = re.compile(r"(?:条例|规定|办法|规则|细则)(?:（[^）]*）)?$")


def title_begins_with_issuer(annotated: AnnotatedDocument) -> Findings:
    """S003: a title begins with 发文机关 (《党政机关公文处理工作条例》第九条); a joint one with the first of them."""
    document = annotated.document
    if document.issuers and not _begins_with(document.title, document.issuers[0]):
        yield Finding(
            value_place(document, "标题"),
            f"标题没有以发文机关“{document.issuers[0]}”开头。",
            "核对原件的标题和发文机关。",
        )


def _begins_with(title: str, issuer: str) -> bool:
    """Tell whether ``title`` begins with ``issuer``; a congress may say which one it is: ×县第十五届人民代表大会第五次会议."""
    return title.startswith(issuer) or (
        issuer.endswith(_CONGRESSES) and _SESSION.sub("", title).startswith(issuer)
    )


def title_is_complete(annotated: AnnotatedDocument) -> Findings:
    """S030: a title has 事由 and 文种 (《党政机关公文处理工作条例》第八条、第九条)."""
    title = annotated.document.title
    bare = re.sub(r"（[^（）]*）$", "", title)
    if "关于" not in title and not bare.endswith(("令", "公告", "通告", "公报", "纪要")):
        yield Finding(
            value_place(annotated.document, "标题"), "标题里没有“关于……的”事由。", "核对原件的标题。", title
        )
    elif not bare.endswith((*ENDINGS, *_ALSO)):
        yield Finding(
            value_place(annotated.document, "标题"),
            f"标题末尾“{bare[-4:]}”不是规定的文种。",
            f"文种有：{'、'.join(TYPES)}。",
            title,
        )


def title_has_no_stop(annotated: AnnotatedDocument) -> Findings:
    """S031: the title of a document, instrument or annex does not end in a mark (GB/T 15834-2011, 标题惯例)."""
    for passage in annotated.passages:
        is_title = passage.kind == "title" or passage.name == "标题"
        if is_title and passage.text.endswith(("。", "，", "；", "：", "、", ".", ",", ";")):
            yield Finding(
                passage.at(len(passage.text) - 1),
                f"标题末尾有“{passage.text[-1]}”。",
                "标题末尾不用标点。",
                passage.text,
            )


def title_marks_regulations_only(annotated: AnnotatedDocument) -> Findings:
    """S032: in a title only 法规、规章 have 《》 (公文标题惯例; GB/T 9704-2012 沿用)."""
    match = _BOOK_MARKED.search(annotated.document.title)
    if match and not _REGULATION.search(match["title"]):
        yield Finding(
            value_place(annotated.document, "标题"),
            "标题里，所印发的文件加了书名号；按惯例只有法规、规章加。",
            "本期各件宜统一；原件如此的照印。",
            match["title"],
        )
