"""What a run over back issues did with each of them; kept by the content of the files, so that a later run goes on."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from liulin_gazette.cache import sealed_file
from liulin_gazette.cache.encoded import DamagedValueError, decode, encode
from liulin_gazette.intake.back_issues.issue_contents import ContentsEntry
from liulin_gazette.intake.back_issues.issue_evidence import IssueNumber
from liulin_gazette.intake.back_issues.issue_recognition import FoundDocument
from liulin_gazette.source.folder import ISSUE_FILE

FOLDER = ".cache/archive"
"""Deleting it costs the next run time: issues that are in content/ are never written again."""
FORMAT = 1
"""Raised by one when a field of a record changes its meaning."""
_BLOCK = 1 << 20
"""Bytes that are read at a time."""
WRITTEN, EXISTING, REFUSED = "已写草稿", "已经有了", "没有写"


@dataclass(frozen=True, slots=True)
class IssueRecord:
    """What was found in the files of a back issue, and what became of it."""

    path: str
    """Below the folder of the archive."""
    outcome: str
    """``WRITTEN``, ``EXISTING`` or ``REFUSED``."""
    told: str = ""
    """Why nothing was written, in Chinese; empty where drafts were."""
    year: int | None = None
    number: IssueNumber | None = None
    total: int | None = None
    day: date | None = None
    sources: tuple[str, ...] = ()
    """Where number, 总期号 and date are from."""
    doubts: tuple[str, ...] = ()
    """What wants a human eye in the issue as a whole, in Chinese."""
    documents: tuple[FoundDocument, ...] = ()
    missing: tuple[ContentsEntry, ...] = ()
    drafts: tuple[str, ...] = ()
    """Project paths of the drafts, in the order of ``documents``; empty for one that was not written."""
    marks: int = 0
    """待核 in the drafts."""
    page: str = ""
    """Name of the page that shows files and drafts side by side."""

    @property
    def name(self) -> str:
        """The name of the issue's folder; empty while its number is open."""
        return f"{self.year}-{self.number.code}" if self.year and self.number else ""

    @property
    def title(self) -> str:
        """The issue for people."""
        year = f"{self.year}年" if self.year else ""
        total = f"（总第{self.total}期）" if self.total else ""
        return (year + (self.number.told if self.number else "") + total) or "认不出是哪一期"


def files_digest(files: Iterable[Path]) -> str:
    """Return the SHA-256 over the contents of the files of an issue. Raises OSError."""
    state = hashlib.sha256()
    for file in files:
        own = hashlib.sha256()
        with file.open("rb") as content:
            while block := content.read(_BLOCK):
                own.update(block)
        state.update(own.digest())
    return state.hexdigest()


def written_record(root: Path, digest: str) -> IssueRecord | None:
    """Return the record of the issue with this ``digest`` of its files; None unless its drafts are in content/."""
    content = sealed_file.read(_file(root, digest))
    if content is None:
        return None
    try:
        record = decode(content, IssueRecord)
    except DamagedValueError:
        return None
    is_there = record.name and (root / "content" / record.name / ISSUE_FILE).is_file()
    return record if is_there else None


def keep_record(root: Path, digest: str, record: IssueRecord) -> None:
    """Keep ``record`` for a later run."""
    file = _file(root, digest)
    file.parent.mkdir(parents=True, exist_ok=True)
    sealed_file.write(file, encode(record))


def _file(root: Path, digest: str) -> Path:
    return root / FOLDER / f"{FORMAT}-{digest}.bin"
