"""What an edition (成品) of an issue is made from, and what its maker returns."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from jinja2 import Environment

from liulin_gazette.model.diagnostics import Diagnostic
from liulin_gazette.model.gazette import Gazette
from liulin_gazette.model.publication import Issue
from liulin_gazette.rendering.product import Asset
from liulin_gazette.web.printed_pages import IssuePages


@dataclass(frozen=True, slots=True)
class EditionSource:
    """An issue with everything that its editions take."""

    gazette: Gazette
    """The settings that hold for the issue, with the address of the site of today."""
    issue: Issue
    """With its texts."""
    printed: IssuePages | None
    """The printed page of each anchor; None if the issue has no PDF."""
    pdf: bytes
    """The PDF of the whole issue; empty if it has none."""
    environ: Environment
    """That of the templates."""
    read_bytes: Callable[[str], bytes]
    """Returns the content of a picture by project path."""
    document_pdfs: Mapping[str, bytes] = field(default_factory=dict[str, bytes])
    """The PDF of each document by the last part of its address, for editions that take it; none without PDFs."""


@dataclass(frozen=True, slots=True)
class EditionFiles:
    """The files of an edition of one issue."""

    assets: tuple[Asset, ...]
    diagnostics: tuple[Diagnostic, ...] = ()
    """What it could not hold (S090 to S095)."""


EditionMaker = Callable[[EditionSource], EditionFiles]
"""Makes one edition of an issue; the same source gives the same bytes."""
