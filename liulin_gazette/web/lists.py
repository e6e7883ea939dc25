"""Pages that lead to documents: home, search, groups, registers, data; and the Atom and RSS feeds."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace
from email.utils import format_datetime

from liulin_gazette.model.document_number import DocumentNumber
from liulin_gazette.model.publication import Issue, Publication
from liulin_gazette.model.relations import declarations, validity
from liulin_gazette.rendering.product import Product
from liulin_gazette.text.pinyin import syllables
from liulin_gazette.web import addresses, metadata, registers
from liulin_gazette.web.metadata import in_beijing_time, list_metadata, publication_time
from liulin_gazette.web.page import Renderer
from liulin_gazette.web.registers import (
    ContactUnit,
    Entry,
    Group,
    NumberLedger,
    kind_of,
    without_documents,
)

ONE_PAGE_GROUP = 200
"""The most documents that a group shows on one page; a larger one has a page for each year but the newest."""
PREVIEWED_DOCUMENTS = 3
"""The newest documents of a group that the list of groups shows."""
FEED_LENGTH = 50
"""Documents in a feed."""


@dataclass(frozen=True, slots=True)
class GroupSummary:
    """A group as the list of groups shows it."""

    name: str
    slug: str
    count: int
    newest: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class LedgerSummary:
    """A ledger as the list of ledgers shows it, with the count of serial numbers in each state."""

    code: str
    slug: str
    year: int
    published: int
    unpublished: int
    """不公开."""
    unseen: int
    """未见."""


def home(renderer: Renderer, publication: Publication, with_pdf: Container[str]) -> Product:
    """Return the home page: the newest issue and the archive. ``with_pdf`` has the names of issues with a PDF."""
    issues = publication.issues
    years = itertools.groupby(map(without_documents, reversed(issues)), lambda issue: issue.year)
    return renderer.page(
        "home",
        addresses.HOME,
        newest=issues[-1] if issues else None,
        newest_has_pdf=bool(issues) and issues[-1].name in with_pdf,
        years=tuple((year, tuple(group)) for year, group in years),
    )


def issue_page(
    renderer: Renderer, issue: Issue, neighbours: tuple[Issue | None, Issue | None], has_pdf: bool
) -> Product:
    """Return the page of ``issue``; ``neighbours`` are the one before and the one after."""
    return renderer.page(
        "issue",
        addresses.issue_page(issue),
        metadata.issue_metadata(renderer.publication, issue, has_pdf),
        issue=issue,
        changed_titles=_changed_titles(issue),
        has_pdf=has_pdf,
        before=neighbours[0],
        after=neighbours[1],
    )


def _changed_titles(issue: Issue) -> list[tuple[str, ...]]:
    """Return, for each change after publication, the titles of the documents that it changed."""
    titles = {document.path.rsplit("/", 1)[-1]: document.title for document in issue.documents}
    changes = issue.record.changes if issue.record else ()
    return [tuple(titles[name] for name in change.files if name in titles) for change in changes]


def search(renderer: Renderer, publication: Publication) -> Product:
    """Return the search page."""
    documents = [document for _, document in registers.entries(publication)]
    declared = declarations(publication)
    states = {validity(document, declared) for document in documents}
    return renderer.page(
        "search",
        addresses.SEARCH,
        list_metadata(publication, "检索"),
        example_number=DocumentNumber(publication.publisher_code, publication.series.year, 3),
        issuers=[group.name for group in registers.by_issuer(publication)],
        years=sorted({document.date.year for document in documents}, reverse=True),
        kinds=sorted({kind_of(document) for document in documents}, key=syllables),
        validities=[*sorted(states - {""}, key=syllables), "未注明"] if states != {""} else [],
    )


def groups(renderer: Renderer, publication: Publication, with_pdf: Container[str]) -> Iterator[Product]:
    """Yield the pages by issuer, kind and topic, and a feed of each issuer."""
    issuers = registers.by_issuer(publication)
    yield from _groups(renderer, addresses.ISSUERS, "发文机关", issuers)
    for group in issuers:
        page = addresses.below(addresses.ISSUERS, group.slug)
        title = f"{publication.name} · {group.name}"
        yield atom(renderer, addresses.feed_of(page), title, page, group.entries, with_pdf)
    yield from _groups(renderer, addresses.KINDS, "文种", registers.by_kind(publication))
    if renderer.has_topics:
        yield from _groups(renderer, addresses.TOPICS, "主题分类", registers.by_topic(publication))


def _groups(renderer: Renderer, path: str, what: str, groups: Sequence[Group]) -> Iterator[Product]:
    """Yield the list of ``groups`` at ``path``, and the pages of each group.

    ``what`` is the word for that which the documents of a group share: 发文机关, 文种 or 主题分类.
    """
    summaries = [
        GroupSummary(group.name, group.slug, len(group.entries), group.entries[:PREVIEWED_DOCUMENTS])
        for group in groups
    ]
    yield renderer.page(
        "groups", path, list_metadata(renderer.publication, what), what=what, groups=summaries
    )
    for group in groups:
        years = group.by_year
        fits_one_page = len(group.entries) <= ONE_PAGE_GROUP
        group_path = addresses.below(path, group.slug)
        year_pages = (
            [] if fits_one_page else [(year, addresses.below(group_path, str(year))) for year, _ in years[1:]]
        )
        shown_years = years if fits_one_page else years[:1]
        feed = addresses.feed_of(group_path) if path == addresses.ISSUERS else ""
        yield _group_page(renderer, group_path, path, what, group, shown_years, year_pages, feed)
        for (year, entries), (_, year_path) in zip(years[1:], year_pages, strict=False):
            yield _group_page(renderer, year_path, path, what, group, ((year, entries),), (), feed)


def _group_page(
    renderer: Renderer,
    path: str,
    listed_on: str,
    what: str,
    group: Group,
    years: Sequence[tuple[int, Sequence[Entry]]],
    year_pages: Sequence[tuple[int, str]],
    feed: str,
) -> Product:
    """Return the page of ``group`` at ``path`` that shows the documents of ``years``.

    ``listed_on`` is the list of groups; ``year_pages`` are the years that have a page of their own, with its path.
    """
    return renderer.page(
        "group",
        path,
        list_metadata(renderer.publication, group.name),
        listed_on=listed_on,
        what=what,
        group=group.name,
        count=len(group.entries),
        years=years,
        year_pages=year_pages,
        feed=feed,
    )


def number_register(renderer: Renderer, publication: Publication) -> Iterator[Product]:
    """Yield 文号台账: the list of years, and a page for each year."""
    page_metadata = list_metadata(renderer.publication, "文号台账")
    years = registers.number_ledgers(publication)
    summaries = [(year, [_summary(ledger) for ledger in ledgers]) for year, ledgers in years]
    yield renderer.page("register", addresses.REGISTER, page_metadata, years=summaries)
    for year, ledgers in years:
        path = addresses.below(addresses.REGISTER, str(year))
        yield renderer.page("register_year", path, page_metadata, year=year, ledgers=ledgers)


def _summary(ledger: NumberLedger) -> LedgerSummary:
    states = Counter(line.state for line in ledger.lines)
    return LedgerSummary(ledger.code, ledger.slug, ledger.year, states[""], states["不公开"], states["未见"])


def _without_entries(unit: ContactUnit) -> ContactUnit:
    return replace(unit, offices=tuple(replace(office, entries=()) for office in unit.offices))


def contacts(renderer: Renderer, publication: Publication) -> Iterator[Product]:
    """Yield 政策咨询: the list of all units with their telephones, and a page for each unit with its documents."""
    units = registers.contact_units(publication)
    yield renderer.page(
        "contacts",
        addresses.CONTACTS,
        list_metadata(renderer.publication, "政策咨询"),
        units=[_without_entries(unit) for unit in units],
    )
    for unit in units:
        path = addresses.below(addresses.CONTACTS, unit.slug)
        yield renderer.page("contact_unit", path, list_metadata(renderer.publication, unit.name), unit=unit)


def service_pages(renderer: Renderer) -> Iterator[Product]:
    """Yield the pages 数据与订阅 (data and feeds) and 核验 (verify a file)."""
    publication = renderer.publication
    yield renderer.page("data", addresses.DATA, list_metadata(publication, "数据与订阅"))
    yield renderer.page("verify", addresses.VERIFY, list_metadata(publication, "核验"))


def feeds(renderer: Renderer, publication: Publication, with_pdf: Container[str]) -> Iterator[Product]:
    """Yield the feeds of all documents: Atom and RSS."""
    newest = tuple(itertools.islice(registers.entries(publication), FEED_LENGTH))
    yield atom(renderer, addresses.ATOM, publication.name, addresses.HOME, newest, with_pdf)
    items = [
        (issue, document, format_datetime(in_beijing_time(publication_time(issue, document))))
        for issue, document in newest
    ]
    yield renderer.file(addresses.RSS, "site/rss.xml", items=items)


def atom(
    renderer: Renderer,
    path: str,
    title: str,
    page: str,
    entries: Sequence[Entry],
    with_pdf: Container[str],
) -> Product:
    """Return an Atom feed (RFC 4287) of the newest of ``entries``; ``page`` is the list that it follows."""
    items = [
        (
            issue,
            document,
            in_beijing_time(publication_time(issue, document)).isoformat(),
            issue.name in with_pdf,
        )
        for issue, document in entries[:FEED_LENGTH]
    ]
    return renderer.file(
        path,
        "site/atom.xml",
        title=title,
        page=addresses.absolute(renderer.publication, page),
        items=items,
        updated=max((when for _, _, when, _ in items), default=""),
    )


def sitemap(renderer: Renderer, publication: Publication, pages: Sequence[str]) -> Product:
    """Return the sitemap of ``pages``: those of an issue have its date, all others the date of the newest."""
    dates = {
        addresses.issue_page(issue).removesuffix("index.html"): issue.date for issue in publication.issues
    }
    newest = max(dates.values(), default=None)
    entries = [
        (addresses.absolute(publication, page), dates.get("/".join(page.split("/")[:2]) + "/", newest))
        for page in pages
    ]
    return renderer.file("sitemap.xml", "site/sitemap.xml", entries=entries)
