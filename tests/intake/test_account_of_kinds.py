"""One account for every kind of file: a mistake put into what any reader returns is told, and marked in the draft."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from liulin_gazette.intake.account import EXTRA, MISSING, MOVED, Account
from liulin_gazette.intake.accounting.account_pools import bare
from liulin_gazette.intake.document_recognition.recognition import recognise
from liulin_gazette.intake.drafts import part_text
from liulin_gazette.intake.manuscript import Grid, Manuscript, Part
from liulin_gazette.intake.open_file import read_content
from tests.intake.ofd_files import ofd_file
from tests.intake.sheet_files import sheet_file
from tests.intake.test_account import BODY
from tests.intake.test_ofd import FIRST, SECOND
from tests.intake.test_sheets import TABLE
from tests.intake.test_web_pages import PAGE
from tests.intake.test_word_marks import word

TEXT = (
    "石泉市教育局关于二次招生的批复\n石教函〔2026〕1号\n一中：\n来文收悉，现就有关事项批复如下。\n"
    "一、同意招生1名。\n二、一中办公室电话不变。\n石泉市教育局\n2026年1月11日\n"
)
VALUES = "序号,单位,金额\n1,甲镇人民政府,12.5\n2,乙镇人民政府,30\n"
SOURCES: dict[str, Callable[[], bytes]] = {
    ".docx": lambda: word(*BODY),
    ".pdf": lambda: (Path(__file__).parent / "pdf" / "窄边距小四单倍.pdf").read_bytes(),
    ".ofd": lambda: ofd_file([FIRST, SECOND]),
    ".xlsx": lambda: sheet_file({"项目表": TABLE}),
    ".csv": VALUES.encode,
    ".html": lambda: PAGE.format(charset="utf-8").encode(),
    ".txt": TEXT.encode,
}


@cache
def read(suffix: str) -> Manuscript:
    return read_content(f"来稿{suffix}", suffix, SOURCES[suffix]())


def account(manuscript: Manuscript) -> Account:
    """Return the account of ``manuscript``, of which each difference is in a mark of its draft."""
    intake = recognise(manuscript)
    assert intake.account is not None and intake.account.unexplained == 0
    marks = sum(draft.document.body.count("【待核：") for draft in intake.drafts)
    assert marks > 0 or not intake.account.differences
    assert (f"差 {intake.account.difference:,} 字" in intake.account.told) and intake.account.told.startswith(
        "来稿 "
    )
    return intake.account


def kinds(changed: Account) -> set[str]:
    return {each.kind for each in changed.differences}


@pytest.mark.parametrize("suffix", SOURCES)
def test_a_file_that_is_read_whole_differs_in_nothing(suffix: str) -> None:
    assert account(read(suffix)).differences == ()


@pytest.mark.parametrize("suffix", SOURCES)
def test_every_part_that_is_dropped_or_doubled_is_told(suffix: str) -> None:
    whole = read(suffix)
    drafted = account(whole).drafted
    for index, part in enumerate(whole.parts):
        letters = bare(part_text(part))
        if not letters:
            continue
        dropped = account(replace(whole, parts=(*whole.parts[:index], *whole.parts[index + 1 :])))
        words = len(bare(re.sub(r"^\d+\.", "", part_text(part))))  # A number may be an automatic one.
        assert MISSING in kinds(dropped) and dropped.difference >= words, part
        doubled = account(replace(whole, parts=(*whole.parts[:index], part, *whole.parts[index:])))
        is_told = {EXTRA, MOVED} & kinds(doubled) and doubled.difference >= len(letters)
        # A name below the text becomes front matter, which has it once: then the draft is the same.
        assert is_told or doubled.drafted == drafted, part


@pytest.mark.parametrize("suffix", SOURCES)
def test_every_row_that_is_dropped_or_doubled_is_told(suffix: str) -> None:
    whole = read(suffix)
    for index, part in enumerate(whole.parts):
        for number, row in enumerate(part.rows if isinstance(part, Grid) else ()):
            assert isinstance(part, Grid)
            if any(cell.rowspan > 1 for cell in row) or not bare("".join(cell.text for cell in row)):
                continue
            for rows, kind in (((), MISSING), ((row, row), EXTRA)):
                changed = replace(part, rows=(*part.rows[:number], *rows, *part.rows[number + 1 :]))
                if changed.rows:
                    parts: tuple[Part, ...] = (*whole.parts[:index], changed, *whole.parts[index + 1 :])
                    assert kind in kinds(account(replace(whole, parts=parts))), row


@pytest.mark.parametrize("suffix", [each for each in SOURCES if each not in (".csv", ".xlsx")])
def test_two_long_parts_that_change_places_are_told(suffix: str) -> None:
    whole = read(suffix)
    long = [index for index, part in enumerate(whole.parts) if len(bare(part_text(part))) >= 12]
    one, other = long[-2], long[-1]
    parts = list(whole.parts)
    parts[one], parts[other] = parts[other], parts[one]
    assert account(replace(whole, parts=tuple(parts))).differences


@pytest.mark.parametrize("suffix", SOURCES)
def test_what_is_left_out_without_a_word_is_told(suffix: str) -> None:
    whole = read(suffix)
    for index, each in enumerate(whole.omissions):
        silent = (*whole.omissions[:index], *whole.omissions[index + 1 :])
        letters = bare(each.text) if not each.text.startswith("（图") else ""
        assert account(replace(whole, omissions=silent)).differences or not letters, each


def test_many_differences_of_one_block_have_one_mark() -> None:
    whole = read(".csv")
    (grid,) = whole.parts
    assert isinstance(grid, Grid)
    rows = tuple(tuple(replace(cell, text="某" + cell.text) for cell in row) for row in grid.rows * 3)
    intake = recognise(replace(whole, parts=(replace(grid, rows=rows),)))
    assert intake.account is not None and len(intake.account.differences) > 8
    assert (
        "处不同（" in intake.drafts[0].document.body and intake.drafts[0].document.body.count("【待核：") < 4
    )
