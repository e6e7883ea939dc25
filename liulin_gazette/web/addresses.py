"""Addresses of the site. Once published they never change."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from urllib.parse import quote

from liulin_gazette.model import Document, Issue, Publication

HOME = "index.html"
NOT_FOUND = "404.html"
STYLE = "assets/site.css"
READER_SCRIPT = "assets/reader.js"
SEARCH_SCRIPT = "assets/search.js"
SEARCH = "search/index.html"
ISSUERS = "issuers/index.html"
REGISTER = "register/index.html"
CONTACTS = "contacts/index.html"
ICON = "assets/icon.svg"


def issue_page(issue: Issue) -> str:
    """``2026/1/index.html``."""
    return f"{issue.year}/{issue.number}/index.html"


def issue_pdf(issue: Issue) -> str:
    """``2026/1/liulin-gazette-2026-1.pdf``: the reading edition."""
    return f"{issue.year}/{issue.number}/liulin-gazette-{issue.name}.pdf"


def document_page(issue: Issue, document: Document) -> str:
    """``2026/1/liu-zheng-ban-fa-2026-3/index.html``."""
    return f"{issue.year}/{issue.number}/{document.slug}/index.html"


def document_pdf(issue: Issue, document: Document) -> str:
    """``2026/1/liu-zheng-ban-fa-2026-3/liu-zheng-ban-fa-2026-3.pdf``."""
    return f"{issue.year}/{issue.number}/{document.slug}/{document.slug}.pdf"


def figure_file(issue: Issue, document: Document, file: str) -> str:
    """Return where the picture at the project path ``file`` stands: beside its document's page."""
    return f"{issue.year}/{issue.number}/{document.slug}/{posixpath.basename(file)}"


def absolute(publication: Publication, path: str) -> str:
    """Return the public address of the file ``path``; that of a page ends in its folder."""
    return publication.site_url + quote(path.removesuffix("index.html"))


def relative(path: str, page: str) -> str:
    """Return the link from ``page`` to the file ``path``."""
    return quote(posixpath.relpath(path, posixpath.dirname(page) or "."))


@dataclass(frozen=True, slots=True)
class Links:
    """The links of one page, as its template asks for them."""

    page: str

    def home(self) -> str:
        """Lead to the newest issue and the archive."""
        return relative(HOME, self.page)

    def to(self, path: str) -> str:
        """Lead to the file ``path``."""
        return relative(path, self.page)

    def root(self) -> str:
        """Lead to the folder of the site: empty, or ``../`` and the like."""
        return "../" * self.page.count("/")

    def style(self) -> str:
        """Lead to the style sheet."""
        return relative(STYLE, self.page)

    def icon(self) -> str:
        """Lead to the icon of the site."""
        return relative(ICON, self.page)

    def issue(self, issue: Issue) -> str:
        """Lead to the page of an issue."""
        return relative(issue_page(issue), self.page)

    def issue_pdf(self, issue: Issue) -> str:
        """Lead to the reading edition of an issue."""
        return relative(issue_pdf(issue), self.page)

    def document(self, issue: Issue, document: Document) -> str:
        """Lead to the page of a document."""
        return relative(document_page(issue, document), self.page)

    def document_pdf(self, issue: Issue, document: Document) -> str:
        """Lead to the PDF file of a document alone."""
        return relative(document_pdf(issue, document), self.page)
