"""Documents shaped as offices of banners, districts, towns and streets shape them: what of each becomes what.

All names and words are invented. Each document stands for a kind; its account differs in nothing.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH

from liulin_gazette.intake.document_recognition.recognition import recognise
from liulin_gazette.intake.drafts import Intake
from liulin_gazette.intake.text_files.plain_text import read_text
from liulin_gazette.intake.word_files.word_file import read_word


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a Word file, and the corners of its joined cells."""

    rows: Sequence[Sequence[str]]
    joined: Sequence[tuple[tuple[int, int], tuple[int, int]]] = ()


@dataclass(frozen=True, slots=True)
class Right:
    """What is expected: fields of the front matter, and parts of the body in their order."""

    title: str
    number: str = ""
    issuers: str = ""
    date: str = ""
    addressees: str = ""
    kind: str = "公文"
    body: Sequence[str] = ()
    left_out: Sequence[str] = ()


def word_of(items: Sequence[str | Table]) -> bytes:
    """Return a Word file of ``items``: paragraphs, centred where they begin with ^, and tables."""
    document = docx.Document()
    for item in items:
        if isinstance(item, str):
            paragraph = document.add_paragraph(item.lstrip("^"))
            if item.startswith("^"):
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            continue
        table = document.add_table(len(item.rows), max(map(len, item.rows)))
        for y, row in enumerate(item.rows):
            for x, words in enumerate(row):
                table.cell(y, x).text = words
        for first, last in item.joined:
            table.cell(*first).merge(table.cell(*last))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


TEXTS = {
    "an order": (
        "石拐区人民政府令\n第 3 号\n　　《石拐区城镇垃圾管理办法》已经2026年2月3日区人民政府第5次常务会议通过，现予公布，自2026年4月1日起施行。\n\n"
        "区长　李明\n2026年2月10日\n\n石拐区城镇垃圾管理办法\n　　第一条　为了管理垃圾，制定本办法。\n　　第二条　本办法适用于本区。\n",
        Right("石拐区人民政府令", "", "石拐区人民政府", "2026-02-10", "", "政府令", ("# 石拐区城镇垃圾管理办法", "第二条 本办法适用于本区。")),
    ),
    "minutes": (
        "石拐区人民政府常务会议纪要\n〔2026〕第5期\n石拐区人民政府办公室　　2026年2月3日\n　　2026年2月3日，区长李明主持召开常务会议。现纪要如下：\n"
        "一、关于垃圾管理\n　　会议同意。\n出　席：李明　王强　赵敏\n",
        Right("石拐区人民政府常务会议纪要", "", "石拐区人民政府办公室", "2026-02-03", "", "资料", ("2026年2月3日，区长李明", "## 一、关于垃圾管理", "出　席：")),
    ),
    "appointments": (
        "石拐区人民政府关于李明等同志任免职的通知\n石政任〔2026〕2号\n各镇人民政府、街道办事处，区直各部门：\n　　决定：\n　　任命：\n"
        "　　李明为区教育局局长；\n　　免去：\n　　赵敏的区教育局局长职务。\n\n石拐区人民政府\n2026年2月10日\n",
        Right("石拐区人民政府关于李明等同志任免职的通知", "石政任〔2026〕2号", "石拐区人民政府", "2026-02-10", "各镇人民政府、街道办事处，区直各部门：",
            "人事任免", ("任命：", "李明为区教育局局长；", "免去：")),
    ),
    "a resolution": (
        "石拐区第十届人民代表大会第三次会议关于石拐区人民政府工作报告的决议\n（2026年1月15日石拐区第十届人民代表大会第三次会议通过）\n"
        "　　会议决定批准这个报告。\n",
        Right("石拐区第十届人民代表大会第三次会议关于石拐区人民政府工作报告的决议", "", "石拐区第十届人民代表大会第三次会议", "2026-01-15", body=("会议决定批准",)),
    ),
    "a circular that names winners": (
        "石拐区人民政府办公室关于2025年度政务公开考核情况的通报\n石政办字〔2026〕12号\n各镇人民政府、街道办事处，区直各部门：\n　　现将考核情况通报如下。\n"
        "一、优秀单位（3个）\n区教育局　区民政局　区卫健委\n二、良好单位\n五当召镇人民政府\n\n石拐区人民政府办公室\n2026年2月10日\n（此件公开发布）\n",
        Right("石拐区人民政府办公室关于2025年度政务公开考核情况的通报", "石政办字〔2026〕12号", "石拐区人民政府办公室", "2026-02-10",
            "各镇人民政府、街道办事处，区直各部门：", body=("## 一、优秀单位（3个）", "区教育局　区民政局　区卫健委", "## 二、良好单位")),
    ),
    "an announcement without addressees": (
        "石拐区人民政府公告\n2026年第3号\n　　为了保护草原，现公告如下：\n　　一、禁牧期自4月1日至6月30日。\n　　特此公告。\n石拐区人民政府\n2026年3月20日\n",
        Right("石拐区人民政府公告", "", "石拐区人民政府", "2026-03-20", body=("为了保护草原，现公告如下：", "特此公告。")),
    ),
    "a reply": (
        "昆都仑区人民政府关于同意设立社区的批复\n昆政函〔2026〕6号\n林荫路街道办事处：\n　　你街道《关于设立社区的请示》（昆林街发〔2026〕3号）收悉。\n"
        "　　同意设立友谊社区。\n此复。\n昆都仑区人民政府\n2026年3月3日\n",
        Right("昆都仑区人民政府关于同意设立社区的批复", "昆政函〔2026〕6号", "昆都仑区人民政府", "2026-03-03", "林荫路街道办事处：", body=("你街道《关于", "此复。")),
    ),
    "a banner's committee with single names": (
        "达茂旗人民政府办公室关于成立禁毒委员会的通知\n达政办发〔2026〕8号\n\n各苏木乡镇人民政府，旗直各部门：\n\n　　名单如下。\n主　任：\n张　勇\n委　员：\n"
        "李秀英\n王建国\n赵志刚\n\n达茂旗人民政府办公室\n2026年3月5日\n",
        Right("达茂旗人民政府办公室关于成立禁毒委员会的通知", "达政办发〔2026〕8号", "达茂旗人民政府办公室", "2026-03-05", "各苏木乡镇人民政府，旗直各部门：",
            body=("名单如下。", "::: 名录\n主　任：\n张　勇\n委　员：\n李秀英\n王建国\n赵志刚\n:::")),
    ),
}  # fmt: skip
WORD_FILES: dict[str, tuple[Sequence[str | Table], Right]] = {
    "three issuers together": (
        ("^石拐区教育局　石拐区财政局　石拐区民政局文件", "^石教联发〔2026〕5号", "^石拐区教育局　石拐区财政局　石拐区民政局", "^关于做好困难学生资助工作的通知",
            "各镇人民政府、街道办事处：", "　　现就有关事项通知如下。", "（一）对象", "　　低保家庭学生。", "石拐区教育局　　石拐区财政局", "石拐区民政局",
            "2026年3月2日", "（此件公开发布）"),
        Right("石拐区教育局 石拐区财政局 石拐区民政局关于做好困难学生资助工作的通知", "石教联发〔2026〕5号", "石拐区教育局 石拐区财政局 石拐区民政局",
            "2026-03-02", "各镇人民政府、街道办事处：", body=("现就有关", "### （一）对象", "低保家庭"), left_out=("石拐区教育局　石拐区财政局　石拐区民政局文件",)),
    ),
    "a form as an annex": (
        ("^昆都仑区民政局关于开展社区工作者登记的通知", "^昆民发〔2026〕7号", "各街道办事处：", "　　请填报登记表。", "　　附件：社区工作者登记表", "昆都仑区民政局",
            "2026年3月2日", "附件", "^社区工作者登记表",
            Table((("姓名", "", "性别", "", "照片"), ("出生年月", "", "民族", "", ""), ("备注\n（可另附页）", "", "", "", "")),
                (((0, 4), (1, 4)), ((2, 1), (2, 4)))),
            "填表人：________　　填表日期：　　年　　月　　日"),
        Right("昆都仑区民政局关于开展社区工作者登记的通知", "昆民发〔2026〕7号", "昆都仑区民政局", "2026-03-02", "各街道办事处：",
            body=("附件：社区工作者登记表", "::: 附件 社区工作者登记表", "| 出生年月 |  | 民族 |  | ^^ |", "| 备注 \\ （可另附页） |  | << | << | << |", "填表人：")),
    ),
    "a table with a head of two rows": (
        ("^东河区财政局关于下达2026年补助资金的通知", "^东财预〔2026〕11号", "各镇财政所：", "　　现将资金下达如下，单位：万元。",
            Table((("序号", "单位", "资金", "", ""), ("", "", "中央", "自治区", "合计"), ("1", "沙尔沁镇", "10.5", "2", "12.5"), ("合计", "", "10.5", "2", "12.5")),
                (((0, 0), (1, 0)), ((0, 1), (1, 1)), ((0, 2), (0, 4)), ((3, 0), (3, 1)))),
            "东河区财政局", "2026年3月2日"),
        Right("东河区财政局关于下达2026年补助资金的通知", "东财预〔2026〕11号", "东河区财政局", "2026-03-02", "各镇财政所：",
            body=("| 序号 | 单位 | 资金 | << | << |\n| ^^ | ^^ | 中央 | 自治区 | 合计 |\n| --- |", "| 合计 | << | 10.5 | 2 | 12.5 |")),
    ),
    "a public notice": (
        ("^石拐区公开招聘工作人员拟聘用人员公示", "　　公示期为2026年3月2日至3月8日。", "　　监督电话：0472-8722000",
            Table((("序号", "姓名", "岗位"), ("1", "张三", "文秘"))), "石拐区人力资源和社会保障局", "2026年3月2日"),
        Right("石拐区公开招聘工作人员拟聘用人员公示", "", "石拐区人力资源和社会保障局", "2026-03-02", kind="公示",
            body=("公示期为", "监督电话：0472-8722000", "| 1 | 张三 | 文秘 |")),
    ),
}  # fmt: skip


def assert_right(intake: Intake, right: Right) -> None:
    assert intake.account is not None and intake.account.differences == ()
    (draft,) = intake.drafts
    document = draft.document
    issuers = " ".join((document.issuer, *document.further_issuers)).split("【待核")[0]
    assert (document.title, document.number.split("【")[0], issuers) == (
        right.title,
        right.number,
        right.issuers,
    )
    assert (document.date.split("【")[0], document.addressees, document.kind) == (
        right.date, right.addressees, right.kind,
    )  # fmt: skip
    at = 0
    for words in right.body:
        assert words in document.body[at:], (words, document.body)
        at += document.body[at:].index(words)
    assert [row.original for row in draft.conversions if row.reason] == list(right.left_out)


@pytest.mark.parametrize("name", TEXTS)
def test_texts(name: str) -> None:
    text, right = TEXTS[name]
    assert_right(recognise(read_text("来稿.txt", text.encode())), right)


@pytest.mark.parametrize("name", WORD_FILES)
def test_word_files(name: str) -> None:
    items, right = WORD_FILES[name]
    assert_right(recognise(read_word("来稿.docx", word_of(items))), right)
