"""The page of a document as reviewers read it: that of the site, with what they do around it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from liulin_gazette.desk.snapshot import WholeIssue
from liulin_gazette.model.dated_settings import settings_at
from liulin_gazette.rendering.templating import environment
from liulin_gazette.web import addresses
from liulin_gazette.web.addresses import Links
from liulin_gazette.web.document_page import document_page
from liulin_gazette.web.page import Renderer
from liulin_gazette.web.site import at_this_address

TEMPLATE = "desk/review_document.html"
"""Extends the template of the site's page, and is given the same values."""


def proof_page(whole: WholeIssue, slug: str, values: Mapping[str, object]) -> str | None:
    """Return the page of the document ``slug``, with further ``values`` for ``TEMPLATE``; None where there is none."""
    texts = whole.issue.full_texts
    index = next((index for index, text in enumerate(texts) if text.slug == slug), -1)
    if index < 0:
        return None
    environ = environment(whole.templates)
    now = whole.publication.gazette
    gazette = at_this_address(settings_at(whole.publication, whole.issue), now)
    product = document_page(
        Renderer(now, environ, has_topics=False),
        gazette,
        whole.issue,
        texts[index],
        (texts[index - 1] if index else None, texts[index + 1] if index + 1 < len(texts) else None),
        whole.context.documents[slug],
        None,
        (),
    )
    _, same = cast("tuple[str, Mapping[str, object]]", product.made_from)
    return environ.get_template(TEMPLATE).render(
        publication=now,
        links=Links(product.path),
        addresses=addresses,
        url=addresses.absolute(now, product.path),
        **same,
        **values,
    )
