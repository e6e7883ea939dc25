"""Statutes, as a genre that no rule was made for: no error, and hardly a warning.

``tests/data/statutes.txt.xz`` has 89 public statutes: those in which rules once misfired, and a random sample of what
reached us whole.
"""

from __future__ import annotations

import lzma
import re

from liulin_gazette.model.diagnostics import Severity
from tests.check.document_findings import document_findings
from tests.check.test_examples import document
from tests.conftest import ROOT

_CHAPTER = re.compile("第[一二三四五六七八九十]+[编章](?=[ 　])")
_SECTION = re.compile("第[一二三四五六七八九十]+节(?=[ 　])")
_ARTICLE = re.compile("(第[一二三四五六七八九十百千零]+条(?:之[一二三四五六七八九十]+)?)[ 　]+")
DATED = ("C011", "C025")
"""What rules say of a notice of 2026 that issues an old statute, as the test has it."""
_MISPRINTS = ("循私舞弊", "至使合同")
"""Mistakes that these copies of the statutes really have; what tells them is right."""
CEILING = 1.0
"""Warnings in 50,000 characters."""


def statute_markdown(statute: str) -> str:
    lines = [re.sub(r"([\\*_`~\[\]|<>$&])", r"\\\1", line.strip()) for line in statute.split("\n")[1:]]
    marked = [
        f"## {line}"
        if _CHAPTER.match(line)
        else f"### {line}"
        if _SECTION.match(line)
        else _ARTICLE.sub(r"\1 ", line, count=1)
        for line in lines
    ]
    return "# 某某文件\n\n" + "\n\n".join(marked)


def test_statutes_raise_no_error_and_hardly_a_warning() -> None:
    corpus = lzma.decompress((ROOT / "tests/data/statutes.txt.xz").read_bytes()).decode()
    warnings = 0
    for statute in re.split("^(?=# )", corpus, flags=re.MULTILINE)[1:]:
        found = [
            each for each in document_findings(document(statute_markdown(statute))) if each.code not in DATED
        ]
        errors = [(each.code, each.message) for each in found if each.severity is Severity.ERROR]
        assert not errors, (statute[:30], errors)
        warnings += sum(
            each.severity is Severity.WARNING and not any(words in each.message for words in _MISPRINTS)
            for each in found
        )
    assert warnings * 50_000 <= CEILING * len(corpus)
