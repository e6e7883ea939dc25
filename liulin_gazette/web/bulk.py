"""Everything for download: a ZIP of the data of each year, and one of all years; the same content gives the same bytes."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from liulin_gazette.model.gazette import Gazette
from liulin_gazette.model.publication import Issue, Publication
from liulin_gazette.web import addresses
from liulin_gazette.web.issue_zip import member_info, zipped

_FAST = 1
"""The level of compression: twice as fast as the usual one, for files that are some tenth larger."""


def year_members(issues: Iterable[Issue]) -> Iterator[str]:
    """Yield the paths in the site of what the ZIP of a year has of ``issues``: their data, and that of each document."""
    for issue in issues:
        yield addresses.issue_json(issue)
        for document in issue.documents:
            yield addresses.document_json(issue, document)
            yield addresses.document_xml(issue, document)


def year_archive(gazette: Gazette, year: int, issues: Sequence[Issue], files: Mapping[str, bytes]) -> bytes:
    """Return the ZIP of ``issues``, those of ``year``, with their data ``files`` by path in the site.

    ``sha256sum -c SHA256SUMS`` checks the unpacked files.
    """
    members = {path.removeprefix(f"{year}/"): content for path, content in files.items()}
    members["README.txt"] = _read_me(gazette, f"{year}年").encode()
    sums = "".join(
        f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in sorted(members.items())
    )
    members["SHA256SUMS"] = sums.encode()
    return zipped(members, f"{_stem(issues)}-{year}/", max(issue.date for issue in issues), _FAST)


def whole_archive(
    publication: Publication, paths: Iterable[str], read: Callable[[str], bytes]
) -> Iterator[bytes]:
    """Yield, piece by piece, the ZIP of the files at ``paths`` in the site; ``read`` returns one.

    No more than one of them is in memory at a time: they are the ZIPs of the years, which are stored as they are.
    """
    day = publication.issues[-1].date
    pieces = _Pieces()
    with zipfile.ZipFile(pieces, "w") as archive:
        top = f"{_stem(publication.issues)}-all/"
        archive.writestr(member_info(f"{top}README.txt", day), _read_me(publication.gazette, "全部").encode())
        for path in paths:
            info = member_info(top + path.rpartition("/")[2], day)
            info.compress_type = zipfile.ZIP_STORED
            archive.writestr(info, read(path))
            yield pieces.taken()
    yield pieces.taken()


class _Pieces:
    """What a ZIP writes into; it cannot go back."""

    def __init__(self) -> None:
        self._written: list[bytes] = []

    def write(self, content: bytes, /) -> int:
        """Keep ``content`` until it is taken."""
        self._written.append(bytes(content))
        return len(content)

    def flush(self) -> None:
        """Do nothing."""

    def close(self) -> None:
        """Do nothing."""

    def taken(self) -> bytes:
        """Return what was written since this was called last."""
        content = b"".join(self._written)
        self._written.clear()
        return content


def _stem(issues: Iterable[Issue]) -> str:
    return max(issues, key=lambda issue: issue.date).prefix


def _read_me(gazette: Gazette, what: str) -> str:
    web = gazette.web
    lines = [
        f"《{gazette.name}》{what}的数据",
        f"{gazette.publisher}主办，网址 {gazette.site_url}",
        "每期一个文件夹：一期的 JSON；每份公文一个文件夹，有 JSON（全文和文首信息）和 XML（Akoma Ntoso 3.0）。",
        "PDF、原文和图片在每期的打包文件里。JSON 的结构见网站 data/schemas/ 下的 JSON Schema。",
        *([f"使用条件：{web.licence}"] if web.licence else []),
        *([web.licence_url] if web.licence_url else []),
    ]
    return "\n".join(lines) + "\n"
