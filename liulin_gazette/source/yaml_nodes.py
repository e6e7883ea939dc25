"""Parse YAML into nodes with their positions, in which every value stays the string that was typed.

The tree is built here from the parser's events because PyYAML's own composer has no limit of depth: a broken file
full of brackets would exhaust the stack.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml
from yaml.error import MarkedYAMLError, YAMLError

SCALAR, SEQUENCE, MAPPING = "scalar", "sequence", "mapping"
MAX_DEPTH = 20
"""Front matter is nested three deep."""
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

__all__ = ["MAPPING", "SCALAR", "SEQUENCE", "MarkedYAMLError", "Node", "YAMLError", "compose"]


@dataclass(frozen=True, slots=True)
class Node:
    """A value of the YAML document."""

    id: str
    """``SCALAR``, ``SEQUENCE`` or ``MAPPING``."""
    value: Any
    """A string, a list of nodes, or a list of pairs of nodes."""
    start_mark: Any
    """The position of its first character: ``line`` and ``column``, from 0."""
    end_mark: Any
    """The position after its last character."""


def compose(text: str) -> Node | None:
    """Return the root of the only document in ``text``; None if it is empty.

    Raises YAMLError for a syntax error, an alias, a second document, or nesting beyond ``MAX_DEPTH``.
    """
    parser: Any = yaml
    events: Iterator[Any] = parser.parse(text, Loader=_LOADER)
    root: Node | None = None
    for event in events:
        if isinstance(event, yaml.DocumentStartEvent):
            if root is not None:
                raise MarkedYAMLError(problem="another document", problem_mark=event.start_mark)
            first = next(events)
            root = _node(first, events, MAX_DEPTH)
    return root


def _node(event: Any, events: Iterator[Any], depth: int) -> Node:
    """Return the node that ``event`` begins, taking its children from ``events``."""
    if isinstance(event, yaml.ScalarEvent):
        return Node(SCALAR, event.value, event.start_mark, event.end_mark)
    if depth == 0 or isinstance(event, yaml.AliasEvent):
        raise MarkedYAMLError(problem="too deep, or an alias", problem_mark=event.start_mark)
    children: list[Node] = []
    is_mapping = isinstance(event, yaml.MappingStartEvent)
    last = event
    for last in events:
        if isinstance(last, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            break
        children.append(_node(last, events, depth - 1))
    value = list(zip(children[::2], children[1::2], strict=True)) if is_mapping else children
    return Node(MAPPING if is_mapping else SEQUENCE, value, event.start_mark, last.end_mark)
