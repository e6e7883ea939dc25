"""Rules about bands of ages, marks and years that should meet (code C054)."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from liulin_gazette.check.annotations import AnnotatedDocument
from liulin_gazette.check.passages import Passage
from liulin_gazette.check.rule import Finding, Findings
from liulin_gazette.model.diagnostics import Severity

_DASH = "[—～~－至到-]{1,2}"
_UNIT = "周岁|岁|分|个月|月龄|年|级"
_BAND = re.compile(
    rf"(?<![\d.第—～~－-])(?P<first>\d{{1,3}})(?:{_UNIT})?{_DASH}(?P<last>\d{{1,3}})(?P<unit>{_UNIT})(?!以|[—～~－])"
    rf"|(?<![\d.第—～~－-])(?P<above>\d{{1,3}})(?P<unit_above>{_UNIT})(?:（含[^）]{{0,6}}）)?(?:及以上|以上)"
    rf"|(?<![\d.第—～~－-])(?P<below>\d{{1,3}})(?P<unit_below>{_UNIT})(?:以下|以内)"
)
_SAYS_WHICH = re.compile("含|不足|不满|未满|大于|小于|低于|高于|超过|以前|满")
"""Words that say to which band a bound belongs."""
MAX_SLIP = 9
"""A larger gap or overlap is intended: 3—6岁儿童、18—59岁成人."""
MAX_BESIDE = 4
"""The most characters beside the band in a cell: （含）, 老人."""
MAX_DISTANCE = 120
"""The most characters between two bands of one scale."""


@dataclass(frozen=True, slots=True)
class _Band:
    passage: Passage
    start: int
    text: str
    first: int
    last: int
    unit: str


def bands_meet(annotated: AnnotatedDocument) -> Findings:
    """C054: of three or more bands of one scale (60—69岁, 70—79岁, 80岁以上), each begins where the other ends.

    At least one joint must be right, so that they are bands of one scale. That they share a bound is a note.
    """
    for scale in _scales(annotated):
        joints = [(before, after, after.first - before.last) for before, after in itertools.pairwise(scale)]
        apart = [joint for _, _, joint in joints]
        if len(scale) < 3 or apart.count(1) == 0 or apart.count(1) < len(apart) - 1:
            continue
        for before, after, joint in joints:
            if joint == 1 or not -MAX_SLIP <= joint <= MAX_SLIP:
                continue
            problem = "之间缺了一段" if joint > 1 else "重叠"
            yield Finding(
                after.passage.at(after.start),
                f"“{before.text}”与“{after.text}”{problem}，别的各段是相接的。",
                "核对原件的各段界限；原件如此的照印，写明豁免理由。",
                after.text,
                Severity.NOTE if joint == 0 else None,
            )


def _scales(annotated: AnnotatedDocument) -> Iterator[list[_Band]]:
    """Yield the bands that follow each other in running text or in a column, in ascending order."""
    for run in (*_paragraph_runs(annotated), *_columns(annotated)):
        scale: list[_Band] = []
        for band in run:
            if scale and not _continues(scale[-1], band):
                yield from _ascending(scale)
                scale = []
            scale.append(band)
        yield from _ascending(scale)


def _continues(before: _Band, band: _Band) -> bool:
    near = before.passage is not band.passage or band.start - before.start <= MAX_DISTANCE
    return near and before.unit == band.unit and before.first != band.first


def _ascending(scale: Sequence[_Band]) -> Iterator[list[_Band]]:
    ordered = list(scale)
    if len(ordered) > 1 and ordered[0].first > ordered[-1].first:
        ordered.reverse()
    firsts = [band.first for band in ordered]
    if firsts == sorted(set(firsts)):
        yield ordered


def _paragraph_runs(annotated: AnnotatedDocument) -> Iterator[list[_Band]]:
    """Yield the bands of each run of paragraphs in which each has one, and of each paragraph with several."""
    run: list[_Band] = []
    for passage in annotated.running:
        found = _bands(passage)
        if len(found) > 1:
            yield found
        if len(found) == 1:
            run.extend(found)
        else:
            yield run
            run = []
    yield run


def _columns(annotated: AnnotatedDocument) -> Iterator[list[_Band]]:
    """Yield the bands of the cells that are nothing but a band, by column."""
    columns: dict[tuple[int, int], list[_Band]] = {}
    for passage in annotated.body:
        found = _bands(passage) if passage.kind == "cell" else []
        if len(found) == 1 and len(found[0].text) >= len(passage.text) - MAX_BESIDE:
            columns.setdefault((id(passage.block), passage.field), []).extend(found)
    yield from columns.values()


def _bands(passage: Passage) -> list[_Band]:
    """Return the bands in ``passage``; none where it says to which band a bound belongs."""
    if not any(unit in passage.text for unit in ("岁", "分", "月", "年", "级")):
        return []
    if _SAYS_WHICH.search(passage.text):
        return []
    found: list[_Band] = []
    for match in _BAND.finditer(passage.text):
        if match["above"]:
            first, last, unit = int(match["above"]), 1000, match["unit_above"]
        elif match["below"]:
            first, last, unit = -1, int(match["below"]) - 1, match["unit_below"]
        else:
            first, last, unit = int(match["first"]), int(match["last"]), match["unit"]
        if first < last:
            found.append(_Band(passage, match.start(), match[0], first, last, unit.removeprefix("周")))
    return found
