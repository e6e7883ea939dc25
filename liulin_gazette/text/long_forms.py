"""Function words that are right with one character and with two: 应 and 应当, 或 and 或者."""

from __future__ import annotations

_LONG_FORMS = frozenset(
    [
        "应当",
        "应该",
        "可以",
        "能够",
        "需要",
        "必须",
        "或者",
        "并且",
        "而且",
        "如果",
        "倘若",
        "因为",
        "由于",
        "但是",
        "然而",
        "虽然",
        "已经",
        "曾经",
        "仍然",
        "依然",
        "自从",
        "为了",
        "对于",
        "关于",
        "按照",
        "依照",
        "根据",
        "除了",
        "具有",
        "没有",
        "以及",
        "还是",
        "就是",
        "都是",
        "其他",
        "各个",
        "每个",
        "部门",
        "时候",
        "期间",
        "予以",
        "加以",
        "进行",
    ]
)


def is_long_form(first: str, second: str) -> bool:
    """Tell whether ``first`` and ``second`` are a word that one of the two stands for alone, so that neither is missing."""
    return first + second in _LONG_FORMS
