"""The files of an issue that can be downloaded from the desk: what its last build and its last proof made, nothing else."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from starlette.responses import FileResponse, Response

from liulin_gazette.desk.media_types import media_type
from liulin_gazette.desk.screen import missing
from liulin_gazette.model.editions import ARCHIVE_PACKAGE
from liulin_gazette.model.publication import Issue
from liulin_gazette.pipeline.output_record import SITE, OutputRecord
from liulin_gazette.review.proofing import proof_path

DOWNLOADED = (".pdf", ".html", ".json", ".zip")
ENDINGS = (
    ("-proof.pdf", "校样"),
    ("-archive.zip", "归档包（交档案馆）"),
    ("-print.pdf", "付印的 PDF"),
    ("-booklet.pdf", "拼好版的 PDF（骑马订）"),
    ("-cover.pdf", "封面的 PDF"),
    ("-foldouts.pdf", "折页的 PDF"),
    ("-preflight.html", "印前检查报告"),
    ("-preflight.json", "印前检查报告（数据）"),
)
"""What files are called by the end of their names."""


@dataclass(frozen=True, slots=True)
class Download:
    """A file that can be downloaded."""

    label: str
    path: str
    """Below ``output``."""
    size: str


def downloads(root: Path, issue: Issue, last: OutputRecord) -> list[Download]:
    """Return the files of ``issue`` that are there, those for the printers first; ``last`` records the last build."""
    found: list[Download] = []
    for label, path in _known(issue, last):
        with suppress(OSError):  # It is not there, or a build is just putting another one in its place.
            status = (root / "output" / path).lstat()
            if stat.S_ISREG(status.st_mode):
                found.append(Download(label, path, _size(status.st_size)))
    return found


def download(root: Path, issue: Issue, last: OutputRecord, path: str) -> Response:
    """Return the file of ``issue`` at the ``path`` below ``output`` as a download. Raises MissingScreenError."""
    if path not in [each.path for each in downloads(root, issue, last)]:
        raise missing()
    output = (root / "output").resolve()
    file = (output / path).resolve()
    if output not in file.parents:  # A folder in between is a link.
        raise missing()
    return FileResponse(
        file, media_type=media_type(file.name), filename=file.name, content_disposition_type="attachment"
    )


def _known(issue: Issue, last: OutputRecord) -> Iterator[tuple[str, str]]:
    """Yield the label and the path of each file that the last build and the last proof can have made of ``issue``."""
    yield "校样", proof_path(issue)
    pdfs = last.pdfs.get(issue.folder) or last.former_pdfs.get(issue.folder)
    report, pages = last.reports.get(issue.folder), last.pages.get(issue.folder)
    paths = [*(pdfs.paths if pdfs else ()), *(report.paths if report else ())]
    paths += [path for path in (pages.paths if pages else ()) if path.endswith(".zip")]
    if archive := last.editions.get(issue.folder, {}).get(ARCHIVE_PACKAGE):
        paths += archive.paths
    for path in sorted(paths, key=lambda path: path.startswith(SITE)):
        if path.endswith(DOWNLOADED):
            yield _label(issue, path), path


def _label(issue: Issue, path: str) -> str:
    name = PurePosixPath(path)
    for end, label in ENDINGS:
        if path.endswith(end):
            return label
    if name.suffix == ".zip":
        return "这一期的公文和数据（打包）"
    if path.startswith("report/"):
        return "构建报告" if name.suffix == ".html" else "构建报告（数据）"
    titles = {document.slug: document.title for document in issue.documents}
    return titles.get(name.stem, "整期 PDF")


def _size(count: int) -> str:
    return f"{count / 1_000_000:.1f} MB" if count >= 1_000_000 else f"{max(1, round(count / 1000))} KB"
