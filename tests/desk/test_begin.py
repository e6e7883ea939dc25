"""A gazette begun at the desk in a folder that has only the program."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from liulin_gazette.model.diagnostics import Severity
from liulin_gazette.pipeline.examination import examine
from tests.conftest import ROOT
from tests.desk.conftest import DeskClient

NAME = "积石山保安族东乡族撒拉族自治县人民政府公报"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The program without a gazette."""
    for name in ("templates", "docs/schemas"):
        shutil.copytree(ROOT / name, tmp_path / name)
    (tmp_path / "content").mkdir()
    return tmp_path


def test_the_first_screen_asks_for_the_name_and_then_shows_where_to_begin(desk_client: DeskClient) -> None:
    assert desk_client.get("/").headers["location"] == "/begin/"
    shown = desk_client.get("/begin/").text
    assert "这个文件夹里还没有公报" in shown and "<option selected>双月刊</option>" in shown
    sent = {"name": NAME, "code": "积政办发", "frequency": "月刊", "area_code": "0930"}
    answer = desk_client.post("/begin/", sent)
    assert answer.status_code == 303 and answer.headers["location"] == "/"
    home = desk_client.get("/").text
    assert "从这里开始" in home and f"{NAME[:-2]}办公室" in home
    errors = [each for each in examine(desk_client.desk.root).diagnostics if each.severity is Severity.ERROR]
    assert [each.code for each in errors] == ["B011"]  # No issue yet.
    settings = (desk_client.desk.root / "content/gazette.toml").read_text("utf-8")
    assert '"每年期数" = 12' in settings and f'"名称" = "{NAME[:-2]}"' in settings
    assert desk_client.get("/issues/new/").status_code == 200
    assert desk_client.get("/begin/").status_code == 404
    assert "已经有一份公报" in desk_client.post("/begin/", sent).text


@pytest.mark.parametrize(
    ("name", "code", "told"),
    [
        ("", "积政办发", "刊名"),
        ("公报", "积政办发", "公报"),
        (NAME, "JZ<script>", "机关代字"),
        ('<script>alert(1)</script>县人民政府公报"', "积政办发", "刊名"),
    ],
)
def test_what_no_gazette_can_be_called_is_told_and_nothing_is_written(
    desk_client: DeskClient, name: str, code: str, told: str
) -> None:
    answer = desk_client.post("/begin/", {"name": name, "code": code, "frequency": "月刊"})
    assert answer.status_code == 422 and told in answer.text and "<script>alert" not in answer.text
    assert not list((desk_client.desk.root / "content").iterdir())
