"""Whatever nobody foresaw ends in one sentence with a number, a report without any content, and exit code 4."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from liulin_gazette.cli import main
from liulin_gazette.commands import status
from liulin_gazette.disk import whole_file
from tests.commands.test_desk_commands import Capture
from tests.conftest import ROOT, Edit

SECRETS = ("刘荣", "4022294", "liurong", "护林")


def failing(error: BaseException) -> Callable[..., int]:
    """Return a function that raises ``error``; a RecursionError in the way of one."""

    def fail(*_: object) -> int:
        if isinstance(error, RecursionError):
            return fail() + 1
        raise error

    return fail


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (ValueError("invalid literal for int() with base 10: '刘荣 0358-4022294'"), "（编号 "),
        (KeyError("liurong"), "（编号 "),
        (AssertionError(), "（编号 "),
        (UnicodeEncodeError("gbk", "护林", 0, 1, "刘荣"), "（编号 "),
        (OSError(errno.EIO, "Input/output error", "/home/liurong/护林.md"), "（磁盘读写出错，编号 "),
        (RecursionError(), "（编号 "),
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_fault_is_told_in_a_sentence_and_reported_without_content(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture, error: BaseException, said: str
) -> None:
    (project / "output").mkdir()
    monkeypatch.setattr(status, "run", failing(error))
    assert main(["status"], project) == main(["status"], project) == 4
    told = capsys.readouterr().err.splitlines()
    assert len(told) == 2 and told[0] == told[1] and told[0].startswith(f"程序出错了{said}")
    (report,) = (project / "output").glob("错误报告-*.txt")
    assert f"output/{report.name}" in told[0]
    text = report.read_text("utf-8")
    assert type(error).__name__ in text and "liulin_gazette/cli.py" in text and "命令 status" in text
    assert not any(secret in text for secret in (*SECRETS, str(project), str(ROOT)))
    assert len(text.splitlines()) < 60


def test_without_an_output_the_report_lies_with_temporary_files(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    monkeypatch.setattr(status, "run", failing(ValueError()))
    assert main(["status"], project) == 4
    (report,) = (tmp_path / "temporary").iterdir()
    assert str(report) in capsys.readouterr().err


def test_a_report_that_cannot_be_written_denies_no_fault(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    monkeypatch.setattr(status, "run", failing(ValueError()))
    monkeypatch.setattr(Path, "replace", failing(OSError(errno.ENOSPC, "full")))
    assert main(["status"], project) == 4
    assert "错误报告写不进磁盘；请把编号告诉维护者。" in capsys.readouterr().err
    monkeypatch.setattr(whole_file, "os", None)
    assert main(["status"], project) == 4
    assert (
        capsys.readouterr().err == "程序出错了（ValueError），没有做完，错误报告也没有写成。请告诉维护者。\n"
    )


def test_too_little_memory_is_a_fault_of_the_machine(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    monkeypatch.setattr(status, "run", failing(MemoryError()))
    assert main(["status"], project) == 3
    assert capsys.readouterr().err.startswith("内存不够，没有做完。")


@pytest.mark.parametrize(
    ("name", "bad", "said"),
    [
        ("document", "{{ 1 / 0 }}", "算不出来（ZeroDivisionError: division by zero）"),
        ("home", "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "自己套自己，没有尽头"),
        ("home", "{{ 'x' * 10 ** 13 }}", "要的内存太多"),
        ("search", "{{ 'a'|round }}", "算不出来（TypeError: "),
    ],
)
def test_a_template_that_raises_is_named(
    project: Path, name: str, bad: str, said: str, capsys: Capture
) -> None:
    page = project / f"templates/site/{name}.html"
    whole = page.read_text("utf-8")
    page.write_text(whole.replace("{% block main %}", "{% block main %}" + bad), "utf-8")
    line = whole[: whole.index("{% block main %}")].count("\n") + 1
    assert main(["--site-only", "--jobs", "1"], project) == 3
    told = capsys.readouterr().err
    assert f"模板 templates/site/{name}.html 第 {line} 行{said}" in told and "上一次的成品没有改动" in told


@pytest.mark.skipif(os.name == "nt", reason="Windows has no broken pipes")
@pytest.mark.parametrize("lines", [1, 2000])
def test_an_output_that_nobody_reads_is_no_fault(project: Path, edit: Edit, lines: int) -> None:
    edit("2026-1/01.md", "请认真执行。", "请认真执行,\n\n" * lines)
    command = f"import sys; sys.path.insert(0, {str(ROOT)!r}); from liulin_gazette.__main__ import run; sys.exit(run())"
    words = [sys.executable, "-c", command, "check"]
    process = subprocess.Popen(words, cwd=project, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout and process.stderr
    process.stdout.close()
    said = process.stderr.read().decode()
    assert process.wait() == 141
    assert "Traceback" not in said and "BrokenPipe" not in said and "程序出错" not in said


@pytest.mark.skipif(os.name == "nt", reason="Windows has no broken pipes")
@pytest.mark.parametrize("words", ["--help", "--version", "build --help", "publish --help"])
def test_a_help_that_nobody_reads_is_no_fault(words: str) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "liulin_gazette", *words.split()],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout and process.stderr
    process.stdout.close()
    assert process.stderr.read() == b"" and process.wait() == 141
