"""Raised text, footnotes, lists of names and symbols on paper: what is read, and how it is structured."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest

from liulin_gazette.model.diagnostics import Severity
from liulin_gazette.pipeline.stages import Wanted, build
from tests.conftest import Edit
from tests.pdf.test_conformance import verapdf, verapdf_report

vera = verapdf
"""The fixture of the module on conformance, under a name of its own."""

LONG = "碳达峰是指二氧化碳排放量达到历史最高值后进入持续下降的过程，也是排放量由增转降的拐点。"
BODY = f"""
排放CO[下:2]、PM[下:2.5]、SO[下:4][上:2-]，浓度10[上:-3]，面积5m²，系数P[下:总]。绿色[^1]低碳[^2]。

[^1]: 排放SO[下:2]少的。
[^2]: {LONG * 30}

::: 名录
李明　王伟　欧阳文杰　赵　芳（满族）
:::

# 护林工作规划

## 一、基础[^a]

[^a]: 本章的注。

{"加强护林防火工作，落实各项措施。" * 60}

{"加强护林防火工作，落实各项措施。" * 20}补植[^b]。

[^b]: 补植的注。

::: 附件 1 指标
| 指标[^t] | 数值 |
| --- | --- |
| 面积 | 10[上:3] |

[^t]: 表的注。

☐同意☑不同意☒弃权✓✔✗〇①℃㎡‰≥㊿
:::
"""


def elements(pdf: Any) -> Iterator[Any]:
    """Yield the structure elements in reading order."""

    def inside(element: Any) -> Iterator[Any]:
        yield element
        kids = element.get("/K", [])
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                yield from inside(kid)

    for root in pdf.Root.StructTreeRoot.K:
        yield from inside(root)


@pytest.mark.tools
def test_constructs_on_paper(project: Path, edit: Edit, vera: list[str]) -> None:
    edit("2026-1/01.md", "请认真执行。", BODY)
    result = build(project, Wanted(jobs=1), lambda _: None)
    assert not result.failed, [each for each in result.diagnostics if each.severity is Severity.ERROR]
    (file,) = (project / "output/site/2026/1").glob("*/*.pdf")

    document = pypdfium2.PdfDocument(file)
    pages = [re.sub(r"\s", "", page.get_textpage().get_text_bounded()) for page in document]
    document.close()
    words = "".join(pages)
    for expected in (
        "CO₂、PM₂.₅、SO₄²⁻，浓度10⁻³，面积5m²，系数P总。",
        "李明王伟欧阳文杰赵芳（满族）",
        "☐同意☑不同意☒弃权✓✔✗〇①℃㎡‰≥㊿",
        "面积10³",
    ):
        assert expected in words
    notes = {"①": "排放SO₂少的。", "②": LONG, "③": "本章的注。", "④": "补植的注。", "⑤": "表的注。"}
    for mark, note in notes.items():
        (page,) = (text for text in pages if f"{mark}{note}" in text)
        assert page.count(mark) == (3 if mark == "①" and "☐" in page else 2), mark
    assert words.count(LONG) == 30

    pdf: Any = pikepdf.open(file)
    with pdf:
        tags = [(str(each.S), str(each.get("/ID", ""))) for each in elements(pdf)]
        names: Any = pdf.Root.StructTreeRoot.IDTree.Names
        known = [str(names[index]) for index in range(0, len(names), 2)]
    identifiers = [identifier for tag, identifier in tags if tag == "/Note"]
    assert len(identifiers) == len(set(identifiers)) == 5 and sorted(identifiers) == known
    kinds = [tag for tag, _ in tags]
    assert kinds.count("/Reference") == 5
    for index, kind in enumerate(kinds):
        if (
            kind == "/Reference"
            and "/TD" not in kinds[index - 2 : index]
            and "/TH" not in kinds[index - 2 : index]
        ):
            assert kinds[index + 1 : index + 3] == ["/Note", "/Lbl"]

    said = verapdf_report(vera, "3a,ua1", file)
    assert re.findall(r"\t(passed|failed|error)\n", said) == ["passed"] * 2, said
