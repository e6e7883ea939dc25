"""T009 and its fix: a space inside a sentence goes, one between names, offices or columns stays."""

from __future__ import annotations

import pytest

from liulin_gazette.editing.fixes import fixed_text
from liulin_gazette.model.diagnostics import Diagnostic, Place, Severity
from liulin_gazette.text.personal_names import is_list_of_names


def mended(line: str) -> str:
    """Return ``line`` with each space fixed that T009 reports."""
    spaces = [
        Diagnostic("T009", Severity.NOTE, Place("x", 1, index + 1), "")
        for index, character in enumerate(line)
        if character in " 　" and (index == 0 or line[index - 1] not in " 　")
    ]
    return fixed_text(line, spaces)


@pytest.mark.parametrize(
    "line",
    [
        "参加人员：张三 李四 王小五",
        "由张三 李四负责。",
        "任命王 五为县林业局局长。",
        "同意　欧阳修　司马光等同志辞职。",
        "最高人民法院 最高人民检察院",
        "县民政局 县财政局联合印发。",
        "处五十元罚款。　　违反本条第二款的，从重。",
        "甲村 乙村 丙村 丁村",
        "由刘 洋担任组长。",
        "《中共中央 国务院关于进一步深化改革的意见》",
        "《中共六安市委 六安市人民政府关于加强 护林的意见》",
        "**1日** 县委书记到乡镇调研。",
        "第一部分 总体要求",
        "专栏 重点工程",
        "指 挥 长：张三",
        "成　　员：李四",
    ],
)
def test_spaces_that_may_mean_something_stay(line: str) -> None:
    assert mended(line) == line


@pytest.mark.parametrize(
    ("line", "right"),
    [
        ("严防 死守，加强巡护。", "严防死守，加强巡护。"),
        ("不毁绿种植， 不乱堆乱放。", "不毁绿种植，不乱堆乱放。"),
        ("责令立即改正； 拒不改正的", "责令立即改正；拒不改正的"),
        ("对外实行开放政策，　对内搞活", "对外实行开放政策，对内搞活"),
    ],
)
def test_a_space_inside_a_sentence_goes(line: str, right: str) -> None:
    assert mended(line) == right


@pytest.mark.parametrize(
    "text", ["张三 李四", "出席：张三　李 四　王小五", "欧阳修 司马光 李白。", "出席：字光辉　李　忠　艾　江"]
)
def test_lists_of_names_raise_nothing(text: str) -> None:
    assert is_list_of_names(text)


@pytest.mark.parametrize("text", ["加强 整治", "张三", "张三负责宣传 李四负责巡护", "严防 死守"])
def test_sentences_are_no_lists_of_names(text: str) -> None:
    assert not is_list_of_names(text)
