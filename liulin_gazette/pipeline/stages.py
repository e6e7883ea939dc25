"""One build: inputs → examination → print → reports → site → publication, each stage entered once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from liulin_gazette.disk.power_session import power_session
from liulin_gazette.model.diagnostics import Diagnostic, has_errors
from liulin_gazette.pdf.composition.glyph_coverage import UnprintableError
from liulin_gazette.pipeline import output_record, staging
from liulin_gazette.pipeline.build_context import BuildContext, IssueSources
from liulin_gazette.pipeline.build_lock import FILE as LOCK
from liulin_gazette.pipeline.build_lock import build_lock
from liulin_gazette.pipeline.damaged_output import check_is_due, undamaged, without_damaged
from liulin_gazette.pipeline.examination import examine_unchanged
from liulin_gazette.pipeline.freshness import needs_typesetting
from liulin_gazette.pipeline.gc_tuning import rare_garbage_collection
from liulin_gazette.pipeline.inputs import ContentChangedError, Inputs, read_inputs
from liulin_gazette.pipeline.issue_typesetting import EarlyTypesetting, typesetting_inputs
from liulin_gazette.pipeline.output_record import BuiltIssue, OutputRecord, Present, RecordedFiles, Stand
from liulin_gazette.pipeline.packed_issues import packed_issues
from liulin_gazette.pipeline.print_files import Printed, plan, print_issues
from liulin_gazette.pipeline.print_notices import not_typeset, replaced_issues
from liulin_gazette.pipeline.printed_page_findings import page_findings
from liulin_gazette.pipeline.published_witnesses import findings_of_witnesses
from liulin_gazette.pipeline.report_files import write_reports
from liulin_gazette.pipeline.sealed_prints import broken_seals
from liulin_gazette.pipeline.site_parts.edition_files import edition_findings
from liulin_gazette.pipeline.site_parts.search_volumes import preload as preload_search_volumes
from liulin_gazette.pipeline.site_parts.site_files import Site, write_site
from liulin_gazette.pipeline.staging import removal_fault
from liulin_gazette.pipeline.typesetting_start import TypesettingStart
from liulin_gazette.rendering.template_errors import template_errors_named
from liulin_gazette.rendering.templates import FOLDER as TEMPLATES
from liulin_gazette.rendering.templates import are_unchanged
from liulin_gazette.text.advised_acts import Act, advice
from liulin_gazette.workers.cluster_access import ClusterAccess
from liulin_gazette.workers.pool import WorkerPool

Say = Callable[[str], None]
LARGE = 30
"""Issues from which on another process is worth starting even for a small change."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a build is to make."""

    issues: tuple[str, ...] = ()
    """Names of the issues to typeset; all when there are none. Others are where their own content has changed."""
    site_only: bool = False
    """Whether nothing is typeset: issues without PDFs of the present content are on the site without them."""
    jobs: int | None = None
    """Processes; as many as there are cores when it is None."""
    cluster: ClusterAccess | None = None
    """A Dask cluster; None for this machine's own processes."""
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


def build(root: Path, wanted: Wanted, say: Say, pool: WorkerPool | None = None) -> Result:
    """Build what is ``wanted`` of the project folder ``root`` into ``output/``; ``say`` is told each step.

    ``pool`` are workers of this machine that were started already; they end with the build.
    What would be made from the same as last time is not made again. Errors leave ``output/`` as it was. Raises
    OutputError when it cannot be written, TypesettingError for what cannot be printed, LockedError when another build
    does not end, ContentChangedError when content or templates change meanwhile, ClusterError, and UnreadableError.
    """
    with template_errors_named(root), build_lock(root, say), rare_garbage_collection():
        staging.recover(root / "output")
        last = output_record.read(root)
        with pool or WorkerPool(wanted.jobs, wanted.cluster, typesets=not wanted.site_only) as pool:
            if len(last.pages) > LARGE:
                pool.get_ready(preload_search_volumes)  # While this process looks for what has changed.
            inputs = read_inputs(root)
            key = inputs.digest(*wanted.key)
            session = power_session(root)
            present = staging.files_in(root / "output")
            if (check_is_due(root) or last.session != session) and last.files:
                say("核对上一次的成品")
                last = without_damaged(root, last, session)
            elif (checked := undamaged(root, last, present)) is not last:
                last = checked
                output_record.write(root, last)
            if key == last.inputs and output_record.stands(present) == last.files:
                return _result(last, unchanged=True)
            try:
                return _make(root, wanted, say, pool, inputs, last, key)
            except staging.DamagedFileError:
                say("成品有损坏，全部核对")
                return _make(root, wanted, say, pool, inputs, without_damaged(root, last, session), key)


def _make(
    root: Path, wanted: Wanted, say: Say, pool: WorkerPool, inputs: Inputs, last: OutputRecord, key: str
) -> Result:
    """Make the edition after the ``last`` one and put it in its place; ``key`` is the digest of its inputs."""
    output = root / "output"
    with packed_issues(root) as packed:
        early = None
        if not wanted.site_only and needs_typesetting(inputs, last):
            pool.get_ready(TypesettingStart(root), pool.helpers)
            early = EarlyTypesetting(typesetting_inputs(inputs, pool))
        before = staging.LastEdition(output, last.files)
        is_large = len(inputs.content.folders) > LARGE
        laid_out = pool.submit_local(staging.lay_out, before) if is_large else None
        say("读入和校核")
        examined = examine_unchanged(inputs.content, pool, packed, early)
        lost = tuple(findings_of_witnesses(inputs.content, examined.readable))
        if examined.publication is None or has_errors((*examined.diagnostics, *lost)):
            return Result((*examined.diagnostics, *lost))
        edition = staging.begin_edition(before, laid_out, last.sha256)
        publication = examined.publication
        sources = IssueSources(inputs.content.reader, packed, examined.folders, inputs.content.series.form)
        context = BuildContext(inputs, examined, publication, sources, last, edition)
        try:
            planned = plan(context, wanted.issues, wanted.site_only, wanted.reprinted)
            printed = print_issues(context, planned, pool, say, early)
        except UnprintableError as error:
            return Result((*examined.diagnostics, *error.diagnostics))
        reports = write_reports(context, printed)
        say("生成网页")
        site = write_site(context, printed.pdfs, output / "site", pool, not wanted.site_only)
        if pool.redone:
            say(f"有 {pool.redone} 项工作在别的进程或机器上没有做成，已在本机重做")
        if not are_unchanged(root, inputs.templates):
            raise ContentChangedError(TEMPLATES)
        files = edition.finish()
        staging.publish(output, edition.emptied)
        present = staging.files_in(output)
    record = _record(context, "" if site.unmade else key, printed, reports, site, files, present)
    output_record.write(root, record)
    result = replace(
        _result(record),
        typeset=printed.typeset,
        replaced=tuple(replaced_issues(context.publication, last, printed, site.digests)),
    )
    # Both hold for this build only: the site that it replaces will not be there to be compared.
    passing = (*lost, *site.lost_signatures)
    return replace(result, diagnostics=(*result.diagnostics, *passing))


def _record(
    context: BuildContext,
    key: str,
    printed: Printed,
    reports: Mapping[str, RecordedFiles],
    site: Site,
    files: Mapping[str, Stand],
    present: Present,
) -> OutputRecord:
    """Return the record of the edition with these ``files``, made from inputs with the digest ``key``.

    ``present`` is what is in its place now.
    """
    checksums = {**context.last.checksums, **context.edition.checksums}
    return OutputRecord(
        inputs=key,
        pdfs=dict(printed.pdfs),
        former_pdfs=dict(printed.former_pdfs),
        reports=dict(reports),
        texts=dict(site.texts),
        pages=dict(site.pages),
        editions={folder: dict(own) for folder, own in site.editions.items()},
        volumes=dict(site.volumes),
        lists=site.lists,
        file_keys={**printed.file_keys, **site.file_keys},
        files=dict(files),
        marks={
            path: present[path][1]
            for path, stand in files.items()
            if path in present and present[path][0] == stand
        },
        digests=dict(site.digests),
        checksums={path: known for path in files if (known := checksums.get(path))},
        session=power_session(context.root),
        diagnostics=(
            *context.examined.diagnostics,
            *not_typeset(printed),
            *page_findings(context.publication, printed.pdfs),
            *broken_seals(context.publication, site.digests),
            *edition_findings(context.publication, site.editions),
            *site.unmade,
        ),
    )


def _result(record: OutputRecord, unchanged: bool = False) -> Result:
    return Result(record.diagnostics, tuple(pdfs.issue for pdfs in record.pdfs.values()), unchanged)


def clean(root: Path, say: Say) -> None:
    """Remove output and caches of builds in ``root``, but not the environment, and not the lock, which is held.

    Raises LockedError when a build does not end, OutputError for what the system does not let go.
    """
    with build_lock(root, say):
        lock = root / LOCK
        entries = [entry for entry in lock.parent.iterdir() if entry != lock] if lock.parent.is_dir() else []
        # The record first: of what is left when this is cut off, nothing is taken for whole.
        faults = [removal_fault(root / output_record.FILE), *staging.remove_output(lock.parent, entries)]
        faults.append(removal_fault(root / ".cache"))
    if told := next(filter(None, faults), ""):
        raise staging.OutputError(advice(f"没有删干净：{told}。关掉打开着的文件，再", Act.CLEAN, "。"))
