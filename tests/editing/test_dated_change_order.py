"""An entry of 变更 goes where its 自 belongs, its lines and those of the others as they were."""

from __future__ import annotations

from pathlib import Path

import pytest

from liulin_gazette.editing.dated_change_order import in_order
from liulin_gazette.editing.gazette_settings_file import FILE, SettingsFileError, values_in, with_changes
from liulin_gazette.editing.table_order import with_table_moved
from liulin_gazette.source.settings_tables.dated_changes import CHANGES
from tests.conftest import ROOT

FIRST = '# 改月刊\n[["变更"]]\n"自" = "2029-1" # 定了\n"刊期" = "月刊"\n"每年期数" = 12\n'
SECOND = (
    '# 换电话\n# 从七月起\n[["变更"]]\n"自" = 2030-07-01\n["变更"."封底"]\n"电话" = "0351-7\\n[[变更]]"\n'
)
REST = '\n# 读音\n["读音"]\n"单" = "shan"\n'


def content_with(*entries: str, rest: str = "") -> bytes:
    return ((ROOT / FILE).read_text("utf-8") + "\n" + "\n".join(entries) + rest).encode()


def since(content: bytes) -> list[str]:
    return [str(each["自"]) for each in values_in(content)["变更"]]


@pytest.mark.parametrize("rest", ["", REST])
def test_an_earlier_entry_is_put_before_the_later_ones(tmp_path: Path, rest: str) -> None:
    (tmp_path / "content").mkdir()
    before = content_with(FIRST, SECOND, rest=rest)
    added = with_changes(before, [(("变更", 2, "自"), "2027-2"), (("变更", 2, "名称"), "方山政报")])
    after, place, errors = in_order(tmp_path, before, added, 2)
    assert (place, errors) == (0, ()) and since(after) == ["2027-2", "2029-1", "2030-07-01"]
    text = after.decode().replace('[["变更"]]\n"自" = "2027-2"\n"名称" = "方山政报"\n', "")
    assert list(filter(None, text.split("\n"))) == list(filter(None, before.decode().split("\n")))


def test_an_entry_between_two_others_is_put_between_them(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    before = content_with(FIRST, SECOND)
    added = with_changes(before, [(("变更", 2, "自"), "2029-12"), (("变更", 2, "名称"), "方山政报")])
    after, place, errors = in_order(tmp_path, before, added, 2)
    assert (place, errors) == (1, ()) and since(after) == ["2029-1", "2029-12", "2030-07-01"]
    assert FIRST in after.decode() and SECOND in after.decode()


def test_what_is_wrong_with_the_entry_is_told_without_its_place(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    before = content_with(FIRST)
    wrong = with_changes(before, [(("变更", 1, "自"), "2027-2"), (("变更", 1, "每年期数"), "七")])
    after, place, errors = in_order(tmp_path, before, wrong, 1)
    assert since(after) == ["2027-2", "2029-1"] and place == 0
    assert [each.message for each in errors] and all("先后" not in each.message for each in errors)
    last = with_changes(before, [(("变更", 1, "自"), "2031-1"), (("变更", 1, "名称"), "方山政报")])
    assert in_order(tmp_path, before, last, 1) == (last, 1, ())


@pytest.mark.parametrize("form", ["unix", "windows", "marked"])
@pytest.mark.parametrize(("source", "target"), [(0, 1), (1, 0), (0, 2), (2, 1), (2, 0)])
def test_an_entry_that_is_moved_and_moved_back_leaves_the_file_as_it_was(
    form: str, source: int, target: int
) -> None:
    third = '[["变更"]]\n"自" = "2032-1"\n"名称" = "乙"\n'
    content = content_with(FIRST, SECOND.replace("\\n[[变更]]", ""), third, rest=REST)
    content = content if form == "unix" else content.replace(b"\n", b"\r\n")
    content = b"\xef\xbb\xbf" + content if form == "marked" else content
    moved = with_table_moved(content, FILE, CHANGES, source, target)
    order = ["2029-1", "2030-07-01", "2032-1"]
    order.insert(target, order.pop(source))
    assert since(moved) == order and with_table_moved(moved, FILE, CHANGES, target, source) == content


def test_entries_in_one_line_are_not_moved() -> None:
    content = '"变更" = [{"自" = "2027-1"}, {"自" = "2026-1"}]\n'.encode()
    with pytest.raises(SettingsFileError, match="没有写"):
        with_table_moved(content, FILE, CHANGES, 1, 0)
