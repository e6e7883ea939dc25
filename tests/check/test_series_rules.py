"""Rules about issues of every kind of series, and how issues that are not like others are named everywhere."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from liulin_gazette.cli import main
from liulin_gazette.editing.counties.county_files import County, sample_files
from liulin_gazette.pipeline.examination import examine
from liulin_gazette.web.references import References
from tests.conftest import DOCUMENT, Edit, findings

SECTIONS = '\n[["栏目"]]\n"名称" = "县政府部门文件"\n"文件" = ["01.md"]\n'
START = '"年" = 2026\n"期" = 1\n"总期号" = 30\n"每年期数" = 6'


def add(root: Path, folder: str, numbers: str, day: str, serial: int) -> None:
    """Add an issue with one document; ``numbers`` are lines of its issue.toml."""
    path = root / "content" / folder
    path.mkdir()
    (path / "issue.toml").write_text(
        f'"年" = {folder[:4]}\n{numbers}\n"出版日期" = {day}\n{SECTIONS}', "utf-8"
    )
    (path / "01.md").write_text(DOCUMENT.replace("9号", f"{serial}号"), "utf-8")


def codes(root: Path) -> list[str]:
    """Return the codes of findings, apart from those about dates of documents and their serials."""
    return [each.code for each in findings(root) if each.code not in ("N003", "N013", "N014", "N015")]


@pytest.mark.parametrize(
    ("folder", "numbers", "day", "expected"),
    [
        ("2026-2", '"期" = 2\n"总期号" = 31', "2026-04-30", []),
        ("2026-2-3", '"期" = 2\n"并期" = 3\n"总期号" = 31', "2026-06-30", []),
        ("2026-2-3", '"期" = 2\n"并期" = 3\n"总期号" = 31', "2026-07-01", ["N007"]),
        ("2026-2", '"期" = 2\n"并期" = 3\n"总期号" = 31', "2026-06-30", ["N008"]),
        ("2026-2-3", '"期" = 2\n"并期" = 2\n"总期号" = 31', "2026-06-30", ["B008"]),
        ("2026-2-9", '"期" = 2\n"并期" = 9\n"总期号" = 31', "2026-12-30", ["N010"]),
        ("2026-2-3", '"期" = 2\n"并期" = "三"\n"总期号" = 31', "2026-06-30", ["B008"]),
        ("2026-z1", '"增刊" = 1', "2026-03-10", []),
        ("2026-z1", '"增刊" = 1\n"总期号" = 31', "2026-03-10", []),
        ("2026-z1", '"增刊" = 1\n"总期号" = 32', "2026-03-10", ["N006"]),
        ("2026-z1", '"增刊" = 1\n"总期号" = 30', "2026-02-10", ["N009", "N006"]),
        ("2026-z2", '"增刊" = 2', "2026-03-10", ["N020"]),
        ("2026-z1", '"增刊" = 1', "2027-03-10", ["N007"]),
        ("2026-z1", '"增刊" = 1\n"期" = 2', "2026-03-10", ["B008"]),
        ("2026-z1", '"增刊" = 0', "2026-03-10", ["B008"]),
        ("2026-1-z", '"增刊" = 1', "2026-03-10", ["N008"]),
        ("2026-t1", '"特刊" = 1', "2026-03-10", []),
        ("2026-2", '"期" = 2', "2026-04-30", ["B007"]),
    ],
)
def test_issues_of_every_kind(
    project: Path, folder: str, numbers: str, day: str, expected: list[str]
) -> None:
    add(project, folder, numbers, day, 10)
    found = findings(project)
    assert [each.code for each in found if each.code not in ("N013", "N014", "N015")] == expected, found
    assert all(each.hint for each in found)


def test_a_supplement_with_a_total_moves_those_after_it(project: Path) -> None:
    add(project, "2026-z1", '"增刊" = 1\n"总期号" = 31', "2026-03-10", 10)
    add(project, "2026-2", '"期" = 2\n"总期号" = 32', "2026-04-30", 11)
    assert codes(project) == []


def test_a_supplement_with_a_running_number_has_its_place(project: Path, edit: Edit) -> None:
    declared = '[["期号例外"]]\n"年" = 2026\n"期" = 7\n"类别" = "增刊"\n"接" = 1\n\n["封底"]'
    edit("gazette.toml", '["封底"]', declared)
    add(project, "2026-7", '"期" = 7\n"总期号" = 31', "2026-03-10", 10)
    add(project, "2026-2", '"期" = 2\n"总期号" = 32', "2026-04-30", 11)
    assert codes(project) == []
    assert main(["--site-only"], project) == 0
    page = (project / "output/site/2026/1/index.html").read_text("utf-8")
    assert "<span>下一期</span> 2026年第7期（增刊）" in page


def test_a_double_issue_is_named_so_everywhere(project: Path) -> None:
    add(project, "2026-2-3", '"期" = 2\n"并期" = 3\n"总期号" = 31', "2026-06-30", 10)
    add(project, "2026-t1", '"特刊" = 1', "2026-07-01", 11)
    add(project, "2026-z1", '"增刊" = 1', "2026-07-02", 12)
    assert main(["--site-only"], project) == 0
    site = project / "output/site"
    texts = {
        path.relative_to(site).as_posix(): path.read_text("utf-8")
        for path in site.rglob("*")
        if path.suffix in (".html", ".xml", ".json", ".csv", ".js")
    }
    name = "2026年第2—3期（合刊）"
    document = "2026/2-3/liu-lin-fa-2026-10/index.html"
    assert f"《柳林县人民政府公报》{name}" in texts[document]
    for path in ("2026/2-3/index.html", "feed.xml", "rss.xml"):
        assert name in texts[path], path
    assert '"期":2,"并期":3,"总期号":31' in texts["2026/2-3/liulin-gazette-2026-2-3.json"]
    assert (
        "2026,2—3（合刊）,31,2026-06-30" in texts["documents.csv"]
        and "2026,增刊1,,2026-07-02" in texts["documents.csv"]
    )
    assert (
        "2026 · 2—3（合刊）" in texts["2026/2-3/index.html"] and "2026 · 特刊" in texts["2026/t1/index.html"]
    )
    assert "总第" not in texts["2026/t1/index.html"].partition("<main")[2].partition("</main>")[0]
    assert "增刊第1期" in texts["index.html"] and '"增刊":1' in texts["issues.json"]


def test_a_gazette_may_have_no_total(project: Path, edit: Edit) -> None:
    edit("gazette.toml", '"总期号" = 30\n', "")
    assert codes(project) == ["N006"]
    edit("2026-1/issue.toml", '"总期号" = 30\n', "")
    assert codes(project) == []
    assert main(["--site-only"], project) == 0
    assert main(["new", "issue", "--yes"], project) == 0
    assert "总期号" not in (project / "content/2026-2/issue.toml").read_text("utf-8")
    for page in (project / "output/site").rglob("*.html"):
        assert "总第" not in page.read_text("utf-8") and "None" not in page.read_text("utf-8"), page


@pytest.mark.parametrize("per_year", [1, 4, 12, 24, 36, 52])
@pytest.mark.parametrize("year", [2026, 2027, 2028])
def test_a_new_gazette_of_every_period_is_valid(tmp_path: Path, per_year: int, year: int) -> None:
    county = County("方山县人民政府公报", "方山县人民政府办公室", "方政办发", year, per_year)
    for path, text in sample_files(county).items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, "utf-8")
    samples = ("N015", "B062", "S080")
    assert [each.code for each in findings(tmp_path) if each.code not in samples] == []


def test_orders_may_begin_anew_and_relations_mean_the_last_one_before(project: Path) -> None:
    order = "---\n体裁: 政府令\n标题: 柳林县人民政府令\n令号: 第1号\n发文机关: 柳林县人民政府办公室\n成文日期: {}\n---\n\n现予公布。\n"
    add(project, "2026-2", '"期" = 2\n"总期号" = 31', "2026-04-30", 10)
    add(project, "2026-3", '"期" = 3\n"总期号" = 32', "2026-06-30", 11)
    (project / "content/2026-1/01.md").write_text(order.format("2026-01-10"), "utf-8")
    second, third = project / "content/2026-2/01.md", project / "content/2026-3/01.md"
    second.write_text(order.format("2026-03-10"), "utf-8")
    third.write_text(
        third.read_text("utf-8").replace("主送:", "废止:\n  - 柳林县人民政府办公室令第1号\n主送:"), "utf-8"
    )
    third.write_text(third.read_text("utf-8").replace("2026-02-06", "2026-05-06"), "utf-8")
    assert codes(project) == ["N023"]
    waiver = "校核豁免:\n  - 代码: N023\n    理由: 换届后令号重新数起\n---\n\n"
    second.write_text(second.read_text("utf-8").replace("---\n\n", waiver), "utf-8")
    assert codes(project) == []
    publication = examine(project).publication
    assert publication is not None
    references = References(publication, {})
    old, new, repealing = (references.context(issue.documents[0]) for issue in publication.issues)
    assert [old.validity, new.validity] == ["", "已废止"]
    assert [each.page for each in repealing.related] == ["2026/2/ling-1/index.html"]
    shutil.copy(second, project / "content/2026-2/02.md")
    issue = project / "content/2026-2/issue.toml"
    issue.write_text(issue.read_text("utf-8").replace('"01.md"', '"01.md", "02.md"'), "utf-8")
    assert codes(project) == ["N012"]


def irregular(edit: Edit) -> None:
    edit("gazette.toml", '"刊期" = "双月刊"', '"刊期" = "不定期"')
    edit("gazette.toml", '\n"每年期数" = 6', "")


def test_a_gazette_without_fixed_periods_has_ascending_numbers(project: Path, edit: Edit) -> None:
    irregular(edit)
    add(project, "2026-2", '"期" = 2\n"总期号" = 31', "2026-03-05", 10)
    add(project, "2026-3", '"期" = 3\n"总期号" = 32', "2026-12-30", 11)
    add(project, "2027-1", '"期" = 1\n"总期号" = 33', "2027-01-05", 12)
    add(project, "2027-2", '"期" = 2\n"总期号" = 34', "2027-01-06", 13)
    assert codes(project) == []
    edit("2027-2/issue.toml", "34", "35")
    assert codes(project) == ["N006"]
    edit("2027-2/issue.toml", "35", "34")
    edit("2027-1/issue.toml", "33", "32")
    assert "N006" in codes(project) and "N009" in codes(project)
    edit("2027-1/issue.toml", "32", "33")
    shutil.rmtree(project / "content/2026-2")
    assert codes(project) == ["N020"]
    edit("2026-3/issue.toml", "2026-12-30", "2027-12-30")
    assert "N007" in codes(project)


def test_years_without_fixed_periods_go_on_with_the_next_number(project: Path, edit: Edit) -> None:
    irregular(edit)
    assert main(["new", "issue", "--yes", "--date", "2026-03-05"], project) == 0
    text = (project / "content/2026-2/issue.toml").read_text("utf-8")
    assert '"总期号" = 31' in text and '"出版日期" = 2026-03-05' in text


@pytest.mark.parametrize(
    ("start", "frequency", "message"),
    [
        (START.replace("6", "5"), "双月刊", "每年期数“5”不能用"),
        (START.replace('\n"每年期数" = 6', ""), "双月刊", "缺少“每年期数”"),
        (START.replace("= 2026", "= 26"), "双月刊", "“年”写作 26"),
    ],
)
def test_a_wrong_beginning_of_the_series(
    project: Path, edit: Edit, start: str, frequency: str, message: str
) -> None:
    edit("gazette.toml", START, start)
    edit("gazette.toml", "双月刊", frequency)
    found = findings(project)
    assert message in "".join(each.message for each in found) and all(each.hint for each in found)


@pytest.mark.parametrize(
    ("frequency", "per_year", "day", "expected"),
    [
        ("半月刊", 24, "2026-01-15", []),
        ("半月刊", 24, "2026-01-16", ["N007"]),
        ("旬刊", 36, "2026-01-10", []),
        ("旬刊", 36, "2026-01-11", ["N007"]),
        ("周刊", 52, "2026-01-04", []),
        ("周刊", 52, "2026-01-05", ["N007"]),
        ("季刊", 4, "2026-03-31", []),
        ("年刊", 1, "2026-12-31", []),
    ],
)
def test_periods_of_every_length(
    project: Path, edit: Edit, frequency: str, per_year: int, day: str, expected: list[str]
) -> None:
    edit("gazette.toml", '"双月刊"', f'"{frequency}"')
    edit("gazette.toml", '"每年期数" = 6', f'"每年期数" = {per_year}')
    edit("2026-1/issue.toml", "2026-02-28", day)
    edit("2026-1/01.md", "2026-02-06", "2026-01-04")
    assert codes(project) == expected


def test_a_series_that_begins_mid_way_begins_there(
    project: Path, edit: Edit, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.rmtree(project / "content/2026-1")
    edit("gazette.toml", '"期" = 1\n"总期号" = 30', '"期" = 4\n"总期号" = 3')
    assert main(["status"], project) == 0
    assert "下一期是 2026-4（总第3期），还没有建" in capsys.readouterr().out
    assert main(["new", "issue", "--yes"], project) == 0
    assert '"期" = 4\n"总期号" = 3\n"出版日期" = 2026-08-31\n' in (
        project / "content/2026-4/issue.toml"
    ).read_text("utf-8")
    shutil.rmtree(project / "content/2026-4")
    add(project, "2026-4", '"期" = 4\n"总期号" = 3', "2026-08-31", 10)
    assert "N025" not in codes(project)


@pytest.mark.parametrize(
    ("total", "name", "numbers", "day", "severity"),
    [
        ('"总期号" = 3', "2026-2", '"期" = 2\n"总期号" = 1', "2026-04-30", "警告"),
        ('"总期号" = 3', "2026-1", '"期" = 1\n"总期号" = 1', "2026-02-28", "错误"),
        ("", "2026-3", '"期" = 3', "2026-06-30", "错误"),
        ("", "2025-6", '"期" = 6', "2025-12-31", "错误"),
        ("", "2025-z1", '"增刊" = 1', "2025-12-31", "错误"),
    ],
)
def test_an_issue_before_the_series_is_said_at_its_place(
    project: Path, edit: Edit, total: str, name: str, numbers: str, day: str, severity: str
) -> None:
    shutil.rmtree(project / "content/2026-1")
    edit("gazette.toml", '"期" = 1\n"总期号" = 30', f'"期" = 4\n{total}')
    add(project, name, numbers, day, 10)
    (found,) = (each for each in findings(project) if each.code == "N025")
    assert found.severity.value == severity and found.place.path == f"content/{name}/issue.toml"
    assert found.place.line == 2 and "早于期号起算的2026年第4期" in found.message


@pytest.mark.parametrize(
    ("phone", "severities"),
    [
        ("0358-4022294", []),
        ("0358-4022249", ["警告"]),
        ("0358-4022295", ["警告"]),
        ("0358-4038811", ["提示"]),
    ],
)
def test_an_office_keeps_its_phone(project: Path, phone: str, severities: list[str]) -> None:
    add(project, "2026-2", '"期" = 2\n"总期号" = 31', "2026-04-30", 10)
    document = project / "content/2026-2/01.md"
    document.write_text(document.read_text("utf-8").replace("0358-4022294", phone), "utf-8")
    found = [each for each in findings(project) if each.code == "C063"]
    assert [each.severity.value for each in found] == severities
    assert all(each.place.path == "content/2026-2/01.md" and each.place.line > 1 for each in found)


@pytest.mark.parametrize(
    ("phone", "since", "count"),
    [
        ("0358-4029999", "2026-03-01", 0),
        ("0358-4022294", "2026-03-01", 0),
        ("0358-4022294", "2026-01-01", 2),
    ],
)
def test_a_new_phone_is_the_one_of_contacts_toml(project: Path, phone: str, since: str, count: int) -> None:
    add(project, "2026-2", '"期" = 2\n"总期号" = 31', "2026-04-30", 10)
    document = project / "content/2026-2/01.md"
    document.write_text(document.read_text("utf-8").replace("0358-4022294", phone), "utf-8")
    changed = '[["电话变更"]]\n"责任单位" = "柳林县林业局"\n"责任股室" = "森防办"\n"原电话" = "0358-4022294"\n"电话" = "0358-4029999"\n"自" = '
    (project / "content/contacts.toml").write_text(changed + since + "\n", "utf-8")
    assert len([each for each in findings(project) if each.code == "C063"]) == count
