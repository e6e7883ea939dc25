"""落款 is never divided: issuer and date stand in one column, however short the text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from liulin_gazette.pipeline.stages import Wanted, build
from tests.conftest import Edit


def middle(page: Any, words: str) -> float:
    """Return the horizontal middle, in pt, of the line that consists of ``words``."""
    text = page.get_textpage()
    for index in range(text.count_rects()):
        left, bottom, right, top = text.get_rect(index)
        if text.get_text_bounded(left, bottom, right, top).strip() == words:
            return (left + right) / 2
    raise AssertionError(words)


@pytest.mark.parametrize("length", [6, 20, 38, 60, 90])
def test_the_signature_is_not_torn(project: Path, edit: Edit, length: int) -> None:
    edit("2026-1/01.md", "请认真执行。", "请认真贯彻执行" * (length // 7) + "。")
    assert not build(project, Wanted(), lambda _: None).failed
    slug = "liu-lin-fa-2026-9"
    document: Any = pypdfium2.PdfDocument(project / f"output/site/2026/1/{slug}/{slug}.pdf")
    page = document[0]
    assert abs(middle(page, "柳林县林业局") - middle(page, "2026年2月6日")) < 6
    page.close()
    document.close()
