"""The large print (大字版): the issue set again, in one column of 三号 (16 pt) on A4, for people who see badly."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from dataclasses import replace

from liulin_gazette.model.diagnostics import Diagnostic, Severity
from liulin_gazette.model.editions import LARGE_PRINT
from liulin_gazette.model.gazette import Gazette, Printing
from liulin_gazette.model.issue_faces import PLAIN_COVER
from liulin_gazette.model.publication import Issue
from liulin_gazette.pdf.composition.crowded_tables import crowded_tables
from liulin_gazette.pdf.composition.page_format import LARGE_BODY, page_format
from liulin_gazette.pdf.editions.own_typesetting import A4, TypesetEdition, TypesettingSource
from liulin_gazette.pdf.editions.reading_edition import reading_pdf
from liulin_gazette.pdf.editions.typeset_issue import (
    issue_metadata,
    parts_by_section,
    typeset_issue,
    typesetter_for,
)
from liulin_gazette.pdf.write.page_content import collect_drawings
from liulin_gazette.rendering.templating import environment


def large_settings(gazette: Gazette) -> Gazette:
    """Return the settings of ``gazette`` for its large print: another format, and no binding."""
    printing = replace(
        gazette.printing,
        cover_style=PLAIN_COVER,
        binding=Printing().binding,
    )
    return replace(gazette, page_size=A4, body=LARGE_BODY, printing=printing)


def large_print(source: TypesettingSource) -> Generator[None, None, TypesetEdition]:
    """Return the large print of an issue as PDF/A-3a and PDF/UA-1: a job for ``WorkerPool.interleave``, which yields twice.

    Its pages have numbers of their own; each document tells its pages in the printed issue, by which it is cited.
    Raises TypesettingError.
    """
    gazette, issue = large_settings(source.gazette), source.issue
    typesetter = typesetter_for(
        gazette, source.root, source.templates, source.faces, source.pool, source.read_bytes
    )
    typeset = yield from typeset_issue(gazette, issue, source.templates, typesetter, source.spans)
    parts = parts_by_section(typeset.parts, issue)
    metadata = issue_metadata(gazette, issue)
    pdf = reading_pdf(
        parts,
        collect_drawings(parts, source.faces),
        replace(metadata, title=f"{metadata.title}（{LARGE_PRINT}）"),
        environment(source.templates),
        {},
    )
    return TypesetEdition(pdf, tuple(crowded_in_large_print(issue)))


def crowded_in_large_print(issue: Issue) -> Iterator[Diagnostic]:
    """Yield S090 for each table of ``issue`` in which a word is broken in the smallest type of the large print."""
    for found in crowded_tables(issue, page_format(A4, LARGE_BODY)):
        yield replace(
            found,
            code="S090",
            severity=Severity.WARNING,
            message=f"{LARGE_PRINT}里，{found.message}",
            hint="大字版的表最小用小四。把表分成两个，合并、删去几列；原件如此的，读这个表的人用网页放大看。",
        )
