"""Pages that lead to documents: home, search, groups, registers, data; and feeds for programs that follow."""

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
from liulin_gazette.web.metadata import moment, of_list, published
from liulin_gazette.web.page import Renderer
from liulin_gazette.web.registers import DirectoryUnit, Entry, Group, NumberLedger, bare, kind_of

GROUP_LISTED = 200
"""A group of more documents has a page for each year but the newest."""
GROUP_NEWEST = 3
"""Documents of each group that the list of groups shows."""
FEED_LENGTH = 50


@dataclass(frozen=True, slots=True)
class GroupHead:
    """What the list of groups shows of one."""

    name: str
    slug: str
    count: int
    newest: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class LedgerCount:
    """What the list of ledgers shows of one."""

    code: str
    slug: str
    year: int
    published: int
    unpublished: int
    unseen: int


def home(renderer: Renderer, publication: Publication, with_pdf: Container[str]) -> Product:
    """Return the page of the newest issue and the archive; ``with_pdf`` are the names of issues that have one."""
    issues = publication.issues
    years = itertools.groupby(map(bare, reversed(issues)), lambda issue: issue.year)
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
        metadata.of_issue(renderer.publication, issue, has_pdf),
        issue=issue,
        changed_titles=_changed_titles(issue),
        has_pdf=has_pdf,
        before=neighbours[0],
        after=neighbours[1],
    )


def _changed_titles(issue: Issue) -> list[tuple[str, ...]]:
    """Return for each change after publication the titles of the documents that it changed."""
    titles = {document.path.rsplit("/", 1)[-1]: document.title for document in issue.documents}
    changes = issue.record.changes if issue.record else ()
    return [tuple(titles[name] for name in each.files if name in titles) for each in changes]


def search(renderer: Renderer, publication: Publication) -> Product:
    """Return the search page."""
    documents = [document for _, document in registers.entries(publication)]
    declared = declarations(publication)
    states = {validity(document, declared) for document in documents}
    return renderer.page(
        "search",
        addresses.SEARCH,
        of_list(publication, "检索"),
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


def _groups(renderer: Renderer, path: str, what: str, made: Sequence[Group]) -> Iterator[Product]:
    described = of_list(renderer.publication, what)
    heads = [GroupHead(each.name, each.slug, len(each.entries), each.entries[:GROUP_NEWEST]) for each in made]
    yield renderer.page("groups", path, described, what=what, groups=heads)
    for group in made:
        years = group.by_year
        whole = len(group.entries) <= GROUP_LISTED
        own = addresses.below(path, group.slug)
        apart = [] if whole else [(year, addresses.below(own, str(year))) for year, _ in years[1:]]
        shown = years if whole else years[:1]
        feed = addresses.feed_of(own) if path == addresses.ISSUERS else ""
        yield _group(renderer, own, path, what, group, shown, apart, feed)
        for (year, entries), (_, page) in zip(years[1:], apart, strict=False):
            yield _group(renderer, page, path, what, group, ((year, entries),), (), feed)


def _group(
    renderer: Renderer,
    page: str,
    listed_on: str,
    what: str,
    group: Group,
    years: Sequence[tuple[int, Sequence[Entry]]],
    apart: Sequence[tuple[int, str]],
    feed: str,
) -> Product:
    return renderer.page(
        "group",
        page,
        of_list(renderer.publication, group.name),
        listed_on=listed_on,
        what=what,
        group=group.name,
        count=len(group.entries),
        years=years,
        apart=apart,
        feed=feed,
    )


def number_register(renderer: Renderer, publication: Publication) -> Iterator[Product]:
    """Yield 文号台账: the list of years, and a page of each."""
    described = of_list(renderer.publication, "文号台账")
    years = registers.number_ledgers(publication)
    counts = [(year, [_counted(ledger) for ledger in ledgers]) for year, ledgers in years]
    yield renderer.page("register", addresses.REGISTER, described, years=counts)
    for year, ledgers in years:
        page = addresses.below(addresses.REGISTER, str(year))
        yield renderer.page("register_year", page, described, year=year, ledgers=ledgers)


def _counted(ledger: NumberLedger) -> LedgerCount:
    states = Counter(line.state for line in ledger.lines)
    return LedgerCount(ledger.code, ledger.slug, ledger.year, states[""], states["不公开"], states["未见"])


def _without_documents(unit: DirectoryUnit) -> DirectoryUnit:
    return replace(unit, lines=tuple(replace(line, entries=()) for line in unit.lines))


def contacts(renderer: Renderer, publication: Publication) -> Iterator[Product]:
    """Yield 政策咨询: all units with their telephones, and a page of each with its documents."""
    described = of_list(renderer.publication, "政策咨询")
    units = registers.directory(publication)
    yield renderer.page(
        "contacts", addresses.CONTACTS, described, units=[_without_documents(unit) for unit in units]
    )
    for unit in units:
        page = addresses.below(addresses.CONTACTS, unit.slug)
        yield renderer.page("contact_unit", page, of_list(renderer.publication, unit.name), unit=unit)


def about_data(renderer: Renderer) -> Iterator[Product]:
    """Yield the pages on data and on verifying."""
    publication = renderer.publication
    yield renderer.page("data", addresses.DATA, of_list(publication, "数据与订阅"))
    yield renderer.page("verify", addresses.VERIFY, of_list(publication, "核验"))


def feeds(renderer: Renderer, publication: Publication, with_pdf: Container[str]) -> Iterator[Product]:
    """Yield the feeds of all documents: Atom and RSS."""
    newest = tuple(itertools.islice(registers.entries(publication), FEED_LENGTH))
    yield atom(renderer, addresses.ATOM, publication.name, addresses.HOME, newest, with_pdf)
    items = [
        (issue, document, format_datetime(moment(published(issue, document)))) for issue, document in newest
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
    """Return an Atom feed (RFC 4287) of the newest of ``entries``."""
    items = [
        (issue, document, moment(published(issue, document)).isoformat(), issue.name in with_pdf)
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
    """Return the list of ``pages`` for search engines: those of an issue dated with it, others with the newest."""
    dates = {
        addresses.issue_page(issue).removesuffix("index.html"): issue.date for issue in publication.issues
    }
    newest = max(dates.values(), default=None)
    entries = [
        (addresses.absolute(publication, page), dates.get("/".join(page.split("/")[:2]) + "/", newest))
        for page in pages
    ]
    return renderer.file("sitemap.xml", "site/sitemap.xml", entries=entries)
