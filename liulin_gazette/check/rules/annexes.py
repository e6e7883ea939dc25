"""Rules about annexes and 附件说明 (codes S040–S042, S049)."""

from __future__ import annotations

import re

from liulin_gazette.check.annotations import AnnotatedDocument
from liulin_gazette.check.passages import Passage
from liulin_gazette.check.rule import Finding, Findings
from liulin_gazette.model.blocks import Annex, Paragraph
from liulin_gazette.model.diagnostics import Place, Severity

_LEAD = r"附[ 　]*件[ 　]*[：:]"
_ANNOUNCED = re.compile(rf"{_LEAD}\s*(?P<titles>.+)", re.DOTALL)
_NUMBERED = re.compile(r"(?:^|[\s　])(\d{1,2})[.．、]\s*")
_REFERENCE = re.compile(r"(?:详?见|按照|填写)(?P<label>附件\s*(?P<number>\d{1,2}))(?![\d份个])")


def annexes_are_as_announced(annotated: AnnotatedDocument) -> Findings:
    """S040: 附件说明 and the annexes agree in number, order and titles (GB/T 9704-2012 §7.3.4、§7.3.7)."""
    notes = _annex_notes(annotated)
    annexes = [annex for annex in annotated.annexes if annex.label.startswith("附件")]
    announced = [(passage, title) for passage, titles in notes for title in titles]
    if annexes and not notes and not _are_mentioned(annotated):
        yield Finding(
            Place(annotated.document.path, annexes[0].line, 1),
            f"后面有“{_name(annexes[0])}”，正文之后没有附件说明。",
            "核对原件，补上“附件：……”；原件没有的照原样。",
            annexes[0].title,
            Severity.NOTE,
        )
    if notes and len(announced) != len(annexes):
        yield Finding(
            notes[0][0].at(),
            f"附件说明列了{len(announced)}个附件，后面实有{len(annexes)}个。",
            "核对原件，补上漏掉的附件，或改正附件说明。",
            notes[0][0].text,
        )
        return
    for (passage, title), annex in zip(announced, annexes, strict=False):
        if title.rstrip("。；;.") != annex.title:
            yield Finding(
                Place(annotated.document.path, annex.line, 1),
                f"附件标题“{annex.title}”与附件说明不一致。",
                f"附件说明（第 {passage.line} 行）是“{title}”。核对原件；原件不一致的照原样，写明豁免理由。",
                annex.title,
            )


def _are_mentioned(annotated: AnnotatedDocument) -> bool:
    """Tell whether the text of an enclosed instrument speaks of its annexes (见附件), as some do instead of a note."""
    return bool(annotated.instruments) and any("附件" in passage.text for passage in annotated.running)


def annex_note_is_marked_right(annotated: AnnotatedDocument) -> Findings:
    """S041: in 附件说明 a title has no mark at its end, and a single one no number (GB/T 9704-2012 §7.3.4)."""
    for passage, titles in _annex_notes(annotated):
        if any(title.endswith(("。", "；", "，", ";", "、")) for title in titles):
            yield Finding(
                passage.at(len(passage.text) - 1),
                "附件名称后不加标点。",
                "核对原件；原件如此的照原样。",
                passage.text,
            )
        elif len(titles) == 1 and _NUMBERED.match(re.sub(_LEAD, "", passage.text, count=1)):
            yield Finding(passage.at(), "只有一个附件，不编序号。", "核对原件是否漏了附件。", passage.text)


def _annex_notes(annotated: AnnotatedDocument) -> list[tuple[Passage, list[str]]]:
    """Return each 附件说明 with the titles of annexes in it."""
    notes: list[tuple[Passage, list[str]]] = []
    for passage in annotated.body:
        if not isinstance(passage.block, Paragraph) or passage.block.role != "annex-note":
            continue
        match = _ANNOUNCED.match(passage.text)
        if match is None:
            continue
        text = match["titles"].strip()
        parts = _NUMBERED.split(text)
        titles = [part.strip().replace("\n", "") for part in parts[2::2]] if len(parts) > 2 else [text]
        notes.append((passage, titles))
    return notes


def referred_annexes_exist(annotated: AnnotatedDocument) -> Findings:
    """S042: an annex exists if the text refers to it by its number."""
    labels = {annex.label for annex in annotated.annexes}
    if not labels:
        return
    for passage in annotated.running:
        if "附件" not in passage.text:
            continue
        for match in _REFERENCE.finditer(passage.text):
            if f"附件{match['number']}" not in labels:
                yield Finding(
                    passage.at(match.start("label")),
                    f"文中说到“{match['label']}”，本文没有这个附件。",
                    "核对原件，补上附件或改正编号。",
                    match["label"],
                )


def annex_has_content(annotated: AnnotatedDocument) -> Findings:
    """S049: an annex is not empty."""
    for annex in annotated.annexes:
        if not annex.blocks:
            yield Finding(
                Place(annotated.document.path, annex.line, 1),
                f"“{_name(annex)}”里没有内容。",
                "补上内容；另册印发的，写一段说明。",
                annex.title,
            )


def _name(annex: Annex) -> str:
    return f"{annex.label} {annex.title}".strip()
