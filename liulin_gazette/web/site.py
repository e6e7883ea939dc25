"""The public site: a pure function from the publication to its files."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment

from liulin_gazette.asset import Asset
from liulin_gazette.body import Annex, Block, Heading, Instrument, figures, plain
from liulin_gazette.model import Document, Issue, Publication
from liulin_gazette.pinyin import syllables
from liulin_gazette.qr import qr_data_uri
from liulin_gazette.templating import environment
from liulin_gazette.web import addresses, references, registers
from liulin_gazette.web.addresses import Links
from liulin_gazette.web.references import References
from liulin_gazette.web.search_index import kind_of

OUTLINE_FROM = 4
"""A document with this many entries in its outline shows them as a list of links."""
STYLE_SHEETS = ("tokens.css", "site/site.css")
SCRIPTS = {addresses.READER_SCRIPT: "site/reader.js", addresses.SEARCH_SCRIPT: "site/search.js"}
CONTENT_SECURITY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; "
    "img-src 'self' data:; form-action 'self'; base-uri 'self'"
)
"""Nothing from outside and no script in a page; the one style attribute is a column's width."""


Printed = Mapping[str, Mapping[str, Mapping[str, int]]]
"""The printed page by issue, document and anchor."""


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """A line of the list of links at the head of a long document."""

    text: str
    anchor: str


def render_site(
    publication: Publication,
    templates: Path,
    read_bytes: Callable[[str], bytes],
    printed: Printed | None = None,
) -> Iterator[Asset]:
    """Yield every file of the site but the PDFs, paths relative to the site's folder.

    ``read_bytes`` returns the content of the file at a project path; it is called for pictures only.
    ``printed`` tells by issue, document and anchor the page of the printed issue.
    """
    pages = _Pages(publication, environment(templates), printed or {}, References(publication))
    yield pages.home()
    for index, issue in enumerate(publication.issues):
        yield pages.issue(index)
        for before, document, after in _with_neighbours(issue.documents):
            yield pages.document(issue, document, before, after)
            for file in _pictures(document.blocks):
                yield Asset(addresses.figure_file(issue, document, file), read_bytes(file))
    yield from pages.registers()
    yield pages.search()
    yield pages.not_found()
    yield pages.sitemap()
    yield pages.robots()
    style = b"\n".join((templates / name).read_bytes() for name in STYLE_SHEETS)
    yield Asset(addresses.STYLE, style)
    for path, name in SCRIPTS.items():
        yield Asset(path, (templates / name).read_bytes())
    yield Asset(addresses.ICON, (templates / "site/icon.svg").read_bytes())


@dataclass(frozen=True, slots=True)
class _Pages:
    publication: Publication
    environment: Environment
    printed: Printed
    references: References

    def home(self) -> Asset:
        issues = self.publication.issues
        newest = issues[-1] if issues else None
        years = tuple(
            (year, tuple(group))
            for year, group in itertools.groupby(reversed(issues), lambda issue: issue.year)
        )
        return self._page("home", addresses.HOME, newest=newest, years=years)

    def issue(self, index: int) -> Asset:
        issues = self.publication.issues
        before = issues[index - 1] if index else None
        after = issues[index + 1] if index + 1 < len(issues) else None
        path = addresses.issue_page(issues[index])
        return self._page("issue", path, issue=issues[index], before=before, after=after)

    def document(
        self, issue: Issue, document: Document, before: Document | None, after: Document | None
    ) -> Asset:
        path = addresses.document_page(issue, document)
        outline = tuple(_outline(document.blocks))
        pages = self.printed.get(issue.name, {}).get(document.slug, {})
        first, last = min(pages.values(), default=0), max(pages.values(), default=0)
        cited = self.references.cited(document)
        return self._page(
            "document",
            path,
            issue=issue,
            document=document,
            before=before,
            after=after,
            printed=_page_starts(pages),
            first_page=first,
            last_page=last,
            citation=references.citation(self.publication, issue, document, first, last),
            cited=cited,
            related=self.references.related(document),
            validity=self.references.validity(document),
            targets={
                each.number: addresses.relative(addresses.document_page(*each.entry), path)
                for each in cited
                if each.entry
            },
            outline=outline if len(outline) >= OUTLINE_FROM else (),
            figures={
                file: addresses.relative(addresses.figure_file(issue, document, file), path)
                for file in _pictures(document.blocks)
            },
            qr=qr_data_uri(addresses.absolute(self.publication, path)),
        )

    def search(self) -> Asset:
        documents = [document for issue in self.publication.issues for document in issue.documents]
        return self._page(
            "search",
            addresses.SEARCH,
            issuers=[group.name for group in registers.by_issuer(self.publication)],
            years=sorted({document.date.year for document in documents}, reverse=True),
            kinds=sorted({kind_of(document) for document in documents}, key=syllables),
        )

    def registers(self) -> Iterator[Asset]:
        """Yield the pages by issuer, of numbers, and of contacts."""
        yield self._page("issuers", addresses.ISSUERS, groups=registers.by_issuer(self.publication))
        ledgers = registers.number_ledgers(self.publication)
        yield self._page("register", addresses.REGISTER, ledgers=ledgers)
        yield self._page("contacts", addresses.CONTACTS, units=registers.directory(self.publication))

    def not_found(self) -> Asset:
        return self._page("missing", addresses.NOT_FOUND)

    def sitemap(self) -> Asset:
        entries = [
            (addresses.absolute(self.publication, path), issue.date)
            for issue in self.publication.issues
            for path in (
                addresses.issue_page(issue),
                *(addresses.document_page(issue, document) for document in issue.documents),
            )
        ]
        dates = [issue.date for issue in self.publication.issues]
        for path in (addresses.SEARCH, addresses.ISSUERS, addresses.REGISTER, addresses.CONTACTS):
            if dates:
                entries.append((addresses.absolute(self.publication, path), max(dates)))
        home = addresses.absolute(self.publication, addresses.HOME)
        return self._asset(
            "sitemap.xml", "site/sitemap.xml", home=home, newest=max(dates, default=None), entries=entries
        )

    def robots(self) -> Asset:
        return self._asset("robots.txt", "site/robots.txt", sitemap=self.publication.site_url + "sitemap.xml")

    def _page(self, name: str, path: str, **values: object) -> Asset:
        return self._asset(
            path,
            f"site/{name}.html",
            publication=self.publication,
            links=Links(path),
            addresses=addresses,
            content_security=CONTENT_SECURITY,
            url=addresses.absolute(self.publication, path),
            **values,
        )

    def _asset(self, path: str, template: str, **values: object) -> Asset:
        return Asset(path, self.environment.get_template(template).render(**values).encode())


def _page_starts(pages: Mapping[str, int]) -> dict[str, int]:
    """Return the anchors at which another printed page begins, with its number."""
    starts: dict[str, int] = {}
    last = 0
    for anchor, page in pages.items():
        if page != last:
            starts[anchor] = last = page
    return starts


def _with_neighbours(
    documents: Sequence[Document],
) -> Iterator[tuple[Document | None, Document, Document | None]]:
    for index, document in enumerate(documents):
        before = documents[index - 1] if index else None
        after = documents[index + 1] if index + 1 < len(documents) else None
        yield before, document, after


def _pictures(blocks: Sequence[Block]) -> tuple[str, ...]:
    """Return the project paths of the pictures in ``blocks``, each once, in order."""
    return tuple(dict.fromkeys(figure.file for figure in figures(blocks) if figure.file))


def _outline(blocks: Sequence[Block]) -> Iterator[OutlineEntry]:
    """Yield what the list of links shows: titles of instruments and annexes, and headings 一、."""
    for block in blocks:
        if isinstance(block, Heading):
            if block.level == 2:
                yield OutlineEntry(plain(block.text).replace("\n", ""), block.anchor)
        elif isinstance(block, Instrument):
            yield OutlineEntry(block.title, block.anchor)
            yield from _outline(block.blocks)
        elif isinstance(block, Annex):
            yield OutlineEntry(f"{block.label}　{block.title}" if block.title else block.label, block.anchor)
