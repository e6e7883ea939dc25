"""How many mistakes of each kind are found: those at whose place something is told that was not told before.

.venv/bin/python -m tests.check.injected.measurement        # a table of all kinds, with many instances of each
.venv/bin/python -m tests.check.injected.measurement 同音字  # what is not found of a kind
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from random import Random

from liulin_gazette.model.diagnostics import Diagnostic, Severity
from tests.check.injected.character_faults import CHARACTER_KINDS
from tests.check.injected.clean_documents import CleanDocument, clean_documents, findings_in
from tests.check.injected.edited_faults import EDITING_KINDS
from tests.check.injected.faults import FaultKind, with_fault
from tests.check.injected.mark_faults import MARK_KINDS
from tests.check.injected.name_faults import NAME_KINDS, PRIVACY_KINDS, STRUCTURE_KINDS
from tests.check.injected.number_faults import MEMORY_KINDS, NUMBER_KINDS

KINDS = (*CHARACTER_KINDS, *NUMBER_KINDS, *MARK_KINDS, *NAME_KINDS, *PRIVACY_KINDS, *STRUCTURE_KINDS, *MEMORY_KINDS, *EDITING_KINDS)  # fmt: skip
SAMPLE, MANY = 8, 48
"""Instances of each kind in the suite, and in the long run."""
_TRIES = 6
"""How often a place is looked for, for each instance wanted."""


@dataclass(frozen=True, slots=True)
class Instance:
    """A mistake in a document."""

    kind: FaultKind
    document: CleanDocument
    text: str
    """The file with the mistake."""
    first: int
    last: int
    """The lines of the file within which the mistake is told."""

    @property
    def wrong(self) -> str:
        """The changed part, with some characters around it."""
        clean = self.document.text
        start = next((at for at, (a, b) in enumerate(zip(clean, self.text, strict=False)) if a != b), 0)
        return self.text[max(0, start - 12) : start + 16].replace("\n", "⏎")


@dataclass(frozen=True, slots=True)
class Rate:
    """How many mistakes of a kind were made and found."""

    made: int
    found: int
    """By what is told of any severity."""
    told: int
    """By an error or a warning."""

    @property
    def share(self) -> float:
        """The share that is found, 0 to 1."""
        return self.found / self.made if self.made else 0.0


def instances(kind: FaultKind, wanted: int) -> Iterator[Instance]:
    """Yield mistakes of ``kind``, each once, from documents by turns; always the same ones."""
    chance, documents = Random(kind.name), list(clean_documents())
    chance.shuffle(documents)
    seen: set[str] = set()
    for turn in range(wanted * _TRIES):
        document = documents[turn % len(documents)]
        text = with_fault(kind, document.text, chance)
        if text is not None and text not in seen:
            seen.add(text)
            yield Instance(kind, document, text, *_lines(document.text, text, kind.reach))
            if len(seen) == wanted:
                return


def _lines(clean: str, text: str, reach: int) -> tuple[int, int]:
    before, after = clean.split("\n"), text.split("\n")
    common = min(len(before), len(after))
    first = next((at for at in range(common) if before[at] != after[at]), common - 1)
    end = next((at for at in range(common) if before[-1 - at] != after[-1 - at]), common)
    return first + 1 - reach, max(len(after) - end, first + 1) + reach


@cache
def _before(document: CleanDocument) -> Counter[tuple[str, str]]:
    return Counter((each.code, each.message) for each in findings_in(document, document.text))


def news(instance: Instance) -> list[Diagnostic]:
    """Return what is told at the place of the mistake, and was not told of the clean document."""
    known = Counter(_before(instance.document))
    new: list[Diagnostic] = []
    for each in findings_in(instance.document, instance.text):
        key = each.code, each.message
        if known[key]:
            known[key] -= 1
        elif instance.first <= each.place.line <= instance.last:
            new.append(each)
    return new


def rate(kind: FaultKind, wanted: int) -> Rate:
    """Return how many of ``wanted`` mistakes of ``kind`` are found."""
    found = [news(each) for each in instances(kind, wanted)]
    told = sum(any(each.severity is not Severity.NOTE for each in new) for new in found)
    return Rate(len(found), sum(map(bool, found)), told)


def table(kinds: Sequence[FaultKind], wanted: int) -> Iterator[str]:
    """Yield the rows of a table of rates."""
    made = found = told = 0
    for kind in kinds:
        each = rate(kind, wanted)
        made, found, told = made + each.made, found + each.found, told + each.told
        yield f"| {kind.name} | {each.made} | {each.share:.0%} | {each.told / max(each.made, 1):.0%} |"
    yield f"| 合计 | {made} | {found / made:.0%} | {told / made:.0%} |"


def main() -> None:
    """Print the table, or the mistakes of the kinds named that are not found."""
    names = sys.argv[1:]
    for kind in [each for each in KINDS if each.name in names]:
        for instance in instances(kind, MANY):
            new = news(instance)
            codes = " ".join(f"{each.code}{each.severity.value}" for each in new) or "没有发现"
            print(f"{kind.name}\t{instance.document.name}:{instance.first}\t{codes}\t{instance.wrong}")
    for row in table(KINDS, MANY) if not names else ():
        print(row, flush=True)


if __name__ == "__main__":
    main()
