"""Whether an archive package (归档包) is whole: every file against its lists, the PDFs against the publication record."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Any

from liulin_gazette.editions.archive_package import PDF, RECORD, SOURCE
from liulin_gazette.editions.bagit_package import (
    BAGGING_DATE,
    DECLARATION,
    DECLARED,
    IDENTIFIER,
    INFO,
    MANIFEST,
    OXUM,
    PAYLOAD,
    TAG_FILES,
    TAG_MANIFEST,
    BrokenListError,
    folded_path,
    in_order,
    manifest,
    oxum,
    read_info,
    read_manifest,
    zipped_bag,
)
from liulin_gazette.review.package_reading import OpenedPackage, read_package, shown
from liulin_gazette.review.verification import CHANGED, EXTRA, MISSING, RENAMED
from liulin_gazette.source.folder import Folder
from liulin_gazette.web import addresses

TEXT_TYPES = (".md", ".toml")
"""Sources that every package has, if the record lists them."""
UNSAFE, UNLISTED, TOTAL, UNRECORDED = "危险", "清单", "总数", "记录"
REMEDIES = {
    CHANGED: "改动的：不是清单里的那个文件，存坏了或被改过。用另一份拷贝里的，或请本刊重新给。",
    MISSING: "缺少的：没有拷全。重新拷贝整个归档包。",
    EXTRA: "多出的：不是归档包里的，移走；不要当作本刊交来的。",
    RENAMED: "改名的：内容没有变，改回清单里的名称。",
    UNSAFE: "危险的：归档包里不会有，不要解开，不要打开；向交来的人问清楚。",
    UNLISTED: "清单的：清单或说明文件读不懂，存坏了或被改过。用另一份拷贝。",
    TOTAL: "总数的：bag-info.txt 写的总字节数、文件数与实际不符。缺了或多了文件，重新拷贝。",
    UNRECORDED: "记录的：文件与包里的发布记录不符，清单被人连同文件一起改过。不要用，请本刊重新给。",
}


@dataclass(slots=True)
class PackageReport:
    """What is told of a package."""

    intact: int = 0
    """How many files are as its lists say."""
    found: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    """What is not, by the word for how."""
    fault: str = ""
    """Why nothing can be told of its files."""
    notes: list[str] = field(default_factory=list[str])
    """What is otherwise, though every file is as it should be."""
    sealed: int = 0
    """How many PDFs have the digest that the publication record has."""
    sha256: str = ""
    """Of the ZIP; empty for a folder."""

    @property
    def is_whole(self) -> bool:
        """Whether the package is what was handed over."""
        return not (self.fault or self.found)

    def tell(self, word: str, what: str) -> None:
        """Add ``what`` to what is told under ``word``, once."""
        told = self.found.setdefault(word, [])
        if what not in told:
            told.append(what)


def is_package(path: Path) -> bool:
    """Tell whether ``path`` is to be verified as a package: a file, or a folder with lists of BagIt."""
    if not path.is_dir():
        return path.is_file()
    there = [name for name in TAG_FILES if (path / name).exists()]
    return len(there) > 1 if (path / addresses.MANIFEST).exists() else bool(there)


def package_agreement(report: PackageReport) -> str:
    """Return what is told of a package that is whole. Nobody vouches for its lists: whoever changes a file can change them."""
    sealed = f"{report.sealed} 个 PDF 与发布记录一致" if report.sealed else "发布记录没有记 PDF 的摘要"
    how = (
        f"这个文件的 SHA-256 是 {report.sha256}，与移交清单上的比较。"
        if report.sha256
        else "要知道的，与移交清单上的 SHA-256，或本刊网站上同名的 PDF 比较。"
    )
    return (
        f"核对一致：{report.intact} 个文件与清单一致，{sealed}。"
        f"这只说明归档包没有缺、没有坏；是不是本刊交来的那一个，{how}"
    )


def verify_package(path: Path) -> PackageReport:
    """Return what is to be told of the package at ``path``, a ZIP or a folder. It never raises for what lies there."""
    opened = read_package(path)
    report = PackageReport(fault=opened.fault)
    if opened.content:
        report.sha256 = hashlib.sha256(opened.content).hexdigest()
    if opened.fault:
        return report
    for each in opened.unsafe:
        report.tell(UNSAFE, each)
    for each, why in sorted(opened.damaged.items()):
        report.tell(CHANGED, f"{shown(each)}（{why}）")
    if not any(name in opened.members for name in TAG_FILES):
        report.fault = "里面没有 bagit.txt 等清单，不是归档包。归档包在 output/archive 里。"
        return report
    payload = {path: content for path, content in opened.members.items() if path.startswith(PAYLOAD)}
    tags = {path: content for path, content in opened.members.items() if path not in payload}
    differing = _compare(report, opened, MANIFEST, payload)
    _compare(report, opened, TAG_MANIFEST, {each: tags[each] for each in tags if each != TAG_MANIFEST})
    _check_tags(report, tags, payload)
    _check_record(report, payload, differing)
    if report.is_whole:
        report.notes += _notes(opened, tags)
    return report


def _compare(
    report: PackageReport, opened: OpenedPackage, name: str, files: Mapping[str, bytes]
) -> frozenset[str]:
    """Compare ``files`` with the list ``name``; return the paths of those that are not as it says."""
    if name not in opened.members:
        report.tell(MISSING, name)
        return frozenset(files)
    try:
        listed = read_manifest(opened.members[name])
    except BrokenListError as error:
        report.tell(UNLISTED, f"{name} 第 {error.line} 行读不懂")
        return frozenset(files)
    present = {path: hashlib.sha256(content).hexdigest() for path, content in files.items()}
    missing = {path: digest for path, digest in listed.items() if path not in present}
    intact = {path for path in present if present[path] == listed.get(path) and path not in opened.damaged}
    report.intact += len(intact)
    for path in sorted(present.keys() - intact):
        if path in listed:
            if path not in opened.damaged:
                report.tell(CHANGED, shown(path))
        elif former := _former_name(path, present[path], missing):
            del missing[former]
            report.tell(RENAMED, f"{shown(path)}（清单里是 {shown(former)}）")
        else:
            report.tell(EXTRA, shown(path))
    for path in sorted(missing):
        report.tell(MISSING, shown(path))
    return frozenset((present.keys() | listed.keys()) - intact)


def _former_name(path: str, digest: str, missing: Mapping[str, str]) -> str:
    """Return which of the ``missing`` files ``path`` is, by its content; one of the same letters first; else nothing."""
    same = [name for name, listed in missing.items() if listed == digest]
    alike = [name for name in same if folded_path(name) == folded_path(path)]
    return next(iter((*alike, *same)), "")


def _check_tags(report: PackageReport, tags: Mapping[str, bytes], payload: Mapping[str, bytes]) -> None:
    """Check the declaration and the totals; whether these files are there the list of tag files tells."""
    if tags.get(DECLARATION, DECLARED).replace(b"\r\n", b"\n") != DECLARED:
        report.tell(UNLISTED, f"{DECLARATION} 写的不是 BagIt 1.0、UTF-8")
    if "fetch.txt" in tags:
        report.tell(UNLISTED, "fetch.txt：有的文件要从别处取，不是完整的归档包")
    for name in (DECLARATION, INFO):
        if name not in tags:
            report.tell(MISSING, name)
    if INFO not in tags:
        return
    try:
        info = read_info(tags[INFO])
    except BrokenListError as error:
        report.tell(UNLISTED, f"{INFO} 第 {error.line} 行读不懂")
        return
    stated = info.get(OXUM, [])
    if stated != [oxum(payload)]:
        words = "、".join(map(shown, stated)) or "没有写"
        report.tell(TOTAL, f"{OXUM}：{words}，实际是 {oxum(payload)}")


def _check_record(report: PackageReport, payload: Mapping[str, bytes], differing: frozenset[str]) -> None:
    """Compare PDFs and sources with the publication record, which has had their digests since they were published.

    Nothing more is told of the ``differing`` files, which are not as the list says.
    """
    place = PAYLOAD + RECORD
    if place in differing:
        return
    if place not in payload:
        report.tell(UNRECORDED, f"{place}：没有发布记录，不是本程序做的归档包，或者被人拿掉了")
        return
    try:
        prints, sources = _recorded(json.loads(payload[place]))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        report.tell(UNRECORDED, f"{place}：读不懂")
        return
    expected = {f"{PAYLOAD}{PDF}{PurePosixPath(path).name}": digest for path, digest in prints.items()}
    expected |= {
        f"{PAYLOAD}{SOURCE}{name}": digest
        for name, digest in sources.items()
        if name.endswith(TEXT_TYPES) or f"{PAYLOAD}{SOURCE}{name}" in payload
    }
    for path in sorted({*expected, *(path for path in payload if path.startswith(PAYLOAD + SOURCE))}):
        if path in differing:
            continue
        if path not in payload:
            report.tell(UNRECORDED, f"{shown(path)}：发布记录里有，包里没有")
        elif expected.get(path) not in _digests(path, payload[path]):
            report.tell(UNRECORDED, f"{shown(path)}：不是发布的那个文件")
        elif path.startswith(PAYLOAD + PDF):
            report.sealed += 1


def _recorded(record: Any) -> tuple[dict[str, str], dict[str, str]]:
    """Return the digests of PDFs and of sources in a ``record``. Raises KeyError, TypeError, AttributeError."""
    sealed: dict[str, Any] = record.get("成品") or {}
    prints: dict[Any, Any] = sealed.get("文件", {})
    sources: dict[Any, Any] = record["文件"]
    return (
        {str(path): str(digest) for path, digest in prints.items()},
        {str(name): str(digest) for name, digest in sources.items()},
    )


def _digests(path: str, content: bytes) -> tuple[str, ...]:
    """Return the digests under which a record may have ``content``."""
    own = hashlib.sha256(content).hexdigest()
    return (own, *Folder("", {path: content}, digests={path: own}).portable_digests[path])


def _notes(opened: OpenedPackage, tags: Mapping[str, bytes]) -> Iterator[str]:
    """Yield what is otherwise than the program made it, of a package of which every file is as it should be."""
    info = read_info(tags[INFO])
    identifier = "".join(info.get(IDENTIFIER, []))
    if identifier and {opened.name, opened.top or opened.name} != {identifier}:
        yield f"名称改过：原来是 {shown(identifier)}。里面的文件没有变，改回去，目录上才对得上。"
    listed = {each: tags[each] for each in tags if each != TAG_MANIFEST}
    if tags[TAG_MANIFEST] != manifest(listed):
        yield f"{TAG_MANIFEST} 的写法与本程序写的不同（次序、空格、大小写），意思一样。"
    if opened.content and opened.content != _as_made(opened, info):
        yield (
            "压缩文件的外壳与本程序写的不同：重新压缩过，或者外壳存坏了一处。里面的文件都没有变；"
            "要与交来的逐字节相同，重新拷贝。"
        )


def _as_made(opened: OpenedPackage, info: Mapping[str, list[str]]) -> bytes:
    """Return the ZIP that the program makes of these files; empty where that cannot be known."""
    try:
        day = date.fromisoformat("".join(info.get(BAGGING_DATE, [])))
        return zipped_bag(in_order(opened.members), opened.top, day) if opened.top else b""
    except ValueError:
        return b""
