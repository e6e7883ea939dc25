"""Paths of the site's files, relative to its folder, and the links between them. Once published they never change."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from urllib.parse import quote

from liulin_gazette.model.publication import Document, Issue, Publication

HOME = "index.html"
NOT_FOUND = "404.html"
STYLE = "assets/site.css"
READER_SCRIPT = "assets/reader.js"
SEARCH_SCRIPT = "assets/search.js"
VERIFY_SCRIPT = "assets/verify.js"
DIGESTS = "assets/digests"
ICON = "assets/icon.svg"
SEARCH = "search/index.html"
ISSUERS = "issuers/index.html"
KINDS = "kinds/index.html"
TOPICS = "topics/index.html"
REGISTER = "register/index.html"
CONTACTS = "contacts/index.html"
DATA = "data/index.html"
VERIFY = "verify/index.html"
ISSUES_JSON = "issues.json"
DOCUMENTS_CSV = "documents.csv"
ATOM = "feed.xml"
RSS = "rss.xml"
OPEN_SEARCH = "opensearch.xml"
MANIFEST = "manifest.json"


def issue_page(issue: Issue) -> str:
    """Return the path of an issue's page: ``2026/1/index.html``."""
    return f"{issue.year}/{issue.number}/index.html"


def issue_pdf(issue: Issue) -> str:
    """Return the path of an issue's reading edition: ``2026/1/liulin-gazette-2026-1.pdf``."""
    return f"{issue.year}/{issue.number}/{issue.stem}.pdf"


def issue_json(issue: Issue) -> str:
    """Return the path of an issue's data: ``2026/1/liulin-gazette-2026-1.json``."""
    return f"{issue.year}/{issue.number}/{issue.stem}.json"


def issue_zip(issue: Issue) -> str:
    """Return the path of an issue's ZIP of PDFs, texts and data: ``2026/1/liulin-gazette-2026-1.zip``."""
    return f"{issue.year}/{issue.number}/{issue.stem}.zip"


def document_page(issue: Issue, document: Document) -> str:
    """Return the path of a document's page: ``2026/1/liu-zheng-ban-fa-2026-3/index.html``."""
    return f"{issue.year}/{issue.number}/{document.slug}/index.html"


def document_pdf(issue: Issue, document: Document) -> str:
    """Return the path of a document's PDF: ``2026/1/liu-zheng-ban-fa-2026-3/liu-zheng-ban-fa-2026-3.pdf``."""
    return _beside(issue, document, f"{document.slug}.pdf")


def document_json(issue: Issue, document: Document) -> str:
    """Return the path of a document's data: ``2026/1/liu-zheng-ban-fa-2026-3/liu-zheng-ban-fa-2026-3.json``."""
    return _beside(issue, document, f"{document.slug}.json")


def document_calendar(issue: Issue, document: Document) -> str:
    """Return the path of a document's calendar, which exists only where the document has 日程.

    ``2026/1/liu-zheng-ban-fa-2026-3/liu-zheng-ban-fa-2026-3.ics``.
    """
    return _beside(issue, document, f"{document.slug}.ics")


def figure_file(issue: Issue, document: Document, file: str) -> str:
    """Return the path of the picture whose project path is ``file``: beside its document's page."""
    return _beside(issue, document, posixpath.basename(file))


def _beside(issue: Issue, document: Document, name: str) -> str:
    return f"{issue.year}/{issue.number}/{document.slug}/{name}"


def below(page: str, *parts: str) -> str:
    """Return the path of the page in the subfolder ``parts`` of ``page``: ``issuers/liu-lin-xian/index.html``."""
    return posixpath.join(posixpath.dirname(page), *parts, "index.html")


def feed_of(page: str) -> str:
    """Return the path of the Atom feed of the list on ``page``."""
    return posixpath.join(posixpath.dirname(page), ATOM)


def absolute(publication: Publication, path: str) -> str:
    """Return the public URL of the file ``path``; the URL of a page is that of its folder."""
    return publication.site_url + quote(path.removesuffix("index.html"))


def relative(path: str, page: str) -> str:
    """Return the relative URL that leads from ``page`` to the file ``path``."""
    target, folder = path.split("/"), page.split("/")[:-1]
    shared = 0
    while shared < min(len(target) - 1, len(folder)) and target[shared] == folder[shared]:
        shared += 1
    return quote("/".join([".."] * (len(folder) - shared) + target[shared:]))


@dataclass(frozen=True, slots=True)
class Links:
    """Relative URLs for the template of one page."""

    page: str

    def home(self) -> str:
        """Return the link to the home page."""
        return relative(HOME, self.page)

    def to(self, path: str) -> str:
        """Return the link to the file ``path``."""
        return relative(path, self.page)

    def root(self) -> str:
        """Return the link to the folder of the site: empty, ``../``, ``../../`` and so on."""
        return "../" * self.page.count("/")

    def issue(self, issue: Issue) -> str:
        """Return the link to the page of an issue."""
        return relative(issue_page(issue), self.page)

    def issue_pdf(self, issue: Issue) -> str:
        """Return the link to the reading edition of an issue."""
        return relative(issue_pdf(issue), self.page)

    def issue_zip(self, issue: Issue) -> str:
        """Return the link to the ZIP of an issue."""
        return relative(issue_zip(issue), self.page)

    def document(self, issue: Issue, document: Document) -> str:
        """Return the link to the page of a document."""
        return relative(document_page(issue, document), self.page)

    def document_pdf(self, issue: Issue, document: Document) -> str:
        """Return the link to the PDF of a single document."""
        return relative(document_pdf(issue, document), self.page)

    def document_json(self, issue: Issue, document: Document) -> str:
        """Return the link to the data of a document."""
        return relative(document_json(issue, document), self.page)

    def document_calendar(self, issue: Issue, document: Document) -> str:
        """Return the link to the calendar of a document."""
        return relative(document_calendar(issue, document), self.page)
