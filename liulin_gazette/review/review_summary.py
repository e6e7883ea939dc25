"""What reviewers have said of an issue, put beside its documents as they are now."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from liulin_gazette.model.diagnostics import Diagnostic
from liulin_gazette.model.document import FullText
from liulin_gazette.model.publication import Issue
from liulin_gazette.model.reviewing import IssueReview, SignOff
from liulin_gazette.review.commented_places import (
    CommentedPlace,
    PlacedComment,
    commented_places,
    placed_comments,
)
from liulin_gazette.source.folder import Folder
from liulin_gazette.web.document_places import places_of


@dataclass(frozen=True, slots=True)
class ShownSignOff:
    """已阅 or 同意, and whether what was read has been changed since."""

    sign_off: SignOff
    is_outdated: bool


@dataclass(frozen=True, slots=True)
class DocumentReview:
    """What has been said of one document."""

    file: str
    """Its file's name: ``02.md``."""
    slug: str
    title: str
    places: tuple[CommentedPlace, ...]
    comments: tuple[PlacedComment, ...]
    sign_offs: tuple[ShownSignOff, ...]
    digest: str
    """Of the file as it is shown."""

    @property
    def open_count(self) -> int:
        """How many comments are open."""
        return sum(each.comment.handled is None for each in self.comments)


@dataclass(frozen=True, slots=True)
class ReviewSummary:
    """What has been said of an issue."""

    documents: tuple[DocumentReview, ...]
    """All documents of the issue, in its order."""
    sign_offs: tuple[ShownSignOff, ...]
    """Of the whole issue."""
    elsewhere: tuple[PlacedComment, ...]
    """Comments on documents that are no longer in the issue."""
    diagnostics: tuple[Diagnostic, ...]
    digest: str
    """Over all files of the issue as they are shown."""

    @property
    def open_count(self) -> int:
        """How many comments are open."""
        beside = sum(each.comment.handled is None for each in self.elsewhere)
        return beside + sum(document.open_count for document in self.documents)

    @property
    def is_empty(self) -> bool:
        """Whether nobody has said anything yet."""
        said = any(document.comments or document.sign_offs for document in self.documents)
        return not (said or self.sign_offs or self.elsewhere or self.diagnostics)


def review_summary(review: IssueReview, issue: Issue, folder: Folder) -> ReviewSummary:
    """Return ``review`` beside the documents of ``issue``, which has its texts and was read from ``folder``."""
    whole = issue_digest(folder)
    documents = tuple(reviewed_document(review, issue, document, folder) for document in issue.full_texts)
    known = {document.file for document in documents}
    return ReviewSummary(
        documents,
        _signed(review.sign_offs, "", whole),
        placed_comments((each for each in review.comments if each.document not in known), ()),
        review.diagnostics,
        whole,
    )


def unread_summary(review: IssueReview, folder: Folder) -> ReviewSummary:
    """Return ``review`` beside the files in ``folder``, of an issue that cannot be read: documents go by the file's name."""
    whole = issue_digest(folder)
    files = sorted({each.document for each in review.sign_offs if each.document})
    return ReviewSummary(
        tuple(_unread_document(review, file, folder) for file in files),
        _signed(review.sign_offs, "", whole),
        placed_comments(review.comments, ()),
        review.diagnostics,
        whole,
    )


def _unread_document(review: IssueReview, file: str, folder: Folder) -> DocumentReview:
    digest = document_digest(folder, file)
    return DocumentReview(file, "", file, (), (), _signed(review.sign_offs, file, digest), digest)


def reviewed_document(
    review: IssueReview, issue: Issue, document: FullText, folder: Folder
) -> DocumentReview:
    """Return what ``review`` has of ``document``, one of the texts of ``issue``, which was read from ``folder``."""
    file = document.path.rpartition("/")[2]
    places = commented_places(document, places_of(issue, document))
    digest = document_digest(folder, file)
    comments = placed_comments((each for each in review.comments if each.document == file), places)
    signed = _signed(review.sign_offs, file, digest)
    return DocumentReview(file, document.slug, document.title, places, comments, signed, digest)


def _signed(sign_offs: Sequence[SignOff], document: str, digest: str) -> tuple[ShownSignOff, ...]:
    return tuple(
        ShownSignOff(each, each.read_digest != digest) for each in sign_offs if each.document == document
    )


def document_digest(folder: Folder, file: str) -> str:
    """Return SHA-256 of the ``file`` in ``folder``, the same on every system; of nothing where there is none."""
    return next(iter(folder.portable_digests.get(file, ())), hashlib.sha256().hexdigest())


def issue_digest(folder: Folder) -> str:
    """Return SHA-256 over all files in ``folder``, the same on every system."""
    state = hashlib.sha256()
    for name in sorted(folder.portable_digests):
        state.update(f"{name}\0{document_digest(folder, name)}\0".encode())
    return state.hexdigest()
