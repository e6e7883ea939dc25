"""The entries of the table 印刷 about inks, paper and binding."""

from __future__ import annotations

from typing import cast

from liulin_gazette.model.press import (
    COATED,
    PROCESS,
    SPOT,
    TOTAL_INK,
    TWO_PLATES,
    UNCOATED,
    Press,
    PressProfile,
)
from liulin_gazette.source.settings_tables.settings import Settings
from liulin_gazette.text.advised_acts import Act, AdvisedAct, advice

PROFILE = "输出特性文件"
PROFILE_FILE, PROFILE_DIGEST = "文件", "SHA-256"
"""What ``PROFILE`` has where the file was checked, and in the record of an issue."""
KEYS = (
    "纸类",
    "总墨量",
    "红色",
    "专色名称",
    "刊头单黑",
    "纸厚",
    "封面纸厚",
    "骑马订最多页数",
    PROFILE,
)
INK_RANGE = (200, 400)
"""总墨量 in percent: newsprint takes 220 to 240, and four full plates are 400."""
THICKNESS_RANGE = (0.03, 1.0)
"""mm: from bible paper to board."""
STITCHED_RANGE = (8, 200)
LONGEST_INK_NAME = 40
_PROCESS_NAMES = ("all", "none", "cyan", "magenta", "yellow", "black", "c", "m", "y", "k")
"""Names of inks that mean something else in a PDF (ISO 32000-1 §8.6.6.4), in lower case."""


def press(table: Settings) -> Press:
    """Return what ``table``, 印刷, says about inks, paper and binding; what cannot be used is reported (B008)."""
    usual = Press()
    kind = table.one_of("纸类", (COATED, UNCOATED))
    return Press(
        kind,
        _number(table, "总墨量", TOTAL_INK[kind], INK_RANGE),
        table.one_of("红色", (PROCESS, TWO_PLATES, SPOT)),
        _spot_name(table, usual.spot_name),
        table.get("刊头单黑", bool, usual.is_masthead_black),
        _millimetres(table, "纸厚", usual.thickness),
        _millimetres(table, "封面纸厚", usual.cover_thickness),
        _number(table, "骑马订最多页数", usual.most_stitched, STITCHED_RANGE),
        _profile(table.values.get(PROFILE)),
    )


def _profile(value: object) -> PressProfile | None:
    """Return the profile as ``press_profiles.with_profiles`` or a record states it; None where there is none."""
    if not isinstance(value, dict):
        return None
    stated = cast("dict[str, object]", value)
    file, digest = stated.get(PROFILE_FILE), stated.get(PROFILE_DIGEST)
    return PressProfile(file, digest) if isinstance(file, str) and isinstance(digest, str) else None


def _number(table: Settings, key: str, usual: int, bounds: tuple[int, int]) -> int:
    if key not in table.values:
        return usual
    value = table.within(key, *bounds)
    return value if bounds[0] <= value <= bounds[1] else usual


def _millimetres(table: Settings, key: str, usual: float) -> float:
    """Return the thickness at ``key`` in mm; one that is no number, or that no paper has, is reported (B008)."""
    value = table.values.get(key, usual)
    thickness = float(value) if isinstance(value, int | float) and not isinstance(value, bool) else 0.0
    if THICKNESS_RANGE[0] <= thickness <= THICKNESS_RANGE[1]:
        return thickness
    table.findings.error(
        "B008",
        table.place(key),
        f"“{key}”写作“{value}”，不是纸的厚度。",
        advice(
            f"一张纸的毫米数，{THICKNESS_RANGE[0]:g} 到 {THICKNESS_RANGE[1]:g}，例如 0.1 毫米",
            AdvisedAct(Act.WRITE_BARE, "0.1"),
            "；80克胶版纸约 0.1，128克铜版纸约 0.1，157克铜版纸约 0.13。",
        ),
    )
    return usual


def _spot_name(table: Settings, usual: str) -> str:
    name = table.get("专色名称", str, usual)
    if not name or (
        name == name.strip()
        and name.isprintable()
        and len(name) <= LONGEST_INK_NAME
        and name.lower() not in _PROCESS_NAMES
    ):
        return name or usual
    table.findings.error(
        "B008",
        table.place("专色名称"),
        f"专色名称“{name}”不能用。",
        f"写油墨的名称，如“PANTONE 186 C”，不超过 {LONGEST_INK_NAME} 字，不用四色的名称。",
    )
    return usual
