"""Files sent by a browser → drafts: each is read as ``intake`` reads it, from a folder that only this user can open."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath

from liulin_gazette.intake.drafts import Intake
from liulin_gazette.intake.limited_reading import recognise_within_limits, unpack_within_limits
from liulin_gazette.intake.manuscript import IntakeError, Manuscript
from liulin_gazette.intake.open_file import read_manuscripts
from liulin_gazette.intake.scanned_pages import read_recognising
from liulin_gazette.source.file_names import is_portable
from liulin_gazette.text.system_errors import reason


@dataclass(frozen=True, slots=True)
class Reading:
    """What became of a file that was sent, or of a file in it."""

    name: str
    intake: Intake | None = None
    """None where it could not be read."""
    fault: IntakeError | None = None
    """Why it could not be read, or gave no draft."""


def read_upload(name: str, content: bytes) -> Iterator[Reading]:
    """Yield the drafts of the file that was sent as ``name``, or of each file in it; for what cannot be read, why."""
    try:
        folder = tempfile.TemporaryDirectory(prefix="gazette-intake-")
    except OSError as error:
        yield Reading(name, fault=_not_stored(name, error))
        return
    with folder as place:
        file = Path(place) / stored_name(name)
        try:
            file.write_bytes(content)
        except OSError as error:
            yield Reading(name, fault=_not_stored(name, error))
            return
        read = partial(read_recognising, command=None, progress=None, tell=_say_nothing)
        for outcome in read_manuscripts(file, read, unpack_within_limits):
            yield _reading(name, outcome)


def stored_name(name: str) -> str:
    """Return what the file that claims to be ``name`` is called in its folder: that, or what its suffix leaves of it."""
    if is_portable(name):
        return name
    suffix = PurePosixPath(name.replace("\\", "/")).suffix
    return f"来稿{suffix}" if suffix and is_portable(f"来稿{suffix}") else "来稿"


def _reading(name: str, outcome: Manuscript | IntakeError) -> Reading:
    if isinstance(outcome, IntakeError):
        return Reading(name, fault=outcome)
    try:
        intake = recognise_within_limits(outcome)
    except IntakeError as error:
        return Reading(outcome.name, fault=error)
    if not any(draft.conversions for draft in intake.drafts):
        told = f"{intake.file_name} 里没有可以转换的文字，没有草稿。请打开看看内容在不在。"
        return Reading(intake.file_name, fault=IntakeError(told))
    return Reading(intake.file_name, intake)


def _not_stored(name: str, error: OSError) -> IntakeError:
    return IntakeError(
        f"{name} 存不进临时文件夹（{reason(error, '写入')}），没有转换。", "检查磁盘，再拖一次。"
    )


def _say_nothing(read: int, pages: int) -> None:
    """Take the place of progress where no text is recognised."""
