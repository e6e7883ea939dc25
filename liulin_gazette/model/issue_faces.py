"""What an issue shows beside its documents: the picture on its cover, its inside covers, picture pages, imprint."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

INSIDE_FRONT, INSIDE_BACK = "封二", "封三"
"""The inside of the cover, and of the back cover."""
MASTHEAD = "刊头"
"""The page after the inside cover, with the name, the date and the distribution list."""
SEPARATE_PAGE = "另页"
"""The value of 目录位置 for contents on pages of their own."""
PLAIN_COVER, HIGHLIGHTS_COVER, PICTURE_COVER = "素面", "要目", "图片"
"""The values of 封面样式: the name and the number alone, the main documents below them, or a picture from edge to edge."""
COVER_LINES = ("总期号", "出版日期")
"""What the cover can show below the number of the issue, if 印刷 says so."""
Imprint = tuple[tuple[str, str], ...]
"""Lines of the 版权页: names, with their full-width colon, and values."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of an issue."""

    file: str
    """Its project path."""
    alternative: str
    """内容说明, for those who do not see it."""
    caption: str = ""
    """图题; empty where there is none."""


@dataclass(frozen=True, slots=True)
class InsidePage:
    """封二 or 封三, as issue.toml has it; the imprint may be printed on it too."""

    title: str = ""
    paragraphs: tuple[str, ...] = ()
    picture: Picture | None = None

    @property
    def is_empty(self) -> bool:
        """Whether issue.toml says nothing of it."""
        return not (self.title or self.paragraphs or self.picture)


@dataclass(frozen=True, slots=True)
class PicturePage:
    """图片页: a page of pictures with captions."""

    title: str
    pictures: tuple[Picture, ...]


@dataclass(frozen=True, slots=True)
class IssueFaces:
    """What issue.toml says of the issue itself."""

    cover_picture: Picture | None = None
    inside_front: InsidePage = InsidePage()
    inside_back: InsidePage = InsidePage()
    picture_pages: tuple[PicturePage, ...] = ()
    imprint: Imprint = ()
    """Lines of the 版权页 of this issue: each replaces that of the same name in gazette.toml, or is added."""
    permit: str = ""
    """准印证号 of this issue; empty where that of gazette.toml holds."""
    highlights: tuple[str, ...] = ()
    """要目: names of the files that a cover with highlights lists, in this order; empty for as many as it has room for."""

    @property
    def pictures(self) -> tuple[Picture, ...]:
        """All pictures, in the order of the pages."""
        return tuple(self._pictures())

    def _pictures(self) -> Iterator[Picture]:
        for each in (self.cover_picture, self.inside_front.picture):
            if each:
                yield each
        for page in self.picture_pages:
            yield from page.pictures
        if self.inside_back.picture:
            yield self.inside_back.picture


def merged_imprint(general: Imprint, of_issue: Imprint) -> Imprint:
    """Return the lines ``general`` with those ``of_issue`` in place of the same names, the others after them."""
    own = dict(of_issue)
    known = {name for name, _ in general}
    return (
        *((name, own.get(name, value)) for name, value in general),
        *((name, value) for name, value in of_issue if name not in known),
    )
