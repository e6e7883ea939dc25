"""A review server over the small project, asked directly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from liulin_gazette.desk.guards.request_guard import KEY
from liulin_gazette.desk.review_desk.review_guard import Rates, form_token_of, review_access, review_guarded
from liulin_gazette.desk.review_desk.review_pages import review_pages
from liulin_gazette.desk.snapshot import LiveContent
from liulin_gazette.editing.reviewers import Reviewer, add_reviewer, offer_issue
from liulin_gazette.source.review_files import read_review

HOST, PORT = "192.168.7.20", 8010
ADDRESS = f"http://{HOST}:{PORT}"
DOCUMENT = "/2026/1/liu-lin-fa-2026-9/"


@dataclass(frozen=True)
class ReviewClient:
    """Asks as the browser of one reviewer does."""

    root: Path
    content: LiveContent
    reviewer: Reviewer
    client: TestClient

    def get(self, path: str, **headers: str) -> Any:
        """Return the answer to GET."""
        return self.client.get(path, headers=headers)

    def post(
        self, path: str, fields: Mapping[str, str] | None = None, files: Any = None, **headers: str
    ) -> Any:
        """Return the answer to POST with the token of the reviewer's pages."""
        sent = {"token": form_token_of(self.reviewer), **(fields or {})}
        return self.client.post(path, data=sent, files=files, headers={"Origin": ADDRESS, **headers})

    @property
    def comments(self) -> Any:
        """All comments on the issue."""
        return read_review(self.root, "2026-1").comments


def open_review(root: Path, name: str = "王局长", rates: Rates | None = None) -> ReviewClient:
    """Return the browser of ``name``, who has opened the link; the issue 2026-1 is offered."""
    offer_issue(root, "2026-1", is_offered=True)
    reviewer = add_reviewer(root, name)
    content = LiveContent(root)
    content.refresh()
    access = review_access((HOST,), PORT, "http")
    application = review_guarded(review_pages(root, content), root, access, rates or Rates())
    client = TestClient(application, base_url=ADDRESS, follow_redirects=False)
    assert client.get("/", params={KEY: reviewer.key}).status_code == 200
    return ReviewClient(root, content, reviewer, client)
