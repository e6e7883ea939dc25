"""What is told where 体裁 is none."""

from __future__ import annotations

import pytest

from liulin_gazette.model.kinds import KINDS
from liulin_gazette.source.finding_collector import FindingCollector
from liulin_gazette.source.front_matter import split

DOCUMENT = "---\n体裁: {}\n标题: 某县人民政府关于某事的公告\n成文日期: 2027-01-02\n---\n\n正文。\n"


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("公告", "“公告”是文种，标题里已有；公告、通知、决定、函等都是“公文”，删去“体裁”这一项。"),
        ("函", "“函”是文种，"),
        ("纪要", "“纪要”是文种，"),
        ("命令", "是不是“政府令”？可用的有："),
        ("令", "是不是“政府令”？可用的有："),
        ("人事任命", "是不是“人事任免”？可用的有："),
        ("启事", "可用的有：公文、"),
    ],
)
def test_the_way_out_is_told(name: str, hint: str) -> None:
    findings = FindingCollector()
    split(DOCUMENT.format(name), "content/2027-1/01.md", findings, KINDS)
    (found,) = findings.items
    assert found.code == "B008" and found.message == f"没有“{name}”这种体裁。"
    assert found.hint.startswith(hint)
