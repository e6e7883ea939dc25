"""What of the last build is still current: the one place where a build decides it, and ``status`` tells it.

A file is current when everything from which it is made has the same digest as then, its key, and nobody has touched it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from enum import Enum
from typing import TypeVar

from liulin_gazette.cache.fingerprint import fingerprint
from liulin_gazette.cache.program import program_digest
from liulin_gazette.model.dated_settings import settings_at, settings_of_time
from liulin_gazette.model.editions import OFD
from liulin_gazette.model.gazette import Gazette
from liulin_gazette.model.publication import Issue, Publication
from liulin_gazette.pdf.composition.printed_settings import printed_settings
from liulin_gazette.pipeline.examination import Examined
from liulin_gazette.pipeline.inputs import Inputs, content_key
from liulin_gazette.pipeline.output_record import (
    SITE,
    EditionEntry,
    OutputRecord,
    PdfsEntry,
    RecordedFiles,
    Stand,
)
from liulin_gazette.web.manifest import Digest
from liulin_gazette.web.other_formats import FileSizes
from liulin_gazette.web.references import References
from liulin_gazette.web.site import issue_contexts

AS_PUBLISHED = "as published "
"""What the key of a file begins with that was kept as it was published, though it would be another one now."""
STAND_IN = "stand-in "
"""What the key of a file for the press begins with that was made without the profile of its issue, which was not there."""
Entry = TypeVar("Entry", bound=RecordedFiles)
Value = TypeVar("Value")
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
    inputs: Inputs,
    last: OutputRecord,
    publication: Publication,
    issue: Issue,
    are_whole: AreWhole,
    is_exact: bool,
) -> PdfsEntry | None:
    """Return the entry of the PDFs of ``issue`` of ``publication`` if they can be kept, else None.

    Unless ``is_exact``, PDFs of the present content can be kept though settings, faces or program were others.
    """
    pdfs, report = last.pdfs.get(issue.folder), last.reports.get(issue.folder)
    if pdfs is None or report is None or not are_whole(report.paths):
        return None
    if pdfs.content != content_key(inputs.content, issue):
        return None
    return current(pdfs, print_key(inputs, publication, issue) if is_exact else pdfs.key, are_whole)


def ofd_is_amiss(gazette: Gazette, pdfs: PdfsEntry) -> bool:
    """Return whether the issue of ``pdfs`` lacks OFD files that 成品 of ``gazette`` asks for, or has unwanted ones.

    A published issue that this program would typeset otherwise has none: its pages would not be those of its PDFs.
    """
    if OFD in gazette.editions:
        return not pdfs.has_ofd and pdfs.key != AS_PUBLISHED
    return pdfs.has_ofd


def is_stand_in_file(last: OutputRecord, path: str) -> bool:
    """Tell whether the file at ``path`` below ``output`` is for the press, but was made without the profile of its issue."""
    return last.file_keys.get(path, "").startswith(STAND_IN)


def press_files_are_amiss(
    inputs: Inputs, last: OutputRecord, publication: Publication, issue: Issue, pdfs: PdfsEntry
) -> bool:
    """Tell whether files of ``pdfs`` were made without the profile of ``issue`` (输出特性文件), which is there again.

    Its PDFs for readers are right nevertheless: no colour of theirs depends on the press.
    """
    profile = settings_at(publication, issue).printing.press.profile
    return (
        profile is not None
        and inputs.content.press_profiles.get(profile.file) == profile.sha256
        and any(is_stand_in_file(last, path) for path in pdfs.paths)
    )


def needs_typesetting(inputs: Inputs, last: OutputRecord) -> bool:
    """Tell whether an issue surely has to be typeset, by digests alone, before anything is read.

    One with a publication record keeps its PDFs, most likely.
    """
    content, publication = inputs.content, inputs.content.series.publication
    if publication is None:
        return False
    settings = [publication.gazette, *(era.settings for era in publication.eras)]
    bases = [_print_base(each, 0, "") for each in settings]
    return any(
        (pdfs := last.pdfs.get(folder)) is None
        or (
            # Which of the settings hold for the issue is not known before it is read.
            pdfs.key not in [_print_key(inputs, base, folder) for base in bases]
            and digest == content.folders[folder]
        )
        for folder, digest in content.print_digests.items()
    )


def print_key(inputs: Inputs, publication: Publication, issue: Issue) -> str:
    """Return the key of the PDFs of ``issue`` of ``publication``."""
    base = _print_base(settings_at(publication, issue), issue.merged_with, issue.supplement)
    return _print_key(inputs, base, issue.folder)


def key_of_time(inputs: Inputs, publication: Publication, issue: Issue) -> str:
    """Return the key that the PDFs of ``issue`` would have with the settings that gazette.toml has for it now."""
    base = _print_base(settings_of_time(publication, issue), issue.merged_with, issue.supplement)
    return _print_key(inputs, base, issue.folder)


def _print_base(settings: Gazette, merged_with: int, supplement: str) -> str:
    """Return a digest of what gazette.toml gives to the PDFs of an issue: ``settings``, and what kind of issue it is."""
    return fingerprint(printed_settings(settings), merged_with, supplement)


def _print_key(inputs: Inputs, settings: str, folder: str) -> str:
    return _key(f"{inputs.print_base}\0{settings}", inputs.content.print_digests[folder])


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
    offered: Mapping[str, FileSizes],
    chosen: Collection[str] | None = None,
) -> Iterator[str]:
    """Yield the key of the pages of each issue of ``publication``, or of those whose folders are ``chosen``.

    ``folders`` are the digests of the issues' folders, ``pdf_digests`` the SHA-256 of the PDFs of those that have
    any, and ``offered`` the sizes of the files that their pages may link to, all by project path.
    """
    issues = publication.issues
    indexes = [index for index, issue in enumerate(issues) if chosen is None or issue.folder in chosen]
    for index, issue_context in zip(indexes, issue_contexts(publication, references, indexes), strict=True):
        issue = issues[index]
        yield page_key(
            inputs,
            folders[issue.folder],
            issue_context,
            list(pdf_digests.get(issue.folder, ())),
            sorted(offered.get(issue.folder, {}).items()),
        )


def offered_files(
    digests: Mapping[str, Digest],
    pdfs: Mapping[str, PdfsEntry],
    editions: Mapping[str, Mapping[str, EditionEntry]],
) -> dict[str, FileSizes]:
    """Return the sizes of the files of each issue that its pages may link to, by path in the site, by issue folder.

    ``digests`` are those of all files, by path below ``output``; ``pdfs`` and ``editions`` are entries of issues.
    """
    paths: dict[str, list[str]] = {folder: list(entry.paths) for folder, entry in pdfs.items()}
    for folder, of_issue in editions.items():
        for entry in of_issue.values():
            paths.setdefault(folder, []).extend(entry.paths)
    return {
        folder: {
            path.removeprefix(SITE): digests[path].size
            for path in own
            if path.startswith(SITE) and path in digests
        }
        for folder, own in paths.items()
    }


def issue_states(
    inputs: Inputs,
    examined: Examined,
    last: OutputRecord,
    stands: Mapping[str, Stand],
    chosen: Collection[str] | None = None,
) -> dict[str, State]:
    """Return the state of each issue that can be read, by the project path of its folder.

    Where some folders are ``chosen``, only those are looked at.

    ``stands`` is how the files in ``output`` are now. While the content has errors, pages are not asked for, since
    what they show of other issues is not known.
    """
    whole = {path for path, stand in stands.items() if last.files.get(path) == stand}
    stale = set(_with_stale_pages(inputs, examined, last, whole.issuperset, chosen))
    states: dict[str, State] = {}
    if examined.readable is None:
        return states
    for issue in examined.readable.issues:
        if chosen is not None and issue.folder not in chosen:
            continue
        pdfs = last.pdfs.get(issue.folder) or last.former_pdfs.get(issue.folder)
        if pdfs is None or not stands.keys() & set(pdfs.paths):
            states[issue.folder] = State.MISSING
        elif (
            issue.folder in stale
            or ofd_is_amiss(examined.readable.gazette, pdfs)
            or press_files_are_amiss(inputs, last, examined.readable, issue, pdfs)
            or not current_pdfs(
                inputs, last, examined.readable, issue, whole.issuperset, is_exact=issue.record is None
            )
        ):
            states[issue.folder] = State.OUTDATED
        else:
            states[issue.folder] = State.CURRENT
    return states


def _with_stale_pages(
    inputs: Inputs,
    examined: Examined,
    last: OutputRecord,
    are_whole: AreWhole,
    chosen: Collection[str] | None,
) -> Iterator[str]:
    publication = examined.publication
    if publication is None:
        return
    references = References(publication, examined.cited)
    pdf_digests = {
        folder: [last.digests[path].sha256 for path in pdfs.pdf_paths if path in last.digests]
        for folder, pdfs in last.pdfs.items()
        if chosen is None or folder in chosen
    }
    offered = offered_files(last.digests, _chosen(last.pdfs, chosen), _chosen(last.editions, chosen))
    keys = pages_keys(inputs, publication, references, examined.folders, pdf_digests, offered, chosen)
    issues = [each for each in publication.issues if chosen is None or each.folder in chosen]
    for issue, key in zip(issues, keys, strict=True):
        folder = issue.folder
        texts = current(last.texts.get(folder), texts_key(examined.folders[folder]), are_whole)
        if texts is None or current(last.pages.get(folder), key, are_whole) is None:
            yield folder


def _chosen(entries: Mapping[str, Value], chosen: Collection[str] | None) -> Mapping[str, Value]:
    """Return those of ``entries`` whose folders are ``chosen``; all where none are."""
    if chosen is None:
        return entries
    return {folder: entries[folder] for folder in chosen if folder in entries}


def _key(base: str, digest: str) -> str:
    return hashlib.sha256(f"{base}\0{digest}".encode()).hexdigest()
