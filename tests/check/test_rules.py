"""Each rule on the small project: where it finds its fault, and a similar text where it does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import DOCUMENT, Edit, findings

DOC, ISSUE, GAZETTE = "2026-1/01.md", "2026-1/issue.toml", "gazette.toml"
EXCEPTION = '\n[["期号例外"]]\n"年" = 2026\n"期" = 1\n"类别" = "{}"\n'

CASES = [
    ("N002", DOC, "柳林发〔2026〕9号", "柳卫字〔2026〕9号", "柳林县卫生健康局的"),
    ("N002", DOC, "柳林发〔2026〕9号", "柳森发〔2026〕9号", "没有登记"),
    ("N003", DOC, "柳林发〔2026〕9号", "柳林发〔2025〕9号", "2025年"),
    ("N005", DOC, "2026-02-06", "2026-03-01", "晚于"),
    ("N006", ISSUE, '"总期号" = 30', '"总期号" = 31', "应是总第30期"),
    ("N007", ISSUE, "2026-02-28", "2026-03-10", "不在本期的月份"),
    ("N008", ISSUE, '"期" = 1', '"期" = 2', "文件夹名"),
    ("N010", ISSUE, '"期" = 1', '"期" = 7', "没有第7期"),
    ("N011", DOC, "发文机关: 柳林县林业局", "发文机关: 柳林县林草局", "没有登记"),
    ("S002", DOC, "局属各单位：", "局属各单位", "全角冒号"),
    ("S003", DOC, "标题: 柳林县林业局关于", "标题: 关于", "发文机关"),
    ("S004", DOC, "请认真执行。", "![流程图](原图待补)", "原图待补"),
    ("S005", DOC, "0358-4022294", "4022294-0358", "电话"),
]
SOUND = [
    (DOC, "柳林发〔2026〕9号", "柳林发〔2026〕10号"),
    (DOC, "2026-02-06", "2026-02-28"),
    (DOC, "主送: 局属各单位：\n", ""),
    (DOC, "0358-4022294", "12345"),
    (ISSUE, "2026-02-28", "2026-02-06"),
]


@pytest.mark.parametrize(("code", "file", "old", "new", "message"), CASES)
def test_rule_fires(
    project: Path, edit: Edit, code: str, file: str, old: str, new: str, message: str
) -> None:
    edit(file, old, new)
    found = [each for each in findings(project) if each.code == code]
    assert len(found) == 1, findings(project)
    assert message in found[0].message
    assert found[0].place.path == f"content/{file}"
    assert found[0].place.line > 1


@pytest.mark.parametrize(("file", "old", "new"), SOUND)
def test_sound_variant_is_silent(project: Path, edit: Edit, file: str, old: str, new: str) -> None:
    edit(file, old, new)
    assert findings(project) == []


def test_late_issue_is_silent_once_declared(project: Path, edit: Edit) -> None:
    edit(ISSUE, "2026-02-28", "2026-03-10")
    gazette = project / "content/gazette.toml"
    gazette.write_text(gazette.read_text("utf-8") + EXCEPTION.format("延期"), "utf-8")
    assert findings(project) == []


def test_stopped_issue_with_content(project: Path) -> None:
    gazette = project / "content/gazette.toml"
    gazette.write_text(gazette.read_text("utf-8") + EXCEPTION.format("停刊"), "utf-8")
    assert "N010" in [each.code for each in findings(project)]


def test_number_of_last_year_signed_in_january_only_warns(project: Path, edit: Edit) -> None:
    edit(DOC, "柳林发〔2026〕9号", "柳林发〔2025〕9号")
    edit(DOC, "2026-02-06", "2026-01-04")
    (found,) = findings(project)
    assert (found.code, found.severity.value) == ("N003", "警告")


def test_second_issue(project: Path) -> None:
    second = project / "content/2026-2"
    second.mkdir()
    (second / "issue.toml").write_text(
        '"年" = 2026\n"期" = 2\n"总期号" = 31\n"出版日期" = 2026-04-30\n'
        '[["栏目"]]\n"名称" = "县政府部门文件"\n"文件" = ["01.md"]\n',
        "utf-8",
    )
    (second / "01.md").write_text(DOCUMENT.replace("〕9号", "〕10号"), "utf-8")
    assert findings(project) == []
    (second / "01.md").write_text(DOCUMENT, "utf-8")
    assert [each.code for each in findings(project)] == ["N004"]
    text = (second / "issue.toml").read_text("utf-8")
    (second / "issue.toml").write_text(text.replace('"期" = 2', '"期" = 1'), "utf-8")
    assert {"N009", "N008", "N006"} <= {each.code for each in findings(project)}


def test_two_codes_that_sound_alike(project: Path, edit: Edit) -> None:
    edit(GAZETTE, '["柳林发"]', '["柳林发", "柳临发"]')
    (project / "content/2026-1/02.md").write_text(DOCUMENT.replace("柳林发", "柳临发"), "utf-8")
    edit(ISSUE, '"01.md"]', '"01.md", "02.md"]')
    assert [each.code for each in findings(project)] == ["N012"]
