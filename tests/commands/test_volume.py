"""``volume``: the issues of a year in one PDF with one outline; and the page of the year."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from liulin_gazette.cli import main
from liulin_gazette.model.annual_index import annual_index, issues_of
from liulin_gazette.pipeline.examination import examine
from tests.conftest import Edit


@pytest.fixture
def year(project: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a project with two issues of one year."""
    first, second = project / "content/2026-1", project / "content/2026-2"
    second.mkdir()
    issue = (first / "issue.toml").read_text("utf-8")
    issue = issue.replace('"期" = 1', '"期" = 2').replace('"总期号" = 30', '"总期号" = 31')
    (second / "issue.toml").write_text(issue.replace("2026-02-28", "2026-04-30"), "utf-8")
    document = (first / "01.md").read_text("utf-8")
    (second / "01.md").write_text(document.replace("9号", "10号").replace("护林", "防火"), "utf-8")
    monkeypatch.chdir(project)
    return project


def test_a_year_is_bound_with_one_outline(year: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["volume", "2026"], year) == 0
    assert "2 期" in capsys.readouterr().out
    document: Any = pypdfium2.PdfDocument(year / "output/volumes/liulin-gazette-2026.pdf")
    outline: list[tuple[int, str]] = [(entry.level, entry.get_title()) for entry in document.get_toc()]
    document.close()
    assert [title for level, title in outline if level == 0] == ["2026年第1期", "2026年第2期"]
    assert [title for level, title in outline if level == 1] == ["目录", "县政府部门文件"] * 2
    titles = [title for level, title in outline if level == 2]
    assert any("护林" in title for title in titles) and any("防火" in title for title in titles)


def test_the_cover_names_the_issues_and_the_index_stands_at_the_end(year: Path) -> None:
    assert main(["annual", "2026", "--yes"], year) == 0
    assert main(["volume", "2026"], year) == 0
    document: Any = pypdfium2.PdfDocument(year / "output/volumes/liulin-gazette-2026.pdf")
    words = [page.get_textpage().get_text_bounded() for page in document]
    top = [entry.get_title() for entry in document.get_toc() if entry.level == 0]
    document.close()
    cover = re.sub(r"\s", "", words[0])
    assert "柳林县人民政府公报" in cover and "2026年合订本" in cover
    assert "第1期（总第30期）2026年2月28日第2期（总第31期）2026年4月30日" in cover
    assert top == ["2026年第1期", "2026年第2期", "柳林县人民政府公报2026年总目录"]
    assert [index for index, text in enumerate(words) if "一、按栏目" in text] == [len(words) - 1]
    assert "防火" in words[-1]


def test_an_index_that_a_later_year_prints_is_in_the_volume(
    year: Path, edit: Edit, capsys: pytest.CaptureFixture[str]
) -> None:
    edit("gazette.toml", '"双月刊"', '"半年刊"')
    edit("gazette.toml", '"每年期数" = 6', '"每年期数" = 2')
    edit("2026-2/issue.toml", "2026-04-30", "2026-10-30")
    later = year / "content/2027-1"
    shutil.copytree(year / "content/2026-2", later)
    for old, new in (("2026-10-30", "2027-02-28"), ("2026", "2027"), ('"期" = 2', '"期" = 1'), ("31", "32")):
        edit("2027-1/issue.toml", old, new)
    document = (later / "01.md").read_text("utf-8").replace("2026", "2027").replace("防火", "植树")
    (later / "01.md").write_text(document.replace("10号", "1号"), "utf-8")
    assert main(["annual", "2026", "--issue", "2027-1", "--yes"], year) == 0
    assert main(["volume", "2026"], year) == 0
    assert "（2 期" in capsys.readouterr().out
    volume: Any = pypdfium2.PdfDocument(year / "output/volumes/liulin-gazette-2026.pdf")
    words = [page.get_textpage().get_text_bounded() for page in volume]
    top = [entry.get_title() for entry in volume.get_toc() if entry.level == 0]
    volume.close()
    assert top == ["2026年第1期", "2026年第2期", "柳林县人民政府公报2026年总目录"]
    assert not any("植树" in text for text in words) and "2027" not in words[0]


def test_a_year_without_issues_is_told(year: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["volume", "2019"], year) == 2
    assert "2019 年没有刊物" in capsys.readouterr().err


def test_the_index_has_every_document_in_each_order(year: Path) -> None:
    publication = examine(year).publication
    assert publication is not None
    parts = annual_index(issues_of(publication, 2026), {"2026-2": {"liu-lin-fa-2026-10": 1}})
    assert [part.title for part in parts] == ["栏目", "发文机关", "文种", "发文字号"]
    for part in parts:
        (group,) = part.groups
        numbers = [str(entry.document.number) for entry in group.entries]
        assert numbers == ["柳林发〔2026〕9号", "柳林发〔2026〕10号"]
        assert [entry.page for entry in group.entries] == [0, 1]


def test_the_page_of_the_year_lists_both_issues(year: Path) -> None:
    assert main(["build", "--site-only"], year) == 0
    page = (year / "output/site/2026/index.html").read_text("utf-8")
    assert re.findall(r'<div class="unfolded" id="(\w+)">', page) == [
        "sections",
        "issuers",
        "types",
        "numbers",
    ]
    assert page.count("2026年第2期") >= 4
    assert 'href="2026/index.html"' in (year / "output/site/index.html").read_text("utf-8")
