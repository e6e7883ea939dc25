"""The account of a manuscript in its drafts: a 待核 mark at the place of every difference."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from liulin_gazette.intake.account import EXTRA, MISSING, MOVED, Account, Difference
from liulin_gazette.intake.drafts import Intake, verification_mark
from liulin_gazette.source.markdown.foreign_marks import escaped

_MAX_SHOWN = 60
"""Characters of a difference that its mark shows."""
_MAX_MARKS = 8
"""Differences of one block that have a mark each; more have one cause, such as a table that was read in another order."""
_KINDS = {MISSING: "少", EXTRA: "多", MOVED: "次序不同的"}
_REASONS = {
    MISSING: "来稿这里的“{}”，草稿和未转入的清单里都没有，补上或者核对",
    EXTRA: "草稿这里多出“{}”，来稿没有，删去或者核对",
    MOVED: "“{}”在草稿里的次序和来稿不同，核对",
}


def with_account(intake: Intake, account: Account) -> Intake:
    """Return ``intake`` with its ``account``, and its drafts with a mark for each difference."""
    drafts = tuple(
        replace(
            draft,
            document=replace(
                draft.document,
                body=_marked(
                    draft.document.body, (each for each in account.differences if each.draft == index)
                ),
            ),
        )
        for index, draft in enumerate(intake.drafts)
    )
    return replace(intake, drafts=drafts, account=account)


def _marked(body: str, differences: Iterable[Difference]) -> str:
    """Return ``body`` with a mark for each of ``differences`` after the block that it belongs to, or one for many."""
    blocks: defaultdict[int, list[Difference]] = defaultdict(list)
    lines = body.split("\n")
    for each in differences:
        end = each.line
        while end and end < len(lines) and lines[end].strip():
            end += 1
        blocks[end].append(each)
    for end, of_block in sorted(blocks.items(), reverse=True):
        marks = [line for mark in _marks(of_block) for line in (["", mark] if end else [mark, ""])]
        lines[end:end] = marks
    return "\n".join(lines).strip("\n")


def _marks(differences: Sequence[Difference]) -> Iterator[str]:
    """Yield a mark for each of ``differences`` of one block; a single one for more than ``_MAX_MARKS``."""
    if len(differences) <= _MAX_MARKS:
        for each in differences:
            yield verification_mark(_REASONS[each.kind].format(_shown(each)), each.place)
        return
    words = [f"{_KINDS[each.kind]}“{_shown(each)}”" for each in differences[:_MAX_MARKS]]
    place = next((each.place for each in differences if each.place), "")
    yield verification_mark(
        f"这里和来稿有 {len(differences)} 处不同（{'、'.join(words)}等），请对照来稿逐字核对", place
    )


def _shown(difference: Difference) -> str:
    text = difference.text
    return escaped(text if len(text) <= _MAX_SHOWN else text[:_MAX_SHOWN] + "……")
