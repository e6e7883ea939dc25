"""Golden files: model and page of two documents, and the diagnostics of the real issue.

After an intended change: ``GAZETTE_UPDATE_GOLDEN=1 python3 build.py test -k golden``, then read the diff.
"""

from __future__ import annotations

import os
import pprint
import re
from collections import Counter
from pathlib import Path

import pytest

from liulin_gazette.model.publication import Publication
from liulin_gazette.pipeline.examination import examine
from tests.conftest import ROOT
from tests.rendering import rendered

GOLDEN = Path(__file__).parent / "golden"
SLUGS = ("liu-zheng-ban-fa-2026-3", "liu-lin-fa-2026-8")


def compare(name: str, text: str) -> None:
    file = GOLDEN / name
    if os.environ.get("GAZETTE_UPDATE_GOLDEN"):
        file.write_text(text, "utf-8")
    assert text == file.read_text("utf-8")


@pytest.mark.parametrize("slug", SLUGS)
def test_golden_model(publication: Publication, slug: str) -> None:
    (document,) = (each for each in publication.issues[0].full_texts if each.slug == slug)
    compare(f"{slug}.model.txt", pprint.pformat((document.title_lines, document.blocks), width=140) + "\n")


@pytest.mark.parametrize("slug", SLUGS)
def test_golden_page(publication: Publication, slug: str) -> None:
    pages = {
        asset.path: asset.content
        for asset in rendered(publication, ROOT / "templates", lambda path: (ROOT / path).read_bytes())
    }
    compare(f"{slug}.page.html", pages[f"2026/1/{slug}/index.html"].decode())


def test_golden_findings() -> None:
    """Every finding was judged by reading: docs/校核报告-2026-1.md."""
    found = examine(ROOT)
    lines = [*map(str, found.diagnostics), *(f"豁免 {each.finding}" for each in found.excused)]
    compare("findings.txt", "\n".join(lines) + "\n")


def test_every_finding_is_judged_in_the_report() -> None:
    """Documents, codes and numbers of the report's table are those of the golden findings, and each has a judgement."""
    golden = (GOLDEN / "findings.txt").read_text("utf-8")
    heads = re.findall(r"^(?:豁免 )?content/(?:2026-1/)?(.+?):[\d:]+ ([A-Z]\d{3}) ", golden, re.MULTILINE)
    found = Counter(
        (code, "设置" if file == "gazette.toml" else file.removesuffix(".md")) for file, code in heads
    )
    part = (ROOT / "docs/校核报告-2026-1.md").read_text("utf-8").partition("## 规则查出的")[2]
    rows = [line.strip("| ").split(" | ") for line in part.partition("\n## ")[0].splitlines() if "|" in line][
        2:
    ]
    judged: Counter[str] = Counter()
    for documents, codes, _, judgement in rows:
        assert re.match("属实|照印|误报|待看", judgement), judgement
        for code, _, count in re.findall(r"([A-Z]\d{3})( ×(\d+))?", codes):
            judged[code] += int(count or 1)
            missing = [each for each in documents.split() if not found[code, each]]
            assert not missing, f"the report has {code} in {missing}, where it is not found"
    by_code: Counter[str] = Counter(code for _, code in heads)
    differing = {
        code: (by_code[code], judged[code]) for code in by_code | judged if by_code[code] != judged[code]
    }
    assert not differing, f"judge these in docs/校核报告-2026-1.md (found, judged): {differing}"
