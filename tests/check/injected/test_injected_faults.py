"""Mistakes of typists made in clean documents, kind by kind: how many of each are found.

Each kind has a floor, a little below what was measured; to see the rates: ``python -m tests.check.injected.measurement``.
"""

from __future__ import annotations

import pytest

from liulin_gazette.model.diagnostics import Severity
from tests.check.injected.clean_documents import PROJECTS, clean_documents, findings_in
from tests.check.injected.floors import FLOORS
from tests.check.injected.measurement import KINDS, MANY, SAMPLE, rate
from tests.conftest import ROOT

LEAST_KINDS = 40
LEAST_MEAN = 0.75
"""Of the shares that are found of each kind."""


@pytest.fixture(scope="session")
def shares(request: pytest.FixtureRequest) -> dict[str, float]:
    """The share of each kind's mistakes that is found; of many more mistakes with ``--long``."""
    wanted = MANY if request.config.getoption("--long") else SAMPLE
    return {kind.name: rate(kind, wanted).share for kind in KINDS}


def test_each_kind_is_found_as_often_as_it_was(shares: dict[str, float]) -> None:
    low = {name: (share, FLOORS[name]) for name, share in shares.items() if share < FLOORS[name]}
    assert not low, low


def test_three_quarters_are_found(shares: dict[str, float]) -> None:
    assert sum(shares.values()) / len(shares) >= LEAST_MEAN


def test_there_are_many_kinds_each_with_a_floor() -> None:
    names = [kind.name for kind in KINDS]
    assert len(names) == len(set(names)) >= LEAST_KINDS and set(names) == set(FLOORS)


def test_the_documents_written_for_this_are_clean() -> None:
    own = [each for each in clean_documents() if each.folder.path.startswith("content/2026-2")]
    assert len(own) >= 10 and PROJECTS[-1] == ROOT / "tests/check/injected"
    found = [
        (document.name, each.code, each.message)
        for document in own
        for each in findings_in(document, document.text)
        if each.severity is not Severity.NOTE
    ]
    assert not found


def test_the_docs_have_each_kind_with_its_floor() -> None:
    page = (ROOT / "docs/校核能力.md").read_text("utf-8")
    rows = [line.split(" | ") for line in page.split("\n") if line.startswith("| ") and "%" in line]
    stated = {name.removeprefix("| "): (now, floor.removesuffix(" |")) for name, _, now, floor in rows}
    assert {name: floor for name, (_, floor) in stated.items()} == {
        name: f"{floor:.0%}" for name, floor in FLOORS.items()
    }
    assert all(int(now[:-1]) >= int(floor[:-1]) for now, floor in stated.values())
