"""文种: the types of official documents, which their titles end in."""

from __future__ import annotations

TYPES = (
    "决议", "决定", "命令", "公报", "公告", "通告", "意见", "通知", "通报", "报告", "请示", "批复", "议案", "函", "纪要",
)  # fmt: skip
"""The 文种 of《党政机关公文处理工作条例》第八条."""
ORDER, ORDER_IN_FULL = "令", "命令"
"""How titles write 命令 in short, 柳林县人民政府令, and its name."""
ENDINGS = (*TYPES, ORDER)
"""What the title of an official document ends in, but for a note in brackets."""
PUBLIC_TYPES = frozenset({"决议", "决定", ORDER_IN_FULL, ORDER, "公报", "公告", "通告"})
"""文种 that are issued to everybody: without 主送, 附注 and contact (《党政机关公文处理工作条例》第八条)."""
OTHER = "其他"


def type_in(title: str) -> str:
    """Return the 文种 that ``title`` ends in, 令 for 命令 too; 其他 where it ends in none."""
    bare = title.split("（")[0] if title.endswith("）") else title
    if bare.endswith(ORDER):
        return ORDER
    return next((each for each in TYPES if bare.endswith(each)), OTHER)
