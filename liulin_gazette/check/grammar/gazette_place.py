"""The place of a gazette, read from the gazette's name."""

from __future__ import annotations

import re

from liulin_gazette.text.place_pinyin import lowest_division

_PLACE = re.compile("(?:.{1,40}?[县市区旗盟州](?=人民|政府|人大|政务|党|公报|政报)|.{1,40}?[县市区旗])")
"""The place at the beginning of the name: 吕梁市柳林县."""


def gazette_place(gazette: str) -> tuple[str, str] | None:
    """Return the lowest division in the name of ``gazette`` and its first word: 柳林县 and 柳林; None where it has none."""
    place = _PLACE.match(gazette)
    return lowest_division(place[0]) if place else None
