"""Documents change places in issue.toml, and nothing else of the file does."""

from __future__ import annotations

import re
from codecs import BOM_UTF8

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liulin_gazette.editing.issue_arrangement import (
    ListedPlace,
    listed_sections,
    with_document_moved,
    without_document,
)
from liulin_gazette.editing.issue_file import NewError
from liulin_gazette.editing.list_layout import list_layout

HEAD = '# 第一期\r\n"年" = 2026   # 注\n"期" = 1\n\n'
ONE_LINE = HEAD + (
    '[["栏目"]]\n"名称" = "甲"\n"文件" = ["01.md", "02.md", "03.md"]  # 次序\n\n'
    '[["栏目"]]\n"名称" = "乙"\n"文件" = []\n'
)
ROWS = HEAD + (
    '[["栏目"]]\n"名称" = "甲"\n"文件" = [ # 头\n  "01.md", # 头条，# 也是注\n  # 会上定的\n  \'02.md\' ,\n'
    '  "03.md"  # 末条\n]\n\n[["栏目"]]\n"名称" = "乙"\n"文件" = ["a#b.md"]\n'
)


def order(content: bytes) -> list[tuple[str, ...]]:
    return [section.files for section in listed_sections(content)]


@pytest.mark.parametrize(
    ("text", "source", "target", "old", "new"),
    [
        (ONE_LINE, (0, 0), (0, 2), '["01.md", "02.md", "03.md"]', '["02.md", "03.md", "01.md"]'),
        (ONE_LINE, (0, 2), (0, 0), '["01.md", "02.md", "03.md"]', '["03.md", "01.md", "02.md"]'),
        (
            ONE_LINE,
            (0, 0),
            (1, 0),
            '["01.md", "02.md", "03.md"]  # 次序\n\n[["栏目"]]\n"名称" = "乙"\n"文件" = []',
            '["02.md", "03.md"]  # 次序\n\n[["栏目"]]\n"名称" = "乙"\n"文件" = ["01.md"]',
        ),
        (
            ROWS,
            (0, 0),
            (0, 1),
            "  \"01.md\", # 头条，# 也是注\n  # 会上定的\n  '02.md' ,\n",
            "  # 会上定的\n  '02.md' ,\n  \"01.md\", # 头条，# 也是注\n",
        ),
        (ROWS, (0, 2), (0, 2), "", ""),
        (
            ROWS,
            (0, 2),
            (1, 0),
            '\'02.md\' ,\n  "03.md"  # 末条\n]\n\n[["栏目"]]\n"名称" = "乙"\n"文件" = ["a#b.md"]',
            '\'02.md\' \n]\n\n[["栏目"]]\n"名称" = "乙"\n"文件" = ["03.md",  # 末条\n "a#b.md"]',
        ),
    ],
)
def test_only_the_document_moves(
    text: str, source: tuple[int, int], target: tuple[int, int], old: str, new: str
) -> None:
    for mark in (b"", BOM_UTF8):
        content = mark + text.encode()
        moved = with_document_moved(content, ListedPlace(*source), ListedPlace(*target))
        assert moved == mark + (text.replace(old, new) if old else text).encode()


FILE = st.sampled_from([f'"{n:02}.md"' for n in range(20)] + ["'二 #1.md'", '"a\\"b.md"', '"""c.md"""'])
SPACE = st.sampled_from(["", " ", "\n", "\r\n  ", "\n\t", '  # 说明 "x\n  ', "\r\n# 一\r\n # 二]\r\n "])
END = st.sampled_from(["", " ", "\n", ' # ", 注\n', "\r\n"])


@st.composite
def arrays(draw: st.DrawFn) -> str:
    files = draw(st.lists(FILE, max_size=5))
    text = "[" + draw(SPACE)
    for index, file in enumerate(files):
        comma = "," if index < len(files) - 1 or draw(st.booleans()) else ""
        text += draw(SPACE) + file + draw(END) + comma
    return text + draw(SPACE) + "]"


def comments(content: bytes) -> list[str]:
    """The comments, in any order."""
    return sorted(re.findall(r"# (?:说明|一|二|注|完)[^\r\n]*", content.decode()))


def as_issue(arrays: list[str]) -> bytes:
    return (
        '"年" = 2026\n'
        + "".join(f'\n[["栏目"]]\n"名称" = "栏{n}"\n"文件" = {a} # 完\n' for n, a in enumerate(arrays))
    ).encode()


@given(arrays())
def test_a_list_is_written_as_it_was(array: str) -> None:
    assert list_layout(array).text == array


def test_a_comment_gets_no_blanks_behind_it() -> None:
    content = as_issue(["[]", '[ # 说明\n  "01.md" \n]'])
    moved = with_document_moved(content, ListedPlace(1, 0), ListedPlace(0, 0))
    assert moved == as_issue(['["01.md"]', "[ # 说明\n]"])


@given(st.lists(arrays(), min_size=1, max_size=3), st.data())
def test_any_move_changes_the_order_and_keeps_every_comment(lists: list[str], data: st.DataObject) -> None:
    content = as_issue(lists)
    before = [list(files) for files in order(content)]
    places = [ListedPlace(s, i) for s, files in enumerate(before) for i in range(len(files))]
    if not places:
        return
    source = data.draw(st.sampled_from(places))
    section = data.draw(st.integers(0, len(before) - 1))
    room = len(before[section]) - (section == source.section)
    target = ListedPlace(section, data.draw(st.integers(0, room)))
    moved = with_document_moved(content, source, target)
    name = before[source.section].pop(source.index)
    assert order(without_document(content, source)) == [tuple(files) for files in before]
    before[section].insert(target.index, name)
    assert order(moved) == [tuple(files) for files in before]
    assert comments(moved) == comments(content)
    if source == target:
        assert moved == content


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ((0, 3), (0, 0)),
        ((2, 0), (0, 0)),
        ((0, 0), (0, 3)),
        ((0, 0), (1, 1)),
        ((0, 0), (2, 0)),
        ((0, -1), (0, 0)),
        ((0, 0), (-1, 0)),
    ],
)
def test_a_place_that_is_not_there_is_refused(source: tuple[int, int], target: tuple[int, int]) -> None:
    with pytest.raises(NewError, match="没有那个位置"):
        with_document_moved(ONE_LINE.encode(), ListedPlace(*source), ListedPlace(*target))


@pytest.mark.parametrize(
    "text",
    [
        "[[",
        '[["栏目"]]\n"名称" = "甲"\n"文件" = [1]\n',
        '[["栏目"]]\n"名称" = "甲"\n"文件" = "01.md"\n',
        '"栏目" = 1\n',
    ],
)
def test_what_is_no_order_is_told(text: str) -> None:
    with pytest.raises(NewError, match="读不懂"):
        listed_sections(text.encode())
    with pytest.raises(NewError, match="读不懂"):
        listed_sections(b"\xff")
