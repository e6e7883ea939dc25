"""Rules about the people in 名单 (codes C012, C013)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from liulin_gazette.check.annotations import AnnotatedDocument
from liulin_gazette.check.passages import Passage
from liulin_gazette.check.rule import Finding, Findings
from liulin_gazette.model.blocks import RosterEntry

CONCURRENT = "（兼）"


@dataclass(frozen=True, slots=True)
class Holding:
    """A person with a post, as listed in a roster."""

    path: str
    """Project path of the document."""
    entry: RosterEntry

    @property
    def name(self) -> str:
        """The name without （兼）."""
        return self.entry.name.removesuffix(CONCURRENT).replace(" ", "").replace("　", "")

    @property
    def passage(self) -> Passage:
        """The field of the line that holds the name."""
        field = 1 if self.entry.role else 0
        return Passage("roster", self.entry.name, self.path, self.entry.line, field=field)


def _holdings(annotated: AnnotatedDocument) -> list[Holding]:
    return [
        Holding(annotated.document.path, entry) for roster in annotated.rosters for entry in roster.entries
    ]


def people_have_one_post(documents: Sequence[AnnotatedDocument]) -> Findings:
    """C012: within an issue a person has one post."""
    posts: dict[str, dict[str, Holding]] = defaultdict(dict)
    for annotated in documents:
        for holding in _holdings(annotated):
            if holding.entry.post:
                posts[holding.name].setdefault(holding.entry.post, holding)
    for name, by_post in posts.items():
        (first, holding), *others = by_post.items()
        for post, other in others:
            yield Finding(
                other.passage.at(),
                f"“{name}”在这里是“{post}”，在另一处是“{first}”。",
                f"另一处：{holding.path} 第 {holding.entry.line} 行。核对是否同名、是否调任。",
                name,
            )


def concurrent_people_have_a_post(annotated: AnnotatedDocument) -> Findings:
    """C013: a person marked （兼） has another post in the document."""
    holdings = _holdings(annotated)
    with_post = {holding.name for holding in holdings if holding.entry.post}
    for holding in holdings:
        if holding.entry.name.endswith(CONCURRENT) and holding.name not in with_post:
            yield Finding(
                holding.passage.at(),
                f"“{holding.entry.name}”注明兼任，本文别处没有其本职。",
                "核对原件，看是否漏录一行，或姓名有误。",
                holding.name,
            )
