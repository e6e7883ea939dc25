"""The screens of reviewing: who may review what and where, and what has been said of an issue."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from liulin_gazette.desk.desk_session import Desk
from liulin_gazette.desk.form import Form, FormError
from liulin_gazette.desk.guards.request_guard import LOOPBACK
from liulin_gazette.desk.issue_folder import is_published, issue_of, shown_name
from liulin_gazette.desk.issue_reviews import issue_review
from liulin_gazette.desk.review_desk.review_server import PORT, Binding, links, own_addresses
from liulin_gazette.desk.screen import act, missing, moved, page, view
from liulin_gazette.editing.review_acts import handle_comment, now_in_beijing
from liulin_gazette.editing.reviewers import add_reviewer, offer_issue, read_reviewing, withdraw_reviewer
from liulin_gazette.source.file_names import is_portable
from liulin_gazette.source.folder import issue_folders
from liulin_gazette.text.issue_name_form import ISSUE_NAME

ADDRESS = "/review/"
_PORTS = range(1024, 65_536)


@dataclass(frozen=True, slots=True)
class ShownReviewer:
    """A reviewer as the screen lists them."""

    name: str
    links: tuple[str, ...]
    """To send; none while the server is closed."""


@dataclass(frozen=True, slots=True)
class OfferedIssue:
    """An unpublished issue as the screen lists it."""

    name: str
    words: str
    is_offered: bool


def routes(desk: Desk) -> list[Route]:
    """Return the routes of the screens of reviewing."""
    return [
        view(desk, ADDRESS, lambda request: _reviewing(desk, request)),
        act(desk, f"{ADDRESS}open", lambda request, form: _open(desk, request, form)),
        act(desk, f"{ADDRESS}close", lambda request, form: _close(desk, request, form)),
        act(desk, f"{ADDRESS}add", lambda request, form: _add(desk, request, form)),
        act(desk, f"{ADDRESS}withdraw", lambda request, form: _withdraw(desk, request, form)),
        act(desk, f"{ADDRESS}offer", lambda request, form: _offer(desk, request, form)),
        view(desk, "/issues/{folder}/review/", lambda request: _comments(desk, request)),
        act(desk, "/issues/{folder}/review/handle", lambda request, form: _handle(desk, request, form)),
    ]


def _reviewing(desk: Desk, request: Request) -> Response:
    reviewing = read_reviewing(desk.root)
    names = [folder.rpartition("/")[2] for folder in issue_folders(desk.root)]
    return page(
        desk,
        request,
        "reviewing",
        server=desk.review,
        own_addresses=own_addresses(),
        loopback=LOOPBACK,
        port=PORT,
        reviewers=[
            ShownReviewer(each.name, links(desk.review.addresses, each)) for each in reviewing.reviewers
        ],
        issues=[
            OfferedIssue(name, shown_name(name), name in reviewing.issues)
            for name in reversed(names)
            if ISSUE_NAME.fullmatch(name) and not is_published(desk, name)
        ],
    )


def _open(desk: Desk, request: Request, form: Form) -> Response:
    """Open the review server at one of this machine's addresses. Raises EditorError."""
    address, port = form["address"], form["port"]
    if address not in (LOOPBACK, *own_addresses()):
        raise FormError("这不是这台计算机的地址。", "刷新这一页，再选一次。")
    if not (port.isascii() and port.isdigit() and len(port) < 6 and int(port) in _PORTS):
        raise FormError(f"端口是 {_PORTS[0]} 到 {_PORTS[-1]} 的数。", f"不知道写什么的，写 {PORT}。")
    desk.review.open(Binding(address, int(port)))
    return moved(request, ADDRESS, f"审阅打开了：{desk.review.addresses[0]}")


def _close(desk: Desk, request: Request, _: Form) -> Response:
    desk.review.close()
    return moved(request, ADDRESS, "审阅关了：发出的网址现在打不开，意见都在。")


def _add(desk: Desk, request: Request, form: Form) -> Response:
    reviewer = add_reviewer(desk.root, form["name"])
    return moved(request, ADDRESS, f"可以把网址发给{reviewer.name}了。")


def _withdraw(desk: Desk, request: Request, form: Form) -> Response:
    withdraw_reviewer(desk.root, form["name"])
    return moved(request, ADDRESS, f"{form['name']}的网址收回了，已经打开的也不能再看；写过的意见都在。")


def _offer(desk: Desk, request: Request, form: Form) -> Response:
    name, is_offered = form["issue"], form.get("offered") == "yes"
    if f"content/{name}" not in issue_folders(desk.root) or not ISSUE_NAME.fullmatch(name):
        raise missing()
    offer_issue(desk.root, name, is_offered)
    told = "送审了：有网址的人都能看这一期。" if is_offered else "不再送审：有网址的人看不到这一期了。"
    return moved(request, ADDRESS, f"{shown_name(name)}{told}")


def _comments(desk: Desk, request: Request) -> Response:
    name = issue_of(desk, request)
    summary = issue_review(desk, name)
    return page(desk, request, "issue_review", folder=name, name=shown_name(name), review=summary)


def _handle(desk: Desk, request: Request, form: Form) -> Response:
    """Close a comment, or open it again. Raises EditorError."""
    name, document = issue_of(desk, request), form.get("back")
    is_closing = form["handled"] == "yes"
    handled = now_in_beijing() if is_closing else None
    handle_comment(desk.root, name, form["reviewer"], form["name"], form["digest"], handled)
    is_document = document.endswith(".md") and is_portable(document)
    back = f"documents/{document.removesuffix('.md')}/" if is_document else "review/"
    told = "已处理" if is_closing else "重新打开"
    return moved(request, f"/issues/{name}/{back}", f"{form['reviewer']}的意见：{told}。")
