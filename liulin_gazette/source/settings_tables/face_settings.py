"""What issue.toml says of the issue itself: 封面图, 封二, 封三, 图片页, 版权页, 准印证号 and 要目."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from liulin_gazette.model.document import Waiver
from liulin_gazette.model.issue_faces import (
    INSIDE_BACK,
    INSIDE_FRONT,
    Imprint,
    InsidePage,
    IssueFaces,
    Picture,
    PicturePage,
)
from liulin_gazette.source.folder import Folder
from liulin_gazette.source.pictures import picture_files
from liulin_gazette.source.settings_tables.settings import Settings

MOST_PICTURES = 6
"""How many pictures a page of them holds at a size that can be made out."""


def issue_faces(settings: Settings, folder: Folder) -> IssueFaces:
    """Return what issue.toml, ``settings``, says of the issue in ``folder``; nothing in it is required."""
    return IssueFaces(
        _picture(settings.table("封面图"), folder) if "封面图" in settings.values else None,
        _inside_page(settings, INSIDE_FRONT, folder),
        _inside_page(settings, INSIDE_BACK, folder),
        tuple(_picture_page(entry, folder) for entry in settings.tables("图片页", required=False)),
        imprint(settings),
        settings.get("准印证号", str, ""),
        settings.strings("要目", ()),
    )


def issue_waivers(settings: Settings) -> tuple[Waiver, ...]:
    """Return 校核豁免 of issue.toml: what the office accepts in the texts of the issue itself."""
    waivers: list[Waiver] = []
    for entry in settings.tables("校核豁免", required=False):
        entry.allow_only("代码", "文字", "理由")
        code, text, reason = entry.get("代码", str), entry.get("文字", str, ""), entry.get("理由", str)
        waivers.append(Waiver(code, text, reason, entry.place("代码")))
    return tuple(waivers)


def imprint(settings: Settings) -> Imprint:
    """Return the lines of 版权页 in ``settings``; a malformed one is reported (B008)."""
    lines: list[tuple[str, str]] = []
    for line in settings.strings("版权页", ()):
        name, colon, value = line.partition("：")
        if not (colon and name and value):
            settings.findings.error(
                "B008", settings.place("版权页"), f"版权页的“{line}”写法不对。", "每行写作“名称：内容”。"
            )
        lines.append((name + colon, value))
    return tuple(lines)


def _inside_page(settings: Settings, name: str, folder: Folder) -> InsidePage:
    if name not in settings.values:
        return InsidePage()
    table = settings.table(name)
    table.allow_only("标题", "文字", "文件", "内容说明", "图题")
    if settings.values[name] == {}:
        table.findings.error("B008", table.place(), f"“{name}”没有内容。", "写上标题、文字或图片，或删去。")
    picture = _picture_of(table, folder) if {"文件", "内容说明", "图题"} & table.values.keys() else None
    return InsidePage(table.get("标题", str, ""), table.strings("文字", ()), picture)


def _picture_page(entry: Settings, folder: Folder) -> PicturePage:
    entry.allow_only("标题", "图")
    pictures = [picture for item in _inline_tables(entry, "图") if (picture := _picture(item, folder))]
    if len(pictures) > MOST_PICTURES:
        entry.findings.error(
            "B008",
            entry.place("图"),
            f"一页图片有 {len(pictures)} 幅，太多了。",
            f"一页最多 {MOST_PICTURES} 幅，其余的写进下一个图片页。",
        )
    return PicturePage(entry.get("标题", str, ""), tuple(pictures))


def _picture(table: Settings, folder: Folder) -> Picture | None:
    table.allow_only("文件", "内容说明", "图题")
    return _picture_of(table, folder)


def _picture_of(table: Settings, folder: Folder) -> Picture | None:
    """Return the picture in ``table``; None, reported (B007, S017), if it cannot be printed."""
    name = table.get("文件", str)
    alternative = table.get("内容说明", str)
    if not name or not picture_files.is_sound(folder, name, table.place("文件"), table.findings):
        return None
    return Picture(f"{folder.path}/{name}", alternative, table.get("图题", str, ""))


def _inline_tables(entry: Settings, key: str) -> Iterator[Settings]:
    """Yield the tables in braces in the list ``key``, each with the line on which its file is named; else report it."""
    value = entry.values.get(key)
    items = cast("list[object]", value) if isinstance(value, list) else []
    if not items or not all(isinstance(item, dict) for item in items):
        entry.findings.error(
            "B008",
            entry.place(key),
            f"“{key}”里没有图片，或写法不对。",
            '每幅写作 { "文件" = "1.jpg", "图题" = "……", "内容说明" = "……" }，用逗号分开。',
        )
        return
    start = entry.place(key).line
    lines = entry.text.split("\n")
    for item in items:
        values = cast("dict[str, object]", item)
        name = str(values.get("文件", ""))
        found = (number for number in range(start, len(lines) + 1) if name and name in lines[number - 1])
        start = next(found, start)
        yield Settings(values, entry.path, entry.text, start, entry.findings)
