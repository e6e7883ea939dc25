"""The review server: what a reviewer can do with a key, and that nothing else can be done with it, or without one."""

from __future__ import annotations

import itertools
import re
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from starlette.routing import Route
from starlette.testclient import TestClient

from liulin_gazette.desk.application import SCREENS, application
from liulin_gazette.desk.desk_session import open_desk
from liulin_gazette.desk.guards.session_keys import Keys
from liulin_gazette.desk.review_desk import review_pages
from liulin_gazette.desk.review_desk.review_guard import (
    PERIOD,
    Rates,
    session_of,
)
from liulin_gazette.editing.review_acts import sign_off
from liulin_gazette.editing.reviewers import add_reviewer, offer_issue, withdraw_reviewer
from liulin_gazette.model.reviewing import MOST_COMMENTS, MOST_WORDS, IssueReview, Verdict
from liulin_gazette.source.review_files import read_review
from tests.conftest import publish
from tests.desk.conftest import ADDRESS as DESK_ADDRESS
from tests.desk.conftest import PORT as DESK_PORT
from tests.desk.conftest import DeskClient
from tests.desk.reviewing import ADDRESS, DOCUMENT, ReviewClient, open_review

NOW = datetime(2026, 3, 5, 9, 30)
HOSTILE = '<script>alert(1)</script>"\'><img src=x onerror=alert(2)>{{ 7 * 7 }}{% raw %}\u202e\u0000]]>\n"""\n[[阅签]]'


@pytest.fixture
def review(project: Path) -> ReviewClient:
    return open_review(project)


def place_of(review: ReviewClient, words: str) -> str:
    """The value of the choice of a paragraph with ``words``."""
    found = re.search(rf'<option value="([^"]+)">[^<]*{words}', review.get(DOCUMENT).text)
    assert found
    return found[1]


def comment(review: ReviewClient, words: str = "“认真”改为“严格”。", place: str | None = None) -> Any:
    place = place_of(review, "请认真执行") if place is None else place
    return review.post(f"{DOCUMENT}comment", {"place": place, "words": words, "quoted": ""})


def test_a_reviewer_comments_corrects_and_takes_back(review: ReviewClient) -> None:
    answer = comment(review)
    assert answer.status_code == 303 and answer.headers["location"].startswith(f"{DOCUMENT}#comment-")
    (written,) = review.comments
    assert (written.reviewer, written.document, written.quoted) == ("王局长", "01.md", "请认真执行。")
    text = review.get(DOCUMENT).text
    assert "“认真”改为“严格”。" in text and f'href="#{written.place}"' in text
    fields = {"name": written.name, "digest": written.digest}
    assert review.post(f"{DOCUMENT}correct", {**fields, "words": "删去“认真”。"}).status_code == 303
    (corrected,) = review.comments
    assert corrected.words == "删去“认真”。" and corrected.place == written.place
    assert "刚刚改过" in review.post(f"{DOCUMENT}withdraw", fields).text
    assert review.post(f"{DOCUMENT}withdraw", {**fields, "digest": corrected.digest}).status_code == 303
    assert review.comments == () and not (review.root / "content/2026-1/审阅").exists()


def test_a_reviewer_signs_what_was_read(review: ReviewClient) -> None:
    def read(path: str) -> str:
        found = re.search(r'name="read" value="([0-9a-f]{64})"', review.get(path).text)
        assert found
        return found[1]

    for path, words in ((DOCUMENT, "同意"), ("/2026/1/", "已阅")):
        assert review.post(f"{path}sign", {"verdict": words, "read": "0" * 64}).status_code == 422
        assert review.post(f"{path}sign", {"verdict": "不同意", "read": read(path)}).status_code == 422
        assert review.post(f"{path}sign", {"verdict": words, "read": read(path)}).status_code == 303
    signed = read_review(review.root, "2026-1").sign_offs
    assert [(each.document, each.verdict.value) for each in signed] == [("", "已阅"), ("01.md", "同意")]
    assert "签后又改过" not in review.get(DOCUMENT).text
    file = review.root / "content/2026-1/01.md"
    file.write_text(file.read_text("utf-8").replace("请认真执行", "请严格执行"), "utf-8")
    review.content.refresh()
    assert "签后又改过" in review.get(DOCUMENT).text and "签后又改过" in review.get("/").text
    assert review.post(f"{DOCUMENT}sign", {"verdict": "", "read": ""}).status_code == 303
    assert [each.document for each in read_review(review.root, "2026-1").sign_offs] == [""]


def test_words_that_are_gone_are_told(review: ReviewClient) -> None:
    comment(review)
    file = review.root / "content/2026-1/01.md"
    text = file.read_text("utf-8")
    file.write_text(text.replace("请认真执行。", "各村：\n\n请认真执行。"), "utf-8")
    review.content.refresh()
    assert "原文已改" not in review.get(DOCUMENT).text
    file.write_text(text.replace("请认真执行。", "请严格执行。"), "utf-8")
    review.content.refresh()
    assert "原文已改" in review.get(DOCUMENT).text


def test_sign_offs_of_an_issue_that_cannot_be_read_are_shown(
    review: ReviewClient, desk_client: DeskClient
) -> None:
    signed, other = "content/2026-9/审阅/王局长/阅签.toml", "content/2026-9/02.md"
    (review.root / signed).parent.mkdir(parents=True)
    (review.root / other).write_text("没有文首", "utf-8")
    sign_off(review.root, "2026-9", "王局长", "", Verdict.AGREED, "0" * 64, NOW)
    digest = sha256("没有文首".encode()).hexdigest()
    sign_off(review.root, "2026-9", "王局长", "02.md", Verdict.READ, digest, NOW)
    shown = desk_client.get("/issues/2026-9/review/").text
    whole, _, document = shown.partition(">02.md<")
    assert "同意" in whole and "签后又改过" in whole and "还没有意见" not in shown
    assert "已阅" in document and "签后又改过" not in document


def test_hostile_words_stay_words(review: ReviewClient) -> None:
    assert comment(review, HOSTILE).status_code == 303
    (written,) = review.comments
    assert "\0" not in written.words and "\u202e" not in written.words and "{{ 7 * 7 }}" in written.words
    text = review.get(DOCUMENT).text
    assert "<script>alert" not in text and "<img src=x" not in text and "&lt;script&gt;alert(1)" in text
    assert "{{ 7 * 7 }}" in text
    desk = open_desk(review.root, DESK_PORT)
    desk.content.refresh()
    client = TestClient(application(desk, Keys(lambda _: None)), base_url=DESK_ADDRESS)
    client.cookies.set(desk.access.cookie, desk.access.session)
    for path in ("/issues/2026-1/review/", "/issues/2026-1/documents/01/", "/issues/2026-1/"):
        shown = client.get(path).text
        assert "<script>alert" not in shown and "<img src=x" not in shown


def test_words_have_bounds(review: ReviewClient) -> None:
    assert comment(review, "字" * MOST_WORDS).status_code == 303
    for words in ("字" * (MOST_WORDS + 1), "", " \n\u200b"):
        assert comment(review, words).status_code == 422
    assert comment(review, "字", place="no-such-place").status_code == 422
    assert comment(review, "字" * 30_000).status_code == 413
    assert len(review.comments) == 1


def test_no_more_comments_than_may_be(review: ReviewClient) -> None:
    folder = review.root / "content/2026-1/审阅/王局长"
    folder.mkdir(parents=True)
    for number in range(MOST_COMMENTS):
        (folder / f"{number + 1:03}.toml").write_bytes(b"")
    assert "最多 500 条" in comment(review).text


def test_no_file_is_taken(review: ReviewClient) -> None:
    place = place_of(review, "请认真执行")
    answer = review.post(
        f"{DOCUMENT}comment", {"place": place, "words": "见附件"}, files={"file": ("a.docx", b"PK")}
    )
    assert "不接收文件" in answer.text and review.comments == ()


def test_another_s_comment_is_not_touched(review: ReviewClient) -> None:
    comment(review)
    (written,) = review.comments
    other = open_review(review.root, "李主任")
    fields = {"name": written.name, "digest": written.digest, "words": "改掉", "reviewer": "王局长"}
    for way in ("correct", "withdraw"):
        assert other.post(f"{DOCUMENT}{way}", fields).status_code == 422
    assert review.comments == (written,)
    assert "改、收回" not in other.get(DOCUMENT).text and "改、收回" in review.get(DOCUMENT).text


def test_a_closed_comment_stays(review: ReviewClient, desk_client: DeskClient) -> None:
    comment(review)
    (written,) = review.comments
    sent = {"reviewer": "王局长", "name": written.name, "digest": written.digest, "back": "01.md"}
    answer = desk_client.post("/issues/2026-1/review/handle", {**sent, "handled": "yes"})
    assert answer.status_code == 303 and answer.headers["location"] == "/issues/2026-1/documents/01/"
    (closed,) = review.comments
    assert closed.handled and "编辑已处理" in review.get(DOCUMENT).text
    fields = {"name": closed.name, "digest": closed.digest, "words": "改"}
    for way in ("correct", "withdraw"):
        assert "已经处理" in review.post(f"{DOCUMENT}{way}", fields).text
    assert desk_client.post("/issues/2026-1/review/handle", {**sent, "handled": "no"}).status_code == 422
    sent["digest"] = closed.digest
    assert desk_client.post("/issues/2026-1/review/handle", {**sent, "handled": "no"}).status_code == 303
    assert review.comments[0].handled is None


def test_only_what_is_offered_is_there(review: ReviewClient) -> None:
    paths = ("/2026/1/", DOCUMENT, f"{DOCUMENT}index.html")
    assert [review.get(path).status_code for path in paths] == [200, 200, 303]
    offer_issue(review.root, "2026-1", is_offered=False)
    assert all(review.get(path).status_code == 404 for path in paths)
    assert review.post(f"{DOCUMENT}comment", {"place": "", "words": "意见"}).status_code == 404
    assert "现在没有送审的公报" in review.get("/").text
    offer_issue(review.root, "2026-1", is_offered=True)
    publish(review.root, "2026-1")
    review.content.refresh()
    assert all(review.get(path).status_code == 404 for path in paths)


@pytest.mark.parametrize(
    "path",
    [
        "/site/", "/index.html", "/search/index.html", "/register/index.html", "/feed.xml", "/issues.json",
        "/2026/1/liulin-gazette-2026-1.json", f"{DOCUMENT}liu-lin-fa-2026-9.json", f"{DOCUMENT}liu-lin-fa-2026-9.xml",
        "/content/2026-1/01.md", "/2026/1/01.md", "/2026/1/../../content/gazette.toml", "/content/gazette.toml",
        "/.desk/review.json", "/.undo/", "/review/../tokens.css", "/review/desk.js", "/review/base.html",
        "/assets/search.js", "/assets/../issues.json", "/assets/marks/../../issues.json", "/2026/1/proof.pdf",
        "/2026/2/", "/2026/1/no-such-document/", "/offline.js", "/events", "/static/desk.css",
    ],
)  # fmt: skip
def test_nothing_else_is_served(review: ReviewClient, path: str) -> None:
    answer = review.get(path)
    assert answer.status_code == 404 and "没有这一页" in answer.text


def test_what_was_said_is_read_only_where_it_is_shown(
    review: ReviewClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    comment(review)
    offer_issue(review.root, "2026-2", is_offered=True)
    asked: list[str] = []

    def counted(root: Path, issue: str) -> IssueReview:
        asked.append(issue)
        return read_review(root, issue)

    monkeypatch.setattr(review_pages, "read_review", counted)
    for path in ("/2026/1/none.png", "/2026/1/proof.pdf", "/2026/1/none/", "/assets/site.css", "/2026/7/"):
        review.get(path)
    assert asked == []
    for path in (DOCUMENT, "/2026/1/", "/"):
        assert review.get(path).status_code == 200
    assert asked == ["2026-1"] * 3


def test_the_proof_is_served_as_it_was_set(review: ReviewClient) -> None:
    folder = review.root / "output/proof"
    folder.mkdir(parents=True)
    (folder / "liulin-gazette-2026-1-proof.pdf").write_bytes(b"%PDF-1.7 proof")
    answer = review.get("/2026/1/proof.pdf")
    assert answer.content == b"%PDF-1.7 proof" and answer.headers["content-type"] == "application/pdf"
    (folder / "liulin-gazette-2026-1-proof.pdf").unlink()
    (folder / "liulin-gazette-2026-1-proof.pdf").symlink_to(review.root / "content/gazette.toml")
    assert review.get("/2026/1/proof.pdf").status_code == 404


def test_no_address_of_the_desk_is_there(project: Path) -> None:
    now = itertools.count(0, PERIOD)  # Each request is a minute after the one before.
    review = open_review(project, rates=Rates(lambda: next(now)))
    before = {path: path.read_bytes() for path in sorted(review.root.glob("content/**/*")) if path.is_file()}
    desk = open_desk(review.root, DESK_PORT)
    routes = [route for screen in SCREENS for route in screen(desk)]
    assert len(routes) > 40
    for route in routes:
        assert isinstance(route, Route)
        path = route.path
        for name, value in (
            ("{folder}", "2026-1"),
            ("{name}", "01"),
            ("{path:path}", "2026/1/"),
            ("{code}", "T001"),
        ):
            path = path.replace(name, value)
        path = re.sub(r"\{[^}]+\}", "x", path)
        if path != "/":
            got = review.get(path)
            assert got.status_code == 404, path
        assert review.post(path).status_code == 404, path
    assert before == {
        path: path.read_bytes() for path in sorted(review.root.glob("content/**/*")) if path.is_file()
    }


def test_the_desk_refuses_a_reviewer_at_every_address(review: ReviewClient) -> None:
    desk = open_desk(review.root, DESK_PORT)
    desk.content.refresh()
    client = TestClient(
        application(desk, Keys(lambda _: None)), base_url=DESK_ADDRESS, follow_redirects=False
    )
    for name in (desk.access.cookie, f"gazette-review-{DESK_PORT}"):
        for value in (review.reviewer.key, session_of(review.reviewer)):
            client.cookies.set(name, value)
            for route in (route for screen in SCREENS for route in screen(desk)):
                assert isinstance(route, Route)
                path = re.sub(r"\{[^}]+\}", "2026-1", route.path)
                sent = {"Origin": DESK_ADDRESS}
                assert client.get(path, params={"key": review.reviewer.key}).status_code == 403, path
                assert client.post(path, data={"token": value}, headers=sent).status_code == 403, path


def test_without_the_key_of_a_reviewer_nothing_is_shown(review: ReviewClient) -> None:
    own = session_of(review.reviewer)
    review.client.cookies.clear()
    for shown in ("", "x", own[:-1], own.upper(), review.reviewer.key):
        for path in ("/", DOCUMENT, "/review/desk.css", "/2026/1/proof.pdf", "/?key=wrong", "/?key="):
            cookie = {"Cookie": f"gazette-review-8010={shown}"} if shown else {}
            answer = review.get(path, **cookie)
            assert answer.status_code == 403 and "柳林" not in answer.text, path
    assert review.get(f"/2026/1/?key={review.reviewer.key}").status_code == 403


def test_a_withdrawn_key_opens_nothing_any_more(review: ReviewClient) -> None:
    comment(review)
    withdraw_reviewer(review.root, "王局长")
    assert review.get("/").status_code == 403
    assert review.get(f"/?key={review.reviewer.key}").status_code == 403
    assert len(review.comments) == 1
    again = add_reviewer(review.root, "王局长")
    assert again.key != review.reviewer.key and review.get("/").status_code == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Host": "evil.example:8010"},
        {"Host": "192.168.7.20:8000"},
        {"Host": "127.0.0.1:8010"},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "https://192.168.7.20:8010"},
        {"Origin": "http://127.0.0.1:8000"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_another_site_reads_and_changes_nothing(review: ReviewClient, headers: dict[str, str]) -> None:
    assert review.get(DOCUMENT, **headers).status_code == 403
    assert review.post(f"{DOCUMENT}comment", {"place": "", "words": "意见"}, **headers).status_code == 403
    assert review.comments == ()


def test_a_change_needs_the_page_s_token_and_its_origin(review: ReviewClient) -> None:
    fields = {"place": "", "words": "意见"}
    assert review.client.post(f"{DOCUMENT}comment", data=fields).status_code == 403
    origin = {"Origin": ADDRESS}
    for token in ("", "x", session_of(review.reviewer), review.reviewer.key):
        sent = {**fields, "token": token}
        assert review.client.post(f"{DOCUMENT}comment", data=sent, headers=origin).status_code == 422
    for method in ("PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"):
        assert review.client.request(method, DOCUMENT, headers=origin).status_code == 405
    assert review.get(f"{DOCUMENT}comment", words="x").status_code == 404
    assert review.comments == ()


def test_a_link_from_a_letter_opens(review: ReviewClient) -> None:
    review.client.cookies.clear()
    answer = review.get(f"/?key={review.reviewer.key}", **{"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 200 and "HttpOnly; SameSite=Strict" in answer.headers["set-cookie"]
    assert review.reviewer.key not in answer.headers["set-cookie"] + answer.text
    assert review.get("/").status_code == 200
