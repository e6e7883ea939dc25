"""Lines of a web page that belong to the portal, not to the document: navigation, buttons, when it was published."""

from __future__ import annotations

import re

_CHROME = re.compile(
    r"(?:打印(?:本页)?|关闭(?:窗口|本页)?|分享到?|收藏|字号|字体|【?大|中|小】?|(?:浏览次数|点击数|阅读次数|浏览量)[：:]?\s*\d*|扫一扫.*|"
    r"喜欢作者|阅读原文|在看|点赞|赞|微信扫一扫.*|轻触阅读原文|预览时标签不可点|继续滑动看下一个|朗读|语音播报|"
    r"返回(?:顶部|首页)?|上一[篇条].*|下一[篇条].*|首页|无障碍|放大|缩小|默认|[\s|｜·:：>\[\]【】()（）/、])+"
)
_PUBLISHED = re.compile(
    r"(?:发布(?:时间|日期|机构|单位)|(?:信息|文章|稿件)?来源|作者|(?:责任)?编辑|审核|浏览次数|点击数|阅读次数|浏览量|字号|字体|打印)\s*[：:\[【]?"
)
"""What a portal says of a page between its title and its text: when it was published, by whom, how often it was read."""
_MAX_PUBLISHED = 120
"""Characters of such a line, which has two of these words at least."""
_IMPRINT = re.compile(r"网站标识码|ICP\s*备|公网安备|版权所有|Copyright|技术支持[：:]|网站地图", re.I)
_SEPARATORS = re.compile(r"[\s|｜·:：>＞»«\[\]【】/、]")
_TRAIL = re.compile(r"(?:当前|您的|您现在的|所在)位置")
_LINKED = 0.8
"""Share of a line's letters in links from which it is navigation."""


def portal_reason(text: str, linked: int) -> str:
    """Return why the line ``text``, of which ``linked`` characters are in links, is none of the document; else nothing."""
    letters = len(_SEPARATORS.sub("", text))
    if linked >= _LINKED * letters or _TRAIL.match(text):
        return "导航和链接"
    if _CHROME.fullmatch(text):
        return "网页上的按钮和提示"
    if "。" in text or len(text) > _MAX_PUBLISHED:
        return ""
    is_of_portal = len(_PUBLISHED.findall(text)) > 1 or _IMPRINT.search(text)
    return "网页上的发布信息和页脚" if is_of_portal else ""
