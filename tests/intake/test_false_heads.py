"""Lines of a text that look like the head of a document: orders that are named, addresses, days; and heads that are heads."""

from __future__ import annotations

from liulin_gazette.intake.document_recognition.recognition import recognise
from liulin_gazette.intake.drafts import Draft
from liulin_gazette.intake.text_files.plain_text import read_text


def drafts_of(*lines: str) -> tuple[Draft, ...]:
    intake = recognise(read_text("来稿.txt", "\n".join(lines).encode()))
    assert intake.account is not None
    assert intake.account.differences == ()
    return intake.drafts


def test_orders_that_a_notice_names_as_its_bases_are_no_documents() -> None:
    bases = (
        "（一）中华人民共和国国务院令第590号",
        "（二）山西省人民政府令第266号",
        "依据：",
        "水利部令第31号",
    )
    (draft,) = drafts_of(
        "方山岭县人民政府关于公布征收依据的公告",
        "方政发〔2026〕6号",
        "征收依据如下：",
        *bases,
        "方山岭县人民政府",
        "2026年4月8日",
    )
    assert draft.document.title == "方山岭县人民政府关于公布征收依据的公告"
    assert draft.document.date == "2026-04-08"
    for line in bases:
        assert line in draft.document.body


def test_a_basis_right_below_a_title_without_a_number_is_no_order() -> None:
    (draft,) = drafts_of(
        "关于公布征收依据的公告",
        "中华人民共和国国务院令第590号",
        "山西省人民政府令第266号",
        "上述规定自发布之日起执行。",
        "方山岭县人民政府",
        "2026年4月8日",
    )
    assert draft.document.issuer.startswith("方山岭县人民政府")
    assert "中华人民共和国国务院令第590号\n\n山西省人民政府令第266号" in draft.document.body


def test_an_order_on_one_line_after_another_document_begins_a_document() -> None:
    first, second = drafts_of(
        "方山岭县人民政府关于开展春播的通知",
        "方政发〔2026〕6号",
        "各乡镇人民政府：",
        "请抓紧春播。",
        "方山岭县人民政府",
        "2026年4月8日",
        "方山岭县人民政府令第15号",
        "《方山岭县牧道管理规定》已经通过，现予公布。",
        "县长　张三",
        "2026年4月9日",
    )
    assert first.document.date == "2026-04-08"
    assert (second.document.title, second.document.fields["令号"]) == ("方山岭县人民政府令", "第15号")


def test_an_address_is_no_document_number() -> None:
    (draft,) = drafts_of(
        "方山岭县教育局关于公开招聘教师的公告",
        "现将招聘事项公告如下。",
        "报名地点：",
        "方山岭县贺昌大街25号",
        "报名须知",
        "请携带身份证件。",
        "方山岭县教育局",
        "2026年4月8日",
    )
    assert "方山岭县贺昌大街25号\n\n报名须知" in draft.document.body


def test_a_title_that_is_broken_after_an_address_is_whole() -> None:
    (draft,) = drafts_of(
        "关于征收贺昌大街12号",
        "地块房屋的决定",
        "方政发〔2026〕8号",
        "县政府决定征收该地块房屋。",
        "方山岭县人民政府",
        "2026年4月8日",
    )
    assert draft.document.title == "关于征收贺昌大街12号地块房屋的决定"
    assert draft.document.number == "方政发〔2026〕8号"


def test_a_number_without_a_year_within_a_text_begins_no_document() -> None:
    (draft,) = drafts_of(
        "方山岭县档案局关于清理文件的通知",
        "方档发〔2026〕8号",
        "下列文件停止执行。",
        "方档函第12号",
        "关于核对目录的通知",
        "请遵照执行。",
        "方山岭县档案局",
        "2026年4月8日",
    )
    assert "方档函第12号" in draft.document.body


DAYS = ("2026.3.8", "2026.6.8", "2026-9-8")


def test_days_in_a_list_are_no_date_of_the_document() -> None:
    (draft,) = drafts_of(
        "方山岭县统计局关于报送报表的通知",
        "方统发〔2026〕2号",
        "各乡镇人民政府：",
        "报送日期为：",
        DAYS[0],
        "上半年报表：",
        *DAYS[1:],
        "方山岭县统计局",
        "2026年1月8日",
    )
    assert draft.document.date == "2026-01-08"
    assert all(day in draft.document.body.split("\n") for day in DAYS)
    assert "2026年1月8日" not in draft.document.body


def test_a_single_day_is_no_date_of_a_document_that_has_a_blank_one() -> None:
    (draft,) = drafts_of(
        "方山岭县统计局关于报送报表的通知",
        "方统发〔2026〕2号",
        "各乡镇人民政府：",
        "报送日期为：",
        "2026.3.8",
        "方山岭县统计局",
        "2026年×月×日",
    )
    assert "待核" in draft.document.date
    assert "2026.3.8" in draft.document.body.split("\n")


def test_a_date_with_points_below_the_issuer_is_that_of_the_document() -> None:
    (draft,) = drafts_of(
        "关于报送报表的通知",
        "各乡镇人民政府：",
        "请按时报送。",
        "方山岭县统计局",
        "2026.3.8",
        "附件1",
        "报表",
        "填表人签字",
        "2026年1月8日",
    )
    assert draft.document.date == "2026-03-08"
    assert draft.document.issuer.startswith("方山岭县统计局")


def test_a_year_of_zeros_is_no_date() -> None:
    (draft,) = drafts_of(
        "方山岭县统计局关于报送报表的通知",
        "各乡镇人民政府：",
        "请按时报送。",
        "方山岭县统计局",
        "OOOO年1月1日",
    )
    assert "0000" not in draft.document.date
    assert "OOOO年1月1日" in draft.document.body
