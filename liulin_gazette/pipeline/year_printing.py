"""The issues of a year as they are typeset, for what is made of several: a volume, or the pages of an index."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from liulin_gazette.model.annual_index import issues_of
from liulin_gazette.model.dated_settings import settings_at
from liulin_gazette.model.publication import Issue, Publication
from liulin_gazette.pipeline import output_record
from liulin_gazette.pipeline.damaged_output import intact_paths
from liulin_gazette.pipeline.freshness import current_pdfs
from liulin_gazette.pipeline.inputs import read_inputs
from liulin_gazette.rendering.templates import Templates, read_templates
from liulin_gazette.source.folder import read_plain_file
from liulin_gazette.source.loader import load_issues
from liulin_gazette.workers.pool import WorkerPool

if TYPE_CHECKING:
    from liulin_gazette.pdf.composition.fonts import Face
    from liulin_gazette.pdf.editions.typeset_issue import TypesetIssue
    from liulin_gazette.pdf.write.book import Part

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class PrintedYear:
    """Issues as they are typeset, with what their pages are drawn with."""

    publication: Publication
    """With the issues, which have their texts."""
    typeset: tuple[TypesetIssue, ...]
    """One for each issue."""
    templates: Templates
    faces: tuple[Face, ...]
    cover: Part | None
    """The cover of the volume, where one was asked for."""


def typeset_issues(root: Path, names: Container[str], say: Say, volume: int = 0) -> PrintedYear:
    """Return the issues that have these ``names``, which the content has without errors; ``say`` is told each step.

    With ``volume``, a year, the cover of its volume is typeset too.

    Raises TypesettingError, FontMissingError, UnprintableError.
    """
    from liulin_gazette.pdf.composition import fonts
    from liulin_gazette.pdf.composition.glyph_coverage import printed_characters
    from liulin_gazette.pdf.composition.volume_cover import volume_cover
    from liulin_gazette.pdf.editions.typeset_issue import typeset_issue, typesetter_for
    from liulin_gazette.pdf.typeset.typesetting_unit import preload
    from liulin_gazette.pdf.write.book import Part

    publication, _ = load_issues(root, names)
    assert publication is not None
    templates = read_templates(root)
    read_bytes = partial(read_plain_file, root)
    with WorkerPool() as pool:
        pool.get_ready(preload, pool.helpers)
        characters: set[str] = set()
        for issue in publication.issues:
            characters |= printed_characters(settings_at(publication, issue), issue, templates, read_bytes)
        faces = fonts.prepare(root, frozenset(characters))

        def typeset(issue: Issue) -> TypesetIssue:
            say(f"排印 {issue.name}")
            settings = settings_at(publication, issue)
            typesetter = typesetter_for(settings, root, templates, faces, pool, read_bytes)
            (result,) = pool.interleave([typeset_issue(settings, issue, templates, typesetter)])
            return result

        def typeset_cover() -> Part:
            issues = issues_of(publication, volume)
            settings = settings_at(publication, issues[-1])
            item = volume_cover(settings, volume, issues, templates)
            typesetter = typesetter_for(settings, root, templates, faces, pool, read_bytes)
            return Part(item.name, typesetter.layouts([item])[item.name], key=typesetter.key(item))

        results = tuple(typeset(issue) for issue in publication.issues)
        cover = typeset_cover() if volume else None
    return PrintedYear(publication, results, templates, faces, cover)


def first_pages(
    root: Path, publication: Publication, issues: Sequence[Issue], say: Say
) -> dict[str, Mapping[str, int]]:
    """Return the printed page on which each document of ``issues`` begins, by the issue's name and the document's slug.

    What the last build printed of the present content is taken from its record; the rest is typeset. Raises
    TypesettingError, UnprintableError, UnreadableError.
    """
    inputs, last = read_inputs(root), output_record.read(root)
    whole = intact_paths(root, last)
    pages: dict[str, Mapping[str, int]] = {}
    for issue in issues:
        is_exact = issue.record is None
        if pdfs := current_pdfs(inputs, last, publication, issue, whole.issuperset, is_exact):
            pages[issue.name] = pdfs.issue.first_pages
    unknown = [issue.name for issue in issues if issue.name not in pages]
    if unknown:
        printed = typeset_issues(root, unknown, say)
        for issue, typeset in zip(printed.publication.issues, printed.typeset, strict=True):
            pages[issue.name] = typeset.first_pages
    return pages
