"""The pinyin of places: dictionaries of place names before those of words, and nothing decided silently."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liulin_gazette.editing.counties.gazette_names import file_prefix, romanised
from liulin_gazette.text.place_pinyin import (
    normal_reading,
    place_words,
    polyphones,
    readings_of,
    spelled,
    stem_of,
)
from tests.text.test_display_lines import NAMES


@pytest.mark.parametrize(
    ("place", "pinyin"),
    [
        ("长阳土家族自治县", "changyang tujiazu zizhixian"),
        ("单县", "shanxian"),
        ("蔚县", "yuxian"),
        ("浚县", "xunxian"),
        ("铅山县", "yanshan xian"),
        ("六安市", "lu'an shi"),
        ("六安市裕安区", "lu'an shi yu'an qu"),
        ("六合区", "luhe qu"),
        ("六盘水市", "liupanshui shi"),
        ("厦门市", "xiamen shi"),
        ("重庆市", "chongqing shi"),
        ("吕梁市", "lüliang shi"),
        ("洪洞县", "hongtong xian"),
        ("长子县", "zhangzi xian"),
        ("长治市", "changzhi shi"),
        ("天长市", "tianchang shi"),
        ("乐清市", "yueqing shi"),
        ("乐亭县", "laoting xian"),
        ("乐陵市", "laoling shi"),
        ("大城县", "daicheng xian"),
        ("渑池县", "mianchi xian"),
        ("番禺区", "panyu qu"),
        ("歙县", "shexian"),
        ("尉犁县", "yuli xian"),
        ("尉氏县", "weishi xian"),
        ("宿州市萧县", "suzhou shi xiaoxian"),
        ("荥阳市", "xingyang shi"),
        ("荥经县", "yingjing xian"),
        ("繁峙县", "fanshi xian"),
        ("东阿县", "dong'e xian"),
        ("喀什地区疏附县", "kashi diqu shufu xian"),
        ("积石山保安族东乡族撒拉族自治县", "jishishan bao'anzu dongxiangzu salazu zizhixian"),
        ("延边朝鲜族自治州", "yanbian chaoxianzu zizhizhou"),
        ("龙胜各族自治县", "longsheng gezu zizhixian"),
        ("阳泉市矿区", "yangquan shi kuangqu"),
    ],
)
def test_places_are_spelled_as_dictionaries_have_them(place: str, pinyin: str) -> None:
    assert " ".join(map(spelled, place_words(place, {}))) == pinyin
    assert all(syllable.is_certain for syllable in polyphones(place, {}))


@pytest.mark.parametrize(
    ("place", "han"), [("单沟县", "单"), ("长坪县", "长"), ("重门市", "重"), ("六泉县", "六")]
)
def test_what_no_table_has_is_uncertain_until_stated(place: str, han: str) -> None:
    (syllable,) = polyphones(place, {})
    assert syllable.han == han and not syllable.is_certain and len(syllable.candidates) > 1
    other = next(sound for sound in syllable.candidates if sound != syllable.spelling)
    (stated,) = polyphones(place, {han: other})
    assert stated.is_certain and stated.spelling == other
    assert spelled(place_words(place, {han: other})[0]).startswith(other)


def test_a_reading_that_is_stated_holds_against_the_table() -> None:
    assert [spelled(word) for word in place_words("单县", {"单": "dan"})] == ["danxian"]
    assert romanised("单县人民政府公报", {"单": "chan"}) == "CHANXIAN RENMIN ZHENGFU GONGBAO"
    assert file_prefix("单县人民政府公报", {"单": "chan"}) == "chanxian-gazette"


@pytest.mark.parametrize(
    ("name", "prefix"),
    [
        ("六安市裕安区人民政府公报", "yuan-gazette"),
        ("长阳土家族自治县人民政府公报", "changyang-gazette"),
        ("阳泉市矿区人民政府公报", "kuangqu-gazette"),
        ("单县人民政府公报", "shanxian-gazette"),
    ],
)
def test_file_names_begin_with_the_lowest_division(name: str, prefix: str) -> None:
    assert file_prefix(name) == prefix


@pytest.mark.parametrize(
    ("typed", "kept"), [("Shan", "shan"), ("lü", "lv"), ("lu:", "lv"), ("shān", ""), ("", ""), ("单", "")]
)
def test_readings_as_they_are_typed(typed: str, kept: str) -> None:
    assert normal_reading(typed) == kept


def test_readings_of_a_character() -> None:
    assert {"dan", "shan", "chan"} <= set(readings_of("单")) and "ma" not in readings_of("单")


@pytest.mark.parametrize("name", NAMES)
def test_every_name_is_spelled(name: str) -> None:
    if name.endswith("人民政府公报"):
        assert romanised(name).isupper() and romanised(name).endswith(" RENMIN ZHENGFU GONGBAO")
        assert romanised(name).replace("'", "").replace(" ", "").replace("Ü", "U").isascii()


@given(st.text("单长六县市区旗自治族保安东乡州林", min_size=1, max_size=12))
def test_no_character_is_lost(place: str) -> None:
    words = place_words(place, {})
    assert "".join(syllable.han for word in words for syllable in word) == place
    assert all(word for word in words) and "".join(each.han for each in stem_of(place, {})) in place
