"""Files that Word shows in the place of an altChunk: the words of web pages, plain text and Word files as lines."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from html.parser import HTMLParser

_BLOCKS = {
    "p", "div", "br", "tr", "td", "th", "li", "table", "h1", "h2", "h3", "h4", "h5", "h6", "body", "blockquote", "title",
}  # fmt: skip
_UNSHOWN = {"script", "style", "title"}
_CHARSET = re.compile(rb"charset=[\"']?([A-Za-z0-9_-]+)", re.I)


class _Page(HTMLParser):
    """Collects the text of a web page, a line for each block."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self._unshown = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a line with a block."""
        del attrs  # No attribute is text that a page shows.
        self._unshown += tag in _UNSHOWN
        self.text += "\n" if tag in _BLOCKS else ""

    def handle_endtag(self, tag: str) -> None:
        """End a line with a block."""
        self._unshown -= tag in _UNSHOWN and self._unshown > 0
        self.text += "\n" if tag in _BLOCKS else ""

    def handle_data(self, data: str) -> None:
        """Add the characters; line ends in the source of a page are spaces."""
        if not self._unshown:
            self.text += re.sub(r"[\r\n]+[ \t]*", "", data)


def embedded_lines(media_type: str, blob: bytes) -> Iterator[str]:
    """Yield the lines of text in a file of ``media_type``; none for a kind that cannot be read here."""
    text = ""
    if media_type in ("message/rfc822", "application/x-mimearchive", "multipart/related"):
        message = email.message_from_bytes(blob, policy=email.policy.default)
        for each in message.walk():
            if each.get_content_type() == "text/html":
                content: object = each.get_payload(decode=True)
                text += (
                    _of_page(content, str(each.get_content_charset() or ""))
                    if isinstance(content, bytes)
                    else ""
                )
    elif media_type in ("text/html", "application/xhtml+xml"):
        text = _of_page(blob, "")
    elif media_type == "text/plain":
        text = _decoded(blob, "")
    yield from filter(None, (line.strip() for line in text.split("\n")))


def _of_page(blob: bytes, charset: str) -> str:
    page = _Page()
    found = _CHARSET.search(blob[:2048])
    page.feed(_decoded(blob, charset or (found[1].decode("ascii") if found else "")))
    page.close()
    return page.text


def _decoded(blob: bytes, charset: str) -> str:
    """Return the text of ``blob`` in the encoding that it names, in UTF-8 or in GB 18030."""
    if blob.startswith((b"\xff\xfe", b"\xfe\xff")):
        return blob.decode("utf-16", "replace")
    for encoding in filter(None, (charset, "utf-8-sig", "gb18030")):
        try:
            return blob.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return blob.decode("gb18030", "replace")
