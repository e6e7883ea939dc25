"""The next 发文字号 and 令号 of an issuer: after all that are used, unpublished ones and those of unfinished files too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from liulin_gazette.model.document_number import DocumentNumber, numbers_in
from liulin_gazette.model.publication import Publication
from liulin_gazette.source.folder import issue_folders, read_plain_file

_HEAD = 4096
"""Bytes at the beginning of a file in which its number stands."""
_NUMBER_LINE = re.compile(r"^发文字号:(?P<value>.*)$", re.MULTILINE)
_REPRINT = re.compile(r"^体裁:[ \"']*转载", re.MULTILINE)


def next_number(root: Path, publication: Publication, code: str, year: int) -> DocumentNumber:
    """Return the number after the highest that ``code`` has in ``year``.

    Numbers of files with errors count, since ``publication`` leaves these out, and so do 不公开文号.
    """
    unpublished = (
        number for text in publication.gazette.proofreading.unpublished for number, _ in numbers_in(text)
    )
    serials = [
        number.serial
        for number in (*_numbers(publication), *_numbers_in_files(root, year), *unpublished)
        if (number.code, number.year) == (code, year)
    ]
    return DocumentNumber(code, year, max(serials, default=0) + 1)


def next_order(publication: Publication, issuer: str) -> int:
    """Return the 令号 after the highest that ``issuer`` has."""
    orders = (
        document.order
        for issue in publication.issues
        for document in issue.documents
        if document.treatment.county_numbers and document.issuer == issuer
    )
    return max(orders, default=0) + 1


def _numbers(publication: Publication) -> Iterator[DocumentNumber]:
    for issue in publication.issues:
        for document in issue.documents:
            if document.county_number:
                yield document.county_number


def _numbers_in_files(root: Path, year: int) -> Iterator[DocumentNumber]:
    """Yield the 发文字号 at the head of the files in the issues of ``year`` and later, reprints left out."""
    for folder in issue_folders(root):
        if folder.rpartition("/")[2][:4] < str(year):
            continue
        for file in sorted((root / folder).glob("*.md")):
            head = _head(root, f"{folder}/{file.name}")
            if not _REPRINT.search(head):
                for line in _NUMBER_LINE.finditer(head):
                    yield from (number for number, _ in numbers_in(line["value"]))


def _head(root: Path, path: str) -> str:
    """Return the beginning of the file at the project ``path``; empty where it cannot be read: the checks report it."""
    try:
        return read_plain_file(root, path)[:_HEAD].decode("utf-8", "replace")
    except OSError:
        return ""
