"""The texts of the gazette itself: what its settings, an issue's settings and its record say on pages.

Documents have theirs in ``published_texts``. These come from TOML files whole, so that no setting is forgotten.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from liulin_gazette.model.diagnostics import Place
from liulin_gazette.model.gazette import Gazette
from liulin_gazette.model.publication import Issue

NOT_PRINTED = ("文件", "内容说明", "代码", "理由")
"""Keys of issue.toml whose texts no printed page shows."""
NOT_SHOWN = ("文件", "代码", "文字", "文件名前缀", "网址", "读音")
"""Keys whose texts neither a printed page nor a page of the site shows: names of files, codes, addresses."""


@dataclass(frozen=True, slots=True)
class OwnText:
    """A text of the gazette itself."""

    key: str
    """The setting that has it, or 理由 for the reason of a change after publication."""
    text: str
    place: Place
    """Where its first character stands."""

    def at(self, offset: int) -> Place:
        """Return the place of the character at ``offset``."""
        before, line_end, last_line = self.text[:offset].rpartition("\n")
        if not line_end:
            return replace(self.place, column=self.place.column + offset)
        return Place(self.place.path, self.place.line + before.count("\n") + 1, len(last_line) + 1)


def printed_values(gazette: Gazette, issue: Issue) -> tuple[str, ...]:
    """Return the settings whose words printed pages of ``issue`` show; ``gazette`` has those that hold for it.

    Lines of the imprint that issue.toml replaces are left out.
    """
    cover, printing = gazette.back_cover, gazette.printing
    replaced = {name for name, _ in issue.faces.imprint}
    return (
        gazette.name,
        gazette.romanised_name,
        gazette.publisher,
        gazette.frequency,
        gazette.site_label,
        gazette.distribution,
        *cover.slogan,
        cover.motto,
        cover.address,
        cover.postcode,
        cover.phone,
        *(name + value for name, value in printing.inside_cover if name not in replaced),
        "" if issue.faces.permit else printing.permit,
    )
