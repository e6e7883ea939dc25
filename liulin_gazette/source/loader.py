"""From ``content/`` to the Publication."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path

from liulin_gazette.model.diagnostics import Diagnostic, Place, Severity, has_errors
from liulin_gazette.model.publication import (
    BackCover,
    Document,
    Issue,
    Issuer,
    Publication,
    PublicationRecord,
    Section,
)
from liulin_gazette.model.series import Series, SeriesException
from liulin_gazette.source.check_settings import proofreading
from liulin_gazette.source.documents import load_document
from liulin_gazette.source.file_names import NAME_HINT, is_portable
from liulin_gazette.source.finding_collector import FindingCollector
from liulin_gazette.source.folder import ISSUE_FILE, Folder, issue_folders, read_folder
from liulin_gazette.source.print_settings import page_size, printing
from liulin_gazette.source.publication_records import NOT_DOCUMENTS, read_list, read_record
from liulin_gazette.source.settings import MAX_NUMBER, YEARS, Settings, parse_settings
from liulin_gazette.source.text_file import read_text
from liulin_gazette.source.web_settings import phone_changes, web_settings

SETTINGS_FILE = "gazette.toml"
CATEGORIES = ("增刊", "合刊", "停刊", "延期")
_ISSUE_FOLDER = re.compile(r"\d{4}-\d{1,2}")


def load(root: Path) -> tuple[Publication | None, tuple[Diagnostic, ...]]:
    """Return the publication in the project folder ``root`` with all its texts, and the findings of loading it.

    The publication is None if any finding is an error. Bad content raises nothing.
    """
    publication, findings = _publication(root, issue_folders(root))
    return (None if has_errors(findings) else publication), tuple(findings)


def load_issues(root: Path, names: Container[str]) -> Publication | None:
    """Return the publication with only the issues that have these ``names`` (``2026-1``).

    Documents with errors are left out. Returns None if gazette.toml cannot be read.
    """
    return _publication(root, [path for path in issue_folders(root) if path.rpartition("/")[2] in names])[0]


def _publication(root: Path, folders: list[str]) -> tuple[Publication | None, list[Diagnostic]]:
    series = load_series(read_folder(root, "content"))
    loaded = [load_issue(read_folder(root, folder), series.prefix) for folder in folders]
    findings = [*series.findings, *report_no_issues(folders)]
    for _, of_issue in loaded:
        findings += of_issue
    issues = [issue for issue, _ in loaded if issue]
    publication = series.publication
    return publication and replace(publication, issues=oldest_first(issues)), findings


@dataclass(frozen=True, slots=True)
class LoadedSeries:
    """The gazette as a whole: gazette.toml, contacts.toml and the list of published issues."""

    publication: Publication | None
    """Without its issues; None if gazette.toml cannot be read."""
    prefix: str
    """文件名前缀: what the names of files for download begin with; empty if gazette.toml cannot be read."""
    findings: tuple[Diagnostic, ...]
    published: Mapping[str, PublicationRecord] = field(default_factory=dict[str, PublicationRecord])
    """The records in the list of published issues, by the project path of the issue's folder."""


def load_series(content: Folder) -> LoadedSeries:
    """Return everything in the folder ``content`` that is about the gazette as a whole."""
    findings = FindingCollector()
    path = f"{content.path}/{SETTINGS_FILE}"
    if _report_folder(content, findings):
        return LoadedSeries(None, "", tuple(findings.items))
    text = read_text(content, SETTINGS_FILE, findings)
    settings = parse_settings(text, path, findings) if text is not None else None
    if settings is None:
        return LoadedSeries(None, "", tuple(findings.items))
    prefix = _file_prefix(settings)
    settings.allow_only(
        "名称", "拼音刊名", "主办单位", "刊期", "网址", "网站名称", "赠阅范围", "期号起算", "期号例外", "发文机关", "封底",
        "版面", "印刷", "校核", "网站", "文件名前缀", "区号",
    )  # fmt: skip
    publication = Publication(
        name=settings.get("名称", str),
        romanised_name=settings.get("拼音刊名", str),
        publisher=settings.get("主办单位", str),
        frequency=settings.get("刊期", str),
        site_url=_site_url(settings),
        site_label=settings.get("网站名称", str, "掌上公报"),
        distribution=settings.get("赠阅范围", str),
        series=_series(settings),
        issuers=tuple(_issuer(entry) for entry in settings.tables("发文机关")),
        back_cover=_back_cover(settings.table("封底")),
        page_size=page_size(settings),
        printing=printing(settings),
        proofreading=proofreading(settings),
        issues=(),
        area_code=_area_code(settings),
        web=web_settings(settings),
        phone_changes=phone_changes(content, findings),
        places={key: settings.place(key) for key in settings.values},
    )
    published = read_list(content, findings)
    return LoadedSeries(publication, prefix, tuple(findings.items), published)


def report_no_issues(folders: Sequence[str]) -> Iterator[Diagnostic]:
    """Yield B011 if ``content/`` has no folder at all."""
    if not folders:
        yield Diagnostic(
            "B011",
            Severity.ERROR,
            Place("content"),
            "content 里没有任何一期。",
            "每期一个文件夹，例如 content/2026-1。",
        )


def oldest_first(issues: Iterable[Issue]) -> tuple[Issue, ...]:
    """Return ``issues`` sorted by year and number, oldest first."""
    return tuple(sorted(issues, key=lambda issue: (issue.year, issue.number, issue.folder)))


def is_issue(folder: Folder) -> bool:
    """Tell whether ``folder`` is an issue: whether it has an issue.toml, readable or not."""
    return ISSUE_FILE in folder.digests or ISSUE_FILE in folder.unreadable


def load_issue(folder: Folder, prefix: str) -> tuple[Issue | None, tuple[Diagnostic, ...]]:
    """Return the issue in ``folder`` with its texts, and the findings of loading it; ``prefix`` is 文件名前缀.

    The issue is None if the folder is no issue, its issue.toml cannot be read, or it has no documents yet.
    """
    findings = FindingCollector()
    issue = None
    if _report_folder(folder, findings):
        return None, tuple(findings.items)
    if is_issue(folder):
        issue = _issue(folder, prefix, findings)
    elif _ISSUE_FOLDER.fullmatch(folder.name):
        findings.error(
            "B011", Place(folder.path), "这一期没有 issue.toml。", "参照《写作规范》第六节新建一个。"
        )
    return issue, tuple(findings.items)


def _report_folder(folder: Folder, findings: FindingCollector) -> bool:
    """Report names that are not UTF-8 (B014); report, and return, whether ``folder`` is unreadable (B002)."""
    for name in folder.misnamed:
        findings.error(
            "B014",
            Place(f"{folder.path}/{name}"),
            "名称不是 UTF-8 编码，没有读。",
            "多是在别的系统压缩、解开时乱了。重新命名，或用 unzip -O GBK 重新解开。",
        )
    if folder.fault:
        findings.error(
            "B002", Place(folder.path), f"文件夹读不出来（{folder.fault}）。", "请检查文件夹的读取权限。"
        )
    return bool(folder.fault)


def _site_url(settings: Settings) -> str:
    """Return 网址 with a slash at its end; a malformed one is reported (B008)."""
    url = settings.get("网址", str)
    if url and not re.fullmatch(r"https?://[A-Za-z0-9.\-]+(:\d+)?(/[A-Za-z0-9._~\-/]*)?", url):
        settings.findings.error(
            "B008",
            settings.place("网址"),
            f"网址“{url}”写法不对。",
            "写作“https://域名/”或“https://域名/目录/”。",
        )
    return url if url.endswith("/") else url + "/"


def _area_code(settings: Settings) -> str:
    area_code = settings.get("区号", str, "")
    if area_code and not re.fullmatch(r"0\d{2,3}", area_code):
        settings.findings.error(
            "B008",
            settings.place("区号"),
            f"区号“{area_code}”写法不对。",
            "写作“0351”的样子：以 0 开头，三位或四位。",
        )
    return area_code


def _file_prefix(settings: Settings) -> str:
    """Return 文件名前缀; a malformed one is reported (B008)."""
    prefix = settings.get("文件名前缀", str, "gazette")
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+){0,5}", prefix):
        settings.findings.error(
            "B008",
            settings.place("文件名前缀"),
            f"文件名前缀“{prefix}”写法不对。",
            "用小写字母、数字和减号，写作“fangshan-gazette”的样子。",
        )
    return prefix


def _series(settings: Settings) -> Series:
    start = settings.table("期号起算")
    start.allow_only("年", "期", "总期号", "每年期数")
    per_year = start.get("每年期数", int)
    if start.values.get("每年期数") is not None and (per_year < 1 or 12 % per_year):
        settings.findings.error(
            "B008",
            start.place("每年期数"),
            f"每年期数“{per_year}”不能平分十二个月。",
            "双月刊是 6，月刊是 12，季刊是 4。",
        )
        per_year = 0
    exceptions = tuple(_exception(entry) for entry in settings.tables("期号例外", required=False))
    return Series(
        start.get("年", int), start.get("期", int), start.get("总期号", int), per_year or 1, exceptions
    )


def _exception(entry: Settings) -> SeriesException:
    entry.allow_only("年", "期", "类别", "并期", "说明")
    category = entry.get("类别", str)
    if category and category not in CATEGORIES:
        entry.findings.error(
            "B008", entry.place("类别"), f"没有“{category}”这个类别。", f"可用的有：{'、'.join(CATEGORIES)}。"
        )
    merged = entry.get("并期", int) if category == "合刊" else 0
    return SeriesException(
        entry.get("年", int), entry.get("期", int), category, merged, entry.get("说明", str, "")
    )


def _issuer(entry: Settings) -> Issuer:
    entry.allow_only("名称", "机关代字")
    return Issuer(entry.get("名称", str), entry.strings("机关代字"), entry.place("名称"))


def _back_cover(entry: Settings) -> BackCover:
    entry.allow_only("标语", "宗旨", "地址", "邮编", "电话")
    return BackCover(
        entry.strings("标语", ()),
        entry.get("宗旨", str, ""),
        entry.get("地址", str, ""),
        entry.get("邮编", str, ""),
        entry.get("电话", str, ""),
    )


def _issue(folder: Folder, prefix: str, findings: FindingCollector) -> Issue | None:
    path = f"{folder.path}/{ISSUE_FILE}"
    text = read_text(folder, ISSUE_FILE, findings)
    settings = parse_settings(text, path, findings) if text is not None else None
    if settings is None:
        return None
    settings.allow_only("年", "期", "总期号", "出版日期", "上网时间", "栏目")
    entries = settings.tables("栏目") if settings.values.get("栏目") else ()
    listed: dict[str, Place] = {}
    sections = tuple(_section(folder, entry, listed, findings) for entry in entries)
    _report_unlisted(folder, listed, settings, findings)
    for entry in entries if listed else ():
        if not entry.values.get("文件"):
            findings.warning(
                "B015", entry.place("名称"), "这个栏目还没有公文，没有印。", "列出公文，或删去这个栏目。"
            )
    if not listed:
        findings.warning(
            "B015", settings.place(), "这一期还没有公文，没有生成。", "把公文放进文件夹，在栏目里列出。"
        )
        return None
    return Issue(
        folder=folder.path,
        year=_within(settings, "年", YEARS[0], YEARS[-1]),
        number=_within(settings, "期", 1, 99),
        total=_within(settings, "总期号", 1, MAX_NUMBER),
        date=settings.get("出版日期", date),
        sections=tuple(section for section in sections if section.documents),
        prefix=prefix,
        record=read_record(folder, findings),
        released=settings.get("上网时间", datetime) if "上网时间" in settings.values else None,
        places={"": settings.place(), **{key: settings.place(key) for key in settings.values}},
    )


def _within(settings: Settings, key: str, least: int, most: int) -> int:
    """Return the number at ``key``; one outside ``least`` … ``most`` is reported (B008)."""
    value = settings.get(key, int)
    # Where ``get`` returns another value than is written, it has reported why: missing, not a number, too large.
    if settings.values.get(key) == value and not least <= value <= most:
        settings.findings.error(
            "B008", settings.place(key), f"“{key}”写作 {value}，不合情理。", f"应在 {least} 与 {most} 之间。"
        )
    return value


def _section(
    folder: Folder, entry: Settings, listed: dict[str, Place], findings: FindingCollector
) -> Section:
    """Return the section in ``entry`` with its documents; each file name is added to ``listed`` with its place."""
    entry.allow_only("名称", "文件")
    documents: list[Document] = []
    for name in entry.strings("文件", ()):
        place = _name_place(entry, name)
        if not name.endswith(".md") or not is_portable(name):
            findings.error(
                "B014",
                place,
                f"“{name}”不是公文的文件名。",
                f"只写本期文件夹里以 .md 结尾的文件名；{NAME_HINT}",
            )
        elif name in listed:
            findings.error(
                "B013", place, f"“{name}”列了两次。", f"另一处在第 {listed[name].line} 行，删去一处。"
            )
        elif name not in folder.files and name not in folder.unreadable:
            findings.error("B012", place, f"栏目列出的“{name}”不在文件夹里。", "检查文件名，或把文件放进来。")
        elif document := load_document(folder, name, findings):
            documents.append(document)
        listed.setdefault(name, place)
    return Section(entry.get("名称", str), tuple(documents))


def _name_place(entry: Settings, name: str) -> Place:
    """Return where the file ``name`` stands in the list 文件, which may run over several lines."""
    start = entry.place("文件")
    for number, line in enumerate(entry.text.split("\n")[start.line - 1 :], start.line):
        if (column := line.find(f'"{name}"')) >= 0 or (column := line.find(f"'{name}'")) >= 0:
            return Place(entry.path, number, column + 1)
    return start


def _report_unlisted(
    folder: Folder, listed: dict[str, Place], settings: Settings, findings: FindingCollector
) -> None:
    """Report each Markdown file of ``folder`` that no section lists (B013), notes of the office apart."""
    for name in sorted({*folder.digests, *folder.unreadable}):
        if name.endswith(".md") and name not in listed and name not in NOT_DOCUMENTS:
            findings.error(
                "B013", Place(f"{folder.path}/{name}"), "这份公文没有列入任何栏目。",
                f"在 {settings.path} 的某个栏目里加上“{name}”，或把文件移走。",
            )  # fmt: skip
