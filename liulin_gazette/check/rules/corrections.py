"""Rules about corrections of published documents (code C028)."""

from __future__ import annotations

from collections.abc import Iterable

from liulin_gazette.check.rule import Correction, Finding, Findings
from liulin_gazette.model.corrected_places import EVERYWHERE, text_place, words_in
from liulin_gazette.model.diagnostics import Severity

_QUOTE = "照公布的原文一字不差地引，不跨段；"


def wrong_words_are_there(corrections: Iterable[Correction]) -> Findings:
    """C028: the words that an erratum calls wrong stand in the document that it corrects, in one place."""
    for correction in corrections:
        erratum, document = correction.erratum, correction.document
        found = words_in(document, erratum.wrong, erratum.where)
        place = text_place(erratum.where)
        if correction.is_changed or (erratum.where == EVERYWHERE and found):
            continue
        if not found:
            where = erratum.where and f"的{erratum.where}"
            yield Finding(
                erratum.place,
                f"{document.citation_name}{where}里没有“{erratum.wrong}”。",
                f"{_QUOTE}核对“位置”和“文件”。",
                erratum.wrong,
            )
        elif len(found) > 1 and not (place and place.page):
            yield Finding(
                erratum.place,
                f"{document.citation_name}{erratum.where and f'的{erratum.where}'}里“{erratum.wrong}”有{len(found)}处，"
                "看不出更正的是哪一处，网页上只在文件开头说明。",
                "原文多引几个字，或加一行“位置: 第五条”的样子；处处都错的写“位置: 全文”。",
                erratum.wrong,
                Severity.WARNING,
            )
