"""Numbers 1, 1.1, 1.1.1: any outline is consecutive, and leaving one heading out of it is found where it was."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from liulin_gazette.check.grammar.decimal_numbers import breaks, decimal_numbers
from liulin_gazette.check.passages import Passage
from liulin_gazette.model.blocks import Heading, Paragraph, Span


def passage(text: str, is_heading: bool = True) -> Passage:
    block = Heading(2, (Span(text),), "s1", 1) if is_heading else Paragraph("text", (Span(text),), "p1", 1)
    return Passage("heading" if is_heading else "text", text, "x", 1, block=block)


def outline(shape: list[list[int]]) -> list[str]:
    """Return the numbers of chapters with so many subsections in each of their sections."""
    numbers: list[str] = []
    for chapter, sections in enumerate(shape, 1):
        numbers.append(str(chapter))
        for section, subsections in enumerate(sections, 1):
            numbers.append(f"{chapter}.{section}")
            numbers += [f"{chapter}.{section}.{each}" for each in range(1, subsections + 1)]
    return numbers


OUTLINES = st.lists(st.lists(st.integers(0, 3), min_size=1, max_size=4), min_size=1, max_size=5).map(outline)


@given(OUTLINES, st.booleans())
def test_an_outline_is_consecutive(numbers: list[str], has_space: bool) -> None:
    read = list(decimal_numbers(passage(f"{number}{' ' if has_space else ''}总则") for number in numbers))
    assert not list(breaks(read))
    assert not has_space or [each.label for each in read] == numbers


@given(OUTLINES, st.data())
def test_a_section_that_is_left_out_is_found_at_the_next(numbers: list[str], data: st.DataObject) -> None:
    last_numbers = [number for number in numbers if _successor(number) not in numbers]
    inner = [number for number in numbers[1:] if number not in last_numbers and "." in number]
    if inner:
        left_out = data.draw(st.sampled_from(inner))
        rest = [number for number in numbers if number != left_out and not number.startswith(left_out + ".")]
        ((found, expected),) = breaks(decimal_numbers(passage(f"{number} 总则") for number in rest))
        assert (found.label, expected) == (_successor(left_out), left_out)


def _successor(number: str) -> str:
    *above, last = number.split(".")
    return ".".join([*above, str(int(last) + 1)])


def test_figures_at_the_beginning_of_a_paragraph_do_not_count() -> None:
    passages = [
        passage("1.1 编制目的"),
        passage("1.5万元以上的，另行规定", is_heading=False),
        passage("12.3%的乡镇", is_heading=False),
        passage("1.1～1.5米", is_heading=False),
        passage("1.2人员", is_heading=False),
        passage("1.3分级响应"),
    ]
    assert not list(breaks(decimal_numbers(passages)))
    assert not list(decimal_numbers([passage("1.1 编制目的", is_heading=False)]))
