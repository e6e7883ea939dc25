"""What of the last build is still current: the one place where a build decides it, and ``status`` tells it.

A file is current when everything from which it is made has the same digest as then, its key, and nobody has touched it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import Enum
from typing import TypeVar

from liulin_gazette.cache.fingerprint import fingerprint
from liulin_gazette.cache.program import program_digest
from liulin_gazette.model.publication import Issue, Publication
from liulin_gazette.pipeline.examination import Examined
from liulin_gazette.pipeline.inputs import Content, Inputs
from liulin_gazette.pipeline.ledger import Ledger, LedgerEntry, PdfsEntry, Stand
from liulin_gazette.web.references import References
from liulin_gazette.web.site import issue_contexts

Entry = TypeVar("Entry", bound=LedgerEntry)
AreWhole = Callable[[Iterable[str]], bool]
"""Tells whether the files at these paths below ``output`` are still as the last build made them."""


class State(Enum):
    """How the output stands to an issue."""

    MISSING = "未生成"
    """It has no PDFs."""
    OUTDATED = "有改动"
    CURRENT = "已生成"
    """A build of everything would make the same again."""


def current(entry: Entry | None, key: str, are_whole: AreWhole) -> Entry | None:
    """Return ``entry`` if its files were made from ``key`` and are still there, so that they can be kept; else None."""
    return entry if entry is not None and entry.key == key and are_whole(entry.paths) else None


def current_pdfs(
    inputs: Inputs, last: Ledger, issue: Issue, are_whole: AreWhole, is_exact: bool
) -> PdfsEntry | None:
    """Return the entry of the PDFs of ``issue`` if they can be kept, else None.

    Unless ``is_exact``, PDFs of the present content can be kept though settings, faces or program were others.
    """
    pdfs, report = last.pdfs.get(issue.folder), last.reports.get(issue.folder)
    if pdfs is None or report is None or not are_whole(report.paths):
        return None
    if pdfs.content != content_key(inputs.content, issue):
        return None
    return current(pdfs, print_key(inputs, issue.folder) if is_exact else pdfs.key, are_whole)


def needs_typesetting(inputs: Inputs, last: Ledger) -> bool:
    """Tell whether an issue surely has to be typeset, by digests alone, before anything is read.

    One with a publication record keeps its PDFs, most likely.
    """
    content = inputs.content
    return any(
        (pdfs := last.pdfs.get(folder)) is None
        or (pdfs.key != print_key(inputs, folder) and digest == content.folders[folder])
        for folder, digest in content.printed.items()
    )


def print_key(inputs: Inputs, folder: str) -> str:
    """Return the key of the PDFs of the issue in ``folder``."""
    return _key(inputs.print_base, inputs.content.printed[folder])


def content_key(content: Content, issue: Issue) -> str:
    """Return a digest of what ``issue`` itself gives to its PDFs: its content, and the names of the files.

    The names depend on 文件名前缀, which is in no key, since no printed page shows it.
    """
    return fingerprint(content.printed[issue.folder], issue.stem)


def texts_key(digest: str) -> str:
    """Return the key of files made from document texts of this ``digest`` alone, without templates and settings."""
    return _key(program_digest(), digest)


def page_key(inputs: Inputs, *made_from: object) -> str:
    """Return the key of pages of the site that show ``made_from``."""
    return _key(inputs.site_base, fingerprint(*made_from))


def pages_keys(
    inputs: Inputs,
    publication: Publication,
    references: References,
    folders: Mapping[str, str],
    pdf_digests: Mapping[str, Sequence[str]],
) -> Iterator[str]:
    """Yield the key of the pages of each issue of ``publication``.

    ``folders`` are the digests of the issues' folders, and ``pdf_digests`` the SHA-256 of the PDFs of those that have
    any, both by project path.
    """
    issues = publication.issues
    for issue, issue_context in zip(
        issues, issue_contexts(publication, references, range(len(issues))), strict=True
    ):
        yield page_key(inputs, folders[issue.folder], issue_context, list(pdf_digests.get(issue.folder, ())))


def issue_states(
    inputs: Inputs, examined: Examined, last: Ledger, stands: Mapping[str, Stand]
) -> dict[str, State]:
    """Return the state of each issue that can be read, by the project path of its folder.

    ``stands`` is how the files in ``output`` are now. While the content has errors, pages are not asked for, since
    what they show of other issues is not known.
    """
    whole = {path for path, stand in stands.items() if last.files.get(path) == stand}
    stale = set(_with_stale_pages(inputs, examined, last, whole.issuperset))
    states: dict[str, State] = {}
    for issue in examined.readable.issues if examined.readable else ():
        pdfs = last.pdfs.get(issue.folder) or last.former_pdfs.get(issue.folder)
        if pdfs is None or not stands.keys() & set(pdfs.paths):
            states[issue.folder] = State.MISSING
        elif issue.folder in stale or not current_pdfs(
            inputs, last, issue, whole.issuperset, is_exact=issue.record is None
        ):
            states[issue.folder] = State.OUTDATED
        else:
            states[issue.folder] = State.CURRENT
    return states


def _with_stale_pages(inputs: Inputs, examined: Examined, last: Ledger, are_whole: AreWhole) -> Iterator[str]:
    publication = examined.publication
    if publication is None:
        return
    references = References(publication, examined.cited)
    pdf_digests = {
        folder: [last.digests[path].sha256 for path in pdfs.site_paths if path in last.digests]
        for folder, pdfs in last.pdfs.items()
    }
    keys = pages_keys(inputs, publication, references, examined.folders, pdf_digests)
    for issue, key in zip(publication.issues, keys, strict=True):
        folder = issue.folder
        texts = current(last.texts.get(folder), texts_key(examined.folders[folder]), are_whole)
        if texts is None or current(last.pages.get(folder), key, are_whole) is None:
            yield folder


def _key(base: str, digest: str) -> str:
    return hashlib.sha256(f"{base}\0{digest}".encode()).hexdigest()
