"""The examples in docs and fixtures: each rule about documents and issues finds its fault, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from liulin_gazette.check.rule import Scope
from liulin_gazette.check.rules import RULES
from liulin_gazette.pipeline.examination import examine
from tests.conftest import ROOT

FOLDER = Path(__file__).parent / "examples"
FRONT = {
    "标题": "柳林县人民政府办公室关于加强护林工作的通知",
    "发文字号": "柳政办发〔2026〕1号",
    "发文机关": "柳林县人民政府办公室",
    "成文日期": "2026-02-06",
    "公开方式": "此件公开发布",
    "主送": "县直各单位：",
    "责任单位": "柳林县林业局",
    "责任股室": "森防办",
    "责任人": "刘荣",
    "电话": "0358-4022294",
}
CONTACT = ("责任单位", "责任股室", "责任人", "电话")
BY_OWN_TESTS = {"P011"}
"""Rules whose examples are pictures: tests/check/test_engine.py."""


def examples() -> Iterator[tuple[str, str, str]]:
    for file in sorted(FOLDER.glob("*.txt")):
        for block in file.read_text("utf-8").split("\n== ")[0:]:
            head, _, text = block.removeprefix("== ").partition("\n")
            code, verdict = head.split()
            yield code, verdict, text


def document(text: str) -> str:
    front = dict(FRONT)
    lines = text.split("\n")
    while lines and lines[0].startswith("@"):
        key, _, value = lines.pop(0)[1:].partition(": ")
        front[key] = value
    own = "\n".join(f"{key}: {value}" for key, value in front.items() if value and key not in CONTACT)
    contact = "\n".join(f"  {key}: {front[key]}" for key in CONTACT)
    return f"---\n{own}\n政策咨询:\n{contact}\n---\n\n" + "\n".join(lines) + "\n"


def project(root: Path, text: str) -> Path:
    folder = root / "content" / "2026-1"
    folder.mkdir(parents=True)
    (root / "content/gazette.toml").write_bytes((ROOT / "content/gazette.toml").read_bytes())
    parts = text.split("\n=== 又一份\n")
    names = [f"{number:02}.md" for number in range(1, len(parts) + 1)]
    for name, part in zip(names, parts, strict=True):
        (folder / name).write_text(document(part), "utf-8")
    listed = ", ".join(f'"{name}"' for name in names)
    (folder / "issue.toml").write_text(
        f'"年" = 2026\n"期" = 1\n"总期号" = 30\n"出版日期" = 2026-02-28\n\n[["栏目"]]\n"名称" = "文件"\n"文件" = [{listed}]\n',
        "utf-8",
    )
    return root


EXAMPLES = list(examples())


@pytest.mark.parametrize(("code", "verdict", "text"), EXAMPLES)
def test_example(tmp_path: Path, code: str, verdict: str, text: str) -> None:
    examined = examine(project(tmp_path, text))
    assert examined.publication is not None, examined.diagnostics
    found = [each for each in examined.diagnostics if each.code == code]
    assert bool(found) == (verdict == "会报"), examined.diagnostics
    for each in found:
        source = (tmp_path / each.place.path).read_text("utf-8").split("\n")
        assert 1 <= each.place.line <= len(source)
        assert 1 <= each.place.column <= len(source[each.place.line - 1]) + 1


def test_every_rule_has_both_examples() -> None:
    shown = {(code, verdict) for code, verdict, _ in EXAMPLES}
    for rule in RULES:
        if rule.scope is not Scope.SERIES and rule.code not in BY_OWN_TESTS:
            assert {(rule.code, "会报"), (rule.code, "不会报")} <= shown, rule.code


def test_every_rule_is_documented_as_it_is() -> None:
    page = (ROOT / "docs/诊断代码.md").read_text("utf-8")
    rows = {
        cells[1].strip(): [cell.strip() for cell in cells[2:-1]]
        for line in page.split("\n")
        if line.startswith("| ") and len(cells := line.replace("\\|", "¦").split("|")) > 4
    }
    for rule in RULES:
        assert rows.get(rule.code, ["", ""])[:2] == [rule.severity.value, rule.title], rule.code


def test_codes_are_unique_and_sorted_by_subject() -> None:
    codes = [rule.code for rule in RULES]
    assert len(codes) == len(set(codes))
