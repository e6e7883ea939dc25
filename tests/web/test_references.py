"""References between documents (citing, repealing, correcting) as both pages show them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from liulin_gazette.model.blocks import Block, Paragraph
from liulin_gazette.model.document import Document, PolicyData, Relation
from liulin_gazette.model.document_number import DocumentNumber, linked_parts
from liulin_gazette.model.publication import Publication
from tests.web.conftest import PLAIN, build
from tests.web.conftest import text as inline
from tests.web.test_site import by_class, parse, words

OLD = "2026/1/liu-zheng-ban-fa-2026-1/index.html"
NEW = "2026/1/liu-zheng-ban-fa-2026-7/index.html"


def related(
    publication: Publication, kind: str, body: str = "请执行。", policy: PolicyData | None = None
) -> dict[str, bytes]:
    """Return the site of a document and a later one that has the relation ``kind`` to it."""
    blocks: tuple[Block, ...] = (Paragraph("text", inline(body), "p1", 0),)
    new = replace(
        PLAIN,
        title="柳林县人民政府办公室关于新事的通知",
        number=DocumentNumber("柳政办发", 2026, 7),
        slug="liu-zheng-ban-fa-2026-7",
        relations=(Relation(kind, PLAIN.identifier), Relation("废止", "柳政办发〔2019〕1号")),
        blocks=blocks,
    )
    documents: tuple[Document, ...] = (replace(PLAIN, policy=policy or PLAIN.policy), new)
    issue = publication.issues[0]
    section = replace(issue.sections[0], documents=documents)
    made = replace(publication, issues=(replace(issue, sections=(section,)),))
    return {asset.path: asset.content for asset in build(made)}


@pytest.mark.parametrize(
    ("kind", "said", "validity"),
    [
        ("修订", "本文件已被修订，见：", "已修订"),
        ("废止", "本文件已被废止，见：", "已废止"),
        ("代替", "本文件已被代替，见：", "已废止"),
        ("更正", "本文件有更正，见：", ""),
    ],
)
def test_both_ends_show_a_relation(publication: Publication, kind: str, said: str, validity: str) -> None:
    assets = related(publication, kind)
    (old,) = by_class(parse(assets[OLD]), "related")
    assert words(old).strip() == f"{said}柳林县人民政府办公室关于新事的通知（柳政办发〔2026〕7号）"
    assert next(old.iter("a")).get("href") == "../liu-zheng-ban-fa-2026-7/index.html"
    (new,) = by_class(parse(assets[NEW]), "related")
    first, second = new.iter("li")
    assert words(first).startswith(f"本文件{kind}：柳林县人民政府办公室关于试行的通知（")
    assert words(second) == "本文件废止：柳政办发〔2019〕1号"
    page = assets[OLD].decode()
    assert (f"<dt>有效性：</dt><dd>{validity}</dd>" in page) == bool(validity)
    assert "<dt>有效性：</dt><dd>本刊未注明，请向柳林县民政局办公室" in assets[NEW].decode()


def test_stated_validity_and_head_block_are_shown(publication: Publication) -> None:
    policy = PolicyData("LL-1<i>", "农业、林业", date(2026, 1, 8), "部分失效")
    page = related(publication, "修订", policy=policy)[OLD].decode()
    assert "<dt>有效性：</dt><dd>部分失效</dd>" in page
    assert "<dt>索引号：</dt><dd>LL-1&lt;i&gt;</dd>" in page
    assert '<time datetime="2026-01-08">2026年1月8日</time>' in page


def test_cited_numbers_lead_to_the_archive(publication: Publication) -> None:
    body = (
        "按照《通知》（柳政办发〔2026〕1号）、《意见》（国办发〔2020〕53号）和我办柳政办发〔2026〕1号执行。"
    )
    root = parse(related(publication, "更正", body)[NEW])
    links = by_class(root, "reference")
    assert [(words(each), each.get("href")) for each in links] == [
        ("柳政办发〔2026〕1号", "../liu-zheng-ban-fa-2026-1/index.html")
    ] * 2
    (cited,) = by_class(root, "cited")
    assert [words(each) for each in cited.iter("li")] == [
        "《通知》（柳政办发〔2026〕1号）",
        "《意见》（国办发〔2020〕53号）",
    ]


def test_parts_give_back_the_text() -> None:
    text = "依柳政办发〔2026〕1号、吕柳政办发〔2026〕1号办"
    made = list(linked_parts(text, {"柳政办发〔2026〕1号": "x"}))
    assert "".join(part for part, _ in made) == text
    assert [part for part, target in made if target] == ["柳政办发〔2026〕1号"] * 2
    assert list(linked_parts(text, {})) == [(text, "")]
