"""Right text of other genres raises no error and no warning; what can be right in two ways is at most a warning."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.check.document_findings import document_findings
from tests.check.test_examples import document

FOLDER = Path(__file__).parent / "precision"


def cases(name: str) -> Iterator[tuple[str, str]]:
    for block in (FOLDER / name).read_text("utf-8").removeprefix("== ").split("\n== "):
        head, _, text = block.partition("\n")
        yield head, text


@pytest.mark.parametrize(("head", "text"), list(cases("sound.txt")))
def test_right_text_raises_nothing(head: str, text: str) -> None:
    found = [each for each in document_findings(document(text)) if each.severity.value != "提示"]
    assert not found, (head, [(each.code, each.message) for each in found])


@pytest.mark.parametrize(("head", "text"), list(cases("faulty.txt")))
def test_a_fault_is_found_with_its_severity(head: str, text: str) -> None:
    code, severity, *words = head.split()
    found = [each for each in document_findings(document(text)) if each.code == code]
    assert [each.severity.value for each in found] == [severity] * max(len(words), 1), found
    for word in words:
        assert any(word in each.message for each in found), (word, found)
