"""Random edits of a synthetic archive: each kind has a name."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date

from liulin_gazette.editing.changes import Change
from liulin_gazette.editing.publishing import publish_changes, republish_changes
from liulin_gazette.model.publication import RELATIONS, VALIDITIES
from liulin_gazette.pipeline.examination import examine
from liulin_gazette.source.folder import read_folder
from tests.pipeline.edits_of_settings import (
    a_code_more,
    a_comment_in_the_settings,
    a_file_prefix,
    a_phone_changed,
    a_setting,
    a_table_of_settings,
    a_template,
    an_issuer_renamed,
)
from tests.pipeline.project import (
    COUNTY,
    Project,
    documents,
    edit,
    list_documents,
    listed,
    number_of,
    put,
    toggle,
    value_of,
    year_and_number,
)
from tests.synthetic_archive import CODES, OFFICES, VERBS, document

TOPICS = ("农业、林业、水利", "交通", "卫生")
LEAST_ISSUES = 2


def a_paragraph_more(project: Project) -> None:
    file = project.document()
    file.write_text(file.read_text("utf-8") + f"\n各单位要{project.words()}。\n", "utf-8")


def a_word_changed(project: Project) -> None:
    edit(project.document(), project.chance.choice(VERBS), project.chance.choice(VERBS))


def a_citation(project: Project) -> None:
    cited = project.document()
    title = f"《{value_of(cited, '标题')}》" if project.chance.random() < 0.8 else ""
    number = f"（{number_of(cited)}）" if title else number_of(cited)
    file = project.document()
    text = f"\n按照{title}{number}执行。\n" if title else f"\n同时执行{number}文件。\n"
    file.write_text(file.read_text("utf-8") + text, "utf-8")


def a_picture(project: Project) -> None:
    file = project.document()
    name = f"图{file.stem}.svg"
    side = project.chance.randint(10, 40)
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="{0}" height="{0}"><path d="M0 0h9v9z"/></svg>'
    file.with_name(name).write_text(svg.format(side), "utf-8")
    if name not in file.read_text("utf-8"):
        file.write_text(file.read_text("utf-8") + f'\n![样本图]({name} "样本图")\n', "utf-8")


def a_title(project: Project) -> None:
    file = project.document()
    kind = project.chance.choice(("决定", "公告", "意见", "通知"))
    put(file, "标题", f" {value_of(file, '发文机关')}关于{project.words()}的{kind}")


def a_number(project: Project) -> None:
    file = project.document()
    code, year = project.chance.choice(CODES), project.chance.choice((2025, 2026, 2026, 2026))
    if project.chance.random() < 0.8:
        code = number_of(file).split("〔")[0]
    put(file, "发文字号", f" {code}〔{year}〕{project.serial()}号")
    if year == 2025:
        put(file, "成文日期", " 2025-12-30")


def an_issuer(project: Project) -> None:
    file = project.document()
    office = project.chance.randrange(len(OFFICES))
    issuer = COUNTY + OFFICES[office]
    title = value_of(file, "标题").removeprefix(value_of(file, "发文机关"))
    put(file, "发文机关", f" {issuer}")
    put(file, "标题", f" {issuer}{title}")
    put(file, "发文字号", f" {CODES[office]}〔2026〕{project.serial()}号")


def a_contact(project: Project) -> None:
    key = project.chance.choice(("责任单位", "责任股室", "责任人", "电话"))
    value = {
        "责任单位": COUNTY + project.chance.choice(OFFICES),
        "责任股室": project.chance.choice(("样本股", "综合股")),
        "责任人": project.chance.choice(("赵样本", "钱样本")),
        "电话": f"0000-{project.chance.randint(2000000, 2000009)}",
    }[key]
    edit(project.document(), rf"^  {key}: .+$", f"  {key}: {value}")


def a_date(project: Project) -> None:
    file = project.document()
    day = value_of(file, "成文日期")
    put(file, "成文日期", f" {day[:-2]}{project.chance.randint(1, 28):02}")


def a_topic(project: Project) -> None:
    toggle(project, project.document(), "主题分类", f" {project.chance.choice(TOPICS)}")


def no_topics(project: Project) -> None:
    for issue in project.issues():
        for file in documents(issue):
            put(file, "主题分类")


def a_validity(project: Project) -> None:
    toggle(project, project.document(), "有效性", f" {project.chance.choice(VALIDITIES)}")


def a_relation(project: Project) -> None:
    kind = project.chance.choice(RELATIONS)
    toggle(project, project.document(), kind, f"\n  - {project.number()}")


def an_event(project: Project) -> None:
    end = "\n    至: 2026-12-03" * project.chance.randint(0, 1)
    event = f"\n  - 日期: 2026-12-01{end}\n    事项: {project.words()}"
    toggle(project, project.document(), "日程", event)


def a_day_of_release(project: Project) -> None:
    file = project.document()
    toggle(project, file, "发布日期", f" {value_of(file, '成文日期')}")


def a_waiver(project: Project) -> None:
    code = project.chance.choice(("N013", "C016", "N014", "T001"))
    toggle(project, project.document(), "校核豁免", f"\n  - 代码: {code}\n    理由: 样本")


def an_error(project: Project) -> None:
    """Which stops the build."""
    file = project.document()
    fault = project.chance.choice(("发文机关", "成文日期", "发文字号"))
    put(file, fault, " 2026年" if fault != "发文机关" else " 别处")


def a_document_more(project: Project) -> None:
    issue = project.issue()
    office, serial = project.chance.randrange(len(OFFICES)), project.serial()
    name = f"新{serial}.md"
    _, month = year_and_number(issue)
    text = document(year_and_number(issue)[0], month, 20, office, serial, project.chance)
    (issue / name).write_text(text, "utf-8")
    names = listed(issue)
    names.insert(project.chance.randint(0, len(names)), name)
    list_documents(issue, list(dict.fromkeys(names)))


def a_document_less(project: Project) -> None:
    file = project.document()
    names = [name for name in listed(file.parent) if name != file.name]
    list_documents(file.parent, names)
    file.unlink()


def documents_reordered(project: Project) -> None:
    issue = project.issue()
    names = listed(issue)
    project.chance.shuffle(names)
    list_documents(issue, names)


def a_document_moved(project: Project) -> None:
    file, target = project.document(), project.issue()
    if target != file.parent and not (target / file.name).exists():
        list_documents(file.parent, [name for name in listed(file.parent) if name != file.name])
        list_documents(target, [*listed(target), file.name])
        file.rename(target / file.name)


def documents_exchanged(project: Project) -> None:
    one, other = project.document(), project.document()
    texts = one.read_bytes(), other.read_bytes()
    other.write_bytes(texts[0])
    one.write_bytes(texts[1])


def a_document_renamed(project: Project) -> None:
    file = project.document()
    name = f"{project.chance.choice(('甲', '乙', '丙'))}-{file.name}"
    list_documents(file.parent, [name if each == file.name else each for each in listed(file.parent)])
    file.rename(file.with_name(name))


def a_section_renamed(project: Project) -> None:
    name = project.chance.choice(("样本文件", "部门文件"))
    edit(project.issue() / "issue.toml", r'^"名称" = .*$', f'"名称" = "{name}"')


def a_day_of_issue(project: Project) -> None:
    file = project.issue() / "issue.toml"
    edit(file, r"-\d\d$", f"-{project.chance.randint(20, 28)}")


def a_time_on_the_site(project: Project) -> None:
    file = project.issue() / "issue.toml"
    if "上网时间" in file.read_text("utf-8"):
        edit(file, r'^"上网时间".*\n', "")
    else:
        edit(file, r"^(?=\n\[\[)", '"上网时间" = 2026-12-30 09:30:00\n')


def an_issue_more(project: Project) -> None:
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
        made = document(year, number, 9, office, project.serial(), project.chance)
        (folder / name).write_text(made, "utf-8")
    (folder / "issue.toml").write_text(
        f'"年" = {year}\n"期" = {number}\n"总期号" = {total + 1}\n"出版日期" = {year}-{number:02}-28\n\n'
        '[["栏目"]]\n"名称" = "样本文件"\n"文件" = []\n',
        "utf-8",
    )
    list_documents(folder, names)


def the_last_issue_gone(project: Project) -> None:
    if len(project.issues()) > LEAST_ISSUES:
        shutil.rmtree(project.issues()[-1])


def an_issue_gone(project: Project) -> None:
    """With 停刊 declared and the total numbers after it put right, or simply gone."""
    if len(project.issues()) <= LEAST_ISSUES:
        return
    index = project.chance.randrange(len(project.issues()))
    gone = project.issues()[index]
    shutil.rmtree(gone)
    if index and project.chance.random() < 0.7:
        year, number = year_and_number(gone)
        exception = f'[["期号例外"]]\n"年" = {year}\n"期" = {number}\n"类别" = "停刊"\n'
        with project.settings.open("a", encoding="utf-8") as settings:
            settings.write(exception)
        for issue in project.issues()[index:]:
            file = issue / "issue.toml"
            total = int(file.read_text("utf-8").split('"总期号" = ')[1].split("\n")[0])
            edit(file, r'^"总期号" = \d+$', f'"总期号" = {total - 1}')


def an_issue_emptied(project: Project) -> None:
    """It is no longer made, but may stay."""
    issue = project.issues()[0]
    for file in issue.glob("*.md"):
        file.unlink()
    list_documents(issue, [])


def published(project: Project) -> None:
    """The newest issue, or no longer; whatever was changed of another one is told with a reason."""
    records = list(project.content.glob("*/published.json"))
    if records and project.chance.random() < 0.5:
        records[0].unlink()
        (project.content / "published.json").unlink(missing_ok=True)
        return
    publication = examine(project.root).readable
    assert publication
    issue = publication.issues[-1]
    folder = read_folder(project.root, issue.folder)
    _carry_out(project, publish_changes(project.root, publication, issue, folder, date(2026, 12, 31)))


def republished(project: Project) -> None:
    for file in project.content.glob("*/published.json"):
        a_document = documents(file.parent)[0]
        a_document.write_text(a_document.read_text("utf-8") + f"\n还要{project.words()}。\n", "utf-8")
    publication = examine(project.root).readable
    assert publication
    _carry_out(project, republish_changes(project.root, publication, project.words(), date(2026, 12, 31)))


def _carry_out(project: Project, changes: list[Change]) -> None:
    for change in changes:
        if change.after is not None:
            (project.root / change.path).write_bytes(change.after)


def nothing(_: Project) -> None:
    """Builds are asked for without need, too."""


def touched(project: Project) -> None:
    """Files get another time, and nothing else."""
    for file in documents(project.issue()):
        file.touch()


# Citations, relations and templates stand twice, since most of what a build takes over hangs on them.
EDITS: tuple[Callable[[Project], None], ...] = (
    a_paragraph_more,
    a_word_changed,
    a_citation,
    a_citation,
    a_picture,
    a_title,
    a_number,
    an_issuer,
    a_contact,
    a_date,
    a_topic,
    no_topics,
    a_validity,
    a_relation,
    a_relation,
    an_event,
    a_day_of_release,
    a_waiver,
    an_error,
    a_document_more,
    a_document_less,
    documents_reordered,
    a_document_moved,
    documents_exchanged,
    a_document_renamed,
    a_section_renamed,
    a_day_of_issue,
    a_time_on_the_site,
    an_issue_more,
    the_last_issue_gone,
    an_issue_gone,
    an_issue_emptied,
    published,
    republished,
    a_setting,
    a_file_prefix,
    a_table_of_settings,
    a_comment_in_the_settings,
    an_issuer_renamed,
    a_code_more,
    a_phone_changed,
    a_template,
    a_template,
    nothing,
    touched,
)
