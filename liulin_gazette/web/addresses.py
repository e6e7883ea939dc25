"""Paths of the site's files, relative to its folder, and the links between them. Once published they never change."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from urllib.parse import quote

from liulin_gazette.model.document import Document
from liulin_gazette.model.gazette import Gazette
from liulin_gazette.model.publication import Issue

HOME = "index.html"
NOT_FOUND = "404.html"
STYLE = "assets/site.css"
READER_SCRIPT = "assets/reader.js"
DOCUMENT_SCRIPT = "assets/document.js"
OFFLINE = "offline.js"
"""The service worker, at the root of the site, since it reaches no further up than its own folder."""
SEARCH_SCRIPT = "assets/search.js"
VERIFY_SCRIPT = "assets/verify.js"
DIGESTS = "assets/digests"
ICON = "assets/icon.svg"
WEB_MANIFEST = "gazette.webmanifest"
"""At the root of the site, since its addresses are relative to it; ``MANIFEST`` is the list of digests."""
SEARCH = "search/index.html"
ISSUERS = "issuers/index.html"
TYPES = "kinds/index.html"
"""The pages by 文种."""
TOPICS = "topics/index.html"
SECTIONS = "sections/index.html"
"""The pages by 栏目."""
FEEDS = "feeds/index.html"
"""The list of all feeds, with what the feed of all documents has."""
MAIL_MERGE = "feeds/mail.csv"
"""Letters about the newest issue, for the mail merge of the office."""
REGISTER = "register/index.html"
CONTACTS = "contacts/index.html"
CHANGES = "changes/index.html"
CHANGES_FEED = "changes/feed.xml"
DATA = "data/index.html"
VERIFY = "verify/index.html"
MARKS = "assets/marks/"
"""The folder of the pictures of marks in the footer."""
SITE_MAP = "map/index.html"
ACCESSIBILITY = "accessibility/index.html"
ISSUES_JSON = "issues.json"
DOCUMENTS_CSV = "documents.csv"
ATOM = "feed.xml"
RSS = "rss.xml"
OPEN_SEARCH = "opensearch.xml"
MANIFEST = "manifest.json"


def issue_page(issue: Issue) -> str:
    """Return the path of an issue's page: ``2026/1/index.html``."""
    return f"{issue.year}/{issue.part}/index.html"


def year_page(year: int) -> str:
    """Return the path of the index of a year (总目录): ``2026/index.html``."""
    return f"{year}/index.html"


def issue_pdf(issue: Issue) -> str:
    """Return the path of an issue's reading edition: ``2026/1/liulin-gazette-2026-1.pdf``."""
    return f"{issue.year}/{issue.part}/{issue.stem}.pdf"


def issue_json(issue: Issue) -> str:
    """Return the path of an issue's data: ``2026/1/liulin-gazette-2026-1.json``."""
    return f"{issue.year}/{issue.part}/{issue.stem}.json"


def issue_zip(issue: Issue) -> str:
    """Return the path of an issue's ZIP of PDFs, texts and data: ``2026/1/liulin-gazette-2026-1.zip``."""
    return f"{issue.year}/{issue.part}/{issue.stem}.zip"


def issue_epub(issue: Issue) -> str:
    """Return the path of an issue as EPUB: ``2026/1/liulin-gazette-2026-1.epub``."""
    return f"{issue.year}/{issue.part}/{issue.stem}.epub"


def issue_ofd(issue: Issue) -> str:
    """Return the path of an issue as OFD: ``2026/1/liulin-gazette-2026-1.ofd``."""
    return f"{issue.year}/{issue.part}/{issue.stem}.ofd"


def issue_large_print(issue: Issue) -> str:
    """Return the path of an issue in large print: ``2026/1/liulin-gazette-2026-1-large-print.pdf``."""
    return f"{issue.year}/{issue.part}/{issue.stem}-large-print.pdf"


def issue_poster(issue: Issue) -> str:
    """Return the path of the poster of an issue: ``2026/1/liulin-gazette-2026-1-poster.pdf``."""
    return f"{issue.year}/{issue.part}/{issue.stem}-poster.pdf"


def year_zip(issue: Issue) -> str:
    """Return the path of the ZIP of the data of the year of ``issue``: ``data/bulk/liulin-gazette-2026.zip``."""
    return f"data/bulk/{issue.prefix}-{issue.year}.zip"


def whole_zip(issue: Issue) -> str:
    """Return the path of the ZIP of the data of all years, of which ``issue`` is one: ``data/bulk/liulin-gazette-all.zip``."""
    return f"data/bulk/{issue.prefix}-all.zip"


def cover_picture(issue: Issue) -> str:
    """Return the path of the small picture of an issue's cover, which exists only where it has a PDF: ``2026/1/cover.png``."""
    return f"{issue.year}/{issue.part}/cover.png"


def share_picture(issue: Issue, document: Document | None = None) -> str:
    """Return the path of the picture that a shared link to ``issue``, or to ``document`` in it, shows.

    It exists only where they have a PDF and the address of the site is stated: ``2026/1/share.png``.
    """
    return _beside(issue, document, "share.png") if document else f"{issue.year}/{issue.part}/share.png"


def document_page(issue: Issue, document: Document) -> str:
    """Return the path of a document's page: ``2026/1/liu-zheng-ban-fa-2026-3/index.html``."""
    return f"{issue.year}/{issue.part}/{document.slug}/index.html"


def document_pdf(issue: Issue, document: Document) -> str:
    """Return the path of a document's PDF: ``2026/1/liu-zheng-ban-fa-2026-3/liu-zheng-ban-fa-2026-3.pdf``."""
    return _beside(issue, document, f"{document.slug}.pdf")


def document_json(issue: Issue, document: Document) -> str:
    """Return the path of a document's data: ``2026/1/liu-zheng-ban-fa-2026-3/liu-zheng-ban-fa-2026-3.json``."""
    return _beside(issue, document, f"{document.slug}.json")


def document_xml(issue: Issue, document: Document) -> str:
    """Return the path of a document as Akoma Ntoso: ``2026/1/liu-zheng-ban-fa-2026-3/liu-zheng-ban-fa-2026-3.xml``."""
    return _beside(issue, document, f"{document.slug}.xml")


def document_docx(issue: Issue, document: Document) -> str:
    """Return the path of a document as a Word file: ``2026/1/liu-zheng-ban-fa-2026-3/liu-zheng-ban-fa-2026-3.docx``."""
    return _beside(issue, document, f"{document.slug}.docx")


def document_ofd(issue: Issue, document: Document) -> str:
    """Return the path of a document as OFD: ``2026/1/liu-zheng-ban-fa-2026-3/liu-zheng-ban-fa-2026-3.ofd``."""
    return _beside(issue, document, f"{document.slug}.ofd")


def document_calendar(issue: Issue, document: Document) -> str:
    """Return the path of a document's calendar, which exists only where the document has 日程.

    ``2026/1/liu-zheng-ban-fa-2026-3/liu-zheng-ban-fa-2026-3.ics``.
    """
    return _beside(issue, document, f"{document.slug}.ics")


def comparison_page(issue: Issue, document: Document) -> str:
    """Return the path of the page that has a document beside the text before it: ``2028/1/liu-zheng-ban-fa-2028-1/compare/index.html``."""
    return _beside(issue, document, "compare/index.html")


def figure_file(issue: Issue, document: Document, file: str) -> str:
    """Return the path of the picture whose project path is ``file``: beside its document's page."""
    return _beside(issue, document, posixpath.basename(file))


def issue_picture(issue: Issue, file: str) -> str:
    """Return the path of the picture of ``issue`` itself whose project path is ``file``: 2026/1/pictures/1.jpg."""
    return f"{issue.year}/{issue.part}/pictures/{posixpath.basename(file)}"


def schema(name: str) -> str:
    """Return the path of the JSON Schema ``name``: ``data/schemas/document.schema.json``."""
    return f"data/schemas/{name}.schema.json"


def icon(size: int) -> str:
    """Return the path of the icon as PNG, ``size`` px wide: ``assets/icon-192.png``."""
    return f"assets/icon-{size}.png"


def mark_picture(name: str) -> str:
    """Return the path of the picture ``name`` of a mark in the footer (网站标识): ``assets/marks/dangzheng.png``."""
    return MARKS + name


def _beside(issue: Issue, document: Document, name: str) -> str:
    return f"{issue.year}/{issue.part}/{document.slug}/{name}"


def below(page: str, *parts: str) -> str:
    """Return the path of the page in the subfolder ``parts`` of ``page``: ``issuers/liu-lin-xian/index.html``."""
    return posixpath.join(posixpath.dirname(page), *parts, "index.html")


def feed_of(page: str) -> str:
    """Return the path of the Atom feed of the list on ``page``."""
    return posixpath.join(posixpath.dirname(page), ATOM)


def absolute(gazette: Gazette, path: str) -> str:
    """Return the public URL of the file ``path``; the URL of a page is that of its folder."""
    return gazette.site_url + quote(path.removesuffix("index.html"))


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

    def is_below(self, list_page: str) -> bool:
        """Return whether the page is the list ``list_page`` or in a folder below it."""
        return self.page.startswith(list_page.removesuffix("index.html"))

    def root(self) -> str:
        """Return the link to the folder of the site: empty, ``../``, ``../../`` and so on."""
        return "../" * self.page.count("/")

    def issue(self, issue: Issue) -> str:
        """Return the link to the page of an issue."""
        return relative(issue_page(issue), self.page)

    def issue_pdf(self, issue: Issue) -> str:
        """Return the link to the reading edition of an issue."""
        return relative(issue_pdf(issue), self.page)

    def cover_picture(self, issue: Issue) -> str:
        """Return the link to the picture of an issue's cover."""
        return relative(cover_picture(issue), self.page)

    def issue_zip(self, issue: Issue) -> str:
        """Return the link to the ZIP of an issue."""
        return relative(issue_zip(issue), self.page)

    def issue_picture(self, issue: Issue, file: str) -> str:
        """Return the link to a picture of the issue itself, whose project path is ``file``."""
        return relative(issue_picture(issue, file), self.page)

    def document(self, issue: Issue, document: Document) -> str:
        """Return the link to the page of a document."""
        return relative(document_page(issue, document), self.page)

    def document_pdf(self, issue: Issue, document: Document) -> str:
        """Return the link to the PDF of a single document."""
        return relative(document_pdf(issue, document), self.page)

    def document_json(self, issue: Issue, document: Document) -> str:
        """Return the link to the data of a document."""
        return relative(document_json(issue, document), self.page)

    def document_xml(self, issue: Issue, document: Document) -> str:
        """Return the link to a document as Akoma Ntoso."""
        return relative(document_xml(issue, document), self.page)

    def document_calendar(self, issue: Issue, document: Document) -> str:
        """Return the link to the calendar of a document."""
        return relative(document_calendar(issue, document), self.page)
