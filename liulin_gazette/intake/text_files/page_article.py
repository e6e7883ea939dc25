"""Which part of a portal's page is its article, and what around it is only of the page.

Portals hide much of a page by style sheets that a saved page has not, or draw it by script: counters, buttons, boxes.
The article is the innermost element that has nearly all sentences of the page. Above it, the title that the page
names (ArticleTitle, as 《政府网站发展指引》 has portals write it; else h1, else title) begins what belongs to the document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from liulin_gazette.intake.document_recognition.issuers_of_heads import is_line_of_issuers
from liulin_gazette.intake.drafts import part_text
from liulin_gazette.intake.line_kinds import (
    ANNEX,
    DATE_LINE,
    HEADNOTE,
    LEVELS,
    NOTE_LINE,
    NUMBER_LINE,
    RED_HEAD,
    REGISTRATION,
    SERIAL_LINE,
    without_spaces,
)
from liulin_gazette.intake.manuscript import Line, Omission, Part
from liulin_gazette.intake.text_files.page_tree import PageElement

_SENTENCE = re.compile(r"。|[；：]$")
_LETTERS = re.compile(r"[0-9A-Za-z一-鿿]")
_SHARE = 0.75
"""Share of the letters in sentences of a page that its article has."""
_MIN_LETTERS = 60
"""Letters in sentences below which no article is looked for."""
_WITHOUT_ARTICLE = frozenset(
    [
        "a",
        "button",
        "form",
        "head",
        "nav",
        "noscript",
        "option",
        "script",
        "select",
        "style",
        "template",
        "textarea",
    ]
)
_BLOCKS = frozenset(["p", "div", "td", "li", "section", "article", "h1", "h2", "h3", "h4", "br"])
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_SITE = re.compile(r"[-_|—–>＞]+")
"""What sets a title in the label of a browser apart from the name of the portal."""
_PORTAL = re.compile("(?:网站?|门户|平台)$")
"""How the names of portals end."""
_MIN_NAME = 4
"""Letters of the name of a portal."""
_MIN_TITLE = 6
"""Letters of a title by which its line is found."""
_MAX_ABOVE = 40
"""Lines at the beginning of the article in which its title is looked for."""
_MAX_LINES = 5
"""Lines that a title takes."""
_MAX_ADDED = 6
"""Characters that a portal sets before a title: （转载）."""
_MIN_SENTENCE = 15
"""Letters of a sentence outside an article that may belong to the document."""
_COUNTERS = re.compile(
    r"[-—－·\s]*|\d{4}([-/.])\d{1,2}\1\d{1,2}(?:\s*\d{1,2}:\d{2}(?::\d{2})?)?|听全文|[-—]?(?:次|人次)|"
    r"(?:信息|文章|稿件)?(?:来源|作者|发布机构|发布单位|责任编辑|编辑|发布时间|发表时间|发布日期|浏览量|浏览次数|点击数|访问量|字体大小|浏览字号|字号|字体)[：:].{0,40}"
)
"""What stands between a portal's title and its article."""
OUTSIDE = "网页上正文以外的文字"


@dataclass(frozen=True, slots=True)
class Article:
    """The article of a page."""

    element: PageElement
    around: tuple[int, ...]
    """The ids of the elements that it stands in, which are shown since it is."""
    titles: tuple[str, ...]
    """What the page calls itself, without spaces; the surest first."""


def article_of(root: PageElement) -> Article | None:
    """Return the article of the page ``root``; None where its sentences stand in no one element."""
    weights: dict[int, int] = {}
    whole = _weigh(root, weights)
    if whole < _MIN_LETTERS:
        return None
    element, around = root, [id(root)]
    while True:
        inner = max(element.elements(), key=lambda each: weights.get(id(each), 0), default=None)
        if (
            inner is None
            or weights.get(id(inner), 0) < _SHARE * whole
            or inner.name in ("p", "span", "tr", "td")
        ):
            break
        element = inner
        around.append(id(inner))
    if element.name in ("", "html", "body", "table", "tbody"):
        return None
    return Article(element, tuple(around), tuple(dict.fromkeys(_titles(root))))


def _weigh(element: PageElement, weights: dict[int, int]) -> int:
    """Return the letters in sentences within ``element``, and note them for it and the elements within."""
    if element.name in _WITHOUT_ARTICLE or _is_hidden(element):
        return 0
    total, line = 0, ""
    for child in element.children:
        if isinstance(child, str):
            line += child
            continue
        if child.name in _BLOCKS:
            total += _sentence_letters(line)
            line = ""
            total += _weigh(child, weights)
        elif any(each.name in _BLOCKS for each in child.descendants()):
            total += _weigh(child, weights)
        elif child.name not in _WITHOUT_ARTICLE and not _is_hidden(child):
            line += child.text()
    total += _sentence_letters(line)
    weights[id(element)] = total
    return total


def _is_hidden(element: PageElement) -> bool:
    """Tell whether ``element`` is hidden; a whole page that is shall be shown by its script."""
    return element.name not in ("html", "body") and bool(_HIDDEN.search(element.attributes.get("style", "")))


def _sentence_letters(line: str) -> int:
    return len(_LETTERS.findall(line)) if _SENTENCE.search(line.strip()) else 0


def _titles(root: PageElement) -> Iterator[str]:
    """Yield what the page calls itself."""
    elements = list(root.descendants())
    for each in elements:
        if each.name == "meta" and each.attributes.get("name", "").lower() == "articletitle":
            yield from _long_enough(each.attributes.get("content", ""))
    for each in elements:
        if each.name == "h1":
            yield from _long_enough(each.text())
    for each in elements:
        if each.name == "title":
            yield from _long_enough(each.text())
            for piece in _SITE.split(each.text()):
                yield from _long_enough(piece)


def without_portal_name(root: PageElement, parts: Sequence[Part]) -> tuple[list[Part], list[Omission]]:
    """Return ``parts`` without the name of the portal above the heading of its page, as the label of the browser has it."""
    label = next((each.text() for each in root.descendants() if each.name == "title"), "")
    sites = [without_spaces(piece) for piece in _SITE.split(label)[1:]]
    first, heading = (*parts[:2], None, None)[:2]
    if not (isinstance(first, Line) and isinstance(heading, Line) and heading.level and not first.level):
        return list(parts), []
    text = without_spaces(first.text)
    if len(text) < _MIN_NAME or not any(_PORTAL.search(site) and site.startswith(text) for site in sites):
        return list(parts), []
    return list(parts[1:]), [Omission(first.text, first.place, OUTSIDE)]


def _long_enough(text: str) -> Iterator[str]:
    text = without_spaces(text)
    if len(text) >= _MIN_TITLE:
        yield text


def without_page(
    parts: Sequence[Part], begin: int, end: int, buttons: Sequence[int], titles: Sequence[str]
) -> tuple[list[Part], list[Omission]]:
    """Return ``parts`` of a page without those around its article, which are its parts from ``begin`` to ``end``.

    After the article, the document may go on (a signature, a list of annexes) until the first of ``buttons``, the
    places where buttons and navigation stand. What looks like a sentence stays wherever it is.
    """
    lines = _place_of_title(parts, begin, end, titles)
    title, below = (lines.start, lines.stop) if lines else (None, 0)
    is_repeated = (
        title is not None and title < begin and _is_said_again(parts, range(title, below), begin, end)
    )
    text_begin = next((at for at in range(title or 0, end) if _is_text(parts[at])), end)
    tail = next((at for at in buttons if at >= end), len(parts))
    tail = next((at + 1 for at in range(tail - 1, end - 1, -1) if _may_end_document(parts[at])), end)
    inside = {without_spaces(part_text(part)) for part in parts[begin:end]}
    kept: list[Part] = []
    omissions: list[Omission] = []
    for index, part in enumerate(parts):
        text = without_spaces(part_text(part))
        if begin <= index < end:
            is_of_page = title is not None and (
                (index < title and not (_is_of_head(part, text) or _names_issuers(part)))
                or (title < index < text_begin and bool(_COUNTERS.fullmatch(text)))
            )
        elif index < begin:
            is_of_page = title is not None and (
                (index < title and not _is_of_head(part, text))
                or (index in lines and is_repeated)
                or (index >= below and bool(_COUNTERS.fullmatch(text)))
            )
        else:
            is_of_page = index >= tail and (text in inside or not _is_sentence(text))
        if is_of_page and isinstance(part, Line):
            omissions.append(Omission(part.text, part.place, OUTSIDE))
        elif index in lines and isinstance(part, Line):
            kept.append(replace(part, centred=True))
        else:
            kept.append(part)
    return kept, omissions


def _place_of_title(parts: Sequence[Part], begin: int, end: int, titles: Sequence[str]) -> range:
    """Return the indices of the last lines above the article that say one of ``titles``, else of those at its beginning."""
    for title in titles:
        above = range(min(begin, len(parts)) - 1, -1, -1)
        for index in (*above, *range(begin, min(begin + _MAX_ABOVE, end))):
            if count := _lines_of(parts, index, title):
                return range(index, index + count)
    return range(0)


def _is_said_again(parts: Sequence[Part], title: range, begin: int, end: int) -> bool:
    """Tell whether the first lines of the article say in full, or nearly, the title of the page above it."""
    whole = "".join(without_spaces(part_text(parts[index])) for index in title)
    for first in range(begin, min(begin + _MIN_TITLE, end)):
        words = ""
        for part in parts[first : min(first + _MAX_LINES, end)]:
            words += without_spaces(part_text(part)) if isinstance(part, Line) else "\n"
            if len(words) >= _MIN_TITLE and whole.endswith(words) and len(whole) - len(words) <= _MAX_ADDED:
                return True
    return False


def _lines_of(parts: Sequence[Part], index: int, title: str) -> int:
    """Return how many lines from ``index`` on say ``title`` in full; 0 if they do not."""
    words = ""
    for count, part in enumerate(parts[index : index + _MAX_LINES], 1):
        words += without_spaces(part_text(part)) if isinstance(part, Line) else "\n"
        if words == title:
            return count
        if not title.startswith(words):
            return 0
    return 0


def _is_of_head(part: Part, text: str) -> bool:
    """Tell whether ``part``, above the title, may belong to the document."""
    patterns = (NUMBER_LINE, SERIAL_LINE, REGISTRATION)
    return not isinstance(part, Line) or any(pattern.match(text) for pattern in patterns)


def _names_issuers(part: Part) -> bool:
    """Tell whether ``part`` is a line of a red head."""
    text = part_text(part)
    return bool(RED_HEAD.match(without_spaces(text))) or is_line_of_issuers(text)


def _is_text(part: Part) -> bool:
    text = part_text(part).strip()
    return not isinstance(part, Line) or "。" in text or text.endswith(("：", ":"))


def _may_end_document(part: Part) -> bool:
    """Tell whether ``part``, below the article, may belong to the document: a signature, an annex, a table, a sentence."""
    text = without_spaces(part_text(part))
    is_numbered = any(pattern.match(text) for pattern, _ in LEVELS)
    is_entry = bool(ANNEX.match(text)) or is_numbered or is_line_of_issuers(part_text(part))
    return not isinstance(part, Line) or is_entry or _is_sentence(text)


def _is_sentence(text: str) -> bool:
    return ("。" in text and len(text) >= _MIN_SENTENCE) or any(
        pattern.match(text) for pattern in (DATE_LINE, HEADNOTE, NOTE_LINE)
    )
