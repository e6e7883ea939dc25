"""Lists of a large archive are opened in parts, without script; those of a small one are shown in full."""

from __future__ import annotations

from dataclasses import replace

from liulin_gazette.model.document import Contact, Document
from liulin_gazette.model.document_number import DocumentNumber
from liulin_gazette.model.publication import Publication
from liulin_gazette.web.letters import MOST_IN_FULL
from liulin_gazette.web.lists import MOST_UNFOLDED
from tests.web.conftest import PLAIN, issue
from tests.web.test_site import by_class, words
from tests.web.test_way_finding import built

NAMES = [
    "安监",
    "财政",
    "档案",
    "法制",
    "公安",
    "国土",
    "环保",
    "教育",
    "林业",
    "民政",
    "农业",
    "气象",
    "水务",
    "统计",
    "卫健",
]
"""More than are shown in full; several begin with one letter."""


def offices(publication: Publication, count: int, documents: int = 1) -> Publication:
    """A gazette in which each of so many offices has so many documents in each of three years."""

    def document(name: str, year: int, serial: int) -> Document:
        unit = f"方山县{name}局"
        number = DocumentNumber(f"方{name}发", year, serial)
        return replace(
            PLAIN, blocks=(), issuers=(unit,), number=number, slug=number.slug, title=f"{unit}通知",
            path=f"content/{year}-1/{number.slug}.md", contact=Contact(unit, "办公室", "", "0350-1234567"),
        )  # fmt: skip

    return replace(
        publication,
        issues=tuple(
            issue(year, 1, *(document(name, year, n + 1) for name in NAMES[:count] for n in range(documents)))
            for year in (2001, 2002, 2003)
        ),
    )


def test_many_offices_are_listed_by_letter(publication: Publication) -> None:
    pages = built(offices(publication, len(NAMES)))
    for path in ("issuers/index.html", "contacts/index.html"):
        folded = by_class(pages[path], "folded")
        assert folded and all(each.tag == "details" and each.get("open") is None for each in folded)
        letters = [words(each.find("summary/h2")) for each in folded]
        assert letters == list("ACDFGHJLMNQSTW"), "the place that all names begin with has no letter"
        names = [words(link) for each in folded for link in each.iter("a") if words(link).endswith("局")]
        assert names == [f"方山县{name}局" for name in NAMES]
    counts = [words(each.find("summary/span")) for each in by_class(pages["issuers/index.html"], "folded")]
    assert counts[0] == "1个，3份" and counts[4] == "2个，6份"
    assert not by_class(pages["issuers/index.html"], "contents-list")


def test_few_offices_are_listed_in_full(publication: Publication) -> None:
    pages = built(offices(publication, MOST_IN_FULL))
    for path in ("issuers/index.html", "contacts/index.html", "register/index.html"):
        assert not by_class(pages[path], "folded")
    assert len(by_class(pages["issuers/index.html"], "contents-list")) == MOST_IN_FULL


def test_a_long_group_has_its_newest_year_open(publication: Publication) -> None:
    each_year = MOST_UNFOLDED // 3 + 1
    long, short = (
        next(
            page
            for path, page in built(offices(publication, 1, count)).items()
            if path.startswith("issuers/f")
        )
        for count in (each_year, each_year - 1)
    )
    assert [words(each.find("summary/h2")) for each in by_class(long, "folded")] == ["2002年", "2001年"]
    assert not by_class(short, "folded")
    assert len(by_class(long, "contents-list")) == len(by_class(short, "contents-list")) == 3


def test_the_orders_of_a_year_but_the_first_are_closed(publication: Publication) -> None:
    orders = by_class(built(offices(publication, 2))["2001/index.html"], "folded")
    assert len(orders) > 2 and [each.get("open") is not None for each in orders] == [True] + [False] * (
        len(orders) - 1
    )
