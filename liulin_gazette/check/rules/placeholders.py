"""Rules about placeholders that have to be replaced (codes S051, B010)."""

from __future__ import annotations

import re

from liulin_gazette.check.annotations import AnnotatedDocument
from liulin_gazette.check.rule import Finding, Findings
from liulin_gazette.model.diagnostics import Place
from liulin_gazette.model.publication import Publication

_UNRESOLVED = re.compile("【待核[^】]*】?")


def nothing_is_unresolved(annotated: AnnotatedDocument) -> Findings:
    """S051: no mark 【待核】 of a converted draft is left."""
    for passage, match in annotated.matches(_UNRESOLVED):
        yield Finding(
            passage.at(match.start()),
            f"这里还没有核对：{match[0]}",
            "对照来稿核对，改正后删去这个记号。",
            match[0],
        )


def site_address_is_real(publication: Publication) -> Findings:
    """B010: 网址 is not the placeholder under .example (RFC 2606): it is printed in QR codes and citations."""
    if publication.site_url_is_placeholder:
        yield Finding(
            publication.places.get("网址", Place("content/gazette.toml", 1, 1)),
            f"网址还是占位的“{publication.site_url}”，二维码扫不开网页。",
            "印刷前在 content/gazette.toml 中把“网址”改为真实网址。",
        )
