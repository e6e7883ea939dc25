"""The change log of the whole site: what appeared or changed, when and why, as offices recorded and documents declare it."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from liulin_gazette.cache.fingerprint import fingerprint
from liulin_gazette.model.document import Document
from liulin_gazette.model.issue_labels import issue_name
from liulin_gazette.model.publication import Issue, Publication
from liulin_gazette.model.relations import NamedDocuments, documents_by_name, meant_by
from liulin_gazette.rendering.product import Product
from liulin_gazette.text.book_titles import book_title
from liulin_gazette.web import addresses
from liulin_gazette.web.metadata import in_beijing_time, list_metadata, publication_time
from liulin_gazette.web.page import Renderer

SHOWN = 100
"""Changes on the first page and in the feed; all of them are on the pages of their years."""
_CHANGING = ("修订", "废止", "代替", "更正")
"""Relations by which a document changes another one; 解读 does not."""


@dataclass(frozen=True, slots=True)
class Change:
    """One line of the change log."""

    day: date
    what: str
    """出版, 改动, 修订, 废止, 代替, 更正 or 电话变更."""
    title: str
    """What it is about."""
    page: str
    """The path of the page that shows it."""
    why: str = ""
    """The reason as it was recorded, or the document that brought it about; empty for a new issue."""

    @property
    def anchor(self) -> str:
        """The id on the page, the same as long as the change is described in the same words."""
        return f"change-{fingerprint(self.day, self.what, self.title, self.page, self.why)[:12]}"


def changes(publication: Publication) -> tuple[Change, ...]:
    """Return all changes, newest first; those of one day in the reverse order of publication."""
    named = documents_by_name(publication)
    found = [change for issue in publication.issues for change in _of_issue(issue, named)]
    found += [
        Change(
            change.since,
            "电话变更",
            f"{change.unit}{change.office}",
            addresses.CONTACTS,
            (f"{change.printed}改为{change.phone}" if change.phone else f"{change.printed}停用")
            + (f"，{change.note}" if change.note else ""),
        )
        for change in publication.gazette.phone_changes
    ]
    # The same words twice, such as two phones of one office, are one line: ids on a page are unique.
    return tuple(sorted(dict.fromkeys(reversed(found)), key=lambda change: change.day, reverse=True))


def _of_issue(issue: Issue, named: NamedDocuments) -> Iterator[Change]:
    page, name = addresses.issue_page(issue), issue_name(issue)
    yield Change(_day(publication_time(issue)), "出版", f"{name}，文件{len(issue.documents)}份", page)
    for document in issue.documents:
        yield from _of_document(issue, document, named)
    titles = {document.path.rsplit("/", 1)[-1]: document.title for document in issue.documents}
    for change in issue.record.changes if issue.record else ():
        of_change = "；".join(titles[file] for file in change.files if file in titles)
        yield Change(change.day, "改动", f"{name}（{of_change}）" if of_change else name, page, change.reason)


def _of_document(issue: Issue, document: Document, named: NamedDocuments) -> Iterator[Change]:
    """Yield what ``document`` changes; where the other document is in the archive, its own page shows it."""
    for relation in document.relations:
        if relation.kind not in _CHANGING:
            continue
        affected = named.get(relation.target, ())
        title, page = relation.target, addresses.document_page(issue, document)
        if meant := affected[0] if len(affected) == 1 else meant_by(document, affected):
            title, page = meant[1].citation_name, addresses.document_page(*meant)
        why = f"见{book_title(document.title)}" + (
            f"（{document.identifier}）" if document.identifier else ""
        )
        yield Change(_day(publication_time(issue, document)), relation.kind, title, page, why)


def _day(when: date | datetime) -> date:
    return when.date() if isinstance(when, datetime) else when


def change_log(renderer: Renderer, publication: Publication) -> Iterator[Product]:
    """Yield 更新记录: the page of the newest changes, a page for each year, and the feed."""
    found = changes(publication)
    by_year = [
        (year, tuple(of_year)) for year, of_year in itertools.groupby(found, lambda change: change.day.year)
    ]
    years = [(year, addresses.below(addresses.CHANGES, str(year))) for year, _ in by_year]
    page_metadata = list_metadata(renderer.gazette, "更新记录")
    yield renderer.page(
        "changes",
        addresses.CHANGES,
        page_metadata,
        title="更新记录",
        changes=found[:SHOWN],
        years=years,
        in_year=False,
    )
    for (year, of_year), (_, path) in zip(by_year, years, strict=True):
        yield renderer.page(
            "changes",
            path,
            page_metadata,
            title=f"{year}年更新记录",
            changes=of_year,
            years=(),
            in_year=True,
        )
    items = [(change, in_beijing_time(change.day).isoformat()) for change in found[:SHOWN]]
    yield renderer.file(
        addresses.CHANGES_FEED,
        "site/changes.xml",
        page=addresses.absolute(renderer.gazette, addresses.CHANGES),
        items=items,
        updated=max((when for _, when in items), default=""),
    )
