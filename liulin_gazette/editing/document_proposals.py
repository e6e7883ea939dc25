"""What a new document can say: issuers that may sign it, numbers that are free, and what is wrong with an answer."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from liulin_gazette.editing.free_numbers import next_number
from liulin_gazette.model.document_number import NumberFormatError, parse
from liulin_gazette.model.gazette import Gazette, Issuer
from liulin_gazette.model.kinds import NEEDED_BY_ALL, Kind, Need
from liulin_gazette.model.publication import Publication
from liulin_gazette.source.documents import ORDER
from liulin_gazette.text.book_titles import book_title


def acting_issuers(gazette: Gazette, day: date | None) -> tuple[Issuer, ...]:
    """Return the registered issuers that sign documents of ``day``; all of them where it is not known yet."""
    return tuple(each for each in gazette.issuers if day is None or each.acts_on(day))


def codes_of(gazette: Gazette, issuer: str, day: date | None) -> tuple[str, ...]:
    """Return the 机关代字 that ``issuer`` has on ``day``."""
    return tuple(code for each in acting_issuers(gazette, day) if each.name == issuer for code in each.codes)


def next_numbers(
    root: Path, publication: Publication, kind: Kind, issuer: str, day: date | None
) -> tuple[str, ...]:
    """Return the next free 发文字号 for each 机关代字 of ``issuer``; none for a reprint, or without a day."""
    if not (kind.county_numbers and issuer and day):
        return ()
    codes = codes_of(publication.gazette, issuer, day)
    return tuple(str(next_number(root, publication, code, day.year)) for code in codes)


def number_fault(publication: Publication, kind: Kind, issuer: str, day: date | None, written: str) -> str:
    """Return what is wrong with the 发文字号 ``written`` for a document of ``kind`` by ``issuer``; empty if nothing is."""
    if not issuer:
        return "写了发文字号的，要写发文机关。"
    try:
        number = parse(written)
    except NumberFormatError as error:
        return error.told
    if not kind.county_numbers:
        return ""
    codes = codes_of(publication.gazette, issuer, day)
    if number.code not in codes:
        return (
            f"机关代字“{number.code}”不是{issuer}的，可用的有：{'、'.join(codes)}。"
            "新的代字先在 content/gazette.toml 中登记。"
        )
    if day and number.year != day.year:
        return f"字号的年份（{number.year}）与成文日期（{day}）不是同一年。"
    used = next(
        (each for issue in publication.issues for each in issue.documents if each.county_number == number),
        None,
    )
    return f"“{written}”已经用过：{used.path}{book_title(used.title)}。" if used else ""


def order_fault(publication: Publication, kind: Kind, issuer: str, written: str) -> str:
    """Return what is wrong with the 令号 ``written`` for a document of ``kind`` by ``issuer``; empty if nothing is."""
    match = ORDER.fullmatch(written)
    if match is None:
        return f"令号“{written}”写法不对，写作“第12号”：阿拉伯数字，不编虚位。"
    identifier = f"{issuer}令第{match['number']}号"
    used = {each.identifier for issue in publication.issues for each in issue.documents}
    return f"“{identifier}”已经用过。" if kind.county_numbers and identifier in used else ""


def needed_fields(kind: Kind, title: str) -> frozenset[str]:
    """Return the fields that a document of ``kind`` with ``title`` has to have."""
    return frozenset(
        {*NEEDED_BY_ALL, *(field for field in kind.required if kind.need(field, title) is Need.REQUIRED)}
    )
