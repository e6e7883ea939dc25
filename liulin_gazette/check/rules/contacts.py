"""Rules about 政策咨询, the contact of a document (codes S005, S044, C014)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from liulin_gazette.check.annotations import AnnotatedDocument
from liulin_gazette.check.rule import Finding, Findings, value_place

_PHONE = re.compile(r"0\d{2,3}-[2-9]\d{6,7}|1[3-9]\d{9}|[19]\d{2,4}")


def phone_is_well_formed(annotated: AnnotatedDocument) -> Findings:
    """S005: the telephone of the contact is 区号-号码, a mobile number or a short service number."""
    contact = annotated.document.contact
    if contact and not _PHONE.fullmatch(contact.phone):
        area_code = annotated.archive.publication.local_area_code or "区号"
        yield Finding(
            value_place(annotated.document, "电话"),
            f"电话“{contact.phone}”的写法不像电话号码。",
            f"写作“{area_code}-号码”的样子：区号、英文减号、七位或八位号码。",
        )


def phone_is_of_this_area(annotated: AnnotatedDocument) -> Findings:
    """S044: the telephone of the contact has the same area code and as many digits as that of the publisher."""
    contact = annotated.document.contact
    county_phone = annotated.archive.publication.back_cover.phone
    if contact is None or "-" not in county_phone or "-" not in contact.phone:
        return
    area, _, number = contact.phone.partition("-")
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
            known = other.document.contact
            if known is not None and known.phone != contact.phone:
                yield Finding(
                    value_place(annotated.document, "电话"),
                    f"{contact.unit}{contact.office}的电话是{contact.phone}，在另一份公文中是{known.phone}。",
                    f"另一处：{other.document.path}。核对哪一个能打通。",
                    contact.phone,
                )
                break
