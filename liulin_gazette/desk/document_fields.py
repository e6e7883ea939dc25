"""文首信息 as a form: the fields by 体裁, their choices, and what the form sends back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from liulin_gazette.desk.form import Form
from liulin_gazette.editing.document_file import DocumentFile, Head
from liulin_gazette.editing.front_matter_edits import ABSENT, FIELD_ORDER, FieldValue
from liulin_gazette.model.document import VALIDITIES
from liulin_gazette.model.gazette import Gazette
from liulin_gazette.model.kinds import NEEDED_BY_ALL, OFFICIAL, Kind, Need
from liulin_gazette.model.run_on import RUN_ON_VALUES
from liulin_gazette.model.text_columns import COLUMN_COUNTS
from liulin_gazette.model.text_columns import KEY as COLUMNS_KEY
from liulin_gazette.source.front_matter import GROUPS, LINE_OR_LIST, LISTS, ROWS

PREFIX = "f:"
"""The names of the fields of the form begin with it."""
RAW = "head"
"""The field with 文首信息 as typed, where no form can show it."""
GENERATED = ("总目录",)
"""Keys that the program writes."""
DATES = ("成文日期", "发布日期", "施行日期", "废止日期", "有效期至")
HINTS = {
    "标题": "与正式文件一字不差",
    "标题分行": "长标题怎样分行；不写就自动分",
    "发文字号": "六角括号〔〕，不编虚位，例如 ×政办发〔2026〕3号",
    "发文机关": "联合行文的逐行写，主办机关在前",
    "公开方式": "例如 此件公开发布，不写括号",
    "主送": "以全角冒号“：”结尾",
    "令号": "写作 第12号",
    "有效期": "例如 5年",
    "网址名": "小写字母、数字、减号；公布以后不要改",
    "印刷页码": "只给从纸本转来的往期，例如 12—15",
    "校核豁免": "核对过、确应照印的问题；理由随公文公开",
}


@dataclass(frozen=True, slots=True)
class FormField:
    """A field of the form, with the value that it shows."""

    key: str
    shape: str
    """``line``, ``choice``, ``lines`` or ``rows``."""
    is_required: bool
    is_used: bool
    """Whether documents of the kind have it, or this one has."""
    text: str = ""
    lines: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    """Of the fields of a row."""
    rows: tuple[Mapping[str, str], ...] = ()
    is_group: bool = False
    """Whether there is one row."""
    choices: tuple[str, ...] = ()
    hint: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing is written in it."""
        return not (self.text or self.lines or self.rows)


def form_fields(values: Mapping[str, FieldValue], gazette: Gazette | None) -> tuple[FormField, ...]:
    """Return the fields of the form that shows ``values``; kinds and issuers are those of ``gazette``."""
    needs = field_needs(values, gazette)
    fields: list[FormField] = []
    for key in FIELD_ORDER:
        if key in GENERATED:
            continue
        value = values.get(key, ABSENT)
        is_used = needs[key] is not Need.FORBIDDEN or value != ABSENT
        choices = _choices(key, gazette)
        hint = HINTS.get(key, "写作 2026-01-12" if key in DATES else "")
        shape = _shape(key, value.text, choices)
        names = row_names(key)
        fields.append(
            FormField(
                key,
                shape,
                needs[key] is Need.REQUIRED,
                is_used,
                value.text,
                value.lines,
                names,
                value.rows,
                key in GROUPS,
                choices,
                hint,
            )
        )
    return tuple(fields)


def field_needs(values: Mapping[str, FieldValue], gazette: Gazette | None) -> Mapping[str, Need]:
    """Return whether a document with these ``values`` must, may or must not have each field."""
    kinds: Mapping[str, Kind] = gazette.kinds if gazette else {}
    kind = kinds.get(values.get("体裁", ABSENT).text or OFFICIAL)
    if kind is None:
        return dict.fromkeys(FIELD_ORDER, Need.ALLOWED)
    title = values.get("标题", ABSENT).text
    needs = {key: kind.need(key, title) for key in FIELD_ORDER}
    return needs | dict.fromkeys(NEEDED_BY_ALL, Need.REQUIRED)


def row_names(key: str) -> tuple[str, ...]:
    """Return the names of the fields that each row of ``key`` has; none where it has no rows."""
    return GROUPS.get(key) or tuple(name for part in ROWS.get(key, ()) for name in part)


def sent_head(form: Form) -> Head:
    """Return what the form says of 文首信息: the text as typed, or the value of each field."""
    if RAW in form.fields:
        return form[RAW]
    return {key: _sent(form, key) for key in FIELD_ORDER if key not in GENERATED}


def flat_fields(file: DocumentFile) -> dict[str, list[str]]:
    """Return the values of ``file`` by the names of the fields of the form, for a script to fill it in again."""
    if file.values is None:
        return {RAW: [file.head]}
    flat: dict[str, list[str]] = {}
    for key, value in file.values.items():
        if value.text or value.lines:
            flat[PREFIX + key] = [value.text] if value.text else list(value.lines)
        for number, row in enumerate(value.rows):
            flat |= {f"{PREFIX}{key}:{number}:{name}": [text] for name, text in row.items()}
    return flat


def _sent(form: Form, key: str) -> FieldValue:
    if key in GROUPS or key in ROWS:
        names = row_names(key)
        numbers = sorted(
            {int(parts[2]) for name in form.fields if (parts := _row_field(name)) and parts[1] == key}
        )
        rows = (
            {name: text for name in names if (text := _line(form.get(f"{PREFIX}{key}:{number}:{name}")))}
            for number in numbers
        )
        return FieldValue(rows=tuple(row for row in rows if row))
    sent = [text for each in form.all(PREFIX + key) if (text := _line(each))]
    if key in LISTS or key in LINE_OR_LIST:
        return FieldValue(lines=tuple(sent))
    return FieldValue("".join(sent[:1]))


def _row_field(name: str) -> Sequence[str] | None:
    """Return the parts of the ``name`` of a field in a row."""
    parts = name.split(":")
    is_row = len(parts) == 4 and parts[2].isascii() and parts[2].isdigit() and len(parts[2]) < 5
    return parts if is_row and name.startswith(PREFIX) else None


def _line(text: str) -> str:
    return " ".join(text.split("\n")).strip()


def _shape(key: str, text: str, choices: tuple[str, ...]) -> str:
    if key in GROUPS or key in ROWS:
        return "rows"
    if key in LISTS or key in LINE_OR_LIST:
        return "lines"
    return "choice" if choices and text in ("", *choices) else "line"


def _choices(key: str, gazette: Gazette | None) -> tuple[str, ...]:
    if key == "有效性":
        return VALIDITIES
    if key == "接排":
        return tuple(RUN_ON_VALUES)
    if key == COLUMNS_KEY:
        return tuple(COLUMN_COUNTS)
    if gazette is None:
        return ()
    if key == "体裁":
        return tuple(gazette.kinds)
    if key == "发文机关":
        return tuple(dict.fromkeys(issuer.name for issuer in gazette.issuers))
    return ()
