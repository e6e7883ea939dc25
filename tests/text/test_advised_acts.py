"""Advice names acts: the command line by commands, another face by words of its own."""

from __future__ import annotations

import msgspec
import pytest

from liulin_gazette.desk.act_words import WORDS, at_desk, desk_advice, desk_words
from liulin_gazette.model.diagnostics import Diagnostic, Place, Severity, advised
from liulin_gazette.text.advised_acts import Act, AdvisedAct, advice, as_command
from liulin_gazette.text.editor_error import EditorError, outcome

REMEDY = advice("看过成品，再", AdvisedAct(Act.PUBLISH, "2031-z1"), "。")


def test_each_face_says_the_act_in_its_words() -> None:
    assert str(REMEDY) == "看过成品，再运行 python3 build.py publish 2031-z1。"
    assert (
        REMEDY.said(lambda named: f"〈{named.act.name} {named.subject}〉")
        == "看过成品，再〈PUBLISH 2031-z1〉。"
    )
    assert desk_words(REMEDY) == "看过成品，再在这一期的“生成与发布”里按“发布……”。"
    assert desk_words("没有错。") == "没有错。" and desk_words("") == ""


@pytest.mark.parametrize("act", list(Act))
def test_every_act_has_words_for_the_desk_without_a_command(act: Act) -> None:
    named = AdvisedAct(act, "2031-3")
    assert set(WORDS) == set(Act)
    for words in (at_desk(named), as_command(named)):
        assert "{" not in words and words
    assert "build.py" not in at_desk(named) and "--" not in at_desk(named) and "终端" not in at_desk(named)


def test_an_error_is_told_in_the_words_of_the_face() -> None:
    with pytest.raises(EditorError) as caught, outcome("没有记。"):
        raise EditorError("读不懂。", advice("先", Act.CHECK, "。"))
    assert caught.value.told == "读不懂。先运行 python3 build.py check。"
    assert caught.value.told_with(at_desk) == "读不懂。先在“各期”和公文页看列出的错误。"
    assert caught.value.hint == "先运行 python3 build.py check。"
    assert str(EditorError(REMEDY)) == str(REMEDY) == EditorError(REMEDY).told
    assert EditorError("坏了", "换一个").told_with(at_desk) == "坏了换一个。"


def test_a_finding_keeps_both() -> None:
    found = advised(Diagnostic("B053", Severity.WARNING, Place("content/2031-3"), "没有。"), REMEDY)
    assert found.hint == str(REMEDY) == found.advice and "build.py publish" in str(found)
    assert desk_advice(found) == desk_words(REMEDY)
    plain = Diagnostic("T001", Severity.NOTE, Place("a"), "错。", "改。")
    assert desk_advice(plain) == "改。" == plain.advice


def test_a_finding_is_kept_whole_in_the_record_of_a_build() -> None:
    found = advised(Diagnostic("B053", Severity.WARNING, Place("content/2031-3"), "没有。"), REMEDY)
    assert msgspec.json.decode(msgspec.json.encode(found), type=Diagnostic) == found
