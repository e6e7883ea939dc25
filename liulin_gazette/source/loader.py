"""From ``content/`` to the Publication."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path

from liulin_gazette.cache.memo import Memo, no_memo
from liulin_gazette.model.dated_settings import with_issues
from liulin_gazette.model.diagnostics import Diagnostic, Place, Severity
from liulin_gazette.model.document import Document, FullText
from liulin_gazette.model.gazette import Gazette
from liulin_gazette.model.issue_record import PublicationRecord
from liulin_gazette.model.own_texts import OwnText
from liulin_gazette.model.publication import Era, Issue, IssueFormat, Publication, Section, issue_format
from liulin_gazette.source.documents import load_document
from liulin_gazette.source.file_names import (
    NAME_HINT,
    hidden_extension_hint,
    is_portable,
    same_but_for_case,
    with_hidden_extension,
)
from liulin_gazette.source.finding_collector import FindingCollector
from liulin_gazette.source.folder import ISSUE_FILE, NOT_PLAIN, Folder, issue_folders, read_folder
from liulin_gazette.source.pictures.picture_decoding import picture_decoding
from liulin_gazette.source.publication_records import (
    NOT_DOCUMENTS,
    read_list,
    read_record,
    report_damaged,
)
from liulin_gazette.source.settings_tables.arrangement_choices import COLUMNS, RUN_ON, stated
from liulin_gazette.source.settings_tables.dated_changes import with_changes
from liulin_gazette.source.settings_tables.face_settings import issue_faces, issue_waivers
from liulin_gazette.source.settings_tables.frozen_settings import frozen_by_issue, frozen_whole
from liulin_gazette.source.settings_tables.gazette_settings import report_exceptions
from liulin_gazette.source.settings_tables.issue_numbering import issue_numbers
from liulin_gazette.source.settings_tables.press_profiles import with_profiles
from liulin_gazette.source.settings_tables.settings import Settings, parse_settings
from liulin_gazette.source.settings_tables.toml_texts import own_texts
from liulin_gazette.source.settings_tables.web_settings import (
    CONTACTS_FILE,
    file_prefix,
    phone_changes,
    report_mark_pictures,
)
from liulin_gazette.source.settings_tables.word_list import learned_words
from liulin_gazette.source.text_file import read_text
from liulin_gazette.text.issue_name_form import ISSUE_NAME

SETTINGS_FILE = "gazette.toml"
_TEXTS = (SETTINGS_FILE, CONTACTS_FILE)


def load_issues(root: Path, names: Container[str]) -> tuple[Publication | None, tuple[Diagnostic, ...]]:
    """Return the publication with only the issues that have these ``names`` (``2026-1``), and the findings of loading it.

    Documents with errors are left out; the publication is None if gazette.toml cannot be read. Bad content raises nothing.
    """
    folders = [path for path in issue_folders(root) if path.rpartition("/")[2] in names]
    publication, findings = _publication(root, folders)
    return publication, tuple(findings)


def _publication(root: Path, folders: list[str]) -> tuple[Publication | None, list[Diagnostic]]:
    series = load_series(read_folder(root, "content"))
    with picture_decoding(root) as read:
        loaded = [load_issue(read(folder), series.form) for folder in folders]
    findings = [*series.findings, *report_no_issues(folders)]
    for _, of_issue in loaded:
        findings += of_issue
    issues = [issue for issue, _ in loaded if issue]
    publication = series.publication
    return publication and assembled(publication, issues), findings


def assembled(publication: Publication, issues: Iterable[Issue]) -> Publication:
    """Return ``publication``, the settings of gazette.toml, with its ``issues``, and what holds for each of them."""
    whole = with_issues(publication, issues)
    return replace(whole, frozen=frozen_by_issue(whole))


@dataclass(frozen=True, slots=True)
class LoadedSeries:
    """The gazette as a whole: gazette.toml, contacts.toml, words.toml and the list of published issues."""

    publication: Publication | None
    """Without its issues; None if gazette.toml cannot be read."""
    form: IssueFormat
    findings: tuple[Diagnostic, ...]
    published: Mapping[str, PublicationRecord] = field(default_factory=dict[str, PublicationRecord])
    """The records in the list of published issues, by the project path of the issue's folder."""
    texts: tuple[OwnText, ...] = ()
    """The texts of gazette.toml and contacts.toml."""


def load_series(content: Folder) -> LoadedSeries:
    """Return everything in the folder ``content`` that is about the gazette as a whole."""
    findings = FindingCollector()
    path = f"{content.path}/{SETTINGS_FILE}"
    if _report_folder(content, findings):
        return LoadedSeries(None, IssueFormat(""), tuple(findings.items))
    text = read_text(content, SETTINGS_FILE, findings)
    settings = parse_settings(text, path, findings) if text is not None else None
    if settings is None:
        return LoadedSeries(None, IssueFormat(""), tuple(findings.items))
    prefix = file_prefix(settings)
    settings.allow_only(
        "名称", "拼音刊名", "主办单位", "刊期", "网址", "网站名称", "赠阅范围", "期号起算", "期号例外", "发文机关", "封底",
        "版面", "印刷", "校核", "网站", "网站标识", "文件名前缀", "区号", "体裁", "读音", "变更", "检索用词",
        "成品",
        "归档",
        "门户",
    )  # fmt: skip
    settings = with_profiles(settings, content)
    publication = with_changes(settings)
    report_exceptions(settings, publication.gazette.series)
    report_mark_pictures(content, settings, publication.gazette.web.marks)
    phones, words = phone_changes(content, findings), learned_words(content, findings)
    places = {key: settings.place(key) for key in settings.values}
    publication = Publication(
        replace(publication.gazette, phone_changes=phones, learned_words=words, places=places),
        eras=tuple(
            Era(era.since, replace(era.settings, phone_changes=phones, learned_words=words))
            for era in publication.eras
        ),
    )
    published = read_list(content, findings)
    files = ((content.files[name], f"{content.path}/{name}") for name in _TEXTS if name in content.files)
    texts = tuple(text for file, of_file in files for text in own_texts(file, of_file))
    form = issue_format(publication.gazette, prefix)
    return LoadedSeries(publication, form, tuple(findings.items), published, texts)


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


def is_issue(folder: Folder) -> bool:
    """Tell whether ``folder`` is an issue: whether it has an issue.toml, readable or not."""
    return ISSUE_FILE in folder.digests or ISSUE_FILE in folder.unreadable


def load_issue(
    folder: Folder, form: IssueFormat, memo: Memo = no_memo
) -> tuple[Issue | None, tuple[Diagnostic, ...]]:
    """Return the issue in ``folder`` with its texts, and the findings of loading it; ``form`` is what gazette.toml says of it.

    The issue is None if the folder is no issue, its issue.toml cannot be read, or it has no documents yet. ``memo`` may have
    documents that were read before.
    """
    findings = FindingCollector()
    issue = None
    if _report_folder(folder, findings):
        return None, tuple(findings.items)
    if is_issue(folder):
        issue = _issue(folder, form, findings, memo)
    elif ISSUE_NAME.fullmatch(folder.name):
        actual = with_hidden_extension(ISSUE_FILE, folder.digests)
        hint = hidden_extension_hint(actual, ISSUE_FILE) if actual else "参照《写作规范》第六节新建一个。"
        message = (
            f"issue.toml {NOT_PLAIN}，没有读。"
            if ISSUE_FILE in folder.not_plain
            else "这一期没有 issue.toml。"
        )
        findings.error("B011", Place(folder.path), message, hint)
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


def _issue(folder: Folder, form: IssueFormat, findings: FindingCollector, memo: Memo) -> Issue | None:
    path = f"{folder.path}/{ISSUE_FILE}"
    text = read_text(folder, ISSUE_FILE, findings)
    settings = parse_settings(text, path, findings) if text is not None else None
    if settings is None:
        return None
    record, frozen = _record(folder, findings)
    if record:
        folder = replace(folder, published=record.digests)
    if frozen is not None:
        # What a published document is does not follow the settings of now; kinds added since are for what is added.
        form = replace(form, kinds={**form.kinds, **frozen.kinds}, readings=frozen.readings)
    settings.allow_only(
        "年", "期", "增刊", "特刊", "并期", "总期号", "出版日期", "上网时间", "栏目", "封面图", "封二", "封三", "图片页", "版权页", "准印证号",
        "要目", "接排", "分栏", "校核豁免",
    )  # fmt: skip
    entries = settings.tables("栏目") if settings.values.get("栏目") else ()
    listed: dict[str, Place] = {}
    sections = tuple(_section(folder, entry, form, listed, findings, memo) for entry in entries)
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
    faces = issue_faces(settings, folder)
    _report_highlights(settings, faces.highlights, listed, findings)
    numbers = issue_numbers(settings, form.series)
    return Issue(
        folder=folder.path,
        year=numbers.year,
        number=numbers.number,
        total=numbers.total,
        merged_with=numbers.merged_with,
        supplement=numbers.supplement,
        code=numbers.code,
        date=settings.get("出版日期", date),
        sections=tuple(section for section in sections if section.documents),
        prefix=form.prefix,
        record=record,
        released=settings.get("上网时间", datetime) if "上网时间" in settings.values else None,
        faces=faces,
        waivers=issue_waivers(settings),
        run_on=stated(RUN_ON, settings),
        columns=stated(COLUMNS, settings),
        places={"": settings.place(), **{key: settings.place(key) for key in settings.values}},
    )


def _record(folder: Folder, findings: FindingCollector) -> tuple[PublicationRecord | None, Gazette | None]:
    """Return the publication record in ``folder`` and the settings that it keeps whole, None where there are none.

    A record whose settings cannot be used is reported (B051) and left out.
    """
    record = read_record(folder, findings)
    try:
        return record, frozen_whole(record)
    except ValueError:
        report_damaged(folder, findings)
        return None, None


def _section(
    folder: Folder,
    entry: Settings,
    form: IssueFormat,
    listed: dict[str, Place],
    findings: FindingCollector,
    memo: Memo,
) -> Section:
    """Return the section in ``entry`` with its documents; each file name is added to ``listed`` with its place."""
    entry.allow_only("名称", "文件", "接排", "分栏")
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
            actual = with_hidden_extension(name, folder.digests) or same_but_for_case(name, folder.digests)
            hint = hidden_extension_hint(actual, name) if actual else "检查文件名，或把文件放进来。"
            absent = f"{NOT_PLAIN}，没有读" if name in folder.not_plain else "不在文件夹里"
            findings.error("B012", place, f"栏目列出的“{name}”{absent}。", hint)
        else:
            if other := same_but_for_case(name, listed):
                findings.warning(
                    "B014",
                    place,
                    f"“{name}”和“{other}”只差大小写，在 Windows 上是同一个文件，复制、解压时会少一份。",
                    "给其中一个换个名字。",
                )
            if document := _document(folder, name, form, findings, memo):
                documents.append(document)
        listed.setdefault(name, place)
    return Section(entry.get("名称", str), tuple(documents), stated(RUN_ON, entry), stated(COLUMNS, entry))


def _document(
    folder: Folder, name: str, form: IssueFormat, findings: FindingCollector, memo: Memo
) -> FullText | None:
    """Return the document in the file ``name``, read now or kept, and add its findings; None if one is an error."""

    def load() -> tuple[FullText | None, tuple[Diagnostic, ...]]:
        found = FindingCollector()
        return load_document(folder, name, form, found), tuple(found.items)

    document, found = memo("document", f"{folder.path}/{name}", load)
    findings.items.extend(found)
    return document


def _name_place(entry: Settings, name: str) -> Place:
    """Return where the file ``name`` stands in the list 文件, which may run over several lines."""
    start = entry.place("文件")
    for number, line in enumerate(entry.text.split("\n")[start.line - 1 :], start.line):
        if (column := line.find(f'"{name}"')) >= 0 or (column := line.find(f"'{name}'")) >= 0:
            return Place(entry.path, number, column + 1)
    return start


def _report_highlights(
    settings: Settings, names: tuple[str, ...], listed: Container[str], findings: FindingCollector
) -> None:
    """Report each file in ``names`` (要目) that no section lists, or that stands there twice (B008)."""
    for name in dict.fromkeys(names):
        if name not in listed:
            findings.error(
                "B008",
                settings.place("要目"),
                f"“要目”里的“{name}”不在本期的栏目里。",
                "写栏目里列出的公文的文件名，例如 01.md。",
            )
        elif names.count(name) > 1:
            findings.error("B008", settings.place("要目"), f"“要目”里“{name}”写了两次。", "留下一次。")


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
        elif (
            (right := name.lower().removesuffix(".txt")).endswith(".md")
            and right != name
            and right not in listed
        ):
            findings.warning(
                "B014", Place(f"{folder.path}/{name}"), "这个文件的扩展名不是 .md，没有读。",
                hidden_extension_hint(name, right),
            )  # fmt: skip
