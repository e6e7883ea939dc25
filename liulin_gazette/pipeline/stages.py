"""load → check → render: one build, from content to ``output/``."""

from __future__ import annotations

import contextlib
import hashlib
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from liulin_gazette.cache.program import digest_of_folder
from liulin_gazette.model.diagnostics import Diagnostic, Place, Severity, has_errors
from liulin_gazette.model.publication import Publication
from liulin_gazette.pipeline import ledger, staging
from liulin_gazette.pipeline.build_lock import FILE as LOCK
from liulin_gazette.pipeline.build_lock import build_lock
from liulin_gazette.pipeline.examination import Examined, Survey, examine, survey
from liulin_gazette.pipeline.gc_tuning import rare_garbage_collection
from liulin_gazette.pipeline.ledger import BuiltIssue, Ledger
from liulin_gazette.pipeline.packed_issues import PackedIssues, packed_issues
from liulin_gazette.pipeline.print_files import PrintOutput, UnprintableError, print_base, print_key
from liulin_gazette.pipeline.site_files import ContentChangedError, SiteMade, SiteOutput, unchanged_folder
from liulin_gazette.pipeline.staging import Edition
from liulin_gazette.rendering.template_errors import template_errors_named
from liulin_gazette.source.loader import load_series
from liulin_gazette.workers.pool import WorkerPool

if TYPE_CHECKING:
    from liulin_gazette.pdf.typeset.workshop import Typesetters

Say = Callable[[str], None]
LARGE = 30
"""Issues from which on another process is worth starting even for a small change."""
SIGNATURE_LOST = Diagnostic(
    "B040",
    Severity.WARNING,
    Place("output/site/manifest.json"),
    "网站内容有变，原来的签名已经失效，没有保留。",
    "核对后重新签名：python3 build.py sign，见《网站与数据》。",
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a build is to make."""

    issues: tuple[str, ...] = ()
    """Names of the issues to typeset; all when there are none. Others are where their own content has changed."""
    site_only: bool = False
    """Whether nothing is typeset: issues without PDFs of the present content are on the site without them."""
    jobs: int | None = None
    """Processes; as many as there are cores when it is None."""
    cluster: str = ""
    """The address of a Dask scheduler; empty for this machine's own processes."""
    reprinted: tuple[str, ...] = ()
    """Names of published issues to typeset anew: their editor said why. The others keep the PDFs of their content,
    though settings, faces or the program are others now."""


@dataclass(frozen=True, slots=True)
class Result:
    """The outcome of a build."""

    diagnostics: tuple[Diagnostic, ...]
    built: tuple[BuiltIssue, ...] = ()
    """The issues that have PDFs now, oldest first."""
    unchanged: bool = False
    """Whether everything was there already."""
    typeset: tuple[str, ...] = ()
    """Names of the items that had to be typeset."""
    replaced: tuple[str, ...] = ()
    """Names of published issues that have other PDFs on the site than before."""

    @property
    def failed(self) -> bool:
        """Whether an error stopped it."""
        return has_errors(self.diagnostics)


def build(root: Path, wanted: Wanted, say: Say) -> Result:
    """Build what is ``wanted`` into ``output/``.

    What is made from the same as last time is not made again. Errors leave ``output/`` as it was. Raises
    staging.OutputError when it cannot be written, TypesettingError for what cannot be printed, LockedError
    when another build does not end, ContentChangedError when content or templates change meanwhile, ClusterError,
    UnreadableError.
    """
    with template_errors_named(root), build_lock(root, say), rare_garbage_collection():
        return _build_alone(root, wanted, say)


def _build_alone(root: Path, wanted: Wanted, say: Say) -> Result:
    staging.recover(root / "output")
    last = ledger.read(root)
    with WorkerPool(wanted.jobs, wanted.cluster) as pool:
        issues = sum(name.startswith("pages ") for name in last.made)
        if issues > LARGE:
            pool.get_ready()  # It starts while this one looks for what has changed.
        return _next_edition(root, wanted, say, pool, last)


def _next_edition(root: Path, wanted: Wanted, say: Say, pool: WorkerPool, last: Ledger) -> Result:
    """Make the edition after the ``last`` and put it in its place, unless nothing has changed."""
    target = root / "output"
    surveyed = survey(root)
    templates = digest_of_folder(root / "templates")
    base = _digest(surveyed.settings, templates)
    publication = load_series(surveyed.content).publication
    print_from = print_base(root, publication) if publication else ""
    inputs = _digest(
        surveyed.digest, base, print_from, str(wanted.site_only), *wanted.issues, "", *wanted.reprinted
    )
    if inputs == last.inputs and staging.stand_of(target) == last.files:
        return _result(last, unchanged=True)
    with contextlib.ExitStack() as stack:
        typesetters = _Typesetters(stack, wanted.jobs)
        if not wanted.site_only and _is_stale(surveyed, last, print_from):
            typesetters.start()
        begun = staging.LastEdition(target, last.files)
        laid_out = pool.in_background(staging.lay_out, begun) if len(surveyed.folders) > LARGE else None
        texts = stack.enter_context(packed_issues(root))
        say("读入和校核")
        examined = examine(root, pool, texts, surveyed)
        if examined.publication is None or has_errors(examined.diagnostics):
            return Result(examined.diagnostics)
        _check_unchanged(surveyed.folders, examined.folders)
        edition = staging.begin_edition(begun, laid_out)
        build = _Build(root, wanted, say, examined, examined.publication, edition, last, pool, texts)
        try:
            printed = build.print(print_from, typesetters)
        except UnprintableError as error:
            return Result((*examined.diagnostics, *error.diagnostics))
        say("生成网页")
        site = build.write_site(base, printed)
        if redone := pool.redone + typesetters.redone:
            say(f"有 {redone} 项工作在别的进程或机器上没有做成，已在本机重做")
        _check_unchanged({"templates": templates}, {"templates": digest_of_folder(root / "templates")})
        files = edition.finish()
        staging.publish(target, edition.emptied)
    done = Ledger(
        inputs=inputs,
        made={**printed.made, **site.made},
        files=files,
        digests=dict(site.digests),
        diagnostics=(*examined.diagnostics, *printed.not_typeset()),
    )
    ledger.write(root, done)
    replaced = tuple(printed.replaced(site.digests))
    result = replace(_result(done, typeset=tuple(printed.typeset)), replaced=replaced)
    return result if site.is_signed else replace(result, diagnostics=(*result.diagnostics, SIGNATURE_LOST))


def _check_unchanged(before: Mapping[str, str], now: Mapping[str, str]) -> None:
    """Raise ContentChangedError for the first folder of which the digest is another ``now``."""
    for path, digest in before.items():
        if now[path] != digest:
            raise ContentChangedError(path)


def _result(done: Ledger, unchanged: bool = False, typeset: tuple[str, ...] = ()) -> Result:
    built = tuple(made.issue for name, made in done.made.items() if name.startswith("pdf ") and made.issue)
    return Result(done.diagnostics, built, unchanged, typeset)


def _is_stale(surveyed: Survey, last: Ledger, print_from: str) -> bool:
    """Tell whether an issue surely has to be typeset; other folders of ``content/`` are none.

    One that has a record, which its printed digest leaves out, is published and keeps its PDFs, most likely.
    """
    return any(
        (made := last.made.get(f"pdf {path}")) is None
        or (made.key != print_key(print_from, digest) and digest == surveyed.folders[path])
        for path, digest in surveyed.printed.items()
    )


class _Typesetters:
    """The processes that typeset, started when they are sure to be needed: they take a while to be ready."""

    def __init__(self, stack: contextlib.ExitStack, jobs: int | None) -> None:
        self._stack = stack
        self._jobs = jobs
        self._started: Typesetters | None = None

    def start(self) -> Typesetters:
        if self._started is None:
            from liulin_gazette.pdf.typeset.workshop import Typesetters

            self._started = self._stack.enter_context(Typesetters(self._jobs))
        return self._started

    @property
    def redone(self) -> int:
        return self._started.redone if self._started else 0


@dataclass(frozen=True, slots=True)
class _Build:
    """What the stages of one build have in common."""

    root: Path
    wanted: Wanted
    say: Say
    examined: Examined
    publication: Publication
    edition: Edition
    last: Ledger
    pool: WorkerPool
    texts: PackedIssues

    def print(self, print_from: str, typesetters: _Typesetters) -> PrintOutput:
        """Make what is for print, and the reports."""
        printed = PrintOutput(self.root, self.examined, self.edition, self.last)
        for issue in self.publication.issues:
            key = print_key(print_from, self.examined.printed[issue.folder])
            is_named = not self.wanted.issues or issue.name in self.wanted.issues
            if issue.record is not None:
                is_exact = issue.name in self.wanted.reprinted and not self.wanted.site_only
            else:
                is_exact = is_named or self.wanted.site_only
            if printed.keep(issue, key, is_exact):
                continue
            if self.wanted.site_only:
                printed.keep_for_printers(issue)
                continue
            self.say(f"排印 {issue.year}年第{issue.number}期")
            digest = self.examined.folders[issue.folder]
            folder = unchanged_folder(self.root, issue.folder, digest)
            printed.write(folder, self.texts.take(digest), issue.prefix, key, typesetters.start())
        printed.write_reports()
        return printed

    def write_site(self, base: str, printed: PrintOutput) -> SiteMade:
        """Make the site, with the PDFs that there are."""
        site = SiteOutput(
            self.root, self.examined, self.publication, self.edition, self.last, base, printed.issues
        )
        return site.write(self.pool, self.texts)


def _digest(*words: str) -> str:
    return hashlib.sha256("\0".join(words).encode()).hexdigest()


def clean(root: Path, say: Say) -> None:
    """Remove what builds have made: output and caches, but not the environment, and not the lock, which is held.

    Raises LockedError when a build does not end.
    """
    with build_lock(root, say):
        shutil.rmtree(root / ".cache", ignore_errors=True)
        lock = root / LOCK
        for each in lock.parent.iterdir() if lock.parent.is_dir() else ():
            if each.is_dir() and not each.is_symlink():
                shutil.rmtree(each, ignore_errors=True)
            elif each != lock:
                with contextlib.suppress(OSError):
                    each.unlink()
