"""What the office says of the knowledge of the rules, the tables, and slips of the pen in the phrases themselves."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liulin_gazette.check.knowledge.data_tables import (
    five_year_plans,
    former_agencies,
    law_titles,
    national_congresses,
    party_sessions,
    repealed_laws,
    set_phrases,
)
from liulin_gazette.check.knowledge.misquoted_titles import STATE, right_title
from liulin_gazette.check.knowledge.phrase_slips import slips_in
from liulin_gazette.check.knowledge.single_edits import single_edit
from liulin_gazette.pipeline.examination import examine
from tests.check.test_examples import project

TEXT = "根据《行政许可证法》，由县工商局践行习近平法制思想，经方山县人民政府同意，弘扬三晋先蜂精神、红旗引领风尚。"
LONG = [phrase.text for phrase in set_phrases() if len(phrase.text) >= 8 and phrase.text.isalpha()]


def codes(root: Path) -> list[str]:
    return sorted(each.code for each in examine(root).diagnostics if each.code.startswith("K"))


def test_the_office_accepts_names_and_adds_phrases(tmp_path: Path) -> None:
    root = project(tmp_path, TEXT)
    assert codes(root) == ["K001", "K003", "K004", "K007"]
    settings = root / "content/gazette.toml"
    settings.write_text(
        settings.read_text("utf-8")
        + '\n["校核"]\n"认可的名称" = ["行政许可证法", "工商局", "习近平法制思想", "方山县"]\n',
        "utf-8",
    )
    assert codes(root) == []
    settings.write_text(
        settings.read_text("utf-8") + '"固定提法" = ["三晋先锋精神、红旗引领风尚"]\n', "utf-8"
    )
    assert codes(root) == ["K004"]


def test_tables_agree_with_one_another() -> None:
    for title, law in repealed_laws().items():
        assert title in law_titles() and not law_titles()[title]
        assert not law.successor or (law.successor in law_titles() and law.successor not in repealed_laws())
    assert all(not title.startswith(STATE) for title in law_titles())
    assert len(set(former_agencies())) == len(former_agencies()) > 30
    assert list(party_sessions().values()) == sorted(party_sessions().values())


def test_every_title_and_phrase_of_the_tables_is_right() -> None:
    for title, has_no_state in law_titles().items():
        assert right_title(title) is None, title
        assert right_title(STATE + title) == (title if has_no_state else None), title
    for phrase in set_phrases():
        assert slips_in(f"贯彻{phrase.text}，", set_phrases()) == [], phrase.text


@given(st.sampled_from(LONG), st.data())
def test_a_slip_inside_a_phrase_is_found(phrase: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(1, len(phrase) - 2))
    kind = data.draw(st.sampled_from(("missing", "doubled", "replaced")))
    middle = {"missing": "", "doubled": phrase[offset] * 2, "replaced": "鼎"}[kind]
    typed = phrase[:offset] + middle + phrase[offset + 1 :]
    if typed != phrase:
        assert any(phrase in slip.right for slip in slips_in(f"要{typed}。", set_phrases()))


@pytest.mark.parametrize(
    ("typed", "right", "kind"),
    [
        ("行政许可证法", "行政许可法", "SUPERFLUOUS"),
        ("行政政许可法", "行政许可法", "DOUBLED"),
        ("行许可法", "行政许可法", "MISSING"),
        ("行政许可发", "行政许可法", "REPLACED"),
        ("行政可许法", "行政许可法", "SWAPPED"),
        ("行政许可法", "行政许可法", None),
        ("行政处罚法", "行政许可法", None),
        ("许可法", "行政许可法", None),
    ],
)
def test_single_edits(typed: str, right: str, kind: str | None) -> None:
    edit = single_edit(typed, right)
    assert (edit and edit.kind.name) == kind


@pytest.mark.parametrize(
    ("gazette", "text", "wanted"),
    [
        ("柳林县人民政府公报", "全面提升全市水平。", ["C021"]),
        ("孝义市人民政府公报", "全面提升全市水平。", []),
        ("孝义市人民政府公报", "全面提升全省水平。", ["C021"]),
        ("乌审旗人民政府公报", "全面提升全盟水平。", ["C021"]),
        ("乌审旗人民政府公报", "全面提升全旗水平。配合单位：旗交通局、旗交通运输局。", ["C015"]),
        ("孝义市人民政府公报", "配合单位：市教体局、市教育体育局。", ["C015"]),
        ("碑林区人民政府公报", "配合单位：区教体局、区民政局。", []),
    ],
)
def test_the_level_of_the_place_is_that_of_the_gazette(
    tmp_path: Path, gazette: str, text: str, wanted: list[str]
) -> None:
    root = project(tmp_path, text)
    settings = root / "content/gazette.toml"
    settings.write_text(settings.read_text("utf-8").replace("柳林县人民政府公报", gazette, 1), "utf-8")
    assert [each.code for each in examine(root).diagnostics if each.code in ("C015", "C021")] == wanted


def test_congresses_and_plans_follow_one_another_every_five_years() -> None:
    congresses = sorted(national_congresses().items())
    assert [each - 1 for each, _ in congresses[1:]] == [each for each, _ in congresses[:-1]]
    assert all(later[1] - earlier[1] == 5 for earlier, later in itertools.pairwise(congresses))
    plans = list(five_year_plans().values())
    assert all(later[0] == earlier[1] + 1 for earlier, later in itertools.pairwise(plans))
    assert all(last - first == 4 for first, last in plans)
