"""The work of a build grows with the archive, not with its square: counted in calls, never in time.

A function that looks at every document for every document is called four times as often when the documents double.
"""

from __future__ import annotations

import cProfile
import pstats
import random
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from liulin_gazette.cli import main
from tests import synthetic_archive

TEMPLATES = Path(__file__).parents[2] / "templates"
MOST_GROWTH = 2.6
"""How many times as often a function may be called for twice the documents; what is linear stays below 2."""
FEW_CALLS = 1800
"""Functions that are called less often matter to no build, and their calls may depend on single words."""
Function = tuple[str, int, str]


def short_archive(root: Path, issues: int, documents: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Write an archive of documents with one paragraph, all of its issues in one year as far as the months go."""

    def body(chance: random.Random, subject: str) -> list[str]:
        return [f"请认真落实{subject}，{chance.randint(1, 12)}月底前办结。", ""]

    monkeypatch.setattr(synthetic_archive, "_body", body)
    synthetic_archive.write_archive(root, issues, documents)
    shutil.copytree(TEMPLATES, root / "templates")


def calls(root: Path, monkeypatch: pytest.MonkeyPatch) -> Mapping[Function, int]:
    """Return how often each function of the program is called when the site of the project at ``root`` is built."""
    monkeypatch.chdir(root)
    profile = cProfile.Profile()
    assert profile.runcall(main, ["--site-only", "--jobs", "1"]) == 0
    stats: Any = pstats.Stats(profile)
    return {
        function: each[1]
        for function, each in stats.stats.items()
        if "liulin_gazette" in function[0] or "templates" in function[0]
    }


def grown(small: Mapping[Function, int], large: Mapping[Function, int]) -> list[str]:
    """Return the functions whose calls grow faster than the documents, which are twice as many in ``large``."""
    return [
        f"{Path(path).name}:{line} {name}: {small.get((path, line, name), 0)} → {count}"
        for (path, line, name), count in large.items()
        if count > FEW_CALLS and count > MOST_GROWTH * small.get((path, line, name), 0)
    ]


@pytest.mark.parametrize(
    ("small", "large"), [((1, 24), (1, 48)), ((8, 3), (16, 3))], ids=["one-issue", "many-issues"]
)
def test_twice_the_documents_are_twice_the_work(
    small: tuple[int, int],
    large: tuple[int, int],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """An issue with more documents, and an archive with more issues, cost as much more as they are larger."""
    counted: list[Mapping[Function, int]] = []
    for issues, documents in ((1, 2), small, large):  # The first build fills caches that all of them share.
        root = tmp_path / f"{issues}-{documents}"
        short_archive(root, issues, documents, monkeypatch)
        counted.append(calls(root, monkeypatch))
    capsys.readouterr()
    assert grown(*counted[1:]) == []


def test_a_square_is_told() -> None:
    """The comparison fires on what is called for every pair of documents, and not on what is called for each."""
    pairs, each = ("web/lists.py", 1, "pairs"), ("web/lists.py", 2, "each")
    small, large = {pairs: 40 * 40, each: 40 * 90}, {pairs: 80 * 80, each: 80 * 90}
    assert grown(small, large) == ["lists.py:1 pairs: 1600 → 6400"]
