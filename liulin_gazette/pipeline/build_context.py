"""What the stages of a build after the examination have in common."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from liulin_gazette.model.publication import Issue, Publication
from liulin_gazette.pipeline.examination import Examined
from liulin_gazette.pipeline.inputs import ContentReader, Inputs
from liulin_gazette.pipeline.issue_pages import IssueSource
from liulin_gazette.pipeline.ledger import Ledger
from liulin_gazette.pipeline.packed_issues import PackedIssues
from liulin_gazette.pipeline.staging import Edition


@dataclass(frozen=True, slots=True)
class IssueSources:
    """Gets issues with their texts one by one, as they were when they were examined."""

    reader: ContentReader
    packed: PackedIssues
    folders: Mapping[str, str]
    """The digest of each issue's folder, by project path."""

    def source(self, issue: Issue) -> IssueSource:
        """Return where to get ``issue`` with its texts. Raises ContentChangedError."""
        digest = self.folders[issue.folder]
        folder = self.reader.read_unchanged(issue.folder, digest)
        return IssueSource(folder, issue.prefix, self.packed.take(digest))


@dataclass(frozen=True, slots=True)
class BuildContext:
    """One build: what it is made from, and where it is written."""

    inputs: Inputs
    examined: Examined
    publication: Publication
    """The examined one, which has no errors."""
    sources: IssueSources
    last: Ledger
    """What the last build made."""
    edition: Edition
    """Where files are written."""
