"""load → check → render: one build, from content to ``output/``."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from liulin_gazette import ledger, output
from liulin_gazette.build_lock import build_lock
from liulin_gazette.diagnostics import Diagnostic, Place, Severity, has_errors

if TYPE_CHECKING:
    from liulin_gazette.check.engine import Excused
    from liulin_gazette.model import Issue, Publication
    from liulin_gazette.pdf.edition import TypesetIssue
    from liulin_gazette.pdf.fonts import Face
    from liulin_gazette.pdf.laying_out import Hands

Say = Callable[[str], None]
SIGNATURE_LOST = Diagnostic(
    "B040",
    Severity.WARNING,
    Place("output/site/manifest.json"),
    "网站内容有变，原来的签名已经失效，没有保留。",
    "核对后重新签名：python3 build.py sign，见《网站与数据》。",
)


@dataclass(frozen=True, slots=True)
class BuiltIssue:
    """What a build says about one issue."""

    name: str
    """2026年第1期（总第30期）."""
    documents: int
    pages: int
    first_pages: dict[str, int]
    pdf: str
    """Project path of the reading edition."""
    print_pdf: str
    """Project path of the print edition."""


@dataclass(frozen=True, slots=True)
class Result:
    """The outcome of a check or a build."""

    diagnostics: tuple[Diagnostic, ...]
    built: tuple[BuiltIssue, ...] = ()
    unchanged: bool = False
    """Whether everything was there already."""
    typeset: tuple[str, ...] = ()
    """Names of the items that had to be typeset."""

    @property
    def failed(self) -> bool:
        """Whether an error stopped it."""
        return has_errors(self.diagnostics)


@dataclass(frozen=True, slots=True)
class Examined:
    """A publication, and what loading and checking say of it."""

    publication: Publication | None
    """None when it cannot be had whole."""
    diagnostics: tuple[Diagnostic, ...]
    excused: tuple[Excused, ...] = ()


def examine(root: Path) -> Examined:
    """Load and check the publication below ``root``."""
    from liulin_gazette.check import check
    from liulin_gazette.desk.publishing import silent_changes
    from liulin_gazette.source.loader import load

    publication, found = load(root)
    if publication is None:
        return Examined(None, found)
    checked = check(publication, lambda path: (root / path).read_bytes())
    rewritten = silent_changes(root, publication)
    return Examined(publication, (*found, *checked.findings, *rewritten), checked.excused)


def build(root: Path, names: tuple[str, ...], say: Say, jobs: int | None = None) -> Result:
    """Build the issues called ``names`` (all when empty) into ``output/``.

    The pages of the site are always made whole; of the other issues the last PDFs are carried over. What
    has not changed since the last build is not made again. Errors leave ``output/`` as it was. Raises
    output.OutputError when it cannot be written, TypesettingError for what cannot be printed, LockedError
    when another build does not end.
    """
    with build_lock(root, say):
        return _build_alone(root, names, say, jobs)


def _build_alone(root: Path, names: tuple[str, ...], say: Say, jobs: int | None) -> Result:
    from liulin_gazette.pdf import fonts

    last = ledger.read(root)
    inputs = ledger.inputs(root, (*names, *fonts.signature(root), *fonts.tool_versions()))
    if inputs == last.inputs and ledger.stand(root / "output") == last.files:
        return _recalled(last.summary)
    from liulin_gazette.pdf.laying_out import Hands

    with Hands(jobs) as hands:
        return _build(root, names, say, hands, last, inputs)


def _build(
    root: Path, names: tuple[str, ...], say: Say, hands: Hands, last: ledger.Ledger, inputs: str
) -> Result:
    from liulin_gazette.pdf import fonts

    examined = examine(root)
    publication, diagnostics = examined.publication, examined.diagnostics
    if publication is None or has_errors(diagnostics):
        return Result(diagnostics)
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
    return _render(root, publication, examined, faces, names, say, hands, last, inputs)


def _render(
    root: Path,
    publication: Publication,
    examined: Examined,
    faces: tuple[Face, ...],
    names: tuple[str, ...],
    say: Say,
    hands: Hands,
    last: ledger.Ledger,
    inputs: str,
) -> Result:
    from liulin_gazette.pdf.edition import Typesetting, workshop_for
    from liulin_gazette.site_output import write_site

    target = root / "output"
    workshop = workshop_for(publication, root, faces, hands)
    keys: dict[str, str] = {}
    built: list[BuiltIssue] = []
    with output.staging(target) as staged:
        wanted = [
            issue
            for issue in publication.issues
            if not (names and issue.name not in names) or not _carried_over(root, staged, issue, last, keys)
        ]
        for issue in wanted:
            say(f"排印 {issue.year}年第{issue.number}期")
            laid_out = Typesetting(publication, issue, root / "templates", workshop).finish()
            built.append(_issue(root, staged, publication, issue, examined, faces, laid_out, last, keys))
        say("生成网页")
        printed = {issue.name: _printed_pages(staged, issue) for issue in publication.issues}
        is_signed = write_site(root, staged, publication, printed, last)
        output.publish(staged, target)
    diagnostics = examined.diagnostics if is_signed else (*examined.diagnostics, SIGNATURE_LOST)
    result = Result(diagnostics, tuple(built), typeset=tuple(workshop.typeset))
    summary = {
        "diagnostics": [_plain(found) for found in examined.diagnostics],
        "built": [asdict(each) for each in built],
    }
    ledger.write(root, ledger.Ledger(inputs, keys, ledger.stand(target), summary))
    return result


def _issue(
    root: Path,
    staged: Path,
    publication: Publication,
    issue: Issue,
    examined: Examined,
    faces: tuple[Face, ...],
    laid_out: TypesetIssue,
    last: ledger.Ledger,
    keys: dict[str, str],
) -> BuiltIssue:
    from liulin_gazette.pdf.production import IssueProduction
    from liulin_gazette.report import report
    from liulin_gazette.templating import issue_name

    products = IssueProduction(publication, issue, laid_out, root, faces).products()
    for product in products:
        keys[product.path] = product.key
        is_same = last.keys.get(product.path) == product.key
        if not (
            is_same
            and ledger.is_untouched(last, root / "output", product.path)
            and output.carry_over(root / "output", staged, product.path)
        ):
            output.write_file(staged, product.path, product.make())
    for asset in report(
        root,
        publication,
        issue,
        laid_out.pages,
        laid_out.first_pages,
        laid_out.printed_pages(),
        examined.diagnostics,
        examined.excused,
        faces,
    ):
        output.write_file(staged, asset.path, asset.content)
    paths = [product.path for product in products]
    return BuiltIssue(
        f"{issue_name(issue)}（总第{issue.total}期）",
        len(issue.documents),
        laid_out.pages,
        dict(laid_out.first_pages),
        "output/" + paths[0],
        next("output/" + path for path in paths if path.endswith("-print.pdf")),
    )


def _printed_pages(staged: Path, issue: Issue) -> dict[str, dict[str, int]]:
    """Return the printed page of each anchor, by document, as the issue's report tells."""
    report = json.loads((staged / f"report/{issue.name}.json").read_text("utf-8"))
    pages: dict[str, dict[str, int]] = report["页码"]
    return pages


def _carried_over(root: Path, staged: Path, issue: Issue, last: ledger.Ledger, keys: dict[str, str]) -> bool:
    """Take the files of ``issue`` from the last output; False when that has not all of them."""
    from liulin_gazette.web import addresses

    own = (addresses.issue_pdf(issue), *(addresses.document_pdf(issue, each) for each in issue.documents))
    wanted = [f"site/{path}" for path in own]
    wanted += [path for path in last.keys if path.startswith(f"print/{issue.stem}-")]
    wanted += [f"report/{issue.name}.{kind}" for kind in ("json", "html")]
    taken = [output.carry_over(root / "output", staged, path) for path in wanted]
    if not all(taken):
        return False
    keys.update({path: last.keys[path] for path in wanted if path in last.keys})
    return True


def _plain(found: Diagnostic) -> list[Any]:
    place = found.place
    return [
        found.code,
        found.severity.value,
        [place.path, place.line, place.column],
        found.message,
        found.hint,
    ]


def _recalled(summary: Any) -> Result:
    """Return what the last build said."""
    diagnostics = tuple(
        Diagnostic(code, Severity(severity), Place(*place), message, hint)
        for code, severity, place, message, hint in summary["diagnostics"]
    )
    return Result(diagnostics, tuple(BuiltIssue(**each) for each in summary["built"]), unchanged=True)


def characters(root: Path, publication: Publication) -> frozenset[str]:
    """Return every character that the printed pages may need: those of the content and of the templates."""
    files = [
        root / "content" / "gazette.toml",
        *(root / issue.folder / "issue.toml" for issue in publication.issues),
        *(root / document.path for issue in publication.issues for document in issue.documents),
        *sorted((root / "templates").glob("**/*.html")),
    ]
    return frozenset("".join(file.read_text("utf-8-sig") for file in files))


def _missing_characters(root: Path, publication: Publication, faces: tuple[Face, ...]) -> list[Diagnostic]:
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


def clean(root: Path) -> None:
    """Remove what builds have made: output and caches, but not the environment."""
    for name in ("output", ".cache"):
        shutil.rmtree(root / name, ignore_errors=True)
