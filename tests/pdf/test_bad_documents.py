"""Unreasonable documents: they are typeset sensibly or refused, in bounded time."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from liulin_gazette.pipeline.stages import Wanted, build
from tests.conftest import Edit, findings

LONG_TITLE = "柳林县林业局关于" + "进一步加强全县森林草原防灭火和护林员队伍建设管理" * 8 + "的通知"
MANY_ROWS = (
    "::: 附件 1 大表\n| 序号 | 单位 |\n| --- | --- |\n"
    + "".join(f"| {n} | 某某单位{n} |\n" for n in range(1, 1501))
    + ":::\n"
)


@pytest.mark.parametrize(
    "text",
    [
        MANY_ROWS,
        "网址是" + "abcdefghij" * 30 + "，请查看。\n",
        "| 项目 | 内容 |\n| --- | --- |\n| 说明 | " + "这一格很长，超过一页。" * 400 + " |\n",
        "::: 附件 1 空附件\n:::\n",
    ],
    ids=["1500 rows", "300 letters", "cell taller than a page", "empty annex"],
)
def test_it_is_set(project: Path, edit: Edit, text: str) -> None:
    edit("2026-1/01.md", "请认真执行。\n", "请认真执行。\n\n" + text)
    result = build(project, Wanted(), lambda _: None)
    assert not result.failed, result.diagnostics
    assert result.built[0].pages < 100


def test_title_of_two_hundred_characters(project: Path, edit: Edit) -> None:
    assert len(LONG_TITLE) > 200
    edit("2026-1/01.md", "柳林县林业局关于加强护林工作的通知", LONG_TITLE)
    result = build(project, Wanted(), lambda _: None)
    assert not result.failed and result.built[0].pages < 10


SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20">{}</svg>'


@pytest.mark.parametrize(
    ("inside", "said"),
    [
        ('<text x="1" y="9">字</text>', "转成曲线"),
        ('<linearGradient id="g"/><path d="M0 0h9v9z"/>', "渐变"),
        ('<path d="M0 0h9v9z" opacity="0.4"/>', "半透明"),
        ('<path d="M0 0h9v9z" style="fill-opacity: .4"/>', "半透明"),
    ],
)
def test_drawings_that_no_plate_can_hold(project: Path, edit: Edit, inside: str, said: str) -> None:
    (project / "content/2026-1/图.svg").write_text(SVG.format(inside), "utf-8")
    edit("2026-1/01.md", "请认真执行。\n", "请认真执行。\n\n![流程图](图.svg)\n")
    found = findings(project)
    assert [each.code for each in found] == ["S017"] and said in found[0].message


def test_plain_drawings_and_pictures_are_printed_in_inks(project: Path, edit: Edit) -> None:
    import json

    import pikepdf
    from PIL import Image

    folder = project / "content/2026-1"
    (folder / "图.svg").write_text(SVG.format('<path d="M0 0h9v9z" fill="#2060a0"/>'), "utf-8")
    Image.new("RGBA", (300, 200), (200, 30, 40, 128)).save(folder / "彩.png")
    Image.new("RGB", (3000, 1000), (90, 90, 90)).save(folder / "灰.jpg")
    Image.frombytes("I;16", (300, 200), b"\x40\x40" * 60_000).save(folder / "深.png")
    edit(
        "2026-1/01.md",
        "请认真执行。\n",
        "请认真执行。\n\n![流程图](图.svg)\n\n![彩图](彩.png)\n\n![灰图](灰.jpg)\n\n![深灰图](深.png)\n",
    )
    result = build(project, Wanted(), lambda _: None)
    assert not result.failed, result.diagnostics
    pdf = pikepdf.open(next((project / "output/print").glob("*-print.pdf")))
    with pdf:
        spaces: set[str] = set()
        for page in pdf.pages:
            assert b" rg\n" not in page.Contents.read_bytes()
            spaces |= {str(image.ColorSpace) for image in page.get_images().values()}
        assert spaces == {"/DeviceCMYK", "/DeviceGray"}
        images: list[Any] = [image for page in pdf.pages for image in page.get_images().values()]
        assert 64 in [image.read_bytes()[0] for image in images], "16 bits a pixel become 8"
    report = json.loads(next((project / "output/print").glob("*.json")).read_text("utf-8"))
    assert 0 < report["lowest_resolution"] < 200
    assert any("ppi，印出来会模糊" in warning for warning in report["warnings"])
