"""Akoma Ntoso of documents: the rules of the OASIS schema that its elements depend on, and every word of the text.

With ``cobalt`` at hand its copy of the schema says the same: it validated the real issue and the documents used here.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from xml.etree import ElementTree

import pytest

from liulin_gazette.model.blocks import Annex, Article, Heading, Instrument, Paragraph
from liulin_gazette.model.document import FullText, Signatory
from liulin_gazette.model.publication import Publication
from liulin_gazette.web.akoma_ntoso import NAMESPACE, akoma_ntoso
from liulin_gazette.web.identifiers import expression_uri, work_uri
from tests.web.conftest import HOSTILE, HOSTILE_DOCUMENT, PLAIN, text
from tests.web.test_data import linked_data
from tests.web.test_site import PAGE

HIERARCHY = {"hcontainer", "level", "paragraph", "article"}
INLINE = {"b", "noteRef", "eol", "docTitle", "docNumber", "img", "remark"}
EMPTY = replace(PLAIN, blocks=(), addressees="", release="", contact=None, number=None, issuers=())
LEVELS = replace(
    EMPTY,
    blocks=(
        Heading(4, text("1. 先小"), "s1", 0),
        Heading(2, text("一、后大"), "s2", 0),
        Heading(3, text("（一）\n换行"), "s3", 0),
        Paragraph("text", (), "p1", 0),
        Annex("附件", "", (), "annex-1", 0),
        Instrument("无正文", ("无正文",), (Heading(2, text("一、空"), "s4", 0),), "instrument-1", 0),
    ),
    signatory=Signatory("县长", "王某"),
)
DOCUMENTS = {"whole": PLAIN, "hostile": HOSTILE_DOCUMENT, "empty": EMPTY, "levels": LEVELS}


def root_of(publication: Publication, document: FullText) -> ElementTree.Element:
    content = akoma_ntoso(publication.gazette, publication.issues[0], document).content
    return ElementTree.fromstring(content)


def name(element: ElementTree.Element) -> str:
    prefix = f"{{{NAMESPACE}}}"
    assert element.tag.startswith(prefix)
    return element.tag.removeprefix(prefix)


def names(element: ElementTree.Element) -> list[str]:
    return [name(child) for child in element]


@pytest.mark.parametrize("document", DOCUMENTS.values(), ids=DOCUMENTS.keys())
def test_the_rules_of_the_schema_are_kept(publication: Publication, document: FullText) -> None:
    root = root_of(publication, document)
    (whole,) = root
    assert name(whole) == "doc" and names(whole) == ["meta", "preface", "mainBody"]
    identification = whole[0][0]
    assert names(identification) == ["FRBRWork", "FRBRExpression", "FRBRManifestation"]
    for part in identification:
        assert names(part)[:4] == ["FRBRthis", "FRBRuri", "FRBRdate", "FRBRauthor"]
    known = {f"#{each.get('eId')}" for each in root.iter()}
    for each in root.iter():
        assert {each.get("source"), each.get("href") if name(each) != "TLCOrganization" else None} <= {
            *known,
            None,
        }
        children = names(each)
        if name(each) in HIERARCHY:
            below = [child for child in children if child not in ("num", "heading")]
            assert children == [*(child for child in ("num", "heading") if child in children), *below]
            assert below == ["content"] or (below and set(below) <= HIERARCHY), ElementTree.tostring(each)
        elif name(each) == "content":
            assert children and set(children) <= {"p", "table"}
        elif name(each) == "table":
            assert "tr" in children and set(children[children[0] == "caption" :]) == {"tr"}
        elif name(each) == "mainBody":
            assert children and set(children) <= HIERARCHY | {"p"}
        elif name(each) in ("p", "heading", "b"):
            assert set(children) <= INLINE
    anchors = [each.get("eId") for each in root.iter() if each.get("eId")]
    assert len(anchors) == len(set(anchors))


def test_every_word_is_in_it_at_its_anchor(publication: Publication) -> None:
    root = root_of(publication, PLAIN)
    said = "".join(root.itertext())
    for words in (
        "《规划》已经县政府同意。",
        "排放CO₂，见注",
        "阿依努尔·买买提（维吾尔族）",
        "王成君",
        "流程图",
        "违法经营  行为",
    ):
        assert words in said
    by_anchor = {each.get("eId"): each for each in root.iter()}
    (num,) = by_anchor["article-1"].iter(f"{{{NAMESPACE}}}num")
    assert num.text == "第一条"
    assert by_anchor["s1-1"] in list(by_anchor["s1"].iter())
    marks = [each for each in by_anchor["p5"].iter() if each.get("marker")]
    assert [each.get("href") for each in marks] == ["#footnote-1", "#footnote-1"]
    assert HOSTILE in "".join(root_of(publication, HOSTILE_DOCUMENT).itertext())


def test_a_deeper_level_before_a_higher_one_stays_beside_it(publication: Publication) -> None:
    body = root_of(publication, LEVELS)[0][2]
    assert [each.get("eId") for each in body][:2] == ["s1", "s2"]
    assert "signature" not in [each.get("name") for each in body]


def test_identifiers_last(publication: Publication, assets: dict[str, bytes]) -> None:
    issue = publication.issues[0]
    assert work_uri(issue, PLAIN) == "/akn/cn/doc/liulin-gazette/2026-01-04/liu-zheng-ban-fa-2026-1"
    assert work_uri(issue, EMPTY).endswith("/2026-1-liu-zheng-ban-fa-2026-1")
    assert expression_uri(issue, PLAIN).endswith("/zho@2026-02-28")
    data: Any = linked_data(assets[PAGE])
    assert data["identifier"]["value"] == work_uri(issue, PLAIN) and data["@id"] == data["url"]
    assert data["associatedMedia"]["contentUrl"].endswith("/liu-zheng-ban-fa-2026-1.xml")


def test_an_article_holds_its_paragraphs_and_items(publication: Publication) -> None:
    blocks = (
        Heading(2, text("第一章 总则"), "s1", 0),
        Article("第一条", 1, text("一款的条。"), "article-1", 0),
        Article("第二条", 2, text("职责："), "article-2", 0),
        Paragraph("text", text("（一）甲；"), "p1", 0),
        Paragraph("text", text("（二）乙。"), "p2", 0),
        Paragraph("text", text("第二款。"), "p3", 0),
        Article("第三条", 3, text("废止。"), "article-3", 0),
    )
    root = root_of(publication, replace(EMPTY, blocks=blocks))
    articles = [each for each in root.iter() if name(each) == "article"]
    assert [names(each) for each in articles] == [
        ["num", "content"],
        ["num", "paragraph", "paragraph", "paragraph", "paragraph"],
        ["num", "content"],
    ]
    assert [each.get("eId") for each in articles[1][1:]] == ["article-2-para-1", "p1", "p2", "p3"]
    assert "".join(articles[1].itertext()) == "第二条职责：（一）甲；（二）乙。第二款。"
