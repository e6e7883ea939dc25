"""The entries of 变更 in gazette.toml, each moved to where its 自 belongs, with its lines as they are."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import cast

from liulin_gazette.editing.gazette_settings_file import FILE, new_errors, values_in
from liulin_gazette.editing.table_order import with_table_moved
from liulin_gazette.model.diagnostics import Diagnostic
from liulin_gazette.source.settings_tables.dated_changes import CHANGES, OUT_OF_ORDER


def in_order(
    root: Path, before: bytes, after: bytes, index: int
) -> tuple[bytes, int, tuple[Diagnostic, ...]]:
    """Return the file ``after`` with the entry ``index`` of 变更 where it is in order, its new index, and the errors.

    ``before`` is the file as it is now, whose errors do not count. An entry that is nowhere in order stays.
    """
    errors = new_errors(root, before, after)
    entries = cast("list[object]", values_in(after).get(CHANGES, []))
    for target in reversed(range(len(entries))) if _is_out_of_order(errors) else ():
        if target != index:
            moved = with_table_moved(after, FILE, CHANGES, index, target)
            found = new_errors(root, before, moved)
            if not _is_out_of_order(found):
                return moved, target, found
    return after, index, errors


def _is_out_of_order(errors: Sequence[Diagnostic]) -> bool:
    return any(each.message.startswith(OUT_OF_ORDER) for each in errors)
