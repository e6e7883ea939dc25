"""微信: each document of an issue as a page whose text is copied into the editor of an official account.

That editor keeps the style attribute of an element and drops its class, style sheets and scripts, so every part has
its style in itself. What an article has beside its text (title, digest, cover, link of the original) stands above it.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from liulin_gazette.editions.carried_characters import uncarried
from liulin_gazette.editions.edition import EditionFiles, EditionSource
from liulin_gazette.editions.excerpts import excerpt
from liulin_gazette.editions.pasted_form import Form, PastedPicture, not_held, pasted_form, pasted_pictures
from liulin_gazette.model.blocks import Table, walk
from liulin_gazette.model.diagnostics import Diagnostic, Place, Severity
from liulin_gazette.model.document import FullText
from liulin_gazette.rendering.product import Asset
from liulin_gazette.web import addresses
from liulin_gazette.web.page_pictures import wide_cover_picture

CODE = "S094"
PICTURE_TYPES = ("png", "jpg", "gif")
"""The types that the editor takes; other bitmaps become PNG."""
MOST_IN_TITLE, MOST_IN_DIGEST, MOST_IN_TEXT = 64, 120, 20_000
"""Characters of the title, the digest and the text of an article."""
MOST_IN_PICTURE = 10_000_000
"""Bytes of a picture in an article."""
_STYLE, _SCRIPT = "wechat.css", "copy.js"
_SPACE = re.compile(r"\s")


@dataclass(frozen=True, slots=True)
class _Entry:
    """A document in the list for the editor."""

    title: str
    page: str
    pictures: int
    notes: tuple[str, ...]


def wechat_pages(source: EditionSource) -> EditionFiles:
    """Return the pages of an issue below ``output/wechat``, with covers, pictures and the list of them.

    A text with a character that the editor cannot carry has no page (S090), and an SVG no picture (S090). What an
    article cannot be, or is hard to read on a phone, is told (S094) and stands on the page too.
    """
    form = pasted_form(source.environ, "wechat")
    base = f"{source.issue.name}/"
    style = "".join(source.environ.get_template(name).render() for name in ("tokens.css", f"wechat/{_STYLE}"))
    script = source.environ.get_template(f"wechat/{_SCRIPT}").render()
    assets = [Asset(base + _STYLE, style.encode()), Asset(base + _SCRIPT, script.encode())]
    found: list[Diagnostic] = []
    entries: dict[str, _Entry] = {}
    for document in source.issue.full_texts:
        if faults := tuple(uncarried((document,), "微信图文")):
            found += faults
            continue
        pictures, lacking = pasted_pictures(source, document, PICTURE_TYPES)
        article = _Article(source, form, document, pictures)
        diagnostics = [*not_held(document, lacking, "微信"), *article.limits()]
        found += diagnostics
        notes = tuple(each.message for each in diagnostics)
        assets += (Asset(f"{base}{document.slug}/{name}", content) for name, content in article.files(notes))
        page = addresses.relative(f"{document.slug}/index.html", "index.html")
        entries[document.path] = _Entry(document.listed_title, page, len(pictures), notes)
    sections = [
        (section.name, [entries[each.path] for each in section.documents if each.path in entries])
        for section in source.issue.sections
    ]
    index = source.environ.get_template("wechat/index.html").render(
        gazette=source.gazette, issue=source.issue, root="", sections=sections
    )
    return EditionFiles((Asset(f"{base}index.html", index.encode()), *assets), tuple(found))


@dataclass(frozen=True, slots=True)
class _Article:
    """A document as an article."""

    source: EditionSource
    form: Form
    document: FullText
    pictures: dict[str, PastedPicture]

    def text(self) -> str:
        """Return the part that is copied, as HTML."""
        return self.source.environ.get_template("pasted/document.html").render(**self._values())

    def files(self, notes: tuple[str, ...]) -> Iterator[tuple[str, bytes]]:
        """Yield the name and the content of each file of its folder; its page shows ``notes`` to the editor."""
        source, document = self.source, self.document
        pdf = source.document_pdfs.get(document.slug, b"")
        page = source.environ.get_template("wechat/article.html").render(
            **self._values(),
            root="../",
            notes=notes,
            title=document.listed_title[:MOST_IN_TITLE],
            digest=excerpt(document, MOST_IN_DIGEST),
            cover="cover.png" if pdf else "",
            url=original_address(source, document),
            pictures=[(each.name, each.figure.alternative) for each in self.pictures.values()],
        )
        yield "index.html", page.encode()
        if pdf:
            yield "cover.png", wide_cover_picture(pdf)
        for picture in self.pictures.values():
            yield picture.name, picture.content

    def limits(self) -> Iterator[Diagnostic]:
        """Yield what an article cannot be, and what is hard to read on a phone (S094)."""
        document = self.document
        place = document.places.get("标题", document.place)
        title = document.listed_title
        if len(title) > MOST_IN_TITLE:
            yield _note(
                place,
                f"微信的标题最多{MOST_IN_TITLE}个字，这个标题有{len(title)}个字，多的会被截去。",
                "在公众号后台写一个短的标题；正文里的标题是全的。",
            )
        length = len(_SPACE.sub("", Markup(self.text()).striptags()))
        if length > MOST_IN_TEXT:
            yield _note(
                document.place,
                f"微信的一篇最多{MOST_IN_TEXT}个字，这一份有{length}个字，放不下。",
                "分成几篇，或只发前面的部分，请读者点“阅读原文”。",
            )
        for block, _ in walk(document.blocks):
            if isinstance(block, Table) and block.columns > self.form["columns"]:
                yield _note(
                    Place(document.path, block.line, 1),
                    f"表有{block.columns}栏，手机上放不下，要左右滑动着看。",
                    "可以把表另做一幅图，或请读者点“阅读原文”看。",
                )
        for picture in self.pictures.values():
            if len(picture.content) > MOST_IN_PICTURE:
                yield _note(
                    Place(document.path, picture.figure.line, 1),
                    f"图片“{posixpath.basename(picture.figure.file)}”超过 10 MB，微信不收。",
                    "上传前缩小它。",
                )

    def _values(self) -> dict[str, object]:
        return {
            "gazette": self.source.gazette,
            "issue": self.source.issue,
            "document": self.document,
            "form": self.form,
            "figures": {file: picture.name for file, picture in self.pictures.items()},
        }


def original_address(source: EditionSource, document: FullText) -> str:
    """Return the public address of ``document``; empty while that of the site is a placeholder."""
    if source.gazette.site_url_is_placeholder:
        return ""
    return addresses.absolute(source.gazette, addresses.document_page(source.issue, document))


def _note(place: Place, message: str, hint: str) -> Diagnostic:
    return Diagnostic(CODE, Severity.NOTE, place, message, hint)
