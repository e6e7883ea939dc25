"""Words of documents that look like those of mails, browsers, portals or heads, and must stay where they are."""

from __future__ import annotations

import pytest

from liulin_gazette.intake.document_recognition.recognition import recognise
from liulin_gazette.intake.drafts import Draft
from liulin_gazette.intake.manuscript import Line
from liulin_gazette.intake.open_file import read_content
from tests.intake.office_files import office_file

TITLE = "^寿阳岭县林业局关于表彰护林员的通报"


def draft_of(*lines: str, name: str = "来稿.docx") -> Draft:
    content = office_file(list(lines)) if name.endswith(".docx") else "\n".join(lines).encode()
    intake = recognise(read_content(name, name[name.rindex(".") :], content))
    assert intake.account is not None
    assert intake.account.differences == ()
    (draft,) = intake.drafts
    return draft


def texts_of_page(page: str) -> list[str]:
    parts = read_content("页.html", ".html", page.encode()).parts
    return [part.text.strip() for part in parts if isinstance(part, Line)]


@pytest.mark.parametrize(
    "line",
    [
        "在一封写给县委的信中，老护林员张三写道：",
        "在2026年3月给全县干部的一封信里，县委书记写道：",
        "----- 原始邮件 -----",
    ],
)
def test_a_quotation_is_no_mail(line: str) -> None:
    body = draft_of(TITLE, "　　有这样一件事。", f"　　{line}", "　　“山青了，我就放心了。”").document.body
    assert body.endswith(f"{line}\n\n“山青了，我就放心了。”")


@pytest.mark.parametrize(
    "lines",
    [
        ("2026年5月18日 9:12，公报编辑部 <b@example.com> 写道：",),
        ("On Mon, May 18, 2026 at 9:12 AM Zhang <b@example.com> wrote:",),
        ("------------------ 原始邮件 ------------------", "发件人：公报编辑部"),
    ],
)
def test_a_mail_that_is_quoted_is_left_out(lines: tuple[str, ...]) -> None:
    draft = draft_of(TITLE[1:], "　　现予通报。", *lines, "请把定稿发来。", name="来信.txt")
    assert draft.document.body == "现予通报。"
    assert [row.original.strip() for row in draft.conversions if row.reason] == [*lines, "请把定稿发来。"]


PUBLIC_NOTICE = "<h1>寿阳岭县人社局关于招聘的公告</h1>"


@pytest.mark.parametrize(
    "line",
    [
        "报名时间：2026年3月1日至3月5日；笔试时间：2026年3月20日",
        "开始时间：9:00　结束时间：11:00",
        "报名时间：3月1日　考试时间：3月20日",
        "作者：张三　编辑：李四",
        "资金来源：县财政　时间：2026年",
    ],
)
def test_times_and_authors_of_a_document_stay(line: str) -> None:
    """They stand in the text of a page, at its beginning and on paper."""
    for page in (f"<p>现公告如下。</p><p>{line}</p>", f"<p>{line}</p><p>特此公告。</p>"):
        assert line in texts_of_page(PUBLIC_NOTICE + page)
    assert line in draft_of("^寿阳岭县人社局关于招聘的公告", f"　　{line}", "　　特此公告。").document.body


@pytest.mark.parametrize(
    "line",
    [
        "时间：2026-02-10　作者：管理员　来源：财政局　点击数：210",
        "来源：县水务局 时间：2026-05-06 点击：33 次",
        "发布时间：2026-05-06　更新时间：2026-05-07",
        "更新时间：2026-04-03 16:20来源：县民政局访问量：102",
    ],
)
def test_a_line_of_publication_stands_above_the_text(line: str) -> None:
    assert line not in texts_of_page(f"{PUBLIC_NOTICE}<p>{line}</p><p>现公告如下。</p>")
    assert line in texts_of_page(f"{PUBLIC_NOTICE}<p>现公告如下。</p><p>{line}</p><p>特此公告。</p>")


def test_an_annex_in_the_foot_of_a_page_stays() -> None:
    own = ["现公告如下。", "附件：招聘岗位表", "寿阳岭县人社局", "2026年3月1日"]
    foot = "".join(f"<p>{line}</p>" for line in (*own[1:], "版权所有：寿阳岭县人民政府"))
    assert texts_of_page(f'{PUBLIC_NOTICE}<p>{own[0]}</p><div class="bottom">{foot}</div>')[1:] == own
    imprint = "<p>主办：寿阳岭县人民政府</p><p>晋ICP备00000000号</p>"
    page = f'{PUBLIC_NOTICE}<p>{own[0]}</p><div class="foot">{imprint}</div><div>寿阳岭县人社局</div>'
    assert texts_of_page(page)[1:] == [own[0], own[2]]


NUMBER = "^寿林发〔2026〕3号"
NOTICE = "^寿阳岭县林业局关于管护工作的通知"


@pytest.mark.parametrize(
    "label", ["", "统一登记号：", "规范性文件登记号：", "编号：", "备案号：", "统一编号：", "登记编号："]
)
def test_a_labelled_number_of_registration_is_a_field(label: str) -> None:
    line = f"{label}SYLR—2026—001"
    for lines in ((NUMBER, line, NOTICE), (NUMBER, NOTICE, line), (line, NUMBER, NOTICE), (line, NOTICE)):
        document = draft_of(*lines, "各乡镇：", "　　请认真执行。").document
        if label == "登记编号：":
            assert "统一登记号" not in document.fields
            continue
        assert document.fields["统一登记号"] == "SYLR—2026—001"
        assert document.body == "请认真执行。"


@pytest.mark.parametrize(
    "line",
    ["编号：某某项目申请书样式", "备案号：晋ICP备2026001号", "编号：2026001", "统一登记号：由县司法局编写"],
)
def test_other_numbers_are_none_of_registration(line: str) -> None:
    document = draft_of(NUMBER, NOTICE, line, "　　请认真执行。").document
    assert "统一登记号" not in document.fields
    assert line in document.body


def test_the_year_in_the_number_of_an_order_is_told() -> None:
    lines = ["^寿阳岭县人民政府令", "^〔2026〕第2号", "　　现公布《寿阳岭县管护办法》。", ">2026年3月1日"]
    document = draft_of(*lines).document
    assert document.fields["令号"] == "第2号"
    assert "令号来稿写作“〔2026〕第2号”" in document.body
    lines[1] = "^第2号"
    assert "令号" not in draft_of(*lines).document.body


@pytest.mark.parametrize(
    "line",
    ["第一阶段：", "补助对象为种植户、养殖户：", "参加考试者：", "对象为用户：", "先到者，后到者："],
)
def test_lines_with_a_colon_are_text(line: str) -> None:
    document = draft_of(NUMBER, NOTICE, line, "　　请认真执行。").document
    assert (document.addressees, document.body) == ("", f"{line}\n\n请认真执行。")


@pytest.mark.parametrize(
    "line", ["张三代表：", "县第二中学：", "各经营者：", "寿阳岭公路段、县电视台：", "各村民小组、各住户："]
)
def test_people_are_addressed(line: str) -> None:
    assert draft_of(NUMBER, NOTICE, line, "　　请认真执行。").document.addressees == line


def test_a_sentence_over_two_lines_is_no_list_of_addressees() -> None:
    lines = ["因机构改革，", "县直有关单位名称变更为下列各单位："]
    document = draft_of(NUMBER, NOTICE, *lines, "　　县林业局。").document
    assert (document.addressees, document.body) == ("", "\n\n".join((*lines, "县林业局。")))
    lines = ["接上级通知，", "各乡镇、县直各单位："]
    assert draft_of(NUMBER, NOTICE, *lines, "　　请执行。").document.addressees == ""
    lines = ["各乡镇，县直各单位，", "各人民团体、驻县各单位："]
    assert draft_of(NUMBER, NOTICE, *lines, "　　请执行。").document.addressees == "".join(lines)


def test_an_assessment_is_no_list_of_names() -> None:
    lines = ["　　委员　优秀", "　　委员　良好"]
    assert ":::" not in draft_of(NUMBER, NOTICE, "　　评议如下。", *lines).document.body
    lines = ["　　委员　张三　县林业局局长", "　　委员　李四　县水务局局长"]
    assert "委员 | 李四" in draft_of(NUMBER, NOTICE, "　　名单如下。", *lines).document.body


@pytest.mark.parametrize(
    ("line", "body"),
    [
        ("组　长：↵张三　县长↵副组长：↵李四　副县长", "组　长：\\\n张三　县长\\\n副组长：\\\n李四　副县长"),
        ("地址：人民路1号↵电话：1234567↵邮编：033300", "地址：人民路1号\\\n电话：1234567\\\n邮编：033300"),
        ("地址：人民路1号。↵特此通知。", "地址：人民路1号。\n\n特此通知。"),
        ("要求如下：↵认真执行。", "要求如下：\n\n认真执行。"),
        ("一是巡山。↵责任单位：林场↵完成时限：5月", "一是巡山。\n\n责任单位：林场\n\n完成时限：5月"),
    ],
)
def test_a_block_of_labels_is_one_paragraph(line: str, body: str) -> None:
    lines = [NUMBER, NOTICE, "各乡镇：", "　　现通知如下。", f"　　{line}"]
    assert draft_of(*lines).document.body == f"现通知如下。\n\n{body}"


def test_addressees_before_a_line_break_are_read() -> None:
    document = draft_of(NUMBER, NOTICE, "各乡镇：↵现通知如下：↵请认真执行。").document
    assert (document.addressees, document.body) == ("各乡镇：", "现通知如下：\n\n请认真执行。")
