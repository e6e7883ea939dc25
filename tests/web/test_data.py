"""The gazette as data: JSON, feed, sitemap, and metadata of pages."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from xml.etree import ElementTree

import pytest
from icalendar import Calendar

from liulin_gazette.check.rules.serial_numbers import missing_serials
from liulin_gazette.model.document import Contact, Event
from liulin_gazette.model.document_number import DocumentNumber
from liulin_gazette.model.gazette import Proofreading
from liulin_gazette.model.publication import Era, Publication
from liulin_gazette.model.series import Since
from liulin_gazette.model.site_settings import WebSettings
from liulin_gazette.web.calendars import calendar
from liulin_gazette.web.open_data import documents_csv
from liulin_gazette.web.printed_pages import Pages
from liulin_gazette.web.references import References
from liulin_gazette.web.registers import by_issuer, contact_units, number_ledgers
from tests.changed_settings import with_settings
from tests.web.conftest import HOSTILE, PLAIN, build, issue
from tests.web.test_site import HOSTILE_PAGE, PAGE, parse

ATOM = "{http://www.w3.org/2005/Atom}"
PRINTED = {"2026-1": {PLAIN.slug: Pages(3, 5, {"p1": 3, "instrument-1": 4, "annex-1": 4})}}


def tags(content: bytes) -> dict[str, str]:
    return {meta.get("name"): meta.get("content") for meta in parse(content).iter("meta") if meta.get("name")}


def linked_data(content: bytes) -> dict[str, Any]:
    (script,) = [each for each in parse(content).iter("script") if each.get("type") == "application/ld+json"]
    return json.loads(script.text)


def site(publication: Publication) -> dict[str, bytes]:
    from tests.rendering import rendered
    from tests.web.conftest import PICTURE, TEMPLATES

    made = rendered(publication, TEMPLATES, lambda path: PICTURE, PRINTED)
    return {asset.path: asset.content for asset in made}


def test_a_document_is_whole_in_its_data(publication: Publication) -> None:
    data = json.loads(site(publication)[f"2026/1/{PLAIN.slug}/{PLAIN.slug}.json"])
    assert data["标题"] == PLAIN.title and data["发文字号"] == "柳政办发〔2026〕1号"
    assert data["政策咨询"]["电话"] == "0358-4022653"
    assert data["印刷页码"] == {"首页": 3, "末页": 5}
    kinds = [block["类型"] for block in data["正文"]]
    assert kinds == ["段落", "落款", "印发件", "附件", "附件", "附件"]
    assert data["正文"][0] == {
        "类型": "段落",
        "文字": "《规划》已经县政府同意。",
        "锚点": "p1",
        "印刷页码": 3,
    }
    table = data["正文"][3]["正文"][0]
    assert table["行"][1] == ["甲", "第一\n第二", "县民政局"]
    assert table["行"][2][0] == "甲"
    noted, notes = data["正文"][3]["正文"][2:]
    assert (noted["文字"], noted["注码"]) == (
        "排放CO₂，见注",
        [{"注码": "①", "位置": 5}, {"注码": "①", "位置": 8}],
    )
    assert notes["注文"] == [{"注码": "①", "文字": "二氧化碳。", "锚点": "footnote-1"}]
    assert "有效性" not in data and "索引号" not in data


def test_a_document_from_paper_is_cited_by_the_pages_of_the_paper(publication: Publication) -> None:
    paper = replace(PLAIN, paper_pages=(12, 15))
    old = replace(
        publication,
        issues=tuple(
            replace(
                each,
                sections=tuple(
                    replace(
                        section,
                        documents=tuple(
                            paper if own.slug == PLAIN.slug else own for own in section.documents
                        ),
                    )
                    for section in each.sections
                ),
            )
            for each in publication.issues
        ),
    )
    files = site(old)
    data = json.loads(files[f"2026/1/{PLAIN.slug}/{PLAIN.slug}.json"])
    assert data["印刷页码"] == {"首页": 12, "末页": 15}
    assert not any("印刷页码" in block for block in data["正文"])
    page = files[f"2026/1/{PLAIN.slug}/index.html"].decode()
    assert "，第12—15页" in page
    rows = list(csv.DictReader(io.StringIO(files["documents.csv"].decode("utf-8-sig"))))
    assert ("12", "15") in {(row["首页"], row["末页"]) for row in rows}


def test_lists_lead_from_the_archive_to_every_document(publication: Publication) -> None:
    assets = site(publication)
    for listed in json.loads(assets["issues.json"])["各期"]:
        path = listed["数据"].removeprefix("https://gazette.liulin.example/sub/")
        issue = json.loads(assets[path])
        documents = [each for section in issue["栏目"] for each in section["文件"]]
        assert len(documents) == listed["文件数"]
        for document in documents:
            assert document["数据"].removeprefix("https://gazette.liulin.example/sub/") in assets


def test_the_table_of_all_opens_in_a_spreadsheet(publication: Publication) -> None:
    content = site(publication)["documents.csv"]
    assert content.startswith(b"\xef\xbb\xbf") and b"\r\n" in content
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert len(rows) == 4
    (row,) = [row for row in rows if row["发文字号"] == "柳政办发〔2026〕1号" and row["首页"]]
    assert (row["首页"], row["末页"], row["文种"], row["栏目"]) == ("3", "5", "通知", "县政府办公室文件")
    assert [row for row in rows if row["标题"] == HOSTILE]


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", "＝1", "＋1", "－1", "＠A"])
def test_no_cell_of_the_table_is_a_formula(publication: Publication, start: str) -> None:
    issue = publication.issues[-1]
    sections = tuple(replace(section, name=start) for section in issue.sections)
    changed = replace(publication, issues=(replace(issue, sections=sections),))
    content = documents_csv(changed, References(changed, {}), {}).make()
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert rows and {row["栏目"] for row in rows} == {f"'{start}"}
    assert not any(cell.startswith("'") for row in rows for key, cell in row.items() if key != "栏目")


def test_feeds_follow_all_and_each_issuer(assets: dict[str, bytes]) -> None:
    own = "issuers/liu-lin-xian-ren-min-zheng-fu-ban-gong-shi/feed.xml"
    for path in ("feed.xml", own):
        feed = ElementTree.fromstring(assets[path])
        entries = feed.findall(f"{ATOM}entry")
        ids = [entry.findtext(f"{ATOM}id") for entry in entries]
        assert len(ids) == len(set(ids)) == 4
        assert feed.findtext(f"{ATOM}updated") == "2027-02-28T00:00:00+08:00"
        assert HOSTILE in [entry.findtext(f"{ATOM}title") for entry in entries]
    channel = ElementTree.fromstring(assets["rss.xml"]).find("channel")
    assert channel is not None
    assert channel.findtext("item/pubDate") == "Sun, 28 Feb 2027 00:00:00 +0800"


def test_days_go_into_a_calendar(assets: dict[str, bytes]) -> None:
    content = assets["2026/1/liu-zheng-ban-fa-2026-2/liu-zheng-ban-fa-2026-2.ics"]
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    (event,) = Calendar.from_ical(content).walk("VEVENT")
    assert event.decoded("DTSTART") == date(2026, 3, 1) and event.decoded("DTEND") == date(2026, 3, 3)
    assert str(event["SUMMARY"]).startswith(HOSTILE)
    assert "加入日历" in assets[HOSTILE_PAGE].decode() and "加入日历" not in assets[PAGE].decode()


def test_an_event_of_a_document_without_a_number_has_a_name_of_its_own(publication: Publication) -> None:
    order = replace(
        PLAIN,
        number=None,
        order=1,
        treated_as="政府令",
        kind="政府令",
        slug="ling-1",
        blocks=(),
        events=(Event(date(2026, 3, 1), date(2026, 3, 1), "施行"),),
    )
    uids = {
        str(event["UID"])
        for each in publication.issues
        for event in Calendar.from_ical(calendar(publication.gazette, each, order).content).walk("VEVENT")
    }
    assert len(uids) == len(publication.issues)


def test_names_that_sound_alike_keep_their_addresses(publication: Publication) -> None:
    def published(*issuers: str) -> Publication:
        documents = (
            replace(
                PLAIN,
                blocks=(),
                issuers=(name,),
                contact=Contact(name, "股", "人", "1"),
                number=DocumentNumber(f"柳{name[0]}发", 2026, 1),
            )
            for name in issuers
        )
        issues = tuple(issue(2026, number, document) for number, document in enumerate(documents, 1))
        return replace(publication, issues=issues)

    before, after = published("水务局", "税务局"), published("水务局", "税务局", "水务局")
    for groups in (by_issuer, contact_units):
        assert {each.name: each.slug for each in groups(before)} == {
            "水务局": "shui-wu-ju",
            "税务局": "shui-wu-ju-2",
        }
        assert {each.name: each.slug for each in groups(after)} == {
            each.name: each.slug for each in groups(before)
        }
    ((_, ledgers),) = number_ledgers(before)
    assert {each.code: each.slug for each in ledgers} == {
        "柳水发": "liu-shui-fa-2026",
        "柳税发": "liu-shui-fa-2-2026",
    }


def test_the_register_and_the_rule_agree_on_what_is_not_public(publication: Publication) -> None:
    number = DocumentNumber("柳政办发", 2026, 3)
    document = replace(PLAIN, blocks=(), number=number)
    old = with_settings(
        replace(publication, issues=()), proofreading=Proofreading(unpublished=("柳政办发〔2026〕1号",))
    )
    now = with_settings(
        replace(publication, issues=()), proofreading=Proofreading(unpublished=("柳政办发〔2026〕2号",))
    )
    whole = replace(
        now,
        issues=(issue(2026, 1, document),),
        eras=(Era(None, old.gazette), Era(Since(2026, 2), now.gazette)),
    )
    ((_, (ledger,)),) = number_ledgers(whole)
    assert [line.state for line in ledger.lines] == ["不公开", "不公开", ""]
    assert missing_serials(whole, "柳政办发", 2026, [(number, document)]) == []


def test_government_tags_say_only_what_is_configured(publication: Publication) -> None:
    plain = tags(site(publication)[PAGE])
    assert "SiteName" not in plain and "SiteIDCode" not in plain and "Image" in plain
    assert plain["ArticleTitle"] == PLAIN.title
    assert plain["PubDate"] == "2026-02-28"
    assert plain["Url"] == "https://gazette.liulin.example/sub/2026/1/liu-zheng-ban-fa-2026-1/"
    web = WebSettings("柳林县人民政府", "www.liulin.gov.cn", "1411250001")
    issues = tuple(replace(issue, released=datetime(2026, 3, 1, 9, 30)) for issue in publication.issues)
    assets = site(with_settings(replace(publication, issues=issues), web=web))
    told = tags(assets[PAGE])
    assert (told["SiteName"], told["SiteDomain"], told["SiteIDCode"]) == (
        "柳林县人民政府",
        "www.liulin.gov.cn",
        "1411250001",
    )
    assert told["PubDate"] == "2026-03-01 09:30"
    assert tags(assets[HOSTILE_PAGE])["PubDate"] == "2026-02-01"
    column = tags(assets["register/index.html"])
    assert column["ColumnName"] == "文号台账" and column["ColumnType"] == "政府公报"
    assert column["SiteName"] == "柳林县人民政府"
    assert "<published>2026-03-01T09:30:00+08:00</published>" in assets["feed.xml"].decode()


def test_linked_data_names_document_issue_and_contact(publication: Publication) -> None:
    assets = site(publication)
    data = linked_data(assets[PAGE])
    assert data["@type"] == "Legislation" and data["legislationIdentifier"] == "柳政办发〔2026〕1号"
    assert data["pagination"] == "3-5"
    assert data["isPartOf"]["@type"] == "PublicationIssue"
    service = data["subjectOf"]
    assert service["@type"] == "GovernmentService"
    assert service["provider"]["contactPoint"]["telephone"] == "0358-4022653"
    assert "legislationLegalForce" not in data
    hostile = linked_data(assets[HOSTILE_PAGE])
    assert hostile["name"] == HOSTILE and hostile["legislationLegalForce"] == "https://schema.org/InForce"
    issue = linked_data(assets["2026/1/index.html"])
    assert [part["name"] for part in issue["hasPart"]] == [PLAIN.title, HOSTILE]


def test_shared_links_and_search_engines_are_told(assets: dict[str, bytes]) -> None:
    graph = {
        meta.get("property"): meta.get("content")
        for meta in parse(assets[PAGE]).iter("meta")
        if meta.get("property")
    }
    assert graph["og:type"] == "article" and graph["og:title"].startswith(PLAIN.title)
    assert graph["og:url"].endswith("/liu-zheng-ban-fa-2026-1/")
    template = ElementTree.fromstring(assets["opensearch.xml"])[3].get("template")
    assert template == "https://gazette.liulin.example/sub/search/?q={searchTerms}"


def test_groups_and_changed_phones(publication: Publication) -> None:
    assets = {asset.path: asset.content for asset in build(publication)}
    assert "kinds/tong-zhi/index.html" in assets and "kinds/qi-ta/index.html" in assets
    (topic,) = [
        path
        for path in assets
        if path.startswith("topics/") and path.count("/") == 2 and path.endswith("index.html")
    ]
    assert ".." not in topic and "<" not in topic
    assert "2026年5月1日起改为" in assets["contacts/index.html"].decode()
    assert "2026年5月1日起改为" in assets[HOSTILE_PAGE].decode()
    assert "起改为" not in assets[PAGE].decode()


def test_a_long_group_is_parted_by_year(publication: Publication, monkeypatch: Any) -> None:
    from liulin_gazette.web import lists

    monkeypatch.setattr(lists, "ONE_PAGE_GROUP", 2)
    assets = {
        asset.path: asset.content.decode()
        for asset in build(publication)
        if asset.path.endswith((".html", ".xml"))
    }
    own = "issuers/liu-lin-xian-ren-min-zheng-fu-ban-gong-shi"
    assert 'href="2026/index.html"' in assets[f"{own}/index.html"]
    assert "〔2026〕2号" not in assets[f"{own}/index.html"]
    assert "〔2026〕2号" in assets[f"{own}/2026/index.html"]
    assert f"<loc>{publication.gazette.site_url}{own}/2026/</loc>" in assets["sitemap.xml"]
