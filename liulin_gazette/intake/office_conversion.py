"""Files of older programs, converted by LibreOffice, a process of its own."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from liulin_gazette.intake.manuscript import IntakeError

CONVERSION_TIMEOUT = 180
"""Seconds."""


def converted(name: str, suffix: str, content: bytes, target: str) -> bytes:
    """Return the file ``name`` as one of the kind ``target``: ``docx`` or ``xlsx``. Raises IntakeError."""
    program = "Word 或 WPS" if target == "docx" else "Excel 或 WPS"
    remedy = f"请用 {program} 打开，另存为 .{target} 再试"
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        package = "libreoffice-writer" if target == "docx" else "libreoffice-calc"
        raise IntakeError(
            f"{name} 是旧格式，要用 LibreOffice 转换，这台计算机没有装。{remedy}；"
            f"或者运行 sudo apt-get install -y {package}。"
        )
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / f"source{suffix}"
        copy.write_bytes(content)
        profile = (Path(folder) / "profile").as_uri()
        command = [
            office,
            f"-env:UserInstallation={profile}",
            "--headless",
            "--convert-to",
            target,
            "--outdir",
            folder,
            str(copy),
        ]
        try:
            subprocess.run(command, capture_output=True, check=False, timeout=CONVERSION_TIMEOUT)
        except (OSError, subprocess.TimeoutExpired) as error:
            raise IntakeError(f"LibreOffice 没有转换成 {name}。{remedy}。") from error
        result = copy.with_suffix(f".{target}")
        if not result.is_file():
            part = (
                "" if target == "docx" else "，或这台计算机的 LibreOffice 没有装电子表格（libreoffice-calc）"
            )
            raise IntakeError(f"LibreOffice 打不开 {name}，可能加了密码或已损坏{part}。{remedy}。")
        return result.read_bytes()
