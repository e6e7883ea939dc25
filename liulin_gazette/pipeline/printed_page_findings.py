"""What the printed pages show to be wrong: B060 for indexes, and B063 for errata that name a page of another document.

Before a build the pages are those that the last one printed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from liulin_gazette.model.corrected_places import text_place
from liulin_gazette.model.diagnostics import Diagnostic, Severity
from liulin_gazette.model.document import Erratum
from liulin_gazette.model.publication import Publication
from liulin_gazette.pipeline import output_record
from liulin_gazette.pipeline.annual_index_findings import outdated_indexes, pages_of
from liulin_gazette.pipeline.correction_reading import documents_by_name
from liulin_gazette.pipeline.inputs import Content, content_key
from liulin_gazette.pipeline.output_record import PdfsEntry


def page_findings(publication: Publication, pdfs: Mapping[str, PdfsEntry]) -> Iterator[Diagnostic]:
    """Yield B060 and B063 by the printed pages in ``pdfs``, the entries of issues by folder."""
    yield from outdated_indexes(publication, pages_of(publication.issues, pdfs))
    yield from _misplaced_errata(publication, pdfs)


def page_findings_before_build(content: Content, publication: Publication) -> Iterator[Diagnostic]:
    """Yield the same by what the last build printed of the issues that have not changed since."""
    has_index = any(document.generated_index for issue in publication.issues for document in issue.documents)
    if not has_index and not any(_with_pages(publication)):
        return
    last = output_record.read(content.reader.root)
    current = {
        issue.folder: pdfs
        for issue in publication.issues
        if (pdfs := last.pdfs.get(issue.folder)) and pdfs.content == content_key(content, issue)
    }
    yield from page_findings(publication, current)


def _with_pages(publication: Publication) -> Iterator[tuple[Erratum, int]]:
    """Yield the errata that name a page, each with the page."""
    for issue in publication.issues:
        for document in issue.documents:
            for erratum in document.errata:
                if (place := text_place(erratum.where)) and place.page:
                    yield erratum, place.page


def _misplaced_errata(publication: Publication, pdfs: Mapping[str, PdfsEntry]) -> Iterator[Diagnostic]:
    documents = documents_by_name(publication)
    for erratum, page in _with_pages(publication):
        issue, document = documents.get(erratum.target, (None, None))
        if issue is None or document is None or issue.folder not in pdfs:
            continue
        first, last = pdfs[issue.folder].spans[document.slug]
        if not first <= page <= last:
            printed = f"第{first}页" if first == last else f"第{first}—{last}页"
            yield Diagnostic(
                "B063",
                Severity.WARNING,
                erratum.place,
                f"位置写的是第{page}页，{document.citation_name}印在{issue.name}的{printed}。",
                "“位置”里的页是公报的印刷页码，不是公文自己的第几页；核对后改正。",
            )
