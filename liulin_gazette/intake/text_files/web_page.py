"""Web pages (.html) as saved from a portal, and web archives (.mht): paragraphs, lists and tables of what is shown."""

from __future__ import annotations

import email
import email.policy
import re
from dataclasses import dataclass, field, replace

from liulin_gazette.intake.manuscript import (
    Grid,
    GridCell,
    IntakeError,
    Line,
    Manuscript,
    Mark,
    Omission,
    Part,
)
from liulin_gazette.intake.odd_characters import odd_characters
from liulin_gazette.intake.portal_lines import (
    FOOT,
    are_of_imprint,
    is_imprint_alone,
    portal_reason,
)
from liulin_gazette.intake.sheet_files.sheet_tables import MAX_COLUMNS, MAX_ROWS
from liulin_gazette.intake.text_encoding import decoded
from liulin_gazette.intake.text_files.page_account import count_page
from liulin_gazette.intake.text_files.page_article import (
    Article,
    article_of,
    without_page,
    without_portal_name,
)
from liulin_gazette.intake.text_files.page_tree import PageElement, page_tree
from liulin_gazette.intake.text_files.portal_particulars import without_portal
from liulin_gazette.text.raised_characters import SUB, SUPER

PLACE = "网页"
_CHARSET = re.compile(rb"<meta\b[^>]*?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:-]+)", re.I)
_DECLARED = re.compile(rb"<\?xml[^>]*encoding=[\"']([A-Za-z0-9_-]+)")
_WITHOUT_TEXT = frozenset(
    ["script", "style", "template", "head", "meta", "link", "object", "embed", "iframe", "svg", "noframes"]
)
_ASIDE = {
    "nav": "导航", "header": "页头", "footer": "页脚", "aside": "旁栏", "button": "按钮", "select": "选单", "form": "表单",
    "textarea": "表单", "noscript": "不用脚本时才显示的字", "del": "加了删除线的文字", "s": "加了删除线的文字", "strike": "加了删除线的文字",
}  # fmt: skip
"""Elements whose words are not those of the document, and what the editor calls them."""
_PARAGRAPHS = frozenset(
    (
        "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "dl", "dt", "dd", "section", "article",
        "main", "body", "html", "blockquote", "center", "table", "tbody", "thead", "tfoot", "tr", "td", "th", "pre",
        "address", "figure", "figcaption", "fieldset", "form", "br", "hr", "caption",
    )
)  # fmt: skip
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])", re.I)
_CENTRED = re.compile(r"text-align\s*:\s*center", re.I)
_FOOT_NAME = re.compile(r"(?:^|[\s_-])(?:foot|footer|copyright|bottom)(?:$|[\s_-])", re.I)
"""Names of the element at the foot of a page of a portal."""
_STRUCK = re.compile(r"text-decoration[^;]*line-through", re.I)
_SPACES = re.compile(r"[ \t\r\n\f]+")
_DOCUMENT_LINK = re.compile(r"\.(?:docx?|wps|pdf|ofd|xlsx?|et|zip|rar|txt)(?:[?#].*)?$", re.I)
_MIN_PARAGRAPHS = 3
"""Paragraphs in a cell that show that its table only arranges the page."""


def read_web_page(name: str, content: bytes, charset: str = "") -> Manuscript:
    """Return the shown text of a web page. Raises IntakeError if it has none, or its encoding is not known."""
    declared = _CHARSET.search(content[:8192]) or _DECLARED.match(content[:200])
    text, remarks = decoded(name, content, charset or (declared[1].decode("ascii") if declared else ""))
    text = text.replace("\0", "")
    reader = _Reader()
    reader.read(page_tree(text))
    if not reader.parts:
        raise IntakeError(
            f"{name} 这个网页里没有文字，可能要用脚本才显示。请在浏览器里打开，另存为 PDF 再试。"
        )
    return Manuscript(
        name, tuple(reader.parts), tuple(reader.omissions), remarks=remarks, count=tuple(count_page(text))
    )


def read_web_archive(name: str, content: bytes) -> Manuscript:
    """Return the text of the page in a web archive (.mht, RFC 2557). Raises IntakeError if it has none."""
    message = email.message_from_bytes(content, policy=email.policy.default)
    for part in message.walk():
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            page = part.get_payload(decode=True)
            if isinstance(page, bytes):
                return read_web_page(name, page, str(part.get_content_charset() or ""))
    raise IntakeError(f"{name} 这个网页归档里没有网页。请在浏览器里打开，另存为 .html 再试。")


@dataclass(slots=True)
class _Words:
    """The words of a paragraph while they are collected."""

    text: str = ""
    strong: list[tuple[int, int]] = field(default_factory=list[tuple[int, int]])
    marks: list[Mark] = field(default_factory=list[Mark])
    linked: int = 0
    """Characters in links."""


class _Reader:
    """Walks through a page and collects its parts; keeps the paragraph that is open."""

    def __init__(self, is_in_cell: bool = False) -> None:
        self._is_in_cell = is_in_cell
        self.parts: list[Part] = []
        self.omissions: list[Omission] = []
        self._words = _Words()
        self._label = ""
        self._level = 0
        self._is_centred = False
        self._has_text = False
        self._article: Article | None = None
        self._begin = self._end_of_article = 0
        self._buttons: list[int] = []
        """Where lines of the portal stood among the parts."""

    def read(self, root: PageElement) -> None:
        """Read the whole page."""
        title = next((each for each in root.descendants() if each.name == "title"), None)
        if title is not None and title.text().strip():
            self.omissions.append(
                Omission(_SPACES.sub(" ", title.text()).strip(), PLACE, "浏览器标签上的标题")
            )
        self._article = None if self._is_in_cell else article_of(root)
        self._children(root)
        self._end()
        if self._article is not None:
            self.parts, around = without_page(
                self.parts, self._begin, self._end_of_article, self._buttons, self._article.titles
            )
            self.omissions += around
        if not self._is_in_cell:
            self.parts, around = without_portal_name(root, self.parts)
            self.omissions += around
        self.parts, omissions = without_portal(self.parts, is_cell=self._is_in_cell)
        self.omissions += omissions

    def _children(
        self, element: PageElement, is_strong: bool = False, position: str = "", is_link: bool = False
    ) -> None:
        number = _start(element)
        for child in element.children:
            if isinstance(child, str):
                self._add(child, is_strong, position, is_link, element.name == "pre")
                continue
            if child.name == "li" and element.name == "ol":
                self._end()
                self._label = f"{number}."
                number += 1
            self._element(child, is_strong, position, is_link)

    def _element(self, element: PageElement, is_strong: bool, position: str, is_link: bool) -> None:
        name = element.name
        if name in _WITHOUT_TEXT or name == "title":
            if name == "head":
                self._children_of_head(element)
            return
        is_around = self._article is not None and id(element) in self._article.around
        if reason := "" if is_around else _reason_aside(element):
            self._buttons.append(len(self.parts))
            lines = (line.strip() for line in _shown(element).split("\n"))
            if words := "\n".join(filter(None, lines)):
                self.omissions.append(Omission(words, PLACE, reason))
            return
        if name == "img":
            self._picture(element)
            return
        is_block = name in _PARAGRAPHS
        if is_block:
            self._end()
        if name == "table" and not _only_arranges(element):
            self._table(element)
            return
        outer = self._level, self._is_centred
        if re.fullmatch("h[2-6]", name):
            self._level = int(name[1]) - 1
        if name in ("h1", "center") or element.attributes.get("align", "").lower() == "center":
            self._is_centred = True
        if is_block and (style := element.attributes.get("style")):
            self._is_centred = bool(_CENTRED.search(style)) or (
                self._is_centred and "text-align" not in style
            )
        if self._article is not None and element is self._article.element:
            self._begin = len(self.parts)
        self._children(
            element,
            is_strong or name in ("b", "strong"),
            {"sup": SUPER, "sub": SUB}.get(name, position),
            is_link or (name == "a" and not _DOCUMENT_LINK.search(element.attributes.get("href", ""))),
        )
        if is_block:
            self._end()
        if self._article is not None and element is self._article.element:
            self._end_of_article = len(self.parts)
        self._level, self._is_centred = outer

    def _children_of_head(self, head: PageElement) -> None:
        """Read what stands in a head that was never closed."""
        for child in head.elements():
            if child.name not in ("title", "meta", "link", "base"):
                self._element(child, False, "", False)

    def _picture(self, element: PageElement) -> None:
        alternative = element.attributes.get("alt", "").strip()
        reason = f"图片没有转入{f'（说明：{alternative}）' if alternative else ''}，要刊登的请从网页另存"
        self.omissions.append(Omission("（图）", PLACE, reason))

    def _add(self, text: str, is_strong: bool, position: str, is_link: bool, is_exact: bool) -> None:
        words = self._words
        text = text.replace("\xa0", " ") if is_exact else _SPACES.sub(" ", text.replace("\xa0", " "))
        if words.text.endswith(" ") or not words.text:
            text = text.lstrip(" ")
        if is_exact:
            *lines, text = text.split("\n")
            for line in lines:
                self._words.text += line
                self._end()
            words = self._words
        if not text:
            return
        start = len(words.text)
        words.text += text
        if is_strong and text.strip():
            words.strong.append((start, len(words.text)))
        if position and text.strip():
            words.marks.append(Mark(start, len(words.text), position))
        words.linked += len(text.strip()) if is_link else 0

    def _end(self) -> None:
        """End the paragraph that is open."""
        words, self._words = self._words, _Words()
        text = words.text.rstrip()
        bare = text.strip(" \u3000")
        if not bare:
            return
        place = f"{PLACE}的第{len(self.parts) + 1}段"
        label, self._label = self._label, ""
        reason = "" if self._is_in_cell else portal_reason(bare, words.linked, self._has_text)
        if reason:
            self.omissions.append(Omission(text, PLACE, reason))
            self._buttons.append(len(self.parts))
        else:
            shift = len(label)
            self._has_text = self._has_text or bare.endswith(("。", "：", ":"))
            self.parts.append(
                Line(
                    label + text,
                    place,
                    centred=self._is_centred,
                    strong=tuple(
                        (a + shift, min(b, len(text)) + shift) for a, b in words.strong if a < len(text)
                    ),
                    level=self._level,
                    doubts=tuple(odd_characters(text)),
                    marks=tuple(
                        replace(mark, start=mark.start + shift, end=min(mark.end, len(text)) + shift)
                        for mark in words.marks
                        if mark.start < len(text)
                    ),
                )
            )

    def _table(self, table: PageElement) -> None:
        place = f"{PLACE}的第{len(self.parts) + 1}段（表格）"
        caption = next((each for each in table.elements() if each.name == "caption"), None)
        if caption is not None:
            self._element(caption, False, "", False)
        rows = [[self._cell(cell) for cell in row] for row in _rows(table)]
        columns = _width(rows)
        if columns > MAX_COLUMNS or len(rows) > MAX_ROWS:
            raise IntakeError(
                f"网页里的一张表有 {columns} 栏、{len(rows)} 行，超过 {MAX_COLUMNS} 栏或 {MAX_ROWS} 行，不像公文的表格，没有转换。"
                "请只留要刊登的部分再试。"
            )
        texts = [cell.text for row in rows for cell in row if cell.text.strip()]
        if texts:
            heads = [_is_head(row) for row in _rows(table)]
            head_rows = heads.index(False) if False in heads else 0
            self.parts.append(Grid(tuple(tuple(row) for row in rows), columns, place, head_rows))

    def _cell(self, cell: PageElement) -> GridCell:
        inner = _Reader(is_in_cell=True)
        inner.read(PageElement("", {}, cell.children))
        self.omissions += inner.omissions
        text, marks, doubts = "", list[Mark](), list[str]()
        for part in inner.parts:
            if isinstance(part, Line):
                text += "\n" if text else ""
                marks += (
                    replace(each, start=each.start + len(text), end=each.end + len(text))
                    for each in part.marks
                )
                doubts += part.doubts
                text += part.text
            elif isinstance(part, Grid):
                doubts.append("这一格里套着表格，改成了几行文字")
                words = ("　".join(each.text for each in row) for row in part.rows)
                text += ("\n" if text else "") + "\n".join(words)
        return GridCell(
            text,
            _span(cell, "rowspan"),
            min(_span(cell, "colspan"), MAX_COLUMNS + 1),
            tuple(doubts),
            tuple(marks),
        )


def _start(element: PageElement) -> int:
    start = element.attributes.get("start", "").strip()
    return int(start) if element.name == "ol" and start.isdecimal() and len(start) < 6 else 1


def _reason_aside(element: PageElement) -> str:
    """Return why the words of ``element`` are not text of the document; empty where they are."""
    attributes = element.attributes
    style = attributes.get("style", "")
    if "hidden" in attributes or _HIDDEN_STYLE.search(style):
        return "网页上隐藏的文字"
    if _STRUCK.search(style):
        return "加了删除线的文字"
    if element.name in ("header", "form") and any(
        each.name in ("h1", "p", "article") for each in element.descendants()
    ):
        return ""
    if element.name == "div" and _FOOT_NAME.search(
        f"{attributes.get('class', '')} {attributes.get('id', '')}"
    ):
        words = _shown(element)
        is_foot = are_of_imprint(words.split("\n")) or (is_imprint_alone(words) and "。" not in words)
        return FOOT if is_foot else ""
    return _ASIDE.get(element.name, "")


def _shown(element: PageElement) -> str:
    """Return the words of ``element`` without those of scripts, with a line end after each block."""
    words = ""
    for each in element.children:
        if isinstance(each, str):
            words += _SPACES.sub(" ", each)
        elif each.name not in _WITHOUT_TEXT:
            edge = "\n" if each.name in _PARAGRAPHS or each.name == "option" else ""
            words += edge + _shown(each) + edge
    return words


def _rows(table: PageElement) -> list[list[PageElement]]:
    """Return the cells of ``table`` by row."""
    groups = [table, *(each for each in table.elements() if each.name in ("thead", "tbody", "tfoot"))]
    rows = [row for group in groups for row in group.elements() if row.name == "tr"]
    shown = [row for row in rows if not _reason_aside(row)]
    return [[cell for cell in row.elements() if cell.name in ("td", "th")] for row in shown]


def _is_head(row: list[PageElement]) -> bool:
    return bool(row) and all(cell.name == "th" for cell in row)


def _only_arranges(table: PageElement) -> bool:
    """Tell whether ``table`` arranges the page: it has other tables in it, one column, or a cell with an article."""
    rows = _rows(table)
    return (
        any(each.name == "table" for each in table.descendants())
        or all(len(row) <= 1 for row in rows)
        or any(
            sum(each.name == "p" for each in cell.descendants()) >= _MIN_PARAGRAPHS and len(rows) <= 2
            for row in rows
            for cell in row
        )
    )


def _span(cell: PageElement, name: str) -> int:
    value = cell.attributes.get(name, "").strip()
    return max(int(value), 1) if value.isdecimal() and len(value) < 6 else 1


def _width(rows: list[list[GridCell]]) -> int:
    """Return the columns of a table, with those that cells of rows above reach down into."""
    width = 0
    reaching: list[tuple[int, int]] = []
    for row in rows:
        down = sum(columns for left, columns in reaching if left > 0)
        width = max(width, down + sum(cell.colspan for cell in row))
        reaching = [(left - 1, columns) for left, columns in reaching if left > 1]
        reaching += [(cell.rowspan - 1, cell.colspan) for cell in row if cell.rowspan > 1]
    return width
