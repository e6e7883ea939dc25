"""What the output of the last build says of published issues: the third witness beside the two copies of each record."""

from __future__ import annotations

import json
from collections.abc import Container, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from liulin_gazette.check.published_issues import lost_records
from liulin_gazette.model.diagnostics import Diagnostic
from liulin_gazette.model.issue_record import Witness
from liulin_gazette.model.publication import Publication
from liulin_gazette.pipeline.inputs import Content
from liulin_gazette.pipeline.report import PUBLISHED
from liulin_gazette.text.issue_name_form import ISSUE_NAME
from liulin_gazette.web import addresses


@dataclass(frozen=True, slots=True)
class _Manifest:
    """The part of a manifest that is read; the long list of files is passed over."""

    published: dict[str, Witness] = field(default_factory=dict[str, Witness])


def findings_of_witnesses(content: Content, publication: Publication | None) -> Iterator[Diagnostic]:
    """Yield the findings about issues of which the output knows that they are published, and the records do not."""
    if publication is not None:
        listed = content.series.published
        recorded = {*listed, *(issue.folder for issue in publication.issues if issue.record is not None)}
        yield from lost_records(publication, listed, read_witnesses(content.reader.root, recorded))


def read_witnesses(root: Path, recorded: Container[str] = ()) -> dict[str, Witness]:
    """Return what the manifest and the reports in the output of ``root`` say, by the project path of the issue's folder.

    Reports of issues that are ``recorded`` are not read.
    """
    witnesses: dict[str, Witness] = {}
    for file in sorted((root / "output/report").glob("*.json")):
        path = f"content/{file.stem}"
        if ISSUE_NAME.fullmatch(file.stem) and path not in recorded:
            with suppress(OSError, ValueError, LookupError, TypeError, AttributeError):
                data: Any = json.loads(file.read_text("utf-8"))
                said = data[PUBLISHED]
                day = date.fromisoformat(said["日期"])
                witnesses[path] = Witness(day, int(said["改动"]), str(said["sha256"]))
    with suppress(OSError, msgspec.MsgspecError, UnicodeDecodeError):
        content = (root / "output/site" / addresses.MANIFEST).read_bytes()
        for name, said in msgspec.json.decode(content, type=_Manifest).published.items():
            if ISSUE_NAME.fullmatch(name):
                witnesses[f"content/{name}"] = said
    return witnesses
