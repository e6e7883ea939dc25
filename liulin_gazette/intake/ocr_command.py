"""The office's own command for text recognition (OCR): run without a shell, page by page or once for a whole file."""

from __future__ import annotations

import contextlib
import os
import shlex
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from liulin_gazette.intake.manuscript import IntakeError
from liulin_gazette.intake.pdf_files.recognised_text import RecognisedItem, recognised_items
from liulin_gazette.text.system_errors import reason

PICTURE, FILE, PAGE = "{}", "{pdf}", "{page}"
"""What the words of a command have instead of the picture of a page, of the PDF, of the number of the page."""
RESOLUTION = 300
"""Pixels an inch of the pictures."""
SECONDS_A_PAGE = 180
SECONDS_A_FILE = 3 * 3600
MAX_OUTPUT = 64 << 20
"""Bytes."""
_MAX_TOLD = 200
"""Characters of a command's own message that are told."""
_USAGE = (
    "例如 --ocr 'python3 ocr.py {}'：{} 是一页的图片（PNG，300 dpi）的文件名，逐页运行；"
    "用 {pdf} 的，是整个 PDF，只运行一次；{page} 是页码。"
)

Render = Callable[[int], bytes]
"""Returns the picture of a page (PNG). Raises IntakeError."""


@dataclass(frozen=True, slots=True)
class OcrCommand:
    """A command for text recognition."""

    words: tuple[str, ...]
    """The program and its arguments, with ``PICTURE`` or ``FILE`` in them."""
    seconds_a_page: float = SECONDS_A_PAGE
    seconds_a_file: float = SECONDS_A_FILE

    @property
    def is_for_files(self) -> bool:
        """Whether it reads a whole PDF at once."""
        return any(FILE in word for word in self.words)


def ocr_command(text: str) -> OcrCommand:
    """Return the command that ``text`` is, its words divided as a shell does. Raises IntakeError."""
    try:
        words = _words(text)
    except ValueError as error:
        raise IntakeError(f"--ocr 的命令写错了，引号没有成对：{text}", _USAGE) from error
    if not words:
        raise IntakeError("--ocr 后面没有写命令。", _USAGE)
    command = OcrCommand(tuple(words))
    if not (command.is_for_files or any(PICTURE in word for word in words)):
        raise IntakeError("--ocr 的命令里没有 {}，不知道把哪一页的图片交给它。", _USAGE)
    if shutil.which(words[0]) is None:
        raise IntakeError(
            f"找不到 OCR 命令“{words[0]}”。",
            "检查程序的名字和路径，路径里有空格的用引号括起来；先在终端里单独运行一次试试。",
        )
    return command


def _words(text: str) -> list[str]:
    """Return the words of ``text``; on Windows a backslash is a part of a path. Raises ValueError."""
    if os.name != "nt":
        return shlex.split(text)
    return [word.strip("\"'") for word in shlex.split(text, posix=False)]


def recognised_pages(
    command: OcrCommand,
    content: bytes,
    wanted: Sequence[int],
    pages: int,
    render: Render,
    tell: Callable[[int, int], None],
) -> Mapping[int, tuple[RecognisedItem, ...]]:
    """Return what ``command`` reads on the ``wanted`` pages of the PDF ``content``, which has ``pages``.

    ``tell`` is told how many of how many pages are read. Raises IntakeError.
    """
    with tempfile.TemporaryDirectory(prefix="公报 ocr ") as folder:
        if command.is_for_files:
            file = Path(folder) / "来稿.pdf"
            file.write_bytes(content)
            output = _run(command.words, {FILE: str(file)}, command.seconds_a_file, "", Path(folder))
            items = recognised_items(output, 0, pages)
            return {page: tuple(each for each in items if each.page == page) for page in wanted}
        found: dict[int, tuple[RecognisedItem, ...]] = {}
        for count, page in enumerate(wanted, 1):
            picture = Path(folder) / f"第{page}页.png"
            picture.write_bytes(render(page))
            values = {PICTURE: str(picture), PAGE: str(page)}
            output = _run(command.words, values, command.seconds_a_page, f"第 {page} 页", Path(folder))
            found[page] = recognised_items(output, page, pages)
            picture.unlink()
            tell(count, len(wanted))
        return found


def _run(words: Sequence[str], values: Mapping[str, str], seconds: float, where: str, folder: Path) -> bytes:
    """Return what the command prints. Raises IntakeError if it cannot be run, fails, or takes too long."""
    command = [_filled(word, values) for word in words]
    place = f"{where}：" if where else ""
    with (folder / "输出").open("w+b") as output, (folder / "说明").open("w+b") as errors:
        try:
            process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=errors,
                start_new_session=os.name != "nt",
            )
        except (OSError, ValueError) as error:
            why = reason(error, "运行") if isinstance(error, OSError) else str(error)
            raise IntakeError(
                f"{place}OCR 命令“{words[0]}”运行不了（{why}）。", "检查程序的名字和权限。"
            ) from error
        try:
            code = process.wait(seconds)
        except subprocess.TimeoutExpired as error:
            raise IntakeError(
                f"{place}OCR 命令 {seconds:g} 秒还没有做完，停下了。",
                "先在终端里用一页的图片单独运行一次，看它慢在哪里。",
            ) from error
        finally:
            _end(process)
        if code:
            errors.seek(0)
            told = " ".join(errors.read(1 << 16).decode("utf-8", "replace").split())[-_MAX_TOLD:]
            raise IntakeError(
                f"{place}OCR 命令出错（退出码 {code}{'，它说：' + told if told else ''}）。",
                "先在终端里用一页的图片单独运行一次，改好再转换。",
            )
        output.seek(0)
        content = output.read(MAX_OUTPUT + 1)
        if len(content) > MAX_OUTPUT:
            raise IntakeError(f"{place}OCR 命令的输出超过 {MAX_OUTPUT >> 20} MB，不像一页的文字。")
        return content


def _filled(word: str, values: Mapping[str, str]) -> str:
    for mark, value in values.items():
        word = word.replace(mark, value)
    return word


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the command and, where the system can, what it has started."""
    if process.poll() is None:
        with contextlib.suppress(OSError):
            if os.name == "nt":
                process.kill()
            else:
                os.killpg(process.pid, signal.SIGKILL)
    process.wait()
