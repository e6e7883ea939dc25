"""What reviewers have said, for the screens of an issue and of a document."""

from __future__ import annotations

from pathlib import PurePosixPath

from liulin_gazette.desk.desk_session import Desk
from liulin_gazette.review.review_summary import DocumentReview, ReviewSummary, review_summary, unread_summary
from liulin_gazette.source.folder import read_folder
from liulin_gazette.source.review_files import read_review


def issue_review(desk: Desk, name: str) -> ReviewSummary:
    """Return what has been said of the issue ``name`` (2026-2), as far as it can be read."""
    review = read_review(desk.root, name)
    whole = desk.content.whole_issue(f"content/{name}") if review.comments or review.sign_offs else None
    if whole is None:
        return unread_summary(review, read_folder(desk.root, f"content/{name}"))
    return review_summary(review, whole.issue, whole.folder)


def document_review(desk: Desk, path: str) -> DocumentReview | None:
    """Return what has been said of the document at the project ``path``; None where nothing has been, or none is there."""
    place = PurePosixPath(path)
    documents = issue_review(desk, place.parent.name).documents
    found = next((each for each in documents if each.file == place.name), None)
    return found if found and (found.comments or found.sign_offs) else None
