"""Which published issues would be printed otherwise by the program, settings and faces of now: by typesetting them."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from liulin_gazette.model.publication import Issue, Publication
from liulin_gazette.pipeline.stages import Result, Wanted, build
from liulin_gazette.source.folder import read_folder
from liulin_gazette.source.loader import load_series
from liulin_gazette.source.publication_records import RECORD_FILE, list_text, record_text, recorded_settings
from liulin_gazette.text.editor_error import EditorError
from liulin_gazette.text.system_errors import reason
from liulin_gazette.web import addresses

SITE = "output/site"
MADE_FROM = ("content", "templates", "fonts")


@dataclass(frozen=True, slots=True)
class Reprints:
    """Published issues by what would become of their PDFs."""

    same: tuple[str, ...] = ()
    """Names of issues whose PDFs would be the same to the byte."""
    different: tuple[str, ...] = ()
    failed: Result | None = None
    """The trial, where it was stopped by errors."""


class TrialError(EditorError):
    """Files could not be copied or compared for the trial; the message says why."""


def trial_reprints(root: Path, publication: Publication, say: Callable[[str], None]) -> Reprints:
    """Typeset the project below ``root`` in a temporary folder and compare the PDFs of published issues.

    ``root`` is not changed. Raises EditorError.
    """
    try:
        return _trial(root, publication, say)
    except OSError as error:
        raise TrialError(f"试排用的临时文件夹读写不了（{reason(error, '读写')}）。") from error


def _trial(root: Path, publication: Publication, say: Callable[[str], None]) -> Reprints:
    """Return what ``trial_reprints`` does. Raises EditorError, OSError."""
    published = [issue for issue in publication.issues if issue.record is not None and _pdfs(root, issue)]
    if not published:
        return Reprints()
    with tempfile.TemporaryDirectory(prefix="gazette-") as folder:
        trial = Path(folder)
        copy_project(root, trial)
        _take_settings_of_now(trial, publication)
        result = build(trial, Wanted(), say)
        if result.failed:
            return Reprints(failed=result)
        same = [issue.name for issue in published if _pdfs(trial, issue) == _pdfs(root, issue)]
    return Reprints(tuple(same), tuple(issue.name for issue in published if issue.name not in same))


def copy_project(root: Path, copy: Path) -> None:
    """Copy what a build of ``root`` reads to the folder ``copy``. Raises OSError."""
    for name in MADE_FROM:
        if (root / name).is_dir():
            # Links in content/ are not read, and stay what they are; those to faces are followed.
            shutil.copytree(root / name, copy / name, symlinks=name == "content", ignore=_not_copied)


def _not_copied(folder: str, names: list[str]) -> set[str]:
    """Return those of ``names`` in ``folder`` that no build reads: the cache, links to nothing, devices."""
    return {
        name
        for name in names
        if name == ".cache" or not ((file := Path(folder, name)).is_file() or file.is_dir())
    }


def _take_settings_of_now(trial: Path, publication: Publication) -> None:
    """Write the records of published issues below ``trial`` anew, with the settings that gazette.toml has now."""
    records = load_series(read_folder(trial, "content")).published
    for issue in publication.issues:
        record = records.get(issue.folder, issue.record)
        if record is not None:
            settings = recorded_settings(publication, issue)
            records = {**records, issue.folder: replace(record, settings=settings, prints=None)}
            (trial / issue.folder / RECORD_FILE).write_text(record_text(records[issue.folder]), "utf-8")
    (trial / "content" / RECORD_FILE).write_text(list_text(records), "utf-8")


def _pdfs(root: Path, issue: Issue) -> dict[str, bytes]:
    """Return the PDFs of ``issue`` and of its documents that are on the site below ``root``, by path.

    Editions (成品) that are PDFs too are not among them: a publication record does not seal them.
    """
    documents = (addresses.document_pdf(issue, document) for document in issue.documents)
    files = {path: root / SITE / path for path in (addresses.issue_pdf(issue), *documents)}
    return {path: file.read_bytes() for path, file in files.items() if file.is_file()}
