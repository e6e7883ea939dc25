"""Whether the indexes (总目录) that the program wrote still agree with the issues of their year (B060)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from liulin_gazette.model.annual_index import FirstPages, issues_of
from liulin_gazette.model.diagnostics import Diagnostic, Place, Severity, advised
from liulin_gazette.model.publication import Issue, Publication
from liulin_gazette.pipeline.output_record import PdfsEntry
from liulin_gazette.source.annual_document import annual_text
from liulin_gazette.text.advised_acts import Act, AdvisedAct, advice


def outdated_indexes(publication: Publication, first_pages: FirstPages) -> Iterator[Diagnostic]:
    """Yield B060 for each index of ``publication`` that the program would write otherwise now.

    ``first_pages`` are the printed pages as far as they are known: where those of an issue are not, only titles,
    numbers and issues are compared. A published index is told of too, but cannot change any more: it is a note then.
    """
    for issue in publication.issues:
        for document in issue.documents:
            if (index := document.generated_index) is None:
                continue
            issues = issues_of(publication, index.year)
            text = annual_text(issues, first_pages, index.orders)
            if text.digest == index.digest:
                continue
            are_known = all(each.name in first_pages for each in issues)
            if text.has_entries_of(index.digest) and not are_known:
                continue
            what = "页码" if text.has_entries_of(index.digest) else "文件"
            found = Diagnostic(
                "B060",
                Severity.WARNING if issue.record is None else Severity.NOTE,
                document.places.get("总目录", Place(document.path, 1, 1)),
                f"{index.year}年的总目录与各期不一致：编好以后，各期的{what}有改动。",
            )
            yield advised(found, advice(AdvisedAct(Act.COMPILE_INDEX, str(index.year)), "。"))


def pages_of(issues: tuple[Issue, ...], pdfs: Mapping[str, PdfsEntry]) -> dict[str, Mapping[str, int]]:
    """Return the first pages of the documents of those ``issues`` that have an entry in ``pdfs``."""
    return {issue.name: pdfs[issue.folder].issue.first_pages for issue in issues if issue.folder in pdfs}
