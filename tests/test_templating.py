"""The Jinja environment and its filters."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from jinja2 import UndefinedError, meta

from liulin_gazette.cache.program import program_digest
from liulin_gazette.model.blocks import Article, Cell, Heading, Paragraph, Roster, RosterEntry, Span
from liulin_gazette.rendering import templating
from liulin_gazette.rendering.templates import are_unchanged, read_templates
from tests.conftest import ROOT


def render(folder: Path, source: str, **values: object) -> str:
    (folder / "templates").mkdir()
    (folder / "templates/page.txt").write_text(source, encoding="utf-8")
    return templating.environment(read_templates(folder)).get_template("page.txt").render(**values)


def test_everything_is_escaped_whatever_the_file_is_called(tmp_path: Path) -> None:
    assert render(tmp_path, "{{ it }}", it="<b>&") == "&lt;b&gt;&amp;"


def test_what_is_printed_takes_no_template_that_its_digest_leaves_out() -> None:
    templates = read_templates(ROOT)
    environ = templating.environment(templates)
    for name in templates.print_files:
        if name.endswith((".html", ".xml", ".css")):
            taken = meta.find_referenced_templates(environ.parse(templates.read_text(name)))
            assert {each for each in taken if each} <= templates.print_files.keys(), name


@pytest.mark.parametrize(
    ("name", "is_printed"),
    [
        ("wechat/form.json", False),
        ("portal/form.json", False),
        ("pasted/blocks.html", False),
        ("preview/later.css", False),
        ("site/site.css", False),
        ("print/print.css", True),
        ("blocks.html", True),
        ("tokens.css", True),
    ],
)
def test_only_what_is_printed_has_printed_pages_made_again(name: str, is_printed: bool) -> None:
    templates = read_templates(ROOT)
    changed = replace(templates, files={**templates.files, name: b"changed"})
    assert (changed.print_digest != templates.print_digest) == is_printed


def test_undefined_names_are_errors(tmp_path: Path) -> None:
    with pytest.raises(UndefinedError):
        render(tmp_path, "{{ nothing }}")


def test_tags_leave_no_space(tmp_path: Path) -> None:
    assert (
        render(
            tmp_path,
            "{% for each in it %}\n  {% if each %}\n{{ each }}\n  {% endif %}\n{% endfor %}\n",
            it=[1],
        )
        == "1\n"
    )


def test_a_number_before_the_mark_of_a_footnote_is_a_link() -> None:
    context = {"targets": {"柳政办发〔2026〕1号": "../x/"}, "footnote_anchors": {"①": "footnote-1"}}
    module: Any = (
        templating.environment(read_templates(ROOT)).get_template("blocks.html").make_module(context)
    )
    text = (
        Span("按照柳政办发〔2026〕1号"),
        Span("", note="①"),
        Span("和柳政办发〔2026〕2号"),
        Span("", note="①"),
    )
    written = re.sub("<sup.*?</sup>", "^", module.inline(text))
    link = '<a class="reference" href="../x/">柳政办发〔2026〕1号</a>'
    assert written == f'按照<span class="kept">{link}^</span>和柳政办发〔2026〕2<span class="kept">号^</span>'


def test_the_mark_of_a_footnote_to_the_label_of_an_article_stands_at_the_label() -> None:
    module: Any = (
        templating.environment(read_templates(ROOT))
        .get_template("blocks.html")
        .make_module({"footnote_anchors": {"①": "footnote-1"}})
    )
    article = Article("第一条", 1, (Span("", note="①"), Span("内容。")), "article-1", 1)
    written = module.sequence([article], None, "", {}, {}, {}, False)
    assert words(written) == "第一条① 内容。"
    assert '<span class="kept"><strong class="article-label">第一条</strong>' in written
    plain_one = module.sequence([replace(article, text=(Span("内容。"),))], None, "", {}, {}, {}, False)
    assert '><strong class="article-label">第一条</strong> 内容。</p>' in plain_one


def words(html: str) -> str:
    return re.sub("<[^>]*>", "", html).strip()


@pytest.mark.parametrize(
    ("text", "is_division"),
    [
        ("第一章 总则", True),
        ("第十二节　巡护", True),
        ("第二编", True),
        ("一、总则", False),
        ("第一章的解释", False),
        ("1 总则", False),
    ],
)
def test_headings_of_divisions_are_told_from_others(text: str, is_division: bool) -> None:
    assert templating.is_division(Heading(2, (Span(text),), "s1", 1)) == is_division


def test_an_annex_note_has_an_element_for_each_entry_and_no_space_of_its_own() -> None:
    environ = templating.environment(read_templates(ROOT))
    note = Paragraph("annex-note", (Span("附件：1. 甲\n2. 乙"),), "p2", 1)
    blocks: Any = environ.get_template("blocks.html").make_module()
    html = str(blocks.paragraph(note, "p2"))
    assert re.sub("<[^>]+>", "", html) == "附件：1. 甲2. 乙"
    assert html.count('class="annex-entry') == html.count('class="annex-number"') == 2
    single = Paragraph("annex-note", (Span("附件：甲"),), "p2", 1)
    assert str(blocks.paragraph(single, "p2")) == ('<p class="annex-note" id="p2">附件：甲</p>')


def test_filters_are_registered(tmp_path: Path) -> None:
    assert render(tmp_path, "{{ it | chinese_date }}", it=date(2026, 1, 4)) == "2026年1月4日"


@pytest.mark.parametrize(
    ("name", "pieces"),
    [
        ("青禾县人民政府公报", ["青禾县", "人民政府公报"]),
        ("云泽县政报", ["云泽县政报"]),
        (
            "积石山保安族东乡族撒拉族自治县人民政府公报",
            ["积石山保安族", "东乡族", "撒拉族自治县", "人民政府公报"],
        ),
    ],
)
def test_the_largest_letters_break_a_name_between_words(name: str, pieces: list[str]) -> None:
    found = [piece for line in templating.name_lines(name) for piece in templating.name_pieces(line)]
    assert found == pieces


@pytest.mark.parametrize(
    ("name", "given", "suffix"),
    [("郭鹏（兼）", "郭鹏", "（兼）"), ("郭鹏", "郭鹏", ""), ("王（大）伟", "王（大）伟", "")],
)
def test_names_part_from_their_notes(name: str, given: str, suffix: str) -> None:
    assert (templating.given_name(name), templating.name_suffix(name)) == (given, suffix)


@pytest.mark.parametrize(
    ("entries", "classes"),
    [
        ([("组长", "张一")], "roles-3 names-3"),
        ([("常务副组长", "欧阳文杰（兼）")], "roles-5 names-4"),
        ([("常务副总指挥", "额尔敦巴特尔")], "roles-6 names-6 deep"),
        ([("常务副总指挥长兼办公室主任", "张一")], "roles-8 names-3 deep"),
        ([("县林业和草原局副局长", "布岩帕·玉波朗香")], "roles-8 names-4 deep broad"),
        ([("中共双江县委员会统战部副部长", "刀玉")], "roles-8 names-3 deep broad"),
    ],
)
def test_columns_of_a_roster_fit_its_roles_and_names(entries: list[tuple[str, str]], classes: str) -> None:
    roster = Roster(tuple(RosterEntry(role, name, "", 1) for role, name in entries), "roster-1", 1)
    assert templating.roster_widths(roster) == classes


def test_the_spaces_that_place_a_line_of_a_form_stand_apart() -> None:
    date_line = (Span("　　　年　　月　　日"), Span("（盖章）", strong=True))
    assert templating.placing(date_line) == ("　　　", (Span("年　　月　　日"), date_line[1]))


@pytest.mark.parametrize(
    ("phone", "digits"),
    [
        ("0358-4022653", "03584022653"),
        ("+86-358-4022653", "+863584022653"),
        ("0358-4022653转801", "03584022653"),
        ("", ""),
    ],
)
def test_phone_digits(phone: str, digits: str) -> None:
    assert templating.phone_digits(phone) == digits


@pytest.mark.parametrize(("share", "shown"), [(7.95, "7.95%"), (10.0, "10%")])
def test_percent(share: float, shown: str) -> None:
    assert templating.percent(share) == shown


def cell(words: str, header: bool) -> Cell:
    return Cell((Span(words),) if words else (), header, 1, 1, "", 0)


def test_a_row_of_headers_heads_columns() -> None:
    assert templating.header_scope((cell("", False), cell("重大火灾", True))) == "col"


def test_a_header_beside_data_heads_its_row() -> None:
    assert templating.header_scope((cell("分级", True), cell("10公顷", False))) == "row"


@pytest.mark.usefixtures("layouts_made_anew")
def test_compiled_templates_that_are_damaged_or_cannot_be_kept_cost_only_time(project: Path) -> None:
    templates, cache = read_templates(project), project / ".cache"
    compiled = cache / "templates"
    templating.environment(templates).get_template("site/home.html")
    (folder,) = (
        compiled.iterdir()
    )  # This program's own: another's filters are not compiled into its templates.
    assert folder.name == program_digest()[:16]
    kept = sorted(folder.iterdir())
    assert kept
    for file in kept:
        file.write_bytes(file.read_bytes()[:20] + b"damaged" + file.read_bytes()[27:])
    templating.environment.cache_clear()
    environment = templating.environment(templates)
    environment.get_template("site/home.html")
    shutil.rmtree(cache)
    environment.get_template("site/search.html")
    assert any(folder.iterdir())
    shutil.rmtree(cache)
    cache.write_text("不是文件夹", "utf-8")
    environment.get_template("site/verify.html")


def test_templates_stay_as_they_were_read(project: Path) -> None:
    templates = read_templates(project)
    file = project / "templates/tokens.css"
    text = file.read_bytes()
    assert are_unchanged(project, templates) and templates.read_bytes("tokens.css") == text
    for content in (text + b" ", text):
        file.write_bytes(content)
        assert are_unchanged(project, templates) == (content == text)
        assert templates.read_bytes("tokens.css") == text
    (project / "templates/new.html").write_text("", "utf-8")
    assert not are_unchanged(project, templates)
    file.unlink()
    with pytest.raises(FileNotFoundError):
        are_unchanged(project, templates)
    with pytest.raises(FileNotFoundError):
        templates.read_bytes("nothing.css")
