"""Web pages as saved from a portal: what is shown of the document, and what of the page is told."""

from __future__ import annotations

import pytest

from liulin_gazette.intake.document_recognition.recognition import recognise
from liulin_gazette.intake.manuscript import Grid, IntakeError, Line, Manuscript
from liulin_gazette.intake.open_file import read_content

PAGE = """<!DOCTYPE html><html><head><meta charset="{charset}"><title>护林通知_柳河县政府</title>
<script>var a="<p>x</p>";</script><style>p{{}}</style></head><body>
<div class=nav><ul><li><a href=/>首页</a></li><li><a href=/x>政务公开</a></li></ul></div>
<div>当前位置：<a href=/>首页</a> &gt; 信息公开</div>
<table><tr><td>索引号：</td><td>011-2026</td><td>发文机关：</td><td>柳河县林业局</td></tr></table>
<h1>柳河县林业局<br>关于做好春季护林防火工作的通知</h1>
<table class=layout><tr><td><p align=center>柳林发〔2026〕9号</p><p>各乡镇人民政府：</p>
<p>　　为做好<b>春季护林</b>工作，面积10km<sup>2</sup>，现通知如下&mdash;&mdash;</p>
<p>　　各乡镇要认真执行。<span style="display:none">暗文</span><del>旧句</del>
<ol start=3><li>第三项<li>第四项</ol>
<table border=1><thead><tr><th rowspan=2>序号<th colspan=2>面积<tr><th>一<th>二</thead><tr><td>1<td>2<br>3<td><a href=#>4</a></table>
<p align=right>柳河县林业局<br>2026年3月1日</p><p>（此件公开发布）</p>
<p>附件：<a href="f/a.docx">护林员名单.docx</a></p><img src=a.png alt="示意图"></td></tr></table>
<div><a href=#>打印</a> 浏览次数：123</div><footer>主办：柳河县人民政府 备案号：1234</footer></body></html>"""


@pytest.mark.parametrize(
    ("charset", "encoding"), [("utf-8", "utf-8"), ("gb2312", "gb18030"), ("", "utf-16"), ("utf-8", "gb18030")]
)
def test_a_portal_page_is_the_document_on_it(charset: str, encoding: str) -> None:
    intake = recognise(read_content("页.html", ".html", PAGE.format(charset=charset).encode(encoding)))
    (draft,) = intake.drafts
    document = draft.document
    assert document.title == "柳河县林业局关于做好春季护林防火工作的通知"
    assert (str(document.number), document.date) == ("柳林发〔2026〕9号", "2026-03-01")
    assert document.addressees == "各乡镇人民政府："
    assert "为做好**春季护林**工作，面积10km[上:2]，现通知如下——" in document.body
    assert "3.第三项\n\n4.第四项" in document.body
    assert "| 序号 | 面积 | << |\n| ^^ | 一 | 二 |\n| --- | --- | --- |\n| 1 | 2 \\ 3 | 4 |" in document.body
    assert "附件：护林员名单.docx" in document.body
    told = {each.text: each.reason for each in intake.omissions}
    assert told["暗文"] == "网页上隐藏的文字" and told["旧句"] == "加了删除线的文字"
    assert told["首页"] == told["当前位置：首页 > 信息公开"] == "导航和链接"
    assert told["打印 浏览次数：123"] == "网页上的按钮和提示"
    assert told["主办：柳河县人民政府 备案号：1234"] == "页脚"
    assert "示意图" in told["（图）"]
    assert intake.account is not None and intake.account.difference == 0


def test_the_account_tells_of_a_paragraph_that_the_reader_would_lose() -> None:
    whole = read_content("页.html", ".html", PAGE.format(charset="utf-8").encode())
    parts = tuple(each for each in whole.parts if not (isinstance(each, Line) and "认真执行" in each.text))
    account = recognise(Manuscript("页.html", parts, whole.omissions, count=whole.count)).account
    assert account is not None and account.difference == len("各乡镇要认真执行")


def test_a_web_archive_is_its_page() -> None:
    archive = (
        "From: <Saved by Blink>\r\nSubject: x\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; boundary="b"\r\n\r\n--b\r\nContent-Type: text/html; charset="gb2312"\r\n'
        "Content-Transfer-Encoding: 8bit\r\n\r\n<p>请认真执行。</p>\r\n--b\r\nContent-Type: image/png\r\n\r\nx\r\n--b--\r\n"
    ).encode("gb18030")
    for name in ("页.mht", "页.mhtml", "页.html"):
        manuscript = read_content(name, name[2 - 1 :], archive)
        assert [part.text for part in manuscript.parts if isinstance(part, Line)] == ["请认真执行。"]


@pytest.mark.parametrize(
    ("page", "message"),
    [
        (b"<html><script>document.write('x')</script></html>", "没有文字"),
        (b"<table><tr>" + b"<td>x" * 10_000 + b"</table>", "超过 63 栏"),
        (b"<html><body>" + "请执行".encode("gb18030") + b"\xff\xff", "编码认不出来"),
    ],
)
def test_a_page_that_cannot_be_read_is_refused(page: bytes, message: str) -> None:
    with pytest.raises(IntakeError, match=message):
        read_content("页.html", ".html", page)


@pytest.mark.parametrize(("depth", "tables"), [(20, 1), (50_000, 0)])
def test_tags_that_are_never_closed_lose_nothing(depth: int, tables: int) -> None:
    page = "<div>" * depth + "<p>正文一。<table><tr><td>甲<td>乙</div></table><p>正文二。"
    manuscript = read_content("页.html", ".html", page.encode())
    assert sum(isinstance(part, Grid) for part in manuscript.parts) == tables
    account = recognise(manuscript).account
    assert account is not None and (account.source, account.difference) == (10, 0)


LINES_OF_DOCUMENTS = (
    "一、补助资金来源和审核",
    "（二）信息编辑与审核",
    "1.政府网站标识码申请表",
    "2.稿件来源审核表",
    "1 来源：审核：",
    "稿件来源审核表",
    "政府网站标识码的申请和网站地图的制作",
    "文字作品版权所有权登记表",
    "扫一扫，领取补助",
    "上一条规定的期限",
)


def test_lines_of_a_document_with_words_of_portals_stay() -> None:
    page = "".join(f"<p>{line}</p>" for line in ("现通知如下。", *LINES_OF_DOCUMENTS))
    manuscript = read_content("页.html", ".html", page.encode())
    assert [part.text for part in manuscript.parts if isinstance(part, Line)][1:] == [*LINES_OF_DOCUMENTS]


@pytest.mark.parametrize(
    "lines",
    [
        ("名称：青年驿站", "服务对象：来县求职的毕业生", "公开方式：现场公示"),
        ("现公示如下。", "文号：石政办发〔2026〕40号", "发文机关：县政府办公室", "成文日期：2026年10月9日"),
        ("发文机关：县政府办公室", "文号：石政办发〔2026〕40号"),
    ],
)
def test_lines_like_particulars_stay_in_a_text(lines: tuple[str, ...]) -> None:
    manuscript = read_content("页.html", ".html", "".join(f"<p>{line}</p>" for line in lines).encode())
    assert [part.text for part in manuscript.parts if isinstance(part, Line)] == [*lines]


def test_the_number_is_kept_once() -> None:
    table = (
        "<table><tr><td>索引号</td><td>A-1</td><td>发文字号</td><td>石政办发〔2026〕40号</td></tr></table>"
    )
    kept = [
        [
            part.text
            for part in read_content("页.html", ".html", page.encode()).parts
            if isinstance(part, Line)
        ]
        for page in (f"{table}<p>标题</p>", f"{table}<p>标题</p><p>（石政办发〔2026〕40号）</p>")
    ]
    assert kept == [["石政办发〔2026〕40号", "标题"], ["标题", "（石政办发〔2026〕40号）"]]


def test_lines_of_a_portal_are_told() -> None:
    portal = (
        "发布时间：2026-04-07 10:30　来源：县政府办　浏览次数：35　字号：[大 中 小]　打印",
        "【字体：大 中 小】 打印本页 | 关闭窗口",
        "微信扫一扫分享",
        "上一篇：关于春播的通知",
        "版权所有：柳河县人民政府",
        "主办：柳河县人民政府",
        "网站标识码：1234567890　京ICP备00000000号",
    )
    page = "".join(f"<p>{line}</p>" for line in (*portal[:4], "请认真执行。", *portal[4:]))
    manuscript = read_content("页.html", ".html", page.encode())
    kept = [part.text for part in manuscript.parts if isinstance(part, Line)]
    assert kept == ["请认真执行。", "主办：柳河县人民政府"]
    assert {each.text for each in manuscript.omissions} == {*portal} - {kept[1]}
    account = recognise(manuscript).account
    assert account is not None and account.differences == ()


def test_words_of_an_imprint_above_the_end_stay() -> None:
    page = "<p>版权所有：县文化馆</p><p>以上作品供展览用。</p>"
    manuscript = read_content("页.html", ".html", page.encode())
    assert len(manuscript.parts) == 2


@pytest.mark.parametrize("words", ["扫一扫", "【大", "浏览次数  ", "微信扫一扫。"])
def test_a_line_of_many_buttons_is_read(words: str) -> None:
    page = f"<p>{words * 20_000}文</p>"
    account = recognise(read_content("页.html", ".html", page.encode())).account
    assert account is not None and account.differences == ()
