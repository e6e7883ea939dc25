"""The seal of published PDFs in the record of their issue: a PDF that is typeset anew and differs is noticed (B055)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, cast

from liulin_gazette import __version__
from liulin_gazette.cache.libraries import TYPESETTING, libraries_for_typesetting
from liulin_gazette.disk import durable_files
from liulin_gazette.model.diagnostics import Diagnostic, Place, Severity, advised
from liulin_gazette.model.issue_labels import issue_name
from liulin_gazette.model.issue_record import Prints
from liulin_gazette.model.publication import Issue, Publication
from liulin_gazette.pipeline import output_record
from liulin_gazette.pipeline.damaged_output import intact_paths
from liulin_gazette.pipeline.freshness import current_pdfs
from liulin_gazette.pipeline.inputs import read_inputs
from liulin_gazette.rendering.template_errors import template_errors_named
from liulin_gazette.source.folder import Folder
from liulin_gazette.text.advised_acts import Act, AdvisedAct, advice
from liulin_gazette.web.manifest import Digest

PROGRAM = "liulin-gazette"
SHOWN = 3
"""So many files are named."""


def current_prints(root: Path, publication: Publication, issue: Issue) -> Prints | None:
    """Return the PDFs of ``issue`` that the site below ``root`` has, and what made them; None if they are not current.

    PDFs that are damaged are not. Raises UnreadableError.
    """
    last, pdfs = _current_pdfs(root, publication, issue, is_exact=False)
    if pdfs is None:
        return None
    with template_errors_named(root):
        if any(
            _sha256((root / "output" / path).read_bytes()) != last.sha256(path) for path in pdfs.pdf_paths
        ):
            return None
    digests = {path.removeprefix(output_record.SITE): last.digests[path].sha256 for path in pdfs.pdf_paths}
    return Prints(*_made_with(root, issue), digests)


def has_exact_prints(root: Path, publication: Publication, issue: Issue) -> bool:
    """Tell whether a build would make the same PDFs of ``issue`` again: from its content, the settings, this program.

    Raises UnreadableError.
    """
    return _current_pdfs(root, publication, issue, is_exact=True)[1] is not None


def _current_pdfs(
    root: Path, publication: Publication, issue: Issue, is_exact: bool
) -> tuple[output_record.OutputRecord, output_record.PdfsEntry | None]:
    """Return the record of the last build, and its entry of the PDFs of ``issue``; None if these are not current."""
    with template_errors_named(root):
        inputs, last = read_inputs(root), output_record.read(root)
    whole = intact_paths(root, last)
    return last, current_pdfs(inputs, last, publication, issue, whole.issuperset, is_exact)


def cover_is_within(root: Path, cover: str) -> bool:
    """Tell whether the published pages beside ``cover``, a path below output, have the cover in their own file.

    So issues were printed before perfect-bound ones had a file for it; their preflight report, which is kept too,
    names none. Where there is no such report nothing is known, and this is not assumed.
    """
    stem = cover.removesuffix("-cover.pdf")
    try:
        report: Any = json.loads((root / "output" / f"{stem}-preflight.json").read_bytes())
    except (OSError, ValueError):
        return False
    has_pages = (root / "output" / f"{stem}-print.pdf").is_file()
    return has_pages and isinstance(report, dict) and not cast("dict[str, object]", report).get("cover")


def keep_prints(root: Path, prints: Prints) -> None:
    """Wait until the PDFs ``prints`` are on the disk: what is sealed may not be lost. Raises UnreadableError."""
    with template_errors_named(root):
        durable_files.keep([root / "output" / output_record.SITE / path for path in prints.digests])


def _made_with(root: Path, issue: Issue) -> tuple[str, dict[str, str]]:
    """Return the program and the libraries that typeset ``issue``, as its report tells; else those of now."""
    with suppress(OSError, ValueError, LookupError, TypeError):
        data: Any = json.loads((root / f"output/report/{issue.name}.json").read_text("utf-8"))
        versions = {name: str(data["程序库"][name]["版本"]) for name in TYPESETTING}
        return f"{PROGRAM} {data['运行环境']['程序']}", {**versions, "Pango": str(data["运行环境"]["Pango"])}
    return f"{PROGRAM} {__version__}", libraries_for_typesetting()


def sealed_digest(issue: Issue, path: str) -> str:
    """Return the SHA-256 that the file at ``path`` below ``output`` had when ``issue`` was published; empty if unknown."""
    prints = issue.record.prints if issue.record else None
    return prints.digests.get(path.removeprefix(output_record.SITE), "") if prints else ""


def as_sealed(content: bytes, published: Path, seal: str) -> bytes:
    """Return ``content``, unless its SHA-256 is not ``seal`` and the file ``published`` is still the sealed one."""
    if seal and _sha256(content) != seal:
        with suppress(OSError):
            before = published.read_bytes()
            if _sha256(before) == seal:
                return before
    return content


def published_report(root: Path, issue: Issue, folder: Folder) -> dict[str, Any] | None:
    """Return the data of the report of ``issue`` that lies in ``output``: it tells the pages of the PDFs there.

    None if there is none, or it is not about the documents in ``folder`` as they are.
    """
    with suppress(OSError, ValueError, LookupError, TypeError):
        data: Any = json.loads((root / f"output/report/{issue.name}.json").read_text("utf-8"))
        for entry, document in zip(data["公文"], issue.documents, strict=True):
            int(entry["页码"])
            if entry["sha256"] != _sha256(folder.read_bytes(document.path)):
                return None
            if any(not isinstance(page, int) for page in data["页码"][document.slug].values()):
                return None
        if isinstance(data["页数"], int):
            return data
    return None


def without_pages(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return ``data`` of a report without the pages of documents, for PDFs of which they are not known."""
    return {**data, "公文": [{**entry, "页码": "", "末页": ""} for entry in data["公文"]], "页码": {}}


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def broken_seals(publication: Publication, digests: Mapping[str, Digest]) -> Iterator[Diagnostic]:
    """Yield B055 for each published issue with a PDF that is not the one that was published.

    ``digests`` are those of the files of the site, by path below ``output``.
    """
    for issue in publication.issues:
        prints = issue.record.prints if issue.record else None
        if prints is None:
            continue
        paths = [
            path
            for path, digest in prints.digests.items()
            if (now := digests.get(output_record.SITE + path)) is not None and now.sha256 != digest
        ]
        if paths:
            names = "、".join(paths[:SHOWN]) + (f" 等 {len(paths)} 个文件" if len(paths) > SHOWN else "")
            found = Diagnostic(
                "B055",
                Severity.WARNING,
                Place(f"output/site/{paths[0]}"),
                f"{issue_name(issue)}已经发布，重新排印的 PDF 却与发布时的不同：{names}。",
            )
            remedy = advice(
                f"发布时的由 {_words(prints)} 排印。有备份的，把发布时的文件放回 output/site 的原处，再生成一次；确要换成现在的，",
                AdvisedAct(Act.REPUBLISH, issue.name),
                "。",
            )
            yield advised(found, remedy)


def _words(prints: Prints) -> str:
    weasyprint = prints.libraries.get("weasyprint", "")
    return prints.program + (f"、WeasyPrint {weasyprint}" if weasyprint else "")
