"""What the steps that can be undone are called on the screen, in the terminal and at the desk."""

from __future__ import annotations

_TITLES = {
    "new issue": "新建一期",
    "new document": "新建公文",
    "intake": "来稿转换",
    "check --fix": "自动改正",
    "waive": "豁免",
    "edit": "改公文",
    "restore": "换回公文以前的样子",
    "learn": "收词",
    "publish": "发布的记录",
    "republish": "改动已发布一期的理由",
    "seal": "重新发布的 PDF 的指纹",
    "annual": "编总目录",
    "upgrade": "换程序",
    "settings": "改设置",
}
"""By the titles that they are saved with."""


def shown_title(title: str) -> str:
    """Return what the step that is saved with ``title`` is called."""
    return _TITLES.get(title, title)
