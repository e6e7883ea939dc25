"""Rules about lists of names (code C030)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from liulin_gazette.check.annotations import AnnotatedDocument
from liulin_gazette.check.grammar.quantities import COUNT, count
from liulin_gazette.check.passages import Passage
from liulin_gazette.check.rule import Finding, Findings
from liulin_gazette.model.blocks import NameList

_COUNTED = re.compile(rf"[（(]共?(?P<bracketed>{COUNT})[人名][）)]|共(?:计|有)?(?P<plain>{COUNT})[人名]")


def lists_of_names_hold_their_count(annotated: AnnotatedDocument) -> Findings:
    """C030: a list of names has as many as its heading, or that of a group, says: 女（12人）."""
    for passage, listed in _announcements(annotated):
        found = list(_COUNTED.finditer(passage.text))
        if len(found) != 1:
            continue
        announced = count(found[0]["bracketed"] or found[0]["plain"])
        if announced and announced != listed:
            yield Finding(
                passage.at(found[0].start()),
                f"说是“{found[0][0]}”，名录里是{listed}人。",
                "核对原件，看是否漏录、多录，或两个姓名连在了一起。",
                found[0][0],
            )


def _announcements(annotated: AnnotatedDocument) -> Iterator[tuple[Passage, int]]:
    """Yield each passage that may say how many names there are, with how many there are."""
    before: Passage | None = None
    for passage in annotated.body:
        above, before = before, passage
        names = passage.block
        if not isinstance(names, NameList):
            continue
        if above and above.block is not names:
            yield above, sum(len(group.names) for group in names.groups)
        for group in names.groups:
            if group.heading and (group.heading, group.line) == (passage.text, passage.line):
                yield passage, len(group.names)
