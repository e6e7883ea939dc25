"""The pages of the review server: the issues that are offered, their documents as they are now, comments and 阅签.

The addresses are those of the site, so that the pages of documents need no change: ``/2026/2/<slug>/``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.routing import Route

from liulin_gazette.desk.form import Form, FormError
from liulin_gazette.desk.media_types import media_type
from liulin_gazette.desk.review_desk.proof_page import proof_page
from liulin_gazette.desk.review_desk.review_answers import (
    ReviewSite,
    act,
    answer,
    around,
    moved,
    page,
    refused,
    view,
)
from liulin_gazette.desk.review_desk.review_guard import IS_ENTRY
from liulin_gazette.desk.snapshot import LiveContent, WholeIssue
from liulin_gazette.editing.review_acts import (
    add_comment,
    correct_comment,
    now_in_beijing,
    sign_off,
    withdraw_comment,
)
from liulin_gazette.editing.reviewers import Reviewer, read_reviewing
from liulin_gazette.model.issue_labels import issue_name
from liulin_gazette.model.reviewing import MOST_WORDS, Verdict
from liulin_gazette.rendering.template_errors import template_errors_named
from liulin_gazette.rendering.templates import read_templates
from liulin_gazette.review.commented_places import quoted_words
from liulin_gazette.review.proofing import proof_path
from liulin_gazette.review.review_summary import (
    DocumentReview,
    ReviewSummary,
    issue_digest,
    review_summary,
    reviewed_document,
)
from liulin_gazette.source.publication_records import RECORD_FILE
from liulin_gazette.source.review_files import read_review
from liulin_gazette.web import addresses

STYLES_AND_SCRIPTS = {
    "tokens.css": "tokens.css",
    "desk.css": "desk/desk.css",
    "review.css": "desk/review.css",
    "review_proof.css": "desk/review_proof.css",
    "review.js": "desk/review.js",
}
"""What ``/review/`` has, with the template of each."""
SITE_FILES = (addresses.STYLE, addresses.READER_SCRIPT, addresses.DOCUMENT_SCRIPT, addresses.ICON)
"""What ``/assets/`` has, beside the pictures of marks."""
PICTURES = (".svg", ".png", ".jpg", ".jpeg")
ASSETS = (".css", ".js", *PICTURES)
INDEX = "index.html"
ISSUE = "/{year}/{part}/"
DOCUMENT = "/{year}/{part}/{slug}/"


@dataclass(frozen=True, slots=True)
class Offered:
    """An issue that is offered for review."""

    name: str
    whole: WholeIssue

    @property
    def address(self) -> str:
        """Of its page: ``/2026/2/``."""
        return f"/{addresses.issue_page(self.whole.issue).removesuffix(INDEX)}"


@dataclass(frozen=True, slots=True)
class Reviewed:
    """An issue that is offered, with what has been said of it."""

    offered: Offered
    summary: ReviewSummary
    has_proof: bool
    """Whether there is a PDF of its last proof."""


def review_pages(root: Path, content: LiveContent) -> Starlette:
    """Return the web application for reviewers of what ``content`` has; it is to be put behind ``review_guarded``."""
    site = ReviewSite(root, content)

    async def not_found(request: Request, _error: Exception) -> Response:
        return await run_in_threadpool(refused, site, request, _missing())

    pages = Starlette(routes=_routes(site), exception_handlers={404: not_found, 405: not_found})
    pages.router.redirect_slashes = False  # What is not there is answered as such.
    return pages


def _routes(site: ReviewSite) -> list[Route]:
    def looked_at(path: str, endpoint: Callable[[ReviewSite, Request], Response]) -> Route:
        return view(site, path, lambda request, _: endpoint(site, request))

    def done(path: str, endpoint: Callable[[ReviewSite, Request, Reviewer, Form], Response]) -> Route:
        return act(site, path, lambda request, reviewer, form: endpoint(site, request, reviewer, form))

    return [
        looked_at("/", _home),
        looked_at("/review/{name}", _own_file),
        looked_at("/assets/{path:path}", _site_file),
        looked_at(ISSUE, _issue),
        looked_at(f"{ISSUE}proof.pdf", _proof),
        done(f"{ISSUE}sign", _sign_issue),
        looked_at(DOCUMENT, _document),
        done(f"{DOCUMENT}comment", _comment),
        done(f"{DOCUMENT}correct", _correct),
        done(f"{DOCUMENT}withdraw", _withdraw),
        done(f"{DOCUMENT}sign", _sign_document),
        looked_at(f"{ISSUE}{{path:path}}", _picture),
    ]


def _home(site: ReviewSite, request: Request) -> Response:
    if request.scope[IS_ENTRY]:
        return page(site, request, "review_entry")
    return page(site, request, "review_home", issues=_reviewed(site, _offered(site)), verdicts=tuple(Verdict))


def _issue(site: ReviewSite, request: Request) -> Response:
    issues = _reviewed(site, [_issue_of(site, request)])
    return page(site, request, "review_home", issues=issues, verdicts=tuple(Verdict))


def _document(site: ReviewSite, request: Request) -> Response:
    issue, own = _document_of(site, request)
    values = {
        **around(request),
        "offered": issue,
        "review": own,
        "most_words": MOST_WORDS,
        "verdicts": tuple(Verdict),
    }
    with template_errors_named(site.root):
        text = proof_page(issue.whole, own.slug, values)
    if text is None:
        raise _missing()
    return answer(text, request)


def _comment(site: ReviewSite, request: Request, reviewer: Reviewer, form: Form) -> Response:
    """Write a comment at the place chosen. Raises EditorError."""
    issue, own = _document_of(site, request)
    place = next((each for each in own.places if each.name == form.get("place")), None)
    if place is None:
        raise FormError("这一段刚刚改过，意见没有提交。", "回到上一页，复制写好的意见，刷新以后再选一次。")
    quoted = quoted_words(place, form.get("quoted"))
    now, words = now_in_beijing(), form["words"]
    name = add_comment(site.root, issue.name, reviewer.name, own.file, place.name, quoted, words, now)
    return moved(_at(request, f"comment-{reviewer.name}-{name}"), "意见已经提交。")


def _correct(site: ReviewSite, request: Request, reviewer: Reviewer, form: Form) -> Response:
    """Write other words into a comment of the reviewer's own. Raises EditorError."""
    issue, _ = _document_of(site, request)
    name, now = form["name"], now_in_beijing()
    correct_comment(site.root, issue.name, reviewer.name, name, form["digest"], form["words"], now)
    return moved(_at(request, f"comment-{reviewer.name}-{name}"), "意见改好了。")


def _withdraw(site: ReviewSite, request: Request, reviewer: Reviewer, form: Form) -> Response:
    """Remove a comment of the reviewer's own. Raises EditorError."""
    issue, _ = _document_of(site, request)
    withdraw_comment(site.root, issue.name, reviewer.name, form["name"], form["digest"])
    return moved(_at(request, "comments"), "意见收回了。")


def _sign_document(site: ReviewSite, request: Request, reviewer: Reviewer, form: Form) -> Response:
    issue, own = _document_of(site, request)
    return moved(_at(request, "sign"), _signed(site, issue, reviewer, own, form))


def _sign_issue(site: ReviewSite, request: Request, reviewer: Reviewer, form: Form) -> Response:
    issue = _issue_of(site, request)
    return moved(issue.address, _signed(site, issue, reviewer, None, form))


def _signed(
    site: ReviewSite, issue: Offered, reviewer: Reviewer, document: DocumentReview | None, form: Form
) -> str:
    """Write 阅签 of ``document``, or of the issue for None, as ``form`` has it; return what is told. Raises EditorError."""
    file, digest = (document.file, document.digest) if document else ("", issue_digest(issue.whole.folder))
    chosen = form["verdict"]
    verdict = next((each for each in Verdict if each.value == chosen), None)
    if chosen and verdict is None:
        raise FormError("网页送来的意见不对。", "刷新这一页，再做一次。")
    if verdict and form["read"] != digest:
        raise FormError(f"打开这一页以后，编辑又改过，没有记“{chosen}”。", "看过现在的样子再签。")
    sign_off(site.root, issue.name, reviewer.name, file, verdict, digest, now_in_beijing())
    what = "这份公文" if document else issue_name(issue.whole.issue)
    return f"记下了：{what}，{chosen}。" if verdict else f"{what}的阅签收回了。"


def _proof(site: ReviewSite, request: Request) -> Response:
    file = _last_proof(site.root, _issue_of(site, request).whole)
    if file is None:
        raise _missing()
    return FileResponse(file, media_type="application/pdf", filename=file.name)


def _picture(site: ReviewSite, request: Request) -> Response:
    """Return the picture of an issue; for the address of a page as the site links to it, where that page is."""
    issue, path = _issue_of(site, request), request.path_params["path"]
    if path == INDEX or path.endswith(f"/{INDEX}"):
        return RedirectResponse(quote(f"{issue.address}{path.removesuffix(INDEX)}"), 303)
    return _from_site(site, f"{issue.address[1:]}{path}", PICTURES)


def _site_file(site: ReviewSite, request: Request) -> Response:
    path = f"assets/{request.path_params['path']}"
    if path not in SITE_FILES and not path.startswith(addresses.MARKS):
        raise _missing()
    return _from_site(site, path, ASSETS)


def _from_site(site: ReviewSite, path: str, endings: tuple[str, ...]) -> Response:
    """Return the file of the site at ``path``, if it is of these types."""
    suffix = PurePosixPath(path).suffix.lower()
    asset = site.content.page(path) if suffix in endings else None
    if asset is None:
        raise _missing()
    return Response(asset.content, media_type=media_type(path.lower()))


def _own_file(site: ReviewSite, request: Request) -> Response:
    template = STYLES_AND_SCRIPTS.get(request.path_params["name"])
    if template is None:
        raise _missing()
    return Response(read_templates(site.root).read_bytes(template), media_type=media_type(template))


def _offered(site: ReviewSite) -> Iterator[Offered]:
    """Yield the issues that are offered, are not published, and can be read. Raises EditingError."""
    for name in sorted(read_reviewing(site.root).issues):
        whole = site.content.whole_issue(f"content/{name}")
        is_published = (site.root / "content" / name / RECORD_FILE).exists()
        if whole and not is_published and whole.issue.record is None:
            yield Offered(name, whole)


def _reviewed(site: ReviewSite, issues: Iterable[Offered]) -> list[Reviewed]:
    """Return ``issues`` with what has been said of them: only a page that shows it asks, since all of it is read."""
    return [
        Reviewed(
            each,
            review_summary(read_review(site.root, each.name), each.whole.issue, each.whole.folder),
            has_proof=_last_proof(site.root, each.whole) is not None,
        )
        for each in issues
    ]


def _last_proof(root: Path, whole: WholeIssue) -> Path | None:
    output = (root / "output").resolve()
    file = output / proof_path(whole.issue)
    return file if file.is_file() and file.resolve() == file else None


def _issue_of(site: ReviewSite, request: Request) -> Offered:
    """Return the offered issue that the address names. Raises HTTPException, EditingError."""
    address = f"/{request.path_params['year']}/{request.path_params['part']}/"
    found = next((each for each in _offered(site) if each.address == address), None)
    if found is None:
        raise _missing()
    return found


def _document_of(site: ReviewSite, request: Request) -> tuple[Offered, DocumentReview]:
    """Return the document of an offered issue that the address names, and the issue. Raises HTTPException, EditingError."""
    issue, slug = _issue_of(site, request), request.path_params["slug"]
    whole = issue.whole
    text = next((each for each in whole.issue.full_texts if each.slug == slug), None)
    if text is None:
        raise _missing()
    return issue, reviewed_document(read_review(site.root, issue.name), whole.issue, text, whole.folder)


def _at(request: Request, fragment: str) -> str:
    """Return the address of the document on which ``request`` acts, at ``fragment``."""
    return f"{request.url.path.rpartition('/')[0]}/#{quote(fragment)}"


def _missing() -> HTTPException:
    return HTTPException(404)
