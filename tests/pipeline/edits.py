"""Random edits of the content of a synthetic archive, one function for each kind."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date

from liulin_gazette.editing.changes import Change
from liulin_gazette.editing.publishing import publish_changes, republish_changes
from liulin_gazette.model.document import RELATIONS, VALIDITIES
from liulin_gazette.pipeline.examination import examine
from liulin_gazette.source.folder import read_folder
from tests.pipeline.edits_of_settings import (
    add_issuer_code,
    add_settings_comment,
    change_file_prefix,
    change_phone,
    change_setting,
    change_settings_table,
    change_template,
    rename_issuer,
)
from tests.pipeline.project import (
    COUNTY,
    Project,
    documents,
    edit,
    list_documents,
    listed_names,
    number_of,
    put,
    toggle,
    value_of,
    year_and_number,
)
from tests.synthetic_archive import CODES, OFFICES, VERBS, document

TOPICS = ("农业、林业、水利", "交通", "卫生")
MIN_ISSUES = 2


def add_paragraph(project: Project) -> None:
    file = project.document()
    file.write_text(file.read_text("utf-8") + f"\n各单位要{project.words()}。\n", "utf-8")


def change_word(project: Project) -> None:
    edit(project.document(), project.chance.choice(VERBS), project.chance.choice(VERBS))


def add_citation(project: Project) -> None:
    cited = project.document()
    title = f"《{value_of(cited, '标题')}》" if project.chance.random() < 0.8 else ""
    number = f"（{number_of(cited)}）" if title else number_of(cited)
    file = project.document()
    text = f"\n按照{title}{number}执行。\n" if title else f"\n同时执行{number}文件。\n"
    file.write_text(file.read_text("utf-8") + text, "utf-8")


def add_picture(project: Project) -> None:
    file = project.document()
    name = f"图{file.stem}.svg"
    side = project.chance.randint(10, 40)
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="{0}" height="{0}"><path d="M0 0h9v9z"/></svg>'
    file.with_name(name).write_text(svg.format(side), "utf-8")
    if name not in file.read_text("utf-8"):
        file.write_text(file.read_text("utf-8") + f'\n![样本图]({name} "样本图")\n', "utf-8")


def change_title(project: Project) -> None:
    file = project.document()
    kind = project.chance.choice(("决定", "公告", "意见", "通知"))
    put(file, "标题", f" {value_of(file, '发文机关')}关于{project.words()}的{kind}")


def change_number(project: Project) -> None:
    file = project.document()
    code, year = project.chance.choice(CODES), project.chance.choice((2025, 2026, 2026, 2026))
    if project.chance.random() < 0.8:
        code = number_of(file).split("〔")[0]
    put(file, "发文字号", f" {code}〔{year}〕{project.serial()}号")
    if year == 2025:
        put(file, "成文日期", " 2025-12-30")


def change_issuer(project: Project) -> None:
    file = project.document()
    office = project.chance.randrange(len(OFFICES))
    issuer = COUNTY + OFFICES[office]
    title = value_of(file, "标题").removeprefix(value_of(file, "发文机关"))
    put(file, "发文机关", f" {issuer}")
    put(file, "标题", f" {issuer}{title}")
    put(file, "发文字号", f" {CODES[office]}〔2026〕{project.serial()}号")


def change_contact(project: Project) -> None:
    key = project.chance.choice(("责任单位", "责任股室", "责任人", "电话"))
    value = {
        "责任单位": COUNTY + project.chance.choice(OFFICES),
        "责任股室": project.chance.choice(("样本股", "综合股")),
        "责任人": project.chance.choice(("赵样本", "钱样本")),
        "电话": f"0000-{project.chance.randint(2000000, 2000009)}",
    }[key]
    edit(project.document(), rf"^  {key}: .+$", f"  {key}: {value}")


def change_date(project: Project) -> None:
    file = project.document()
    day = value_of(file, "成文日期")
    put(file, "成文日期", f" {day[:-2]}{project.chance.randint(1, 28):02}")


def toggle_topic(project: Project) -> None:
    toggle(project, project.document(), "主题分类", f" {project.chance.choice(TOPICS)}")


def remove_all_topics(project: Project) -> None:
    for issue in project.issues():
        for file in documents(issue):
            put(file, "主题分类")


def toggle_validity(project: Project) -> None:
    toggle(project, project.document(), "有效性", f" {project.chance.choice(VALIDITIES)}")


def toggle_relation(project: Project) -> None:
    kind = project.chance.choice(RELATIONS)
    toggle(project, project.document(), kind, f"\n  - {project.number()}")


def toggle_event(project: Project) -> None:
    end = "\n    至: 2026-12-03" * project.chance.randint(0, 1)
    event = f"\n  - 日期: 2026-12-01{end}\n    事项: {project.words()}"
    toggle(project, project.document(), "日程", event)


def toggle_release_date(project: Project) -> None:
    file = project.document()
    toggle(project, file, "发布日期", f" {value_of(file, '成文日期')}")


def toggle_waiver(project: Project) -> None:
    code = project.chance.choice(("N013", "C016", "N014", "T001"))
    toggle(project, project.document(), "校核豁免", f"\n  - 代码: {code}\n    理由: 样本")


def add_error(project: Project) -> None:
    """Add an error that stops the build."""
    file = project.document()
    fault = project.chance.choice(("发文机关", "成文日期", "发文字号"))
    put(file, fault, " 2026年" if fault != "发文机关" else " 别处")


def add_document(project: Project) -> None:
    issue = project.issue()
    office, serial = project.chance.randrange(len(OFFICES)), project.serial()
    name = f"新{serial}.md"
    _, month = year_and_number(issue)
    text = document(year_and_number(issue)[0], month, 20, office, serial, project.chance)
    (issue / name).write_text(text, "utf-8")
    names = listed_names(issue)
    names.insert(project.chance.randint(0, len(names)), name)
    list_documents(issue, list(dict.fromkeys(names)))


def remove_document(project: Project) -> None:
    file = project.document()
    names = [name for name in listed_names(file.parent) if name != file.name]
    list_documents(file.parent, names)
    file.unlink()


def reorder_documents(project: Project) -> None:
    issue = project.issue()
    names = listed_names(issue)
    project.chance.shuffle(names)
    list_documents(issue, names)


def move_document(project: Project) -> None:
    file, target = project.document(), project.issue()
    if target != file.parent and not (target / file.name).exists():
        list_documents(file.parent, [name for name in listed_names(file.parent) if name != file.name])
        list_documents(target, [*listed_names(target), file.name])
        file.rename(target / file.name)


def exchange_documents(project: Project) -> None:
    one, other = project.document(), project.document()
    texts = one.read_bytes(), other.read_bytes()
    other.write_bytes(texts[0])
    one.write_bytes(texts[1])


def rename_document(project: Project) -> None:
    file = project.document()
    name = f"{project.chance.choice(('甲', '乙', '丙'))}-{file.name}"
    list_documents(file.parent, [name if old == file.name else old for old in listed_names(file.parent)])
    file.rename(file.with_name(name))


def rename_section(project: Project) -> None:
    name = project.chance.choice(("样本文件", "部门文件"))
    edit(project.issue() / "issue.toml", r'^"名称" = .*$', f'"名称" = "{name}"')


def change_issue_date(project: Project) -> None:
    file = project.issue() / "issue.toml"
    edit(file, r"-\d\d$", f"-{project.chance.randint(20, 28)}")


def toggle_online_time(project: Project) -> None:
    file = project.issue() / "issue.toml"
    if "上网时间" in file.read_text("utf-8"):
        edit(file, r'^"上网时间".*\n', "")
    else:
        edit(file, r"^(?=\n\[\[)", '"上网时间" = 2026-12-30 09:30:00\n')


def add_issue(project: Project) -> None:
    last = project.issues()[-1]
    year, number = year_and_number(last)
    year, number = (year, number + 1) if number < 12 else (year + 1, 1)
    folder = project.content / f"{year}-{number}"
    folder.mkdir()
    text = (last / "issue.toml").read_text("utf-8")
    total = int(text.split('"总期号" = ')[1].split("\n")[0])
    names = ["01.md", "02.md"]
    for name in names:
        office = project.chance.randrange(len(OFFICES))
        text = document(year, number, 9, office, project.serial(), project.chance)
        (folder / name).write_text(text, "utf-8")
    (folder / "issue.toml").write_text(
        f'"年" = {year}\n"期" = {number}\n"总期号" = {total + 1}\n"出版日期" = {year}-{number:02}-28\n\n'
        '[["栏目"]]\n"名称" = "样本文件"\n"文件" = []\n',
        "utf-8",
    )
    list_documents(folder, names)


def remove_last_issue(project: Project) -> None:
    if len(project.issues()) > MIN_ISSUES:
        shutil.rmtree(project.issues()[-1])


def remove_issue(project: Project) -> None:
    """Remove an issue; mostly declare it 停刊 and correct the later total numbers, too."""
    if len(project.issues()) <= MIN_ISSUES:
        return
    index = project.chance.randrange(len(project.issues()))
    folder = project.issues()[index]
    shutil.rmtree(folder)
    if index and project.chance.random() < 0.7:
        year, number = year_and_number(folder)
        exception = f'[["期号例外"]]\n"年" = {year}\n"期" = {number}\n"类别" = "停刊"\n'
        with project.settings.open("a", encoding="utf-8") as settings:
            settings.write(exception)
        for issue in project.issues()[index:]:
            file = issue / "issue.toml"
            total = int(file.read_text("utf-8").split('"总期号" = ')[1].split("\n")[0])
            edit(file, r'^"总期号" = \d+$', f'"总期号" = {total - 1}')


def empty_issue(project: Project) -> None:
    """Remove all documents of the first issue, so that it is no longer built."""
    issue = project.issues()[0]
    for file in issue.glob("*.md"):
        file.unlink()
    list_documents(issue, [])


def publish_or_withdraw(project: Project) -> None:
    """Publish the newest issue; or, if an issue is published already, perhaps withdraw its record."""
    records = list(project.content.glob("*/published.json"))
    if records and project.chance.random() < 0.5:
        records[0].unlink()
        (project.content / "published.json").unlink(missing_ok=True)
        return
    publication = examine(project.root).readable
    assert publication
    issue = publication.issues[-1]
    folder = read_folder(project.root, issue.folder)
    _write(project, publish_changes(project.root, publication, issue, folder, date(2026, 12, 31)))


def republish(project: Project) -> None:
    """Change a document of each published issue, and record a reason for all changes."""
    for file in project.content.glob("*/published.json"):
        changed = documents(file.parent)[0]
        changed.write_text(changed.read_text("utf-8") + f"\n还要{project.words()}。\n", "utf-8")
    publication = examine(project.root).readable
    assert publication
    _write(project, republish_changes(project.root, publication, project.words(), date(2026, 12, 31)))


def _write(project: Project, changes: list[Change]) -> None:
    for change in changes:
        if change.after is not None:
            (project.root / change.path).write_bytes(change.after)


def change_nothing(_: Project) -> None:
    """Change nothing, since builds are also run without need."""


def touch_files(project: Project) -> None:
    """Change the modification times of an issue's documents, not their content."""
    for file in documents(project.issue()):
        file.touch()


# Citations, relations and templates are twice as likely, since most of what a build reuses depends on them.
EDITS: tuple[Callable[[Project], None], ...] = (
    add_paragraph,
    change_word,
    add_citation,
    add_citation,
    add_picture,
    change_title,
    change_number,
    change_issuer,
    change_contact,
    change_date,
    toggle_topic,
    remove_all_topics,
    toggle_validity,
    toggle_relation,
    toggle_relation,
    toggle_event,
    toggle_release_date,
    toggle_waiver,
    add_error,
    add_document,
    remove_document,
    reorder_documents,
    move_document,
    exchange_documents,
    rename_document,
    rename_section,
    change_issue_date,
    toggle_online_time,
    add_issue,
    remove_last_issue,
    remove_issue,
    empty_issue,
    publish_or_withdraw,
    republish,
    change_setting,
    change_file_prefix,
    change_settings_table,
    add_settings_comment,
    rename_issuer,
    add_issuer_code,
    change_phone,
    change_template,
    change_template,
    change_nothing,
    touch_files,
)
