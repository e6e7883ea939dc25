"""The questions of ``new document``: which ones are asked follows from the kind (体裁) of the document."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from liulin_gazette.commands.terminal.prompts import Question, WrongAnswerError, answer_to, no_fault
from liulin_gazette.editing.document_proposals import (
    acting_issuers,
    needed_fields,
    next_numbers,
    number_fault,
    order_fault,
)
from liulin_gazette.editing.free_numbers import next_order
from liulin_gazette.editing.issue_file import open_sections
from liulin_gazette.editing.new_files import RELEASE, NewDocument
from liulin_gazette.model.document import Contact, Signatory
from liulin_gazette.model.document_number import NumberFormatError, parse
from liulin_gazette.model.document_types import PUBLIC_TYPES, type_in
from liulin_gazette.model.kinds import COMMON_FIELDS, OFFICIAL, Kind, Need, kinds_with
from liulin_gazette.model.publication import Publication
from liulin_gazette.source.documents import ADDRESS_NAME, CITED_ORDER
from liulin_gazette.text.pinyin import syllables

FIELD_OF = {
    "number": "发文字号", "order": "令号", "issuer": "发文机关", "addressees": "主送", "release": "公开方式",
    "post": "签署", "signatory": "签署", "unit": "政策咨询", "office": "政策咨询", "person": "政策咨询",
    "phone": "政策咨询", "source": "来源", "explains": "解读", "corrects": "更正", "address_name": "网址名",
}  # fmt: skip
"""The field of the front matter that an option gives."""
_DATES = ("施行日期", "有效期至", "废止日期", "发布日期")
_LISTS = ("题注", "修订", "废止", "代替", "更正", "解读")
_ROWS = ("日程",)
_OPTIONAL = "没有的直接回车"
_Fault = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class _Draft:
    """What is known of the document when its later questions are asked."""

    root: Path
    publication: Publication
    issue: str
    """Name of the issue: 2026-2."""
    kind: Kind
    title: str
    day: date | None
    """成文日期; None where it is left open."""
    issuers: tuple[str, ...] = ()

    def need(self, field: str) -> Need:
        """Return whether the document must, may or must not have ``field``."""
        return self.kind.need(field, self.title)

    def is_asked(self, field: str, given: str, treated_as: tuple[str, ...] = ()) -> bool:
        """Tell whether ``field`` is asked for: it is required or ``given``, or usual where ``treated_as`` says so."""
        if self.need(field) is Need.FORBIDDEN:
            return False
        is_usual = not treated_as or self.kind.treated_as in treated_as
        return self.need(field) is Need.REQUIRED or bool(given) or is_usual


def ask_document(root: Path, publication: Publication, given: argparse.Namespace) -> tuple[str, NewDocument]:
    """Return the section and the content of a new document: what is ``given`` by options, the rest as answered.

    Raises NewError if the issue is not there or has no sections, WrongAnswerError for an option that cannot be used,
    UnansweredError.
    """
    sections = open_sections(root, given.issue)
    kind = publication.gazette.kinds[
        answer_to(
            Question("体裁", proposed=OFFICIAL, choices=tuple(publication.gazette.kinds)), given.document_kind
        )
    ]
    _refuse_forbidden(kind, given)
    section = sections[0] if len(sections) == 1 and not given.section else _section(sections, given.section)
    title = answer_to(Question("标题", fault=_filled("标题")), given.title)
    written = answer_to(Question("成文日期", "例如 2026-03-06", fault=_date_fault), given.date)
    day = date.fromisoformat(written) if written else None
    draft = _Draft(root, publication, given.issue, kind, title, day)
    issuers = _issuers(draft, given.issuer)
    draft = _Draft(root, publication, given.issue, kind, title, day, issuers)
    number = _number(draft, given.number)
    fields = _fields(draft, given, bool(number))
    addressees = _addressees(draft, given.addressees)
    release = _release(draft, given.release)
    signatory = _signatory(draft, given.post, given.signatory)
    return section, NewDocument(
        title=title,
        number=number,
        issuer=issuers[0] if issuers else "",
        date=written,
        addressees=addressees,
        release=release,
        contact=_contact(draft, given),
        kind=kind.name,
        further_issuers=issuers[1:],
        signatory=signatory,
        fields=fields,
        needed=needed_fields(kind, title),
    )


def _refuse_forbidden(kind: Kind, given: argparse.Namespace) -> None:
    """Raise WrongAnswerError for an option that gives a field which documents of ``kind`` must not have."""
    for option, field in FIELD_OF.items():
        if getattr(given, option) and kind.need(field) is Need.FORBIDDEN:
            raise WrongAnswerError(
                f"体裁是“{kind.name}”的文件不写“{field}”，不要用 --{option.replace('_', '-')}。"
                f"“{field}”是{'、'.join(kinds_with(field))}的项目。"
            )


def _section(sections: tuple[str, ...], given: str) -> str:
    known = "、".join(sections)
    needs_option = f"这一期有几个栏目，要用 --section 写明一个：{known}。"
    return answer_to(Question("栏目", choices=sections, fault=_filled("栏目", needs_option)), given)


def _filled(field: str, alone: str = "") -> _Fault:
    """Return the check that an answer is not empty; where nobody can be asked, ``alone`` says what is wrong then.

    Without ``alone`` a field may stay empty there, for the editor to fill in.
    """

    def fault(answer: str) -> str:
        if answer:
            return ""
        return f"要写{field}。" if sys.stdin.isatty() else alone

    return fault


def _date_fault(answer: str) -> str:
    if not answer:
        return _filled("成文日期")(answer)
    try:
        is_right = date.fromisoformat(answer).isoformat() == answer
    except ValueError:
        is_right = False
    return "" if is_right else f"日期“{answer}”写法不对，写作 2026-03-06 的样子。"


def _issuers(draft: _Draft, given: str) -> tuple[str, ...]:
    """Return 发文机关; for documents of the county they are chosen from those registered on the day."""
    if not draft.is_asked("发文机关", given):
        return ()
    is_required = draft.need("发文机关") is Need.REQUIRED
    names = tuple(
        dict.fromkeys(issuer.name for issuer in acting_issuers(draft.publication.gazette, draft.day))
    )
    question = Question(
        "发文机关",
        "" if is_required else _OPTIONAL,
        choices=names if draft.kind.county_numbers else (),
        advice="新的机关先在 content/gazette.toml 的“发文机关”中登记。",
        several=True,
        fault=_filled("发文机关") if is_required else no_fault,
    )
    return tuple(filter(None, answer_to(question, given).split("、")))


def _number(draft: _Draft, given: str) -> str:
    """Return 发文字号; the next free ones of the first issuer are proposed."""
    is_required = draft.need("发文字号") is Need.REQUIRED
    if not draft.is_asked("发文字号", given) or not (is_required or given or draft.issuers):
        return ""
    proposals = _next_numbers(draft)
    can_ask = sys.stdin.isatty()
    question = Question(
        "发文字号",
        "" if is_required else _OPTIONAL,
        proposed=proposals[0] if proposals and is_required and can_ask else "",
        choices=proposals,
        is_open=True,
        fault=lambda answer: _number_fault(draft, answer, is_required, proposals),
    )
    return answer_to(question, given)


def _next_numbers(draft: _Draft) -> tuple[str, ...]:
    """Return the next free number for each 机关代字 of the first issuer; none for a reprint, or without a date."""
    issuer = draft.issuers[0] if draft.issuers else ""
    return next_numbers(draft.root, draft.publication, draft.kind, issuer, draft.day)


def _number_fault(draft: _Draft, answer: str, is_required: bool, proposals: tuple[str, ...]) -> str:
    if not answer:
        following = f"下一个是 {'、'.join(proposals)}。" if proposals else ""
        missing = f"缺少发文字号，用 --number 写明。{following}"
        return _filled("发文字号", missing)(answer) if is_required else ""
    return number_fault(
        draft.publication, draft.kind, draft.issuers[0] if draft.issuers else "", draft.day, answer
    )


def _fields(draft: _Draft, given: argparse.Namespace, has_number: bool) -> dict[str, str | tuple[str, ...]]:
    """Return the further fields that are asked for, those that gazette.toml has made required too."""
    fields: dict[str, str | tuple[str, ...]] = {}
    is_reprint = draft.kind.treated_as == "转载"
    if draft.is_asked("令号", given.order, ("政府令",)) or (
        is_reprint and draft.issuers and not has_number and draft.need("令号") is not Need.FORBIDDEN
    ):
        fields["令号"] = _order(draft, given.order)
    if draft.is_asked("来源", given.source, ("转载",)):
        example = f"例如 《国务院公报》2026年第36号第12页；{_OPTIONAL}"
        fields["来源"] = answer_to(Question("来源", example), given.source)
    for field, kind, value in (("解读", "政策解读", given.explains), ("更正", "更正", given.corrects)):
        if draft.is_asked(field, value, (kind,)):
            fields[field] = _targets(draft, field, value)
    if address_name := _address_name(draft, given.address_name, has_number or bool(fields.get("令号"))):
        fields["网址名"] = address_name
    for field in sorted(set(draft.kind.required) - FIELD_OF.keys() - set(FIELD_OF.values()) - COMMON_FIELDS):
        if field not in _ROWS and draft.need(field) is Need.REQUIRED:
            fields[field] = _required(field)
    return fields


def _required(field: str) -> str | tuple[str, ...]:
    """Return the answer for a ``field`` that gazette.toml has made required."""
    is_list = field in _LISTS
    fault = _date_fault if field in _DATES else _filled(field)
    answer = answer_to(Question(field, several=is_list, fault=fault))
    return tuple(filter(None, answer.split("、"))) if is_list else answer


def _order(draft: _Draft, given: str) -> str:
    """Return 令号; the next one of the issuer is proposed, but for a reprint."""
    issuer = draft.issuers[0] if draft.issuers else ""
    is_required = draft.need("令号") is Need.REQUIRED
    following = f"第{next_order(draft.publication, issuer)}号" if issuer and draft.kind.county_numbers else ""

    def fault(answer: str) -> str:
        if not answer:
            missing = "缺少令号，用 --order 写明。" + (f"下一个是{following}。" if following else "")
            return _filled("令号", missing)(answer) if is_required else ""
        return order_fault(draft.publication, draft.kind, issuer, answer)

    proposed = following if is_required and sys.stdin.isatty() else ""
    note = "" if is_required else _OPTIONAL
    return answer_to(Question("令号", note, proposed, fault=fault), given)


def _targets(draft: _Draft, field: str, given: str) -> tuple[str, ...]:
    """Return the documents that this one explains or corrects; one that no issue has is told, and kept."""
    note = f"发文字号、令，或网址的最后一段；{_OPTIONAL}"
    question = Question(f"{field}的是哪一份", note, several=True, fault=_target_fault)
    answer = answer_to(question, given)
    targets = tuple(filter(None, answer.split("、")))
    documents = [each for issue in draft.publication.issues for each in issue.documents]
    known = {name for each in documents for name in (each.identifier, each.slug)}
    for target in targets:
        if target not in known:
            print(f"各期里没有“{target}”，照写；请核对。")
    return targets


def _target_fault(answer: str) -> str:
    for target in filter(None, answer.split("、")):
        if CITED_ORDER.fullmatch(target) or ADDRESS_NAME.fullmatch(target):
            continue
        try:
            parse(target)
        except NumberFormatError as error:
            return error.told
    return ""


def _address_name(draft: _Draft, given: str, has_number: bool) -> str:
    """Return 网址名: asked for where a document of the same kind and day, without a number, is in the issue."""
    folder = f"content/{draft.issue}"
    issue = next((each for each in draft.publication.issues if each.folder == folder), None)
    address = f"{draft.kind.slug}-{draft.day}"
    taken = {document.slug for document in issue.documents} if issue else set[str]()
    if not given and (has_number or address not in taken or not sys.stdin.isatty()):
        return ""

    def fault(answer: str) -> str:
        if not ADDRESS_NAME.fullmatch(answer):
            return "网址名用小写字母、数字和减号，写作“gong-zuo-bao-gao”的样子，不超过六十个字符。"
        return f"网址 {address}-{answer} 也有了，换一个。" if f"{address}-{answer}" in taken else ""

    sounds = "-".join(sound for sound in syllables(draft.title) if re.fullmatch("[a-z]+", sound))
    proposed = sounds[:30].rstrip("-")
    return answer_to(Question("网址名", "同一天已有一份，网址以它区别", proposed, fault=fault), given)


def _addressees(draft: _Draft, given: str) -> str:
    if type_in(draft.title) in PUBLIC_TYPES and draft.kind.has_type and not given:
        return ""
    if not draft.is_asked("主送", given):
        return ""
    is_required = draft.need("主送") is Need.REQUIRED

    def fault(answer: str) -> str:
        if not answer:
            return _filled("主送")(answer) if is_required else ""
        return "" if answer.endswith("：") else "主送机关以全角冒号“：”结尾。"

    return answer_to(Question("主送", "" if is_required else _OPTIONAL, fault=fault), given)


def _release(draft: _Draft, given: str) -> str:
    if draft.need("公开方式") is Need.REQUIRED:
        return answer_to(Question("公开方式", proposed=RELEASE), given)
    return answer_to(Question("公开方式", _OPTIONAL), given) if draft.is_asked("公开方式", given) else ""


def _signatory(draft: _Draft, post: str, name: str) -> Signatory | None:
    if not draft.is_asked("签署", post or name, ("政府令",)):
        return None
    is_required = draft.need("签署") is Need.REQUIRED
    fault = _filled("职务") if is_required or name else no_fault
    post = answer_to(Question("签署人的职务", "" if is_required else _OPTIONAL, fault=fault), post)
    if not (post or name or is_required):
        return None
    return Signatory(post, answer_to(Question("签署人的姓名", fault=_filled("姓名")), name))


def _contact(draft: _Draft, given: argparse.Namespace) -> Contact | None:
    """Return 政策咨询; parts that are left empty are filled in later."""
    is_given = any((given.unit, given.office, given.person, given.phone))
    is_required = draft.need("政策咨询") is Need.REQUIRED
    if not draft.is_asked("政策咨询", "given" if is_given else ""):
        return None
    proposed = draft.issuers[0] if draft.issuers and (is_required or is_given) else ""
    unit = answer_to(Question("责任单位", "" if is_required else _OPTIONAL, proposed), given.unit)
    if not (unit or is_required or is_given):
        return None
    return Contact(
        unit,
        answer_to(Question("责任股室"), given.office),
        answer_to(Question("责任人"), given.person),
        answer_to(Question("电话"), given.phone),
    )
