"""Chinese lines: where gaps may open, and the guard that checks WeasyPrint's patched functions."""

from __future__ import annotations

import pytest

from liulin_gazette.pdf.composition.chinese_breaks import can_stretch
from liulin_gazette.pdf.typeset import lines
from liulin_gazette.pdf.typeset.guard import UnreviewedUpgradeError, require_source


@pytest.mark.parametrize(
    ("before", "after", "may"),
    [
        ("柳", "林", True),
        ("—", "—", False),
        ("…", "…", False),
        ("2", "0", False),
        ("年", "1", True),
        ("a", "b", False),
    ],
)
def test_where_a_line_may_open(before: str, after: str, may: bool) -> None:
    assert can_stretch(before, after) is may


def test_changed_function_is_refused() -> None:
    with pytest.raises(UnreviewedUpgradeError, match="复核"):
        require_source(test_changed_function_is_refused, "000000000000")


def test_replaced_functions_are_the_reviewed_ones() -> None:
    lines.install()
    lines.install()
