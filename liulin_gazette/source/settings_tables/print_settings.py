"""The tables 版面 and 印刷 of gazette.toml."""

from __future__ import annotations

import re
from dataclasses import replace

from liulin_gazette.model.gazette import USUAL_BODY, BodyType, PageSize, Printing
from liulin_gazette.model.issue_faces import (
    COVER_LINES,
    HIGHLIGHTS_COVER,
    INSIDE_BACK,
    INSIDE_FRONT,
    MASTHEAD,
    PICTURE_COVER,
    PLAIN_COVER,
    SEPARATE_PAGE,
)
from liulin_gazette.source.settings_tables.arrangement_choices import COLUMNS, stated
from liulin_gazette.source.settings_tables.face_settings import imprint
from liulin_gazette.source.settings_tables.press_settings import KEYS, press
from liulin_gazette.source.settings_tables.settings import Settings

SIZES = {"A4": (210.0, 297.0), "大16开": (210.0, 285.0), "16开": (185.0, 260.0), "B5": (176.0, 250.0)}
"""Common trimmed sizes, in mm."""
_MEASURES = re.compile(r"(\d{2,3}(?:\.\d+)?)\s*[×xX*]\s*(\d{2,3}(?:\.\d+)?)")
MIN_SIZE, MAX_SIZE = (148.0, 210.0), (297.0, 420.0)
"""A5 and A3, in mm: a smaller page has no room for two columns, and no journal is larger."""
JOINT_SIGNATURES = ("逐行", "并排")
"""The values of 联合落款: several issuers one under the other, or side by side."""
LEADINGS = {"小四": (20, 16, 26), "五号": (17, 14, 23), "四号": (24, 18, 30)}
"""The values of 正文字号, the usual one first, each with its 行距 in pt: the usual one, the least and the most."""
MAX_SHIFT = 10
"""The largest 装订内移, in mm."""


def page_size(settings: Settings) -> PageSize:
    """Return 开本; A4 if there is none, or if it is no usable size, which is reported (B008)."""
    if "版面" not in settings.values:
        return PageSize("A4", *SIZES["A4"])
    table = settings.table("版面")
    table.allow_only("开本", "联合落款", "正文字号", "行距", "分栏")
    name = table.get("开本", str, "A4" if table.values else None)
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


def body_type(settings: Settings) -> BodyType:
    """Return 正文字号, 行距 and 分栏; what cannot be used is reported (B008), and the usual value taken."""
    table = settings.table("版面") if "版面" in settings.values else None
    if table is None:
        return USUAL_BODY
    name = table.one_of("正文字号", tuple(LEADINGS))
    usual, least, most = LEADINGS.get(name, LEADINGS[USUAL_BODY.name])
    leading = table.get("行距", int, usual)
    if not least <= leading <= most and table.values.get("行距") is leading:
        table.findings.error(
            "B008",
            table.place("行距"),
            f"行距“{leading}”不合适。",
            f"正文是{name}，行距写磅数，{least} 到 {most}；不写就是 {usual}。",
        )
    columns = stated(COLUMNS, table) or USUAL_BODY.columns
    if name in LEADINGS and least <= leading <= most:
        return BodyType(name, leading, columns)
    return replace(USUAL_BODY, columns=columns)


def signatures_abreast(settings: Settings) -> bool:
    """Return whether 联合落款 is 并排; an unknown value is reported (B008)."""
    if "版面" not in settings.values:
        return False
    return settings.table("版面").one_of("联合落款", JOINT_SIGNATURES) == JOINT_SIGNATURES[1]


def printing(settings: Settings) -> Printing:
    """Return the settings in 印刷; everything in it has a default."""
    if "印刷" not in settings.values:
        return Printing()
    table = settings.table("印刷")
    table.allow_only(
        "版权页", "版权页位置", "准印证号", "封面", "封面样式", "目录位置", "装订内移", "用纸", "装订", *KEYS
    )
    shift = table.get("装订内移", int, 3)
    if not 0 <= shift <= MAX_SHIFT:
        table.findings.error(
            "B008", table.place("装订内移"), f"装订内移“{shift}”不合适。", f"写毫米数，0 到 {MAX_SHIFT}。"
        )
    return Printing(
        imprint(table),
        float(shift),
        table.get("用纸", str, ""),
        table.get("装订", str, "骑马订"),
        table.one_of("版权页位置", (INSIDE_FRONT, INSIDE_BACK, MASTHEAD)),
        table.get("准印证号", str, ""),
        _cover_lines(table),
        press(table),
        table.one_of("封面样式", (PLAIN_COVER, HIGHLIGHTS_COVER, PICTURE_COVER)),
        table.one_of("目录位置", (SEPARATE_PAGE, MASTHEAD)),
    )


def _cover_lines(table: Settings) -> tuple[str, ...]:
    """Return 封面: what the cover shows below the number of the issue; an unknown name is reported (B008)."""
    names = table.strings("封面", ())
    for name in names:
        if name not in COVER_LINES:
            table.findings.error(
                "B008",
                table.place("封面"),
                f"封面上没有“{name}”这一项。",
                f"可用的有：{'、'.join(COVER_LINES)}。准印证号写了就印。",
            )
    return names
