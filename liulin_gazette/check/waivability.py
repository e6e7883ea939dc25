"""Which findings an office may waive, and why others may not be."""

from __future__ import annotations

import re

from liulin_gazette.check.rules import RULES

_RULES = {rule.code: rule for rule in RULES}
_WAIVING_FILES = re.compile(r"content/[^/]+/(?:[^/]+\.md|issue\.toml)")
"""The files that can hold 校核豁免."""
_WHY = {
    "N": "编号、期号错了，网址和台账跟着错",
    "P": "密级和不公开的文件不能登",
    "S": "还没有写完、核对完的不能登",
    "B": "还没有填写的不能登",
}
"""Why findings of some rules cannot be waived, by the letter of the code."""


def refusal(code: str, path: str) -> str:
    """Return why findings with ``code`` in the file at the project ``path`` cannot be waived; empty if they can."""
    rule = _RULES.get(code)
    if rule is None:
        return (
            f"{code} 不能豁免：不是校核规则的代码。B 的各条和读不懂的写法（S010、S060……）要照办法改正；"
            "代码见 docs/诊断代码.md。"
        )
    if not rule.waivable:
        return f"{code}（{rule.title}）不能豁免：{_WHY[code[0]]}。照办法改正。"
    if not _WAIVING_FILES.fullmatch(path):
        return (
            f"{path} 里的问题不能逐处豁免，只有公文和 issue.toml 的可以。改正它；"
            f"确要不查的，在 gazette.toml “校核”的“关闭”里写上 {code}。"
        )
    return ""
