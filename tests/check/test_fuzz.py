"""For any text the rules return findings that are placed in it, and never raise."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from liulin_gazette.pipeline.examination import examine
from tests.check.test_examples import project

PIECES = (
    "第一条 ", "第三条之一 ", "一、", "（一）", "1. ", "（1）", "## ", "### ", "《", "》", "（", "）", "“", "”", "〔2026〕", "号",
    "柳政办发〔2026〕3号", "2026年2月30日", "（星期五）", "至", "起施行", "5-10万元（含）", "10万元（含）以上", "分3个档次，即：", "满1元减1元，",
    "下设3个组", "有下列三种情形：", "15903584894", "11010519491231002X", "**", "附件：", "见附件2", "进行进行", "付局长", "己经", "截止2025年", ",", "；",
    "。", " ", "\n\n", "\n", "| 序号 | 合计（2户） |\n| --- | --- |\n| 1 | 3 |\n| ^^ | 4 |\n\n", "::: 名单\n组长 | 王（兼） |\n:::\n\n",
    "::: 附件 1 表\n内容\n:::\n\n", "# 方案\n\n", "33公顷（600亩）", "150万元，其中90万元、70万元", "以下简称甲）", "县交通局、县交通运输局", "\\*", "2⼀5",
)  # fmt: skip


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=40))
def test_findings_lie_in_the_document(pieces: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = project(Path(folder), "".join(pieces))
        for found in examine(root).diagnostics:
            if found.place.line and found.place.path.endswith(".md"):
                lines = (root / found.place.path).read_text("utf-8").split("\n")
                assert 1 <= found.place.line <= len(lines)
                assert found.place.column <= len(lines[found.place.line - 1]) + 1
