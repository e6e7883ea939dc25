"""The account of a manuscript: an independent count against drafts and left-out list; mistakes put into the reader show."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from liulin_gazette.editing.new_files import NewDocument
from liulin_gazette.intake.account import EXTRA, MISSING, MOVED, Account, SourceText
from liulin_gazette.intake.accounting.account_pools import bare
from liulin_gazette.intake.accounting.reconciliation import account_of
from liulin_gazette.intake.document_recognition.recognition import recognise
from liulin_gazette.intake.drafts import Draft, Intake
from liulin_gazette.intake.manuscript import Grid, Line, Manuscript, Omission, Part
from liulin_gazette.intake.word_files.word_account import count_word
from liulin_gazette.intake.word_files.word_file import read_word
from tests.intake.single_file import read_manuscript
from tests.intake.test_word_cases import CASES, RIGHT
from tests.intake.test_word_marks import down, note, run, up, word

Parts = tuple[Part, ...]
BODY = (
    run("一、提高认识，加强领导。各单位要把护林工作摆上重要位置。"),
    run("二、明确责任，狠抓落实。每亩补助") + run("300", "<w:strike/>") + run("500元，面积120m") + up("2") + run("。"),
    "<w:tbl><w:tr><w:tc><w:p>" + run("序号") + "</w:p></w:tc><w:tc><w:p>" + run("乡镇名称") + "</w:p></w:tc></w:tr>"
    "<w:tr><w:tc><w:p>" + run("1") + "</w:p></w:tc><w:tc><w:p>" + run("金家庄镇") + "</w:p></w:tc></w:tr>"
    "<w:tr><w:tc><w:p>" + run("2") + "</w:p></w:tc><w:tc><w:p>" + run("留誉镇") + "</w:p></w:tc></w:tr></w:tbl>",
    run("三、按照规定") + note("footnote", 2) + run("严格考核；总量P") + down("总") + run("不得突破。"),
)  # fmt: skip


def manuscript() -> Manuscript:
    return read_word("x.docx", word(*BODY))


def without(words: str) -> Callable[[Parts], Parts]:
    return lambda parts: tuple(part for part in parts if not (isinstance(part, Line) and words in part.text))


def doubled(words: str) -> Callable[[Parts], Parts]:
    return lambda parts: tuple(
        each for part in parts for each in ([part] * (1 + (isinstance(part, Line) and words in part.text)))
    )


def rewritten(words: str, by: str) -> Callable[[Parts], Parts]:
    return lambda parts: tuple(
        replace(part, text=part.text.replace(words, by), marks=(), strong=())
        if isinstance(part, Line)
        else part
        for part in parts
    )


def swapped(first: str, second: str) -> Callable[[Parts], Parts]:
    def swap(parts: Parts) -> Parts:
        one, other = (
            next(i for i, part in enumerate(parts) if isinstance(part, Line) and words in part.text)
            for words in (first, second)
        )
        order = list(parts)
        order[one], order[other] = order[other], order[one]
        return tuple(order)

    return swap


def of_rows(change: Callable[[Grid], Grid]) -> Callable[[Parts], Parts]:
    return lambda parts: tuple(change(part) if isinstance(part, Grid) else part for part in parts)


REWRITTEN = {"公式": 1, "名单姓名空格": -3, "甲乙编号": 2, "符号": 2, "项目符号": 2}
"""Signs that the drafts of some cases have more, or fewer, because they have a form of the program's: 、 for a number."""
MUTATIONS: dict[str, tuple[Callable[[Parts], Parts], str, str]] = {
    "a paragraph dropped": (without("提高认识"), MISSING, "一、提高认识，加强领导。各单位要把护林工作摆上重要位置。"),
    "a paragraph doubled": (doubled("提高认识"), EXTRA, "提高认识"),
    "paragraphs swapped": (swapped("提高认识", "严格考核"), MOVED, ""),
    "characters dropped": (rewritten("500元", "元"), MISSING, "500"),
    "a sign dropped": (rewritten("认识，", "认识"), MISSING, "，"),
    "a sign added": (rewritten("认识，", "认识，，"), EXTRA, "，"),
    "a character changed": (rewritten("重要", "主要"), MISSING, "重"),
    "a note dropped": (rewritten("x", "x"), MISSING, "见《护林办法》第三条，10-3以内。"),
    "a row dropped": (of_rows(lambda grid: replace(grid, rows=grid.rows[:-1])), MISSING, "留誉镇"),
    "rows swapped": (of_rows(lambda grid: replace(grid, rows=(grid.rows[0], *grid.rows[:0:-1]))), EXTRA, "留誉镇"),
    "a cell doubled": (
        of_rows(lambda grid: replace(grid, rows=(*grid.rows[:-1], (grid.rows[-1][1], grid.rows[-1][1])))), EXTRA, "留誉镇",
    ),
    "a table dropped": (lambda parts: tuple(part for part in parts if not isinstance(part, Grid)), MISSING, "金家庄镇"),
}  # fmt: skip


def told_of(read: Manuscript) -> Intake:
    intake = recognise(read)
    assert intake.account is not None
    return intake


def test_a_file_that_is_read_whole_has_no_difference() -> None:
    intake = told_of(manuscript())
    assert intake.account is not None
    assert intake.account.differences == ()
    assert intake.account.told.startswith("来稿 218 字，") and intake.account.told.endswith("，差 0 字。")
    assert "【待核" not in intake.drafts[0].document.body


@pytest.mark.parametrize("name", MUTATIONS)
def test_a_mistake_of_the_reader_is_told_at_its_place(name: str) -> None:
    change, kind, words = MUTATIONS[name]
    read = manuscript()
    intake = told_of(replace(read, parts=change(read.parts)))
    assert intake.account is not None
    found = [each for each in intake.account.differences if each.kind == kind and words in each.text]
    assert found, intake.account.differences
    assert intake.account.difference >= len(words)
    marks = sum(draft.document.body.count("【待核：") for draft in intake.drafts)
    assert marks >= len(intake.account.differences)


def test_what_the_reader_leaves_out_without_a_word_is_told() -> None:
    read = manuscript()
    assert read.omissions[0].text == "300"
    silent = told_of(replace(read, omissions=read.omissions[1:]))
    assert silent.account is not None
    assert [(each.kind, each.text) for each in silent.account.differences] == [(MISSING, "300")]


def test_the_mark_stands_after_the_paragraph_before() -> None:
    read = manuscript()
    body = told_of(replace(read, parts=without("提高认识")(read.parts))).drafts[0].document.body
    assert body.startswith("【待核：来稿这里的“一、提高认识")
    body = told_of(replace(read, parts=without("严格考核")(read.parts))).drafts[0].document.body
    before, mark = body.split("\n\n")[-2:]
    assert "留誉镇" in before or "【待核" in before
    assert "来稿第" in mark


@pytest.mark.parametrize("name", RIGHT)
def test_small_files_are_accounted_for(name: str) -> None:
    account = recognise(read_manuscript(CASES / f"{name}.docx")).account
    assert account is not None and account.differences == ()
    assert account.source == account.drafted + account.left_out - REWRITTEN.get(name, 0)
    assert account.unexplained == 0


def test_the_count_knows_every_part_of_the_package() -> None:
    stories = {
        each.story for name in ("脚注", "文本框", "altChunk") for each in count_word(_package(name)).passages
    }
    assert stories == {"", "脚注", "文本框", "嵌着的文件"}
    (old, box, *_) = [each.text for each in count_word(_package("文本框")).passages if each.story]
    assert (old, box) == ("框内第一行", "框内第二行")


def _package(name: str) -> bytes:
    return Path(CASES / f"{name}.docx").read_bytes()


DOCUMENTS = (
    (
        "柳林县人民政府文件", "柳政发〔2026〕2号", "柳林县人民政府", "关于补助的通知", "各乡（镇）人民政府，县直有关单位：",
        "从二〇二六年起，关于补助2000元的事，经县人民政府批准。", "柳林县人民政府", "第2条不变，2026年1月21日后不补。",
        "柳林县人民政府", "2026年1月21日", "（此件公开发布）", "政策咨询",
        "责任单位：县民政局　责任股室：办公室", "责任人：某某　电话：0358-2026021",
    ),
    (
        "石泉市教育局关于二次招生的批复", "石教函〔2026〕1号", "一中：", "来文收悉。批复如下。", "一、同意招生1名。",
        "二、一中办公室电话不变。", "石泉市教育局", "二〇二六年一月十一日",
    ),
    ("关于开会的通知", "一、时间", "2026年3月2日", "二、人员", "县长、副县长。", "青河县委办公室", "2026年3月2日"),
)  # fmt: skip


def of_lines(lines: Sequence[str]) -> Manuscript:
    """Return a manuscript of ``lines``, and its count."""
    places = [f"第{number}段" for number in range(1, len(lines) + 1)]
    return Manuscript(
        "x.docx",
        tuple(Line(text, place) for text, place in zip(lines, places, strict=True)),
        count=tuple(SourceText(text, place) for text, place in zip(lines, places, strict=True)),
    )


@pytest.mark.parametrize("lines", DOCUMENTS, ids=lambda lines: lines[0])
def test_every_character_that_a_reader_drops_is_told(lines: tuple[str, ...]) -> None:
    whole = of_lines(lines)
    expected = told_of(whole).account
    assert expected is not None and expected.differences == ()
    assert (expected.rewritten, expected.unexplained) == (0, 0)
    silent: list[str] = []
    for index, line in enumerate(lines):
        for at, character in enumerate(line):
            if bare(character) or line.endswith("。"):
                parts = list(whole.parts)
                parts[index] = Line(line[:at] + line[at + 1 :], f"第{index + 1}段")
                account = told_of(replace(whole, parts=tuple(parts))).account
                is_told = account and account.differences and not account.unexplained
                silent += [] if is_told else [f"{line[:at]}[{character}]{line[at + 1 :]}"]
    assert silent == []


@pytest.mark.parametrize("lines", DOCUMENTS, ids=lambda lines: lines[0])
def test_every_line_that_a_reader_drops_is_told(lines: tuple[str, ...]) -> None:
    whole = of_lines(lines)
    for index, line in enumerate(lines):
        parts = (*whole.parts[:index], *whole.parts[index + 1 :])
        account = told_of(replace(whole, parts=parts)).account
        assert account is not None and account.difference >= len(bare(line)), line


PARAGRAPHS = tuple(
    f"{number}号{''.join(chr(0x4E00 + 97 * number + 7 * at) for at in range(9 + number))}。"
    for number in range(1, 9)
)


def drafted(paragraphs: Sequence[str], source: Sequence[str] = PARAGRAPHS) -> Account:
    draft = Draft(NewDocument("甲", "乙", "丙", "2026-01-01", body="\n\n".join(paragraphs)), ())
    count = of_lines(source).count
    assert count is not None
    return account_of(count, [draft], ())


@pytest.mark.parametrize("moved", [(3, 4), (0, 1, 2), (0, 2, 4), (6,), (1, 6)], ids=lambda moved: str(moved))
@pytest.mark.parametrize("is_first", [False, True])
def test_moved_paragraphs_are_told_and_nothing_else(moved: tuple[int, ...], is_first: bool) -> None:
    stay = [each for index, each in enumerate(PARAGRAPHS) if index not in moved]
    away = [PARAGRAPHS[index] for index in moved]
    account = drafted([*away, *stay] if is_first else [*stay, *away])
    assert account.drafted == account.source and account.unexplained == 0
    told = [(each.kind, each.text) for each in account.differences]
    assert {kind for kind, _ in told} <= {MOVED}
    assert all(text in PARAGRAPHS for _, text in told)
    assert account.difference <= sum(len(PARAGRAPHS[index]) for index in moved)


def test_moved_paragraphs_do_not_hide_what_is_missing_or_added() -> None:
    account = drafted([*PARAGRAPHS[2:5], *PARAGRAPHS[6:], "新添的一段话。", *PARAGRAPHS[:2]])
    told = sorted((each.kind, bare(each.text)) for each in account.differences)
    assert told == sorted(
        [
            (MOVED, bare(PARAGRAPHS[0])),
            (MOVED, bare(PARAGRAPHS[1])),
            (MISSING, bare(PARAGRAPHS[5])),
            (EXTRA, "新添的一段话"),
        ]
    )


def test_a_paragraph_that_another_begins_with_is_missed() -> None:
    long = PARAGRAPHS[0][:-1] + PARAGRAPHS[1]
    account = drafted([PARAGRAPHS[2], long], [long, PARAGRAPHS[2], PARAGRAPHS[0]])
    missing = [each.text for each in account.differences if each.kind == MISSING]
    assert any(PARAGRAPHS[0][:-1] in text for text in missing)


def test_left_out_texts_account_once_and_at_their_place() -> None:
    (draft,) = recognise(of_lines(PARAGRAPHS[:3])).drafts
    count = of_lines((*PARAGRAPHS[:3], "批注", "批注")).count
    assert count is not None
    account = account_of(count, [draft], [Omission("批注", "第4段的批注", "批注")])
    assert [(each.kind, each.text, each.place) for each in account.differences] == [
        (MISSING, "批注", "第5段")
    ]
    assert account.left_out == 2


def with_parts(content: bytes, changed: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as archive, zipfile.ZipFile(out, "w") as other:
        for entry in archive.infolist():
            other.writestr(entry.filename, changed.get(entry.filename, archive.read(entry)))
    return out.getvalue()


def _archive(name: str, part: bytes, is_locked: bool = False) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, part)
    content = out.getvalue()
    if is_locked:
        at = content.index(b"PK\1\2") + 8
        content = content[:at] + b"\1" + content[at + 1 :]
    return content


@pytest.mark.parametrize(
    "embedded",
    [
        _archive("xl/sharedStrings.xml", b"<broken"),
        _archive("word/document.xml", b"<a/>", is_locked=True),
        b"\xd0\xcf\x11\xe0" + _archive("xl/sharedStrings.xml", b"<t>1</t>" * 40)[30:],
    ],
    ids=["broken", "locked", "torn"],
)
def test_an_embedded_file_that_cannot_be_counted_is_a_remark(embedded: bytes) -> None:
    content = with_parts(_package("OLE对象"), {"word/embeddings/ole1.bin": embedded})
    intake = recognise(read_word("x.docx", content))
    assert intake.drafts[0].document.body.endswith(RIGHT["OLE对象"].body)
    assert intake.account is not None and intake.account.differences == ()
    assert [each for each in intake.remarks if "嵌着的文件（word/embeddings/ole1.bin）打不开" in each]


def test_a_file_that_cannot_be_counted_is_read_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_content: bytes) -> None:
        raise KeyError("word/document.xml")

    monkeypatch.setattr("liulin_gazette.intake.word_files.word_file.count_word", fail)
    read = manuscript()
    assert read.count is None and read.parts
    assert "没有做成字数账" in read.remarks[-1]
    assert recognise(read).account is None


def test_each_figure_is_counted_by_itself() -> None:
    account = drafted([*PARAGRAPHS[1:], "新添。"])
    source, drafts = sum(map(len, PARAGRAPHS)), sum(map(len, PARAGRAPHS[1:])) + 3
    assert (account.source, account.drafted, account.rewritten, account.unexplained) == (source, drafts, 1, 0)
    assert account.told == (
        f"来稿 {source} 字，草稿 {drafts} 字，未转入 0 字，"
        f"差 {len(PARAGRAPHS[0]) + 2} 字（少 {len(PARAGRAPHS[0])} 字、多 2 字）。标点按写法改写，多 1 字。"
    )
    assert replace(account, unexplained=3).difference == account.difference + 3
    assert "对不上 3 字，请逐字核对" in replace(account, unexplained=3).told
