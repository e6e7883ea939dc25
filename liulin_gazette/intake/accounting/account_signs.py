"""The signs of a manuscript: those between letters that were found, and those that stand alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from liulin_gazette.intake.account import EXTRA, MISSING, Difference
from liulin_gazette.intake.accounting.account_pools import bare
from liulin_gazette.intake.accounting.account_search import Passage, Search
from liulin_gazette.intake.accounting.draft_texts import DraftText, Origin
from liulin_gazette.intake.accounting.text_alignment import only_in

_REWRITTEN = frozenset("：:、，,；;。.|（）()")
"""Signs that the program writes in its own form in lists of names and titles of annexes."""


def compare_signs(passages: Sequence[Passage], search: Search) -> None:
    """Tell of signs that were lost or added in passages whose letters are all in a draft's text of paragraphs."""
    for exact, start, end, passage in _found(passages, search):
        first, offset = search.owners[start]
        last, until = search.owners[end - 1]
        if first is not last or not first.is_prose:
            continue
        around = first.between(offset, until)
        if exact in around:
            continue
        lost = search.left_out.take_signs("".join(only_in(exact, around)), passage.source.place)
        if lost:
            search.differences.append(
                Difference(MISSING, lost, passage.source.place, first.draft, first.line)
            )
        elif len(around) > len(exact):
            extra = "".join(only_in(around, exact))
            search.differences.append(Difference(EXTRA, extra, passage.source.place, first.draft, first.line))


def _found(passages: Sequence[Passage], search: Search) -> Iterator[tuple[str, int, int, Passage]]:
    """Yield the characters of passages that were found, and the range of their letters; pieces of one text together."""
    exact, start, end = "", -1, -1
    first: Passage | None = None
    lone = ""
    for passage in passages:
        is_found = passage.at >= 0 and not passage.source.is_added_to and not passage.is_left_out
        is_found = is_found and bare(passage.exact) == passage.letters
        goes_on = first is not None and first.source.is_piece and passage.at == end
        if is_found and goes_on and search.owners[end][0] is search.owners[end - 1][0]:
            exact, end, lone = exact + lone + passage.exact, end + len(passage.letters), ""
            continue
        if (
            first is not None
            and first.source.is_piece
            and not bare(passage.exact)
            and not passage.is_left_out
        ):
            lone += passage.exact
            continue
        if first is not None:
            yield exact, start, end, first
        first, lone = None, ""
        if is_found:
            exact, start, end, first = passage.exact, passage.at, passage.at + len(passage.letters), passage
    if first is not None:
        yield exact, start, end, first


def tell_lone_signs(passages: Sequence[Passage], texts: Sequence[DraftText], search: Search) -> None:
    """Tell of passages that consist of signs alone, as a cell with √ does, and that no text has; and the reverse."""
    source = Counter("".join(each.exact for each in passages))
    drafted = Counter("".join((*(each.exact for each in texts), *search.left_out.used)))
    missing, extra = source - drafted, drafted - source
    for passage in passages:
        signs = Counter(passage.exact)
        if bare(passage.exact) or passage.is_left_out or passage.source.is_added_to or not signs <= missing:
            continue
        if passage.source.is_piece and signs.keys() <= _REWRITTEN:
            continue
        if signs and search.left_out.take_signs(passage.exact, passage.source.place):
            missing -= signs
            search.differences.append(Difference(MISSING, passage.exact, passage.source.place, 0, 0))
    if any(each.source.is_added_to for each in passages):
        return
    for text in texts:
        signs = Counter(text.exact)
        if text.letters or text.origin is not Origin.BODY or not signs or not signs <= extra:
            continue
        extra -= signs
        search.differences.append(Difference(EXTRA, text.exact, "", text.draft, text.line))
