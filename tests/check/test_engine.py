"""The rule engine: places, order, waivers, severities; and rules about the series and about pictures."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from liulin_gazette.check.engine import check_issue, check_series
from liulin_gazette.check.rule import Finding, Rule, Scope
from liulin_gazette.check.rules.issuers import issuers_are_of_this_county
from liulin_gazette.check.rules.privacy import is_card_number, is_identity_number
from liulin_gazette.editing.fixes import fixed_text
from liulin_gazette.model.diagnostics import Place, Severity
from liulin_gazette.model.gazette import Issuer
from liulin_gazette.model.kinds import KINDS, Kind
from liulin_gazette.model.publication import Publication, Section
from liulin_gazette.pipeline.examination import examine
from tests.changed_settings import with_settings
from tests.check.test_examples import document, project
from tests.conftest import ROOT

MOBILE = "联系人：王如康 15903584894。"


def codes(root: Path) -> list[str]:
    return [each.code for each in examine(root).diagnostics if each.code != "B010"]


def add_settings(root: Path, text: str) -> None:
    with (root / "content/gazette.toml").open("a", encoding="utf-8") as file:
        file.write("\n" + text)


def with_waiver(root: Path, waiver: str) -> None:
    file = root / "content/2026-1/01.md"
    text = file.read_text("utf-8")
    file.write_text(text.replace("\n政策咨询:", f"\n校核豁免:\n{waiver}\n政策咨询:"), "utf-8")


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ("按照**《意见》**（国办发[2020]53号）执行。", "N018", 1, 12),
        ("第一行\n第二行加强整治,依法", "T003", 2, 8),
        ("CO[下:2]和10[上：-3]加强整治,依法", "T003", 1, 21),
        ("| 甲 | 乙 |\n| --- | --- |\n| 丙 | **重**点\\*整治,依法 |", "T003", 3, 17),
        ("::: 名单\n组长 | 王 成\u2f00 | 县长\n:::", "T014", 2, 9),
        ("第一条 布署工作。", "T012", 1, 5),
        ("::: 附件 1 护林布署表\n内容。\n:::", "T012", 1, 12),
        ("@标题: 柳林县人民政府办公室关于布署护林工作的通知\n正文。", "T012", -12, 17),
    ],
)
def test_places_are_exact(tmp_path: Path, text: str, code: str, line: int, column: int) -> None:
    root = project(tmp_path, text)
    (found,) = [each for each in examine(root).diagnostics if each.code == code]
    source = (root / "content/2026-1/01.md").read_text("utf-8").split("\n")
    first = next(i for i, each in enumerate(source) if each == "---" and i) + 2
    assert (found.place.line - first, found.place.column) == (
        line,
        column,
    ), found


OLD_NUMBERS = ("积县政发[1998]37号", "积县政发[1999]12号", "积县政发（2001）第19号")


@pytest.mark.parametrize(
    "text",
    [
        "| 序号 | 文号 |\n| --- | --- |\n"
        + "\n".join(f"| {i} | {each} |" for i, each in enumerate(OLD_NUMBERS, 1)),
        "@标题: 柳林县人民政府办公室关于宣布失效一批文件的通知\n" + "\n\n".join(OLD_NUMBERS),
    ],
)
def test_old_numbers_of_a_catalogue_are_one_finding_that_no_fix_rewrites(tmp_path: Path, text: str) -> None:
    root = project(tmp_path, text)
    found = [each for each in examine(root).diagnostics if each.code == "N018"]
    assert ["3个" in each.message for each in found] == [True]
    source = (root / "content/2026-1/01.md").read_text("utf-8")
    assert source.split("\n")[found[0].place.line - 1].count(OLD_NUMBERS[0]) == 1
    assert fixed_text(source, found) == source


@pytest.mark.parametrize("count", [1, 2])
def test_few_old_numbers_are_told_one_by_one(tmp_path: Path, count: int) -> None:
    rows = "\n".join(f"| {each} |" for each in OLD_NUMBERS[:count])
    assert codes(project(tmp_path, f"| 文号 |\n| --- |\n{rows}")).count("N018") == count


def test_findings_are_sorted(tmp_path: Path) -> None:
    root = project(
        tmp_path, "布署，加强整治,依法进行进行。\n=== 又一份\n@发文字号: 柳政办发〔2026〕2号\n布署。"
    )
    found = examine(root).diagnostics
    assert list(found) == sorted(found, key=lambda each: (each.place, each.code, each.message))


def test_waiver_excuses_what_it_names(tmp_path: Path) -> None:
    root = project(tmp_path, MOBILE + "另有13453866168。")
    with_waiver(root, "  - 代码: P001\n    文字: 15903584894\n    理由: 单位公开的电话")
    examined = examine(root)
    (left,) = [each for each in examined.diagnostics if each.code == "P001"]
    assert "13453866168" in left.message
    (excused,) = examined.excused
    assert excused.waiver.reason == "单位公开的电话"
    assert "15903584894" in excused.finding.message


def test_waiver_of_a_whole_code(tmp_path: Path) -> None:
    root = project(tmp_path, MOBILE + "另有13453866168。")
    with_waiver(root, "  - 代码: P001\n    理由: 单位公开的电话")
    assert codes(root) == []


@pytest.mark.parametrize(
    ("waiver", "code"),
    [
        ("  - 代码: C004\n    理由: 没有用的", "B030"),
        ("  - 代码: P001\n    文字: 13000000000\n    理由: 没有用的", "B030"),
        ("  - 代码: Z999\n    理由: 没有的代码", "B031"),
        ("  - 代码: N004\n    理由: 不能豁免的", "B031"),
        ("  - 代码: P001", "B008"),
        ("  - 代码: P001\n    理由: 甲\n    备注: 乙", "B008"),
        ("  没有写成一列", "B008"),
    ],
)
def test_wrong_waivers_are_reported(tmp_path: Path, waiver: str, code: str) -> None:
    root = project(tmp_path, "正文。")
    with_waiver(root, waiver)
    assert codes(root) == [code]


def test_rules_are_switched_off_and_regraded(tmp_path: Path) -> None:
    root = project(tmp_path, "布署工作，" + MOBILE)
    add_settings(root, '["校核"]\n"关闭" = ["T012"]\n"公开电话" = ["159 0358 4894"]\n')
    assert codes(root) == []
    root = project(tmp_path / "second", "布署工作。")
    add_settings(root, '["校核"."级别"]\n"T012" = "提示"\n')
    (found,) = [each for each in examine(root).diagnostics if each.code == "T012"]
    assert found.severity.value == "提示"


@pytest.mark.parametrize(
    ("settings", "code"),
    [
        ('["校核"]\n"关闭" = ["N006"]\n', "B032"),
        ('["校核"]\n"关闭" = ["Z001"]\n', "B032"),
        ('["校核"."级别"]\n"P008" = "提示"\n', "B032"),
        ('["校核"."级别"]\n"T012" = "轻微"\n', "B008"),
    ],
)
def test_wrong_settings_are_reported(tmp_path: Path, settings: str, code: str) -> None:
    root = project(tmp_path, "正文。")
    add_settings(root, settings)
    assert codes(root) == [code]


SERIES = [
    ("N013", "@发文字号: 柳政办发〔2026〕3号\n正文。", "", True),
    ("N013", "@发文字号: 柳政办发〔2026〕2号\n正文。", '["校核"]\n"不公开文号" = ["柳政办发〔2026〕1号"]\n', False),
    ("N014", "正文。\n=== 又一份\n@发文字号: 柳政办发〔2026〕2号\n@成文日期: 2026-02-01\n正文。", "", True),
    ("N014", "正文。\n=== 又一份\n@发文字号: 柳政办发〔2026〕2号\n正文。", "", False),
    ("N015", "正文。", '["校核"]\n"最长间隔" = 20\n', True),
    ("N015", "正文。", '["校核"]\n"最长间隔" = 22\n', False),
    ("N016", "@发文字号: 柳政办发〔2026〕2号\n正文。\n=== 又一份\n正文。", "", True),
    ("N016", "正文。\n=== 又一份\n@发文字号: 柳政办发〔2026〕2号\n正文。", "", False),
    ("N017", "正文。", '[["发文机关"]]\n"名称" = "吕梁市林业局"\n"机关代字" = ["吕林发"]\n', True),
    ("N017", "正文。", '[["发文机关"]]\n"名称" = "中共柳林县委"\n"机关代字" = ["柳发"]\n', False),
]  # fmt: skip


@pytest.mark.parametrize(("code", "text", "settings", "fires"), SERIES)
def test_series_rules(tmp_path: Path, code: str, text: str, settings: str, fires: bool) -> None:
    root = project(tmp_path, text)
    add_settings(root, settings)
    assert (code in codes(root)) == fires, examine(root).diagnostics


@pytest.mark.parametrize(("number", "settings", "missing"), [
    (3, "", True),
    (2, "", False),
    (3, '[["期号例外"]]\n"年" = 2026\n"期" = 2\n"类别" = "停刊"\n', False),
])  # fmt: skip
def test_missing_issue(tmp_path: Path, number: int, settings: str, missing: bool) -> None:
    root = project(tmp_path, "正文。")
    later = root / f"content/2026-{number}"
    later.mkdir()
    later.joinpath("01.md").write_text(document("@发文字号: 柳政办发〔2026〕2号\n正文。"), "utf-8")
    text = (root / "content/2026-1/issue.toml").read_text("utf-8")
    for old, new in (
        ('"期" = 1', f'"期" = {number}'),
        ("30", str(29 + number)),
        ("02-28", f"{2 * number:02}-28"),
    ):
        text = text.replace(old, new)
    later.joinpath("issue.toml").write_text(text, "utf-8")
    add_settings(root, settings)
    assert ("N020" in codes(root)) == missing


def picture(gps: bool) -> bytes:
    image, target = Image.new("RGB", (40, 40)), io.BytesIO()
    exif = Image.Exif()
    if gps:
        exif.get_ifd(0x8825)[1] = "N"
        exif.get_ifd(0x8825)[2] = (37.0, 26.0, 0.0)
    image.save(target, "JPEG", exif=exif)
    return target.getvalue()


@pytest.mark.parametrize("gps", [True, False])
def test_place_of_a_photograph(tmp_path: Path, gps: bool) -> None:
    root = project(tmp_path, '![林区](林区.jpg "林区")')
    (root / "content/2026-1/林区.jpg").write_bytes(picture(gps))
    assert ("P011" in codes(root)) == gps


def test_identity_and_card_numbers() -> None:
    assert is_identity_number("11010519491231002X")
    assert not is_identity_number("110105194912310021")
    assert not is_identity_number("110105194913310028")
    assert is_card_number("6222021234567890128")
    assert not is_card_number("6222021234567890129")
    assert not is_card_number("0000000000000000")


OTHER = "\n=== 又一份\n@发文字号: 柳政办发〔2026〕2号\n{}\n正文。"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("@有效性: 现行有效\n正文。" + OTHER.format('@废止: ["柳政办发〔2026〕1号"]'), "C023"),
        ("@有效性: 已废止\n正文。" + OTHER.format('@废止: ["柳政办发〔2026〕1号"]'), ""),
        ("@有效性: 现行有效\n正文。" + OTHER.format('@更正: ["柳政办发〔2026〕1号"]'), ""),
        ('@废止: ["柳政办发〔2026〕1号"]\n正文。', "C024"),
        ('@代替: ["柳政办发〔2026〕2号"]\n正文。' + OTHER.format("@成文日期: 2026-02-09"), "C024"),
        ('@废止: ["柳政办发〔2020〕1号"]\n正文。', ""),
        ('@废止: ["柳政办发2020"]\n正文。', "N001"),
        ('@废止: ["山西省公安厅、山西省司法厅令第2号"]\n正文。', ""),
        ('@废止: ["山西省公安厅、令第2号"]\n正文。', "N001"),
        ("@废止: 柳政办发〔2020〕1号\n正文。", "B008"),
        ("@有效性: 有效\n正文。", "B008"),
        ("@发布日期: 2026-02-30\n正文。", "B009"),
    ],
)
def test_relations_are_checked(tmp_path: Path, text: str, code: str) -> None:
    found = [
        each for each in codes(project(tmp_path, text)) if each in ("C023", "C024", "N001", "B008", "B009")
    ]
    assert found == [code] * bool(code)


@pytest.mark.parametrize(
    ("name", "issuer", "fires"),
    [
        ("吕梁市柳林县人民政府公报", "柳林县林业局", False),
        ("吕梁市柳林县人民政府公报", "吕梁市林业局", True),
        ("泉州市泉港区政报", "泉州市生态环境局泉港分局", False),
        ("临夏回族自治州积石山保安族东乡族撒拉族自治县人民政府公报", "积石山县教育局", False),
        ("津市市人民政府公报", "常德市教育局", True),
        ("单县政报", "单县教育局", False),
        ("公报", "单县教育局", False),
    ],
)
def test_issuers_are_of_the_lowest_division_of_the_name(
    publication: Publication, name: str, issuer: str, fires: bool
) -> None:
    issuers = (Issuer(issuer, ("某发",), Place("content/gazette.toml")),)
    settings = with_settings(replace(publication, eras=()), name=name, issuers=issuers)
    assert bool(list(issuers_are_of_this_county(settings))) == fires


def test_an_explanation_may_be_older_than_what_it_explains(tmp_path: Path) -> None:
    explained = "@成文日期: 2026-02-09" + "\n正文。"
    text = f'@解读: ["柳政办发〔2026〕2号"]\n正文。\n=== 又一份\n@发文字号: 柳政办发〔2026〕2号\n{explained}'
    assert codes(project(tmp_path, text)) == []


@pytest.mark.parametrize("kind", [kind for kind in KINDS.values() if kind.rules_off])
def test_rules_do_not_apply_to_documents_of_kinds_that_switch_them_off(
    kind: Kind, publication: Publication
) -> None:
    first, *others = publication.issues[-1].full_texts
    issue = replace(
        publication.issues[-1],
        sections=(Section("文件", (replace(first, treated_as=kind.name), *others)),),
    )
    found: set[str] = set()
    for scope in (Scope.DOCUMENT, Scope.ISSUE, Scope.SERIES):
        rules = [
            Rule(code, Severity.ERROR, "", "", scope, lambda _: iter([Finding(first.place, "")]))
            for code in (*kind.rules_off, "N001")
        ]
        of_issue = check_issue(publication.gazette, issue, rules, lambda path: (ROOT / path).read_bytes())
        of_series = check_series(replace(publication, issues=(issue,)), (), rules)
        found |= {each.code for each in (*of_issue.findings, *of_series)}
    assert found == {"N001"}


def test_a_flood_of_findings_is_cut_off_and_said_so(tmp_path: Path) -> None:
    root = project(tmp_path, "加强巡护,严防死守。\n\n" * 150)
    found = [each for each in examine(root).diagnostics if each.code == "T003"]
    assert len(found) == 100
    assert [each.hint for each in found if "还有更多" in each.hint] == [found[-1].hint]
    assert (
        len(
            [
                each
                for each in examine(project(tmp_path / "b", "加强巡护,严防。\n\n" * 99)).diagnostics
                if each.code == "T003"
            ]
        )
        == 99
    )
