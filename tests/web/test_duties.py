"""What a Chinese government site states: registration, marks, map, accessibility, one description a page."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from liulin_gazette.model.publication import Publication
from liulin_gazette.model.site_settings import SiteMark, WebSettings
from liulin_gazette.pipeline.stages import Result
from liulin_gazette.web.metadata import publication_time
from liulin_gazette.web.site import mark_pictures
from tests.changed_settings import with_settings
from tests.web.browser import accessibility_faults, address
from tests.web.conftest import HOSTILE, PICTURE, PLAIN, build
from tests.web.test_site import by_class, pages, parse, words

WEB = WebSettings(
    id_code="1411250001",
    host="柳林县人民政府",
    operator="柳林县政务信息中心",
    icp_number="晋ICP备12345678号-1",
    police_number="晋公网安备14112502000001号",
    marks=(
        SiteMark("党政机关", "https://bszs.example/?id=1", "党政.png"),
        SiteMark(HOSTILE, "https://errors.example/?site=1&url={网址}"),
    ),
)


def test_every_page_states_what_is_set_at_its_foot(publication: Publication) -> None:
    site = {asset.path: asset.content for asset in build(with_settings(publication, web=WEB))}
    for page, root in pages(site).items():
        (foot,) = by_class(root, "site-footer")
        links = {words(link): link.get("href") for link in foot.iter("a")}
        said = words(foot)
        for each in (
            "主办单位：柳林县人民政府",
            "承办单位：柳林县政务信息中心",
            "政府网站标识码：1411250001",
        ):
            assert each in said, page
        assert links["晋ICP备12345678号-1"] == "https://beian.miit.gov.cn/"
        assert links["晋公网安备14112502000001号"].endswith("code=14112502000001")
        assert links[HOSTILE].startswith("https://errors.example/?site=1&url=https%3A%2F%2Fgazette")
        (mark,) = foot.iter("img")
        assert mark.get("alt") == "党政机关" and mark.get("src").endswith(
            "assets/marks/%E5%85%9A%E6%94%BF.png"
        )
    (picture,) = mark_pictures(replace(publication.gazette, web=WEB), lambda _: PICTURE)
    assert (picture.asset().path, picture.asset().content) == ("assets/marks/党政.png", PICTURE)


def test_nothing_is_stated_that_is_not_set(assets: dict[str, bytes]) -> None:
    foot = words(by_class(parse(assets["index.html"]), "site-footer")[0])
    assert (
        "备" not in foot
        and "标识码" not in foot
        and "承办" not in foot
        and "主办单位：柳林县人民政府办公室" in foot
    )


def test_no_page_has_two_descriptions(assets: dict[str, bytes]) -> None:
    for page, root in pages(assets).items():
        names = [str(meta.get("name")).lower() for meta in root.iter("meta") if meta.get("name")]
        assert len(names) == len(set(names)) and "description" in names, page


def test_the_map_leads_to_every_list_and_issue(publication: Publication, assets: dict[str, bytes]) -> None:
    links = {link.get("href") for link in parse(assets["map/index.html"]).iter("a")}
    wanted = {f"../{issue.year}/{issue.part}/index.html" for issue in publication.issues}
    wanted |= {"../2026/index.html", "../issuers/index.html", "../topics/index.html", "../verify/index.html"}
    assert wanted <= links


def test_a_document_of_the_day_has_the_hour_of_its_issue(publication: Publication) -> None:
    hour = datetime(2026, 3, 1, 9, 30)
    issue = replace(publication.issues[0], released=hour)
    of_day = replace(PLAIN, policy=replace(PLAIN.policy, released=hour.date()))
    other = replace(PLAIN, policy=replace(PLAIN.policy, released=PLAIN.date))
    assert publication_time(issue, of_day) == hour
    assert publication_time(issue, other) == PLAIN.date


@pytest.mark.tools
def test_one_switch_turns_the_mode_for_elders_on_and_off(
    browser: Any, real_build: tuple[Path, Result]
) -> None:
    tab = browser.new_page(viewport={"width": 360, "height": 800})
    tab.goto(address(real_build[0] / "output/site", "accessibility/index.html"))
    switches = tab.locator("button[data-mode=elder]")
    assert switches.count() == 2
    switches.nth(1).click()
    state = "[document.documentElement.dataset.size, document.documentElement.dataset.contrast]"
    assert tab.evaluate(state) == ["largest", "high"]
    assert [switches.nth(index).get_attribute("aria-pressed") for index in (0, 1)] == ["true", "true"]
    assert tab.evaluate("document.documentElement.scrollWidth") <= 360 and accessibility_faults(tab) == []
    tab.click("#switches summary")
    tab.locator("button[data-value=largest]").click()
    assert switches.nth(0).get_attribute("aria-pressed") == "false"
    switches.nth(0).click()
    switches.nth(0).click()
    assert tab.evaluate(state) == [None, None]
    tab.close()
