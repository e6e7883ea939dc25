"""What the inks of an issue are meant for: 输出特性文件, read anew when its files for the press are made."""

from __future__ import annotations

import hashlib
from pathlib import Path

from liulin_gazette.model.diagnostics import Diagnostic, Place, Severity
from liulin_gazette.model.publication import Publication
from liulin_gazette.pdf.composition.glyph_coverage import UnprintableError
from liulin_gazette.pdf.write.colour_profiles import (
    PressCondition,
    can_convert,
    own_condition,
    press_condition,
)
from liulin_gazette.source.folder import read_plain_file
from liulin_gazette.source.loader import SETTINGS_FILE
from liulin_gazette.spawning.limited_process import LimitedProcess, LimitError, Limits

CONVERTING = Limits(seconds=30, memory=1024 * 1024 * 1024)
"""For one profile; a large one takes 0.2 s and 100 MB."""


def condition_of(root: Path, publication: Publication) -> PressCondition:
    """Return what the inks of issues with the settings ``publication``, below ``root``, are meant for.

    A profile that is no longer the one of the settings is not used: the condition of the program takes its place, and
    the preflight report says so. Raises UnprintableError (B008) for a profile by which no colour can be converted.
    """
    press = publication.printing.press
    profile = _content(root, press.profile.file) if press.profile else b""
    if press.profile is None or hashlib.sha256(profile).hexdigest() != press.profile.sha256:
        return press_condition(press.paper_kind)
    if not _can_convert(profile):
        place = publication.places.get("印刷", Place(f"content/{SETTINGS_FILE}"))
        message = f"输出特性文件“{press.profile.file}”不能用来换算颜色。"
        hint = "它损坏了，或没有写全：请印刷厂另给一份，或删去“输出特性文件”一行，用本程序自带的。"
        raise UnprintableError((Diagnostic("B008", Severity.ERROR, place, message, hint),))
    return own_condition(press.profile.file, profile)


def _content(root: Path, name: str) -> bytes:
    """Return the content of the file ``name`` beside gazette.toml; empty where there is none."""
    try:
        return read_plain_file(root, f"content/{name}")
    except OSError:
        return b""


def _can_convert(profile: bytes) -> bool:
    with LimitedProcess(CONVERTING) as process:
        try:
            return bool(process.call(can_convert, profile))
        except LimitError:
            return False
