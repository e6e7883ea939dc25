"""Settings that change from an issue or a day on, and issuers with periods."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from liulin_gazette.cli import main
from liulin_gazette.model.dated_settings import settings_at
from liulin_gazette.model.publication import Publication
from liulin_gazette.model.series import periods
from liulin_gazette.pdf.write.colour_profiles import DATA
from liulin_gazette.source.folder import read_folder
from liulin_gazette.source.loader import load_series
from tests.conftest import DOCUMENT, Edit, findings
from tests.loading import load

Append = Callable[[str, str], None]


def change(text: str) -> str:
    """Return ``text`` as an entry of 变更."""
    return f'\n[["变更"]]\n{text}\n'


@pytest.fixture
def add(project: Path) -> Append:
    """Return a function that adds text to the end of a file of the small project."""

    def append(name: str, text: str) -> None:
        file = project / "content" / name
        file.write_text(file.read_text("utf-8") + text, "utf-8")

    return append


def loaded(root: Path) -> Publication:
    publication, found = load(root)
    assert publication is not None, found
    return publication


def test_a_change_holds_from_its_issue_on(project: Path, add: Append) -> None:
    add(
        "gazette.toml",
        change('"自" = "2026-2"\n"名称" = "柳林市人民政府公报"\n"封底" = { "地址" = "新城路1号" }'),
    )
    publication = loaded(project)
    issue = publication.issues[0]
    assert settings_at(publication, issue).name == publication.gazette.name == "柳林县人民政府公报"
    assert publication.eras[1].settings.name == "柳林市人民政府公报"
    back_cover = publication.eras[1].settings.back_cover
    assert (back_cover.address, back_cover.postcode) == ("新城路1号", "033300")
    assert findings(project) == []


@pytest.mark.parametrize("since", ['"2026-1"', "2026-02-28", "2025-01-01"])
def test_the_site_shows_what_holds_for_the_last_issue(project: Path, add: Append, since: str) -> None:
    add("gazette.toml", change(f'"自" = {since}\n"主办单位" = "柳林市人民政府办公室"'))
    assert loaded(project).gazette.publisher == "柳林市人民政府办公室"


def test_a_change_on_the_day_after_does_not_hold_yet(project: Path, add: Append) -> None:
    add("gazette.toml", change('"自" = 2026-03-01\n"主办单位" = "柳林市人民政府办公室"'))
    assert loaded(project).gazette.publisher == "柳林县人民政府办公室"


def test_changes_build_on_each_other(project: Path, add: Append) -> None:
    add("gazette.toml", change('"自" = "2026-2"\n"封底" = { "邮编" = "033301" }'))
    add("gazette.toml", change('"自" = "2026-3"\n\n["变更"."封底"]\n"电话" = "0358-4022371"'))
    last = loaded(project).eras[2].settings.back_cover
    assert (last.postcode, last.phone, last.motto[:4]) == ("033301", "0358-4022371", "传达政令")


BAD = [
    ('"名称" = "新名称"', "B007", "缺少“自”", '[["变更"]]'),
    ('"自" = "明年"\n"名称" = "新"', "B008", "看不懂“自”：明年", '"自"'),
    ('"自" = ""\n"名称" = "新"', "B008", "“自”空着", '"自"'),
    ('"自" = "2027-0"\n"名称" = "新"', "B008", "看不懂“自”", '"自"'),
    ('"自" = 2027\n"名称" = "新"', "B008", "看不懂“自”", '"自"'),
    ('"自" = 9027-01-01\n"名称" = "新"', "B008", "看不懂“自”", '"自"'),
    ('"自" = "2027-7"\n"名称" = "新"', "B008", "2027年只有6期", '"自"'),
    ('"自" = "2027-1"', "B007", "没有写改什么", '[["变更"]]'),
    ('"自" = "2027-1"\n"文件名前缀" = "new"', "B006", "“文件名前缀”不能写在“变更”里", '"文件名前缀"'),
    ('"自" = "2027-1"\n"网址" = "https://a.cn/"', "B006", "“网址”不能写在“变更”里", '"网址"'),
    ('"自" = "2027-1"\n"体裁" = []', "B006", "“体裁”不能写在“变更”里", '"体裁"'),
    ('"自" = "2027-1"\n"读音" = { "单" = "shan" }', "B006", "“读音”不能写在“变更”里", '"读音"'),
    ('"自" = "2027-1"\n"刊名" = "新"', "B006", "没有“刊名”这一项", '"刊名"'),
    ('"自" = "2027-1"\n"名称" = 5', "B008", "“名称”应是文字", '"名称"'),
    ('"自" = "2027-1"\n"刊期" = "季刊"\n"每年期数" = 6', "B008", "与刊期“季刊”不符", '"每年期数"'),
    ('"自" = "2027-1"\n"每年期数" = 4', "B008", "与刊期“双月刊”不符", '"每年期数"'),
    ('"自" = "2027-1"\n"刊期" = "五日刊"\n"每年期数" = 73', "B008", "“73”不能用", '"每年期数"'),
    ('"自" = "2027-1"\n"封底" = { "地扯" = "新" }', "B006", "没有“地扯”这一项", '"封底"'),
    ('"自" = "2027-1"\n"刊期" = "五日刊"', "B007", "看不出一年几期，缺少“每年期数”", '"刊期"'),
    ('"自" = "2027-1"\n"封底" = "新"', "B008", "“封底”应是一节", '"封底"'),
    ('"自" = "2027-1"\n"版面" = { "开本" = "A9" }', "B008", "开本“A9”不能用", '"版面"'),
]


@pytest.mark.parametrize(("text", "code", "message", "line"), BAD)
def test_a_bad_change_is_an_error_at_its_place(
    project: Path, add: Append, text: str, code: str, message: str, line: str
) -> None:
    add("gazette.toml", change(text))
    _, found = load(project)
    assert [(each.code, each.severity.value) for each in found] == [(code, "错误")], found
    assert message in found[0].message and found[0].hint
    lines = (project / "content/gazette.toml").read_text("utf-8").split("\n")
    assert lines[found[0].place.line - 1].startswith(line)


def test_changes_are_in_ascending_order(project: Path, add: Append) -> None:
    add(
        "gazette.toml",
        change('"自" = "2027-1"\n"名称" = "新"') + change('"自" = 2026-12-31\n"区号" = "0358"'),
    )
    found = load(project)[1]
    assert [each.code for each in found] == ["B008"] and "按先后写" in found[0].message


def test_one_setting_changes_once_from_one_issue(project: Path, add: Append) -> None:
    add("gazette.toml", change('"自" = "2027-1"\n"名称" = "新"') + change('"自" = "2027-1"\n"区号" = "0358"'))
    assert load(project)[0] is not None
    add("gazette.toml", change('"自" = "2027-1"\n"名称" = "更新"'))
    found = load(project)[1]
    assert [each.message for each in found] == ["“名称”自2027-1起改了两次。"]


def test_what_is_wrong_from_the_beginning_is_reported_once(project: Path, edit: Edit, add: Append) -> None:
    add("gazette.toml", change('"自" = "2027-1"\n"名称" = "新"'))
    edit("gazette.toml", '"开本" = "A4"', '"开本" = "A9"')
    assert [each.code for each in load(project)[1]] == ["B008"]


@pytest.mark.parametrize(
    ("frequency", "per_year", "expected"),
    [
        ("不定期", '"每年期数" = 6', [("B056", "警告")]),
        ("季刊", '"每年期数" = 6', [("B056", "警告")]),
        ("每逢双月出版", '"每年期数" = 6', []),
        ("双月刊", "", [("B007", "错误")]),
    ],
)
def test_the_period_and_the_number_of_issues_agree_from_the_beginning(
    project: Path, edit: Edit, add: Append, frequency: str, per_year: str, expected: list[tuple[str, str]]
) -> None:
    edit("gazette.toml", "双月刊", frequency)
    edit("gazette.toml", '"每年期数" = 6', per_year)
    add("gazette.toml", change('"自" = "2027-1"\n"刊期" = "季刊"\n"每年期数" = 4'))
    assert [(each.code, each.severity.value) for each in load(project)[1]] == expected


def test_a_gazette_without_fixed_periods_becomes_regular(project: Path, edit: Edit, add: Append) -> None:
    edit("gazette.toml", "双月刊", "不定期")
    edit("gazette.toml", '"每年期数" = 6', "")
    add("gazette.toml", change('"自" = "2027-1"\n"刊期" = "季刊"'))
    publication = loaded(project)
    assert (
        periods(publication.gazette.series, 2026) is None
        and len(periods(publication.gazette.series, 2027) or ()) == 4
    )


EXCEPTION = '\n[["期号例外"]]\n"年" = 2026\n'


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('"期" = 3\n"类别" = "合刊"\n"并期" = 2', "“并期”写作 2，不在第3期之后"),
        ('"期" = 5\n"类别" = "合刊"\n"并期" = 7', "2026年没有第7期"),
        ('"期" = 9\n"类别" = "停刊"', "2026年没有第9期"),
        ('"期" = 0\n"类别" = "延期"', "2026年没有第0期"),
        ('"期" = 7\n"类别" = "增刊"\n"接" = 77', "2026年没有第77期"),
        ('"期" = "三"\n"类别" = "停刊"', "“期”应是整数"),
        ('"期" = 7\n"类别" = "增刊"\n"接" = 6', ""),
        ('"期" = 7\n"类别" = "增刊"' + EXCEPTION + '"期" = 7\n"类别" = "延期"', ""),
        ('"期" = 5\n"类别" = "合刊"\n"并期" = 6', ""),
        ('"期" = 4\n"类别" = "停刊"' + change('"自" = "2026-4"\n"刊期" = "月刊"'), ""),
        ('"期" = 9\n"类别" = "停刊"' + change('"自" = "2026-4"\n"刊期" = "月刊"'), ""),
    ],
)
def test_exceptions_are_of_numbers_that_the_year_has(
    project: Path, add: Append, text: str, message: str
) -> None:
    add("gazette.toml", EXCEPTION + text)
    found = load(project)[1]
    assert [each.code for each in found] == (["B008"] if message else []) and all(each.hint for each in found)
    assert not message or (message in found[0].message and found[0].place.line > 1)


def test_a_double_issue_is_the_same_in_both_files(project: Path, edit: Edit, add: Append) -> None:
    add("gazette.toml", EXCEPTION + '"期" = 1\n"类别" = "合刊"\n"并期" = 3')
    edit("2026-1/issue.toml", '"期" = 1', '"期" = 1\n"并期" = 2')
    (found,) = load(project)[1]
    assert (found.code, found.place.line) == ("B008", 3) and "里登记的是 3" in found.message
    edit("2026-1/issue.toml", '"并期" = 2', '"并期" = 3')
    assert load(project)[1] == ()


def test_text_in_the_place_of_a_table_is_one_error_at_its_place(project: Path, edit: Edit) -> None:
    edit("2026-1/issue.toml", '"出版日期"', '"封二" = "文字"\n"出版日期"')
    (found,) = load(project)[1]
    assert (found.code, found.place.line, found.message) == ("B008", 4, "“封二”应是一节。")


FORESTRY = '[["发文机关"]]\n"名称" = "柳林县林业局"\n"机关代字" = ["柳林发"]\n'


@pytest.mark.parametrize(
    ("instead", "code", "message"),
    [
        (FORESTRY + '"至" = 2026-02-05\n', "N011", "登记为至2026-02-05止，成文日期（2026-02-06）不在其中"),
        (FORESTRY + '"自" = 2026-02-07\n', "N011", "登记为2026-02-07起"),
        (FORESTRY + '"自" = 2026-02-07\n"至" = 2026-02-06\n', "B008", "“至”（2026-02-06）早于“自”"),
        (FORESTRY + '"原名" = "柳林县绿化局"\n', "B008", "原名“柳林县绿化局”没有另外登记"),
        (FORESTRY + FORESTRY + '"自" = 2026-02-01\n', "B008", "登记了两次，时间重叠"),
        (FORESTRY + FORESTRY.replace("林业", "森林") + '"自" = 2026-02-01\n', "B008", "同时属于"),
        (
            FORESTRY
            + '"自" = 2024-07-01\n"原名" = "柳林县绿化局"\n'
            + FORESTRY.replace("林业", "绿化").replace("柳林发", "绿发")
            + '"至" = 2024-05-01\n',
            "B008",
            "到2024-05-01为止，“柳林县林业局”却自2024-07-01起",
        ),
        (FORESTRY + '"自" = "今年"\n', "B009", "“自”应是日期"),
    ],
)
def test_issuers_have_periods(project: Path, edit: Edit, instead: str, code: str, message: str) -> None:
    edit("gazette.toml", FORESTRY, instead)
    found = findings(project)
    assert [each.code for each in found] == [code] and message in found[0].message and found[0].hint


@pytest.mark.parametrize(
    "instead",
    [
        FORESTRY + '"至" = 2026-02-06\n',
        FORESTRY
        + '"至" = 2026-02-28\n'
        + FORESTRY.replace("林业", "自然")
        + '"自" = 2026-03-01\n"原名" = "柳林县林业局"\n',
        FORESTRY.replace("柳林发", "林发") + '"至" = 2026-01-31\n' + FORESTRY + '"自" = 2026-02-01\n',
    ],
)
def test_a_renamed_issuer_and_a_new_code_are_two_entries(project: Path, edit: Edit, instead: str) -> None:
    edit("gazette.toml", FORESTRY, instead)
    assert findings(project) == []


def test_a_former_code_does_not_number_a_new_document(project: Path, edit: Edit) -> None:
    edit(
        "gazette.toml",
        FORESTRY,
        FORESTRY + '"至" = 2026-01-31\n' + FORESTRY.replace("柳林发", "林发") + '"自" = 2026-02-01\n',
    )
    assert [each.code for each in findings(project)] == ["N002"]


def test_two_undated_issuers_with_one_code_are_still_accepted(project: Path, add: Append) -> None:
    add("gazette.toml", "\n" + FORESTRY.replace("林业", "森林"))
    assert [(each.code, each.severity.value) for each in findings(project)] == [("B056", "警告")]


def test_an_era_knows_the_day_of_its_codes(project: Path, edit: Edit) -> None:
    edit("gazette.toml", FORESTRY, FORESTRY + '"至" = 2026-06-30\n')
    publication = load_series(read_folder(project, "content")).publication
    assert publication is not None
    assert "柳林县林业局" in [issuer.name for issuer in publication.gazette.issuers_on(date(2026, 6, 30))]
    assert "柳林县林业局" not in [issuer.name for issuer in publication.gazette.issuers_on(date(2026, 7, 1))]
    assert publication.gazette.code_owner("柳林发", 2030) == "柳林县林业局"


def test_the_pages_of_issuers_tell_former_and_later_names(project: Path, edit: Edit) -> None:
    renamed = FORESTRY + '"至" = 2026-02-28\n'
    renamed += FORESTRY.replace("林业", "林业和草原").replace("柳林发", "柳林草发")
    renamed += '"自" = 2026-03-01\n"原名" = "柳林县林业局"\n'
    edit("gazette.toml", FORESTRY, renamed)
    assert main(["--site-only"], project) == 0
    pages = {path.parent.name: path for path in (project / "output/site/issuers").glob("*/index.html")}
    (page,) = (path.read_text("utf-8") for path in pages.values())
    later = '<time datetime="2026-03-01">2026年3月1日</time>起）</p>'
    assert f"<p>后来的名称：柳林县林业和草原局（{later}" in page  # It has no document yet, and so no page.
    second = DOCUMENT.replace("柳林县林业局", "柳林县林业和草原局").replace(
        "柳林发〔2026〕9号", "柳林草发〔2026〕1号"
    )
    (project / "content/2026-1/02.md").write_text(second.replace("2026-02-06", "2026-03-02"), "utf-8")
    edit("2026-1/issue.toml", '"01.md"', '"01.md", "02.md"')
    edit("2026-1/issue.toml", "2026-02-28", "2026-03-31")
    edit("gazette.toml", '"期" = 1\n"总期号" = 30\n"每年期数" = 6', '"期" = 1\n"总期号" = 30\n"每年期数" = 4')
    edit("gazette.toml", '"刊期" = "双月刊"', '"刊期" = "季刊"')
    assert main(["--site-only"], project) == 0
    pages = [
        path.read_text("utf-8") for path in sorted((project / "output/site/issuers").glob("*/index.html"))
    ]
    former, later_page = sorted(pages, key=lambda text: "<p>原名" in text)
    assert (
        f'<p>后来的名称：<a href="../liu-lin-xian-lin-ye-he-cao-yuan-ju/index.html">柳林县林业和草原局</a>（{later}'
        in former
    )
    until = '<time datetime="2026-02-28">2026年2月28日</time>止）</p>'
    assert f'<p>原名：<a href="../liu-lin-xian-lin-ye-ju/index.html">柳林县林业局</a>（{until}' in later_page


def test_a_change_back_to_the_profile_of_the_program(project: Path, edit: Edit, add: Append) -> None:
    """An empty name takes the place of the file before; a change that says nothing of it keeps the file."""
    (project / "content/press.icc").write_bytes((DATA / "FOGRA29L.icc").read_bytes())
    edit("gazette.toml", '"版权页" = []\n', '"版权页" = []\n"输出特性文件" = "press.icc"\n')
    add("gazette.toml", change('"自" = "2026-2"\n["变更"."印刷"]\n"纸类" = "非涂布纸"'))
    add("gazette.toml", change('"自" = "2027-1"\n["变更"."印刷"]\n"输出特性文件" = ""'))
    add("gazette.toml", change('"自" = "2028-1"\n["变更"."印刷"]\n"输出特性文件" = "press.icc"'))
    presses = [era.settings.printing.press for era in loaded(project).eras]
    assert [press.profile.file if press.profile else "" for press in presses] == [
        "press.icc",
        "press.icc",
        "",
        "press.icc",
    ]
    assert presses[2].paper_kind == "非涂布纸"
    assert findings(project) == []


def test_no_profile_at_all_and_none_that_is_a_text(project: Path, edit: Edit) -> None:
    edit("gazette.toml", '"版权页" = []\n', '"版权页" = []\n"输出特性文件" = ""\n')
    assert loaded(project).gazette.printing.press.profile is None and findings(project) == []
    edit("gazette.toml", '"输出特性文件" = ""', '"输出特性文件" = 5')
    assert [found.code for found in findings(project)] == ["B008"]


@pytest.mark.parametrize(
    ("name", "codes"), [("柳林县 气象局", ["B056"]), ("柳林县气象局", []), ("柳林县 Weather 局", [])]
)
def test_a_name_with_a_space_in_it_is_told(project: Path, add: Append, name: str, codes: list[str]) -> None:
    add("gazette.toml", "\n" + FORESTRY.replace("柳林县林业局", name).replace("柳林发", "柳气发"))
    assert [each.code for each in findings(project)] == codes
