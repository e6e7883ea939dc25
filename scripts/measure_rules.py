"""Measure how often each rule speaks on sound texts: scripts/rule_figures.json.

    .venv/bin/python scripts/measure_rules.py

The texts are the statutes and the sound passages of the suite. What is found there is a misfire, or a real slip of the
text: the figure is an upper bound. Takes a minute; the same input gives the same bytes.
"""

from __future__ import annotations

import json
import lzma
import re
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))
from liulin_gazette.check.rule import Scope  # noqa: E402 -- after the path is set
from liulin_gazette.check.rules import RULES  # noqa: E402 -- likewise
from tests.check.document_findings import document_findings  # noqa: E402 -- likewise
from tests.check.test_examples import document  # noqa: E402 -- likewise
from tests.check.test_precision import cases  # noqa: E402 -- likewise
from tests.check.test_statutes import DATED, statute_markdown  # noqa: E402 -- likewise

FIGURES = Path(__file__).with_name("rule_figures.json")
MEASURED = (Scope.DOCUMENT, Scope.ISSUE)
"""What rules look at that can be run on one text."""


def main() -> None:
    """Write the figures."""
    corpus = lzma.decompress((ROOT / "tests/data/statutes.txt.xz").read_bytes()).decode()
    sound = [text for _, text in cases("sound.txt")]
    counts: Counter[str] = Counter()
    for statute in re.split("^(?=# )", corpus, flags=re.MULTILINE)[1:]:
        counts.update(
            each.code
            for each in document_findings(document(statute_markdown(statute)))
            if each.code not in DATED
        )
    for text in sound:
        counts.update(each.code for each in document_findings(document(text)))
    measured = {rule.code: counts[rule.code] for rule in RULES if rule.scope in MEASURED}
    figures = {"characters": len(corpus) + sum(map(len, sound)), "findings": dict(sorted(measured.items()))}
    FIGURES.write_text(json.dumps(figures, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
