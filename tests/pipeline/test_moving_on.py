"""A gazette that becomes 季刊, takes a new name and a new address: what was published stays as it was."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from liulin_gazette.cli import main
from liulin_gazette.model.diagnostics import Diagnostic
from liulin_gazette.pipeline.stages import Result, Wanted, build
from tests.conftest import DOCUMENT, Edit, cover_title, findings

CHANGE = """
[["变更"]]
"自" = "2025-1"
"名称" = "柳林市人民政府公报"
"刊期" = "季刊"
"封底" = { "地址" = "山西省柳林市新城路1号" }
"""


def add_issue(root: Path, name: str, numbers: str, day: str, signed: str, serial: int) -> None:
    """Write an issue with one document."""
    folder = root / "content" / name
    folder.mkdir()
    head = f'{numbers}"出版日期" = {day}\n\n[["栏目"]]\n"名称" = "县政府部门文件"\n"文件" = ["01.md"]\n'
    (folder / "issue.toml").write_text(head, "utf-8")
    text = DOCUMENT.replace("〔2026〕9号", f"〔{signed[:4]}〕{serial}号").replace("2026-02-06", signed)
    (folder / "01.md").write_text(text, "utf-8")


def built(root: Path) -> Result:
    result = build(root, Wanted(jobs=1), lambda _: None)
    assert not result.failed, result.diagnostics
    return result


def pdfs(root: Path) -> dict[str, bytes]:
    """Return the PDFs of the first year, on the site and for the printers."""
    output = root / "output"
    files = (path for part in ("site", "print") for path in (output / part).rglob("*2024*.pdf"))
    return {path.relative_to(output).as_posix(): path.read_bytes() for path in files}


def what_is_told(root: Path) -> list[object]:
    """Return what the report and the list of documents say of the pages of 2024-6."""
    report = json.loads((root / "output/report/2024-6.json").read_text("utf-8"))
    rows = (root / "output/site/documents.csv").read_text("utf-8-sig").splitlines()
    return [report["页数"], report["公文"], report["页码"], [row for row in rows if "2024" in row]]


def of_first_year(found: list[Diagnostic]) -> list[Diagnostic]:
    return [each for each in found if each.place.path.startswith("content/2024")]


def test_a_new_period_name_and_address_leave_published_issues_alone(project: Path, edit: Edit) -> None:
    shutil.rmtree(project / "content/2026-1")
    edit("gazette.toml", '"年" = 2026\n"期" = 1\n"总期号" = 30', '"年" = 2024\n"期" = 5\n"总期号" = 34')
    add_issue(project, "2024-5", '"年" = 2024\n"期" = 5\n"总期号" = 34\n', "2024-10-31", "2024-09-06", 9)
    add_issue(project, "2024-6", '"年" = 2024\n"期" = 6\n"总期号" = 35\n', "2024-12-31", "2024-12-06", 11)
    built(project)
    for name in ("2024-5", "2024-6"):
        assert main(["publish", name, "--yes"], project) == 0
    before, found = pdfs(project), of_first_year(findings(project))
    assert len(before) == 8 and [each.code for each in found] == ["N013"]
    record = json.loads((project / "content/2024-6/published.json").read_text("utf-8"))
    assert len(record["成品"]["文件"]) == 2 and "weasyprint" in record["成品"]["程序库"]

    settings = project / "content/gazette.toml"
    settings.write_text(settings.read_text("utf-8") + CHANGE, "utf-8")
    assert findings(project) == found
    assert main(["new", "issue", "--yes"], project) == 0
    new = (project / "content/2025-1/issue.toml").read_text("utf-8")
    assert '"总期号" = 36' in new and "2025-03-31" in new and "县政府部门文件" in new
    shutil.rmtree(project / "content/2025-1")
    add_issue(project, "2025-1", '"年" = 2025\n"期" = 1\n"总期号" = 36\n', "2025-03-31", "2025-01-06", 1)
    add_issue(project, "2025-2", '"年" = 2025\n"期" = 2\n"总期号" = 37\n', "2025-06-30", "2025-05-06", 2)
    # Settings that are changed without a date hold for what is not published yet.
    edit("gazette.toml", '"开本" = "A4"', '"开本" = "16开"')
    edit("gazette.toml", "晋西明珠", "明珠晋西")
    with settings.open("a", encoding="utf-8") as file:
        file.write('\n["校核"."级别"]\n"N013" = "错误"\n')
    assert findings(project) == found
    result = built(project)
    assert not result.replaced and pdfs(project) == before
    site = project / "output/site"
    old, now = (
        (site / "2024/6/index.html").read_text("utf-8"),
        (site / "2025/1/index.html").read_text("utf-8"),
    )
    assert cover_title(old) == "柳林县人民政府公报" and "<span>双月刊</span>" in old
    assert cover_title(now) == "柳林市人民政府公报" and "<span>季刊</span>" in now
    home = (site / "index.html").read_text("utf-8")
    assert "柳林市人民政府公报" in home and "新城路1号" in home

    # Without the record of the last build everything is typeset again, to the same bytes.
    shutil.rmtree(project / ".cache")
    result = built(project)
    assert pdfs(project) == before and "B055" not in [each.code for each in result.diagnostics]

    # A program or templates that typeset otherwise: what is in output stays, what is lost is noticed.
    style = project / "templates/print/print.css"
    style.write_text(
        style.read_text("utf-8") + "\np { letter-spacing: 0.1pt; margin-bottom: 80mm; }\n", "utf-8"
    )
    told = what_is_told(project)
    shutil.rmtree(project / ".cache")
    result = built(project)
    on_site = {path: each for path, each in before.items() if path.startswith("site/")}
    # Print files too, and the pages that citations name, stay with the PDFs that were published.
    assert pdfs(project) == before and what_is_told(project) == told
    assert "B055" not in [each.code for each in result.diagnostics]
    assert "2024-5、2024-6 已发布，PDF 保持公布的原样" in result.diagnostics[-1].message
    shutil.rmtree(project / "output")
    result = built(project)
    assert what_is_told(project) != told
    said = [each for each in result.diagnostics if each.code == "B055"]
    assert [each.place.path[:18] for each in said] == ["output/site/2024/5", "output/site/2024/6"]
    assert "2024年第5期已经发布" in said[0].message and "--republish" in said[0].hint
    for path, content in on_site.items():
        (project / "output" / path).write_bytes(content)
    result = built(project)
    assert "B055" not in [each.code for each in result.diagnostics]
    assert on_site.items() <= pdfs(project).items()

    # With a reason the settings of now are frozen, and the PDF is another one, which is sealed.
    edit("gazette.toml", '"N013" = "错误"', '"N013" = "警告"')
    assert main(["2024-6", "--republish", "改用新开本"], project) == 0
    assert not on_site.items() <= pdfs(project).items()
    record = json.loads((project / "content/2024-6/published.json").read_text("utf-8"))
    assert record["设置"]["版面"] == {"开本": "16开"} and record["设置"]["名称"] == "柳林县人民政府公报"
    assert len(record["成品"]["文件"]) == 2
