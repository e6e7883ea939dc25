"""The characters that no face on this computer has, found without typesetting."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from liulin_gazette.model.dated_settings import settings_at
from liulin_gazette.model.diagnostics import Diagnostic
from liulin_gazette.model.own_texts import NOT_PRINTED, OwnText, printed_values
from liulin_gazette.model.publication import Issue, IssueFormat, Publication
from liulin_gazette.pdf.composition.fonts import installed_coverage
from liulin_gazette.pdf.composition.glyph_coverage import (
    SETTINGS,
    TEXT_FACE,
    missing_characters,
    missing_in_settings,
    missing_on_pages,
)
from liulin_gazette.pipeline.inputs import ContentReader
from liulin_gazette.source.folder import ISSUE_FILE
from liulin_gazette.source.loader import load_issue
from liulin_gazette.source.settings_tables.toml_texts import own_texts


def unprintable_characters(
    reader: ContentReader,
    form: IssueFormat,
    publication: Publication,
    characters: Iterable[str],
    texts: Sequence[OwnText],
) -> Iterator[Diagnostic]:
    """Yield T001 for each character that is printed or shown and that the text face lacks, where one is installed.

    ``characters`` has those of each issue of ``publication``, ``texts`` are those of gazette.toml and contacts.toml.
    Published issues are left out: their PDFs are kept, and need no face. ``form`` is what gazette.toml says of
    issues.
    """
    covered = installed_coverage(reader.root, TEXT_FACE)
    if covered is None:
        return
    own = frozenset("".join(text.text for text in texts)) - covered
    on_paper: set[str] = set()
    reported: set[tuple[str, object]] = set()
    for issue, of_issue in zip(publication.issues, characters, strict=True):
        if issue.record is None:
            settings = settings_at(publication, issue)
            on_paper.update(printed_values(settings, issue))
            for found in missing_in_settings(settings, issue, own, texts):
                if (found.message, found.place) not in reported:
                    reported.add((found.message, found.place))
                    yield found
            if lacking := frozenset(of_issue) - covered:
                yield from _of_issue(reader, form, issue, lacking, covered)
    if own:
        beside = (text for text in texts if text.place.path != SETTINGS or text.text not in on_paper)
        yield from missing_on_pages(beside, covered)


def _of_issue(
    reader: ContentReader, form: IssueFormat, outline: Issue, lacking: frozenset[str], covered: frozenset[str]
) -> Iterator[Diagnostic]:
    """Yield T001 for the characters ``lacking`` of an issue, of which ``outline`` has no texts."""
    folder = reader.read(outline.folder)
    issue, _ = load_issue(folder, form)
    if issue is not None:
        yield from missing_characters(issue, lacking, folder.read_bytes)
        path = f"{issue.folder}/{ISSUE_FILE}"
        alone = (text for text in own_texts(folder.read_bytes(path), path) if text.key in NOT_PRINTED)
        yield from missing_on_pages(alone, covered)
