"""The files that pages of an issue may link to: those of the site, whatever else was made of the issue."""

from __future__ import annotations

from liulin_gazette.pipeline.freshness import offered_files
from liulin_gazette.pipeline.output_record import BuiltIssue, EditionEntry, PdfsEntry
from liulin_gazette.web.manifest import Digest

FOLDER = "content/2031-2z1"
OFFICE = (
    "wechat/2031-2z1/index.html",
    "portal/2031-2z1/documents.csv",
    "archive/a.zip",
    "print/a-print.pdf",
)


def test_only_files_of_the_site_are_offered() -> None:
    """One that stands at the same place below another folder does not take its place."""
    pdfs = PdfsEntry(
        "", ("site/a.pdf", "print/a-print.pdf"), "", BuiltIssue("", 1, 2, {}, "", ""), {"a": (1, 2)}
    )
    editions = {
        "EPUB": EditionEntry("", ("site/a.epub", "site/lost.epub")),
        "微信": EditionEntry("", OFFICE),
        "张贴页": EditionEntry("", ()),
    }
    sizes = {"site/a.pdf": 7, "site/a.epub": 8} | dict.fromkeys(OFFICE, 9)
    digests = {path: Digest(size, "", "") for path, size in sizes.items()}
    assert offered_files(digests, {FOLDER: pdfs}, {FOLDER: editions}) == {FOLDER: {"a.pdf": 7, "a.epub": 8}}
    assert offered_files(digests, {}, {FOLDER: {"微信": EditionEntry("", OFFICE)}}) == {FOLDER: {}}
