"""Rules about the standing of a document: what it repeals, when it takes effect, how long it is valid (C025–C027, C065)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from liulin_gazette.check.annotations import AnnotatedDocument
from liulin_gazette.check.passages import Passage
from liulin_gazette.check.rule import Finding, Findings
from liulin_gazette.model.document_number import numbers_in
from liulin_gazette.text.numerals import BELOW_HUNDRED, written_number

_SENTENCE = re.compile(r"[^。；]+")
_NOT_REPEALED = re.compile(
    r"(?:不|未|尚未|没有|是否|拟)(?:予|再|同时|被)?废止|废止(?:的|后|前|或者|、|日期|情况|情形|工作)"
)
_REPEAL = "废止"
_AMENDS = re.compile(r"修改|修订|修正|转发|转载")
"""Words in the title of a document whose enclosed text has taken effect, and repealed others, before it."""
_OWN = r"(?:本|此)(?:办法|规定|方案|制度|细则|规则|通知|预案|意见|决定|条例|文件|公告|通告|令)"
_IN_FORCE = r"(?:施行|实施|执行|生效)"
_TAKES_EFFECT = re.compile(
    _OWN + rf"自(?P<year>\d{{4}})年(?P<month>\d{{1,2}})月(?P<day>\d{{1,2}})日(?:起)?(?:开始)?{_IN_FORCE}"
)
_HAN_DIGITS = {digit: value for value, digit in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0}
_WITHOUT_SUBJECT = re.compile(
    r"(?:^|[。；])(?P<words>(?:自|从|于)(?:(?P<year>\d{4}|[一二三四五六七八九〇零○]{4})年)?(?P<month>\d{1,2}|[一二三四五六七八九十]{1,2})月"
    rf"(?P<day>\d{{1,2}}|[一二三四五六七八九十]{{1,3}})日起?(?:正式|开始|试)?{_IN_FORCE})"
)
_FROM_RELEASE = re.compile(
    rf"(?:^|[。；]|{_OWN}(?:自)?)(?P<words>自?(?:公布|发布|印发|下发|发文|颁布)之日起(?:满?(?P<days>\d{{1,3}}|[一二三四五六七八九十]{{1,3}})[日天]后)?(?:正式|开始|试)?{_IN_FORCE})"
)
_TERM = re.compile(rf"有效期(?:为|限为|限)?(?P<years>{BELOW_HUNDRED})年")
_UNTIL = re.compile(r"有效期(?:限)?至(?P<year>\d{4})年(?P<month>\d{1,2})月(?P<day>\d{1,2})日")
_ITSELF = re.compile(f"{_OWN}的?")
_ITSELF_IN_FORCE = re.compile(f"(?:{_OWN}|印发|发布|公布|即日)[^。；]*{_IN_FORCE}")


def repealed_documents_are_declared(annotated: AnnotatedDocument) -> Findings:
    """C025: a document that the text repeals by number is declared under 废止, 代替 or 修订."""
    declared = {relation.target for relation in annotated.document.relations}
    reported: set[str] = set()
    for passage, start, end in _repealing(annotated):
        for number, offset in numbers_in(passage.text[start:end]):
            name = str(number)
            if name in reported or any(name.endswith(target) or target.endswith(name) for target in declared):
                continue
            reported.add(name)
            yield Finding(
                passage.at(start + offset),
                f"文中废止了{name}，文首没有登记，旧文件的网页上不会注明已废止。",
                f"在文首加“废止:”，下一行写“  - {name}”；不是本文件废止的，写明豁免理由。",
                name,
            )


def _repealing(annotated: AnnotatedDocument) -> Iterator[tuple[Passage, int, int]]:
    """Yield where the running text names what it repeals: a passage, and the first and last offset before 废止."""
    for passage in _about_itself(annotated):
        if _REPEAL not in passage.text or "〕" not in passage.text:
            continue
        for sentence in _SENTENCE.finditer(passage.text):
            start = sentence.start()
            while (at := passage.text.find(_REPEAL, start, sentence.end())) >= 0:
                end = at + len(_REPEAL)
                if not _NOT_REPEALED.search(passage.text, max(end - 6, 0), end + 3):
                    yield passage, start, at
                start = end


def _about_itself(annotated: AnnotatedDocument) -> Sequence[Passage]:
    """Return the running text that speaks of this document.

    A document that amends or forwards another one may enclose it whole, with its own older dates.
    """
    if not _AMENDS.search(annotated.document.title):
        return annotated.running
    return [passage for passage in annotated.running if not passage.enclosed]


def effective_date_agrees(annotated: AnnotatedDocument) -> Findings:
    """C026: the day on which the text says that it takes effect is 施行日期.

    Of several enclosed texts, one must take effect on that day.
    """
    stated = annotated.document.policy.effective
    if stated is None:
        return
    found = [
        (passage, match, _day(match) == (stated.year, stated.month, stated.day))
        for passage, match in annotated.matches(_TAKES_EFFECT, _about_itself(annotated))
    ]
    agrees = any(same for _, _, same in found)
    for passage, match, same in found:
        if not same and not (agrees and passage.enclosed):
            yield Finding(
                passage.at(match.start("year")),
                f"文中的施行日期与文首的“施行日期”（{stated}）不一致。",
                "核对原件，改正写错的一处。",
                match[0],
            )


def other_effective_dates_agree(annotated: AnnotatedDocument) -> Findings:
    """C065: the day of taking effect that the text states in other words than C026 reads is 施行日期.

    自2026年3月1日起施行 without a subject, 自公布之日起施行, 自公布之日起30日后施行; Chinese numerals in the date.
    """
    document, policy = annotated.document, annotated.document.policy
    if policy.effective is None:
        return
    released = {document.date, policy.released or document.date}
    found: list[tuple[Passage, re.Match[str], bool]] = []
    for passage, match in annotated.matches(_WITHOUT_SUBJECT, _about_itself(annotated)):
        found.append((passage, match, _written_day(match, policy.effective.year) == policy.effective))
    for passage, match in annotated.matches(_FROM_RELEASE, _about_itself(annotated)):
        days = written_number(match["days"]) if match["days"] else 0
        possible = {
            day + timedelta(days=days + more) for day in released for more in ((0, 1) if days else (0,))
        }
        found.append((passage, match, policy.effective in possible))
    agrees = any(same for _, _, same in found)
    for passage, match, same in found:
        if not same and not (agrees and passage.enclosed):
            yield Finding(
                passage.at(match.start("words")),
                f"文中写“{match['words']}”，文首的“施行日期”是{policy.effective}。",
                "核对原件，改正写错的一处。",
                match["words"],
            )


def _written_day(match: re.Match[str], year: int) -> date | None:
    """Return the day in ``match``, in digits or in Chinese numerals; None if there is none.

    It is in ``year`` where none is written.
    """
    if match["year"]:
        year = int("".join(str(_HAN_DIGITS.get(digit, digit)) for digit in match["year"]))
    try:
        return date(year, written_number(match["month"]), written_number(match["day"]))
    except ValueError:
        return None


def _day(match: re.Match[str]) -> tuple[int, int, int]:
    return int(match["year"]), int(match["month"]), int(match["day"])


def validity_agrees_with_text(annotated: AnnotatedDocument) -> Findings:
    """C027: the term of validity that the text states for itself is 有效期 or 有效期至."""
    policy, running = annotated.document.policy, _about_itself(annotated)
    for passage, match in annotated.matches(_TERM, running):
        if (
            policy.term
            and written_number(match["years"]) != policy.term
            and _is_its_own(passage.text, match.start())
        ):
            yield Finding(
                passage.at(match.start()),
                f"文中写“{match[0]}”，文首的有效期是{policy.term}年。",
                "核对原件，改正写错的一处。",
                match[0],
            )
    for passage, match in annotated.matches(_UNTIL, running):
        until = policy.expires
        if (
            until
            and _day(match) != (until.year, until.month, until.day)
            and _is_its_own(passage.text, match.start())
        ):
            yield Finding(
                passage.at(match.start()),
                f"文中写“{match[0]}”，文首的有效期至{policy.expires}。",
                "核对原件，改正写错的一处。",
                match[0],
            )


def _is_its_own(text: str, at: int) -> bool:
    """Tell whether 有效期 at the offset ``at`` of ``text`` is that of the document, not that of a licence.

    It follows 本办法, or the clause that says when the document takes effect.
    """
    before = text[:at]
    clause = re.split("[，。；：]", before)[-1]
    if clause:
        return _ITSELF.fullmatch(clause) is not None
    sentence = re.split("[。；]", before.rstrip("，。；："))[-1]
    return _ITSELF_IN_FORCE.search(sentence) is not None
