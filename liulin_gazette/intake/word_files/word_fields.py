"""Fields and controls of Word that show a character: tick boxes of forms, characters in circles and boxes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from liulin_gazette.intake.symbol_fonts import symbol
from liulin_gazette.intake.word_files.word_styles import W, is_on
from liulin_gazette.source.markdown.footnotes import CIRCLED
from liulin_gazette.text.raised_characters import SUB, SUPER, has_unicode_form, shown

_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
BOXES = "☐☑☒□■✓✔✗✘√×○●◉〇"
"""What stands in a tick box of a content control."""
_CIRCLED_FIELD = re.compile(
    r"\s*eq\s*\\o\s*(?:\\a[lcr]\s*)?\((?P<frame>.)\s*[,;，；]\s*(?P<inside>[^()]{1,2})\)\s*", re.I
)
_RAISED_FIELD = re.compile(r"\s*eq\s*\\s\s*\\(?P<way>up|do)\s*\d*\s*\((?P<words>[^()]+)\)\s*", re.I)
_SYMBOL_FIELD = re.compile(
    r'symbol\s+(?P<code>\d{1,5})\s+\\f\s*"?(?P<font>[^"\\]+?)"?\s*(?:\\s\s*\d+\s*)?', re.I
)
_SHOWN = re.compile(r"(?:eq|symbol|macrobutton|gotobutton|autonum(?:lgl|out)?|listnum)\b", re.I)
"""Fields that show something without a result that the file keeps."""
_BOX = "□口☐"
_CIRCLE = "○〇◯O"
_TICKS, _CROSSES = "√✓✔V", "×✕✗✘X"


@dataclass(slots=True)
class Field:
    """A field while its runs are read."""

    data: Any = None
    """The properties of a form field, or None."""
    code: str = ""
    has_result: bool = False


def checkbox(run: Any) -> str | None:
    """Return the box for the state of the content control that ``run`` is in; None for one in no tick box."""
    for parent in run.iterancestors(f"{W}sdt"):
        box = parent.find(f"{W}sdtPr/{_W14}checkbox")
        if box is not None:
            checked = box.find(f"{_W14}checked")
            is_ticked = checked is not None and checked.get(f"{_W14}val", "1") not in ("0", "false", "off")
            return "☑" if is_ticked else "☐"
    return None


def shown_by(ended: Field) -> str | None:
    """Return the character that a field without a result shows: a tick box of a form, a character in a circle or a box.

    Empty for a field that shows nothing by itself; None for one that shows what is not known here.
    """
    box = ended.data.find(f"{W}checkBox") if ended.data is not None else None
    if box is not None:
        states = (box.find(f"{W}{name}") for name in ("checked", "default"))
        return "☑" if is_on(next((each for each in states if each is not None), None)) else "☐"
    code = ended.code.strip()
    if ended.has_result or not _SHOWN.match(code):
        return ""
    if (raised := _RAISED_FIELD.fullmatch(code)) and has_unicode_form(
        raised["words"], position := SUPER if raised["way"].lower() == "up" else SUB
    ):
        return shown(raised["words"], position)
    if (found := _SYMBOL_FIELD.fullmatch(code)) and (known := symbol(found["font"], int(found["code"]))):
        return known
    if found := _CIRCLED_FIELD.fullmatch(code):
        frame, inside = found["frame"], found["inside"].strip()
        if frame in _CIRCLE and inside.isdecimal() and 0 < int(inside) <= len(CIRCLED):
            return CIRCLED[int(inside) - 1]
        if frame in _BOX and inside in _TICKS + _CROSSES:
            return "☑" if inside in _TICKS else "☒"
    return None
