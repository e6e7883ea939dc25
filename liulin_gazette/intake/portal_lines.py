"""Lines of a web page that belong to the portal, not to the document: navigation, buttons, when it was published."""

from __future__ import annotations

import re
from collections.abc import Sequence

from liulin_gazette.intake.line_kinds import LEVELS
from liulin_gazette.intake.manuscript import Line, Part

_CHROME = re.compile(
    r"打印(?:本页)?|关闭(?:窗口|本页)?|分享到?|收藏|字号|字体|大|中|小|(?:浏览次数|点击数|阅读次数|浏览量)[：:]?\s*\d*|"
    r"(?:微信)?扫一扫[^。，；：]{0,20}|喜欢作者|阅读原文|在看|点赞|赞|轻触阅读原文|预览时标签不可点|继续滑动看下一个|朗读|语音播报|"
    r"返回(?:顶部|首页)?|[上下]一[篇条](?:[：:\s].*)?$|首页|无障碍|放大|缩小|默认|[\s|｜·:：>\[\]【】()（）/、]+"
)
"""A button or a hint. Each is taken off by itself, so that a line takes a time in proportion to its length."""
_PUBLISHED = re.compile(
    r"(?:发布(?:时间|日期|机构|单位)|(?:信息|文章|稿件)?来源|作者|(?:责任)?编辑|审核|浏览次数|点击数|阅读次数|浏览量|字号|字体|打印)\s*[：:]"
)
"""What a portal says of a page between its title and its text: when it was published, by whom, how often it was read."""
_MAX_PUBLISHED = 120
"""Characters of such a line, which has two of these words at least."""
_IMPRINT = re.compile(
    r"网站标识码\s*[：:]|ICP\s*备|公网安备|版权所有(?:\s*[：:©]|$)|Copyright|技术支持\s*[：:]|(?:^|[|｜\s])网站地图(?:$|[|｜\s])",
    re.I,
)
_BESIDE_IMPRINT = re.compile(
    r"(?:主办|承办|协办|运维|维护|地址|邮编|邮政编码|联系电话|联系我们|传真|邮箱|建议使用)"
)
"""How the other lines at the end of a portal's page begin."""
_NUMBERED = re.compile(r"\d{1,2}(?:\.\d{1,2})*[ 　\t.．、]")
_SEPARATORS = re.compile(r"[\s|｜·:：>＞»«\[\]【】/、]")
_TRAIL = re.compile(r"(?:当前|您的|您现在的|所在)位置")
_LINKED = 0.8
"""Share of a line's letters in links from which it is navigation."""
FOOT = "网页上的发布信息和页脚"


def portal_reason(text: str, linked: int) -> str:
    """Return why the line ``text``, of which ``linked`` characters are in links, is none of the document; else nothing."""
    letters = len(_SEPARATORS.sub("", text))
    if linked >= _LINKED * letters or _TRAIL.match(text):
        return "导航和链接"
    if not _CHROME.sub("", text):
        return "网页上的按钮和提示"
    return FOOT if _may_be_of_portal(text) and len(_PUBLISHED.findall(text)) > 1 else ""


def imprint_at_end(parts: Sequence[Part]) -> list[int]:
    """Return the indices of the lines at the end of a page that are its imprint: who runs it, its registration."""
    found: list[int] = []
    for index in range(len(parts) - 1, -1, -1):
        part = parts[index]
        text = part.text.strip() if isinstance(part, Line) else ""
        if not _may_be_of_portal(text):
            break
        if _IMPRINT.search(text):
            found.append(index)
        elif not _BESIDE_IMPRINT.match(text):
            break
    return found[::-1]


def _may_be_of_portal(text: str) -> bool:
    """Tell whether ``text`` has the form of a line of a portal: short, no sentence, and not numbered."""
    is_numbered = _NUMBERED.match(text) or any(pattern.match(text) for pattern, _ in LEVELS)
    return bool(text) and "。" not in text and len(text) <= _MAX_PUBLISHED and not is_numbered
