"""归档包: a published issue as a package for the archives (BagIt, RFC 8493), whole enough to be understood by itself."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from jinja2 import Environment

from liulin_gazette.editions.archive_catalogue import Entry, catalogue_csv, document_entry, issue_entry
from liulin_gazette.editions.archive_readme import read_me
from liulin_gazette.editions.bagit_package import BAGGING_DATE, IDENTIFIER, bag, unportable, zipped_bag
from liulin_gazette.editions.carried_characters import CODE, uncarried
from liulin_gazette.editions.edition import EditionFiles
from liulin_gazette.model.archiving import Archiving
from liulin_gazette.model.diagnostics import Diagnostic, Place, Severity, advised
from liulin_gazette.model.gazette import Gazette
from liulin_gazette.model.issue_labels import name_with_total
from liulin_gazette.model.issue_record import PublicationRecord
from liulin_gazette.model.publication import Issue
from liulin_gazette.rendering.product import Asset
from liulin_gazette.source.publication_records import record_text
from liulin_gazette.text.advised_acts import Act, AdvisedAct, advice
from liulin_gazette.web.akoma_ntoso import akoma_ntoso
from liulin_gazette.web.open_data import document_json, issue_json
from liulin_gazette.web.printed_pages import NO_PAGES, IssuePages
from liulin_gazette.web.references import DocumentContext

FOLDER = "archive/"
"""Below ``output``: no part of the site, since the settings are not for the public."""
MOST_BYTES = 500_000_000
"""The size of everything in a package."""
READ_ME = "README.txt"
RECORD = "record/published.json"
SOURCE = "source/"
PDF = "pdf/"
SITE = "site/"
_FOLDERS = {SITE: {".pdf": PDF, ".ofd": "ofd/"}, "print/": {".pdf": "print/"}}
"""Where files that were made of an issue go, by the folder of the output and their suffix."""


@dataclass(frozen=True, slots=True)
class ArchiveSource:
    """A published issue with everything that its package takes."""

    gazette: Gazette
    """The settings that hold for the issue, with the address of the site of today."""
    archiving: Archiving
    issue: Issue
    """With its texts."""
    record: PublicationRecord
    files: Mapping[str, bytes]
    """Its PDFs and OFD files, for readers and for printers, by path below ``output``."""
    sources: Mapping[str, bytes]
    """The files of its folder that the record lists, by name."""
    contexts: Mapping[str, DocumentContext]
    """What the issue itself says of its documents, by slug: later issues change nothing in a package."""
    printed: IssuePages
    pages: int
    """Of its PDF."""
    environ: Environment


def package_name(issue: Issue) -> str:
    """Return the name of the package of ``issue`` and of its one folder: ``liulin-gazette-2026-1-archive``."""
    return f"{issue.stem}-archive"


def package_path(issue: Issue) -> str:
    """Return the path of the package below ``output``."""
    return f"{FOLDER}{package_name(issue)}.zip"


def place_of(path: str) -> str:
    """Return where the file at ``path`` below ``output`` stands below ``data/``; empty where it does not belong there."""
    part, slash, _ = path.partition("/")
    name = PurePosixPath(path)
    if name.stem.endswith("-booklet"):
        return ""
    folder = _FOLDERS.get(part + slash, {}).get(name.suffix, "")
    return folder + name.name if folder else ""


def archive_package(source: ArchiveSource) -> EditionFiles:
    """Return the package; none, but the reason (S090), where it would not be sound.

    That is where a name cannot be stored everywhere, everything is too large, or a PDF is not the published one.
    """
    payload = _payload(source)
    if faults := (*_faults(source, payload), *uncarried(source.issue.full_texts, "归档包")):
        return EditionFiles((), faults)
    name, record = package_name(source.issue), source.record
    day = max([record.published, *(change.day for change in record.changes)])
    title = f"《{source.gazette.name}》{name_with_total(source.issue)}"
    info = [
        ("Source-Organization", source.gazette.publisher),
        *([("Organization-Address", address)] if (address := source.gazette.back_cover.address) else []),
        ("External-Description", f"{title}归档包"),
        (IDENTIFIER, name),
        ("Internal-Sender-Identifier", source.issue.name),
        (BAGGING_DATE, day.isoformat()),
    ]
    return EditionFiles((Asset(package_path(source.issue), zipped_bag(bag(payload, info), name, day)),))


def _payload(source: ArchiveSource) -> dict[str, bytes]:
    """Return the files below ``data/`` by path."""
    payload = {place: content for path, content in source.files.items() if (place := place_of(path))}
    payload |= {SOURCE + name: content for name, content in source.sources.items()}
    payload |= _data(source)
    settings = json.loads(source.gazette.settings_json or "{}")
    payload["settings/settings.json"] = _json_text(settings).encode()
    payload[RECORD] = record_text(source.record).encode()
    entries = list(_entries(source, payload))
    payload["catalogue/catalogue.csv"] = catalogue_csv(entries)
    xml = source.environ.get_template("archive/catalogue.xml").render(entries=entries)
    payload["catalogue/catalogue.xml"] = xml.encode()
    payload[READ_ME] = read_me(source.gazette, source.issue, payload).encode()
    return payload


def _data(source: ArchiveSource) -> dict[str, bytes]:
    gazette, issue = source.gazette, source.issue
    data = [_in("json/", issue_json(gazette, issue, source.contexts, source.printed))]
    for document in issue.full_texts:
        pages = source.printed.get(document.slug, NO_PAGES)
        context = source.contexts[document.slug]
        data.append(_in("json/", document_json(gazette, issue, document, context, pages)))
        data.append(_in("xml/", akoma_ntoso(gazette, issue, document)))
    return dict(data)


def _in(folder: str, asset: Asset) -> tuple[str, bytes]:
    return folder + PurePosixPath(asset.path).name, asset.content


def _entries(source: ArchiveSource, payload: Mapping[str, bytes]) -> Iterator[Entry]:
    """Yield the entries of the catalogue: the issue, then its documents, each with those of its files that are there."""
    issue = source.issue
    whole = (f"{PDF}{issue.stem}.pdf", f"print/{issue.stem}-print.pdf", f"ofd/{issue.stem}.ofd")
    whole = (*whole, f"print/{issue.stem}-cover.pdf", f"print/{issue.stem}-foldouts.pdf")
    whole = (*whole, f"json/{issue.stem}.json", f"{SOURCE}issue.toml")
    yield issue_entry(
        source.gazette, source.archiving, issue, source.pages, [each for each in whole if each in payload]
    )
    for number, document in enumerate(issue.full_texts, 1):
        own = (
            f"{PDF}{document.slug}.pdf",
            f"ofd/{document.slug}.ofd",
            SOURCE + PurePosixPath(document.path).name,
            f"json/{document.slug}.json",
            f"xml/{document.slug}.xml",
        )
        pages = source.printed.get(document.slug, NO_PAGES)
        files = [each for each in own if each in payload]
        yield document_entry(source.archiving, number, document, pages, files)


def _faults(source: ArchiveSource, payload: Mapping[str, bytes]) -> Iterator[Diagnostic]:
    place = Place(f"{source.issue.folder}/issue.toml")
    for path in unportable(payload):
        name = PurePosixPath(path).name
        yield _fault(
            Place(f"{source.issue.folder}/{name}"),
            f"“{name}”这个文件名有的系统存不了，或者与别的文件名只差大小写，归档包没有做。",
            "改一个文件名，只用汉字、字母、数字、“-”和“_”；已发布的，改后写明理由重新生成。",
        )
    if sum(map(len, payload.values())) > MOST_BYTES:
        most = MOST_BYTES // 1_000_000
        yield _fault(place, f"全部文件超过 {most} MB，归档包没有做。", "图片太大的，缩小以后重新生成。")
    for path, digest in source.record.prints.digests.items() if source.record.prints else ():
        content = source.files.get(SITE + path)
        if content is None or hashlib.sha256(content).hexdigest() != digest:
            yield advised(
                _fault(Place(f"output/{SITE}{path}"), "这个 PDF 不是发布记录里的那个，归档包没有做。"),
                advice(
                    "有备份的，把发布时的 PDF 放回这里，再生成；没有的，",
                    AdvisedAct(Act.REPUBLISH, source.issue.name),
                    "。",
                ),
            )


def _fault(place: Place, message: str, hint: str = "") -> Diagnostic:
    return Diagnostic(CODE, Severity.WARNING, place, message, hint)


def _json_text(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
