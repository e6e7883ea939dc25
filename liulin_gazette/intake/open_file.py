"""Reading a manuscript in any of the formats that departments send."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from liulin_gazette.intake.manuscript import MAX_FILE_BYTES, IntakeError, Manuscript
from liulin_gazette.intake.plain_text import read_text
from liulin_gazette.text.system_errors import reason

OFFICE_SUFFIXES = (".doc", ".wps", ".wpt", ".rtf", ".odt")
"""Formats that LibreOffice converts to .docx first."""
TEXT_SUFFIXES = (".txt", ".md", "")
CONVERSION_TIMEOUT = 180
"""Seconds."""


def read_manuscript(file: Path) -> Manuscript:
    """Return the content of ``file``. Raises IntakeError if it cannot be read."""
    name = file.name
    try:
        size = file.stat().st_size
        if size > MAX_FILE_BYTES:
            raise IntakeError(f"{name} 超过 100 MB，不像一份公文，没有打开。")
        content = file.read_bytes()
    except OSError as error:
        raise IntakeError(f"{name} 读不出来（{reason(error, '读取')}）。请检查文件名和权限。") from error
    if not content.strip():
        raise IntakeError(f"{name} 是空文件。")
    suffix = file.suffix.lower()
    if content.startswith(b"%PDF") or suffix == ".pdf":
        from liulin_gazette.intake.pdf_file import read_pdf

        return read_pdf(name, content)
    if suffix == ".docx" or (content.startswith(b"PK") and suffix not in OFFICE_SUFFIXES):
        from liulin_gazette.intake.word_file import read_word

        return read_word(name, content)
    if suffix in OFFICE_SUFFIXES:
        return _read_by_conversion(file)
    if suffix in TEXT_SUFFIXES:
        return read_text(name, content)
    raise IntakeError(
        f"不认识 {name} 这种文件。可以转换的有：.docx、.pdf、.txt，装了 LibreOffice 的还有 .doc、.wps。"
    )


def _read_by_conversion(file: Path) -> Manuscript:
    """Convert ``file`` to .docx with LibreOffice, and read that. Raises IntakeError."""
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
            subprocess.run(command, capture_output=True, check=False, timeout=CONVERSION_TIMEOUT)
        except (OSError, subprocess.TimeoutExpired) as error:
            raise IntakeError(
                f"LibreOffice 没有转换成 {file.name}。请用 Word 或 WPS 另存为 .docx 再试。"
            ) from error
        converted = copy.with_suffix(".docx")
        if not converted.is_file():
            raise IntakeError(
                f"LibreOffice 打不开 {file.name}，可能加了密码或已损坏。请用 Word 或 WPS 另存为 .docx 再试。"
            )
        return read_word(file.name, converted.read_bytes())
