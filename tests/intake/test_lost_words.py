"""The comparison page tells which words of a source its draft would not publish."""

from __future__ import annotations

from liulin_gazette.editing.new_files import NewDocument
from liulin_gazette.intake.accounting.lost_words import mark_lost_words
from liulin_gazette.intake.document_recognition.recognition import recognise
from liulin_gazette.intake.drafts import Conversion, Draft
from liulin_gazette.intake.word_files.word_file import read_word
from liulin_gazette.model.publication import Publication
from tests.intake.word_files import word_file


def test_words_that_no_page_shows_are_told() -> None:
    document = NewDocument("标题", "号", "机关", "2026-01-01", body="::: 附记 甲\n乙\n:::\n\n丙")
    rows = (
        Conversion("第1段", "甲", "::: 附记 甲"),
        Conversion("第2段", "丙", "丙"),
        Conversion("第3段", "丁", "文首·主送"),
        Conversion("第4段", "戊", "", "版记"),
    )
    lost, *others = mark_lost_words(Draft(document, rows))
    assert not lost.result and lost.reason == "页面上不会有这些字，草稿写作“::: 附记 甲”"
    assert tuple(others) == rows[1:]


def test_of_real_documents_nothing_is_lost(publication: Publication) -> None:
    for document in publication.issues[0].full_texts:
        (draft,) = recognise(read_word("x.docx", word_file(document, False))).drafts
        assert mark_lost_words(draft) == draft.conversions
