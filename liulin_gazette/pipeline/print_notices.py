"""What the editor is told about PDFs that are not what they could be (B054), or not what was published."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from liulin_gazette.model.diagnostics import Diagnostic, Place, Severity
from liulin_gazette.model.publication import Publication
from liulin_gazette.pipeline.ledger import Ledger
from liulin_gazette.pipeline.print_files import Printed
from liulin_gazette.web.manifest import Digest

SHOWN = 5
"""So many issues are named, the newest."""


def not_typeset(printed: Printed) -> Iterator[Diagnostic]:
    """Yield B054 for the issues that are not typeset as they are now."""
    for names, words in (
        (printed.without_pdfs, "没有按现在的内容排印，网站上没有它们的 PDF"),
        (printed.with_former_settings, "的 PDF 是按以前的设置或程序排印的"),
    ):
        if names:
            shown = "、".join(names[-SHOWN:]) + (f" 等 {len(names)} 期" if len(names) > SHOWN else "")
            yield Diagnostic(
                "B054",
                Severity.WARNING,
                Place("output/site"),
                f"{shown} {words}。",
                "要让网站上有现在的 PDF，运行 python3 build.py。",
            )


def replaced_issues(
    publication: Publication, last: Ledger, printed: Printed, digests: Mapping[str, Digest]
) -> Iterator[str]:
    """Yield the names of published issues that have other PDFs on the site than after the ``last`` build.

    ``digests`` are those of the files of the site now, by path below ``output``.
    """
    for issue in publication.issues:
        before = last.pdfs.get(issue.folder)
        if (
            issue.record is not None
            and issue.folder in printed.pdfs
            and before is not None
            and any(last.digests.get(path) != digests.get(path) for path in before.site_paths)
        ):
            yield issue.name
