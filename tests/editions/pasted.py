"""What a test reads of a page that is copied into another editor: its elements, their attributes and its words."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from html.parser import HTMLParser

from liulin_gazette.editions.edition import EditionSource
from liulin_gazette.model.document import FullText
from tests.test_published_texts import squeezed

VOID = frozenset(("br", "col", "img", "meta", "link"))


@dataclass
class Markup(HTMLParser):
    """The elements of a piece of HTML in their order, and all that is read of it."""

    elements: list[tuple[str, dict[str, str]]] = field(default_factory=list[tuple[str, dict[str, str]]])
    words: list[str] = field(default_factory=list[str])
    open: list[str] = field(default_factory=list[str])

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        self.words.append(dict(attrs).get("alt") or "")
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def read(self) -> str:
        """All words, without spaces."""
        return squeezed("".join(self.words))


def markup(html: str) -> Markup:
    """Return the elements and the words of ``html``, of which every element is closed."""
    parser = Markup()
    parser.feed(html)
    parser.close()
    assert parser.open == []
    return parser


def copied_part(page: bytes) -> str:
    """Return what is copied of the page of an article."""
    return page.decode().split('<main id="copied">')[1].split("</main>")[0]


def with_first(source: EditionSource, document: FullText) -> EditionSource:
    """Return ``source`` with ``document`` in place of the first of its issue."""
    section = source.issue.sections[0]
    sections = (
        replace(section, documents=(document, *section.documents[1:])),
        *source.issue.sections[1:],
    )
    return replace(source, issue=replace(source.issue, sections=sections))
