"""Lines of names alone in a manuscript, which become a 名录; lines that only may be names are marked for verification."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from liulin_gazette.intake.document_recognition.document_state import DocumentState, Position, Reading
from liulin_gazette.intake.drafts import Conversion, paragraph_markdown, part_text
from liulin_gazette.intake.line_kinds import LEVELS, without_spaces
from liulin_gazette.intake.manuscript import Line
from liulin_gazette.text.personal_names import is_name

_ITEM = re.compile(r"[^ 　\t\n、（(]+(?:[（(][^（）()]*[）)])?")
_SPREAD_NAME = re.compile(r"[一-鿿](?:[ 　]+[一-鿿]){2,3}")
"""One name of three or four characters with spaces between them, alone on its line."""
_NOTE = re.compile(r"[（(][^（）()]*[）)]$")
_GROUP = re.compile(r"[^，。；：:]{1,20}(?:[（(]共?\s*[\d一二三四五六七八九十百]+[人名][）)][：:]?|[：:])")
_COUNTED = re.compile(r"[人名][）)][：:]?$")
_PEOPLE = re.compile(r"[（(]共?\s*(\d{1,3})\s*[人名][）)][：:]?$")
_POST = re.compile(
    r"(?:第一|常务)?副?(?:主任|组长|指挥长?|总指挥|会长|秘书长|委员|成员|理事长?|主席|队长|站长|顾问)(?:单位)?[：:]"
)
_LONE_WORD = re.compile(
    r"[一-鿿]{2,4}(?:[（(][^（）()]*[）)])?|[一-鿿][ 　]+[一-鿿](?:[（(][^（）()]*[）)])?"
)
_WORD = re.compile("[一-鿿·]{2,12}")
_PERSON_WITH_POST = re.compile(
    r"(?P<name>[一-鿿]{2,4}|[一-鿿][ 　]{1,4}[一-鿿])[ 　\t]+[^，。；：:]{2,60}?"
    r"(?:长|主任|书记|主席|科员|调研员|教师|医师|工程师|检察官|法官|干事|委员|常委|经理|队员|董事|负责人|副?研究员|农艺师)"
    r"(?:[（(][^（）()]*[）)])?"
)
MIN_NAMES = 4
"""Names, and lines, that make a list of names. Two names on a line of its own may be anything."""
MIN_LINES = 2
_RARE_SURNAME = re.compile("[朴佟仝隋揭冶妥迟苑鹿][一-鿿]{1,2}")


def _is_of_person(text: str) -> bool:
    """Tell whether ``text`` is formed as a name, also with a surname that running text mostly has in other words."""
    return is_name(text) or bool(_RARE_SURNAME.fullmatch(text))


def names_in(line: str) -> tuple[str, ...]:
    """Return what stands between spaces, tabs and 、 in ``line``; a name that is spread (张　三) is one."""
    names: list[str] = []
    if _SPREAD_NAME.fullmatch(line.strip()):
        return ("".join(line.split()),)
    for item in _ITEM.findall(line):
        if names and len(names[-1]) == 1 and len(_NOTE.sub("", item)) == 1:
            names[-1] += item
        else:
            names.append(item)
    return tuple(names)


def are_names(line: str) -> bool:
    """Tell whether ``line`` consists of names alone."""
    names = names_in(line)
    return bool(names) and all(_is_of_person(_NOTE.sub("", name)) for name in names)


def is_person_with_post(text: str) -> bool:
    """Tell whether ``text`` is a name and, set apart from it, the post of that person: 段志勇　白虎镇人民政府镇长."""
    entry = _PERSON_WITH_POST.fullmatch(text.strip())
    return entry is not None and _is_of_person(without_spaces(entry["name"]))


def read_names(state: DocumentState, position: Position) -> Reading | None:
    """Read lines of names, with the headings of their groups, as 名录; None where there are none here."""
    lines = _lines_of_names(position, _is_name_or_names)
    if sum(_is_one_name(line.text) for line in lines) >= MIN_NAMES:
        of_names = [line for line in lines if not _is_group(line.text.strip())]
    else:
        lines = _lines_of_names(position, _may_be_names)
        of_names = [line for line in lines if _may_be_names(line.text)]
    if lines and lines[0] is not of_names[0] and not _heads_names(lines):
        return None
    names = [name for line in of_names for name in names_in(line.text)]
    known = sum(_is_of_person(_NOTE.sub("", name)) for name in names)
    is_counted = 0 < known == len(names) == _count_above(position)
    is_long = len(of_names) >= MIN_LINES and len(names) >= MIN_NAMES
    if not (is_counted or is_long) or any(line.marks for line in lines):
        return None
    if known == len(names):
        rows = [_row(line.text) for line in lines]
        block = "\n".join(["::: 名录", *rows, ":::"])
        return Reading(
            state,
            tuple(Conversion(line.place, line.text, row) for line, row in zip(lines, rows, strict=True)),
            (block,),
        )
    if known * 2 < len(names):
        return None
    last = replace(lines[-1], doubts=(*lines[-1].doubts, "以上几行像是名单，是的写进“::: 名录”"))
    texts = [paragraph_markdown(line) for line in (*lines[:-1], last)]
    conversions = (Conversion(line.place, line.text, text) for line, text in zip(lines, texts, strict=True))
    return Reading(state, tuple(conversions), tuple(texts))


def _count_above(position: Position) -> int:
    """Return how many people the heading above ``position`` says that follow: 优秀教师（2名）; 0 where it does not say."""
    above = part_text(position.previous).strip() if position.previous else ""
    count = _PEOPLE.search(above)
    return int(count[1]) if count else 0


def _lines_of_names(position: Position, is_of_names: Callable[[str], bool]) -> list[Line]:
    """Return the lines from ``position`` on that ``is_of_names`` accepts, with the headings of groups before them.

    A word of the length of a name between names is taken for one. A numbered heading ends the list.
    """
    lines: list[Line] = []
    for part in position.parts[position.index :]:
        if not isinstance(part, Line):
            break
        text = part.text.strip()
        may_be_name = bool(lines) and is_of_names(lines[-1].text) and bool(_LONE_WORD.fullmatch(text))
        if not (is_of_names(text) or may_be_name or _is_group(text)):
            break
        lines.append(part)
    while lines and not is_of_names(lines[-1].text):
        lines.pop()
    return lines


def _is_group(text: str) -> bool:
    """Tell whether ``text`` may head a group of names: 主　任：, 先进个人（5名）. A numbered heading is none."""
    return bool(_GROUP.fullmatch(text)) and not any(pattern.match(text) for pattern, _ in LEVELS)


def _heads_names(lines: list[Line]) -> bool:
    """Tell whether the first of ``lines`` is the heading of a group, before names.

    It counts its people, or it is a post and single names follow.
    """
    heading, following = lines[0].text.strip(), lines[1].text
    if _COUNTED.search(heading):
        return _is_name_or_names(following)
    return bool(_POST.fullmatch(without_spaces(heading))) and _is_one_name(following)


def _is_one_name(text: str) -> bool:
    """Tell whether ``text`` is the name of one person and nothing else."""
    return len(names_in(text)) == 1 and are_names(text)


def _is_name_or_names(text: str) -> bool:
    return _may_be_names(text) or _is_one_name(text)


def _may_be_names(text: str) -> bool:
    """Tell whether ``text`` is several words of the length of names, with wide spaces or 、 between them."""
    names = names_in(text)
    return len(names) > 1 and all(
        _WORD.fullmatch(name := _NOTE.sub("", each)) and (len(name) < 5 or "·" in name) for each in names
    )


def _row(text: str) -> str:
    """Return the line of a 名录 for the line ``text`` of a manuscript."""
    stripped = text.strip()
    if _SPREAD_NAME.fullmatch(stripped):
        return "".join(stripped.split())
    return stripped if _GROUP.fullmatch(stripped) else re.sub(r"[\t\n]+", "　", stripped)
