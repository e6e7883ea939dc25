"""The stage that writes what is for print: an issue is typeset once, and again only when it has changed."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import TYPE_CHECKING, Any

from liulin_gazette.cache.fingerprint import fingerprint
from liulin_gazette.model.dated_settings import settings_at
from liulin_gazette.model.editions import OFD
from liulin_gazette.model.issue_labels import issue_name, name_with_total
from liulin_gazette.model.press import Press
from liulin_gazette.model.publication import Issue
from liulin_gazette.pipeline.build_context import BuildContext
from liulin_gazette.pipeline.freshness import (
    AS_PUBLISHED,
    STAND_IN,
    current,
    current_pdfs,
    is_stand_in_file,
    key_of_time,
    ofd_is_amiss,
    press_files_are_amiss,
    print_key,
)
from liulin_gazette.pipeline.inputs import content_key
from liulin_gazette.pipeline.issue_typesetting import (
    BegunIssue,
    EarlyTypesetting,
    begin_issue,
    typesetting_inputs,
)
from liulin_gazette.pipeline.output_record import SITE, BuiltIssue, PdfsEntry
from liulin_gazette.pipeline.report import report_data
from liulin_gazette.pipeline.sealed_prints import (
    as_sealed,
    cover_is_within,
    published_report,
    sealed_digest,
    without_pages,
)
from liulin_gazette.rendering.product import Product
from liulin_gazette.workers.pool import WorkerPool

if TYPE_CHECKING:
    from liulin_gazette.pdf.editions.production import IssueEditions
    from liulin_gazette.pdf.write.colour_profiles import PressCondition


@dataclass(frozen=True, slots=True)
class Printed:
    """What there is in print after this stage; issues go by the project path of their folder."""

    pdfs: Mapping[str, PdfsEntry]
    """The issues that have PDFs of their content."""
    former_pdfs: Mapping[str, PdfsEntry]
    """Of issues without: files of an earlier state that are left for the printers."""
    file_keys: Mapping[str, str]
    """The key of each file that is kept or written, by path below ``output``."""
    report_data: Mapping[str, dict[str, Any]]
    """What a report tells of each issue that was typeset now."""
    typeset: tuple[str, ...]
    """Names of the items that had to be typeset."""
    with_former_settings: tuple[str, ...]
    """Names of the issues whose PDFs are of their content, but of former settings or of a former program."""
    as_published: tuple[str, ...]
    """Names of the published issues of which this is true; they stay so."""
    without_pdfs: tuple[str, ...]
    """Names of the issues that have no PDFs of their content."""


class Action(Enum):
    """What is done about the PDFs of an issue."""

    KEEP = auto()
    LEAVE = auto()
    """Not typeset though they are not of its content: the site is to have none."""
    TYPESET = auto()


@dataclass(frozen=True, slots=True)
class PlannedIssue:
    """What is to be done about one issue."""

    issue: Issue
    action: Action
    pdfs: PdfsEntry | None
    """What the last build made; it can be kept, or what of it is for the printers can."""


def plan(
    context: BuildContext, names: Sequence[str], site_only: bool, reprinted: Sequence[str]
) -> Iterator[PlannedIssue]:
    """Yield what is to be done about each issue of the publication.

    Only issues of these ``names``, all when there are none, and those with other content are typeset; with
    ``site_only`` none is. Published issues keep PDFs of their content though settings, faces or program are others
    now, unless they are ``reprinted``. Issues whose OFD files or files for the press are amiss are typeset too: it gives
    the same PDFs for readers again.
    """
    last, are_whole = context.last, context.edition.has
    for issue in context.publication.issues:
        if issue.record is not None:
            is_exact = issue.name in reprinted and not site_only
        else:
            is_exact = site_only or not names or issue.name in names
        if pdfs := current_pdfs(context.inputs, last, context.publication, issue, are_whole, is_exact):
            is_amiss = (not names or issue.name in names) and (
                ofd_is_amiss(context.publication.gazette, pdfs)
                or press_files_are_amiss(context.inputs, last, context.publication, issue, pdfs)
            )
            action = Action.TYPESET if is_amiss and not site_only else Action.KEEP
            yield PlannedIssue(issue, action, pdfs)
        else:
            former = last.pdfs.get(issue.folder) or last.former_pdfs.get(issue.folder)
            yield PlannedIssue(issue, Action.LEAVE if site_only else Action.TYPESET, former)


def print_issues(
    context: BuildContext,
    planned: Iterable[PlannedIssue],
    pool: WorkerPool,
    say: Callable[[str], None],
    early: EarlyTypesetting | None = None,
) -> Printed:
    """Do what is planned. Raises TypesettingError, OutputError, ContentChangedError, and UnprintableError.

    The latter is for a profile of the press that cannot be used, before anything is typeset, and as of ``_typeset``.
    ``early`` may have begun with an issue.
    """
    pdfs: dict[str, PdfsEntry] = {}
    former_pdfs: dict[str, PdfsEntry] = {}
    file_keys: dict[str, str] = {}
    data: dict[str, dict[str, Any]] = {}
    typeset: list[str] = []
    with_former_settings: list[str] = []
    as_published: list[str] = []
    without_pdfs: list[str] = []
    stale: list[Issue] = []
    for each in planned:
        issue, folder = each.issue, each.issue.folder
        if each.action is Action.TYPESET:
            stale.append(issue)
        elif each.action is Action.KEEP and each.pdfs:
            pdfs[folder] = each.pdfs
            file_keys |= _keep(context, each.pdfs)
            if each.pdfs.key != key_of_time(context.inputs, context.publication, issue):
                (as_published if issue.record else with_former_settings).append(issue.name)
        else:
            without_pdfs.append(issue.name)
            if each.pdfs:
                former_pdfs[folder] = _for_printers(context, each.pdfs)
                file_keys |= _keep(context, former_pdfs[folder])
    conditions = _conditions(context, stale)
    jobs = (_typeset(context, issue, conditions, pool, say, early) for issue in stale)
    for issue, written in zip(stale, pool.interleave(jobs), strict=True):
        pdfs[issue.folder], data[issue.folder] = written.pdfs, written.report_data
        file_keys |= written.file_keys
        typeset += written.typeset
        if written.pdfs.key == AS_PUBLISHED:
            as_published.append(issue.name)
    return Printed(
        _oldest_first(context, pdfs),
        former_pdfs,
        file_keys,
        data,
        tuple(typeset),
        tuple(with_former_settings),
        tuple(as_published),
        tuple(without_pdfs),
    )


def _oldest_first(context: BuildContext, pdfs: Mapping[str, PdfsEntry]) -> dict[str, PdfsEntry]:
    """Return ``pdfs`` in the order of the issues: those that were typeset come after those that are kept."""
    return {issue.folder: pdfs[issue.folder] for issue in context.publication.issues if issue.folder in pdfs}


def _keep(context: BuildContext, pdfs: PdfsEntry) -> dict[str, str]:
    """Keep the files of ``pdfs``; return their keys by path."""
    context.edition.keep(pdfs.paths)
    keys = context.last.file_keys
    return {path: keys[path] for path in pdfs.paths if path in keys}


def _for_printers(context: BuildContext, pdfs: PdfsEntry) -> PdfsEntry:
    """Return ``pdfs`` with those files alone that are whole and no part of the site."""
    paths = (path for path in pdfs.paths if not path.startswith(SITE) and context.edition.has((path,)))
    return replace(pdfs, paths=tuple(paths))


@dataclass(frozen=True, slots=True)
class _WrittenIssue:
    """What was written of one issue."""

    pdfs: PdfsEntry
    file_keys: Mapping[str, str]
    report_data: dict[str, Any]
    typeset: tuple[str, ...]


def _conditions(context: BuildContext, issues: Iterable[Issue]) -> Mapping[Press, PressCondition]:
    """Return what the inks of ``issues`` are meant for, by the press of their settings. Raises UnprintableError."""
    from liulin_gazette.pipeline.press_profile_reading import press_conditions

    return press_conditions(context.root, [settings_at(context.publication, issue) for issue in issues])


def _typeset(
    context: BuildContext,
    issue: Issue,
    conditions: Mapping[Press, PressCondition],
    pool: WorkerPool,
    say: Callable[[str], None],
    early: EarlyTypesetting | None,
) -> Generator[None, None, _WrittenIssue]:
    """Typeset ``issue`` and write its files: a job for ``WorkerPool.interleave``, which yields twice.

    Raises TypesettingError, OutputError, ContentChangedError, and UnprintableError when the faces lack something.
    """
    from liulin_gazette.pdf.editions.production import IssueEditions
    from liulin_gazette.pdf.write.colour_profiles import is_stand_in

    say(f"排印 {issue_name(issue)}")
    source = context.sources.source(issue)
    full, folder, templates = source.issue(), source.folder, context.inputs.templates
    gazette = settings_at(context.publication, issue)
    begun = early.take(folder, gazette) if early else None
    if begun is None:
        begun = begin_issue(typesetting_inputs(context.inputs, pool), folder, gazette, full)
    yield
    typeset = yield from begun.job
    condition = conditions[gazette.printing.press]
    editions = IssueEditions(gazette, full, typeset, templates, folder.read_bytes, begun.faces, condition)
    data = report_data(full, folder, typeset.pages, typeset.spans(), typeset.printed_pages(), begun.faces)
    lacks_profile = is_stand_in(condition, gazette.printing.press)
    return _written(context, issue, editions, data, begun, lacks_profile, pool)


def _written(
    context: BuildContext,
    issue: Issue,
    editions: IssueEditions,
    data: dict[str, Any],
    begun: BegunIssue,
    lacks_profile: bool,
    pool: WorkerPool,
) -> _WrittenIssue:
    """Write the files of ``issue``, of which the report tells ``data``; ``lacks_profile`` is as of ``_press_file``."""
    products = editions.files()
    editions.begin_documents([each.path for each in products if not _is_current(context, each)], pool)
    file_keys = {
        product.path: _write(context, issue, product) for product in products if product.path.startswith(SITE)
    }
    is_sealed = any(key.startswith(AS_PUBLISHED) for key in file_keys.values())
    full = begun.issue
    if is_sealed:
        # What is told of the PDFs, and what is for the printers, stays with those that were published.
        folder = context.sources.source(issue).folder
        data = published_report(context.root, full, folder) or without_pages(data)
    for product in products:
        path = product.path
        if is_sealed and path.endswith("-cover.pdf") and cover_is_within(context.root, path):
            continue
        if path not in file_keys:
            file_keys[path] = _press_file(context, issue, product, is_sealed, lacks_profile)
    for product in editions.ofd_files() if OFD in context.publication.gazette.editions else ():
        if not is_sealed:
            file_keys[product.path] = _write(context, issue, product)
        elif _keep_published(context, product.path):
            file_keys[product.path] = AS_PUBLISHED
    pdfs = PdfsEntry(
        AS_PUBLISHED if is_sealed else print_key(context.inputs, context.publication, issue),
        tuple(file_keys),
        content_key(context.inputs.content, issue),
        _built(full, data, tuple(file_keys)),
        _spans(full, data),
    )
    return _WrittenIssue(pdfs, file_keys, data, tuple(begun.typesetter.typeset))


def _press_file(
    context: BuildContext, issue: Issue, product: Product, is_sealed: bool, lacks_profile: bool
) -> str:
    """Keep or write ``product``, a file of ``issue`` for the press; return its key. Raises OutputError.

    If ``is_sealed``, the file that lies in ``output`` stays: it goes with the PDFs that were published. One that was
    made for want of a profile stays only while the issue still ``lacks_profile``.
    """
    path = product.path
    is_stand_in = is_stand_in_file(context.last, path)
    if is_sealed and (lacks_profile or not is_stand_in) and _keep_published(context, path):
        return context.last.file_keys[path] if is_stand_in else AS_PUBLISHED
    return _write(context, issue, product, STAND_IN if lacks_profile else "")


def _keep_published(context: BuildContext, path: str) -> bool:
    """Keep the file at ``path`` that lies in ``output``; return whether there is one. Raises OutputError."""
    if context.edition.has((path,)):
        context.edition.keep((path,))
        return True
    try:
        content = (context.root / "output" / path).read_bytes()
    except OSError:
        return False
    context.edition.write(path, content)
    return True


def _write(context: BuildContext, issue: Issue, product: Product, mark: str = "") -> str:
    """Make and write ``product`` of ``issue`` unless the last build made it from the same; return its key.

    The key begins with ``mark``.
    If ``issue`` was published with another file, and that is still in ``output``, it is kept.
    """
    edition, path, key = context.edition, product.path, mark + fingerprint(product.made_from)
    if _is_current(context, product, mark):
        edition.keep((path,))
        return key
    content, seal = product.make(), sealed_digest(issue, path)
    final = as_sealed(content, context.root / "output" / path, seal)
    edition.write(path, final)
    return key if final == content else AS_PUBLISHED + seal


def _is_current(context: BuildContext, product: Product, mark: str = "") -> bool:
    """Return whether the last build made ``product`` from the same; its key then began with ``mark`` too."""
    key = mark + fingerprint(product.made_from)
    return current(context.last.file_entry(product.path), key, context.edition.has) is not None


def _spans(issue: Issue, data: Mapping[str, Any]) -> dict[str, tuple[int, int]]:
    """Return the first and the last page of each document, by slug, as ``data`` of a report tell them.

    Reports of earlier versions do not tell the last page: it is that of the last block then.
    """
    return {
        document.slug: (
            entry["页码"],
            entry.get("末页") or max(data["页码"].get(document.slug, {}).values(), default=entry["页码"]),
        )
        for document, entry in zip(issue.documents, data["公文"], strict=True)
        if entry["页码"]
    }


def _built(issue: Issue, data: Mapping[str, Any], paths: Sequence[str]) -> BuiltIssue:
    """Return what a build says about ``issue``; ``data`` are those of its report."""
    return BuiltIssue(
        name_with_total(issue),
        len(issue.documents),
        data["页数"],
        {
            document.slug: entry["页码"]
            for document, entry in zip(issue.documents, data["公文"], strict=True)
            if entry["页码"]
        },
        f"output/{paths[0]}",
        next(f"output/{path}" for path in paths if path.endswith("-print.pdf")),
        next((f"output/{path}" for path in paths if path.endswith("-cover.pdf")), ""),
        next((f"output/{path}" for path in paths if path.endswith("-foldouts.pdf")), ""),
    )
