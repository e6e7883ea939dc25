"""Lines of a web page that belong to the portal, not to the document: navigation, buttons, when it was published."""

from __future__ import annotations

import re
from collections.abc import Sequence

from liulin_gazette.intake.line_kinds import ANNEX, LEVELS
from liulin_gazette.intake.manuscript import Line, Part

_CHROME = re.compile(
    r"打印(?:本页)?|关闭(?:窗口|本页)?|分享到?|收藏|字号|字体|大|中|小|(?:浏览|点击|阅读|访问)(?:次数|量|数)[：:]?\s*\d*|"
    r"(?:微信)?扫一扫(?:[，,](?:在?手机|关注|分享|访问|移动)[^。，；：]{0,16}|[^。，；：]{0,20})|微信|(?:新浪)?微博|QQ(?:空间|好友)?|朋友圈|喜欢作者|阅读原文|在看|点赞|赞|轻触阅读原文|预览时标签不可点|继续滑动看下一个|朗读|语音播报|"
    r"A[+＋\-－]?(?=[\s大中小]|$)|返回(?:顶部|首页)?|[上下]一[篇条](?:[：:\s].*)?$|首页|无障碍|放大|缩小|默认|[\s|｜·:：>\[\]【】()（）/、]+"
)
"""A button or a hint. Each is taken off by itself, so that a line takes a time in proportion to its length."""
_PUBLISHED = re.compile(
    r"(?:(?P<published>(?:发布|发表|生成|录入|添加)(?:时间|日期))|(?P<updated>更新(?:时间|日期))|(?P<publisher>发布(?:机构|单位))|"
    r"(?P<reads>(?:浏览|点击|阅读|访问)(?:次数|量|数))|(?:(?<![一-鿿])|(?<=\d[日次]))(?:(?P<time>时间|日期)|"
    r"(?P<source>(?:信息|文章|稿件)?来源|稿源|供稿)|(?P<person>作者|(?:责任)?编辑|审核)|(?P<read>浏览|点击|阅读|访问)|"
    r"(?P<button>字号|字体|视力保护色|分享|打印)))\s*[：:]"
)
"""What a portal says of a page between its title and its text: when it was published, by whom, how often it was read.

Each group is a sort of such words. 时间 alone says it only at the beginning of the line.
"""
_MAX_PUBLISHED = 120
"""Characters of such a line, which has words of two sorts at least."""
_RELATED = re.compile(
    "相关(?:政策)?(?:解读|链接|阅读|信息|文章|稿件|新闻|报道|附件|文档)[：:]?|附件下载[：:]?"
)
"""What stands above the links to other pages and files."""
_FILE = re.compile(r"[^，。；：]{1,80}\.(?:docx?|pdf|xlsx?|wps|et|ofd|zip|rar)(?:[（(].{1,20}[）)])?", re.I)
_STAFF = re.compile(r"(?:(?:责任)?编辑|初审|复审|终审|校对|监制)\s*[：:]\s*\S{1,20}")
"""Who put a page on the portal."""
_BUTTONS = re.compile("打印|关闭|返回顶部|分享到")
_MAX_TAIL = 4
"""Parts at the end of a page where its buttons stand."""
_IMPRINT = re.compile(
    r"网站标识码\s*[：:]|ICP\s*备|公网安备|版权所有(?:\s*[：:©]|$)|Copyright|技术支持\s*[：:]|(?:^|[|｜\s])网站地图(?:$|[|｜\s])",
    re.I,
)
_BESIDE_IMPRINT = re.compile(
    r"(?:版权所有|主办|承办|协办|运维|维护|地址|邮编|邮政编码|联系电话|联系我们|传真|邮箱|建议使用)"
)
"""How the other lines at the end of a portal's page begin."""
_NUMBERED = re.compile(r"\d{1,2}(?:\.\d{1,2})*[ 　\t.．、]")
_SEPARATORS = re.compile(r"[\s|｜·:：>＞»«\[\]【】/、]")
_TRAIL = re.compile(r"(?:当前|您的|您现在的|所在)位置")
_STEPS = re.compile(r"首页\s*[>＞»\-/]\s*\S{2,12}(?:\s*[>＞»\-/]|$)")
_MENU = re.compile(r"[^|｜《》。，；：]{1,12}(?:[|｜][^|｜《》。，；：]{1,12}){2,}")
"""The menu of a portal on a printed page: 首页 | 政务公开 | 互动交流."""
_LINKED = 0.8
"""Share of a line's letters in links from which it is navigation."""
FOOT = "网页上的发布信息和页脚"


def portal_reason(text: str, linked: int, has_text: bool) -> str:
    """Return why the line ``text``, of which ``linked`` characters are in links, is none of the document; else nothing.

    When the page was published stands before its text, which it ``has_text`` of already or not.
    """
    letters = len(_SEPARATORS.sub("", text))
    if linked >= _LINKED * letters or _TRAIL.match(text):
        return "导航和链接"
    if _FILE.fullmatch(text):
        return "附件的链接，附件要另外下载"
    if not _CHROME.sub("", text) or _RELATED.fullmatch(text):
        return "网页上的按钮和提示"
    return FOOT if not has_text and is_publication(text) else ""


def is_line_of_portal(text: str, has_text: bool, left: int) -> bool:
    """Tell whether ``text``, in a document that was printed or copied from a page, is a line of its portal.

    When it was published stands before the text of a document, which it ``has_text`` of already or not; buttons stand
    at its end, where ``left`` parts are left.
    """
    if not has_text and is_publication(text):
        return True
    return left <= _MAX_TAIL and bool(_BUTTONS.search(text)) and not _CHROME.sub("", text)


def is_imprint(text: str) -> bool:
    """Tell whether ``text`` has the registration of a portal, or who holds its rights."""
    return bool(_IMPRINT.search(text)) and not ANNEX.match(text)


def are_of_imprint(lines: Sequence[str]) -> bool:
    """Tell whether ``lines``, those of the foot of a page, are its imprint and lines beside it, and nothing else."""
    texts = [line.strip() for line in lines if line.strip()]
    return any(map(is_imprint, texts)) and all(
        _may_be_of_portal(text)
        and (
            is_imprint(text)
            or _STAFF.fullmatch(text)
            or _BESIDE_IMPRINT.match(text)
            or not _CHROME.sub("", text)
        )
        for text in texts
    )


def is_imprint_alone(text: str) -> bool:
    """Tell whether every line of ``text``, the words at the foot of a page, is one of its imprint."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    return bool(lines) and all(is_imprint(line) or _BESIDE_IMPRINT.match(line) for line in lines)


def is_publication(text: str) -> bool:
    """Tell whether ``text`` is the line that says when and by whom a page was published."""
    if not _may_be_of_portal(text):
        return False
    sorts = {
        found.lastgroup
        for found in _PUBLISHED.finditer(text)
        if found.lastgroup != "time" or not text[: found.start()].strip(" \u3000[【（(")
    }
    return len(sorts) > 1


def is_trail(text: str) -> bool:
    """Tell whether ``text`` says where a page stands in its portal: 首页 > 政务公开 > 政府文件, or is its menu."""
    return bool(_TRAIL.match(text) or _STEPS.match(text) or _MENU.fullmatch(text))


def imprint_at_end(parts: Sequence[Part]) -> list[int]:
    """Return the indices of the lines at the end of a page that are its imprint: who runs it, its registration."""
    found: list[int] = []
    for index in range(len(parts) - 1, -1, -1):
        part = parts[index]
        text = part.text.strip() if isinstance(part, Line) else ""
        if not _may_be_of_portal(text):
            break
        if is_imprint(text) or _STAFF.fullmatch(text):
            found.append(index)
        elif not _BESIDE_IMPRINT.match(text):
            break
    return found[::-1]


def _may_be_of_portal(text: str) -> bool:
    """Tell whether ``text`` has the form of a line of a portal: short, no sentence, and not numbered."""
    is_numbered = _NUMBERED.match(text) or any(pattern.match(text) for pattern, _ in LEVELS)
    return bool(text) and "。" not in text and len(text) <= _MAX_PUBLISHED and not is_numbered
