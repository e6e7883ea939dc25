"""How much work it is to draw an SVG picture, found by going through it as a renderer does.

Elements that refer to others (``use``, markers, clip paths) are drawn anew each time: a file of a thousand bytes can
hold millions of shapes, or one that contains itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from liulin_gazette.source.pictures.svg_style import Declarations, references
from liulin_gazette.source.pictures.svg_vocabulary import DEEP, ENDLESS, HEAVY, SHAPES, SvgError

ELEMENT_COST = 20
"""Of drawing an element, in units of 0.02 ms, which WeasyPrint takes for each number of a path."""
MAX_COST = 2_000_000
"""Of all that stands in the file, each once."""
MAX_REPEATED_COST = 400_000
"""Of what is drawn again because others refer to it."""
MAX_DEPTH = 100
"""Elements within one another, those that are referred to included."""
_MAX_NESTED_USES = 12
_LETTERS_PER_UNIT = 8
"""Of the geometry of a shape: a number has about five, and what is no number is read too."""
_NUMBER = re.compile(r"[-+.\d]+")
_COMMAND = re.compile(r"[A-Za-z]")
_NOT_DRAWN = ("defs", "symbol", "marker", "clipPath", "style", "title", "desc")
"""Elements that are drawn only where another refers to them, or not at all."""
_MARKERS = {"marker", "marker-start", "marker-mid", "marker-end"}


@dataclass(slots=True)
class Element:
    """An element of the picture."""

    tag: str
    attributes: dict[str, str]
    """By name; those of XLink and XML with the prefixes ``xlink:`` and ``xml:``."""
    children: list[Element] = field(default_factory=list["Element"])
    text: str = ""
    """Of ``style``, ``title`` and ``desc`` only."""
    styles: Declarations = ()
    """What attributes and style sheets declare of it."""
    points: int = 0
    """Numbers and commands of its geometry, whichever are more; counted by ``check_work``, once."""
    cost: int = 0
    """Of drawing it without its children; counted by ``check_work``, once."""


@dataclass(frozen=True, slots=True)
class _Markers:
    """Identifiers of the markers on a shape."""

    at_ends: frozenset[str] = frozenset()
    at_all: frozenset[str] = frozenset()
    """On each of its points."""

    def __or__(self, other: _Markers) -> _Markers:
        return _Markers(self.at_ends | other.at_ends, self.at_all | other.at_all)


@dataclass(frozen=True, slots=True)
class _Target:
    """An element that others can refer to."""

    element: Element
    inherited: _Markers
    """The markers of what it stands in."""


class _Renderer:
    """Goes through a picture and adds up the work."""

    def __init__(self, targets: Mapping[str, Sequence[_Target]], limit: int) -> None:
        """``targets`` are the elements that have an identifier, by that; ``limit`` is the most work allowed."""
        self._targets_by_name = targets
        self._limit = limit
        self._marker_costs: dict[str, int] = {}
        self.cost = 0

    def draw(self, element: Element, inherited: _Markers, depth: int, uses: int) -> None:
        """Draw ``element``, which stands in ``depth`` others and in ``uses`` that are referred to."""
        if depth > MAX_DEPTH or uses > _MAX_NESTED_USES:
            raise SvgError(ENDLESS if uses else DEEP)
        self._add(element.cost)
        markers = _markers(element, inherited)
        for name, value in element.styles:
            if name == "clip-path":
                for target in self._targets(references(value)):
                    self._draw_children(target.element, target.inherited, depth, uses + 1)
        if element.tag == "use":
            for target in self._targets(_hrefs(element)):
                if target.element.tag in ("symbol", "svg"):
                    self._draw_children(target.element, markers | target.inherited, depth, uses + 1)
                else:
                    self.draw(target.element, markers | target.inherited, depth + 1, uses + 1)
        elif element.tag in SHAPES:
            for names, count in ((markers.at_ends, 2), (markers.at_all, element.points + 4)):
                for name in sorted(names):
                    self._add(self._marker_cost(name, depth, uses) * count)
        elif element.tag not in _NOT_DRAWN:
            self._draw_children(element, markers, depth, uses)

    def _draw_children(self, element: Element, inherited: _Markers, depth: int, uses: int) -> None:
        self._add(element.cost)
        for child in element.children:
            self.draw(child, inherited, depth + 1, uses)

    def _marker_cost(self, name: str, depth: int, uses: int) -> int:
        if name not in self._marker_costs:
            before = self.cost
            for target in self._targets(frozenset({name})):
                self._draw_children(target.element, target.inherited, depth, uses + 1)
            self._marker_costs[name] = self.cost - before
        return self._marker_costs[name]

    def _targets(self, names: frozenset[str]) -> Iterator[_Target]:
        """Yield all elements that have one of ``names``: which of two that share one is taken differs by renderer."""
        for name in sorted(names):
            yield from self._targets_by_name.get(name, ())

    def _add(self, cost: int) -> None:
        self.cost += cost
        if self.cost > self._limit:
            raise SvgError(HEAVY)


def check_work(root: Element) -> None:
    """Raise SvgError for a picture that contains itself, or that takes too long to draw."""
    targets: dict[str, list[_Target]] = {}
    in_file = 0
    stack = [(root, _Markers())]
    while stack:
        element, inherited = stack.pop()
        if identity := element.attributes.get("id"):
            targets.setdefault(identity, []).append(_Target(element, inherited))
        _count_cost(element)
        in_file += element.cost
        stack.extend((child, _markers(element, inherited)) for child in element.children)
    if in_file > MAX_COST:
        raise SvgError(HEAVY)
    _Renderer(targets, in_file + MAX_REPEATED_COST).draw(root, _Markers(), 0, 0)


def descendants(element: Element) -> Iterator[Element]:
    """Yield ``element`` and all in it, in the order of the file."""
    stack = [element]
    while stack:
        current = stack.pop()
        yield current
        stack.extend(reversed(current.children))


def _count_cost(element: Element) -> None:
    """Set ``points`` and ``cost`` of ``element``: elements that others refer to are met too often to count anew."""
    geometry = element.attributes.get("d", "") + element.attributes.get("points", "")
    element.points = max(len(_NUMBER.findall(geometry)), len(_COMMAND.findall(geometry)))
    in_geometry = max(element.points, len(geometry) // _LETTERS_PER_UNIT)
    element.cost = ELEMENT_COST + in_geometry + len(element.styles) // 4


def _hrefs(element: Element) -> frozenset[str]:
    values = (element.attributes.get(name, "") for name in ("href", "xlink:href"))
    return frozenset(value.removeprefix("#") for value in values if value)


def _markers(element: Element, inherited: _Markers) -> _Markers:
    """Return the markers on ``element``: a renderer may also take those of what it stands in."""
    declared = [(name, references(value)) for name, value in element.styles if name in _MARKERS]
    if not declared:
        return inherited
    at_ends, at_all = inherited.at_ends, inherited.at_all
    for name, names in declared:
        if name in ("marker-start", "marker-end"):
            at_ends |= names
        else:
            at_all |= names
    return _Markers(at_ends, at_all)
