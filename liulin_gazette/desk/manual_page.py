"""A page of the manual: a document of the program's folder docs, with its contents and with links that work at the desk."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from liulin_gazette.source.folder import read_plain_file

DOCS = "docs"
ADDRESS = "/manual/"
RULES = "规则"
"""Folder in ``DOCS`` with the pages of rules."""
_PAGE = re.compile(rf"(?:{RULES}/)?[\w-]+")
_PICTURE = re.compile(r"images/[\w-]+\.(?:png|jpg|svg)")
_NOT_IN_NAMES = re.compile(r"[^\w\- ]")
_REMARK = re.compile(r"<!--.*?-->\s*", re.DOTALL)
_DEEPEST = 3
"""Level of the headings that the contents list."""
_MARKDOWN = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable("table")
"""Escapes what looks like HTML, makes no link to a script, and keeps the ends of lines, which end sentences there."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading below the title."""

    level: int
    name: str
    """By which a link leads to it."""
    title: str


@dataclass(frozen=True, slots=True)
class ManualPage:
    """A document of the manual, as HTML."""

    title: str
    headings: tuple[Heading, ...]
    text: Markup


def manual_page(root: Path, name: str) -> ManualPage | None:
    """Return the document ``name`` (编辑手册, 规则/T) of the project folder ``root``; None where there is none."""
    source = _text(root, name)
    if source is None:
        return None
    tokens = _MARKDOWN.parse(_REMARK.sub("", source))
    if tokens and tokens[0].type == "heading_open" and tokens[0].tag == "h1":
        title, tokens = tokens[1].content, tokens[3:]
    else:
        title = name
    headings = tuple(_named(tokens))
    for token in tokens:
        token.children = list(_followed(root, name, token.children)) if token.children else token.children
    return ManualPage(title, headings, Markup(_MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {})))


def manual_title(root: Path, name: str) -> str:
    """Return the title of the document ``name``; empty where there is none."""
    first = next(iter(_REMARK.sub("", _text(root, name) or "").splitlines()), "")
    return first.removeprefix("# ")


def manual_picture(root: Path, path: str) -> bytes | None:
    """Return the picture at ``path`` (images/proof.png) of the manual; None where there is none."""
    return _read(root, path) if _PICTURE.fullmatch(path) else None


def page_names(root: Path) -> tuple[str, ...]:
    """Return the names of the documents in ``DOCS``, of rules only their list, in the order of their names."""
    try:
        found = sorted(file.stem for file in (root / DOCS).glob("*.md"))
    except OSError:
        return ()
    return tuple(name for name in (*found, f"{RULES}/README") if _text(root, name) is not None)


def _text(root: Path, name: str) -> str | None:
    content = _read(root, f"{name}.md") if _PAGE.fullmatch(name) else None
    return None if content is None else content.decode("utf-8", "replace")


def _read(root: Path, path: str) -> bytes | None:
    try:
        return read_plain_file(root, f"{DOCS}/{path}")
    except OSError:
        return None


def _named(tokens: Sequence[Token]) -> Iterator[Heading]:
    """Give each heading the name that links between documents use, that of GitHub, and yield those of the contents."""
    used: dict[str, int] = {}
    for number, token in enumerate(tokens):
        if token.type != "heading_open":
            continue
        title = "".join(
            each.content for each in tokens[number + 1].children or () if each.type in ("text", "code_inline")
        )
        name = _NOT_IN_NAMES.sub("", title.lower()).replace(" ", "-")
        count = used.get(name, 0)
        used[name] = count + 1
        name = f"{name}-{count}" if count else name
        token.attrSet("id", name)
        if int(token.tag[1:]) <= _DEEPEST:
            yield Heading(int(token.tag[1:]), name, title)


def _followed(root: Path, name: str, tokens: Sequence[Token]) -> Iterator[Token]:
    """Yield ``tokens`` of a line with links and pictures at their addresses; a link that leads nowhere is its words."""
    open_links: list[bool] = []  # Of each link that is open here, whether it leads somewhere.
    for token in tokens:
        if token.type == "link_open":
            address = _address(root, name, str(token.attrGet("href") or ""))
            open_links.append(bool(address))
            token.attrSet("href", address)
            if "//" in address:
                token.attrSet("target", "_blank")
                token.attrSet("rel", "noopener noreferrer")
        elif token.type == "image":
            path = _path(name, str(token.attrGet("src") or ""))
            if manual_picture(root, path) is None:
                yield Token("text", "", 0, content=token.content)
                continue
            token.attrSet("src", ADDRESS + quote(path))
        if token.type not in ("link_open", "link_close") or (
            open_links[-1] if token.type == "link_open" else open_links.pop()
        ):
            yield token


def _address(root: Path, name: str, target: str) -> str:
    """Return where a link of the document ``name`` to ``target`` leads at the desk; empty where nowhere."""
    if target.startswith("#") or target.startswith(("https://", "http://")):
        return target
    path, page = _path(name, target), ""
    if path.endswith(".md") and _text(root, path.removesuffix(".md")) is not None:
        page = f"{ADDRESS}{quote(path.removesuffix('.md'))}/"
    fragment = urlsplit(target).fragment
    return f"{page}#{fragment}" if page and fragment else page


def _path(name: str, target: str) -> str:
    """Return the path in ``DOCS`` of ``target``, which the document ``name`` names; it may lead out of it."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(urlsplit(target).path)))
