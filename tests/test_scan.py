"""The built site compared with the scan that its content was transcribed from."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import tinyhtml5

from liulin_gazette.pipeline.stages import Result
from tests.conftest import ROOT

SHINGLE = 6
WIDE = str.maketrans(",;:()", "，；：（）")
REMAINDER = Path(__file__).parent / "golden" / "scan-remainder.txt"


def normal(text: str) -> str:
    """Return ``text`` without spaces and scanner marks, its punctuation full-width."""
    text = re.sub(r"续表|[#*\s]", "", text)
    return text.translate(WIDE)


def shingles(text: str) -> set[str]:
    return {text[i : i + SHINGLE] for i in range(len(text) - SHINGLE + 1)}


def site_text(root: Path) -> str:
    """Return the text of all pages, with the blocks in their order."""
    parts: list[str] = []
    for page in sorted((root / "output/site/2026/1").rglob("index.html")):
        tree: Any = tinyhtml5.parse(page.read_bytes(), namespace_html_elements=False)
        main = tree.find(".//main")
        assert main is not None
        parts.append("".join(main.itertext()))
    back: Any = tinyhtml5.parse((root / "output/site/index.html").read_bytes(), namespace_html_elements=False)
    parts.append("".join(back.itertext()))
    return normal("\n".join(parts))


def missing_runs(paragraph: str, found: set[str]) -> list[str]:
    """Return the runs of a paragraph of which no shingle is in the site."""
    runs: list[str] = []
    start = -1
    for i in range(len(paragraph) - SHINGLE + 2):
        lost = i <= len(paragraph) - SHINGLE and paragraph[i : i + SHINGLE] not in found
        if lost and start < 0:
            start = i
        elif not lost and start >= 0:
            runs.append(paragraph[start : i + SHINGLE - 1])
            start = -1
    return runs


@pytest.fixture(scope="module")
def paragraphs() -> list[str]:
    """Return the scan's paragraphs, which blank lines separate; each table cell is one, too."""
    text = (ROOT / "tests/data/scan-2026-1.txt").read_text("utf-8")
    return [normal(part) for part in re.split(r"\n\s*\n|\t|(?<=[^\s])\n(?=\d+\t)", text)]


def test_text_of_the_scan_is_on_the_site(real_build: tuple[Path, Result], paragraphs: list[str]) -> None:
    found = shingles(site_text(real_build[0]))
    wanted = [part[i : i + SHINGLE] for part in paragraphs for i in range(len(part) - SHINGLE + 1)]
    assert len(wanted) > 18_000
    share = sum(each in found for each in wanted) / len(wanted)
    assert share >= 0.985, f"{share:.4f}"


def test_what_is_not_found_again_has_been_reviewed(
    real_build: tuple[Path, Result], paragraphs: list[str]
) -> None:
    """Each stretch is page furniture, an unwound column, or a mend of 转录说明.md."""
    found = shingles(site_text(real_build[0]))
    runs = [run for part in paragraphs for run in missing_runs(part, found)]
    assert "\n".join(runs) + "\n" == REMAINDER.read_text("utf-8")
