"""成品 in gazette.toml: names of a closed set, in one order; none by default."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from liulin_gazette.model.archiving import RETENTION_PERIODS, Archiving
from liulin_gazette.model.editions import EDITIONS
from tests.conftest import ROOT, Edit, findings
from tests.loading import load

BEFORE = '"赠阅范围"'


def test_none_is_made_unless_it_is_asked_for(project: Path) -> None:
    publication, _ = load(project)
    assert publication is not None and publication.gazette.editions == ()


def test_names_are_read_once_each_in_the_order_of_the_set(project: Path, edit: Edit) -> None:
    edit("gazette.toml", BEFORE, f'"成品" = ["Word", "EPUB", "Word"]\n{BEFORE}')
    publication, found = load(project)
    assert publication is not None and findings(project) == [], found
    assert publication.gazette.editions == ("EPUB", "Word")
    # It is of the site of today: no record of an issue freezes it.
    assert "成品" not in publication.gazette.settings_json


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ('["epub"]', "是不是“EPUB”？"),
        ('["Word文档"]', "是不是“Word”？"),
        ('["电子书EPUB"]', "是不是“EPUB”？"),
        ('["OFD", "全部"]', "可用的有：OFD、EPUB、Word"),
        ('["EPUB", 3]', "英文双引号"),
        ('"EPUB"', "《写作规范》"),
    ],
)
def test_an_unknown_name_is_an_error_that_names_the_nearest(
    project: Path, edit: Edit, value: str, words: str
) -> None:
    edit("gazette.toml", BEFORE, f'"成品" = {value}\n{BEFORE}')
    (found,) = findings(project)
    assert found.code == "B008" and words in (found.hint or "")
    line = (project / "content/gazette.toml").read_text("utf-8").split("\n")[found.place.line - 1]
    assert line.startswith('"成品"')


def test_it_cannot_change_from_an_issue_on(project: Path, edit: Edit) -> None:
    edit("gazette.toml", '["封底"]', '[["变更"]]\n"自" = "2027-1"\n"成品" = ["EPUB"]\n\n["封底"]')
    assert {each.code for each in findings(project)} >= {"B006"}


def test_the_schema_has_the_same_names() -> None:
    schema = json.loads((ROOT / "docs/schemas/gazette.schema.json").read_text("utf-8"))
    assert tuple(schema["properties"]["成品"]["items"]["enum"]) == EDITIONS


def test_what_archives_assigned_is_read_and_nothing_else(project: Path, edit: Edit) -> None:
    assert findings(project) == []
    edit("gazette.toml", '["封底"]', '["归档"]\n"全宗号" = "7"\n"保管期限" = "定期30年"\n\n["封底"]')
    publication, found = load(project)
    assert publication is not None and findings(project) == [], found
    assert publication.gazette.archiving == Archiving(fonds_number="7", retention="定期30年")
    # It is of today: an issue is handed over years after it was published.
    assert "归档" not in publication.gazette.settings_json


@pytest.mark.parametrize(
    ("line", "code", "words"),
    [
        ('"全宗" = "7"', "B006", "全宗"),
        ('"密级" = "秘密"', "B006", "可用的有"),
        ('"保管期限" = "30年"', "B008", "永久、定期30年、定期10年"),
        ('"全宗号" = 7', "B008", "参照"),
    ],
)
def test_what_archives_never_assign_is_told(
    project: Path, edit: Edit, line: str, code: str, words: str
) -> None:
    edit("gazette.toml", '["封底"]', f'["归档"]\n{line}\n\n["封底"]')
    (found,) = findings(project)
    assert found.code == code and words in (found.hint or "")


def test_it_does_not_change_from_an_issue_on(project: Path, edit: Edit) -> None:
    edit(
        "gazette.toml", '["封底"]', '[["变更"]]\n"自" = "2027-1"\n["变更"."归档"]\n"全宗号" = "7"\n\n["封底"]'
    )
    assert {each.code for each in findings(project)} >= {"B006"}


def test_the_schema_has_the_same_periods() -> None:
    schema = json.loads((ROOT / "docs/schemas/gazette.schema.json").read_text("utf-8"))
    assert tuple(schema["properties"]["归档"]["properties"]["保管期限"]["enum"]) == RETENTION_PERIODS
