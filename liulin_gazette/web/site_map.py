"""网站地图: the page with links to every part of the site, and the sitemap for search engines."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from liulin_gazette.model.issue_labels import name_in_year
from liulin_gazette.model.publication import Publication
from liulin_gazette.rendering.product import Product
from liulin_gazette.web import addresses
from liulin_gazette.web.metadata import list_metadata
from liulin_gazette.web.page import Renderer
from liulin_gazette.web.state_labels import Touched


def site_map(renderer: Renderer, publication: Publication) -> Product:
    """Return 网站地图: links to every kind of page, and to the issues by year."""
    finding = [
        ("检索", addresses.SEARCH),
        ("发文机关", addresses.ISSUERS),
        ("文种", addresses.TYPES),
        *([("主题分类", addresses.TOPICS)] if renderer.has_topics else []),
        ("栏目", addresses.SECTIONS),
        ("文号台账", addresses.REGISTER),
        ("政策咨询", addresses.CONTACTS),
    ]
    services = [
        ("核验文件", addresses.VERIFY),
        ("数据与订阅", addresses.DATA),
        ("订阅", addresses.FEEDS),
        ("更新记录", addresses.CHANGES),
        ("无障碍与长者模式", addresses.ACCESSIBILITY),
    ]
    years = itertools.groupby(reversed(publication.issues), lambda issue: issue.year)
    issues = [
        (
            f"{year}年",
            [
                *((name_in_year(issue), addresses.issue_page(issue)) for issue in of_year),
                (f"{year}年总目录", addresses.year_page(year)),
            ],
        )
        for year, of_year in years
    ]
    return renderer.page(
        "site_map",
        addresses.SITE_MAP,
        list_metadata(renderer.gazette, "网站地图"),
        parts_of_site=[("查找", finding), ("服务", services), *issues],
    )


def sitemap(renderer: Renderer, publication: Publication, pages: Sequence[str], touched: Touched) -> Product:
    """Return the sitemap of ``pages``.

    Those of an issue have its date, or that of the newest issue that says something of a document on them; all others
    have the date of the newest issue.
    """
    dates = {addresses.issue_page(issue): issue.date for issue in publication.issues}
    for issue in publication.issues:
        for document in issue.documents:
            by = touched.get(document.path)
            day = max(issue.date, by[0].date) if by else issue.date
            dates[addresses.document_page(issue, document)] = day
            dates[addresses.issue_page(issue)] = max(dates[addresses.issue_page(issue)], day)
    newest = max((issue.date for issue in publication.issues), default=None)
    entries = [(addresses.absolute(publication.gazette, page), dates.get(page, newest)) for page in pages]
    return renderer.file("sitemap.xml", "site/sitemap.xml", entries=entries)
