"""Random edits of the settings, contacts.toml and templates of a synthetic archive, one function for each kind."""

from __future__ import annotations

import re

from tests.pipeline.project import COUNTY, RARE, Project, edit, value_of
from tests.synthetic_archive import PLACES


def change_setting(project: Project) -> None:
    key, values = project.chance.choice(
        (
            ("名称", ("示例县人民政府公报（样本）", "示例县政府公报（样本）")),
            ("主办单位", ("示例县人民政府办公室", "示例县样本甲局")),
            ("刊期", ("月刊", "每月一期")),
            ("网址", ("https://sample.example/", "https://www.sample.example/gazette/")),
            ("赠阅范围", ("本刊为测试样本，不赠阅。", f"本刊为测试样本，{project.chance.choice(RARE)}。")),
        )
    )
    edit(project.settings, rf'^"{key}" = .*$', f'"{key}" = "{project.chance.choice(values)}"')


def change_file_prefix(project: Project) -> None:
    edit(project.settings, r'^("文件名前缀".*\n)?(?="刊期")', "")
    if "文件名前缀" not in project.settings.read_text("utf-8") and project.chance.random() < 0.6:
        edit(project.settings, r'^(?="刊期")', '"文件名前缀" = "sample"\n')


def change_settings_table(project: Project) -> None:
    """Add, change or remove the table 网站, 印刷 or 校核."""
    number = project.number()
    phone = project.chance.choice(("13800000000", "13900000000"))
    name, lines = project.chance.choice(
        (
            ("网站", f'"政府网站名称" = "{COUNTY}{project.chance.choice(PLACES)}"'),
            ("印刷", f'"版权页" = ["样本：{project.words()}"]\n"装订内移" = {project.chance.randint(0, 5)}'),
            ("印刷", f'"用纸" = "{project.words()}"'),
            ("校核", f'"不公开文号" = ["{number}"]\n"公开电话" = ["{phone}"]'),
            ("校核", f'"关闭" = ["N013"]\n"最长间隔" = {project.chance.randint(1, 300)}'),
            ("校核", f'"级别" = {{ N014 = "{project.chance.choice(("提示", "警告", "错误"))}" }}'),
        )
    )
    text = re.sub(rf'\n\["{name}"\]\n(?:".*\n)*', "", project.settings.read_text("utf-8"))
    table = f'\n["{name}"]\n{lines}\n' if project.chance.random() < 0.8 else ""
    project.settings.write_text(text + table, "utf-8")


def add_settings_comment(project: Project) -> None:
    text = project.settings.read_text("utf-8")
    project.settings.write_text(f"# {project.words()}\n{text}", "utf-8")


def rename_issuer(project: Project) -> None:
    """Rename an issuer wherever it is named."""
    old, new = project.chance.choice((("样本乙局", "样本新局"), ("样本新局", "样本乙局")))
    for file in (project.settings, *project.content.glob("*/*.md")):
        file.write_text(file.read_text("utf-8").replace(old, new), "utf-8")


def add_issuer_code(project: Project) -> None:
    code = f'"示{project.chance.choice("辛壬癸")}字"'
    edit(project.settings, r'(?<=^"机关代字" = \[)', f"{code}, ")


def change_phone(project: Project) -> None:
    file = project.content / "contacts.toml"
    if file.exists() and project.chance.random() < 0.3:
        file.unlink()
        return
    document = project.document()
    phone = project.chance.choice(("", f"0000-{project.chance.randint(3000000, 3000009)}"))
    entry = (
        f'[["电话变更"]]\n"责任单位" = "{value_of(document, "责任单位")}"\n'
        f'"责任股室" = "{value_of(document, "责任股室")}"\n"原电话" = "{value_of(document, "电话")}"\n'
        f'"电话" = "{phone}"\n"自" = 2027-0{project.chance.randint(1, 9)}-01\n'
    )
    before = file.read_text("utf-8") if file.exists() else ""
    file.write_text(before + entry, "utf-8")


def change_template(project: Project) -> None:
    kinds = (".html", ".css", ".js", ".xml", ".txt")
    files = sorted(
        file for file in (project.root / "templates").rglob("*") if file.suffix in kinds and file.is_file()
    )
    file = project.chance.choice(files)
    words = project.words()
    text = file.read_text("utf-8")
    if file.suffix == ".html":
        place = project.chance.choice((r"(?=</body>)", r"(?=\{% endblock %\})", r"(?=\{% endmacro %\})"))
        text = re.sub(place, f"<!-- {words} -->", text, count=1)
    elif file.suffix in (".css", ".js"):
        text += f"/* {words} */\n"
    else:
        text += f"\n{{# {words} #}}" if file.suffix == ".xml" else f"\n# {words}\n"
    file.write_text(text, "utf-8")
