"""Rules about 政策咨询, the contact of a document, and telephone numbers in its text (S005, S044, C014, C063, C064)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from liulin_gazette.check.annotations import AnnotatedDocument
from liulin_gazette.check.grammar.sentences import sentence_at
from liulin_gazette.check.knowledge.single_edits import EditKind, single_edit
from liulin_gazette.check.rule import Finding, Findings, value_place
from liulin_gazette.model.diagnostics import Severity
from liulin_gazette.model.document import Contact, Document
from liulin_gazette.model.publication import Publication

_EXTENSION = re.compile(r"(?:[（(]?转|-)\d{1,5}[）)]?$")
"""分机: behind the number, after 转 or a second hyphen."""
_IN_TEXT = re.compile(r"(?<![\d-])(?P<area>010|02\d|0[3-9]\d\d)[-—－ ]?(?P<number>[2-9]\d{6,7})(?![\d-])")
_UNIT_OF_COUNTY = re.compile("县[一-鿿]{1,10}(?:局|办公室|办|中心|委员会|政府|大队|所|站)|本县|我县")
_PHONE = re.compile(
    r"0\d{2,3}-[2-9]\d{6,7}(?:(?:转|-)\d{1,5}|（转\d{1,5}）)?|1[3-9]\d{9}|(?:0\d{2,3}-)?[19]\d{2,4}"
)


def phone_is_well_formed(annotated: AnnotatedDocument) -> Findings:
    """S005: the telephone of the contact is 区号-号码, a mobile number or a short service number."""
    contact = annotated.document.contact
    if contact and not _PHONE.fullmatch(contact.phone):
        area_code = annotated.archive.gazette.local_area_code or "区号"
        yield Finding(
            value_place(annotated.document, "电话"),
            f"电话“{contact.phone}”的写法不像电话号码。",
            f"写作“{area_code}-号码”的样子：区号、英文减号、七位或八位号码。",
        )


def phone_is_of_this_area(annotated: AnnotatedDocument) -> Findings:
    """S044: the telephone of the contact has the same area code and as many digits as that of the publisher."""
    contact = annotated.document.contact
    county_phone = annotated.archive.gazette.back_cover.phone
    if contact is None or "-" not in county_phone or "-" not in contact.phone:
        return
    area, _, number = _EXTENSION.sub("", contact.phone).partition("-")
    county_area, _, county_number = county_phone.partition("-")
    if area != county_area or len(number) != len(county_number):
        yield Finding(
            value_place(annotated.document, "电话"),
            f"电话“{contact.phone}”与本县的电话（{county_area}加{len(county_number)}位）不同。",
            "核对区号和号码的位数。",
            contact.phone,
        )


def offices_have_one_phone(documents: Sequence[AnnotatedDocument]) -> Findings:
    """C014: within an issue, an office or a person of a unit has one telephone number."""
    first: dict[tuple[str, str], AnnotatedDocument] = {}
    for annotated in documents:
        contact = annotated.document.contact
        if contact is None:
            continue
        for key in ((contact.unit, contact.office), (contact.unit, contact.person)):
            other = first.setdefault(key, annotated)
            other_contact = other.document.contact
            if other_contact is not None and other_contact.phone != contact.phone:
                yield Finding(
                    value_place(annotated.document, "电话"),
                    f"{contact.unit}{contact.office}的电话是{contact.phone}，在另一份公文中是{other_contact.phone}。",
                    f"另一处：{other.document.path}。核对哪一个能打通。",
                    contact.phone,
                )
                break


def phones_in_text_are_of_this_area(annotated: AnnotatedDocument) -> Findings:
    """C064: a telephone number in the text with this area's code has as many digits as the publisher's.

    Another area code may be right; beside a unit of the county it hardly is.
    """
    gazette = annotated.archive.gazette
    local, _, county_number = gazette.back_cover.phone.partition("-")
    area = gazette.local_area_code
    if not area:
        return
    for passage, match in annotated.matches(_IN_TEXT, annotated.body):
        told, number = match["area"], match["number"]
        severity = None
        if told == area:
            if not county_number or local != area or len(number) == len(county_number):
                continue
            problem = f"是{len(number)}位，本县的号码是{len(county_number)}位"
        else:
            problem = f"的区号不是本县的{area}"
            sentence = sentence_at(passage.text, match.start())
            edit = single_edit(told, area)
            is_slip = edit is not None and edit.kind is EditKind.SWAPPED
            severity = None if is_slip or _UNIT_OF_COUNTY.search(sentence) else Severity.NOTE
        yield Finding(
            passage.at(match.start()), f"电话“{match[0]}”{problem}。", "核对区号和号码。", match[0], severity
        )


def offices_keep_their_phone(publication: Publication) -> Findings:
    """C063: the telephone of an office is that of contacts.toml and of earlier issues.

    A number that differs from the earlier one by a single slip is a warning; an office may also have a new number.
    """
    changed = {
        (change.unit, change.office, change.printed): change for change in publication.gazette.phone_changes
    }
    earlier_contacts: dict[tuple[str, str], tuple[Document, Contact]] = {}
    for issue in publication.issues:
        of_issue: dict[tuple[str, str], tuple[Document, Contact]] = {}
        for document in issue.documents:
            contact = document.contact
            if contact is None:
                continue
            office = contact.unit, contact.office
            of_issue.setdefault(office, (document, contact))
            where = value_place(document, "电话")
            change = changed.get((*office, contact.phone))
            if change and change.since <= document.date:
                yield Finding(
                    where,
                    f"{contact.unit}{contact.office}的电话{contact.phone}已从{change.since}起改为{change.phone or '不再使用'}。",
                    "核对哪一个能打通；contacts.toml 写错的，改正那里。",
                    contact.phone,
                )
                continue
            if office not in earlier_contacts:
                continue
            earlier, before = earlier_contacts[office]
            if before.phone == contact.phone or (*office, before.phone) in changed:
                continue
            is_slip = single_edit(contact.phone, before.phone) is not None
            yield Finding(
                where,
                f"{contact.unit}{contact.office}的电话是{contact.phone}，以前刊登的是{before.phone}（{earlier.path}）。",
                "核对哪一个能打通；改了号的，在 content/contacts.toml 里登记。",
                contact.phone,
                None if is_slip else Severity.NOTE,
            )
        earlier_contacts.update(of_issue)
