"""load → check → render: one build, from content to ``output/``."""

from __future__ import annotations

import hashlib
import json
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from liulin_gazette import output
from liulin_gazette.check import check
from liulin_gazette.diagnostics import Diagnostic, Place, Severity, has_errors
from liulin_gazette.model import Issue, Publication
from liulin_gazette.source.loader import load
from liulin_gazette.templating import environment
from liulin_gazette.web import addresses
from liulin_gazette.web.site import render_site

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class BuiltIssue:
    """What a build says about one issue."""

    issue: Issue
    pages: int
    first_pages: dict[str, int]
    pdf: str
    """Project path of the reading edition."""


@dataclass(frozen=True, slots=True)
class Result:
    """The outcome of a check or a build."""

    diagnostics: tuple[Diagnostic, ...]
    built: tuple[BuiltIssue, ...] = ()
    seconds: float = 0.0

    @property
    def failed(self) -> bool:
        """Whether an error stopped it."""
        return has_errors(self.diagnostics)


def examine(root: Path) -> tuple[Publication | None, tuple[Diagnostic, ...]]:
    """Load and check the publication below ``root``."""
    publication, found = load(root)
    if publication is None:
        return None, found
    return publication, (*found, *check(publication))


def build(root: Path, names: tuple[str, ...], say: Say) -> Result:
    """Build the issues called ``names`` (all when empty) into ``output/``.

    The pages of the site are always made whole; of the other issues the last PDFs are carried over.
    Errors leave ``output/`` as it was. Raises output.OutputError when it cannot be written.
    """
    start = time.monotonic()
    publication, diagnostics = examine(root)
    if publication is None or has_errors(diagnostics):
        return Result(diagnostics)
    from liulin_gazette.pdf import fonts

    say("准备字体")
    try:
        faces = fonts.prepare(root, characters(root, publication))
    except fonts.FontMissingError as error:
        fault = Diagnostic(
            "B020",
            Severity.ERROR,
            Place(""),
            f"没有可用的{error}字体。",
            "运行 python3 build.py 会自动安装；或把字体文件放进 fonts 文件夹。",
        )
        return Result((*diagnostics, fault))
    missing = _missing_characters(root, publication, faces)
    if missing:
        return Result((*diagnostics, *missing))
    target = root / "output"
    with output.staging(target) as staged:
        say("生成网页")
        for asset in render_site(publication, root / "templates", lambda path: (root / path).read_bytes()):
            output.write_file(staged / "site", asset.path, asset.content)
        built = tuple(
            _issue(root, staged, publication, issue, faces, names, say) for issue in publication.issues
        )
        for each in built:
            _report(root, staged, publication, each, diagnostics)
        output.publish(staged, target)
    return Result(diagnostics, tuple(each for each in built if each.pages), time.monotonic() - start)


def characters(root: Path, publication: Publication) -> frozenset[str]:
    """Return every character that the printed pages may need: those of the content and of the templates."""
    files = [
        root / "content" / "gazette.toml",
        *(root / issue.folder / "issue.toml" for issue in publication.issues),
        *(root / document.path for issue in publication.issues for document in issue.documents),
        *sorted((root / "templates").glob("**/*.html")),
    ]
    return frozenset("".join(file.read_text("utf-8-sig") for file in files))


def _missing_characters(root: Path, publication: Publication, faces: tuple[Any, ...]) -> list[Diagnostic]:
    """Report each character that the text face lacks, at the first place that has it (T001).

    A character that only another face lacks is set in the text face there.
    """
    lacking = {c for face in faces if face.role == "宋体" for c in face.missing if not c.isspace()}
    found: list[Diagnostic] = []
    for document in (
        (document for issue in publication.issues for document in issue.documents) if lacking else ()
    ):
        for number, line in enumerate((root / document.path).read_text("utf-8-sig").split("\n"), 1):
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


def _issue(
    root: Path,
    staged: Path,
    publication: Publication,
    issue: Issue,
    faces: tuple[Any, ...],
    names: tuple[str, ...],
    say: Say,
) -> BuiltIssue:
    whole = "site/" + addresses.issue_pdf(issue)
    singles = {
        document.slug: "site/" + addresses.document_pdf(issue, document) for document in issue.documents
    }
    if names and issue.name not in names:
        carried = [output.carry_over(root / "output", staged, path) for path in (whole, *singles.values())]
        if all(carried):
            for kind in ("json", "html"):
                output.carry_over(root / "output", staged, f"report/{issue.name}.{kind}")
            return BuiltIssue(issue, 0, {}, "output/" + whole)
    from liulin_gazette.pdf.edition import typeset

    say(f"排印 {issue.year}年第{issue.number}期")
    edition = typeset(publication, issue, root / "templates", faces, lambda path: (root / path).read_bytes())
    output.write_file(staged, whole, edition.pdf)
    for slug, pdf in edition.document_pdfs.items():
        output.write_file(staged, singles[slug], pdf)
    return BuiltIssue(issue, edition.pages, edition.first_pages, "output/" + whole)


def _report(
    root: Path, staged: Path, publication: Publication, built: BuiltIssue, diagnostics: tuple[Diagnostic, ...]
) -> None:
    """Write ``report/<issue>.json`` and ``.html``: findings, pages, and what was built from what."""
    if not built.pages:
        return
    issue = built.issue
    own = [
        found
        for found in diagnostics
        if found.place.path.startswith(issue.folder + "/")
        or "/" not in found.place.path.removeprefix("content/")
    ]
    documents = [
        {
            "发文字号": str(document.number),
            "标题": document.title,
            "文件": document.path,
            "sha256": hashlib.sha256((root / document.path).read_bytes()).hexdigest(),
            "页码": built.first_pages.get(document.slug, 0),
        }
        for document in issue.documents
    ]
    findings = [
        {
            "代码": found.code,
            "级别": found.severity.value,
            "位置": str(found.place),
            "问题": found.message,
            "办法": found.hint,
        }
        for found in own
    ]
    data = {"期": issue.name, "总期号": issue.total, "页数": built.pages, "公文": documents, "校核": findings}
    text = json.dumps(data, ensure_ascii=False, indent=2) + "\n"
    output.write_file(staged / "report", f"{issue.name}.json", text.encode("utf-8"))
    page = (
        environment(root / "templates")
        .get_template("report/report.html")
        .render(
            publication=publication, issue=issue, documents=documents, findings=findings, pages=built.pages
        )
    )
    output.write_file(staged / "report", f"{issue.name}.html", page.encode("utf-8"))


def clean(root: Path) -> None:
    """Remove what builds have made: output and caches, but not the environment."""
    for name in ("output", ".cache"):
        shutil.rmtree(root / name, ignore_errors=True)
