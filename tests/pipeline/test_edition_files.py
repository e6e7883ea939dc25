"""Editions (成品): made when asked for, kept while nothing changes, listed, linked, and removed when no longer wanted."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from liulin_gazette.editions.edition import EditionFiles, EditionSource
from liulin_gazette.model.diagnostics import Diagnostic, Severity
from liulin_gazette.pipeline.damaged_output import output_differences
from liulin_gazette.pipeline.site_parts import edition_files
from liulin_gazette.pipeline.stages import Wanted, build
from liulin_gazette.rendering.product import Asset
from liulin_gazette.web import addresses
from liulin_gazette.web.other_formats import size_in_words
from tests.conftest import Edit

BEFORE = '"赠阅范围"'
WANTED = f'"成品" = ["EPUB", "Word"]\n{BEFORE}'


def test_editions_are_made_kept_linked_and_removed(
    project: Path, edit: Edit, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[str] = []

    def epub(source: EditionSource) -> EditionFiles:
        calls.append("EPUB")
        content = source.issue.full_texts[0].title.encode() * 100
        found = Diagnostic("S090", Severity.WARNING, source.issue.full_texts[0].place, "试验。")
        return EditionFiles((Asset(addresses.issue_epub(source.issue), content),), (found,))

    def word(source: EditionSource) -> EditionFiles:
        calls.append("Word")
        path = addresses.document_docx(source.issue, source.issue.full_texts[0])
        return EditionFiles((Asset(path, source.gazette.name.encode()),))

    monkeypatch.setattr(edition_files, "MAKERS", {"EPUB": epub, "Word": word})
    wanted = Wanted(jobs=1, site_only=True)
    site = project / "output/site"

    def built() -> list[str]:
        result = build(project, wanted, lambda _: None)
        assert not result.failed, result.diagnostics
        return [each.code for each in result.diagnostics if each.code == "S090"]

    assert built() == [] and calls == []
    issue_page = (site / "2026/1/index.html").read_text("utf-8")
    assert "其他格式" not in issue_page and not list(site.rglob("*.epub"))

    edit("gazette.toml", BEFORE, WANTED)
    assert built() == ["S090"] and sorted(calls) == ["EPUB", "Word"]
    (book,) = site.rglob("*.epub")
    (paper,) = site.rglob("*.docx")
    listed = json.dumps(json.loads((site / "manifest.json").read_text("utf-8")))
    issue_page = (site / "2026/1/index.html").read_text("utf-8")
    page = (paper.parent / "index.html").read_text("utf-8")
    size = size_in_words(book.stat().st_size)
    assert book.name in listed and paper.name in listed
    assert f'href="{book.name}">EPUB（{size}）</a>' in issue_page
    assert f'href="{paper.name}">Word（1 KB）</a>' in page and f'href="../{book.name}">整期 EPUB' in page

    calls.clear()
    assert built() == ["S090"] and calls == []  # What was found is told while the files are kept.
    edit("2026-1/01.md", "主送", "# 注释\n主送")
    assert built() == ["S090"] and sorted(calls) == ["EPUB", "Word"]

    edit("gazette.toml", '"成品" = ["EPUB", "Word"]', '"成品" = ["Word"]')
    assert built() == []
    assert not list(site.rglob("*.epub")) and list(site.rglob("*.docx"))
    assert "EPUB" not in (paper.parent / "index.html").read_text("utf-8")


def test_sizes_are_told_in_words() -> None:
    words = [size_in_words(size) for size in (0, 999, 86_400, 999_499, 1_234_567)]
    assert words == ["1 KB", "1 KB", "86 KB", "999 KB", "1.2 MB"]


def test_editions_for_the_office_are_beside_the_site_and_no_part_of_it(project: Path, edit: Edit) -> None:
    """With PDFs: covers and attachments are there; a column, a text and the setting change what depends on them."""
    wanted = Wanted(jobs=1)
    output = project / "output"

    def built() -> None:
        result = build(project, wanted, lambda _: None)
        assert not result.failed, result.diagnostics

    edit("gazette.toml", BEFORE, f'"成品" = ["微信", "门户"]\n{BEFORE}')
    built()
    (page,) = output.glob("wechat/2026-1/*/index.html")
    (fragment,) = output.glob("portal/2026-1/*/*.html")
    slug = page.parent.name
    names = {
        path.relative_to(output).as_posix()
        for part in ("wechat", "portal")
        for path in files_in(output / part)
    }
    assert names == {
        "wechat/2026-1/index.html", "wechat/2026-1/wechat.css", "wechat/2026-1/copy.js",
        f"wechat/2026-1/{slug}/index.html", f"wechat/2026-1/{slug}/cover.png",
        "portal/2026-1/documents.xlsx", "portal/2026-1/documents.csv",
        f"portal/2026-1/{slug}/{slug}.html", f"portal/2026-1/{slug}/{slug}.pdf",
    }  # fmt: skip
    pdf = output / f"site/2026/1/{slug}/{slug}.pdf"
    assert (fragment.parent / pdf.name).read_bytes() == pdf.read_bytes()
    site = (output / "site/manifest.json").read_text("utf-8") + (output / "site/offline.js").read_text(
        "utf-8"
    )
    assert "wechat" not in site and "portal" not in site
    whole = output_differences(project)
    assert whole and not whole.changed and not whole.missing and not whole.extra

    before = {path: path.stat().st_mtime_ns for path in files_in(output / "wechat")}
    edit("gazette.toml", '["封底"]', '["门户"]\n"列" = ["文号", "附件"]\n\n["封底"]')
    built()
    table = (output / "portal/2026-1/documents.csv").read_text("utf-8-sig")
    assert table.splitlines() == ["文号,附件", f"柳林发〔2026〕9号,{slug}/{slug}.pdf"]
    assert {path: path.stat().st_mtime_ns for path in files_in(output / "wechat")} == before

    # A file that was spoilt is made again, and what nobody wants any more goes.
    (output / "portal/2026-1/documents.csv").write_text("坏", "utf-8")
    built()
    assert (output / "portal/2026-1/documents.csv").read_text("utf-8-sig") == table
    edit("gazette.toml", '["微信", "门户"]', '["门户"]')
    built()
    assert not files_in(output / "wechat") and files_in(output / "portal")


def files_in(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())
