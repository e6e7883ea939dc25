"""A document's file changed from a form: what nobody changed stays byte for byte as it was."""

from __future__ import annotations

from codecs import BOM_UTF8

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liulin_gazette.editing.document_file import changed_document, read_document
from liulin_gazette.editing.front_matter_edits import (
    ABSENT,
    FIELD_ORDER,
    FieldValue,
    FrontMatterError,
    ValuePlace,
    value_at,
)
from liulin_gazette.editing.yaml_scalars import yaml_scalar
from liulin_gazette.model.kinds import FIELDS
from liulin_gazette.source.front_matter import GROUPS, LISTS, ROWS
from tests.conftest import DOCUMENT, ROOT

FILE = """---
# 来文编号 17
标题: "甲县关于“一件”事的通知"{blank}
发文字号: 甲政发〔2026〕3号
发文机关:   # 主办在前
  - 甲县财政局
  # 会签
  - '甲县农业局'
成文日期: 2026-02-06
政策咨询:
    责任单位: 甲县财政局
    电话: "0358-4022294"
日程:
- 日期: 2026-03-01
  事项: 施行
- 日期: 2026-04-01
  至: 2026-04-03
  事项: 报名
校核豁免: [{代码: C002, 理由: 原件如此}]
---

第一段。

第二段。
""".replace("{blank}", "   ")


def changed(before: str, after: str, **values: FieldValue) -> None:
    """Check that ``values`` put into FILE turn the lines ``before`` into ``after`` and touch nothing else."""
    assert before in FILE
    written = changed_document(FILE.encode(), values, read_document(FILE.encode()).text).decode()
    assert written == FILE.replace(before, after)


@pytest.mark.parametrize("mark", [b"", BOM_UTF8])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    "text", [FILE, DOCUMENT, "没有文首信息。\n", "", "---\n标题: 甲\n---", "---\n标题：甲\n---\n\n\n"]
)
def test_nothing_changed_is_byte_for_byte_the_same(text: str, end: str, mark: bytes) -> None:
    content = mark + text.replace("\n", end).encode()
    read = read_document(content)
    assert changed_document(content, read.head, read.text) == content
    if read.values is not None:
        assert changed_document(content, read.values, read.text) == content


def test_the_issue_can_be_shown_as_forms() -> None:
    for file in sorted((ROOT / "content/2026-1").glob("[0-9]*.md")):
        read = read_document(file.read_bytes())
        assert read.values, file
        assert changed_document(file.read_bytes(), read.values, read.text) == file.read_bytes()
        assert file.read_text("utf-8").split("\n")[read.text_line - 1] == read.text.split("\n")[0]


def test_only_the_line_of_a_changed_value_is_written_anew() -> None:
    changed("〔2026〕3号", "〔2026〕13号", 发文字号=FieldValue("甲政发〔2026〕13号"))
    changed(
        '"甲县关于“一件”事的通知"   ',
        '"甲县关于: 事的\\"通知\\""   ',
        标题=FieldValue('甲县关于: 事的"通知"'),
    )
    changed("'甲县农业局'", "'甲县''林业局'", 发文机关=FieldValue(lines=("甲县财政局", "甲县'林业局")))
    changed(
        "    责任单位: 甲县财政局\n",
        "    责任单位: 甲局\n",
        政策咨询=FieldValue(rows=({"责任单位": "甲局", "电话": "0358-4022294"},)),
    )


def test_items_are_added_and_taken_away_beside_those_that_stay() -> None:
    changed(
        "  - '甲县农业局'\n",
        "  - '甲县农业局'\n  - 甲县林业局\n",
        发文机关=FieldValue(lines=("甲县财政局", "甲县农业局", "甲县林业局")),
    )
    changed("  - 甲县财政局\n", "", 发文机关=FieldValue(lines=("甲县农业局",)))
    changed(
        "- 日期: 2026-03-01\n  事项: 施行\n",
        "",
        日程=FieldValue(rows=({"日期": "2026-04-01", "至": "2026-04-03", "事项": "报名"},)),
    )
    changed(
        "  至: 2026-04-03\n  事项: 报名\n", "  事项: 报名\n",
        日程=FieldValue(rows=({"日期": "2026-03-01", "事项": "施行"}, {"日期": "2026-04-01", "事项": "报名"})),
    )  # fmt: skip
    changed(
        "    责任单位: 甲县财政局\n    电话",
        "    电话",
        政策咨询=FieldValue(rows=({"电话": "0358-4022294"},)),
    )
    changed(
        "校核豁免: [{代码: C002, 理由: 原件如此}]\n",
        "校核豁免:\n  - 代码: C002\n    理由: 原件, 如此\n",
        校核豁免=FieldValue(rows=({"代码": "C002", "理由": "原件, 如此"},)),
    )  # fmt: skip


def test_keys_are_added_in_their_order_and_removed_with_their_values() -> None:
    changed("日程:\n", "有效性: 现行有效\n日程:\n", 有效性=FieldValue("现行有效"))
    changed("# 来文编号 17\n", "体裁: 公示\n# 来文编号 17\n", 体裁=FieldValue("公示"))
    changed('政策咨询:\n    责任单位: 甲县财政局\n    电话: "0358-4022294"\n', "", 政策咨询=ABSENT)


def test_only_changed_text_is_written_anew_and_mixed_line_ends_stay() -> None:
    content = DOCUMENT.replace("\n", "\r\n").replace("请认真执行。\r\n", "一。\r\n\n二。\n").encode()
    read = read_document(content)
    written = changed_document(content, read.values or {}, read.text.replace("二", "三"))
    assert written == content.replace("二".encode(), "三".encode())


def test_a_file_without_front_matter_is_given_it() -> None:
    assert changed_document(b"", {"标题": FieldValue("甲")}, "正文") == "---\n标题: 甲\n---\n\n正文".encode()
    assert (
        changed_document("正文\n".encode(), "标题：甲", "正文\n") == "---\n标题：甲\n---\n\n正文\n".encode()
    )


@pytest.mark.parametrize(
    "head",
    [
        "标题：甲",
        "标题: [",
        "没有: 这一项",
        "标题: 甲\n标题: 乙",
        "标题: &甲",
        "标题: 甲\n政策咨询:\n  电活:",
        "标题: |\n  甲",
        "题注: 一行",
        "标题: 甲\u2028乙",
        "标题: 甲\n政策咨询:\n  责任单位: 甲局\n  电活: 0358-1234567",
        "标题: 甲\n校核豁免:\n  - 代码: T010\n    文字: 甲\n    理由: 乙\n    说明: 丙",
    ],
)
def test_what_a_form_cannot_show_is_shown_as_typed(head: str) -> None:
    content = f"---\n{head}\n---\n\n正文\n".encode()
    assert read_document(content).values is None
    with pytest.raises(FrontMatterError):
        changed_document(content, {"标题": FieldValue("乙")}, "正文\n")
    assert changed_document(content, "标题: 乙", "正文\n") == "---\n标题: 乙\n---\n\n正文\n".encode()


EMPTY = """---
标题:
成文日期:   # 还没有定
标题分行:
发文机关:
政策咨询:
  责任单位: 甲县财政局
  责任股室:
  责任人:
  电话:
签署:
  职务:
---
"""


def filled(before: str, after: str, **values: FieldValue) -> None:
    """Check that ``values`` put into EMPTY turn the line or lines ``before`` into ``after`` and touch nothing else."""
    assert before in EMPTY
    assert changed_document(EMPTY.encode(), values, "").decode() == EMPTY.replace(before, after)


def test_places_in_which_nothing_is_written_yet_are_filled_where_they_are() -> None:
    values = read_document(EMPTY.encode()).values
    assert values is not None
    assert values["政策咨询"] == FieldValue(rows=({"责任单位": "甲县财政局"},))
    assert {key for key, value in values.items() if value == ABSENT} == {
        "标题", "成文日期", "标题分行", "发文机关", "签署",
    }  # fmt: skip
    assert changed_document(EMPTY.encode(), values, "").decode() == EMPTY
    filled(
        "标题:\n",
        '标题: "甲：乙 # 丙"\n',
        标题=FieldValue("甲：乙 # 丙"),
    )
    filled("成文日期:   #", "成文日期: 2027-03-04   #", 成文日期=FieldValue("2027-03-04"))
    filled("标题分行:\n", "标题分行:\n  - 甲县\n", 标题分行=FieldValue(lines=("甲县",)))
    filled("  职务:\n", "  职务: 县长\n", 签署=FieldValue(rows=({"职务": "县长"},)))
    both = {"责任单位": "甲县财政局", "电话": "0358-4022294"}
    filled("  电话:\n", "  电话: 0358-4022294\n", 政策咨询=FieldValue(rows=(both,)))
    filled("发文机关:\n", "发文机关: 甲县财政局\n", 发文机关=FieldValue(lines=("甲县财政局",)))


def test_bytes_of_another_encoding_are_refused() -> None:
    with pytest.raises(FrontMatterError, match="UTF-8"):
        read_document("标题".encode("gb18030"))


@pytest.mark.parametrize(
    ("words", "column", "place"),
    [
        ("标题: ", 3, ValuePlace("标题")),
        ("发文机关:", 0, ValuePlace("发文机关")),
        ("  - 甲县财政局", 0, ValuePlace("发文机关")),
        ("  - '甲县农业局'", 5, ValuePlace("发文机关", 1)),
        ("政策咨询:", 0, ValuePlace("政策咨询")),
        ("    责任单位", 0, ValuePlace("政策咨询", 0, "责任单位")),
        ("    电话", 11, ValuePlace("政策咨询", 0, "电话")),
        ("- 日期: 2026-04", 0, ValuePlace("日程", 1, "日期")),
        ("  至: 2026-04", 5, ValuePlace("日程", 1, "至")),
        ("  事项: 施行", 7, ValuePlace("日程", 0, "事项")),
        ("校核豁免: [{代码", 8, ValuePlace("校核豁免", 0, "代码")),
        ("校核豁免: [{代码", 20, ValuePlace("校核豁免", 0, "理由")),
        ("# 来文编号", 0, None),
    ],
)
def test_a_place_is_told_by_field_row_and_name(words: str, column: int, place: ValuePlace | None) -> None:
    lines = read_document(FILE.encode()).head.split("\n")
    line = next(number for number, text in enumerate(lines) if text.startswith(words))
    assert value_at(lines, line, column) == place


def test_what_cannot_be_read_has_no_places() -> None:
    assert value_at(["标题：甲", "- 乙"], 0, 0) is None
    assert value_at(["日程: []"], 0, 0) is None
    assert value_at(["标题: 甲"], 7, 0) is None


def test_every_field_has_its_place_in_the_form() -> None:
    assert set(FIELD_ORDER) == FIELDS


LINE = (
    st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Zl", "Zp", "Cs")), min_size=1)
    .map(str.strip)
    .filter(bool)
)
SCALARS = sorted(FIELDS - {*LISTS, *GROUPS, *ROWS, "发文机关"})


@st.composite
def field_values(draw: st.DrawFn) -> tuple[str, FieldValue]:
    """Draw a key with a value."""
    key = draw(st.sampled_from(sorted(FIELDS)))
    if key in SCALARS:
        return key, FieldValue(draw(LINE))
    if key in GROUPS or key in ROWS:
        names = GROUPS[key] if key in GROUPS else (*ROWS[key][0], *ROWS[key][1])
        row = st.dictionaries(st.sampled_from(names), LINE, min_size=1)
        return key, FieldValue(
            rows=tuple(draw(st.lists(row, min_size=1, max_size=1 if key in GROUPS else 3)))
        )
    return key, FieldValue(lines=tuple(draw(st.lists(LINE, min_size=1, max_size=3, unique=True))))


@given(
    st.lists(field_values(), max_size=6),
    st.lists(field_values(), max_size=3),
    st.text(),
    st.sampled_from(["\n", "\r\n"]),
)
def test_what_is_written_is_read_back_and_the_rest_stays(
    first: list[tuple[str, FieldValue]], then: list[tuple[str, FieldValue]], text: str, end: str
) -> None:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    content = changed_document(b"---\n---\n\n.\n", dict(first), "甲" + text).replace(b"\n", end.encode())
    read = read_document(content)
    assert read.values == dict(first) and read.text == "甲" + text
    written = changed_document(content, dict(then), read.text)
    again = read_document(written)
    assert again.values == dict(first) | dict(then) and again.text == read.text
    stays = [line for line in content.split(end.encode()) if line in written]
    for key, value in first:
        if value.text and key not in dict(then) and dict(first)[key] == value:
            assert f"{key}: {yaml_scalar(value.text)}".encode() in stays
