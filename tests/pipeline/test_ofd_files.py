"""成品 OFD: made when it is asked for, kept while nothing changes, removed when it is no longer wanted."""

from __future__ import annotations

import json
from pathlib import Path

from liulin_gazette.pipeline.sealed_prints import current_prints
from liulin_gazette.pipeline.stages import Wanted, build
from liulin_gazette.source.loader import load_issues
from tests.conftest import Edit, publish

BEFORE = '"赠阅范围"'
WANTED = f'"成品" = ["OFD"]\n{BEFORE}'


def ofd_files(site: Path) -> dict[str, bytes]:
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*.ofd")}


def pdf_files(site: Path) -> dict[str, bytes]:
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*.pdf")}


def test_ofd_is_made_kept_and_removed(project: Path, edit: Edit) -> None:
    site = project / "output/site"

    def built(site_only: bool = False) -> tuple[str, ...]:
        result = build(project, Wanted(jobs=1, site_only=site_only), lambda _: None)
        assert not result.failed, result.diagnostics
        assert "B055" not in [each.code for each in result.diagnostics]
        return result.typeset

    assert built() != () and ofd_files(site) == {}
    pdfs = pdf_files(site)

    edit("gazette.toml", BEFORE, WANTED)
    assert built(site_only=True) == () and pdf_files(site) == pdfs, (
        "without typesetting PDFs stay, and there is no OFD"
    )
    assert ofd_files(site) == {}
    assert built() == (), "the layouts are there"
    files = ofd_files(site)
    assert len(files) == 2 and pdf_files(site) == pdfs
    listed = json.dumps(json.loads((site / "manifest.json").read_text("utf-8")))
    assert [path for path in files if path not in listed] == []

    stamps = {path: (site / path).stat().st_mtime_ns for path in files}
    more = WANTED.replace('"OFD"', '"OFD", "Word"')
    edit("gazette.toml", WANTED, more)
    assert built() == () and ofd_files(site) == files
    assert {path: (site / path).stat().st_mtime_ns for path in files} == stamps, "not written again"

    edit("2026-1/01.md", "请认真执行。", "请认真执行！")
    built()
    changed = ofd_files(site)
    assert changed.keys() == files.keys() and all(changed[path] != files[path] for path in files)

    edit("gazette.toml", more, BEFORE)
    built()
    assert ofd_files(site) == {} and pdf_files(site).keys() == pdfs.keys()
    assert ".ofd" not in (site / "2026/1/index.html").read_text("utf-8")


def test_a_published_issue_has_ofd_of_the_pages_that_it_was_published_with(project: Path, edit: Edit) -> None:
    site = project / "output/site"
    build(project, Wanted(jobs=1), lambda _: None)
    pdfs = pdf_files(site)
    publish(project, "2026-1")
    edit("gazette.toml", BEFORE, WANTED)
    result = build(project, Wanted(jobs=1), lambda _: None)
    assert not result.failed and result.replaced == ()
    assert len(ofd_files(site)) == 2 and pdf_files(site) == pdfs
    publication, _ = load_issues(project, ["2026-1"])
    assert publication
    prints = current_prints(project, publication, publication.issues[0])
    assert prints and set(prints.digests) == set(pdfs), "only PDFs are sealed"
