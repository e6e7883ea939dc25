"""Rules about idioms, units, persons and places with a character wrong, missing or swapped (codes T041, K008, K009)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from liulin_gazette.check.annotations import AnnotatedDocument
from liulin_gazette.check.knowledge.data_tables import county_units, national_agencies
from liulin_gazette.check.knowledge.misspelled_idioms import idiom_slips
from liulin_gazette.check.knowledge.phrase_slips import may_have_slips, slips_in
from liulin_gazette.check.knowledge.single_edits import EditKind, is_confusable, single_edit
from liulin_gazette.check.passages import Passage
from liulin_gazette.check.rule import Finding, Findings
from liulin_gazette.check.rules.wording import MISTAKEN_WORDS
from liulin_gazette.model.diagnostics import Severity
from liulin_gazette.model.gazette import Gazette
from liulin_gazette.text.common_words import common_words
from liulin_gazette.text.personal_names import is_name

_HINT = "核对原件；确实无误的，写明豁免理由。"
_UNIT = re.compile(
    r"(?<![一-鿿][省市])县(?P<name>[一-鿿]{1,11}?(?:局|委员会|办公室|中心))(?![一-鿿]?[域限势面])"
)
_OWN_LANGUAGE = 3
"""How often a name stands in an issue that is its own language."""
_LONG = 4
"""Characters of a unit's name in which one may be missing or doubled."""
_LEFT_OUT = "和与"
"""What short names leave out rightly: 发展改革局."""
_TOWN = re.compile("[一-鿿]{2}(?:[镇乡村]|街道|社区)")
_GENERAL = re.compile(
    "[各全本该我乡县镇村级属地区]|.[城小集古老新重]$|人民|有关|集体|建制|行政|自然|中心|示范|特色|美丽|民族|所在"
)
_PLACE_TWICE = 2
"""How often the other name of a place stands, where this one stands once."""
_NAME_LENGTH = 3


def idioms_have_their_characters(annotated: AnnotatedDocument) -> Findings:
    """T041: an idiom of four characters is written as the dictionary has it."""
    for passage in annotated.running:
        for slip in idiom_slips(passage.text):
            typed = passage.text[slip.start : slip.end]
            if not MISTAKEN_WORDS.search(typed):  # T012 tells those.
                message = f"“{typed}”可能是“{slip.right}”之误。"
                severity = None if slip.is_certain else Severity.NOTE
                yield Finding(passage.at(slip.start), message, _HINT, typed, severity)


def units_bear_their_names(documents: Sequence[AnnotatedDocument]) -> Findings:
    """K008: the name of an agency of the state, of a county's unit, or of an issuer is none of these with a slip."""
    if not documents:
        return
    for document in documents:
        yield from _agencies(document)
    gazette = documents[0].archive.gazette
    issuers = [issuer.name for issuer in gazette.issuers]
    counts = Counter(
        match["name"]
        for document in documents
        for passage in document.body
        for match in _UNIT.finditer(passage.text)
    )
    right_names = {*county_units(), *(name.rpartition("县")[2] for name in issuers)}
    right_names |= {name for name, count in counts.items() if count >= _OWN_LANGUAGE}
    slips = {
        name: right
        for name in counts
        if name not in right_names
        and f"县{name}" not in gazette.proofreading.accepted
        and (right := _unit_meant(name, right_names))
    }
    if not slips:
        return
    for document in documents:
        for passage in document.body:
            for match in _UNIT.finditer(passage.text):
                if right := slips.get(match["name"]):
                    yield Finding(
                        passage.at(match.start()),
                        f"“县{match['name']}”可能是“县{right}”之误。",
                        _HINT + "本地确有这个单位的，在 gazette.toml “校核”的“认可的名称”中登记。",
                        match[0],
                    )


def _agencies(document: AnnotatedDocument) -> Findings:
    """Yield the names of agencies of the state with a slip; what may be another agency (金融监管支局) is none."""
    accepted = document.archive.gazette.proofreading.accepted
    names = {each.text for each in national_agencies()}
    suspected = [each for each in national_agencies() if may_have_slips(document.whole, each)]
    for passage in document.body if suspected else ():
        for slip in slips_in(passage.text, suspected):
            typed = passage.text[slip.start : slip.end]
            is_own = typed in accepted or typed in names or typed == slip.right.replace("总局", "局")
            if slip.is_certain and not is_own and typed[-1] == slip.right[-1]:
                yield Finding(passage.at(slip.start), f"“{typed}”可能是“{slip.right}”之误。", _HINT, typed)


def _unit_meant(typed: str, right_names: set[str]) -> str | None:
    """Return the unit that ``typed`` is a slip for; None if there is none, or more than one."""
    candidates = [right for right in right_names if _is_unit_slip(typed, right)]
    return candidates[0] if len(candidates) == 1 else None


def _is_unit_slip(typed: str, right: str) -> bool:
    edit = single_edit(typed, right)
    if edit is None or typed[-1] != right[-1]:
        return False
    if edit.kind is EditKind.REPLACED:
        return is_confusable(typed[edit.offset], right[edit.offset])
    if edit.kind in (EditKind.SWAPPED, EditKind.DOUBLED):
        return True
    return edit.kind is EditKind.MISSING and len(right) >= _LONG and right[edit.offset] not in _LEFT_OUT


def names_agree_in_the_issue(documents: Sequence[AnnotatedDocument]) -> Findings:
    """K009: a person in a 名单, or a place that an issue names twice, is written elsewhere with the same characters.

    Towns are few: two of them that differ in a like character, each named once, are told too.
    """
    yield from _persons(documents)
    yield from _places(documents)


def _persons(documents: Sequence[AnnotatedDocument]) -> Findings:
    for document in documents:
        listed: dict[str, list[str]] = {}
        for roster in document.rosters:
            for entry in roster.entries:
                name = entry.name.removesuffix("（兼）").replace(" ", "").replace("　", "")
                if len(name) == _NAME_LENGTH and is_name(name):
                    listed.setdefault(name[0], []).append(name)
        if not listed:
            continue
        surnames = re.compile("[" + "".join(sorted(listed)) + "]")
        for passage in document.running:
            for at, typed, right in _persons_in(passage, surnames, listed):
                yield Finding(
                    passage.at(at), f"“{typed}”在名单里是“{right}”。", "核对原件，看是不是同一个人。", typed
                )


def _persons_in(
    passage: Passage, surnames: re.Pattern[str], listed: Mapping[str, list[str]]
) -> Iterator[tuple[int, str, str]]:
    words, text = common_words(), passage.text
    for match in surnames.finditer(text):
        at = match.start()
        typed = text[at : at + _NAME_LENGTH]
        if len(typed) < _NAME_LENGTH or typed in listed[match[0]]:
            continue
        beside = (text[max(at - 1, 0) : at + 1], typed[:2], typed[1:], text[at + 2 : at + 4])
        if any(pair in words for pair in beside):
            continue
        for right in listed[match[0]]:
            edit = single_edit(typed, right)
            if (
                edit is not None
                and edit.kind is EditKind.REPLACED
                and is_confusable(typed[edit.offset], right[edit.offset])
            ):
                yield at, typed, right
                break


def _own_places(gazette: Gazette) -> Iterator[re.Match[str]]:
    """Yield the places that the names of issuers have: 石桥镇人民政府."""
    for issuer in gazette.issuers:
        yield from _TOWN.finditer(issuer.name)


def _places(documents: Sequence[AnnotatedDocument]) -> Findings:
    found = [
        (passage, match)
        for document in documents
        for passage in document.body
        for match in _TOWN.finditer(passage.text)
        if not _GENERAL.search(match[0][:2])
    ]
    counts = Counter(match[0] for _, match in found)
    own = {match[0] for document in documents for match in _own_places(document.archive.gazette)}
    right_names = sorted(own | {name for name, count in counts.items() if count >= _PLACE_TWICE})
    towns_before: list[str] = []
    for passage, match in found:
        name = match[0]
        if counts[name] > 1 or name in own or not _is_name_of_place(passage.text, match.start()):
            continue
        right = _place_meant(name, (*right_names, *towns_before))
        if right:
            yield Finding(
                passage.at(match.start()),
                f"“{name}”与别处的“{right}”只差一个字。",
                "核对原件，看是不是同一个地方。",
                name,
                Severity.NOTE,
            )
        elif not name.endswith("村"):
            towns_before.append(name)


def _is_name_of_place(text: str, start: int) -> bool:
    """Tell whether a place may be named at ``start``: neither a word begins there, nor does one end within."""
    words = common_words()
    return text[start : start + 2] not in words and text[max(start - 1, 0) : start + 1] not in words


def _place_meant(name: str, others: Sequence[str]) -> str | None:
    """Return that of ``others`` which differs from ``name`` in one character that is like it; None if none does."""
    for other in others:
        edit = single_edit(name, other)
        if (
            edit is not None
            and edit.kind is EditKind.REPLACED
            and is_confusable(name[edit.offset], other[edit.offset])
        ):
            return other
    return None
