"""A fault of a reader is told as the program's, with its number and the file, and costs no other file."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest

from liulin_gazette.cli import main
from liulin_gazette.commands import intake
from liulin_gazette.intake.limited_reading import READING, call_within_limits
from liulin_gazette.intake.manuscript import IntakeError, Manuscript
from liulin_gazette.intake.open_file import read_content
from liulin_gazette.intake.word_files.word_file import read_word
from tests.intake.ofd_files import ofd_file, text
from tests.intake.sheet_files import sheet_file
from tests.intake.test_account import with_parts
from tests.intake.test_sheets import TABLE
from tests.intake.test_web_pages import PAGE
from tests.intake.test_word_marks import run, word

_INTAKE = "liulin_gazette.intake"
FAULTS = {
    "甲.docx": ("word_files.word_runs", "RunReader.read"),
    "乙.docx": ("word_files.word_numbering", "Numbering.label_of"),
    "丙.pdf": ("pdf_files.pdf_file", "paragraphs_of"),
    "丁.ofd": ("ofd_files.ofd_file", "ofd_page_text"),
    "戊.xlsx": ("sheet_files.sheet_file", "table_of"),
    "己.csv": ("sheet_files.separated_values", "table_of"),
    "庚.html": ("text_files.web_page", "count_page"),
    "辛.txt": ("text_files.plain_text", "count_text"),
}
"""Files, and what fails in the reader of each: a module of the intake, and a function there."""
GOOD = "壬.txt"


def read_with_a_fault(name: str, suffix: str, content: bytes) -> Manuscript:
    """Read a file in a process in which a function of its reader fails."""
    if name in FAULTS:
        module, path = FAULTS[name]
        *owners, function = path.split(".")
        target = importlib.import_module(f"{_INTAKE}.{module}")
        for each in owners:
            target = getattr(target, each)

        def fail(*_arguments: object) -> None:
            raise ValueError("invalid literal for int() with base 10: '刘荣'")

        setattr(target, function, fail)
    return read_content(name, suffix, content)


def read_apart(name: str, suffix: str, content: bytes, **_options: object) -> Manuscript:
    return call_within_limits(name, READING, read_with_a_fault, name, suffix, content)


def test_a_fault_of_each_reader_is_told_as_the_programs(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(intake, "read_recognising", read_apart)
    monkeypatch.chdir(project)
    (project / "output").mkdir(exist_ok=True)
    document = word(run("各镇要认真执行。"))
    pdf = (Path(__file__).parent / "pdf" / "短文.pdf").read_bytes()
    plain = "石泉市教育局关于护林的通知\n石教发〔2026〕3号\n各镇：\n请认真执行。\n".encode()
    contents = (
        document, document, pdf, ofd_file([text("柳河县林业局关于护林的通知", 27, 60)]), sheet_file({"表": TABLE}),
        "单位,人数\n林业局,3\n".encode(), PAGE.format(charset="utf-8").encode(), plain,
    )  # fmt: skip
    for name, content in zip(FAULTS, contents, strict=True):
        (project / name).write_bytes(content)
    (project / GOOD).write_bytes(plain)
    assert main(["intake", *FAULTS, GOOD, "--yes"], project) == 4
    told = capsys.readouterr()
    lines = told.err.splitlines()
    assert [line.split(" ")[0] for line in lines] == list(FAULTS)
    assert all(
        "程序读它的时候自己出了错" in line and "（编号 " in line and "output/错误报告-" in line
        for line in lines
    )
    assert "已损坏" not in told.err and "刘荣" not in told.err
    numbers = {line.split("（编号 ")[1].split("）")[0] for line in lines}
    assert len(numbers) == len(FAULTS)
    reports = [file.read_text("utf-8") for file in (project / "output").glob("错误报告-*.txt")]
    assert len(reports) == len(FAULTS) and not any("刘荣" in each for each in reports)
    assert "草稿写好了" in told.out and "石教发〔2026〕3号" in told.out


def test_damage_of_a_word_file_is_still_told_as_damage() -> None:
    whole = word(run("各镇要认真执行。"))
    for content in (whole[:2000], with_parts(whole, {"word/styles.xml": b"<w:styles"}), b"PK\x03\x04rubbish"):
        with pytest.raises(IntakeError, match="已损坏"):
            read_word("x.docx", content)
