"""The guard of the preview, request by request."""

from __future__ import annotations

import pytest

from liulin_gazette.desk.guards.request_guard import Access, Refusal, local_access, refusal

ACCESS = Access(("127.0.0.1:8000", "localhost:8000"), "gazette-preview-8000", "right")
HOST = ("Host", "127.0.0.1:8000")
COOKIE = ("Cookie", "gazette-preview-8000=right")
OTHER_COOKIES = ("Cookie", 'a="b; c"; {json}=[1]; =; gazette-preview-8001=right; gazette-preview-8000=right')
SERVED = {
    "from the address bar": [HOST, COOKIE, ("Sec-Fetch-Site", "none")],
    "from a page of its own": [HOST, COOKIE, ("Sec-Fetch-Site", "same-origin")],
    "of a page of its own, with its origin": [HOST, COOKIE, ("Origin", "http://127.0.0.1:8000")],
    "by its other name": [("host", "LOCALHOST:8000"), COOKIE, ("origin", "http://localhost:8000")],
    "of a program that is no browser": [HOST, COOKIE],
    "among other cookies": [HOST, OTHER_COOKIES],
    "in two headers": [HOST, ("Cookie", "a=b"), COOKIE],
    "of a length of nothing": [HOST, COOKIE, ("Content-Length", "0")],
}
REFUSED = {
    "without a host": ([COOKIE], Refusal.HOST),
    "to a name that somebody has pointed here": ([("Host", "evil.example:8000"), COOKIE], Refusal.HOST),
    "to a longer name": ([("Host", "127.0.0.1:8000.evil.example"), COOKIE], Refusal.HOST),
    "to a user at a name": ([("Host", "127.0.0.1:8000@evil.example"), COOKIE], Refusal.HOST),
    "to another port": ([("Host", "127.0.0.1:8001"), COOKIE], Refusal.HOST),
    "to no port": ([("Host", "127.0.0.1"), COOKIE], Refusal.HOST),
    "to another loopback address": ([("Host", "127.0.0.2:8000"), COOKIE], Refusal.HOST),
    "to two hosts": ([HOST, ("Host", "evil.example"), COOKIE], Refusal.HOST),
    "from another site": ([HOST, COOKIE, ("Sec-Fetch-Site", "cross-site")], Refusal.SITE),
    "from another port of this machine": ([HOST, COOKIE, ("Sec-Fetch-Site", "same-site")], Refusal.SITE),
    "from a site of a later standard": ([HOST, COOKIE, ("Sec-Fetch-Site", "new")], Refusal.SITE),
    "from two sites": (
        [HOST, COOKIE, ("Sec-Fetch-Site", "none"), ("Sec-Fetch-Site", "cross-site")],
        Refusal.SITE,
    ),
    "of another origin": ([HOST, COOKIE, ("Origin", "https://evil.example")], Refusal.SITE),
    "of another port's origin": ([HOST, COOKIE, ("Origin", "http://127.0.0.1:8001")], Refusal.SITE),
    "of the other name's origin": ([HOST, COOKIE, ("Origin", "http://localhost:8000")], Refusal.SITE),
    "of an encrypted origin": ([HOST, COOKIE, ("Origin", "https://127.0.0.1:8000")], Refusal.SITE),
    "of a hidden origin": ([HOST, COOKIE, ("Origin", "null")], Refusal.SITE),
    "with content": ([HOST, COOKIE, ("Content-Length", "9")], Refusal.BODY),
    "with content of unknown length": ([HOST, COOKIE, ("Transfer-Encoding", "chunked")], Refusal.BODY),
    "without a session": ([HOST], Refusal.SESSION),
    "in a session that has ended": ([HOST, ("Cookie", "gazette-preview-8000=wrong")], Refusal.SESSION),
    "in the session of another port": ([HOST, ("Cookie", "gazette-preview-8001=right")], Refusal.SESSION),
    "in half a session": ([HOST, ("Cookie", "gazette-preview-8000=righ")], Refusal.SESSION),
    "in an empty session": ([HOST, ("Cookie", "gazette-preview-8000=")], Refusal.SESSION),
    "in a session that is no word": ([HOST, ("Cookie", "gazette-preview-8000=\xff右")], Refusal.SESSION),
}


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("headers", SERVED.values(), ids=SERVED)
def test_the_editor_s_own_requests_are_served(headers: list[tuple[str, str]], method: str) -> None:
    assert refusal(method, "/2026/1/", headers, ACCESS) is None


@pytest.mark.parametrize(("headers", "reason"), REFUSED.values(), ids=REFUSED)
def test_all_others_are_refused(headers: list[tuple[str, str]], reason: Refusal) -> None:
    assert refusal("GET", "/2026/1/", headers, ACCESS) is reason


@pytest.mark.parametrize(
    "method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "get", ""]
)
def test_what_does_more_than_read_is_refused(method: str) -> None:
    assert refusal(method, "/", [HOST, COOKIE], ACCESS) is Refusal.METHOD


@pytest.mark.parametrize("target", ["http://127.0.0.1:8000/", "http://evil.example/", "*", "", "2026"])
def test_the_target_is_a_path(target: str) -> None:
    assert refusal("GET", target, [HOST, COOKIE], ACCESS) is Refusal.TARGET


def test_each_server_has_a_session_of_its_own() -> None:
    first, second = (local_access("127.0.0.1", 8000, ("localhost",)) for _ in range(2))
    assert first.hosts == ("127.0.0.1:8000", "localhost:8000") and first.session != second.session
    assert len(first.session) >= 43  # 256 bits in base 64.
    assert first.set_cookie.startswith(f"gazette-preview-8000={first.session}; ")
    assert {"HttpOnly", "SameSite=Strict"} <= set(first.set_cookie.split("; "))
    assert local_access("127.0.0.1", 80).hosts == ("127.0.0.1:80", "127.0.0.1")
