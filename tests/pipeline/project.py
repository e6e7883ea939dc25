"""A synthetic archive for random edits: finds, reads and changes its files."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from pathlib import Path

from tests.synthetic_archive import CODES, NOUNS, VERBS

RARE = "龘囍丼頔爕"
"""Characters that are left out of prepared fonts unless a text uses them."""
COUNTY = "示例县"
_FILE_LIST = r'^"文件" = \[(.*)\]$'


@dataclass(frozen=True)
class Project:
    """A project folder, and the random generator that chooses what to edit."""

    root: Path
    chance: random.Random

    @property
    def content(self) -> Path:
        return self.root / "content"

    @property
    def settings(self) -> Path:
        return self.content / "gazette.toml"

    def issues(self) -> list[Path]:
        """Return the folders of the issues, oldest first."""
        return sorted((file.parent for file in self.content.glob("*/issue.toml")), key=year_and_number)

    def issue(self) -> Path:
        return self.chance.choice(self.issues())

    def document(self) -> Path:
        return self.chance.choice([file for issue in self.issues() for file in documents(issue)])

    def number(self) -> str:
        """Return a document's number, at times one that is not in the archive."""
        if self.chance.random() < 0.2:
            return f"{self.chance.choice(CODES)}〔2024〕{self.chance.randint(1, 9)}号"
        return number_of(self.document())

    def words(self) -> str:
        rare = self.chance.choice(RARE) if self.chance.random() < 0.2 else ""
        return self.chance.choice(VERBS) + "".join(self.chance.sample(NOUNS, 2)) + rare

    def serial(self) -> int:
        return self.chance.randint(100, 160)


def year_and_number(folder: Path) -> tuple[int, ...]:
    return tuple(map(int, folder.name.split("-")))


def documents(issue: Path) -> list[Path]:
    """Return the documents of an issue in print order."""
    return [issue / name for name in listed_names(issue)]


def listed_names(issue: Path) -> list[str]:
    match = re.search(_FILE_LIST, (issue / "issue.toml").read_text("utf-8"), re.M)
    assert match
    return re.findall(r'"([^"]+)"', match[1])


def list_documents(issue: Path, names: list[str]) -> None:
    edit(issue / "issue.toml", _FILE_LIST, '"文件" = [' + ", ".join(f'"{name}"' for name in names) + "]")


def edit(file: Path, pattern: str, new: str) -> None:
    """Replace the first match of ``pattern`` in ``file`` by ``new``."""
    file.write_text(re.sub(pattern, lambda _: new, file.read_text("utf-8"), count=1, flags=re.M), "utf-8")


def number_of(file: Path) -> str:
    return value_of(file, "发文字号")


def value_of(file: Path, key: str) -> str:
    match = re.search(rf"^ *{key}: (.+)$", file.read_text("utf-8"), re.M)
    assert match
    return match[1]


def put(file: Path, key: str, value: str = "") -> None:
    """Set ``key`` of the front matter to the YAML ``value``; remove it if that is empty."""
    head, dashes, body = file.read_text("utf-8").partition("\n---\n")
    head = re.sub(rf"\n{key}:.*(?:\n .*)*", "", head)
    file.write_text(head + (f"\n{key}:{value}" if value else "") + dashes + body, "utf-8")


def toggle(project: Project, file: Path, key: str, value: str) -> None:
    put(file, key, value if project.chance.random() < 0.7 else "")
