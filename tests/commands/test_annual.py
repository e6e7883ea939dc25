"""``annual``: the index of a year as a document, written once, told of when it is outdated, never lost."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liulin_gazette.cli import main
from liulin_gazette.editing.issue_file import NewError, add_to_last_section
from liulin_gazette.model.blocks import Table, plain
from liulin_gazette.model.diagnostics import Severity
from liulin_gazette.model.document import Document
from liulin_gazette.model.publication import Issue, Section
from liulin_gazette.pipeline.annual_index_findings import outdated_indexes
from liulin_gazette.pipeline.examination import examine
from liulin_gazette.pipeline.stages import Wanted, build
from liulin_gazette.source.annual_document import annual_text, is_as_generated
from liulin_gazette.source.finding_collector import FindingCollector
from liulin_gazette.source.folder import read_folder
from liulin_gazette.source.markdown.markdown_blocks import Signing, read_blocks
from tests.conftest import ROOT, findings, publish
from tests.loading import load

INDEX = "content/2026-2/02.md"


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


def told(root: Path) -> list[tuple[str, Severity]]:
    return [(each.message, each.severity) for each in findings(root) if each.code == "B060"]


def test_the_index_is_written_told_of_written_anew_and_taken_back(
    year: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (year / "content/2026-2/issue.toml").read_bytes()
    assert main(["annual", "2026", "--yes"], year) == 0
    index = (year / INDEX).read_text("utf-8")
    assert "| 柳林县林业局关于加强护林工作的通知 | 柳林发〔2026〕9号 | 第1期 | 1 |" in index
    assert "| 柳林县林业局关于加强防火工作的通知 | 柳林发〔2026〕10号 | 第2期 | 1 |" in index
    assert [line for line in index.split("\n") if line.startswith("## ")] == [
        "## 一、按栏目",
        "## 二、按发文机关",
        "## 三、按文种",
        "## 四、按发文字号",
    ]
    publication, _ = load(year)
    assert publication is not None
    assert publication.issues[-1].sections[-1].name == "总目录"
    assert publication.issues[-1].documents[-1].path == INDEX
    assert told(year) == []

    # Nothing has changed: the same bytes. What the build printed is what the index says.
    assert not build(year, Wanted(), lambda _: None).failed
    capsys.readouterr()
    assert main(["annual", "2026", "--yes"], year) == 0
    assert "没有改动" in capsys.readouterr().out
    assert (year / INDEX).read_text("utf-8") == index
    assert not [each for each in build(year, Wanted(), lambda _: None).diagnostics if each.code == "B060"]

    # A title changes: check tells, and a body that was edited by hand is not lost.
    (year / INDEX).write_text(index.replace("加强护林", "加强森林") + "\n手写的话。\n", "utf-8")
    document = year / "content/2026-1/01.md"
    document.write_text(document.read_text("utf-8").replace("加强护林", "做好护林"), "utf-8")
    ((message, severity),) = told(year)
    assert "文件有改动" in message and severity is Severity.WARNING
    edited = (year / INDEX).read_bytes()
    assert main(["annual", "2026", "--yes"], year) == 1
    assert "用手改过" in capsys.readouterr().err
    assert (year / INDEX).read_bytes() == edited
    assert main(["annual", "2026", "--yes", "--overwrite", "--by", "发文字号、栏目"], year) == 0
    anew = (year / INDEX).read_text("utf-8")
    assert "做好护林" in anew and "手写的话" not in anew and "排法: 栏目、发文字号\n" in anew
    assert told(year) == []

    assert main(["undo", "--yes"], year) == 0
    assert (year / INDEX).read_bytes() == edited
    (year / INDEX).write_text(index, "utf-8")
    assert main(["undo", "--yes"], year) == 0
    assert not (year / INDEX).exists() and (year / "content/2026-2/issue.toml").read_bytes() == before


def test_what_cannot_be_written_is_told_with_the_way_out(
    year: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def refused(*words: str) -> str:
        assert main(["annual", *words, "--yes"], year) in (1, 2)
        return capsys.readouterr().err

    assert "2019 年没有刊物" in refused("2019")
    assert "没有 2027-1 这一期" in refused("2026", "--issue", "2027-1")
    assert "栏目、发文机关" in refused("2026", "--by", "颜色")
    assert "没有可以这样排的文件：主题分类" in refused("2026", "--by", "主题分类")
    document = year / "content/2026-1/01.md"
    good = document.read_text("utf-8")
    document.write_text(good.replace("柳林发〔2026〕9号", "柳林发2026-9"), "utf-8")
    assert "内容有错误" in refused("2026")
    document.write_text(good, "utf-8")
    publish(year, "2026-2")
    assert "--republish" in refused("2026") and not (year / INDEX).exists()
    assert main(["annual", "2026", "--issue", "2026-1", "--yes"], year) == 0
    assert "已经在 2026-1 里" in refused("2026", "--issue", "2026-2")
    issue = year / "content/2026-1/issue.toml"
    listed = issue.read_text("utf-8")
    swapped = (
        listed.replace('["01.md"]', '["x"]').replace('["02.md"]', '["01.md"]').replace('["x"]', '["02.md"]')
    )
    issue.write_text(swapped, "utf-8")
    document.write_text(good.replace("加强护林", "做好护林"), "utf-8")
    assert "不在 2026-1 的最后" in refused("2026")


def test_a_page_that_moves_makes_an_index_outdated(year: Path) -> None:
    assert main(["annual", "2026", "--yes"], year) == 0
    publication = examine(year).publication
    assert publication is not None
    first = {document.slug: 1 for document in publication.issues[0].documents}
    second = {document.slug: number for number, document in enumerate(publication.issues[1].documents, 1)}
    assert list(outdated_indexes(publication, {"2026-1": first, "2026-2": second})) == []
    moved = {"2026-1": dict.fromkeys(first, 2)}
    assert list(outdated_indexes(publication, moved)) == []  # The pages of 2026-2 are not known.
    (found,) = outdated_indexes(publication, moved | {"2026-2": second})
    assert "页码有改动" in found.message and "annual 2026" in found.hint


@pytest.mark.parametrize(
    ("old", "new", "code", "said"),
    [
        ("年: 2026", "年: 二〇二六", "B008", "写作四位数字"),
        ("排法: 栏目", "排法: 颜色", "B008", "可用的有：栏目"),
        ("摘要: ", "摘要: x", "B008", "删去“总目录”一节"),
        ("  年: 2026\n", "", "B007", "年"),
        ("体裁: 资料", "体裁: 讲话", "B018", "总目录"),
    ],
)
def test_a_damaged_mark_is_told_at_its_place(year: Path, old: str, new: str, code: str, said: str) -> None:
    index = year / "content/2026-2/02.md"
    index.write_text(
        "---\n体裁: 资料\n标题: 总目录\n成文日期: 2026-04-30\n总目录:\n  年: 2026\n  排法: 栏目\n"
        "  摘要: 0123456789ab-0123456789ab\n---\n\n正文。\n".replace(old, new, 1),
        "utf-8",
    )
    issue = year / "content/2026-2/issue.toml"
    issue.write_text(issue.read_text("utf-8").replace('"01.md"', '"01.md", "02.md"'), "utf-8")
    found = [each for each in findings(year) if each.place.path == INDEX and each.severity is Severity.ERROR]
    assert [each.code for each in found] == [code]
    assert said in found[0].message + found[0].hint and found[0].place.line > 1


def test_an_order_is_listed_with_what_it_publishes() -> None:
    """The title of every order of a county is the same; the reader looks for 护林办法."""
    order = Document(
        "content/2026-1/01.md",
        "单县人民政府令",
        ("单县人民政府令",),
        None,
        ("单县人民政府",),
        date(2026, 2, 6),
        "",
        "",
        None,
        "a",
        order=3,
        instruments=("单县护林办法",),
    )
    issue = Issue("content/2026-1", 2026, 1, 30, date(2026, 2, 28), (Section("政府令", (order,)),))
    assert "| 单县人民政府令　单县护林办法 | 第3号 | 第1期 |" in annual_text([issue], {}, ["栏目"]).body


@given(st.text("甲乙〔〕*_`\\|^$[]#:!~ ab()%", min_size=1, max_size=12).map(str.strip).filter(bool))
def test_any_title_is_printed_as_it_stands(title: str) -> None:
    if "\\|" in title or "**" in title:
        return  # What no table of the dialect can hold; the second look of the command takes such an index back.
    document = Document(
        "content/2026-1/01.md", title, (title,), None, (), date(2026, 2, 6), "", "", None, "a"
    )
    issue = Issue("content/2026-1", 2026, 1, 30, date(2026, 2, 28), (Section(title, (document,)),))
    text = annual_text([issue], {}, ["栏目"])
    collector = FindingCollector()
    (table,) = read_blocks(text.body, "x.md", read_folder(ROOT, "content"), collector, Signing(False, False))
    assert isinstance(table, Table) and collector.items == []
    assert plain(table.rows[1][0].text) == title and plain(table.rows[2][0].text) == title
    assert is_as_generated(f"\n{text.body}\n\n", text.digest)


@pytest.mark.parametrize("line_end", [b"\n", b"\r\n"])
def test_a_section_is_added_and_the_rest_of_issue_toml_stays(line_end: bytes) -> None:
    source = '# 注\n"年" = 2026\n\n[["栏目"]]\n"名称" = "甲"\n"文件" = ["01.md"]  # 一\n'.encode()
    source = source.replace(b"\n", line_end)
    once = add_to_last_section(source, "总目录", "02.md")
    added = '\n[["栏目"]]\n"名称" = "总目录"\n"文件" = ["02.md"]\n'.encode().replace(b"\n", line_end)
    assert once == source + added
    assert add_to_last_section(once, "总目录", "03.md") == once.replace(b'"02.md"', b'"02.md", "03.md"')
    with pytest.raises(NewError, match="不是这一期的最后一个栏目"):
        add_to_last_section(once, "甲", "03.md")
