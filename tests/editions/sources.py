"""The issues of a county as their editions are made from them, for tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from liulin_gazette.editions.edition import EditionSource
from liulin_gazette.model.blocks import anchor_of
from liulin_gazette.model.dated_settings import settings_at
from liulin_gazette.model.publication import Publication
from liulin_gazette.rendering.templates import read_templates
from liulin_gazette.rendering.templating import environment
from liulin_gazette.web.printed_pages import Pages
from tests.conftest import ROOT

SECOND_COUNTY = ROOT / "tests/second_county"


def sources(publication: Publication, root: Path = ROOT, has_pages: bool = True) -> Iterator[EditionSource]:
    """Yield the source of each issue; every block of a document stands on a printed page of its own."""
    environ = environment(read_templates(ROOT))
    for issue in publication.issues:
        first, printed = 1, dict[str, Pages]()
        for document in issue.full_texts:
            anchors = [anchor for each in document.blocks if (anchor := anchor_of(each))]
            last = first + len(anchors)
            printed[document.slug] = Pages(first, last, dict(zip(anchors, range(first, last), strict=True)))
            first = last + 1
        yield EditionSource(
            settings_at(publication, issue),
            issue,
            printed if has_pages else None,
            b"",
            environ,
            lambda path: (root / path).read_bytes(),
        )
