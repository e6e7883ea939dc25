"""The account of a manuscript: what an independent count found, and where each of its characters is."""

from __future__ import annotations

from dataclasses import dataclass

MISSING, EXTRA, MOVED = "少", "多", "次序"
NOT_COUNTED = "这个文件没有做成字数账，缺字、多字没有查，请对照原件逐字核对。"
"""The remark about a file that cannot be read a second time; what was read stays right."""


@dataclass(frozen=True, slots=True)
class SourceText:
    """A passage of a manuscript as a count found it that is independent of the reader: all of its characters."""

    text: str
    place: str
    """Position in the manuscript, for people; the same as that of the reader's parts where both count alike."""
    story: str = ""
    """What it belongs to beside the running text (页眉, 脚注, 文本框), where its place among others says nothing."""
    is_added_to: bool = False
    """Whether the manuscript shows more than its characters: an automatic number, a symbol, an equation's signs."""
    is_piece: bool = False
    """Whether it may be a part of a paragraph: what a file with pages has between two spaces."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Characters that are in the manuscript and nowhere else, in a draft only, or out of their order."""

    kind: str
    text: str
    place: str
    """In the manuscript; empty for what only a draft has."""
    draft: int
    """Index of the draft that it stands in or belongs to."""
    line: int
    """Line of the draft's body after which it belongs; 0 for its beginning."""


@dataclass(frozen=True, slots=True)
class Account:
    """How many characters, without spaces, the manuscript has, and where they are; each figure is counted by itself."""

    source: int
    drafted: int
    """Characters of the drafts' texts and of their front matter, without automatic numbers."""
    left_out: int
    differences: tuple[Difference, ...]
    unexplained: int = 0
    """Letters by which the account does not add up."""

    @property
    def difference(self) -> int:
        """Return how many characters are missing, in a draft only, or out of their order."""
        return sum(len(each.text) for each in self.differences) + abs(self.unexplained)

    @property
    def rewritten(self) -> int:
        """Return how many signs more the drafts have where signs have a form of the program's; negative for fewer."""
        missing, extra = self._of(MISSING), self._of(EXTRA)
        return self.drafted + self.left_out + missing + self.unexplained - extra - self.source

    @property
    def told(self) -> str:
        """Return the figures as a sentence for the editor."""
        kinds = ((MISSING, "少"), (EXTRA, "多"), (MOVED, "次序不同"))
        parts = [f"{words} {self._of(kind):,} 字" for kind, words in kinds if self._of(kind)]
        if self.unexplained:
            parts.append(f"对不上 {abs(self.unexplained):,} 字，请逐字核对")
        sentence = (
            f"来稿 {self.source:,} 字，草稿 {self.drafted:,} 字，"
            f"未转入 {self.left_out:,} 字，差 {self.difference:,} 字"
        )
        details = f"（{'、'.join(parts)}）" if parts else ""
        by = "多" if self.rewritten > 0 else "少"
        signs = f"标点按写法改写，{by} {abs(self.rewritten):,} 字。" if self.rewritten else ""
        return f"{sentence}{details}。{signs}"

    def _of(self, kind: str) -> int:
        return sum(len(each.text) for each in self.differences if each.kind == kind)
