"""Page, data and search of the real issue have the same texts; tests/pdf/test_edition.py looks at the paper."""

from __future__ import annotations

import json
import re
from html import unescape

from liulin_gazette.model.publication import Publication
from liulin_gazette.model.published_texts import UNOFFICIAL, Role, published_texts
from liulin_gazette.web.search_index import units_of
from tests.conftest import ROOT
from tests.rendering import rendered, texts_of
from tests.test_published_texts import squeezed, strings


def test_page_data_and_search_of_the_real_issue_have_the_same_texts(publication: Publication) -> None:

    site = {
        asset.path: asset.content
        for asset in rendered(publication, ROOT / "templates", lambda path: (ROOT / path).read_bytes())
    }
    searched = texts_of(publication)
    for document in publication.issues[0].full_texts:
        own = f"2026/1/{document.slug}"
        html = site[f"{own}/index.html"].decode()
        page = squeezed(
            unescape(re.sub(r"<[^>]+>", "", html) + "".join(re.findall(r'(?:alt|label)="([^"]*)"', html)))
        )
        data = squeezed("\n".join(strings(json.loads(site[f"{own}/{document.slug}.json"]))))
        search = squeezed("\n".join(words for _, words in units_of(searched[document.path].content)))
        for text in published_texts(document):
            if text.role not in UNOFFICIAL:
                words = squeezed(text.text)
                assert words in page, (text.role, words)
                assert words in search, (text.role, words)
                assert words in data or text.role is Role.DATE, (text.role, words)
