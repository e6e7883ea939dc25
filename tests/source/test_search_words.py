"""检索用词 in gazette.toml: words for search that an office adds, changes or switches off."""

from __future__ import annotations

from pathlib import Path

import pytest

from liulin_gazette.web.search.search_data import words_of
from tests.conftest import Edit, findings
from tests.loading import load

TABLE = '["检索用词"]\n{}\n\n["封底"]'


def test_words_are_added_changed_and_switched_off(project: Path, edit: Edit) -> None:
    lines = '"三轮蹦蹦" = ["三轮车", "机动车"]\n"坟墓" = ["陵园"]\n"当兵" = []'
    edit("gazette.toml", '["封底"]', TABLE.format(lines))
    publication, found = load(project)
    assert publication is not None and findings(project) == [], found
    words = words_of(publication.gazette)
    assert words["三轮蹦蹦"] == ("三轮车", "机动车") and words["坟墓"] == ("陵园",)
    assert "当兵" not in words and "彩礼" in words


def test_words_are_known_by_their_letters_whatever_their_height_and_width(project: Path, edit: Edit) -> None:
    lines = '"ETC" = ["电子不停车收费", "ETC卡"]\n"ＷiＦi" = ["无线网络"]\n"五样" = ["一", "二", "三", "四", "五"]'
    edit("gazette.toml", '["封底"]', TABLE.format(lines))
    publication, found = load(project)
    assert publication is not None and findings(project) == [], found
    words = words_of(publication.gazette)
    assert words["etc"] == ("电子不停车收费", "etc卡") and words["wifi"] == ("无线网络",)
    assert len(words["五样"]) == 5 and "ETC" not in words


def test_the_words_of_the_program_can_be_switched_off(project: Path, edit: Edit) -> None:
    edit("gazette.toml", '["封底"]', TABLE.format('"自带" = false\n"坟墓" = ["陵园"]'))
    publication, found = load(project)
    assert publication is not None, found
    assert words_of(publication.gazette) == {"坟墓": ("陵园",)}


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("坟墓", '"殡葬"'),
        ("坟墓", '["殡 葬"]'),
        ("坟，墓", '["殡葬"]'),
        ("坟墓", "[3]"),
        ("坟墓", '[""]'),
        ("坟墓", '["陵园", "陵寝", "公墓", "墓地", "殡葬", "墓穴"]'),
        ("自带", '"否"'),
    ],
)
def test_what_is_no_word_is_an_error_at_its_place(project: Path, edit: Edit, word: str, value: str) -> None:
    edit("gazette.toml", '["封底"]', TABLE.format(f'"{word}" = {value}'))
    found = findings(project)
    assert {each.code for each in found} == {"B008"}
    line = (project / "content/gazette.toml").read_text("utf-8").split("\n")[found[0].place.line - 1]
    assert line.startswith(f'"{word}"')
