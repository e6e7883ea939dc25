"""The tables in ``data``, each read when a rule first needs it.

Each is tab-separated with a line of heads; ``data/README.md`` names the source of each.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from liulin_gazette.model.diagnostics import Severity

_DATA = Path(__file__).with_name("data")
_SEVERITIES = {severity.value: severity for severity in Severity}


@dataclass(frozen=True, slots=True)
class RepealedLaw:
    """A law or regulation that is no longer in force."""

    gone_by: date
    """A day on which it was certainly no longer in force."""
    successor: str
    """The title of what replaced it; empty if nothing did."""


@dataclass(frozen=True, slots=True)
class FormerAgency:
    """The name of an agency before a reform."""

    present_name: str
    year: int
    """The year in which counties had finished the reform."""
    severity: Severity


@dataclass(frozen=True, slots=True)
class SetPhrase:
    """A political phrase with fixed words."""

    text: str
    leads: tuple[str, ...]
    """For a short phrase: the verbs after which it stands in quotation marks."""
    mistaken: tuple[str, ...]
    """Wordings that are certainly wrong."""
    doubtful: tuple[str, ...]
    """Wordings that are most likely wrong."""


@cache
def law_titles() -> Mapping[str, bool]:
    """Return the titles of laws and regulations without 中华人民共和国.

    The value tells whether the official title certainly has no 中华人民共和国 before it.
    """
    return {title: remark == "不冠" for title, _, _, remark in _rows("laws.tsv")}


@cache
def repealed_laws() -> Mapping[str, RepealedLaw]:
    """Return what is no longer in force and has no successor of the same title, by its title."""
    return {
        title: RepealedLaw(date.fromisoformat(gone_by), successor)
        for title, gone_by, successor, _ in _rows("repealed-laws.tsv")
    }


@cache
def former_agencies() -> Mapping[str, FormerAgency]:
    """Return the agencies that reforms have renamed or merged, by their former names."""
    return {
        name: FormerAgency(present, int(year), _SEVERITIES[severity])
        for name, present, year, severity, _ in _rows("former-agencies.tsv")
    }


@cache
def set_phrases() -> tuple[SetPhrase, ...]:
    """Return the political phrases with fixed words."""
    return tuple(
        SetPhrase(
            text,
            tuple(leads.split()),
            tuple(each for each in mistaken.split() if not each.endswith("？")),
            tuple(each.removesuffix("？") for each in mistaken.split() if each.endswith("？")),
        )
        for text, leads, mistaken, _ in _rows("set-phrases.tsv")
    )


@cache
def party_sessions() -> Mapping[str, date]:
    """Return the last day of each congress and plenary session of the party since 2012."""
    return {name: date.fromisoformat(day) for name, day in _rows("party-sessions.tsv")}


@cache
def national_congresses() -> Mapping[int, int]:
    """Return the year of the first session of each National People's Congress, and of the political conference of its number.

    Each has five sessions, one a year.
    """
    return {int(number): int(year) for number, year in _rows("national-congresses.tsv")}


@cache
def five_year_plans() -> Mapping[str, tuple[int, int]]:
    """Return the first and the last year of each five-year plan, by its name: 十四五."""
    return {name: (int(first), int(last)) for name, first, last in _rows("five-year-plans.tsv")}


@cache
def idioms() -> frozenset[str]:
    """Return idioms of four characters, whose characters are fixed, and ``free_phrases``."""
    files = ("idioms.txt", "dictionary-idioms.txt")
    return free_phrases().union(*((_DATA / each).read_text("utf-8").split() for each in files))


@cache
def free_phrases() -> frozenset[str]:
    """Return phrases of four characters that are usual, but varied freely: 补齐短板 (补短板), 数字赋能 (数智赋能)."""
    return frozenset((_DATA / "free-phrases.txt").read_text("utf-8").split())


@cache
def national_agencies() -> tuple[SetPhrase, ...]:
    """Return the names of agencies of the state, full and short, as phrases with fixed words."""
    names = (_DATA / "national-agencies.txt").read_text("utf-8").split()
    return tuple(SetPhrase(name, (), (), ()) for name in names)


@cache
def county_units() -> frozenset[str]:
    """Return the usual names of a county's units, without 县 before them."""
    return frozenset((_DATA / "county-units.txt").read_text("utf-8").split())


def _rows(name: str) -> Iterator[list[str]]:
    for line in (_DATA / name).read_text("utf-8").splitlines()[1:]:
        yield line.split("\t")
