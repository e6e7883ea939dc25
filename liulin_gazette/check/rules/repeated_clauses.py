"""The rule about clauses that are typed or pasted twice, one right after the other (code T030)."""

from __future__ import annotations

import re

from liulin_gazette.check.annotations import AnnotatedDocument
from liulin_gazette.check.rule import Finding, Findings

_CLAUSE = re.compile("[^，。；：！？\n]{5,80}")
_LEAST_TAIL = 8
"""Characters with which a clause ends, and which stand alone after it, not by chance."""
_ONE_MARK = re.compile("[，。；、]")


def clauses_stand_once(annotated: AnnotatedDocument) -> Findings:
    """T030: no clause stands twice in a row."""
    for passage in annotated.running:
        text = passage.text
        before: re.Match[str] | None = None
        for match in _CLAUSE.finditer(text):
            if (
                before is not None
                and (match[0] == before[0] or (len(match[0]) >= _LEAST_TAIL and before[0].endswith(match[0])))
                and _ONE_MARK.fullmatch(text[before.end() : match.start()])
            ):
                yield Finding(
                    passage.at(match.start()),
                    f"“{match[0][:20]}”写了两遍。",
                    "核对原件，删去多出的一遍；原件就印了两遍的照印，写明豁免理由。",
                    text[before.start() : match.end()],
                )
            before = match
