"""One build: inputs → examination → print → reports → site → publication, each stage entered once."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from liulin_gazette.model.diagnostics import Diagnostic, Place, Severity, has_errors
from liulin_gazette.pdf.composition.glyph_coverage import UnprintableError
from liulin_gazette.pipeline import ledger, staging
from liulin_gazette.pipeline.build_context import BuildContext, IssueSources
from liulin_gazette.pipeline.build_lock import FILE as LOCK
from liulin_gazette.pipeline.build_lock import build_lock
from liulin_gazette.pipeline.examination import examine_unchanged
from liulin_gazette.pipeline.freshness import needs_typesetting
from liulin_gazette.pipeline.gc_tuning import rare_garbage_collection
from liulin_gazette.pipeline.inputs import ContentChangedError, Inputs, read_inputs
from liulin_gazette.pipeline.ledger import BuiltIssue, Ledger
from liulin_gazette.pipeline.packed_issues import packed_issues
from liulin_gazette.pipeline.print_files import plan, print_issues
from liulin_gazette.pipeline.print_notices import not_typeset, replaced_issues
from liulin_gazette.pipeline.report_files import write_reports
from liulin_gazette.pipeline.search_volumes import load as load_search_volumes
from liulin_gazette.pipeline.site_files import write_site
from liulin_gazette.rendering.template_errors import template_errors_named
from liulin_gazette.rendering.templates import FOLDER as TEMPLATES
from liulin_gazette.rendering.templates import are_unchanged
from liulin_gazette.workers.pool import WorkerPool

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
    though settings, faces or program are others now."""

    @property
    def key(self) -> tuple[str, ...]:
        """All on which the output depends, for a digest."""
        return str(self.site_only), *self.issues, "", *self.reprinted


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
    """Build what is ``wanted`` of the project folder ``root`` into ``output/``; ``say`` is told each step.

    What would be made from the same as last time is not made again. Errors leave ``output/`` as it was. Raises
    OutputError when it cannot be written, TypesettingError for what cannot be printed, LockedError when another build
    does not end, ContentChangedError when content or templates change meanwhile, ClusterError, and UnreadableError.
    """
    with template_errors_named(root), build_lock(root, say), rare_garbage_collection():
        staging.recover(root / "output")
        last = ledger.read(root)
        with WorkerPool(wanted.jobs, wanted.cluster, typesets=not wanted.site_only) as pool:
            if len(last.pages) > LARGE:
                pool.get_ready(load_search_volumes)  # While this process looks for what has changed.
            inputs = read_inputs(root)
            key = inputs.digest(*wanted.key)
            if key == last.inputs and staging.stand_of(root / "output") == last.files:
                return _result(last, unchanged=True)
            return _make(root, wanted, say, pool, inputs, last, key)


def _make(
    root: Path, wanted: Wanted, say: Say, pool: WorkerPool, inputs: Inputs, last: Ledger, key: str
) -> Result:
    """Make the edition after the ``last`` one and put it in its place; ``key`` is the digest of its inputs."""
    output = root / "output"
    with packed_issues(root) as packed:
        if not wanted.site_only and needs_typesetting(inputs, last):
            from liulin_gazette.pdf.typeset.typesetting_unit import load as load_typesetter

            pool.get_ready(load_typesetter, pool.helpers)
        before = staging.LastEdition(output, last.files)
        is_large = len(inputs.content.folders) > LARGE
        laid_out = pool.submit_local(staging.lay_out, before) if is_large else None
        say("读入和校核")
        examined = examine_unchanged(inputs.content, pool, packed)
        if examined.publication is None or has_errors(examined.diagnostics):
            return Result(examined.diagnostics)
        edition = staging.begin_edition(before, laid_out)
        sources = IssueSources(inputs.content.reader, packed, examined.folders)
        context = BuildContext(inputs, examined, examined.publication, sources, last, edition)
        try:
            planned = plan(context, wanted.issues, wanted.site_only, wanted.reprinted)
            printed = print_issues(context, planned, pool, say)
        except UnprintableError as error:
            return Result((*examined.diagnostics, *error.diagnostics))
        reports = write_reports(context, printed)
        say("生成网页")
        site = write_site(context, printed.pdfs, output / "site", pool)
        if pool.redone:
            say(f"有 {pool.redone} 项工作在别的进程或机器上没有做成，已在本机重做")
        if not are_unchanged(root, inputs.templates):
            raise ContentChangedError(TEMPLATES)
        files = edition.finish()
        staging.publish(output, edition.emptied)
    record = Ledger(
        inputs=key,
        pdfs=dict(printed.pdfs),
        former_pdfs=dict(printed.former_pdfs),
        reports=reports,
        texts=dict(site.texts),
        pages=dict(site.pages),
        volumes=dict(site.volumes),
        lists=site.lists,
        file_keys={**printed.file_keys, **site.file_keys},
        files=files,
        digests=dict(site.digests),
        diagnostics=(*examined.diagnostics, *not_typeset(printed)),
    )
    ledger.write(root, record)
    result = replace(
        _result(record),
        typeset=printed.typeset,
        replaced=tuple(replaced_issues(context.publication, last, printed, site.digests)),
    )
    return result if site.is_signed else replace(result, diagnostics=(*result.diagnostics, SIGNATURE_LOST))


def _result(record: Ledger, unchanged: bool = False) -> Result:
    return Result(record.diagnostics, tuple(pdfs.issue for pdfs in record.pdfs.values()), unchanged)


def clean(root: Path, say: Say) -> None:
    """Remove output and caches of builds in ``root``, but not the environment, and not the lock, which is held.

    Raises LockedError when a build does not end.
    """
    with build_lock(root, say):
        shutil.rmtree(root / ".cache", ignore_errors=True)
        lock = root / LOCK
        for entry in lock.parent.iterdir() if lock.parent.is_dir() else ():
            if entry.is_dir() and not entry.is_symlink():
                shutil.rmtree(entry, ignore_errors=True)
            elif entry != lock:
                with contextlib.suppress(OSError):
                    entry.unlink()
