"""The service worker: what browsers keep of the site for when there is no network (离线阅读)."""

from __future__ import annotations

import json
from collections.abc import Mapping

from liulin_gazette.cache.fingerprint import fingerprint
from liulin_gazette.model.publication import Publication
from liulin_gazette.rendering.product import Asset
from liulin_gazette.rendering.templates import Templates
from liulin_gazette.web import addresses
from liulin_gazette.web.manifest import Digest

_NEVER_KEPT = ("search/", "verify/")
"""Folders of pages that are of no use, or would mislead, without the files that they load."""


def offline_worker(publication: Publication, digests: Mapping[str, Digest], templates: Templates) -> Asset:
    """Return the service worker, or one that removes itself where 离线阅读 is switched off.

    ``digests`` are those of all files, by path in the site. The version of the worker is made from those of the pages
    that it keeps from the beginning, so that browsers fetch these anew when one of them has changed.
    """
    if not publication.gazette.web.works_offline:
        return Asset(addresses.OFFLINE, templates.read_bytes("site/offline-ended.js"))
    newest = _newest(publication, digests)
    settings = {
        "version": fingerprint([(path, digests[path].sha256) for path in newest])[:16],
        "newest": newest,
        "never": _NEVER_KEPT,
    }
    head = f"self.gazetteOffline={json.dumps(settings, ensure_ascii=True, separators=(',', ':'))};\n"
    return Asset(addresses.OFFLINE, head.encode() + templates.read_bytes("site/offline.js"))


def _newest(publication: Publication, digests: Mapping[str, Digest]) -> list[str]:
    """Return the paths of the home page, of the pages of the newest issue, and of what these pages load."""
    wanted = [
        addresses.HOME,
        addresses.STYLE,
        addresses.READER_SCRIPT,
        addresses.DOCUMENT_SCRIPT,
        addresses.ICON,
    ]
    wanted += [addresses.mark_picture(mark.picture) for mark in publication.gazette.web.marks if mark.picture]
    if publication.issues:
        issue = publication.issues[-1]
        wanted += [addresses.issue_page(issue), addresses.cover_picture(issue)]
        wanted += [addresses.document_page(issue, document) for document in issue.documents]
    return [path for path in wanted if path in digests]
