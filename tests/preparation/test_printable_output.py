"""Messages in encodings that lack some of their characters: of a Chinese Windows, of an English one, of old terminals."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

RARE = "䶮𬭎.md"
"""A name with characters that are in GB 18030 but not in code page 936."""


def said(encoding: str, words: list[str], folder: Path) -> subprocess.CompletedProcess[bytes]:
    """Return what Python says with ``words``; its output has ``encoding``, as in a pipe on such a system."""
    environment = os.environ | {
        "PYTHONUTF8": "0",
        "PYTHONIOENCODING": encoding,
        "PYTHONPATH": str(ROOT),
    }
    return subprocess.run(
        [sys.executable, *words], cwd=folder, env=environment, capture_output=True, check=False
    )


@pytest.mark.parametrize(
    ("encoding", "shown"),
    [
        ("cp936", "√×→ 公报 [U+4DAE][U+2CB4E].md"),
        ("gb18030", "✓✗→ 公报 䶮𬭎.md"),
        ("utf-8", "✓✗→ 公报 䶮𬭎.md"),
        ("cp1252", "✓✗→ 公报 䶮𬭎.md"),
        ("ascii", "✓✗→ 公报 䶮𬭎.md"),
    ],
)
def test_what_an_encoding_lacks_is_shown_by_what_it_has(tmp_path: Path, encoding: str, shown: str) -> None:
    code = (
        "import sys; from liulin_gazette.preparation.printable_output import let_output_be_printable as let; let();"
        f"print('✓✗→ 公报 {RARE}'); print('✓✗→ 公报 {RARE}', file=sys.stderr)"
    )
    done = said(encoding, ["-c", code], tmp_path)
    expected = encoding if encoding in ("cp936", "gb18030") else "utf-8"
    assert done.stdout.decode(expected).strip() == done.stderr.decode(expected).strip() == shown


def test_a_name_that_is_no_unicode_ends_nothing(tmp_path: Path) -> None:
    code = (
        "from liulin_gazette.preparation.printable_output import let_output_be_printable as let; let();"
        "print('公报\\udce9.md')"
    )
    assert said("utf-8", ["-c", code], tmp_path).stdout.decode().strip() == "公报[U+DCE9].md"


def test_a_document_with_rare_characters_is_checked_in_code_page_936(project: Path) -> None:
    document = project / "content/2026-1" / RARE
    document.write_text("---\n标题: 关于䶮𬭎同志任职的通知\n没有: 䶮✓\n---\n\n䶮𬭎✓\n", "utf-8")
    done = said("cp936", ["-m", "liulin_gazette", "check"], project)
    told = (done.stdout + done.stderr).decode("cp936")
    assert done.returncode == 1 and "[U+4DAE][U+2CB4E].md" in told and "Traceback" not in told
    assert not list(project.glob("output/错误报告*"))


def test_the_doctor_tells_what_is_in_order_from_what_is_not_in_code_page_936(project: Path) -> None:
    done = said("cp936", ["-m", "liulin_gazette", "doctor"], project)
    told = done.stdout.decode("cp936")
    assert "√ Python：" in told and "?" not in told and "Traceback" not in done.stderr.decode("cp936")


def test_a_command_speaks_as_build_py_does(tmp_path: Path) -> None:
    """What both say ends in one file, in one encoding."""
    code = (
        "import sys; from pathlib import Path; from liulin_gazette.preparation.child_processes import run;"
        "print('准备', flush=True); run(Path('.'), [sys.executable, '-c', 'print(chr(0x516c))'])"
    )
    assert said("cp936", ["-c", code], tmp_path).stdout.decode("cp936").split() == ["准备", "公"]
