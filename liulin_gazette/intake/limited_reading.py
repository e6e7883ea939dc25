"""Reading a file of other hands, and finding its documents, in another process under limits of time, memory and size.

The readers themselves need not know of it: whatever a file is built to do, only that process ends.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from liulin_gazette.intake.bundles import Member, unpacked
from liulin_gazette.intake.document_recognition.recognition import recognise
from liulin_gazette.intake.drafts import Intake
from liulin_gazette.intake.file_kinds import Kind, kind_of
from liulin_gazette.intake.manuscript import IntakeError, Manuscript, ReaderFaultError
from liulin_gazette.intake.open_file import Progress, read_content
from liulin_gazette.spawning.limited_process import Limit, LimitedProcess, LimitError, Limits
from liulin_gazette.text.editor_error import EditorError

Result = TypeVar("Result")

READING = Limits(seconds=120, memory=1536 * 1024 * 1024)
"""For one file. A document of 40 pages takes a second and a twentieth of the memory."""
READING_PAGES = replace(READING, seconds=900)
"""For a PDF or an OFD: 2,000 pages take two minutes or more."""
_REMEDY = "请确认来源；是正常的公文，用 Word 或 WPS 打开另存一份，或分成几个文件再试。"


def read_within_limits(
    name: str, suffix: str, content: bytes, limits: Limits | None = None, progress: Progress | None = None
) -> Manuscript:
    """Return the ``content`` of the file ``name``. Raises IntakeError, also for what is beyond ``limits``.

    Without ``limits``, ``READING_PAGES`` hold for a PDF or an OFD and ``READING`` for all else.

    ``progress``, a function of a module, is called in the other process.
    """
    is_of_pages = kind_of(suffix, content) in (Kind.PDF, Kind.OFD)
    limits = limits or (READING_PAGES if is_of_pages else READING)
    return call_within_limits(name, limits, read_content, name, suffix, content, progress)


def unpack_within_limits(name: str, content: bytes, limits: Limits = READING) -> tuple[Member, ...]:
    """Return the files in the archive or mail ``name``. Raises IntakeError, also for what is beyond ``limits``."""
    return call_within_limits(name, limits, unpacked, name, content)


def call_within_limits(name: str, limits: Limits, work: Callable[..., Result], *arguments: object) -> Result:
    """Return ``work(*arguments)``, which reads the file ``name``, run within ``limits``. Raises IntakeError."""
    with LimitedProcess(limits, (IntakeError,)) as process:
        return call_in(process, name, limits, work, *arguments)


def call_in(
    process: LimitedProcess, name: str, limits: Limits, work: Callable[..., Result], *arguments: object
) -> Result:
    """Return ``work(*arguments)``, which reads the file ``name``, run in ``process`` of ``limits``. Raises IntakeError."""
    try:
        return process.call(work, *arguments)
    except LimitError as error:
        raise IntakeError(f"{name} {_beyond(error.limit, limits)}，停下了，没有转换。", _REMEDY) from error
    except EditorError:
        raise
    except Exception as error:
        # A fault of a reader must neither be told as the file's nor cost the editor the other files.
        raise ReaderFaultError(name) from error


def recognise_within_limits(manuscript: Manuscript, limits: Limits = READING_PAGES) -> Intake:
    """Return the drafts of ``manuscript``. Raises IntakeError for what is beyond ``limits``."""
    return call_within_limits(manuscript.name, limits, recognise, manuscript)


def _beyond(limit: Limit, limits: Limits) -> str:
    memory = f"{limits.memory / 1024**3:.2g} GB"
    match limit:
        case Limit.TIME:
            return f"读了 {limits.seconds} 秒还没有读完"
        case Limit.MEMORY:
            return f"要用的内存超过 {memory}"
        case Limit.CRASH:
            return f"读到一半，读它的程序停了（多是内存超过 {memory}，或里面有读不了的内容）"
