"""Small Word files, each of a habit of its own, and the right value of each (``cases/word``, invented names)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from liulin_gazette.intake.document_recognition.recognition import recognise
from liulin_gazette.model.document import Contact
from tests.intake.single_file import read_manuscript

CASES = Path(__file__).parent / "cases/word"
OPENING = "为做好有关工作，经县人民政府同意，现将有关事项通知如下。"
ISSUER = "柳林县人民政府办公室"
TITLES = {
    "印发方案": f"{ISSUER}关于印发柳林县印发方案工作实施方案的通知",
    "无机关标题": "关于做好无机关标题有关工作的通知",
    "页眉信息在表格": f"{ISSUER}关于页眉信息在表格的通知",
}
"""Titles that are not as in the common frame."""
ADDRESSEES = {"首段冒号": "", "页眉信息在表格": "各乡（镇）人民政府："}


@dataclass(frozen=True)
class Right:
    """What stands in the draft after the opening sentence, and what is left out with its words."""

    body: str
    left_out: tuple[str, ...] = ()


RIGHT = {
    "EMF图": Right('【待核：这里有一幅图，没有转入，请另存为 PNG 放进文件夹，来稿第7段】\n\n图1　县域分布图', ('图（image/x-emf）',)),
    "OLE对象": Right('【待核：这里嵌着别的程序的内容（Excel.Sheet.12），没有转入，来稿第7段】', ('图（pic1）',)),
    "altChunk": Right('嵌入的正文，三百字。【待核：这里嵌着另一个文件，已经转成文字，要核对，来稿第6段之后】\n\n后文。'),
    "docm类型": Right(''),
    "dotx类型": Right(''),
    "全角空格": Right('姓　名：张　三\n\n联系电话：　　0358-4022000\n\nABC  两个空格  保留'),
    "公式": Right('补贴额按下式计算：S=A×B1/2【待核：公式“S=A×B1/2”要核对，复杂的做成图片，来稿第7段】\n\nE=mc【待核：公式“E=mc”要核对，复杂的做成图片，来稿第8段】'),
    "删段落标记": Right('前半句在这里，后半句接着。\n\n末段。', ('整段删去。',)),
    "删除线隐藏字": Right('补贴标准为每亩500元。', ('300', '（内部掌握：不得外传）')),
    "单元格控件": Right('| 项目 | 内容 |\n| --- | --- |\n| 单位 | 县民政局 |\n| 行控件甲 | 行控件乙 |'),
    "单列表": Right('全文装在一个表格里的公文，这一格有很长的文字。\n\n第二格。'),
    "印发方案": Right('# 柳林县印发方案工作实施方案\n\n## 一、总体要求\n\n坚持统筹。\n\n### （一）目标\n\n1.到2026年底完成。'),
    "印章占位日期": Right(''),
    "合并格": Right('| 单位 | 任务 | << |\n| --- | --- | --- |\n| 民政局 | 甲 | 一 |\n| ^^ | 乙 | 二 |\n| ^^ | 合计 | << |'),
    "合并格有字": Right('| 类别 | 内容 |\n| --- | --- |\n| 甲 | 一 |\n| ^^ | 二 |', ('被合并盖住的字',)),
    "名单姓名空格": Right('::: 名单\n组长 | 王强 | 县委副书记、县长\n副组长 | 李建国 | 副县长\n成员 | 张三丰（兼） | 县民政局局长\n | 欧阳明华 | 县财政局局长\n | 古丽·买买提 | 县教育局副局长\n:::'),
    "图表": Right('【待核：这里有图表，没有转入，请另存为图片，来稿第7段】\n\n（图表在上）'),
    "字体黑体": Right('**一、总体要求**坚持统筹推进，抓好落实。\n\n**（一）加强领导。**各单位要高度重视。'),
    "文本框": Right('框内第一行\n\n框内第二行\n\n见框：\n\n旧式框内文字'),
    "无机关标题": Right(''),
    "日期带空格": Right(''),
    "智能标记": Right('由柳林县负责牵头。\n\n块级自定义标记中的一段。'),
    "标题内制表": Right('## 一、加强领导\n\n正文。'),
    "标题样式": Right('## 总体要求\n\n坚持统筹推进。\n\n## 重点任务\n\n### 大纲级别标题\n\n正文。'),
    "样式链编号": Right('一、甲项内容。\n\n二、乙项内容。'),
    "框内表": Right('| 框表甲 | 框表乙 |\n| --- | --- |\n| 框表丙 | 框表丁 |'),
    "注音": Right('林县简介。', ('lín',)),
    "特殊空白": Right('零宽空格，不间断\u00a0空格，软连字符，BOM字，私用区\ue004字，扩展区𠮷𫖯字，康熙⼀⽅⾏，兼容豈【待核：“⼀⽅⾏”是部首符号，不是汉字，疑为“一方行”，来稿第7段】【待核：“\ue004”（U+E004）是自造字，只有来稿的字体里有，对照原件改成规范字，来稿第7段】', ('U+00AD', 'U+200B', 'U+FEFF')),
    "甲乙编号": Right('甲、第一款内容。\n\n乙、第二款内容。\n\n壹、壹类。\n\n贰、贰类。\n\ni.数位。'),
    "移动修订": Right('甲段原文。\n\n乙段原文。此句被移走到后面。', ('此句被移走到后面。',)),
    "符号": Right('申请类别：☑新建☐改建☒扩建'),
    "级别改写编号": Right('（一）甲项内容。\n\n（二）乙项内容。'),
    "脚注": Right('按照有关规定[^1]执行[^2]。\n\n[^1]: 见柳政发〔2020〕1号文。\n\n[^2]: 尾注内容。'),
    "表内图": Right('| 名称 | 样式 |\n| --- | --- |\n| 图例 | 【待核：这一格里有图，移到了表的后面，来稿第7段（表格）】 |\n\n![待补说明](图1.png)\n\n【待核：补写上图的内容说明和图题，来稿第11段】'),
    "表内自动编号": Right('| 序号 | 事项 |\n| --- | --- |\n| 1 | 甲事 |\n| 2 | 乙事 |'),
    "表头跨两行": Right('| 序号 | 金额（万元） | << |\n| ^^ | 2025年 | 2026年 |\n| --- | --- | --- |\n| 1 | 10 | 20 |'),
    "表缩格": Right('|  | 乙一 | 丙一 |\n| --- | --- | --- |\n| 甲二 | 乙二 | 丙二 |'),
    "附件无编号": Right('::: 附件 柳林县2026年任务清单\n\n## 一、任务\n\n甲。\n\n:::'),
    "页眉信息在表格": Right(''),
    "项目符号": Right('●加强组织领导。\n\n●压实工作责任。'),
    "首段冒号": Right('2026年6月8日下午，县长某某主持召开专题会议，现将有关事项通知如下：\n\n一、加强领导。'),
}  # fmt: skip


def test_every_case_has_its_right_value() -> None:
    assert sorted(RIGHT) == sorted(file.stem for file in CASES.iterdir())


@pytest.mark.parametrize("name", RIGHT)
def test_a_word_file_is_read_as_word_shows_it(name: str) -> None:
    intake = recognise(read_manuscript(CASES / f"{name}.docx"))
    (draft,) = intake.drafts
    found = draft.document
    assert found.body.removeprefix(OPENING).strip("\n") == RIGHT[name].body
    assert tuple(each.text for each in intake.omissions) == RIGHT[name].left_out
    assert found.title == TITLES.get(name, f"{ISSUER}关于做好{name}有关工作的通知")
    assert found.number.startswith("柳政办发〔2026〕") and found.date == "2026-03-12"
    assert found.issuer.removesuffix("【待核：标题里没有发文机关，取自版头】") == ISSUER
    assert (found.issuer != ISSUER) == (name == "无机关标题")
    assert found.addressees == ADDRESSEES.get(name, "各乡（镇）人民政府，县直有关单位：")
    assert found.release == "此件公开发布"
    assert found.contact == Contact("柳林县民政局", "办公室", "某某", "0358-4022000")
