"""The guard of the review server: its names, its bounds, its keys, and where it listens."""

from __future__ import annotations

import http.client
import json
import socket
import stat
from pathlib import Path

import pytest

from liulin_gazette.desk.desk_session import open_desk
from liulin_gazette.desk.guards.request_guard import KEY, LOOPBACK, Refusal, refusal
from liulin_gazette.desk.review_desk import review_guard, review_pages
from liulin_gazette.desk.review_desk.review_guard import (
    MOST_CHANGES,
    MOST_REQUESTS,
    PERIOD,
    Rates,
    review_access,
    session_of,
)
from liulin_gazette.desk.review_desk.review_server import (
    MOST_CONNECTIONS,
    Binding,
    ReviewServer,
    ReviewServerError,
    links,
)
from liulin_gazette.editing.reviewers import FILE, FOLDER, add_reviewer
from liulin_gazette.text.advised_acts import Act, advice
from liulin_gazette.text.editor_error import EditorError
from tests.desk.conftest import PORT as DESK_PORT
from tests.desk.reviewing import DOCUMENT, ReviewClient, open_review


@pytest.fixture
def review(project: Path) -> ReviewClient:
    return open_review(project)


def test_every_answer_is_protected(review: ReviewClient) -> None:
    for path in ("/", DOCUMENT, "/nothing", "/review/review.js", "/assets/site.css"):
        headers = review.get(path).headers
        policy = headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'"), path
        assert "frame-ancestors 'none'" in policy and headers["cache-control"] == "no-store"
        assert headers["x-content-type-options"] == "nosniff" and headers["referrer-policy"] == "same-origin"


def test_one_reviewer_cannot_ask_without_end(project: Path) -> None:
    now = [0.0]
    review = open_review(project, rates=Rates(lambda: now[0]))
    for _ in range(MOST_CHANGES):
        assert review.post("/2026/1/sign", {"verdict": "", "read": ""}).status_code == 303
    assert review.post("/2026/1/sign", {"verdict": "", "read": ""}).status_code == 429
    for _ in range(MOST_REQUESTS - 1):
        assert review.get("/review/tokens.css").status_code == 200
    assert review.get("/review/tokens.css").status_code == 429
    now[0] = PERIOD
    assert review.get("/review/tokens.css").status_code == 200


def test_keys_are_long_differ_and_are_for_the_owner_alone(project: Path) -> None:
    keys = {add_reviewer(project, name).key for name in ("王局长", "李主任", "财政局")}
    assert len(keys) == 3 and all(len(key) >= 43 for key in keys)
    assert add_reviewer(project, "王局长").key in keys
    assert stat.S_IMODE((project / FILE).stat().st_mode) == 0o600
    assert stat.S_IMODE((project / FOLDER).stat().st_mode) == 0o700
    assert len(json.loads((project / FILE).read_bytes())["reviewers"]) == 3


def test_a_damaged_list_of_reviewers_opens_nothing(review: ReviewClient) -> None:
    for content in (b"{", b"[]", b'{"reviewers": [{"name": "x", "key": ""}], "issues": []}'):
        (review.root / FILE).write_bytes(content)
        answer = review.get("/")
        assert answer.status_code == 503 and "已损坏" in answer.text


def test_those_who_say_nothing_keep_no_reviewer_out(project: Path) -> None:
    server = open_desk(project, DESK_PORT).review
    server.open(Binding(port=0))
    try:
        port = int(server.addresses[0].rstrip("/").rpartition(":")[2])
        silent = [socket.create_connection((LOOPBACK, port), timeout=60) for _ in range(MOST_CONNECTIONS + 8)]
        reviewer = add_reviewer(project, "王局长")
        asked = http.client.HTTPConnection(LOOPBACK, port, timeout=60)
        asked.request("GET", f"/?{KEY}={reviewer.key}")
        assert asked.getresponse().status == 200
        assert silent[0].recv(1) == b""  # The oldest ones have been cut off.
        for connection in (*silent, asked):
            connection.close()
    finally:
        server.close()


def test_a_name_with_capitals_is_asked_in_any_case(project: Path) -> None:
    access = review_access(("Gazette-PC",), 8010, "http")
    review = open_review(project)
    for host in ("gazette-pc:8010", "Gazette-PC:8010"):
        cookie = (("Host", host), ("Cookie", f"{access.cookie}={session_of(review.reviewer)}"))
        assert refusal("GET", "/", cookie, access) is Refusal.SESSION  # Which reviewer it is comes next.
    assert refusal("GET", "/", (("Host", "gazette-pd:8010"),), access) is Refusal.HOST


def test_a_reviewer_is_told_no_act_of_the_editor(
    review: ReviewClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def damaged(_: Path) -> None:
        raise EditorError("这里坏了。", advice("先", Act.UNDO, "，再", Act.REPUBLISH, "。"))

    for module in (review_pages, review_guard):
        monkeypatch.setattr(module, "read_reviewing", damaged)
        told = review.get("/").text
        assert "先请告诉编辑，再请告诉编辑。" in told and "build.py" not in told


def test_it_listens_only_where_it_is_asked_to(project: Path) -> None:
    desk = open_desk(project, DESK_PORT)
    server = desk.review
    assert server.addresses == ()
    server.open(Binding(port=0))
    try:
        (address,) = server.addresses
        assert address.startswith("http://127.0.0.1:") and not server.is_encrypted
        reviewer = add_reviewer(project, "王局长")
        assert links(server.addresses, reviewer) == (f"{address}?{KEY}={reviewer.key}",)
    finally:
        server.close()
    assert server.addresses == ()


@pytest.mark.parametrize(
    ("binding", "told"),
    [
        (Binding("203.0.113.7", 0), "用不了"),
        (Binding(certificate="no.pem"), "两个文件"),
        (Binding(certificate="no.pem", certificate_key="no.pem"), "证书或密钥用不了"),
    ],
)
def test_where_it_cannot_listen_is_told(project: Path, binding: Binding, told: str) -> None:
    desk = open_desk(project, DESK_PORT)
    server = ReviewServer(project, desk.content)
    with pytest.raises(ReviewServerError) as caught:
        server.open(binding)
    assert told in caught.value.told and server.addresses == ()
