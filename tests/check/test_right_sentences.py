"""Right sentences of work reports, plans and notices: the rules that look for broken sentences and wrong figures tell nothing."""

from __future__ import annotations

from pathlib import Path

from tests.check.document_findings import document_findings
from tests.check.test_examples import document

CODES = {"T030", "T031", "T046", "T047", "C072", "C073", "C074", "C075", "C076", "K010", "T048"}
LEAST = 60
"""How many sentences there are at least."""


def sentences() -> list[str]:
    """Return the paragraphs of each line of right_sentences.txt; ``\\n`` divides the paragraphs of a line."""
    lines = Path(__file__).with_name("right_sentences.txt").read_text("utf-8").splitlines()
    return [line.replace("\\n", "\n\n") for line in lines if not line.startswith("# ")]


def test_right_sentences_are_not_told() -> None:
    found = [
        (sentence, each.code, each.message)
        for sentence in sentences()
        for each in document_findings(document(sentence))
        if each.code in CODES
    ]
    assert len(sentences()) >= LEAST
    assert not found
