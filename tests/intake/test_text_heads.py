"""Plain text of counties and habits: the fields and paragraphs of each, and that no character of any text is lost."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liulin_gazette.cli import main
from liulin_gazette.editing.new_files import document_text
from liulin_gazette.intake.accounting.account_pools import bare
from liulin_gazette.intake.document_recognition.recognition import recognise
from liulin_gazette.intake.drafts import Intake
from liulin_gazette.intake.text_files.plain_text import read_text
from liulin_gazette.pipeline.examination import examine

CASES = Path(__file__).parent / "cases/text"


class Right(NamedTuple):
    """The right values of a document: its title, its fields, and the beginnings of its paragraphs."""

    title: str
    number: str = ""
    issuers: str = ""
    date: str = ""
    addressees: str = ""
    kind: str = "公文"
    more: str = ""
    paragraphs: str = ""


RIGHT = {
    "红头字号在前": [Right("叶县人民政府办公室关于印发叶县农村公路养护考核办法的通知", "叶政办〔2026〕8号", "叶县人民政府办公室", "2026-03-05",
        "各乡镇人民政府、街道办事处，县直有关单位：", paragraphs="《叶县农村|本办法自|附件：1.|2.叶县|# 叶县农村公路养护考核办法|## 第一章|第一条")],
    "字号在题后一段一行": [Right("喀喇沁左翼蒙古族自治县林业和草原局关于做好2026年春季造林工作的通知", "喀林草发〔2026〕12号",
        "喀喇沁左翼蒙古族自治县林业和草原局", "2026-03-02", "各乡镇（街道）林业站：", paragraphs="春季造林|## 一、|各站于|## 二、|造林地块")],
    "定宽折行": [Right("望都县水利局关于做好2026年防汛准备工作的通知", "望水〔2026〕5号", "望都县水利局", "2026-04-08",
        "各乡镇人民政府，县直有关单位：", paragraphs="为做好2026|物资储备")],
    "政府令": [Right("青河县人民政府令", "", "青河县人民政府", "2026-01-06", kind="政府令", more="第5号 县长 周大川",
        paragraphs="《青河县|# 青河县烟花爆竹燃放管理办法|第一条|第二条")],
    "公告编号": [Right("临高县自然资源和规划局关于征收土地补偿安置方案的公告", "", "临高县自然资源和规划局", "2026-02-10",
        more="2026年第2号", paragraphs="因公共利益|## 一、|松梅村")],
    "两份通告无字号": [Right("米脂县公安局关于禁止燃放烟花爆竹的通告", "", "米脂县公安局", "2026-01-20", paragraphs="为保障"),
        Right("米脂县人民政府关于实施交通管制的通告", "", "米脂县人民政府", "2026-01-25", paragraphs="因道路")],
    "决议": [Right("融水苗族自治县第十七届人民代表大会第六次会议关于政府工作报告的决议", "",
        "融水苗族自治县第十七届人民代表大会第六次会议【待核：取自标题，不像机关的名称】", "2026-01-18",
        more="（2026年1月18日融水苗族自治县第十七届人民代表大会第六次会议通过）", paragraphs="会议听取")],
    "纪要": [Right("定边县人民政府常务会议纪要", "", "", "【待核：来稿里没有找到】", kind="资料", more="〔2026〕第5期",
        paragraphs="2026年3月2日|一、会议|会议要求")],
    "任免": [Right("肥乡区人民政府关于张文斌等同志职务任免的通知", "肥乡政任〔2026〕3号", "肥乡区人民政府", "2026-02-27",
        "各镇（乡）人民政府，区政府各部门：", "人事任免", paragraphs="区政府决定：|任命张文斌|免去李国庆")],
    "联合行文": [Right("泾川县教育局 泾川县公安局 泾川县财政局关于加强校车安全管理的通知", "泾教发〔2026〕21号",
        "泾川县教育局 泾川县公安局 泾川县财政局", "2026-02-16", "各学校、幼儿园：", paragraphs="校车安全")],
    "函无关于": [Right("嘉荫县人民政府办公室关于商请支援防火物资的函", "嘉政办函〔2026〕4号", "嘉荫县人民政府办公室", "2026-03-11",
        "伊春市应急管理局：", paragraphs="我县|专此函达|（联系人")],
    "批复": [Right("新平彝族傣族自治县人民政府关于同意设立扬武镇社区卫生服务中心的批复", "新平政复〔2026〕7号",
        "新平彝族傣族自治县人民政府", "2026-03-09", "扬武镇人民政府：", paragraphs="你镇")],
    "转发": [Right("武强县人民政府办公室关于转发《衡水市人民政府办公室关于进一步做好节水工作的通知》的通知", "武政办发〔2026〕11号",
        "武强县人民政府办公室", "2026-03-15", "各乡镇人民政府：", paragraphs="现将|::: 落款|衡水市|衡政办字〔2026〕6号|各县（市|水资源")],
    "公告无关于": [Right("墨江哈尼族自治县人民政府公告", "墨政告〔2026〕1号", "墨江哈尼族自治县人民政府", "2026-01-08", paragraphs="全县森林")],
}  # fmt: skip


def taken_in(text: str) -> Intake:
    return recognise(read_text("来稿.txt", text.encode()))


@pytest.mark.parametrize("name", RIGHT)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_fields_and_paragraphs(name: str, line_end: str) -> None:
    intake = taken_in((CASES / f"{name}.txt").read_text("utf-8").replace("\n", line_end))
    assert len(intake.drafts) == len(RIGHT[name])
    assert intake.account and intake.account.differences == ()
    for draft, right in zip(intake.drafts, RIGHT[name], strict=True):
        found = draft.document
        signatory = [found.signatory.post, found.signatory.name] if found.signatory else []
        more = [
            each for value in found.fields.values() for each in ([value] if isinstance(value, str) else value)
        ]
        assert Right(
            found.title, found.number, " ".join(filter(None, (found.issuer, *found.further_issuers))), found.date,
            found.addressees, found.kind, " ".join(filter(None, (*more, *signatory))), right.paragraphs,
        ) == right  # fmt: skip
        paragraphs = found.body.split("\n\n")
        beginnings = right.paragraphs.split("|")
        assert len(paragraphs) == len(beginnings)
        assert all(each.startswith(begin) for each, begin in zip(paragraphs, beginnings, strict=True)), (
            paragraphs
        )


def test_the_colophon_and_the_signer_are_told() -> None:
    rows = [
        (row.original.strip(), row.reason)
        for name in ("公告无关于", "联合行文")
        for draft in taken_in((CASES / f"{name}.txt").read_text("utf-8")).drafts
        for row in draft.conversions
        if row.reason
    ]
    assert ("各人民团体。", "版记") in rows and ("（共印60份）", "版记") in rows
    assert ("签发人：赵明远　钱有为", "签发人，公报不印") in rows


HEAD = "叶县水利局关于防汛的通知\n叶水〔2026〕8号\n\n各乡镇：\n\n"
SHAPES = {
    "a sentence that a blank line breaks": ("库区各村要严防死守、\n\n昼夜巡查。", ["库区各村要严防死守、【待核", "昼夜巡查。"]),
    "paragraphs on lines of one length": ("各村要严防死守，昼夜巡查。\n各站要按时报汛，不得漏报。", ["各村要", "各站要"]),
    "annex names below one another": (
        "按计划执行。\n附件：1.防汛物资表\n2.值班表\n3.险工险段表",
        ["按计划", "附件：1.", "2.值班表", "3.险工险段表"],
    ),
    "contents of a plan": ("目　录\n一、总则……1\n二、职责……2\n一、总则\n为防汛。\n二、职责\n各负其责。", ["## 一、", "为防汛。", "## 二、", "各负"]),
    "contents with another name and pages in brackets": (
        "目　次\n第一章 总则（1）\n第二章 职责…………（3）\n第一章 总则\n为防汛。\n第二章 职责\n各负其责。",
        ["## 第一章", "为防汛。", "## 第二章", "各负"],
    ),
    "single names below posts": (
        "名单如下。\n主　任：\n张　勇\n委　员：\n李秀英\n王建国\n赵志刚\n负责防汛。",
        ["名单如下。", "::: 名录\n主　任：\n张　勇\n委　员：\n李秀英\n王建国\n赵志刚\n:::", "负责防汛。"],
    ),
    "single names below a title": (
        "委员名单\n赵志刚\n陈小红\n刘　洋\n周建军\n负责防汛。",
        ["委员名单", "::: 名录\n赵志刚\n陈小红\n刘　洋\n周建军\n:::", "负责防汛。"],
    ),
    "three names are no list": ("人员：\n赵志刚\n陈小红\n周建军", ["人员：", "赵志刚", "陈小红", "周建军"]),
    "words on lines of their own": ("防汛\n水库\n河道\n值班\n物资", ["防汛", "水库", "河道", "值班", "物资"]),
    "contents that are no headings": ("目录\n甲\n乙\n丙。", ["目录", "甲", "乙", "丙。"]),
}  # fmt: skip


@pytest.mark.parametrize("shape", SHAPES)
def test_shapes_of_bodies(shape: str) -> None:
    text, beginnings = SHAPES[shape]
    intake = taken_in(HEAD + text)
    (draft,) = intake.drafts
    paragraphs = draft.document.body.split("\n\n")
    assert len(paragraphs) == len(beginnings), paragraphs
    assert all(each.startswith(begin) for each, begin in zip(paragraphs, beginnings, strict=True)), paragraphs
    assert intake.account and intake.account.differences == ()


LINES = st.lists(
    st.one_of(
        st.text("各乡镇人民政府县水利局防汛。，：；、（）《》一二1２. 　", max_size=60),
        st.sampled_from(("", "    ", "叶政办〔2026〕8号", "叶县水利局关于防汛的通知", "关于防汛的", "公告", "2026年3月5日", "第5号",
            "叶县人民政府令", "附件：1.表", "2.表", "抄送：县委，", "目录", "一、总则", "签发人：张三", "（此件公开发布）", "成员：张三 局长",
            "张三　李四　王五", "——————", "联系电话：1", "政策咨询", "机密★1年")),
    ),
    max_size=14,
)  # fmt: skip


@settings(max_examples=150, deadline=None, derandomize=True)
@given(LINES)
def test_no_character_of_any_text_is_lost(lines: list[str]) -> None:
    intake = taken_in("\n".join(lines))
    drafted = "".join(document_text(draft.document) for draft in intake.drafts)
    told = [row.original for draft in intake.drafts for row in draft.conversions]
    told += [each.text for each in intake.omissions]
    for line in lines:
        assert bare(line) in bare("".join(told)) and (bare(line) in bare(drafted + "".join(told)))
    assert intake.account is not None and intake.account.unexplained == 0
    assert [each for each in intake.account.differences if each.kind == "少"] == []


def test_a_second_file_goes_into_an_issue_full_of_marks(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, text in (("甲", "巡查河道。"), ("乙", "清理淤泥。"), ("丙", "")):
        (project / f"{name}.txt").write_text(text and f"{name}村的事\n\n{text}\n", "utf-8")
    words = ["--issue", "2026-2", "--yes"]
    assert main(["intake", str(project / "甲.txt"), *words], project) == 0
    assert main(["intake", str(project / "乙.txt"), str(project / "丙.txt"), *words], project) == 1
    assert (project / "content/2026-2/02.md").exists()
    told = capsys.readouterr()
    assert "已经有了" not in told.out and "丙.txt 是空文件" in told.err
    found = [each for each in examine(project).diagnostics if each.place.path == "content/2026-2/02.md"]
    marks = (project / "content/2026-2/02.md").read_text("utf-8").count("【待核")
    assert marks and [each.code for each in found] == ["S051"] * marks


def test_a_known_number_is_told_with_the_file_even_where_its_document_has_errors(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = project / "来稿.txt"
    file.write_text(HEAD + "巡查河道。", "utf-8")
    assert main(["intake", str(file), "--issue", "2026-2", "--yes"], project) == 0
    capsys.readouterr()
    assert main(["intake", str(file), "--issue", "2026-2", "--yes"], project) == 1
    assert "来稿.txt：叶水〔2026〕8号 已经有了，没有写" in capsys.readouterr().out


def test_an_issue_that_skips_is_asked_about(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = project / "来稿.txt"
    file.write_text(HEAD + "巡查河道。", "utf-8")
    assert main(["intake", str(file), "--issue", "2026-4"], project) == 1
    assert not (project / "content/2026-4").exists()
    assert main(["intake", str(file), "--issue", "2026-4", "--yes"], project) == 0
    assert "还没有 2026-4 这一期，而下一期应是 2026-2。" in capsys.readouterr().out


def test_files_go_where_the_names_of_sections_say(project: Path) -> None:
    (project / "content/2026-2").mkdir()
    sections = "".join(
        f'\n[["栏目"]]\n"名称" = "{name}"\n"文件" = []\n'
        for name in ("县政府文件", "县政府办公室文件", "人事任免", "县政府部门文件", "资料")
    )
    issue = project / "content/2026-2/issue.toml"
    issue.write_text('"年" = 2026\n"期" = 2\n"总期号" = 31\n"出版日期" = 2026-04-30\n' + sections, "utf-8")
    names = ("红头字号在前", "任免", "批复", "定宽折行", "纪要")
    assert (
        main(
            ["intake", *(str(CASES / f"{name}.txt") for name in names), "--issue", "2026-2", "--yes"], project
        )
        == 0
    )
    text = issue.read_text("utf-8")
    placed = ('县政府文件"\n"文件" = ["03.md"]', '办公室文件"\n"文件" = ["01.md"]', '任免"\n"文件" = ["02.md"]',
        '部门文件"\n"文件" = ["04.md"]', '资料"\n"文件" = ["05.md"]')  # fmt: skip
    assert all(each in text for each in placed), text
