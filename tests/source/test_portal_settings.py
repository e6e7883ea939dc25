"""门户.列 in gazette.toml: columns of a closed set, in the order of the office; those of the catalogue by default."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from liulin_gazette.model.portal_columns import COLUMNS, USUAL
from tests.conftest import ROOT, Edit, findings
from tests.loading import load

BEFORE = '["封底"]'


@pytest.mark.parametrize("table", ["", '["门户"]\n', '["门户"]\n"列" = []\n'])
def test_the_catalogue_decides_where_the_office_does_not(project: Path, edit: Edit, table: str) -> None:
    edit("gazette.toml", BEFORE, f"{table}\n{BEFORE}")
    publication, found = load(project)
    assert publication is not None and findings(project) == [], found
    assert publication.gazette.portal_columns == USUAL


def test_the_columns_keep_the_order_of_the_office(project: Path, edit: Edit) -> None:
    edit("gazette.toml", BEFORE, f'["门户"]\n"列" = ["链接", "文号", "标题"]\n\n{BEFORE}')
    publication, found = load(project)
    assert publication is not None and findings(project) == [], found
    assert publication.gazette.portal_columns == ("链接", "文号", "标题")
    # It is of the site of today: no record of an issue freezes it.
    assert "门户" not in publication.gazette.settings_json


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ('"列" = ["索引", "文号"]', "是不是“索引号”？"),
        ('"列" = ["=cmd()"]', "可用的有：索引号、"),
        ('"列" = ["文号", "标题", "文号"]', "一列只写一次"),
        ('"列" = ["文号", 3]', "英文双引号"),
    ],
)
def test_a_wrong_column_is_an_error_at_its_place(project: Path, edit: Edit, table: str, words: str) -> None:
    edit("gazette.toml", BEFORE, f'["门户"]\n{table}\n\n{BEFORE}')
    (found,) = findings(project)
    assert found.code == "B008" and words in (found.hint or "")
    line = (project / "content/gazette.toml").read_text("utf-8").split("\n")[found.place.line - 1]
    assert line.startswith('"列"')


def test_an_unknown_key_is_an_error(project: Path, edit: Edit) -> None:
    edit("gazette.toml", BEFORE, f'["门户"]\n"栏" = ["文号"]\n\n{BEFORE}')
    assert [each.code for each in findings(project)] == ["B006"]


def test_it_cannot_change_from_an_issue_on(project: Path, edit: Edit) -> None:
    change = '[["变更"]]\n"自" = "2027-1"\n["变更"."门户"]\n"列" = ["文号"]\n'
    edit("gazette.toml", BEFORE, f"{change}\n{BEFORE}")
    assert {each.code for each in findings(project)} >= {"B006"}


def test_the_schema_has_the_same_columns() -> None:
    schema = json.loads((ROOT / "docs/schemas/gazette.schema.json").read_text("utf-8"))
    assert tuple(schema["properties"]["门户"]["properties"]["列"]["items"]["enum"]) == COLUMNS
    assert set(USUAL) <= set(COLUMNS)
