"""What every screen of the desk works with."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from liulin_gazette.desk.guards.request_guard import LOOPBACK, Access, local_access
from liulin_gazette.desk.intake_batches import Batches
from liulin_gazette.desk.review_desk.review_server import ReviewServer
from liulin_gazette.desk.sample_server import SampleServer
from liulin_gazette.desk.snapshot import LiveContent

MOST_BYTES = 256 * 1024 * 1024
"""Of what one request may send: a few incoming documents with their pictures."""
METHODS = ("GET", "HEAD", "POST")


@dataclass(frozen=True, slots=True)
class Desk:
    """A desk for one project folder, in one session."""

    root: Path
    content: LiveContent
    """The content as it is now, with its findings."""
    access: Access
    """Who may ask."""
    token: str
    """What a page has to send back with a change: another site cannot read it."""
    review: ReviewServer
    """For reviewers; closed until it is asked for."""
    batches: Batches
    """Dropped files that the editor has not yet decided about."""
    sample: SampleServer
    """Of the tour; closed until it is asked for."""
    is_sample: bool = False
    """Whether this is the desk of the sample itself."""
    office: Callable[[], str] | None = None
    """At the sample's desk: returns the URL that leads back to the office's, each time another one."""


def open_desk(
    root: Path,
    port: int,
    methods: tuple[str, ...] = METHODS,
    most_bytes: int = MOST_BYTES,
    sample: SampleServer | None = None,
    is_sample: bool = False,
    office: Callable[[], str] | None = None,
) -> Desk:
    """Return a desk for the project folder ``root``, at ``port`` of this machine, with a session of its own.

    ``methods`` and ``most_bytes`` bound what a request may ask and send. ``sample`` serves the tour's sample.
    ``office`` is the way back from it.
    """
    access = local_access(LOOPBACK, port, ("localhost",), methods, most_bytes)
    content = LiveContent(root)
    return Desk(
        root,
        content,
        access,
        secrets.token_urlsafe(32),
        ReviewServer(root, content),
        Batches(root),
        sample or SampleServer(),
        is_sample,
        office,
    )
