"""What the stages of a build after the examination have in common."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from liulin_gazette.model.publication import Issue, IssueFormat, Publication
from liulin_gazette.pipeline.examination import Examined
from liulin_gazette.pipeline.inputs import ContentReader, Inputs
from liulin_gazette.pipeline.issue_pages import IssueSource
from liulin_gazette.pipeline.output_record import OutputRecord
from liulin_gazette.pipeline.packed_issues import PackedIssues
from liulin_gazette.pipeline.staging import Edition


@dataclass(frozen=True, slots=True)
class IssueSources:
    """Gets issues with their texts one by one, as they were when they were examined."""

    reader: ContentReader
    packed: PackedIssues
    folders: Mapping[str, str]
    """The digest of each issue's folder, by project path."""
    form: IssueFormat

    def source(self, issue: Issue) -> IssueSource:
        """Return where to get ``issue`` with its texts. Raises ContentChangedError."""
        digest = self.folders[issue.folder]
        folder = self.reader.read_unchanged(issue.folder, digest)
        return IssueSource(folder, self.form, self.packed.take(digest))


@dataclass(frozen=True, slots=True)
class BuildContext:
    """One build: what it is made from, and where it is written."""

    inputs: Inputs
    examined: Examined
    publication: Publication
    """The examined one, which has no errors."""
    sources: IssueSources
    last: OutputRecord
    """What the last build made."""
    edition: Edition
    """Where files are written."""

    @property
    def root(self) -> Path:
        """The project folder."""
        return self.inputs.content.reader.root
