"""Which packages of a lock file are installed on another system than this one: markers judged for it (PEP 508)."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from dataclasses import dataclass

_START = re.compile(r"(?P<pin>(?P<name>[a-z0-9.-]+)==[^ ;\\]+)(?: ; (?P<marker>[^\\]+?))?(?: \\)?$")
_VERSIONS = ("python_full_version", "python_version")


@dataclass(frozen=True, slots=True)
class Requirement:
    """A pinned package with its digests."""

    name: str
    text: str
    """As a requirements file has it, in one line without its marker."""


def requirements_for(lock: str, environment: Mapping[str, str]) -> list[Requirement]:
    """Return the packages of the text ``lock`` that a system with the values ``environment`` of markers installs.

    Raises ValueError at a line or a marker that is not understood.
    """
    found: list[Requirement] = []
    wanted = False
    for line in lock.splitlines():
        if line.startswith("    --hash=") and found and wanted:
            digest = line.strip().removesuffix(" \\")
            found[-1] = Requirement(found[-1].name, f"{found[-1].text} {digest}")
        elif line.startswith(("#", "    --hash=")) or not line:
            continue
        elif match := _START.match(line):
            wanted = match["marker"] is None or applies(match["marker"], environment)
            if wanted:
                found.append(Requirement(match["name"], match["pin"]))
        else:
            raise ValueError(f"not a pinned package: {line}")
    return found


def applies(marker: str, environment: Mapping[str, str]) -> bool:
    """Return whether the ``marker`` holds where its names have the values of ``environment``. Raises ValueError."""
    try:
        return _holds(ast.parse(marker, mode="eval").body, environment)
    except SyntaxError as error:
        raise ValueError(f"not a marker: {marker}") from error


def _holds(node: ast.expr, environment: Mapping[str, str]) -> bool:
    match node:
        case ast.BoolOp(op=ast.And(), values=values):
            return all(_holds(each, environment) for each in values)
        case ast.BoolOp(op=ast.Or(), values=values):
            return any(_holds(each, environment) for each in values)
        case ast.Compare(
            left=ast.Name(id=name), ops=[operator], comparators=[ast.Constant(value=str() as value)]
        ) if name in environment:
            return _compare(name, environment[name], operator, value)
        case _:
            raise ValueError(f"not a marker: {ast.unparse(node)}")


def _compare(name: str, left: str, operator: ast.cmpop, right: str) -> bool:
    """Return whether ``left operator right`` holds; versions are compared by their numbers. Raises ValueError."""
    order = _version_order(left, right) if name in _VERSIONS else None
    match operator:
        case ast.Eq():
            return order == 0 if order is not None else left == right
        case ast.NotEq():
            return order != 0 if order is not None else left != right
        case ast.Lt() if order is not None:
            return order < 0
        case ast.LtE() if order is not None:
            return order <= 0
        case ast.Gt() if order is not None:
            return order > 0
        case ast.GtE() if order is not None:
            return order >= 0
        case _:
            raise ValueError(f"not a marker: {name} {type(operator).__name__} {right}")


def _version_order(left: str, right: str) -> int:
    """Return -1, 0 or 1 as the version ``left`` is less than, equal to or greater than ``right``, or ``3.11.*``."""
    first, second = ([int(part) for part in each.removesuffix(".*").split(".")] for each in (left, right))
    if right.endswith(".*"):
        first = first[: len(second)]
    length = max(len(first), len(second))
    first += [0] * (length - len(first))
    second += [0] * (length - len(second))
    return (first > second) - (first < second)
