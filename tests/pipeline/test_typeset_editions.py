"""成品 大字版 and 张贴页: made when asked for, kept while nothing changes, linked, listed, and removed again."""

from __future__ import annotations

import json
import re
from collections.abc import Generator
from pathlib import Path

import pypdfium2
import pytest

from liulin_gazette.desk.act_words import desk_advice
from liulin_gazette.pdf.editions.own_typesetting import (
    TypesetEdition,
    TypesetEditionMaker,
    TypesettingSource,
)
from liulin_gazette.pdf.typeset.layout import TypesettingError
from liulin_gazette.pipeline.sealed_prints import current_prints
from liulin_gazette.pipeline.site_parts import typeset_editions
from liulin_gazette.pipeline.stages import Result, Wanted, build
from liulin_gazette.source.loader import load_issues
from liulin_gazette.text.advised_acts import Act, advice
from tests.conftest import Edit, publish

BEFORE = '"赠阅范围"'
WANTED = f'"成品" = ["大字版", "张贴页"]\n{BEFORE}'
NAMES = ("2026/1/liulin-gazette-2026-1-large-print.pdf", "2026/1/liulin-gazette-2026-1-poster.pdf")


def built(project: Path, site_only: bool = False) -> Result:
    result = build(project, Wanted(jobs=1, site_only=site_only), lambda _: None)
    assert not result.failed, result.diagnostics
    return result


def editions(project: Path) -> dict[str, bytes]:
    site = project / "output/site"
    return {name: (site / name).read_bytes() for name in NAMES if (site / name).exists()}


def test_they_are_made_kept_linked_and_removed(project: Path, edit: Edit) -> None:
    site = project / "output/site"
    built(project)
    pdf = (site / "2026/1/liulin-gazette-2026-1.pdf").read_bytes()
    assert editions(project) == {}

    edit("gazette.toml", BEFORE, WANTED)
    built(project, site_only=True)
    assert editions(project) == {}, "nothing is typeset"
    built(project)
    files = editions(project)
    assert set(files) == set(NAMES)
    assert (site / "2026/1/liulin-gazette-2026-1.pdf").read_bytes() == pdf
    listed = json.dumps(json.loads((site / "manifest.json").read_text("utf-8")))
    page = (site / "2026/1/index.html").read_text("utf-8")
    for name, label in zip(NAMES, ("大字版", "张贴页"), strict=True):
        assert name in listed and f'href="{name.rpartition("/")[2]}">{label}（' in page

    stamps = [(site / name).stat().st_mtime_ns for name in NAMES]
    edit("gazette.toml", '"张贴页"]', '"张贴页", "Word"]')
    built(project)
    assert [(site / name).stat().st_mtime_ns for name in NAMES] == stamps, "not written again"
    built(project, site_only=True)
    assert editions(project) == files

    edit("2026-1/01.md", "关于加强护林工作", "关于做好护林工作")
    built(project, site_only=True)
    assert editions(project) == {}, "they would be of another text than the site"
    built(project)
    changed = editions(project)
    assert set(changed) == set(files) and all(changed[name] != files[name] for name in NAMES)

    edit("gazette.toml", '["大字版", "张贴页", "Word"]', '["张贴页"]')
    built(project)
    assert editions(project) == {NAMES[1]: changed[NAMES[1]]}
    assert "大字版" not in (site / "2026/1/index.html").read_text("utf-8")


def test_a_published_issue_has_them_and_its_record_does_not(project: Path, edit: Edit) -> None:
    built(project)
    publish(project, "2026-1")
    edit("gazette.toml", BEFORE, WANTED)
    assert built(project).replaced == () and set(editions(project)) == set(NAMES)
    publication, _ = load_issues(project, ["2026-1"])
    assert publication
    prints = current_prints(project, publication, publication.issues[0])
    assert prints and not set(prints.digests) & set(NAMES)


def test_one_that_cannot_be_typeset_is_told_and_the_other_is_whole(
    project: Path, edit: Edit, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(source: TypesettingSource) -> Generator[None, None, TypesetEdition]:
        yield
        raise TypesettingError("版面上有半透明的颜色")

    makers = typeset_editions.maker_of

    def maker_of(name: str) -> TypesetEditionMaker:
        return failing if name == "大字版" else makers(name)

    monkeypatch.setattr(typeset_editions, "maker_of", maker_of)
    edit("gazette.toml", BEFORE, WANTED)
    for _ in range(2):
        found = [each for each in built(project).diagnostics if each.code == "S090"]
        assert [each.place.path for each in found] == ["content/2026-1/issue.toml"]
        assert "大字版没有做成：版面上有半透明的颜色" in found[0].message
        assert set(editions(project)) == {NAMES[1]}
        assert found[0].hint == "照它说的改正以后再生成一次；网页、PDF 和别的成品不受影响。"


def test_what_failed_for_once_is_made_by_the_next_build(
    project: Path, edit: Edit, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(source: TypesettingSource) -> Generator[None, None, TypesetEdition]:
        yield
        raise TypesettingError("内存不够", advice("关掉别的程序，", Act.SAVE_MEMORY, "。"))

    def maker_of(name: str) -> TypesetEditionMaker:
        return failing

    edit("gazette.toml", BEFORE, f'"成品" = ["大字版"]\n{BEFORE}')
    with monkeypatch.context() as patched:
        patched.setattr(typeset_editions, "maker_of", maker_of)
        (found,) = [each for each in built(project).diagnostics if each.code == "S090"]
    assert "--jobs 1" in found.hint and desk_advice(found) == "关掉别的程序，再做一次。"
    assert editions(project) == {}

    again = built(project)
    assert not again.unchanged and "S090" not in {each.code for each in again.diagnostics}
    assert set(editions(project)) == {NAMES[0]}
    assert built(project).unchanged


def test_the_large_print_tells_the_pages_of_the_paper(project: Path, edit: Edit) -> None:
    edit("gazette.toml", BEFORE, f'"成品" = ["大字版"]\n{BEFORE}')
    edit("2026-1/01.md", "主送:", "印刷页码: 37-41\n主送:")
    built(project)
    document = pypdfium2.PdfDocument(editions(project)[NAMES[0]])
    text = "".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    assert re.findall(r"原刊第(.+?)页", re.sub(r"\s", "", text)) == ["37—41"]
