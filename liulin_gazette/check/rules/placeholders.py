"""Rules about placeholders that have to be replaced (codes S051, S080, B010, B062)."""

from __future__ import annotations

import re

from liulin_gazette.check.annotations import AnnotatedDocument
from liulin_gazette.check.rule import Finding, Findings
from liulin_gazette.model import sample_texts
from liulin_gazette.model.diagnostics import Place
from liulin_gazette.model.publication import Publication

_SAMPLE = re.compile(
    f"{sample_texts.SUBJECT}|^{re.escape(sample_texts.BODY)}$|^{re.escape(sample_texts.UNWRITTEN)}$"
)


def nothing_is_unresolved(annotated: AnnotatedDocument) -> Findings:
    """S051: no mark 【待核】 of a converted draft is left."""
    for passage, match in annotated.matches(sample_texts.UNRESOLVED):
        yield Finding(
            passage.at(match.start()),
            f"这里还没有核对：{match[0]}",
            sample_texts.UNRESOLVED_HINT,
            match[0],
        )


def samples_are_replaced(annotated: AnnotatedDocument) -> Findings:
    """S080: none of the texts is left that ``init`` writes as a sample, and ``new document`` as a body."""
    for passage, match in annotated.matches(_SAMPLE):
        yield Finding(
            passage.at(match.start()),
            f"这里还是样本的文字“{match[0]}”。",
            "换成正式的文字；样本整份不要的，在编辑台的这一期里按“移走、删除”，或者删去文件和栏目里的文件名。",
            match[0],
        )
    document = annotated.document
    if document.contact and document.contact.person == sample_texts.PERSON:
        for key, text in (("责任人", sample_texts.PERSON), ("电话", sample_texts.PHONE)):
            if text in (document.contact.person, document.contact.phone):
                where = document.places.get(key, document.place)
                yield Finding(where, f"“{key}”还是样本的“{text}”。", "换成真实的联系人和电话。", text)


def distribution_is_real(publication: Publication) -> Findings:
    """B062: 赠阅范围 is not the words that ``init`` writes; it is printed in the masthead."""
    if publication.gazette.distribution == sample_texts.DISTRIBUTION:
        yield Finding(
            publication.gazette.places.get("赠阅范围", Place("content/gazette.toml", 1, 1)),
            f"赠阅范围还是“{publication.gazette.distribution}”。",
            "在“设置”（content/gazette.toml）里写明送给谁；不印的，不能留着这句话。",
        )


def site_address_is_real(publication: Publication) -> Findings:
    """B010: 网址 is not the placeholder under .example (RFC 2606): it is printed in QR codes and citations."""
    if publication.gazette.site_url_is_placeholder:
        yield Finding(
            publication.gazette.places.get("网址", Place("content/gazette.toml", 1, 1)),
            f"网址还是占位的“{publication.gazette.site_url}”，二维码扫不开网页。",
            "印刷前在“设置”（content/gazette.toml）里把“网址”改为真实网址。",
        )
