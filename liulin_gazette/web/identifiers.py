"""Identifiers of documents that stay the same wherever the site is: the URIs of the Akoma Ntoso naming convention.

They do for this gazette what ELI does in Europe: work, expression and manifestation each have one.
"""

from __future__ import annotations

from urllib.parse import quote

from liulin_gazette.model.document import Document
from liulin_gazette.model.publication import Issue


def work_uri(issue: Issue, document: Document) -> str:
    """Return the URI of the document as such: ``/akn/cn/doc/liulin-gazette/2026-01-04/liu-zheng-ban-fa-2026-3``.

    The address of a document without a number of the county is unique in its issue only, which is then named too.
    """
    name = document.slug if document.county_number else f"{issue.name}-{document.slug}"
    return f"/akn/cn/doc/{quote(issue.prefix)}/{document.date.isoformat()}/{quote(name)}"


def expression_uri(issue: Issue, document: Document) -> str:
    """Return the URI of the Chinese text as the gazette published it in ``issue``."""
    return f"{work_uri(issue, document)}/zho@{issue.date.isoformat()}"
