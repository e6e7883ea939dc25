"""What a portal says of a document between its navigation and its text: particulars such as 索引号, and when it was published.

The document number is often written there only; it is kept as a line of its own where the document itself has none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from liulin_gazette.intake.drafts import part_text
from liulin_gazette.intake.line_kinds import NUMBER_LINE, without_spaces
from liulin_gazette.intake.manuscript import Grid, Line, Omission, Part
from liulin_gazette.intake.portal_lines import FOOT, imprint_at_end

_CATALOGUE = re.compile(r"[【\[（(]?(?:索引号|主题分类|信息分类)")
"""A cell of the table of particulars that a portal sets above a document."""
_PARTICULAR = re.compile(
    r"[【\[]?(?:索引号|统一编号|(?:主题|信息|体裁|组配|公文)(?:分类|类别|种类)|发文(?:机关|单位)|发布(?:机构|机关|单位|日期|时间)|"
    r"(?:成文|生成|发文|生效|失效|废止|实施|施行)(?:日期|时间)|发文字号|文号|字号|文件编号|主题词|关键词|标题|(?:信息|文件|公文)?名称|"
    r"(?:是否|公文)?(?:有效性?|时效性?|效力)(?:状态)?|公开(?:方式|范围|时限|日期|形式|属性|类别)|服务对象|所属主题|内容概述)[】\]]?[：:]"
)
"""A line of the particulars."""
_OF_PORTAL = re.compile(r"[【\[]?(?:索引号|发文字号|文号|统一编号|发文机关|发布机构)")
"""Particulars that no text of a document begins with."""
_MIN_PARTICULARS = 3
"""Lines, one after another, that are particulars."""
_NUMBER_LABEL = re.compile(r"[【\[]?(?:发文字号|文号|字号|文件编号)[】\]]?[：:]?")
_PUBLISHED = re.compile(
    r"(?:发布|更新|发表|录入)(?:时间|日期)[：:]\d{4}[-—./年].{1,20}|(?:信息|文章|稿件)?来源[：:][^，。；]{2,25}"
)
"""When a page was published, or from where it is, on a line of its own."""
_TEXT_END = ("：", ":", "；", "，")
REASON = "网页上的信息公开表，核对文首时可用"


def without_portal(parts: Sequence[Part], *, is_cell: bool) -> tuple[list[Part], list[Omission]]:
    """Return ``parts`` of a page without what its portal sets above and below the document; in a cell, only a table of it."""
    kept, omissions = without_particulars(parts)
    if is_cell:
        return kept, omissions
    end = [kept.pop(index) for index in imprint_at_end(kept)[::-1]]
    omissions += (Omission(part_text(part), part.place, FOOT) for part in end)
    kept, published = _without_publication(kept)
    return kept, omissions + published


def without_particulars(parts: Sequence[Part]) -> tuple[list[Part], list[Omission]]:
    """Return ``parts`` of a page without its particulars, but with the document number of them that is nowhere else."""
    kept: list[Part] = []
    omissions: list[Omission] = []
    others = {without_spaces(part_text(part)).strip("（）()") for part in parts if isinstance(part, Line)}
    lines = _lines_of_particulars(parts)
    index = 0
    while index < len(parts):
        part, count = parts[index], 1
        texts: list[str] = []
        if index == lines.start and lines:
            count = len(lines)
            texts = [part_text(each).strip() for each in parts[index : index + count]]
        elif isinstance(part, Grid) and (cells := _cells_of_catalogue(part)):
            texts = cells
        number = _number_among(texts) if texts and not any(map(_has_sentence, kept)) else ""
        if not texts:
            kept.append(part)
        elif number and number not in others:
            before, _, after = "\n".join(texts).partition(number)
            omissions += (
                Omission(words.strip(), part.place, REASON) for words in (before, after) if words.strip()
            )
            kept.append(Line(number, part.place, centred=True))
        else:
            omissions.append(Omission("\n".join(texts), part.place, REASON))
        index += count
    return kept, omissions


def _without_publication(parts: Sequence[Part]) -> tuple[list[Part], list[Omission]]:
    """Return ``parts`` of a page without the lines above its text that say when it was published, or from where it is."""
    end = next((at for at, part in enumerate(parts) if _is_text(part)), len(parts))
    found = [part for part in parts[:end] if _PUBLISHED.fullmatch(without_spaces(part_text(part)))]
    kept = [part for part in parts if not any(part is each for each in found)]
    return kept, [Omission(part_text(part), part.place, FOOT) for part in found]


def _lines_of_particulars(parts: Sequence[Part]) -> range:
    """Return the indices of the lines of particulars above a document."""
    for begin, part in enumerate(parts):
        if _has_sentence(part):
            break
        end = begin
        while end < len(parts) and _is_particular(parts[end]):
            end += 1
        labels = [without_spaces(part_text(part)) for part in parts[begin:end]]
        if end - begin >= _MIN_PARTICULARS and any(_OF_PORTAL.match(label) for label in labels):
            return range(begin, end)
    return range(0)


def _is_particular(part: Part) -> bool:
    return isinstance(part, Line) and bool(_PARTICULAR.match(without_spaces(part.text)))


def _cells_of_catalogue(grid: Grid) -> list[str]:
    """Return the words in the cells of ``grid`` if it is a table of particulars; else nothing."""
    texts = [cell.text for row in grid.rows for cell in row if cell.text.strip()]
    return texts if any(_CATALOGUE.match(without_spaces(text)) for text in texts) else []


def _number_among(texts: Sequence[str]) -> str:
    """Return the document number in ``texts`` as written there: after its label, or in the cell that follows it."""
    for index, text in enumerate(texts):
        bare = without_spaces(text)
        label = _NUMBER_LABEL.match(bare)
        if label is None:
            continue
        value = bare[label.end() :] or "".join(without_spaces(each) for each in texts[index + 1 : index + 2])
        return value if NUMBER_LINE.fullmatch(value) and value in "\n".join(texts) else ""
    return ""


def _has_sentence(part: Part) -> bool:
    return not isinstance(part, Grid) and "。" in part_text(part)


def _is_text(part: Part) -> bool:
    """Tell whether ``part`` belongs to the text of a document, above which nothing of the portal stands any more."""
    text = part_text(part).strip()
    return not isinstance(part, Line) or "。" in text or text.endswith(_TEXT_END)
