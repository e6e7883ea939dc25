"""``init`` for another county, and JSON schemas that agree with what the program reads."""

from __future__ import annotations

import ast
import importlib
import json
from pathlib import Path
from typing import Any, cast

import fastjsonschema
import pytest
import yaml

from liulin_gazette.cli import main
from liulin_gazette.editing.counties.gazette_names import file_prefix, romanised
from liulin_gazette.model.kinds import FIELDS, NEEDED_BY_ALL
from liulin_gazette.pipeline.examination import examine
from liulin_gazette.pipeline.stages import Wanted, build
from liulin_gazette.source.settings_tables.settings import tomllib
from tests.conftest import ROOT

SCHEMAS = ROOT / "docs/schemas"
NEW = ["--name", "方山县人民政府公报", "--code", "方政办发", "--year", "2027"]


def schema(name: str) -> dict[str, Any]:
    return json.loads((SCHEMAS / f"{name}.schema.json").read_text("utf-8"))


def test_a_new_gazette_builds_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "方山公报"
    assert main(["init", str(folder), *NEW]) == 0
    said = capsys.readouterr()
    assert "建好了" in said.out and not said.err
    said = [(each.code, each.message) for each in examine(folder).diagnostics]
    assert sorted(code for code, _ in said) == ["B010", "B062", *["S080"] * 4]
    for sample in (
        "请填写赠阅范围。",
        "关于试排公报样本的通知",
        "“样本”",
        "“12345”",
        "这是一份样本，用来试排。",
    ):
        assert sum(sample in message for _, message in said) == 1
    assert not build(folder, Wanted(), lambda _: None).failed
    assert (folder / "output/site/2027/1/fangshan-gazette-2027-1.pdf").is_file()
    assert "FANGSHAN XIAN RENMIN ZHENGFU GONGBAO" in (folder / "content/gazette.toml").read_text("utf-8")
    assert "柳林" not in "".join(
        path.read_text("utf-8") for path in (folder / "content").rglob("*.*") if path.is_file()
    )


def test_an_existing_folder_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("x")
    assert main(["init", str(tmp_path), *NEW]) == 1
    assert "已经有文件" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--name", "方山公报", "--code", "方政办发", "--publisher", "甲"], "刊名"),
        (["--name", "方山县人民政府公报", "--code", "fz"], "机关代字"),
        (["--name", "方山县人民政府公报"], "写明刊名"),
    ],
)
def test_what_is_wrong_is_said(
    tmp_path: Path, words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["init", str(tmp_path / "x"), *words]) in (1, 2)
    assert said in capsys.readouterr().err
    assert not (tmp_path / "x").exists()


def test_names_are_romanised_by_the_standard() -> None:
    assert romanised("吕梁市人民政府公报") == "LÜLIANG SHI RENMIN ZHENGFU GONGBAO"
    assert romanised("洪洞县人民政府公报").startswith("HONGTONG XIAN ")
    assert file_prefix("洪洞县人民政府公报") == "hongtong-gazette"


def test_schemas_know_the_keys_that_are_read() -> None:
    document = schema("document")
    assert set(document["properties"]) == FIELDS
    assert set(document["required"]) == set(NEEDED_BY_ALL)
    read: set[tuple[str, ...]] = set()
    for file in (ROOT / "liulin_gazette/source").rglob("*.py"):
        if file.stem == "review_files":
            continue  # What reviewers say is written by the program alone: no editor types it.
        name = file.relative_to(ROOT).with_suffix("").parts
        module = importlib.import_module(".".join(name))
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr == "allow_only"
            ):
                keys = [str(each.value) for each in node.args if isinstance(each, ast.Constant)]
                for each in node.args:
                    if isinstance(each, ast.Starred) and isinstance(each.value, ast.Name):
                        keys += getattr(module, each.value.id)
                read.add(tuple(sorted(keys)))
    described = {
        tuple(sorted(each["properties"]))
        for name in ("gazette", "issue", "contacts", "words")
        for each in tables(schema(name))
    }
    assert read == described


def tables(node: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    inner: Any = ()
    if isinstance(node, dict):
        table = cast("dict[str, Any]", node)
        inner = table.values()
        found += [table] if table.get("additionalProperties") is False else []
    elif isinstance(node, list):
        inner = cast("list[Any]", node)
    for value in inner:
        found += tables(value)
    return found


def test_the_real_content_is_valid_by_the_schemas() -> None:
    valid = {name: fastjsonschema.compile(schema(name)) for name in ("document", "gazette", "issue")}
    valid["gazette"](tomllib.loads((ROOT / "content/gazette.toml").read_text("utf-8")))
    for issue in (ROOT / "content").glob("*/issue.toml"):
        valid["issue"](tomllib.loads(issue.read_text("utf-8")))
        for file in issue.parent.glob("[0-9]*.md"):
            front = file.read_text("utf-8").split("---\n")[1]
            data: Any = yaml.safe_load(front)
            data["成文日期"] = str(data["成文日期"])
            valid["document"](data)


def test_every_property_is_described_in_chinese() -> None:
    for name in ("document", "gazette", "issue", "contacts", "words"):
        for table in tables(schema(name)):
            for key, each in table["properties"].items():
                assert "description" in each or each.get("type") == "object", (name, key)


def settings_of(table: dict[str, Any], before: str = "") -> set[str]:
    """Return the settings that the schema ``table`` has: the keys of a table and of its entries after its own."""
    found: set[str] = set()
    for key, each in table["properties"].items():
        inner = each.get("items", each)
        if "properties" in inner:
            found |= settings_of(inner, f"{before}{key}.")
        else:
            found.add(before + key)
    return found


def test_the_handbook_explains_every_setting() -> None:
    handbook = (ROOT / "docs/编辑手册.md").read_text("utf-8")
    part = handbook.partition("## 八、设置一览")[2].partition("\n## ")[0]
    rows = [line.strip("| ").split(" | ") for line in part.splitlines() if line.startswith("| ")][2:]
    assert all(len(row) == 4 and all(row) for row in rows)
    explained = [row[0] for row in rows]
    known = settings_of(schema("gazette"))
    of_changes = {each for each in known if each.startswith("变更.") and each != "变更.自"}
    assert len(explained) == len(set(explained)) and set(explained) == known - of_changes
    words = part.rpartition("“变更”里还可以写：")[2]
    for key in {each.split(".")[1] for each in of_changes}:
        assert key in words
    for setting, _, absent, _ in rows:
        required = schema("gazette")["required"]
        if "." not in setting:
            assert (setting in required) == (absent == "必写"), setting


def test_the_first_line_of_a_new_county_leads_to_the_settings(tmp_path: Path) -> None:
    assert main(["init", str(tmp_path / "a"), *NEW]) == 0
    first = (tmp_path / "a/content/gazette.toml").read_text("utf-8").splitlines()[0]
    assert "docs/编辑手册.md 第八节" in first
    assert "## 八、设置一览" in (tmp_path / "a/docs/编辑手册.md").read_text("utf-8")
