"""Published issues whose PDFs are of a former program, or of former settings: they stay as published."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from liulin_gazette.model.publication import Publication
from liulin_gazette.pipeline import output_record
from liulin_gazette.pipeline.freshness import print_key
from liulin_gazette.pipeline.inputs import read_inputs
from liulin_gazette.rendering.template_errors import template_errors_named


def former_prints(root: Path, publication: Publication) -> Iterator[str]:
    """Yield the folders of issues of ``publication``, below ``root``, whose PDFs would be typeset anew if they were not published.

    Raises UnreadableError.
    """
    with template_errors_named(root):
        inputs, last = read_inputs(root), output_record.read(root)
    for issue in publication.issues:
        pdfs = last.pdfs.get(issue.folder)
        if pdfs is not None and pdfs.key != print_key(inputs, publication, issue):
            yield issue.folder
