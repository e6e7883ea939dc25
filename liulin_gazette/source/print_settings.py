"""The tables 版面 and 印刷 of gazette.toml."""

from __future__ import annotations

import re

from liulin_gazette.model.publication import PageSize, Printing
from liulin_gazette.source.settings import Settings

SIZES = {"A4": (210.0, 297.0), "大16开": (210.0, 285.0), "16开": (185.0, 260.0), "B5": (176.0, 250.0)}
"""Common trimmed sizes, in mm."""
_MEASURES = re.compile(r"(\d{2,3}(?:\.\d+)?)\s*[×xX*]\s*(\d{2,3}(?:\.\d+)?)")
MIN_SIZE, MAX_SIZE = (148.0, 210.0), (297.0, 420.0)
"""A5 and A3, in mm: a smaller page has no room for two columns, and no journal is larger."""
MAX_SHIFT = 10
"""The largest 装订内移, in mm."""


def page_size(settings: Settings) -> PageSize:
    """Return 开本; A4 if there is none, or if it is no usable size, which is reported (B008)."""
    if "版面" not in settings.values:
        return PageSize("A4", *SIZES["A4"])
    table = settings.table("版面")
    table.allow_only("开本")
    name = table.get("开本", str)
    width, height = SIZES.get(name, (0.0, 0.0))
    if match := _MEASURES.fullmatch(name):
        width, height = float(match[1]), float(match[2])
    if not (MIN_SIZE[0] <= width <= MAX_SIZE[0] and MIN_SIZE[1] <= height <= MAX_SIZE[1] and width < height):
        table.findings.error(
            "B008",
            table.place("开本"),
            f"开本“{name}”不能用。",
            f"可用的有：{'、'.join(SIZES)}；或写毫米数，如“210×285”，在 148×210 与 297×420 之间，竖版。",
        )
        return PageSize("A4", *SIZES["A4"])
    return PageSize(name, width, height)


def printing(settings: Settings) -> Printing:
    """Return the settings in 印刷; everything in it has a default."""
    if "印刷" not in settings.values:
        return Printing()
    table = settings.table("印刷")
    table.allow_only("版权页", "装订内移", "用纸", "装订")
    shift = table.get("装订内移", int, 3)
    if not 0 <= shift <= MAX_SHIFT:
        table.findings.error(
            "B008", table.place("装订内移"), f"装订内移“{shift}”不合适。", f"写毫米数，0 到 {MAX_SHIFT}。"
        )
    lines: list[tuple[str, str]] = []
    for line in table.strings("版权页", ()):
        name, colon, value = line.partition("：")
        if not (colon and name and value):
            table.findings.error(
                "B008", table.place("版权页"), f"版权页的“{line}”写法不对。", "每行写作“名称：内容”。"
            )
        lines.append((name + colon, value))
    return Printing(tuple(lines), float(shift), table.get("用纸", str, ""), table.get("装订", str, "骑马订"))
