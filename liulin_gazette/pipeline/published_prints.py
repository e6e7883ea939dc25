"""Published issues whose PDFs were made by a former program, or with former settings: they stay as published."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from liulin_gazette.pipeline import ledger
from liulin_gazette.pipeline.examination import survey
from liulin_gazette.pipeline.print_files import print_base, print_key
from liulin_gazette.source.loader import load_series


def printed_formerly(root: Path) -> Iterator[str]:
    """Yield the folders of issues below ``root`` whose PDFs would be typeset anew if they were not published."""
    surveyed, last = survey(root), ledger.read(root)
    publication = load_series(surveyed.content).publication
    base = print_base(root, publication) if publication else ""
    for path, digest in surveyed.printed.items():
        made = last.made.get(f"pdf {path}")
        if made is not None and made.key and made.key != print_key(base, digest):
            yield path
