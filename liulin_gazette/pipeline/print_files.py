"""Writing what is for print, and the report of each issue: typeset once, and again only when it has changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from liulin_gazette.cache.fingerprint import fingerprint
from liulin_gazette.cache.libraries import versions_for_typesetting
from liulin_gazette.cache.program import digest_of_folder, program_digest
from liulin_gazette.check.engine import WaivedFinding
from liulin_gazette.model.diagnostics import Diagnostic, Place, Severity
from liulin_gazette.model.publication import Issue, Proofreading, Publication, WebSettings
from liulin_gazette.pipeline.examination import Examined
from liulin_gazette.pipeline.issue_reading import unpacked
from liulin_gazette.pipeline.ledger import BuiltIssue, Ledger, LedgerEntry
from liulin_gazette.pipeline.report import findings_data, report, report_data, serials_of
from liulin_gazette.pipeline.staging import Edition
from liulin_gazette.rendering.templating import issue_name
from liulin_gazette.source.folder import ISSUE_FILE, Folder
from liulin_gazette.source.loader import load_issue
from liulin_gazette.web.manifest import Digest

if TYPE_CHECKING:
    from liulin_gazette.pdf.composition.fonts import Face
    from liulin_gazette.pdf.editions.typeset_issue import TypesetIssue
    from liulin_gazette.pdf.typeset.workshop import Typesetters

ReadBytes = Callable[[str], bytes]
SITE = "site/"
SHOWN = 5
"""Issues that a warning names, the newest."""
NOT_PRINTED = "site"
"""The folder of templates that no printed page is made from."""


class UnprintableError(Exception):
    """Something cannot be printed; ``diagnostics`` says what and where."""

    def __init__(self, diagnostics: Sequence[Diagnostic]) -> None:
        super().__init__(*diagnostics)
        self.diagnostics = tuple(diagnostics)


def print_base(root: Path, publication: Publication) -> str:
    """Return a digest of everything that printed pages are made from but the content of their issue."""
    from liulin_gazette.pdf.composition import fonts

    parts = (
        program_digest(),
        digest_of_folder(root / "templates", NOT_PRINTED),
        fingerprint(_printed(publication)),
        *fonts.signature(root),
        *fonts.tool_versions(),
        *versions_for_typesetting(),
    )
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _printed(publication: Publication) -> Publication:
    """Return ``publication`` with what gazette.toml says of printed pages, and nothing else."""
    return replace(
        publication,
        issues=(),
        issuers=tuple(replace(issuer, place=Place("")) for issuer in publication.issuers),
        proofreading=Proofreading(),
        phone_changes=(),
        web=WebSettings(),
        places={},
    )


def print_key(base: str, folder: str) -> str:
    """Return what the PDFs of an issue are made from: ``base``, and the digest of its ``folder`` but the record."""
    return hashlib.sha256(f"{base}\0{folder}".encode()).hexdigest()


class PrintOutput:
    """Writes the printed matter of one build into its edition."""

    def __init__(self, root: Path, examined: Examined, edition: Edition, last: Ledger) -> None:
        assert examined.publication is not None
        self._root = root
        self._examined = examined
        self._publication = examined.publication
        self._edition = edition
        self._last = last
        self._data: dict[str, dict[str, Any]] = {}
        self.typeset: list[str] = []
        """Names of the items that had to be typeset."""
        self.issues: dict[str, LedgerEntry] = {}
        """What there is of each issue that has PDFs, by its name."""
        self.made: dict[str, LedgerEntry] = {}
        """All that is kept or was made, by what it is."""
        self._former: list[str] = []
        """Names of the issues whose PDFs are of their content, but of former settings."""
        self._as_published: list[str] = []
        """Names of the published ones among them, which stay so."""
        self._left: list[str] = []
        """Names of the issues that have no PDFs of their content."""

    def keep(self, issue: Issue, key: str, is_exact: bool) -> bool:
        """Keep the files of ``issue`` that are of its content; tell whether.

        When ``is_exact``, only such as were made from ``key`` are, and not of former settings.
        """
        before = self._last.made.get(f"pdf {issue.folder}")
        report_before = self._last.made.get(f"report {issue.folder}")
        if before is None or report_before is None or not before.key:
            return False
        if before.content != self._content(issue) or (is_exact and before.key != key):
            return False
        if not self._edition.has((*before.paths, *report_before.paths)):
            return False
        self._keep(issue, before, before.paths)
        self.issues[issue.name] = before
        if before.key != key:
            (self._as_published if issue.record else self._former).append(issue.name)
        return True

    def _content(self, issue: Issue) -> str:
        return fingerprint(self._examined.printed[issue.folder], issue.stem)

    def keep_for_printers(self, issue: Issue) -> None:
        """Keep what is not of the site though it is of an earlier state; the next PDFs take its place."""
        self._left.append(issue.name)
        before = self._last.made.get(f"pdf {issue.folder}")
        if before is not None:
            left = tuple(
                path for path in before.paths if not path.startswith(SITE) and self._edition.has((path,))
            )
            self._keep(issue, LedgerEntry("", left), left)

    def _keep(self, issue: Issue, made: LedgerEntry, paths: Sequence[str]) -> None:
        self._edition.keep(paths)
        self.made[f"pdf {issue.folder}"] = made
        self.made.update({path: self._last.made[path] for path in paths if path in self._last.made})
        report = self._last.made.get(f"report {issue.folder}")
        if report is not None and self._edition.has(report.paths):
            self._edition.keep(report.paths)
            self.made[f"report {issue.folder}"] = report

    def not_typeset(self) -> Iterator[Diagnostic]:
        """Yield B054 for the issues that are not typeset as they are now."""
        to_build = "要让网站上有现在的 PDF，运行 python3 build.py。"
        to_reprint = '确要用现在的设置和程序重排，写明理由：python3 build.py 期号 --republish "理由"。'
        for names, severity, said, hint in (
            (self._left, Severity.WARNING, "没有按现在的内容排印，网站上没有它们的 PDF", to_build),
            (self._former, Severity.WARNING, "的 PDF 是按以前的设置或程序排印的", to_build),
            (
                self._as_published,
                Severity.NOTE,
                "已发布，PDF 保持公布的原样，是按以前的设置或程序排印的",
                to_reprint,
            ),
        ):
            if names:
                shown = "、".join(names[-SHOWN:]) + (f" 等 {len(names)} 期" if len(names) > SHOWN else "")
                yield Diagnostic(
                    "B054",
                    severity,
                    Place("output/site"),
                    f"{shown} {said}。",
                    hint,
                )

    def replaced(self, digests: Mapping[str, Digest]) -> Iterator[str]:
        """Yield the names of published issues whose PDFs on the site, of these ``digests``, are not those of before."""
        for issue in self._publication.issues:
            before = self._last.made.get(f"pdf {issue.folder}")
            if issue.record is not None and issue.name in self.issues and before is not None:
                paths = [path for path in before.paths if path.startswith(SITE)]
                if any(self._last.digests.get(path) != digests.get(path) for path in paths):
                    yield issue.name

    def write(self, folder: Folder, texts: bytes, prefix: str, key: str, typesetters: Typesetters) -> None:
        """Typeset the issue in ``folder`` and write its files. Raises TypesettingError, UnprintableError."""
        from liulin_gazette.pdf.editions.production import IssueProduction
        from liulin_gazette.pdf.editions.typeset_issue import Typesetting, workshop_for

        issue = unpacked(texts) if texts else load_issue(folder, prefix)[0]
        assert issue is not None
        templates = self._root / "templates"
        faces = printable_faces(self._root, self._publication, issue, folder.read_bytes)
        workshop = workshop_for(self._publication, self._root, faces, typesetters, folder.read_bytes)
        laid_out = Typesetting(self._publication, issue, templates, workshop).finish()
        self.typeset += workshop.typeset
        production = IssueProduction(self._publication, issue, laid_out, templates, folder.read_bytes, faces)
        paths: list[str] = []
        for file in production.products():
            before = self._last.made.get(file.path)
            if before and before.key == file.key and self._edition.has((file.path,)):
                self._edition.keep((file.path,))
            else:
                self._edition.write(file.path, file.make())
            self.made[file.path] = LedgerEntry(file.key, (file.path,))
            paths.append(file.path)
        printed = laid_out.printed_pages()
        self.issues[issue.name] = self.made[f"pdf {issue.folder}"] = LedgerEntry(
            key,
            tuple(paths),
            issue=_built(issue, laid_out, paths),
            spans={slug: (min(own.values()), max(own.values())) for slug, own in printed.items() if own},
            content=self._content(issue),
        )
        self._data[issue.name] = report_data(
            issue, folder, laid_out.pages, laid_out.first_pages, printed, faces
        )

    def write_reports(self) -> None:
        """Write the report of every issue that has PDFs; what it says of the series may have changed without it."""
        own, excused = _by_folder(self._examined)
        serials = serials_of(self._publication)
        templates = digest_of_folder(self._root / "templates", NOT_PRINTED)
        for issue in self._publication.issues:
            if issue.name in self.issues:
                diagnostics = sorted([*own.get(_EVERYWHERE, ()), *own.get(issue.folder, ())], key=_order)
                found = findings_data(issue, diagnostics, excused.get(issue.folder, ()), serials)
                key = fingerprint(program_digest(), self.issues[issue.name].key, templates, found)
                self._write_report(issue, found, key)

    def _write_report(self, issue: Issue, found: Mapping[str, Any], key: str) -> None:
        name = f"report {issue.folder}"
        data = self._data.get(issue.name)
        if data is None:
            before = self.made[name]
            if before.key == key:
                return
            path = next(path for path in before.paths if path.endswith(".json"))
            data = json.loads(self._edition.read(path))
        assets = report(self._publication, issue, {**data, **found}, self._root / "templates")
        for asset in assets:
            self._edition.write(asset.path, asset.content)
        self.made[name] = LedgerEntry(key, tuple(asset.path for asset in assets))


_EVERYWHERE = "content"
"""Whose findings every report tells: those about gazette.toml."""


def _by_folder(
    examined: Examined,
) -> tuple[dict[str, list[Diagnostic]], dict[str, list[WaivedFinding]]]:
    """Return findings, and findings that waivers excuse, by the project path of the folder that they are in."""
    own: dict[str, list[Diagnostic]] = {}
    for found in examined.diagnostics:
        own.setdefault(_folder(found), []).append(found)
    excused: dict[str, list[WaivedFinding]] = {}
    for each in examined.excused:
        excused.setdefault(_folder(each.finding), []).append(each)
    return own, excused


def _folder(found: Diagnostic) -> str:
    folder, slash, _ = found.place.path.rpartition("/")
    return folder if slash and folder != "output" else _EVERYWHERE


def _order(found: Diagnostic) -> tuple[Place, str, str]:
    return found.place, found.code, found.message


def _built(issue: Issue, laid_out: TypesetIssue, paths: Sequence[str]) -> BuiltIssue:
    return BuiltIssue(
        f"{issue_name(issue)}（总第{issue.total}期）",
        len(issue.documents),
        laid_out.pages,
        dict(laid_out.first_pages),
        "output/" + paths[0],
        next("output/" + path for path in paths if path.endswith("-print.pdf")),
    )


def printable_faces(
    root: Path, publication: Publication, issue: Issue, read_bytes: ReadBytes
) -> tuple[Face, ...]:
    """Return the faces for ``issue``, whose sources ``read_bytes`` returns.

    Raises UnprintableError without them, or where a character is in none.
    """
    from liulin_gazette.pdf.composition import fonts

    try:
        faces = fonts.prepare(root, characters(root, publication, issue, read_bytes))
    except fonts.FontMissingError as error:
        fault = Diagnostic("B020", Severity.ERROR, Place(""), error.message, error.hint)
        raise UnprintableError((fault,)) from error
    if missing := _missing_characters(issue, faces, read_bytes):
        raise UnprintableError(missing)
    return faces


def characters(root: Path, publication: Publication, issue: Issue, read_bytes: ReadBytes) -> frozenset[str]:
    """Return every character that the printed pages of ``issue``, whose sources ``read_bytes`` returns, may need.

    They are its own, those of the settings, and those of the templates, as far as pages are printed from them.
    """
    templates = root / "templates"
    sources = [f"{issue.folder}/{ISSUE_FILE}", *(document.path for document in issue.documents)]
    pages = [
        file for file in templates.rglob("*.html") if file.relative_to(templates).parts[0] != NOT_PRINTED
    ]
    settings = msgspec.json.encode(_printed(publication)).decode()
    return frozenset(settings).union(
        *(read_bytes(path).decode("utf-8-sig") for path in sources),
        *(file.read_text("utf-8-sig") for file in pages),
    )


def _missing_characters(issue: Issue, faces: tuple[Face, ...], read_bytes: ReadBytes) -> list[Diagnostic]:
    """Report each character that the text face lacks, at the first place that has it (T001).

    A character that only another face lacks is set in the text face there.
    """
    lacking = {c for face in faces if face.role == "宋体" for c in face.missing if not c.isspace()}
    found: list[Diagnostic] = []
    for document in issue.documents if lacking else ():
        for number, line in enumerate(read_bytes(document.path).decode("utf-8-sig").split("\n"), 1):
            for column, character in enumerate(line, 1):
                if character in lacking:
                    lacking.discard(character)
                    found.append(
                        Diagnostic(
                            "T001",
                            Severity.ERROR,
                            Place(document.path, number, column),
                            f"字体里没有“{character}”（U+{ord(character):04X}），印不出来。",
                            "核对是不是错字；确是生僻字的，把收有此字的字体放进 fonts 文件夹。",
                        )
                    )
    return found
