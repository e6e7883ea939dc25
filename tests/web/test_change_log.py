"""更新记录: everything that offices recorded or documents declare, newest first; feeds by group and with texts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from xml.etree import ElementTree

from liulin_gazette.model.document import Document, Relation
from liulin_gazette.model.issue_record import PublicationRecord, Republication
from liulin_gazette.model.publication import Publication
from liulin_gazette.web.change_log import changes
from tests.changed_settings import with_settings
from tests.web.conftest import HOSTILE, PLAIN, build, issue
from tests.web.test_site import by_class, parse, words

ATOM = "{http://www.w3.org/2005/Atom}"
XHTML = "{http://www.w3.org/1999/xhtml}"


def distinct(publication: Publication) -> Publication:
    """The publication with a path of its own for each document, as in a folder."""
    return replace(
        publication,
        issues=tuple(
            replace(
                each,
                sections=tuple(
                    replace(
                        section,
                        documents=tuple(
                            replace(document, path=f"{each.folder}/{index:02}.md")
                            for index, document in enumerate(section.documents, 1)
                        ),
                    )
                    for section in each.sections
                ),
            )
            for each in publication.issues
        ),
    )


def with_changes(publication: Publication) -> Publication:
    """The publication with a recorded change, and a document that repeals one in the archive and one that is not."""
    repealed = ("柳政办发〔2026〕1号", "柳政办发〔2001〕9号")
    relations = tuple(Relation("废止", target) for target in repealed)
    explained = (Relation("解读", repealed[0]),)
    repealing: Document = replace(PLAIN, blocks=(), slug="liu-zheng-ban-fa-2026-3", number=None)
    first = publication.issues[0]
    record = PublicationRecord(
        date(2026, 2, 28), {}, (Republication(date(2026, 9, 1), f"更正{HOSTILE}", ("01.md",)),)
    )
    changed = replace(
        publication,
        issues=(
            replace(first, record=record),
            issue(2026, 2, replace(repealing, relations=relations + explained)),
            issue(2027, 1, replace(repealing, slug="liu-zheng-ban-fa-2027-1")),
        ),
    )
    return distinct(changed)


def test_every_recorded_or_declared_change_is_listed_newest_first(publication: Publication) -> None:
    found = changes(with_changes(publication))
    assert [(str(each.day), each.what) for each in found] == [
        ("2027-02-28", "出版"),
        ("2026-09-01", "改动"),
        ("2026-05-01", "电话变更"),
        ("2026-04-28", "废止"),
        ("2026-04-28", "废止"),
        ("2026-04-28", "出版"),
        ("2026-02-28", "出版"),
    ]
    assert found[1].why == f"更正{HOSTILE}" and PLAIN.title in found[1].title
    outside, inside = found[3:5]
    assert outside.title == "柳政办发〔2001〕9号" and outside.page.startswith("2026/2/")
    assert inside.title == PLAIN.citation_name and inside.page.startswith(f"2026/1/{PLAIN.slug}/")
    assert len({each.anchor for each in found}) == len(found)


def test_page_and_feed_tell_the_same(publication: Publication) -> None:
    site = {asset.path: asset.content for asset in build(with_changes(publication))}
    shown = parse(site["changes/index.html"])
    (listed,) = by_class(shown, "changes")
    feed = ElementTree.fromstring(site["changes/feed.xml"])
    ids = [str(each.text).partition("#")[2] for each in feed.iterfind(f"{ATOM}entry/{ATOM}id")]
    assert ids == [each.get("id") for each in listed.iter("li")] and len(ids) == 7
    assert f"更正{HOSTILE}" in words(listed)
    assert feed.findtext(f"{ATOM}updated") == "2027-02-28T00:00:00+08:00"
    of_year = parse(site["changes/2026/index.html"])
    assert len(list(by_class(of_year, "changes")[0].iter("li"))) == 6


def test_without_issues_there_is_nothing_to_tell(publication: Publication) -> None:
    empty = with_settings(replace(publication, issues=()), phone_changes=())
    assert changes(empty) == ()
    assert b"<entry>" not in {each.path: each.content for each in build(empty)}["changes/feed.xml"]


def test_each_register_has_feeds_and_the_feed_of_all_has_texts(publication: Publication) -> None:
    assets = {asset.path: asset.content for asset in build(distinct(publication))}
    page = {link.get("href") for link in parse(assets["feeds/index.html"]).iter("a")}
    feeds = {path for path in assets if path.endswith("/feed.xml")}
    assert {path.split("/")[0] for path in feeds} == {"issuers", "kinds", "topics", "sections", "changes"}
    assert {f"../{feed}" for feed in feeds} <= page
    entries = ElementTree.fromstring(assets["feed.xml"]).findall(f"{ATOM}entry")
    contents = ["\n".join("".join(part.itertext()) for part in entry.iter(f"{XHTML}p")) for entry in entries]
    assert any("《规划》已经县政府同意。" in text and "阿依努尔·买买提" in text for text in contents)
    assert any(HOSTILE in text for text in contents)
    encoded = "{http://purl.org/rss/1.0/modules/content/}encoded"
    rss = [each.text or "" for each in ElementTree.fromstring(assets["rss.xml"]).iter(encoded)]
    assert any("<p>《规划》已经县政府同意。</p>" in text for text in rss) and "<script" not in "".join(rss)
