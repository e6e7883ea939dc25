"""Published issues with everything that their archive packages take, for tests; the PDFs are mere bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from liulin_gazette.editions.archive_package import ArchiveSource
from liulin_gazette.model.archiving import Archiving
from liulin_gazette.model.issue_record import Prints, PublicationRecord
from liulin_gazette.model.publication import Issue, Publication
from liulin_gazette.source.folder import read_folder
from liulin_gazette.source.publication_records import recorded_digests
from liulin_gazette.web import addresses
from liulin_gazette.web.references import References
from tests.conftest import ROOT
from tests.editions.sources import sources


def archive_sources(
    publication: Publication, root: Path = ROOT, archiving: Archiving | None = None
) -> Iterator[ArchiveSource]:
    """Yield the source of the package of each issue of the project folder ``root``, published on 2 April 2031."""
    for source in sources(publication, root):
        issue, folder = source.issue, read_folder(root, source.issue.folder)
        files = dict(_files(issue))
        prints = Prints(
            "liulin-gazette 9.9",
            {},
            {
                path.removeprefix("site/"): hashlib.sha256(content).hexdigest()
                for path, content in files.items()
                if path.startswith("site/") and path.endswith(".pdf")
            },
        )
        digests: Mapping[str, str] = recorded_digests(issue, folder.portable_digests)
        record = PublicationRecord(date(2031, 4, 2), digests, prints=prints)
        alone = References(replace(publication, issues=(issue,)), {})
        yield ArchiveSource(
            source.gazette,
            archiving or Archiving(),
            issue,
            record,
            files,
            {name: folder.files[name] for name in digests if name in folder.files},
            {document.slug: alone.context(document) for document in issue.documents},
            source.printed or {},
            48,
            source.environ,
        )


def _files(issue: Issue) -> Iterator[tuple[str, bytes]]:
    yield "site/" + addresses.issue_pdf(issue), b"%PDF whole"
    yield "site/" + addresses.issue_ofd(issue), b"PK OFD"
    yield f"print/{issue.stem}-print.pdf", b"%PDF print"
    yield f"print/{issue.stem}-booklet.pdf", b"%PDF booklet"
    yield f"print/{issue.stem}-preflight.json", b"{}"
    for document in issue.documents:
        yield "site/" + addresses.document_pdf(issue, document), f"%PDF {document.slug}".encode()
