"""What the editor is told about PDFs that are not what they could be (B054), or not what was published."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from liulin_gazette.model.diagnostics import Diagnostic, Place, Severity, advised
from liulin_gazette.model.publication import Publication
from liulin_gazette.pipeline.output_record import OutputRecord
from liulin_gazette.pipeline.print_files import Printed
from liulin_gazette.text.advised_acts import Act, AdvisedAct, advice
from liulin_gazette.web.manifest import Digest

SHOWN = 5
"""So many issues are named, the newest."""


def not_typeset(printed: Printed) -> Iterator[Diagnostic]:
    """Yield B054 for the issues that are not typeset as they are now."""
    to_build = advice("要让网站上有现在的 PDF，", Act.BUILD, "。")
    newest = AdvisedAct(Act.REPUBLISH, printed.as_published[-1] if printed.as_published else "")
    each = "，一期一期做，例如" if len(printed.as_published) > 1 else "，"
    to_reprint = advice(f"确要用现在的设置和程序重排{each}", newest, "。")
    for names, severity, words, remedy in (
        (printed.without_pdfs, Severity.WARNING, "没有按现在的内容排印，网站上没有它们的 PDF", to_build),
        (printed.with_former_settings, Severity.WARNING, "的 PDF 是按以前的设置或程序排印的", to_build),
        (
            printed.as_published,
            Severity.NOTE,
            "已发布，PDF 保持公布的原样，是按以前的设置或程序排印的",
            to_reprint,
        ),
    ):
        if names:
            shown = "、".join(names[-SHOWN:]) + (f" 等 {len(names)} 期" if len(names) > SHOWN else "")
            yield advised(Diagnostic("B054", severity, Place("output/site"), f"{shown} {words}。"), remedy)


def replaced_issues(
    publication: Publication, last: OutputRecord, printed: Printed, digests: Mapping[str, Digest]
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
            and any(last.digests.get(path) != digests.get(path) for path in before.pdf_paths)
        ):
            yield issue.name
