"""What an issue shows beside its documents: cover picture, inside covers, picture pages, imprint, permit."""

from __future__ import annotations

import io
import json
import re
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PIL import Image

from liulin_gazette.model.issue_faces import merged_imprint
from liulin_gazette.model.publication import Publication
from liulin_gazette.pdf.write.book import Part, binding_order, blank_part
from liulin_gazette.pipeline.output_record import OutputRecord
from liulin_gazette.pipeline.site_parts.site_writer import SiteWriter
from liulin_gazette.pipeline.stages import Wanted, build
from liulin_gazette.pipeline.staging import Edition, OutputError
from liulin_gazette.rendering.product import Asset
from liulin_gazette.web import addresses
from tests.conftest import Edit, findings
from tests.loading import load

ISSUE = """"年" = 2026
"期" = 1
"总期号" = 30
"出版日期" = 2026-02-28
"版权页" = ["责任编辑：王样本", "印数：500册"]

["封面图"]
"文件" = "封面.png"
"内容说明" = "县城全景图"
"图题" = "清河两岸"

["封二"]
"标题" = "本刊声明"
"文字" = ["本刊刊登的公文与正式文件具有同等效力。"]
"文件" = "1.png"
"内容说明" = "田里的拖拉机"

["封三"]
"文字" = ["封三说明文字。"]

[["图片页"]]
"标题" = "图片新闻"
"图" = [
  { "文件" = "1.png", "图题" = "春耕现场会。", "内容说明" = "会场上的人" },
  { "文件" = "2.png", "内容说明" = "第二个会场" },
]

[["栏目"]]
"名称" = "县政府部门文件"
"文件" = ["01.md"]
"""
PRINTING = '"版权页" = ["主编：张样本", "责任编辑：李样本"]\n"版权页位置" = "封三"\n"准印证号" = "样本001号"\n"封面" = ["总期号", "出版日期"]'


def picture(colour: str, **options: Any) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (900, 600), colour).save(out, "PNG", **options)
    return out.getvalue()


@pytest.fixture
def illustrated(project: Path, edit: Edit) -> Path:
    """The small project with everything that an issue can show."""
    folder = project / "content/2026-1"
    (folder / "issue.toml").write_text(ISSUE, "utf-8")
    for name, colour in (("封面", "navy"), ("1", "olive"), ("2", "teal")):
        (folder / f"{name}.png").write_bytes(picture(colour))
    edit("gazette.toml", '"版权页" = []', PRINTING)
    return project


def pages_of(file: Path) -> list[str]:
    document: Any = pypdfium2.PdfDocument(file)
    texts = [re.sub(r"\s", "", page.get_textpage().get_text_bounded()) for page in document]
    document.close()
    return texts


def test_it_is_in_print_on_the_web_in_the_data_and_in_the_zip(illustrated: Path) -> None:
    assert findings(illustrated) == []
    result = build(illustrated, Wanted(), lambda _: None)
    assert not result.failed, result.diagnostics
    output = illustrated / "output"
    reading = pages_of(output / "site/2026/1/liulin-gazette-2026-1.pdf")
    assert (
        "准印证号：样本001号" in reading[0]
        and "总第30期2026年2月28日" in reading[0]
        and "清河两岸" in reading[0]
    )
    assert "本刊声明" in reading[1] and "主编" not in reading[1]
    assert "图片新闻" in reading[4] and "春耕现场会。" in reading[4]
    assert "—1—" in reading[5]
    assert "封三说明文字。" in reading[-2]
    imprint = "主编：张样本责任编辑：王样本印数：500册"
    assert imprint in reading[-2] and "李样本" not in "".join(reading)
    press = pages_of(output / "print/liulin-gazette-2026-1-print.pdf")
    assert len(press) % 4 == 0 and "本刊声明" in press[1] and imprint in press[-2] and "晋西明珠" in press[-1]
    report: Any = json.loads((output / "print/liulin-gazette-2026-1-preflight.json").read_text("utf-8"))
    names = [line["name"] for line in report["lines"]]
    assert names[:6] == ["封面", "封二", "刊头", "目录", "图片页", "空白"] and names[-2:] == [
        "封三（版权页）",
        "封底",
    ]
    assert report["colour_pages"][:3] == [1, 2, 3] and report["lowest_resolution"] > 0

    page = (output / "site/2026/1/index.html").read_text("utf-8")
    for words in (
        "县城全景图",
        "清河两岸",
        "本刊声明",
        "田里的拖拉机",
        "会场上的人",
        "第二个会场",
        "封三说明文字。",
        "王样本",
        "样本001号",
    ):
        assert words in page
    for name in ("封面.png", "1.png", "2.png"):
        assert (output / "site/2026/1/pictures" / name).read_bytes().startswith(b"\x89PNG")
    data: Any = json.loads((output / "site/2026/1/liulin-gazette-2026-1.json").read_text("utf-8"))
    assert data["封面图"]["内容说明"] == "县城全景图" and data["版权页"][1] == "责任编辑：王样本"
    assert data["图片页"][0]["图"][0]["文件"].endswith("/2026/1/pictures/1.png")
    archive = zipfile.ZipFile(output / "site/2026/1/liulin-gazette-2026-1.zip")
    with archive:
        assert {"pictures/1.png", "pictures/2.png"} <= {name.split("/", 1)[1] for name in archive.namelist()}


@pytest.mark.parametrize(
    ("old", "new", "code", "line", "said"),
    [
        ('"文件" = "封面.png"', '"文件" = "没有.png"', "S017", 8, "找不到"),
        ('"内容说明" = "县城全景图"\n', "", "B007", 7, "内容说明"),
        ('"图题" = "清河两岸"', '"标题" = "清河两岸"', "B006", 10, "标题"),
        ('"内容说明" = "第二个会场"', '"图题" = "第二个会场"', "B007", 25, "内容说明"),
        ('{ "文件" = "2.png", "内容说明" = "第二个会场" },', '"2.png",', "B008", 23, "写法不对"),
        ('"图题" = "春耕现场会。"', '"说明" = "春耕现场会。"', "B006", 24, "说明"),
        ('"文字" = ["封三说明文字。"]', "", "B008", 18, "没有内容"),
        ('"文字" = ["封三说明文字。"]', '"文字" = "封三说明文字。"', "B008", 19, "文字"),
        ('["责任编辑：王样本",', '["责任编辑王样本",', "B008", 5, "名称：内容"),
        ('"文件" = "1.png"\n', "", "B007", 12, "文件"),
    ],
)
def test_bad_settings_are_errors_at_their_place(
    illustrated: Path, edit: Edit, old: str, new: str, code: str, line: int, said: str
) -> None:
    edit("2026-1/issue.toml", old, new)
    found = findings(illustrated)
    assert [(each.code, each.place.line) for each in found][:1] == [(code, line)], found
    assert said in found[0].message + found[0].hint


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"版权页位置" = "封三"', '"版权页位置" = "封底"', "封二、封三"),
        ('["总期号",', '["期号",', "总期号、出版日期"),
    ],
)
def test_bad_settings_of_print(illustrated: Path, edit: Edit, old: str, new: str, said: str) -> None:
    edit("gazette.toml", old, new)
    (found,) = findings(illustrated)
    assert found.code == "B008" and said in found.hint


def test_pictures_of_a_supplement_are_not_those_of_the_issue_with_its_number(
    publication: Publication,
) -> None:
    issue = publication.issues[0]
    supplement = replace(issue, supplement="增刊", code="z1", folder="content/2026-z1")
    files = [addresses.issue_picture(each, f"{each.folder}/1.png") for each in (issue, supplement)]
    assert files == ["2026/1/pictures/1.png", "2026/z1/pictures/1.png"]


def test_no_file_of_the_site_takes_the_place_of_another(tmp_path: Path) -> None:
    writer = SiteWriter(Edition(tmp_path, {}, OutputRecord().sha256), OutputRecord())
    writer.write_assets([Asset("2026/1/1.png", b"one"), Asset("2026/2/1.png", b"two")])
    writer.write_assets([Asset("2026/1/1.png", b"one")])
    with pytest.raises(OutputError, match=r"2026/1/1\.png 要写两个不同的文件"):
        writer.write_assets([Asset("2026/1/1.png", b"two")])


def test_seven_pictures_are_too_many_for_a_page(illustrated: Path, edit: Edit) -> None:
    extra = '  { "文件" = "2.png", "内容说明" = "第二个会场" },\n'
    edit("2026-1/issue.toml", extra, extra * 6)
    (found,) = findings(illustrated)
    assert found.code == "B008" and "7 幅" in found.message


def test_an_inside_cover_that_overflows_is_an_error(illustrated: Path, edit: Edit) -> None:
    edit("2026-1/issue.toml", '["封三说明文字。"]', '["' + "封三说明文字。" * 300 + '"]')
    result = build(illustrated, Wanted(), lambda _: None)
    assert result.failed and [each.code for each in result.diagnostics if each.code == "B021"] == ["B021"]
    assert not (illustrated / "output/print").exists()


def test_lines_of_an_issue_replace_those_of_the_gazette() -> None:
    general = (("主编：", "甲"), ("责任编辑：", "乙"))
    assert merged_imprint(general, (("印数：", "500"), ("主编：", "丙"))) == (
        ("主编：", "丙"),
        ("责任编辑：", "乙"),
        ("印数：", "500"),
    )
    assert merged_imprint((), ()) == ()


@pytest.mark.parametrize("documents", range(1, 9))
@pytest.mark.parametrize("pictures", range(4))
@pytest.mark.parametrize("has_back", [False, True])
def test_sheets_are_whole_and_covers_in_their_place(documents: int, pictures: int, has_back: bool) -> None:
    def part(name: str, first_page: int = 0) -> Part:
        return Part(name, blank_part(1, 1).layout, None, first_page)

    inside = [part("inside-cover"), *([part("inside-back")] if has_back else [])]
    parts = [part("cover"), part("masthead"), part("contents")]
    parts += [part(f"pictures-{number}") for number in range(pictures)]
    parts += [part(str(number), number + 1) for number in range(documents)]
    bound = [each.name for each in binding_order([*parts, part("back-cover")], inside, 1, 1)]
    assert len(bound) % 4 == 0 and bound[:2] == ["cover", "inside-cover"] and bound[-1] == "back-cover"
    assert bound.index("0") % 2 == 0
    assert (bound[-2] == "inside-back") == has_back


PRIVATE = "13812345678"


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("2026-1/issue.toml", "春耕现场会。", f"摄影者电话{PRIVATE}"),
        ("2026-1/issue.toml", "会场上的人", f"电话{PRIVATE}"),
        ("2026-1/issue.toml", "封三说明文字。", f"投稿请拨{PRIVATE}"),
        ("2026-1/issue.toml", "县政府部门文件", f"县政府部门文件{PRIVATE}"),
        ("2026-1/issue.toml", "500册", PRIVATE),
        ("gazette.toml", "张样本", f"张样本 {PRIVATE}"),
        ("gazette.toml", "县档案馆", f"县档案馆（{PRIVATE}）"),
        ("gazette.toml", "0358-4022370", PRIVATE),
    ],
)
def test_private_numbers_are_found_wherever_a_page_has_words(
    illustrated: Path, edit: Edit, file: str, old: str, new: str
) -> None:
    edit(file, old, new)
    (found,) = [each for each in findings(illustrated) if each.code == "P001"]
    line = (illustrated / "content" / file).read_text("utf-8").split("\n")[found.place.line - 1]
    assert found.place.path == f"content/{file}" and line[found.place.column - 1 :].startswith(PRIVATE)
    edit("gazette.toml", '["封底"]', f'["校核"]\n"公开电话" = ["{PRIVATE}"]\n\n["封底"]')
    assert not [each for each in findings(illustrated) if each.code == "P001"]


def test_contacts_are_read_too(illustrated: Path) -> None:
    (illustrated / "content/contacts.toml").write_text(
        '[["电话变更"]]\n"责任单位" = "柳林县林业局"\n"责任股室" = "森防办"\n"原电话" = "0358-4022294"\n'
        f'"电话" = "0358-4022295"\n"自" = 2026-03-01\n"说明" = "急事打{PRIVATE}"\n',
        "utf-8",
    )
    assert [(each.code, each.place.line) for each in findings(illustrated)] == [("P001", 7)]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("身份号码11010519491231002X", "P002"),
        ("卡号6222 0212 3456 7894", "P003"),
        ("家庭住址：柳林县清河村", "P004"),
        ("张某，1985年3月出生", "P005"),
    ],
)
def test_other_personal_data(illustrated: Path, edit: Edit, words: str, code: str) -> None:
    edit("2026-1/issue.toml", "封三说明文字。", words)
    assert [each.code for each in findings(illustrated)] == [code]
    edit(
        "2026-1/issue.toml",
        '[["栏目"]]',
        f'[["校核豁免"]]\n"代码" = "{code}"\n"文字" = "{words[-4:]}"\n"理由" = "样本"\n\n[["栏目"]]',
    )
    assert findings(illustrated) == []


def test_a_waiver_that_excuses_nothing_is_reported(illustrated: Path, edit: Edit) -> None:
    edit("2026-1/issue.toml", '[["栏目"]]', '[["校核豁免"]]\n"代码" = "P005"\n"理由" = "样本"\n\n[["栏目"]]')
    assert [(each.code, each.place.line) for each in findings(illustrated)] == [("B030", 29)]


def test_pictures_of_the_issue_tell_no_place(illustrated: Path) -> None:
    exif = Image.Exif()
    exif[0x013B] = "样本"
    (illustrated / "content/2026-1/2.png").write_bytes(picture("teal", exif=exif))
    assert [each.code for each in findings(illustrated)] == ["P011"]


def test_a_character_without_a_glyph(illustrated: Path, edit: Edit) -> None:
    edit("2026-1/issue.toml", "春耕现场会。", "春耕\U0003134f现场会。")
    result = build(illustrated, Wanted(), lambda _: None)
    found = [each for each in result.diagnostics if each.code == "T001"]
    assert [(each.place.path, each.place.line) for each in found] == [("content/2026-1/issue.toml", 24)]


def test_an_issue_without_any_of_it_loads(project: Path) -> None:
    publication, _ = load(project)
    assert publication is not None and publication.issues[0].faces.pictures == ()
