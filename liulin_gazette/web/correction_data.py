"""更正 in the JSON of a document: the words that are wrong, those that are right, and where."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from liulin_gazette.model.document import FullText
from liulin_gazette.model.gazette import Gazette
from liulin_gazette.model.place_names import Places
from liulin_gazette.web import addresses
from liulin_gazette.web.document_page import placed_corrections
from liulin_gazette.web.document_places import data_name
from liulin_gazette.web.references import CorrectedWords, DocumentContext


def corrections_data(
    gazette: Gazette,
    document: FullText,
    context: DocumentContext,
    pages: Mapping[str, int] | None,
    places: Places,
) -> dict[str, Any]:
    """Return what is corrected in ``document``, and what it corrects in others; nothing where there is neither."""

    def item(words: CorrectedWords, role: str) -> dict[str, Any]:
        other = {
            "标题": words.title,
            "发文字号": words.number,
            "刊载": words.issue,
            "网址": addresses.absolute(gazette, words.page) if words.page else "",
        }
        return {role: other, "位置": words.where, "原文": words.wrong, "更正为": words.right}

    found = {
        "更正": [
            {**item(each.words, "公告"), "锚点": [data_name(places, anchor) for anchor in each.anchors]}
            for each in placed_corrections(document, context, pages)
        ],
        "勘误": [item(words, "文件") for words in context.corrects],
    }
    return {key: items for key, items in found.items() if items}
