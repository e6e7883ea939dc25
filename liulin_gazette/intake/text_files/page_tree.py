"""The elements of a web page as a tree, however badly its tags are closed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

_VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    ]
)
_CLOSES = {
    "p": ("p",),
    "li": ("li", "p"),
    "tr": ("td", "th", "tr", "p"),
    "td": ("td", "th", "p"),
    "th": ("td", "th", "p"),
    "option": ("option",),
    "dt": ("dt", "dd", "p"),
    "dd": ("dt", "dd", "p"),
}
"""Which open elements end where one of a name begins."""
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "center",
        "div",
        "dl",
        "fieldset",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "main",
        "nav",
        "ol",
        "pre",
        "section",
        "table",
        "ul",
    ]
)
"""Elements that end a paragraph."""
_FENCES = {
    "li": ("ul", "ol"),
    "p": ("td", "th", "li", "div", "section", "article", "body"),
    "option": ("select",),
}
_TABLE_FENCE = ("table",)
_MAX_DEPTH = 150
"""Elements within one another; deeper ones are taken as their parents' children."""


@dataclass(slots=True)
class PageElement:
    """An element of a web page."""

    name: str
    attributes: dict[str, str]
    children: list[PageElement | str] = field(default_factory=list["PageElement | str"])

    def elements(self) -> Iterator[PageElement]:
        """Yield the elements among the children."""
        return (each for each in self.children if isinstance(each, PageElement))

    def descendants(self) -> Iterator[PageElement]:
        """Yield all elements within this one, in their order."""
        for each in self.elements():
            yield each
            yield from each.descendants()

    def text(self) -> str:
        """Return all text within the element, spaces as in the file."""
        return "".join(each if isinstance(each, str) else each.text() for each in self.children)


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = PageElement("", {})
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._end_before(tag)
        element = PageElement(tag, {key: value or "" for key, value in attrs})
        self._open[-1].children.append(element)
        if tag not in _VOID and len(self._open) < _MAX_DEPTH:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = PageElement(tag, {key: value or "" for key, value in attrs})
        self._open[-1].children.append(element)

    def handle_endtag(self, tag: str) -> None:
        for index in range(len(self._open) - 1, 0, -1):
            if self._open[index].name == tag:
                del self._open[index:]
                return
            if self._open[index].name in ("td", "th", "table") and tag not in (
                "td",
                "th",
                "tr",
                "table",
                "tbody",
            ):
                return

    def handle_data(self, data: str) -> None:
        self._open[-1].children.append(data)

    def _end_before(self, tag: str) -> None:
        """End the open elements that cannot hold an element ``tag``."""
        closes = ("p",) if tag in _BLOCKS else _CLOSES.get(tag, ())
        fences = _FENCES.get(tag, _TABLE_FENCE)
        for index in range(len(self._open) - 1, 0, -1):
            name = self._open[index].name
            if name in fences and name not in closes:
                return
            if name in closes:
                del self._open[index:]
                if tag not in ("tr", "td", "th"):
                    return


def page_tree(text: str) -> PageElement:
    """Return the root of the elements of the web page ``text``."""
    builder = _Builder()
    builder.feed(text)
    builder.close()
    return builder.root
