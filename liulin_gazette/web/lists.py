"""Pages that lead to documents: home, search, groups, registers, data; and the feeds of groups."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace

from liulin_gazette.model.document_number import DocumentNumber
from liulin_gazette.model.gazette import Gazette
from liulin_gazette.model.issue_faces import INSIDE_BACK, INSIDE_FRONT, InsidePage, merged_imprint
from liulin_gazette.model.office_names import office_places
from liulin_gazette.model.publication import Issue, Publication
from liulin_gazette.model.relations import declarations, state_day, validity
from liulin_gazette.rendering.product import Product
from liulin_gazette.text.pinyin import syllables
from liulin_gazette.web import addresses, metadata, registers
from liulin_gazette.web.feeds import atom, entries_in_feeds
from liulin_gazette.web.folds import (
    MOST_UNFOLDED,
    Months,
    by_year,
    runs_by_hundred,
)
from liulin_gazette.web.letters import MOST_IN_FULL, by_letter
from liulin_gazette.web.metadata import list_metadata
from liulin_gazette.web.other_formats import OtherFormat
from liulin_gazette.web.page import Renderer
from liulin_gazette.web.page_pictures import COVER_SIZE
from liulin_gazette.web.registers import (
    ContactUnit,
    Entry,
    Group,
    NameChange,
    NumberLedger,
    without_documents,
)
from liulin_gazette.web.search.kept_names import kept_names
from liulin_gazette.web.state_labels import (
    Labels,
    Touched,
    later_states,
    newest_entries,
    shown_labels,
)

ONE_PAGE_GROUP = 200
"""The most documents that a group shows on one page; a larger one has a page for each year but the newest."""
PREVIEWED_DOCUMENTS = 3
"""The newest documents of a group that the list of groups shows."""
YEARS_IN_FULL = 3
"""The newest years that the home page and 文号台账 show in full; of earlier ones they have links."""


@dataclass(frozen=True, slots=True)
class GroupSummary:
    """A group as the list of groups shows it."""

    name: str
    slug: str
    count: int
    newest: tuple[Entry, ...]
    """Empty where the list shows letters."""


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


def home(renderer: Renderer, publication: Publication, with_pdf: Container[str], labels: Labels) -> Product:
    """Return the home page: the newest issue and the archive. ``with_pdf`` has the names of issues with a PDF."""
    issues = publication.issues
    grouped = itertools.groupby(map(without_documents, reversed(issues)), lambda issue: issue.year)
    years = tuple((year, tuple(group)) for year, group in grouped)
    return renderer.page(
        "home",
        addresses.HOME,
        picture=addresses.share_picture(issues[-1]) if issues and issues[-1].name in with_pdf else "",
        newest=issues[-1] if issues else None,
        labels=shown_labels(labels, issues[-1].documents if issues else ()),
        newest_has_pdf=bool(issues) and issues[-1].name in with_pdf,
        years=years[:YEARS_IN_FULL],
        earlier_years=[year for year, _ in years[YEARS_IN_FULL:]],
        with_cover=tuple(issue.name for issue in issues if issue.name in with_pdf),
        cover_size=COVER_SIZE,
    )


def issue_page(
    renderer: Renderer,
    gazette: Gazette,
    issue: Issue,
    neighbours: tuple[Issue | None, Issue | None],
    has_pdf: bool,
    labels: Labels,
    formats: Sequence[OtherFormat],
) -> Product:
    """Return the page of ``issue``; ``gazette`` are its settings, ``neighbours`` the issues around it, ``formats`` its files."""
    permit = issue.faces.permit or gazette.printing.permit
    return renderer.page(
        "issue",
        addresses.issue_page(issue),
        metadata.issue_metadata(gazette, issue, has_pdf),
        addresses.share_picture(issue) if has_pdf else "",
        gazette=gazette,
        issue=issue,
        changed_titles=_changed_titles(issue),
        inside_pages=inside_pages(issue),
        imprint=merged_imprint(gazette.printing.inside_cover, issue.faces.imprint),
        permit=permit,
        permit_names_itself="准印证" in permit,
        has_pdf=has_pdf,
        formats=formats,
        labels=labels,
        before=neighbours[0],
        after=neighbours[1],
    )


def inside_pages(issue: Issue) -> list[tuple[str, InsidePage]]:
    """Return the inside covers that say something, each with its title, or else the name of its place."""
    pages = ((INSIDE_FRONT, issue.faces.inside_front), (INSIDE_BACK, issue.faces.inside_back))
    return [(page.title or place, page) for place, page in pages if not page.is_empty]


def _changed_titles(issue: Issue) -> list[tuple[str, ...]]:
    """Return, for each change after publication, the titles of the documents that it changed."""
    titles = {document.path.rsplit("/", 1)[-1]: document.title for document in issue.documents}
    changes = issue.record.changes if issue.record else ()
    return [tuple(titles[name] for name in change.files if name in titles) for change in changes]


def search(renderer: Renderer, publication: Publication) -> Product:
    """Return the search page."""
    documents = [document for _, document in registers.entries(publication)]
    declared, day = declarations(publication), state_day(publication)
    states = {validity(document, declared, day) for document in documents}
    states |= {state for document in documents for _, state in later_states(document, declared, day)}
    return renderer.page(
        "search",
        addresses.SEARCH,
        list_metadata(publication.gazette, "检索"),
        example_number=DocumentNumber(publication.gazette.publisher_code, publication.gazette.series.year, 3),
        issuers=[group.name for group in registers.by_issuer(publication)],
        years=sorted({document.date.year for document in documents}, reverse=True),
        types=sorted({document.type_name for document in documents}, key=syllables),
        validities=[*sorted(states - {""}, key=syllables), "未注明"] if states - {""} else [],
        kept_names=kept_names(publication),
        state_day=day,
    )


def groups(
    renderer: Renderer, publication: Publication, with_pdf: Container[str], labels: Labels, touched: Touched
) -> Iterator[Product]:
    """Yield the pages by issuer, 文种, topic and section, a feed of each group, and the page of all feeds."""
    registers_shown = _registers(renderer, publication)
    for what, path, of_register in registers_shown:
        yield from _groups(renderer, path, what, of_register, labels)
        for group in of_register:
            page = addresses.below(path, group.slug)
            title = f"{publication.gazette.name} · {group.name}"
            entries = tuple(newest_entries(group.entries, touched))
            yield atom(renderer, addresses.feed_of(page), title, page, entries, with_pdf, labels, touched)
    newest = tuple(entries_in_feeds(publication, touched))
    yield renderer.page(
        "feeds",
        addresses.FEEDS,
        list_metadata(renderer.gazette, "订阅"),
        registers=[
            (
                what,
                [
                    (group.name, page, addresses.feed_of(page))
                    for group in of_register
                    for page in (addresses.below(path, group.slug),)
                ],
            )
            for what, path, of_register in registers_shown
        ],
        newest=newest,
        most_in_full=MOST_IN_FULL,
        labels=shown_labels(labels, (document for _, document in newest)),
    )


def _registers(renderer: Renderer, publication: Publication) -> list[tuple[str, str, tuple[Group, ...]]]:
    """Return each register of groups: the word for what its documents share, its page, and its groups."""
    return [
        ("发文机关", addresses.ISSUERS, registers.by_issuer(publication)),
        ("文种", addresses.TYPES, registers.by_type(publication)),
        *([("主题分类", addresses.TOPICS, registers.by_topic(publication))] if renderer.has_topics else []),
        ("栏目", addresses.SECTIONS, registers.by_section(publication)),
    ]


def _groups(
    renderer: Renderer, path: str, what: str, groups: Sequence[Group], labels: Labels
) -> Iterator[Product]:
    """Yield the list of ``groups`` at ``path``, and the pages of each group.

    ``what`` is the word for that which the documents of a group share: 发文机关, 文种, 主题分类 or 栏目.
    """
    previewed = PREVIEWED_DOCUMENTS if len(groups) <= MOST_IN_FULL else 0  # Letters show no documents.
    summaries = [
        GroupSummary(group.name, group.slug, len(group.entries), group.entries[:previewed])
        for group in groups
    ]
    is_of_offices = path == addresses.ISSUERS
    letters = by_letter(summaries, office_places(renderer.gazette) if is_of_offices else ())
    shown = (document for summary in summaries for _, document in summary.newest)
    yield renderer.page(
        "groups",
        path,
        list_metadata(renderer.gazette, what),
        what=what,
        groups=summaries,
        letters=letters,
        is_of_offices=is_of_offices,
        labels=shown_labels(labels, shown),
    )
    slugs = {group.name: group.slug for group in groups}
    for group in groups:
        years = by_year(group.entries)
        fits_one_page = len(group.entries) <= ONE_PAGE_GROUP
        group_path = addresses.below(path, group.slug)
        year_pages = (
            []
            if fits_one_page
            else [(year, addresses.below(group_path, str(year))) for year, _, _ in years[1:]]
        )
        shown_years = years if fits_one_page else years[:1]
        feed = addresses.feed_of(group_path)
        names = registers.name_changes(renderer.gazette, group.name, slugs) if is_of_offices else ()
        yield _group_page(
            renderer, group_path, path, what, group, shown_years, year_pages, feed, labels, names
        )
        for of_year, (_, year_path) in zip(years[1:], year_pages, strict=False):
            yield _group_page(renderer, year_path, path, what, group, (of_year,), (), feed, labels)


def _group_page(
    renderer: Renderer,
    path: str,
    listed_on: str,
    what: str,
    group: Group,
    years: Sequence[tuple[int, Sequence[Entry], Months]],
    year_pages: Sequence[tuple[int, str]],
    feed: str,
    labels: Labels,
    name_changes: Sequence[NameChange] = (),
) -> Product:
    """Return the page of ``group`` at ``path`` that shows the documents of ``years``.

    ``listed_on`` is the list of groups; ``year_pages`` are the years that have a page of their own, with its path;
    ``name_changes`` are other names of an issuer.
    """
    shown = (document for _, entries, _ in years for _, document in entries)
    return renderer.page(
        "group",
        path,
        list_metadata(renderer.gazette, group.name),
        listed_on=listed_on,
        what=what,
        group=group.name,
        count=len(group.entries),
        years=years,
        is_long=sum(len(entries) for _, entries, _ in years) > MOST_UNFOLDED,
        year_pages=year_pages,
        feed=feed,
        labels=shown_labels(labels, shown),
        name_changes=name_changes,
    )


def number_register(renderer: Renderer, publication: Publication, labels: Labels) -> Iterator[Product]:
    """Yield 文号台账: the list of years, and a page for each year."""
    page_metadata = list_metadata(renderer.gazette, "文号台账")
    years = registers.number_ledgers(publication)
    summaries = [(year, [_summary(ledger) for ledger in ledgers]) for year, ledgers in years]
    yield renderer.page(
        "register",
        addresses.REGISTER,
        page_metadata,
        years=summaries[:YEARS_IN_FULL],
        most_in_full=MOST_IN_FULL,
        earlier_years=[year for year, _ in summaries[YEARS_IN_FULL:]],
    )
    for year, ledgers in years:
        path = addresses.below(addresses.REGISTER, str(year))
        documents = (line.document for ledger in ledgers for line in ledger.lines if line.document)
        yield renderer.page(
            "register_year",
            path,
            page_metadata,
            year=year,
            ledgers=[(ledger, runs_by_hundred(ledger.runs)) for ledger in ledgers],
            is_long=sum(len(ledger.runs) for ledger in ledgers) > MOST_UNFOLDED,
            other_years=[other for other, _ in years if other != year],
            labels=shown_labels(labels, documents),
        )


def _summary(ledger: NumberLedger) -> LedgerSummary:
    states = Counter(line.state for line in ledger.lines)
    return LedgerSummary(ledger.code, ledger.slug, ledger.year, states[""], states["不公开"], states["未见"])


def _without_entries(unit: ContactUnit) -> ContactUnit:
    return replace(unit, offices=tuple(replace(office, entries=()) for office in unit.offices))


def contacts(renderer: Renderer, publication: Publication, labels: Labels) -> Iterator[Product]:
    """Yield 政策咨询: the list of all units with their telephones, and a page for each unit with its documents."""
    units = registers.contact_units(publication)
    shown_units = [_without_entries(unit) for unit in units]
    yield renderer.page(
        "contacts",
        addresses.CONTACTS,
        list_metadata(renderer.gazette, "政策咨询"),
        units=shown_units,
        letters=by_letter(shown_units, office_places(publication.gazette)),
    )
    for unit in units:
        path = addresses.below(addresses.CONTACTS, unit.slug)
        documents = (document for office in unit.offices for _, document in office.entries)
        yield renderer.page(
            "contact_unit",
            path,
            list_metadata(renderer.gazette, unit.name),
            unit=unit,
            offices=[(office, by_year(office.entries)) for office in unit.offices],
            is_long=sum(len(office.entries) for office in unit.offices) > MOST_UNFOLDED,
            labels=shown_labels(labels, documents),
        )


def service_pages(renderer: Renderer, issues: Sequence[Issue]) -> Iterator[Product]:
    """Yield the pages 数据与订阅 (data and feeds), 核验 (verify a file) and 无障碍 (accessibility); ``issues`` are all."""
    gazette = renderer.gazette
    last_of_years = {issue.year: issue for issue in issues}
    yield renderer.page(
        "data",
        addresses.DATA,
        list_metadata(gazette, "数据与订阅"),
        whole=addresses.whole_zip(issues[-1]) if issues else "",
        years=[(year, addresses.year_zip(issue)) for year, issue in reversed(last_of_years.items())],
        schemas=[
            ("各期一览", addresses.schema("issues")),
            ("一期", addresses.schema("issue")),
            ("一份公文", addresses.schema("document")),
            ("文件清单", addresses.schema("manifest")),
        ],
    )
    yield renderer.page("verify", addresses.VERIFY, list_metadata(gazette, "核验"))
    yield renderer.page("accessibility", addresses.ACCESSIBILITY, list_metadata(gazette, "无障碍与长者模式"))
