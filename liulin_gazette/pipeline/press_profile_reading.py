"""What the inks of issues are meant for: 输出特性文件, read anew before files for the press are made."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from liulin_gazette.model.diagnostics import Diagnostic, Place, Severity
from liulin_gazette.model.gazette import Gazette
from liulin_gazette.model.press import Press, PressProfile
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


def press_conditions(root: Path, settings: Iterable[Gazette]) -> dict[Press, PressCondition]:
    """Return what the inks of issues with each of ``settings``, below ``root``, are meant for, by the press there.

    A profile that is no longer the one of the settings is not used: the condition of the program takes its place, and
    the preflight report says so. Raises UnprintableError (B008) for a profile by which no colour can be converted.
    """
    conditions: dict[Press, PressCondition] = {}
    usable: set[str] = set()
    for publication in settings:
        press = publication.printing.press
        if press in conditions:
            continue
        profile = _content(root, press.profile.file) if press.profile else b""
        if press.profile is None or hashlib.sha256(profile).hexdigest() != press.profile.sha256:
            conditions[press] = press_condition(press.paper_kind)
            continue
        if press.profile.sha256 not in usable and not _can_convert(profile):
            raise UnprintableError((_not_usable(publication, press.profile),))
        usable.add(press.profile.sha256)
        conditions[press] = own_condition(press.profile.file, profile)
    return conditions


def _not_usable(gazette: Gazette, profile: PressProfile) -> Diagnostic:
    place = gazette.places.get("印刷", Place(f"content/{SETTINGS_FILE}"))
    message = f"输出特性文件“{profile.file}”不能用来换算颜色。"
    hint = "它损坏了，或没有写全：请印刷厂另给一份，或删去“输出特性文件”一行，用本程序自带的。"
    return Diagnostic("B008", Severity.ERROR, place, message, hint)


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
