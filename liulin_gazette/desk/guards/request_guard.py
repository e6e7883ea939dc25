"""Who may talk to the desk or the preview: decided from the head of a request alone, before anything is read or done for it.

Both show what is not yet published, to any program of this machine that can reach the loopback address: pages
of other sites that the editor's browser has open, and other users. So a request has to come from its own pages
or from the address bar, to the address that it has, in a session that was opened with a key that only
the terminal shows.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

LOOPBACK = "127.0.0.1"
KEY = "key"
"""Name of the query's value that opens a session."""
READING_METHODS = ("GET", "HEAD")
_OWN_SITES = ("same-origin", "none")
"""Values of Sec-Fetch-Site. ``same-site`` is not one: other ports of this machine are other people's servers."""
MOST_DIGITS = 12
"""Of a length in bytes."""
Headers = Sequence[tuple[str, str]]
"""Names and values as received; a name may occur more than once."""


class Refusal(Enum):
    """Why a request is not served."""

    METHOD = "method"
    TARGET = "target"
    HOST = "host"
    SITE = "site"
    BODY = "body"
    SESSION = "session"

    @property
    def status(self) -> int:
        """The HTTP status of the answer."""
        return {Refusal.METHOD: 405, Refusal.TARGET: 400, Refusal.BODY: 413}.get(self, 403)


@dataclass(frozen=True, slots=True)
class Access:
    """What a request has to match."""

    hosts: tuple[str, ...]
    """Values of the header Host, with the port where it is not that of HTTP."""
    cookie: str
    """Name of the session's cookie."""
    session: str
    """Value of the session's cookie."""
    methods: tuple[str, ...] = READING_METHODS
    most_bytes: int = 0
    """Of what a request may send after its head."""
    scheme: str = "http"

    @property
    def set_cookie(self) -> str:
        """Value of the header Set-Cookie that gives a browser the session; it forgets it when it is closed."""
        return f"{self.cookie}={self.session}; Path=/; HttpOnly; SameSite=Strict"


def local_access(
    host: str,
    port: int,
    aliases: Iterable[str] = (),
    methods: tuple[str, ...] = READING_METHODS,
    most_bytes: int = 0,
) -> Access:
    """Return the access to a server at ``host`` and ``port`` for a new session; ``aliases`` are other names of the host.

    ``methods`` and ``most_bytes`` bound what a request may ask and send.

    The name of the cookie has the port, since a browser keeps one set of cookies for all ports of a host.
    """
    names = (host, *aliases)
    hosts = [f"{name}:{port}" for name in names] + (list(names) if port == 80 else [])
    session = secrets.token_urlsafe(32)
    return Access(tuple(hosts), f"gazette-preview-{port}", session, methods, most_bytes)


def refusal(method: str, target: str, headers: Headers, access: Access) -> Refusal | None:
    """Return why the request is refused; None if it is to be served.

    ``Refusal.SESSION`` is the last reason looked for: such a request may open a session with a key.
    """
    hosts, sites, origins = (_values(headers, name) for name in ("host", "sec-fetch-site", "origin"))
    if method not in access.methods:
        return Refusal.METHOD
    if not target.startswith("/"):  # As sent to a proxy: it names a host besides the header.
        return Refusal.TARGET
    if len(hosts) != 1 or hosts[0].lower() not in access.hosts:
        return Refusal.HOST
    if any(site not in _OWN_SITES for site in sites) or any(
        origin != f"{access.scheme}://{hosts[0].lower()}" for origin in origins
    ):
        return Refusal.SITE
    if _values(headers, "transfer-encoding") or any(
        not _is_length(length) or int(length) > access.most_bytes
        for length in _values(headers, "content-length")
    ):
        return Refusal.BODY
    return None if _has_session(headers, access) else Refusal.SESSION


def _is_length(value: str) -> bool:
    return value.isascii() and value.isdigit() and len(value) <= MOST_DIGITS


def _has_session(headers: Headers, access: Access) -> bool:
    return any(
        secrets.compare_digest(value.encode(), access.session.encode())
        for value in cookies(headers, access.cookie)
    )


def cookies(headers: Headers, name: str) -> list[str]:
    """Return the values of the cookie ``name``, in the order in which they were sent."""
    pairs = (pair.strip().partition("=") for value in _values(headers, "cookie") for pair in value.split(";"))
    return [value for each, _, value in pairs if each == name]


def _values(headers: Headers, name: str) -> list[str]:
    """Return the values of the header ``name``, which is in lower case."""
    return [value.strip() for each, value in headers if each.lower() == name]
