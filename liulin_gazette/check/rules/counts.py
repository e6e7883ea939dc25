"""Rules that count and add up: announced numbers, table columns, areas (codes C002–C005, C020)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from liulin_gazette.check.annotations import AnnotatedDocument
from liulin_gazette.check.grammar.ordinals import LEVELS, Item
from liulin_gazette.check.grammar.quantities import COUNT, count, last_place, plain_number
from liulin_gazette.check.passages import Passage
from liulin_gazette.check.rule import Finding, Findings
from liulin_gazette.model.blocks import Heading, Table, grid, plain
from liulin_gazette.model.diagnostics import Severity

_KINDS = "档次|标准|等级|级别|层次|档|阶段|环节|步骤|类别|类|区域|片区"
_ANNOUNCED_LIST = re.compile(
    rf"(?P<count>{COUNT})(?:个|类|种|项)(?:[一-鿿]{{0,12}}?(?:{_KINDS}))?[，,]?(?:即|分别为|分别是)[：:]?"
    r"(?P<list>[^。；：:]+)"
)
_LIST_FIRST = re.compile(
    rf"(?:分为|下设|(?<![建敷铺架假开增附陈摆下、和与及])设立?(?![计施备置想定]))(?P<list>[^，。；：、“”（）]{{1,12}}(?:、[^，。；：、“”（）]{{1,12}}){{1,30}}?)(?<![、和与及])(?P<count>{COUNT})个?(?P<kind>等级|级别|档次|类别|职能组|工作组|小组|专班|组|类|种|级|阶段|环节)(?![一-鿿]{{0,3}}等)"
)
_JOINED = re.compile("[和与及]")
_OPEN_LIST = re.compile("等[^、，级]{0,12}$|等等|……")
"""A list that does not name all of its members."""
_COLLECTIVE = re.compile(
    "其余|其他|其它|各[一-鿿]|所有|(?<![0-9一二三四五六七八九十两])[0-9一二三四五六七八九十两]{1,6}(?:个|类|种|项|名|家)"
)
"""A member that stands for several."""
_GROUPS = re.compile(
    rf"下设[^。；]{{0,60}}?(?P<count>{COUNT})个(?P<kind>[一-鿿]{{0,6}}?(?:组|专班|中队|分队))"
)
_FOLLOWING = re.compile(
    rf"(?:下列|以下|如下)(?P<count>{COUNT})(?:种|项|类|个|条|方面|点|款)[^。；：]{{0,20}}：$"
)
_COUNTED_CELL = re.compile(r"（(?:共)?(?P<count>\d{1,4})(?:户|个|人|家|名|项|所|处|件|辆|台|村|条)）")
_AREA = re.compile(r"(?<![\d.])(?P<hectares>\d+(?:\.\d+)?)公顷（(?:约)?(?P<mu>\d+(?:\.\d+)?)亩）")
MU_PER_HECTARE = 15
_TOTAL_ROW = re.compile("[合总小共][ 　]*计|注：.*")
"""Cells of a column of ordinals that have none."""
FIRST_CODE = 100
"""From here on, a column that does not begin at 1 holds codes."""
TOLERANCE = 0.02
"""Relative difference between 公顷 and 亩 that rounding explains."""


def announced_list_is_complete(annotated: AnnotatedDocument) -> Findings:
    """C002: a list has as many members as its announcement says: 分3个档次，即：…."""
    for passage in annotated.running:
        if "即" not in passage.text and "分别" not in passage.text and "、" not in passage.text:
            continue
        for match in _ANNOUNCED_LIST.finditer(passage.text):
            yield from _compare_counts(passage, match, _members(match["list"]))
        for match in _LIST_FIRST.finditer(passage.text):
            yield from _compare_list_before_count(passage, match)


def _compare_list_before_count(passage: Passage, match: re.Match[str]) -> Findings:
    """Yield a finding if ``match`` lists another number of members than it counts after them: 甲、乙、丙四类.

    和 may join two members, or two words of one (乡镇和街道). Where it stands before a 、, the count decides which.
    A member that is itself a number of the kind (一级公路、二级公路) tells that the last number is no count either.
    """
    text = match["list"]
    if text.endswith("等") or re.search(COUNT + match["kind"], text):
        return
    joined = _JOINED.split(text)
    listed = sum(len(each.split("、")) for each in joined)
    if len(joined) == 1:
        yield from _compare_counts(passage, match, listed)
    elif "、" not in "".join(joined[1:]) or count(match["count"]) not in (len(joined), len(text.split("、"))):
        yield from _compare_counts(passage, match, listed, is_doubtful=True)


def _compare_counts(
    passage: Passage, match: re.Match[str], listed: int, *, is_doubtful: bool = False
) -> Findings:
    """Yield a finding if ``match`` announces another number than ``listed``; a warning if ``is_doubtful``."""
    announced = count(match["count"])
    is_open = _OPEN_LIST.search(match["list"]) is not None
    if listed > 1 and announced > 1 and listed != announced and not (is_open and listed < announced):
        is_doubtful |= (
            is_open or _COLLECTIVE.search(match["list"]) is not None or {"，", "、"} <= set(match["list"])
        )
        yield Finding(
            passage.at(match.start("count")),
            f"说是{match['count']}个，列出的是{listed}个：“{match['list'][:40]}”。",
            "核对原件；原件如此的照印，写明豁免理由。",
            match[0],
            Severity.WARNING if is_doubtful else None,
        )


def _members(text: str) -> int:
    """Return how many members ``text`` lists; 0 if it does not look like a list.

    Members are separated by 、, or by ， if all have the same shape (满100元减20元，满200元减50元).
    """
    flat = re.sub(r"（[^（）]*）|“[^“”]*”|《[^《》]*》", "X", text).rstrip("，、等")
    if "、" in flat and "，" in flat:
        members = re.split("[、，]", flat)
        longest = max(len(member) for member in members)
        if longest > 12:
            return 0
        return len(members) + sum(len(re.findall("以及|和|及", member)) for member in members[-1:])
    mark = "，" if "，" in flat else "、"
    members = flat.split(mark)
    if len(members) < 2 or (mark == "，" and len({_shape(member) for member in members}) > 1):
        return 0
    if mark == "、":
        if max(len(member) for member in members) > 14:
            return 0
        return len(members) + len(re.findall("以及|和|及", members[-1]))
    return len(members)


def _shape(member: str) -> str:
    """Return ``member`` with all numbers replaced by 0."""
    return re.sub(r"\d+(?:\.\d+)?", "0", member)


def announced_groups_are_there(annotated: AnnotatedDocument) -> Findings:
    """C003: 下设6个职能组 is followed by six headings of groups, 下列五种情形： by five items."""
    for index, passage in enumerate(annotated.body):
        if passage.kind in ("text", "article") and (match := _GROUPS.search(passage.text)):
            groups = _groups_after(annotated, index)
            announced = count(match["count"])
            if len(groups) >= 2 and announced and len(groups) != announced:
                yield Finding(
                    passage.at(match.start("count")),
                    f"说是下设{match['count']}个{match['kind']}，后面的标题有{len(groups)}个组。",
                    "核对原件，看是否漏了一组。",
                    match[0],
                )
        if passage.kind in ("text", "article", "heading") and (match := _FOLLOWING.search(passage.text)):
            listed = _items_after(annotated, passage)
            announced = count(match["count"])
            if listed >= 2 and announced >= 2 and listed != announced:
                yield Finding(
                    passage.at(match.start("count")),
                    f"说是{match['count']}项，后面列出的是{listed}项。",
                    "核对原件，看是否漏了一项。",
                    match[0],
                )


def _groups_after(annotated: AnnotatedDocument, index: int) -> list[str]:
    """Return the sibling headings after the passage at ``index`` up to the first that does not end in 组, 专班, …."""
    names: list[str] = []
    level = 0
    for passage in annotated.body[index + 1 :]:
        if not isinstance(passage.block, Heading):
            continue
        if not names:
            level = passage.block.level
        if passage.block.level > level:
            continue
        if passage.block.level < level or not passage.text.endswith(("组", "专班", "中队", "分队")):
            break
        names.append(passage.text)
    return names


def _items_after(annotated: AnnotatedDocument, passage: Passage) -> int:
    """Return how many items of the next level follow ``passage``, up to the first item of a higher level."""
    after: list[Item] = [item for item in annotated.items if item.passage.line > passage.line]
    if not after or after[0].number != 1:
        return 0
    level, total = after[0].level, 0
    for item in after:
        if item.level == level and item.number == total + 1:
            total += 1
        elif LEVELS.index(item.level) <= LEVELS.index(level):
            break
    return total


def joined_cells_hold_their_count(annotated: AnnotatedDocument) -> Findings:
    """C004: a joined cell that says （21户） spans 21 rows."""
    for table in annotated.tables:
        rows = list(grid(table))[table.head_rows :]
        counted = [
            (column, cell, match)
            for row in rows
            for column, cell in row
            if (match := _COUNTED_CELL.search(plain(cell.text)))
        ]
        columns = {column for column, _, _ in counted}
        if len(counted) < 2 or len(columns) != 1 or not any(cell.rowspan > 1 for _, cell, _ in counted):
            continue
        for column, cell, match in counted:
            if cell.rowspan != int(match["count"]):
                text = plain(cell.text)
                passage = Passage("cell", text, annotated.document.path, cell.line, field=column, block=table)
                name = text.replace("\n", "")
                yield Finding(
                    passage.at(match.start("count")),
                    f"“{name}”实有{cell.rowspan}行。",
                    "核对原件；原件如此的照印，写明豁免理由。",
                    name,
                )


def ordinals_are_complete(annotated: AnnotatedDocument) -> Findings:
    """C005: the numbers in a 序号 column run from 1 without gaps; they may restart at 1, or go on from an earlier table.

    Numbers by hundreds (101, 105, 201) and codes are no such sequence. Only small gaps are certain.
    One entry may take two rows (1, 2, 2, 3); the second 2 is certainly wrong only before a 4.
    """
    ends: set[int] = set()
    for table in annotated.tables:
        for column, name, numbers in _ordinal_columns(table):
            before = 0
            if numbers and min(value for value, _ in numbers) >= FIRST_CODE and numbers[0][0] - 1 not in ends:
                continue
            following = [*(value for value, _ in numbers[1:]), 0]
            for (value, line), after in zip(numbers, following, strict=True):
                goes_on = before == 0 and value - 1 in ends
                if value not in (before + 1, 1) and not goes_on:
                    gap = value - before
                    is_misnumbered = gap == 0 and before > 0 and after == value + 2
                    is_certain = name == "序号" and (gap == 2 or is_misnumbered)
                    yield Finding(
                        Passage("cell", str(value), annotated.document.path, line, field=column).at(),
                        f"序号{before}之后是{value}。" if before else f"序号从{value}开始，不是从1开始。",
                        "核对原件，看是否漏了一行或写错了序号。",
                        str(value),
                        None if is_certain else Severity.WARNING,
                    )
                before = value
            ends.add(before)


def _ordinal_columns(table: Table) -> Iterator[tuple[int, str, list[tuple[int, int]]]]:
    rows = list(grid(table))
    heads = {column: plain(cell.text).strip() for row in rows[: table.head_rows] for column, cell in row}
    for column, name in heads.items():
        if name.replace("　", "").replace(" ", "") not in ("序号", "编号", "项次"):
            continue
        cells = [cell for row in rows[table.head_rows :] for x, cell in row if x == column]
        cells = [cell for cell in cells if not _TOTAL_ROW.fullmatch(plain(cell.text).strip())]
        texts = [plain(cell.text).strip() for cell in cells]
        if texts and all(text.isdigit() or not text for text in texts):
            yield (
                column,
                name,
                [(int(text), cell.line) for text, cell in zip(texts, cells, strict=True) if text],
            )


def areas_agree(annotated: AnnotatedDocument) -> Findings:
    """C020: an area in 公顷 agrees with the 亩 in brackets after it within 2 %, or as both are rounded (1 公顷 = 15 亩)."""
    for passage in annotated.body:
        if "公顷（" not in passage.text:
            continue
        for match in _AREA.finditer(passage.text):
            mu = float(match["hectares"]) * MU_PER_HECTARE
            rounding = last_place(match["hectares"]) * MU_PER_HECTARE / 2 + last_place(match["mu"]) / 2
            if abs(mu - float(match["mu"])) > max(TOLERANCE * mu, rounding):
                yield Finding(
                    passage.at(match.start()),
                    f"{match['hectares']}公顷是{plain_number(mu)}亩，这里写的是{match['mu']}亩。",
                    "核对原件的两个数字。",
                    match[0],
                )
