"""Rules about the parts of a document and of the publication (codes S002–S005, S051, B010)."""

from __future__ import annotations

import re

from liulin_gazette.check.annotations import AnnotatedDocument
from liulin_gazette.check.rule import Finding, Findings
from liulin_gazette.model.diagnostics import Place
from liulin_gazette.model.publication import Document, Publication

_UNRESOLVED = re.compile("【待核[^】]*】?")
_PHONE = re.compile(r"0\d{2,3}-[2-9]\d{6,7}|1[3-9]\d{9}|[19]\d{2,4}")


def _at(document: Document, key: str) -> Place:
    return document.places.get(key, document.place)


def addressees_end_with_colon(annotated: AnnotatedDocument) -> Findings:
    """S002: 主送机关 ends with a full-width colon (GB/T 9704-2012 §7.3.2)."""
    addressees = annotated.document.addressees
    if addressees and not addressees.endswith("："):
        yield Finding(
            _at(annotated.document, "主送"),
            "主送机关之后应有全角冒号。",
            f"写作“{addressees.rstrip(':；;。，, ')}：”。",
        )


def title_begins_with_issuer(annotated: AnnotatedDocument) -> Findings:
    """S003: a title is 发文机关、事由、文种 (《党政机关公文处理工作条例》第九条)."""
    document = annotated.document
    if not document.title.startswith(document.issuer):
        yield Finding(
            _at(document, "标题"),
            f"标题没有以发文机关“{document.issuer}”开头。",
            "核对原件的标题和发文机关。",
        )


def figures_are_present(annotated: AnnotatedDocument) -> Findings:
    """S004: a figure that is declared missing (原图待补) is still to be supplied."""
    for figure in annotated.figures:
        if not figure.file:
            yield Finding(
                Place(annotated.document.path, figure.line, 1),
                f"图“{figure.caption or figure.alternative}”原图待补。",
                "取得原图后放进本期文件夹，把“原图待补”换成文件名。",
            )


def phone_is_well_formed(annotated: AnnotatedDocument) -> Findings:
    """S005: the contact's telephone is 区号-号码, a mobile or a short service number."""
    contact = annotated.document.contact
    if contact and not _PHONE.fullmatch(contact.phone):
        area_code = annotated.archive.publication.local_area_code or "区号"
        yield Finding(
            _at(annotated.document, "电话"),
            f"电话“{contact.phone}”的写法不像电话号码。",
            f"写作“{area_code}-号码”的样子：区号、英文减号、七位或八位号码。",
        )


def site_address_is_real(publication: Publication) -> Findings:
    """B010: 网址 is not the placeholder under .example (RFC 2606), since QR codes and citations carry it."""
    if publication.site_url_is_placeholder:
        yield Finding(
            publication.places.get("网址", Place("content/gazette.toml", 1, 1)),
            f"网址还是占位的“{publication.site_url}”，二维码扫不开网页。",
            "印刷前在 content/gazette.toml 中把“网址”改为真实网址。",
        )


def nothing_is_unresolved(annotated: AnnotatedDocument) -> Findings:
    """S051: no mark 待核 of a converted draft is left."""
    for passage, found in annotated.matches(_UNRESOLVED):
        yield Finding(
            passage.at(found.start()),
            f"这里还没有核对：{found[0]}",
            "对照来稿核对，改正后删去这个记号。",
            found[0],
        )
