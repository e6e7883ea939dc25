"""The values of front matter for the account: which words of a draft's rows are in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from liulin_gazette.editing.new_files import NewDocument
from liulin_gazette.intake.accounting.account_pools import bare
from liulin_gazette.intake.accounting.lost_words import FRONT_MATTER
from liulin_gazette.intake.drafts import MARK_START, Draft
from liulin_gazette.intake.line_kinds import REGISTRATION_LABELS
from liulin_gazette.text.numerals import han_numeral

_CONTACT_TITLE = "政策咨询"
_CONTACT = f"{FRONT_MATTER}·{_CONTACT_TITLE}"
_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_NUMBER = re.compile(r"(\D+\d{4})(\d+号)")
_WIDE_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
_ZEROS = "〇○零0０OＯoｏ"


@dataclass(slots=True)
class _Value:
    """A value of the front matter of a draft, until the words of a row have used it up."""

    key: str
    """What the rows of the report say that became such values: 文首·主送."""
    forms: tuple[str, ...]
    """Its letters as a manuscript may have written them; none once it has been used."""
    is_title: bool = False
    runs_over: bool = False
    """Whether it may stand on several lines, so that its beginning is used up first."""


def letters_in_front_matter(draft: Draft) -> dict[int, str]:
    """Return the letters of each row of ``draft``, by its index, that are values of the front matter.

    Each value accounts once for the words of one row, a title for those of several; a row that only says it became
    front matter accounts for nothing.
    """
    letters = {
        index: bare(row.original)
        for index, row in enumerate(draft.conversions)
        if row.result.startswith(FRONT_MATTER)
    }
    keys = {index: _keys(draft.conversions[index].result) for index in letters}
    has_contact_title = any(_CONTACT_TITLE in letters[index] for index in letters if _CONTACT in keys[index])
    values = [
        each
        for each in _values(draft.document)
        if any(each.key in of_row for of_row in keys.values())
        and (_CONTACT_TITLE not in each.forms or has_contact_title)
    ]
    return {
        index: _without(
            words, _without_values(_narrow(words), [each for each in values if each.key in keys[index]])
        )
        for index, words in letters.items()
    }


def _keys(result: str) -> tuple[str, ...]:
    """Return the keys of values that a row with this ``result`` became: two for 文首·发文机关、成文日期."""
    start, separator, names = result.partition("·")
    return tuple(f"{start}{separator}{name}" for name in names.split("、"))


def _without(letters: str, rest: str) -> str:
    """Return ``letters`` without those of ``rest``, which has some of them in the same order, its digits half-width."""
    if _narrow(letters).endswith(rest):
        return letters[: len(letters) - len(rest)]
    kept = ""
    for letter in letters:
        if rest.startswith(_narrow(letter)):
            rest = rest[1:]
        else:
            kept += letter
    return kept


def _without_values(letters: str, values: Iterable[_Value]) -> str:
    """Return ``letters`` without those of ``values`` that they have, which are used up by it."""
    waiting = [each for each in values if each.forms]
    for value in waiting:
        if letters in value.forms:
            value.forms = ()
            return ""
    for value in waiting:
        if value.runs_over and value.forms[0].startswith(letters):
            rest = value.forms[0][len(letters) :]
            value.forms = (rest,) if rest else ()
            return ""
    parts = [(form, value) for value in waiting if not value.is_title for form in value.forms]
    parts.sort(key=lambda each: -len(each[0]))
    while found := next(
        (
            (form, value)
            for form, value in parts
            if value.forms and form in letters and (value.key == _CONTACT or letters.startswith(form))
        ),
        None,
    ):
        letters = letters.replace(found[0], "", 1)
        found[1].forms = ()
    return letters


def _values(document: NewDocument) -> Iterator[_Value]:
    """Yield the values of ``document``; those that the manuscript did not have are left out."""

    def value(kind: str, text: str, *others: str) -> Iterator[_Value]:
        forms = tuple(dict.fromkeys(_narrow(bare(each)) for each in (text.split(MARK_START)[0], *others)))
        if forms[0]:
            key = f"{FRONT_MATTER}·{kind}" if kind else FRONT_MATTER
            is_title = text == document.title
            yield _Value(key, forms, is_title, is_title or kind in ("发文机关", "主送"))

    yield from value("", document.title)
    number = _NUMBER.fullmatch(bare(document.number))
    yield from value("", document.number, *(_number_forms(number) if number else ()))
    yield from value("主送", document.addressees, f"主送{document.addressees}")
    yield from value("公开方式", document.release)
    yield from value("发文机关", document.issuer, "".join((document.issuer, *document.further_issuers)))
    for issuer in document.further_issuers:
        yield from value("发文机关", issuer)
    for name, text in document.fields.items():
        for line in (text,) if isinstance(text, str) else text:
            others = tuple(_order_forms(document, line)) if name == "令号" else ()
            if name == "统一登记号":
                others = tuple(f"{label}{line}" for label in REGISTRATION_LABELS)
            others = (f"来源{line}",) if name == "来源" else others
            yield from value("来源" if name == "来源" else "", line, *others)
    if document.signatory:
        yield from value("签署", document.signatory.post + document.signatory.name)
    if date := _DATE.fullmatch(document.date):
        yield from value("成文日期", *_date_forms(int(date[1]), int(date[2]), int(date[3])))
    if contact := document.contact:
        yield from value(_CONTACT_TITLE, _CONTACT_TITLE)
        fields = (
            (contact.unit, "责任单位", ""),
            (contact.office, "责任股室", ""),
            (contact.person, "责任人", ""),
            (contact.phone, "联系电话", "电话"),
        )
        for text, label, other in fields:
            if not text.startswith(MARK_START):
                yield from value(_CONTACT_TITLE, text)
                yield from value(_CONTACT_TITLE, label, *filter(None, (other,)))


def _order_forms(document: NewDocument, number: str) -> Iterator[str]:
    """Yield how a manuscript may write 令号: with its year, in Han numerals."""
    yield from (f"{document.date[:4]}{number}", f"{document.date[:4]}年{number}")
    if digits := re.fullmatch(r"第(\d{1,2})号", number):
        yield f"第{han_numeral(int(digits[1]))}号"


def _number_forms(number: re.Match[str]) -> Iterator[str]:
    for before in ("", "第"):
        yield from (f"{number[1]}{before}{zeros}{number[2]}" for zeros in ("", "0", "00"))


def _narrow(letters: str) -> str:
    """Return ``letters`` with half-width digits."""
    return letters.translate(_WIDE_DIGITS)


def _date_forms(year: int, month: int, day: int) -> Iterator[str]:
    yield f"{year}年{month}月{day}日"
    for one in (month, f"{month:02}"):
        for other in (day, f"{day:02}"):
            yield from (f"{year}年{one}月{other}日", f"{year}{one}{other}")
    for zero in _ZEROS:
        digits = str(year).translate(str.maketrans("0123456789", f"{zero}一二三四五六七八九"))
        yield f"{digits}年{han_numeral(month)}月{han_numeral(day)}日"
