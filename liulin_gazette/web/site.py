"""The public site: a pure function from the publication to its files."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment

from liulin_gazette.asset import Asset
from liulin_gazette.model import (
    Annex,
    Block,
    Document,
    Heading,
    Instrument,
    Issue,
    Publication,
    figures,
    plain,
)
from liulin_gazette.qr import qr_data_uri
from liulin_gazette.templating import environment
from liulin_gazette.web import addresses
from liulin_gazette.web.addresses import Links

OUTLINE_FROM = 4
"""A document with this many entries in its outline shows them as a list of links."""
STYLE_SHEETS = ("tokens.css", "site/site.css")


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """A line of the list of links at the head of a long document."""

    text: str
    anchor: str


def render_site(
    publication: Publication, templates: Path, read_bytes: Callable[[str], bytes]
) -> Iterator[Asset]:
    """Yield every file of the site but the PDFs, paths relative to the site's folder.

    ``read_bytes`` returns the content of the file at a project path; it is called for pictures only.
    """
    pages = _Pages(publication, environment(templates))
    yield pages.home()
    for index, issue in enumerate(publication.issues):
        yield pages.issue(index)
        for before, document, after in _with_neighbours(issue.documents):
            yield pages.document(issue, document, before, after)
            for file in _pictures(document.blocks):
                yield Asset(addresses.figure_file(issue, document, file), read_bytes(file))
    yield pages.not_found()
    yield pages.sitemap()
    yield pages.robots()
    style = b"\n".join((templates / name).read_bytes() for name in STYLE_SHEETS)
    yield Asset(addresses.STYLE, style)
    yield Asset(addresses.ICON, (templates / "site/icon.svg").read_bytes())


@dataclass(frozen=True, slots=True)
class _Pages:
    publication: Publication
    environment: Environment

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
        return self._page(
            "document",
            path,
            issue=issue,
            document=document,
            before=before,
            after=after,
            outline=outline if len(outline) >= OUTLINE_FROM else (),
            figures={
                file: addresses.relative(addresses.figure_file(issue, document, file), path)
                for file in _pictures(document.blocks)
            },
            qr=qr_data_uri(addresses.absolute(self.publication, path)),
        )

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
            url=addresses.absolute(self.publication, path),
            **values,
        )

    def _asset(self, path: str, template: str, **values: object) -> Asset:
        return Asset(path, self.environment.get_template(template).render(**values).encode())


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
