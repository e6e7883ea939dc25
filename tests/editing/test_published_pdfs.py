"""PDFs of published issues stay as they are until there is a reason."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import pytest

from liulin_gazette.cli import main
from liulin_gazette.pipeline.stages import Wanted, build
from liulin_gazette.web.manifest import compare
from tests.conftest import Edit
from tests.editing.conftest import another_issue

Capture = pytest.CaptureFixture[str]


def pdfs(root: Path) -> dict[str, bytes]:
    """Return the PDFs on the site by their path in it."""
    site = root / "output/site"
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in sorted(site.rglob("*.pdf"))}


def dead_links(root: Path) -> list[str]:
    """Return the links of issue and document pages to PDFs that do not exist."""
    return [
        link
        for page in (root / "output/site/2026").rglob("index.html")
        for link in re.findall(r'href="([^":]+\.pdf)"', page.read_text("utf-8"))
        if not (page.parent / link).is_file()
    ]


def test_publishing_changes_no_pdf(project: Path) -> None:
    assert main([], project) == 0
    before = pdfs(project)
    assert main(["publish", "2026-1", "--yes"], project) == 0
    result = build(project, Wanted(jobs=1), lambda _: None)
    assert not result.typeset and not result.replaced and pdfs(project) == before


def test_published_issues_keep_their_pdfs_until_there_is_a_reason(
    published: Path, edit: Edit, capsys: Capture
) -> None:
    another_issue(published, edit)
    assert main([], published) == 0
    before = pdfs(published)
    edit("gazette.toml", '"装订内移" = 3', '"装订内移" = 5')
    edit("gazette.toml", "晋西明珠", "明珠晋西")
    first = {path: each for path, each in before.items() if path.startswith("2026/1/")}
    capsys.readouterr()
    assert main(["--site-only"], published) == 0
    assert "2026-2 没有按现在的内容" in capsys.readouterr().out
    assert pdfs(published) == first
    assert not dead_links(published) and compare(published / "output/site").is_authentic
    assert main(["--site-only"], published) == 0
    assert "B054" in capsys.readouterr().out
    result = build(published, Wanted(jobs=1), lambda _: None)
    assert not result.replaced and "2026-1 已发布，PDF 保持公布的原样" in result.diagnostics[-1].message
    after = pdfs(published)
    assert after.keys() == before.keys() and first.items() <= after.items() and after != before
    assert main(["check", "--reprints"], published) == 0
    assert "已发布的 2026-1：用现在的程序和设置排印，PDF 会与公布的不同" in capsys.readouterr().out
    assert main(["--republish", "没有写期号"], published) == 0
    assert "没有再记" in capsys.readouterr().out and pdfs(published) == after
    assert main(["2026-1", "--republish", "用新的版心重排"], published) == 0
    said = capsys.readouterr().out
    assert "理由记在：2026-1" in said and "已发布的 2026-1 在网站上的 PDF 换了" in said
    assert "用新的版心重排" in (published / "output/site/2026/1/index.html").read_text("utf-8")
    assert not first.items() <= pdfs(published).items() and not dead_links(published)
    assert main(["check", "--reprints"], published) == 0
    assert "2026-1：用现在的程序和设置排印，PDF 与公布的一字节不差" in capsys.readouterr().out
    assert main(["2026-1", "--republish", "再来"], published) == 0
    assert "没有再记" in capsys.readouterr().out


def test_a_site_without_typesetting_says_that_a_republished_issue_has_no_pdf(
    published: Path, edit: Edit, capsys: Capture
) -> None:
    assert main([], published) == 0
    edit("2026-1/01.md", "请认真执行。", "请遵照执行。")
    assert main(["--site-only", "--republish", "更正"], published) == 0
    assert "B054" in capsys.readouterr().out
    assert not pdfs(published) and not dead_links(published)


@pytest.mark.parametrize("is_prefix", [True, False])
def test_building_one_issue_leaves_no_old_pdf_of_another(project: Path, edit: Edit, is_prefix: bool) -> None:
    another_issue(project, edit)
    assert main([], project) == 0
    if is_prefix:
        edit("gazette.toml", '"文件名前缀" = "liulin-gazette"', '"文件名前缀" = "gazette"')
    else:
        edit("2026-1/01.md", "〔2026〕9号", "〔2026〕8号")
    assert main(["2026-2"], project) == 0
    assert not dead_links(project)
    part = pdfs(project)
    assert len(part) == 4 and main([], project) == 0
    assert pdfs(project) == part


def test_republishing_seals_the_new_pdfs_in_one_step(project: Path, edit: Edit, capsys: Capture) -> None:
    another_issue(project, edit)
    assert main([], project) == 0
    names = ("2026-1", "2026-2")
    assert [main(["publish", name, "--yes"], project) for name in names] == [0, 0]
    for name in names:
        edit(f"{name}/01.md", "请认真执行。", "请遵照执行。")
    assert main(["--republish", "更正"], project) == 0
    said = capsys.readouterr().out
    assert "新的 PDF 的指纹也记下了。" in said and "publish 期号" not in said
    now = {path: hashlib.sha256(each).hexdigest() for path, each in pdfs(project).items()}
    sealed: dict[str, str] = {}
    listed = json.loads((project / "content/published.json").read_text("utf-8"))["已发布"]
    for name in ("2026-1", "2026-2"):
        record = json.loads((project / f"content/{name}/published.json").read_text("utf-8"))
        assert listed[name]["成品"] == record["成品"]
        sealed |= record["成品"]["文件"]
    assert sealed == now
    assert main(["status"], project) == 0
    table = capsys.readouterr().out
    assert "已生成" in table and "有改动" not in table
    assert main(["undo", "--yes"], project) == 0 and "重新发布的 PDF 的指纹" in capsys.readouterr().out
