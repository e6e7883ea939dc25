"""Characters that are unlikely where they stand: the tables, what is found, and how much of it."""

from __future__ import annotations

import random
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liulin_gazette.check.likelihood import wrong_characters
from liulin_gazette.check.likelihood.confusable_characters import confusable_characters, near_sounds
from liulin_gazette.check.likelihood.ngram_table import (
    COUNTS,
    DIGITS,
    LATIN,
    MOST_TOKENS,
    followers,
    ngram_table,
    packed_table,
    predecessors,
    read_table,
    step_of_count,
)
from liulin_gazette.check.likelihood.phrase_filter import PhraseFilter, packed_filter
from liulin_gazette.check.likelihood.single_changes import MISSING, SUPERFLUOUS, UNLIKE

CLEAN = (
    "县级以上人民政府应当加强对森林防火工作的领导，将森林防火经费纳入本级财政预算。",
    "任何单位和个人不得在森林防火区内违规用火，发现火情应当立即报告。",
    "违反本办法规定，造成损失的，依法承担赔偿责任；构成犯罪的，依法追究刑事责任。",
    "各乡镇人民政府要落实属地管理责任，加强组织领导，明确责任分工，确保各项措施落实到位。",
    "县财政局负责保障工作经费，县审计局对资金的使用情况进行监督检查。",
    "凡年满六十周岁、具有本县户籍的居民，可以按照规定领取养老服务补贴。",
    "申请人对处理决定不服的，可以依法申请行政复议或者提起行政诉讼。",
    "要充分利用广播、电视、网络等媒体，广泛宣传安全生产法律法规，提高群众的安全意识。",
    "本办法由县人力资源和社会保障局负责解释，自发布之日起施行，有效期五年。",
    "建设单位应当按照批准的规划进行建设，不得擅自变更规划内容。",
)


def suspicions(text: str, threshold: float = 2.0) -> list[wrong_characters.Suspicion]:
    memory = wrong_characters.pairs_of_characters([text])
    return list(wrong_characters.suspicions(text, memory, wrong_characters.model(), threshold))


def test_right_sentences_raise_nothing() -> None:
    assert [found for line in CLEAN for found in suspicions(line)] == []


@pytest.mark.parametrize(
    ("text", "present", "likely", "likeness"),
    [
        ("县级人民政府应当建立健全监督官理制度。", "官", "管", "同音"),
        ("依法追究形事责任。", "形", "刑", "同音"),
        ("各部门要加强领道，落实责任。", "道", "导", "同音"),
        ("坚持谁主管、谁负贵的原则。", "贵", "责", "形近"),
        ("按照《殡葬管理条例》的规走执行。", "走", "定", "形近"),
        ("应当接受社监会督。", "监会", "会监", "颠倒"),
    ],
)
def test_a_mistake_is_told_with_the_likely_character(
    text: str, present: str, likely: str, likeness: str
) -> None:
    (found,) = suspicions(text, 1.0)
    assert (found.present, found.likely, found.likeness) == (present, likely, likeness)
    assert text[found.offset :].startswith(present)


def test_most_mistakes_put_into_right_sentences_are_found() -> None:
    """The floor of each kind lies well below what was measured when the tables were made."""
    table, confusable, chance = ngram_table(), confusable_characters(), random.Random(1)
    put_in, found = Counter[str](), Counter[str]()
    for line in CLEAN:
        for at, character in enumerate(line):
            for kind in ("同音", "近音", "形近"):
                pool = [each for each, likeness in confusable.of(character) if likeness == kind]
                pool = [
                    each
                    for each in pool
                    if table.singles[table.tokens.get(each, 0)] > 50 and each in table.tokens
                ]
                if pool:
                    wrong = line[:at] + chance.choice(pool[:4]) + line[at + 1 :]
                    put_in[kind] += 1
                    found[kind] += any(abs(each.offset - at) <= 1 for each in suspicions(wrong))
    rates = {kind: found[kind] / put_in[kind] for kind in put_in}
    assert rates["同音"] >= 0.8 and rates["近音"] >= 0.75 and rates["形近"] >= 0.5, rates


def test_what_is_repeated_is_the_language_of_the_whole() -> None:
    text = "各部门要加强领道，落实责任。"
    memory = dict.fromkeys(wrong_characters.pairs_of_characters([text]), 12)
    assert not list(wrong_characters.suspicions(text, memory, wrong_characters.model(), 2.0))


@pytest.mark.parametrize(
    ("text", "present", "likely", "likeness"),
    [
        ("由县级以上人民府批准，依法公开。", "", "政", MISSING),
        ("各部门应当加加强组织领导。", "加", "", SUPERFLUOUS),
    ],
)
def test_a_character_missing_or_too_many_is_told(text: str, present: str, likely: str, likeness: str) -> None:
    (found,) = suspicions(text, 0.0)
    assert (found.present, found.likely, found.likeness) == (present, likely, likeness)


@given(st.text(max_size=60))
def test_any_text_is_read(text: str) -> None:
    for found in suspicions(text, -100.0):
        assert text[found.offset : found.offset + len(found.present)] == found.present
        assert found.likely != found.present
        assert len(found.likely) - len(found.present) == {MISSING: 1, SUPERFLUOUS: -1}.get(found.likeness, 0)


@given(st.floats(0, 1e6))
def test_a_count_is_kept_within_an_eighth(count: float) -> None:
    assert COUNTS[step_of_count(count) << 1] == pytest.approx(count, rel=0.13, abs=0.1)


def test_a_table_is_read_as_it_was_written() -> None:
    entry = step_of_count(6) << 1 | 1
    content = packed_table(
        "甲乙", [0.0] * MOST_TOKENS, [(10 << 12 | 11) << 8 | entry], [(10, (11 << 12 | 10) << 8 | entry)]
    )
    table = read_table(content)
    assert table.pair(10, 11) == table.triple(10, 11, 10) == entry and COUNTS[entry] == pytest.approx(
        6, rel=0.13
    )
    assert table.pair(11, 10) == table.triple(11, 10, 11) == 0
    assert followers(table, 10) == {11} and predecessors(table, 11) == {10}
    assert not followers(table, 11) and not predecessors(table, 10)
    assert table.encoded("甲12 ab乙") == ([10, DIGITS, 0, LATIN, 11], [0, 1, 3, 4, 6])


@pytest.mark.parametrize(
    ("sound", "near"), [("zhang", {"zang", "zhan"}), ("lin", {"nin", "ling"}), ("fei", {"hei"})]
)
def test_near_sounds(sound: str, near: set[str]) -> None:
    assert set(near_sounds(sound)) == near


@pytest.mark.parametrize(
    ("text", "present", "likely", "likeness"),
    [
        ("现将本县防汛应急预案的事实方案印发给你们。", "事实", "实施", "同音"),
        ("各部门要加强领导，确保各项措施落实道位。", "道", "到", "同音"),
        ("违反本办法规定的，由县级人民政府水行政主管部门责令浑期改正。", "浑", "限", UNLIKE),
    ],
)
def test_a_word_or_a_character_that_is_not_alike_is_told_by_the_phrases_around(
    text: str, present: str, likely: str, likeness: str
) -> None:
    (found,) = suspicions(text, 0.0)
    assert (found.present, found.likely, found.likeness) == (present, likely, likeness)


def test_a_word_for_another_level_of_government_is_no_slip() -> None:
    assert not suspicions("具有本县户籍的居民，可以按照规定领取养老服务补贴。", -5.0)


@given(st.lists(st.lists(st.integers(0, MOST_TOKENS - 1), min_size=4, max_size=6), max_size=40))
def test_each_phrase_of_a_filter_is_found(phrases: list[list[int]]) -> None:
    content = packed_filter(phrases)
    assert content == packed_filter(phrases)
    assert all(phrase in PhraseFilter(content) for phrase in phrases)


def test_hardly_another_phrase_is_found() -> None:
    chance = random.Random(2)
    phrases = [tuple(chance.randrange(MOST_TOKENS) for _ in range(4)) for _ in range(4000)]
    known = PhraseFilter(packed_filter(phrases[:2000]))
    assert sum(phrase in known for phrase in phrases[2000:]) < 60
