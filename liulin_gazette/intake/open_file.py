"""Reading a file of any form that departments send."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from liulin_gazette.intake.manuscript import LARGEST_FILE, IntakeError, Source
from liulin_gazette.intake.plain_text import read_text
from liulin_gazette.text.system_errors import reason

CONVERTED = (".doc", ".wps", ".wpt", ".rtf", ".odt")
"""Forms that LibreOffice turns into .docx first."""
TEXT = (".txt", ".md", "")
PATIENCE = 180
"""Seconds that LibreOffice is given."""


def read_source(file: Path) -> Source:
    """Return the parts of ``file``. Raises IntakeError with what to do where it cannot be taken in."""
    name = file.name
    try:
        size = file.stat().st_size
        if size > LARGEST_FILE:
            raise IntakeError(f"{name} 超过 100 MB，不像一份公文，没有打开。")
        content = file.read_bytes()
    except OSError as error:
        raise IntakeError(f"{name} 读不出来（{reason(error, '读取')}）。请检查文件名和权限。") from error
    if not content.strip():
        raise IntakeError(f"{name} 是空文件。")
    ending = file.suffix.lower()
    if content.startswith(b"%PDF") or ending == ".pdf":
        from liulin_gazette.intake.pdf_file import read_pdf

        return read_pdf(name, content)
    if ending == ".docx" or (content.startswith(b"PK") and ending not in CONVERTED):
        from liulin_gazette.intake.word_file import read_word

        return read_word(name, content)
    if ending in CONVERTED:
        return _through_office(file)
    if ending in TEXT:
        return read_text(name, content)
    raise IntakeError(
        f"不认识 {name} 这种文件。可以转换的有：.docx、.pdf、.txt，装了 LibreOffice 的还有 .doc、.wps。"
    )


def _through_office(file: Path) -> Source:
    from liulin_gazette.intake.word_file import read_word

    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        raise IntakeError(
            f"{file.name} 是旧格式，要用 LibreOffice 转换，这台计算机没有装。请用 Word 或 WPS 打开，另存为 .docx 再试；"
            "或者运行 sudo apt-get install -y libreoffice-writer。"
        )
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / f"source{file.suffix.lower()}"
        shutil.copyfile(file, copy)
        profile = (Path(folder) / "profile").as_uri()
        command = [
            office,
            f"-env:UserInstallation={profile}",
            "--headless",
            "--convert-to",
            "docx",
            "--outdir",
            folder,
            str(copy),
        ]
        try:
            subprocess.run(command, capture_output=True, check=False, timeout=PATIENCE)
        except (OSError, subprocess.TimeoutExpired) as error:
            raise IntakeError(
                f"LibreOffice 没有转换成 {file.name}。请用 Word 或 WPS 另存为 .docx 再试。"
            ) from error
        made = copy.with_suffix(".docx")
        if not made.is_file():
            raise IntakeError(
                f"LibreOffice 打不开 {file.name}，可能加了密码或已损坏。请用 Word 或 WPS 另存为 .docx 再试。"
            )
        return read_word(file.name, made.read_bytes())
