"""发布记录: the state of an issue when it was published, and what was changed since."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Republication:
    """A change to an issue after publication, as the issue's page shows it."""

    day: date
    reason: str
    files: tuple[str, ...]
    """Names of the changed files; a changed setting is named as ``content/gazette.toml 的名称``."""


@dataclass(frozen=True, slots=True)
class Prints:
    """成品: the PDFs of an issue as they were published, and what made them."""

    program: str
    """Program and version."""
    libraries: Mapping[str, str]
    """Versions of the libraries that printed pages depend on, by name."""
    digests: Mapping[str, str]
    """SHA-256 by the path in the site."""


@dataclass(frozen=True, slots=True)
class PublicationRecord:
    """发布记录: the state of an issue when it was published, against which later changes are detected."""

    published: date
    digests: Mapping[str, str]
    """SHA-256 of each file of the issue's folder, by name, except the record itself and the office's notes."""
    changes: tuple[Republication, ...] = ()
    settings: str = ""
    """The settings of gazette.toml that print or judge the issue, as JSON, and 文件名前缀.

    Records of earlier versions have four of them or none.
    """
    prints: Prints | None = None
    """The PDFs that were published; None where there were none yet, and in records of earlier versions."""
    anchors: Mapping[str, str] = field(default_factory=dict[str, str])
    """The names of the places in each document, as ``place_names.ledger_of`` writes them, by the name of its file.

    Empty in records of earlier versions.
    """


@dataclass(frozen=True, slots=True)
class Witness:
    """What a site and a report say of the record of a published issue, so that its loss is noticed."""

    date: date
    """The day of publication."""
    changes: int
    """How many changes since were recorded."""
    sha256: str
    """The digest of all files of the issue: SHA-256 of lines as ``sha256sum`` writes them, sorted by name."""


def witness(record: PublicationRecord) -> Witness:
    """Return what the site that shows the issue of ``record`` says of it."""
    lines = "".join(f"{digest}  {name}\n" for name, digest in sorted(record.digests.items()))
    return Witness(record.published, len(record.changes), hashlib.sha256(lines.encode()).hexdigest())
