"""Habits found in files that Word and WPS saved in offices: each file here is invented and stands for a kind."""

from __future__ import annotations

import pytest

from liulin_gazette.intake.document_recognition.recognition import recognise
from liulin_gazette.intake.drafts import Draft, figure_markdown
from liulin_gazette.intake.manuscript import Picture
from liulin_gazette.intake.word_files.word_file import read_word
from tests.intake.test_office_habits import Table, word_of


def draft_of(*items: str | Table) -> Draft:
    """Return the draft of a Word file of ``items``, of which no character is lost."""
    intake = recognise(read_word("来稿.docx", word_of(items)))
    assert intake.account is not None and intake.account.differences == ()
    (draft,) = intake.drafts
    return draft


def issuers_of(draft: Draft) -> list[str]:
    return [each.split("【")[0] for each in (draft.document.issuer, *draft.document.further_issuers)]


JOINT_HEAD = Table((("临泽县财政局", "文件"), ("临泽县教育局", "")), (((0, 1), (1, 1)),))


def test_joint_red_head_in_a_table() -> None:
    draft = draft_of(
        JOINT_HEAD,
        "^临财发〔2026〕9号",
        "^关于做好助学金发放工作的通知",
        "各镇人民政府：",
        "　　现将有关事项通知如下。",
        "临泽县财政局",
        "临泽县教育局",
        "2026年3月2日",
    )
    assert issuers_of(draft) == ["临泽县财政局", "临泽县教育局"]
    assert draft.document.body == "现将有关事项通知如下。"


def test_table_of_units_in_the_text_stays_a_table() -> None:
    draft = draft_of(
        "^关于报送材料的通知", "各镇人民政府：", Table((("临泽县财政局", "材料"), ("临泽县教育局", "材料")))
    )
    assert "| 临泽县财政局 | 材料 |" in draft.document.body


def test_signature_has_the_full_names_of_a_short_red_head() -> None:
    draft = draft_of(
        "^民政局办公室文件",
        "^临民办〔2026〕9号",
        "^关于做好救助工作的通知",
        "各镇人民政府：",
        "　　请做好救助工作。",
        "临泽县民政局办公室",
        "2026年3月2日",
    )
    assert issuers_of(draft) == ["临泽县民政局办公室"]
    assert "取自落款" in draft.document.issuer and draft.document.body == "请做好救助工作。"


def test_another_body_in_the_signature_does_not_replace_the_red_head() -> None:
    draft = draft_of(
        "^临泽县民政局文件",
        "^临民发〔2026〕9号",
        "^关于做好救助工作的通知",
        "各镇人民政府：",
        "　　请做好救助工作。",
        "临泽县教育局",
        "2026年3月2日",
    )
    assert issuers_of(draft) == ["临泽县民政局"]
    assert "临泽县教育局" in draft.document.body


@pytest.mark.parametrize("weekday", ["星期一", "（星期一）", "周一"])
def test_date_with_the_day_of_the_week(weekday: str) -> None:
    draft = draft_of(
        "^临泽县教育局关于开学的通知", "各校：", "　　请做好准备。", "临泽县教育局", f"2026年3月2日{weekday}"
    )
    assert draft.document.date == "2026-03-02"
    assert draft.document.body == "请做好准备。"


@pytest.mark.parametrize("weekday", ["", "（星期二）", "星期二"])
def test_line_of_minutes_with_the_day_of_the_week(weekday: str) -> None:
    draft = draft_of(
        "^临泽县人民政府常务会议纪要",
        "〔2026〕第5期",
        f"临泽县人民政府办公室　　2026年2月3日{weekday}",
        "　　县长王强主持召开常务会议。现纪要如下：",
    )
    assert (draft.document.date, issuers_of(draft)) == ("2026-02-03", ["临泽县人民政府办公室"])
    lines = [row for row in draft.conversions if "2026年2月3日" in row.original]
    assert [bool(row.reason) for row in lines] == [bool(weekday)]


def test_sentence_that_begins_with_a_date_is_no_date() -> None:
    draft = draft_of("^临泽县教育局关于开学的通知", "各校：", "　　2026年3月2日星期一上午开学")
    assert draft.document.date.startswith("【待核")
    assert "上午开学" in draft.document.body


def test_seal_lent_by_another_body() -> None:
    draft = draft_of(
        "^临泽县防汛办公室关于做好防汛工作的通知",
        "各镇人民政府：",
        "　　请加强值守。",
        "临泽县防汛办公室（县应急管理局代章）",
        "2026年6月1日",
    )
    assert draft.document.date == "2026-06-01"
    assert draft.document.body == "请加强值守。"
    assert any("代章" in row.original and row.reason for row in draft.conversions)


def test_annex_sent_by_itself_has_its_title() -> None:
    draft = draft_of(
        "附件2",
        "^临泽县民政局",
        "^困难群众救助实施细则",
        "　　第一条 为了做好救助，制定本细则。",
        "　　第二条 本细则自公布之日起施行。",
    )
    assert draft.document.title == "临泽县民政局困难群众救助实施细则"
    assert [(row.original, row.reason) for row in draft.conversions if row.reason] == [
        ("附件2", "单独送来的附件的序号")
    ]


def test_table_sent_by_itself_as_an_annex_has_its_title() -> None:
    draft = draft_of("附件1", "^助学金发放安排", Table((("学校", "人数"), ("一中", "30"))))
    assert draft.document.title.startswith("助学金发放安排【待核")
    assert "| 一中 | 30 |" in draft.document.body


def test_line_above_a_table_is_no_title_without_the_label() -> None:
    draft = draft_of("^助学金发放安排", Table((("学校", "人数"), ("一中", "30"))))
    assert draft.document.title.startswith("【待核")


@pytest.mark.parametrize("title", ["^在全县防汛工作部署会上的\n讲话稿", "^春耕生产情况一瞥"])
def test_centred_line_above_text_that_is_not_centred_is_the_title(title: str) -> None:
    draft = draft_of(title, "称谓", "　　同志们：", "　　今天的会议主要部署防汛工作。")
    assert draft.document.title.startswith(title.strip("^").replace("\n", "") + "【待核")
    assert draft.document.body.startswith("称谓")


def test_sentence_that_begins_like_a_section_is_none() -> None:
    draft = draft_of(
        "临泽县水务局关于节水的通知", "第一节用水管理", "第二节所列的单位每月报一次用水量。", "请遵照执行。"
    )
    assert draft.document.body == "## 第一节 用水管理\n\n第二节所列的单位每月报一次用水量。\n\n请遵照执行。"


def test_label_of_an_annex_with_its_title_after_a_line_break() -> None:
    draft = draft_of("^附件1\n春季义务植树报名表", Table((("姓名", "电话"), ("", ""))))
    assert draft.document.title.startswith("春季义务植树报名表")


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        ("../../Library/Containers/app/Image/169\\_hd.jpg", "待补说明"),
        ("C:\\Users\\王某\\Desktop\\效果图", "待补说明"),
        ("图片 3", "待补说明"),
        ("IMG_20260301", "待补说明"),
        ("梯田航拍.PNG", "待补说明"),
        ("图片里是新修的水渠", "图片里是新修的水渠"),
        ("规划示意图（1/2）", "规划示意图（1/2）"),
    ],
)
def test_file_of_a_picture_is_no_description_of_it(told: str, shown: str) -> None:
    markdown = figure_markdown(Picture(b"", ".png", "来稿第3段", told), "图1.png")
    assert markdown.startswith(f"![{shown}](图1.png)")
    assert ("补写上图的内容说明" in markdown) == (shown == "待补说明")


def test_appeal_has_its_short_title() -> None:
    draft = draft_of("^倡议书", "乡亲们：", "　　请节约用水。", "临泽县水务局", "2026年3月2日")
    assert draft.document.title == "倡议书"


def test_short_word_that_is_no_kind_is_no_title() -> None:
    draft = draft_of("^说明", "乡亲们：", "　　请节约用水。")
    assert draft.document.title.startswith("【待核")
