"""Words of documents that look like those of mails, browsers, portals or heads, and must stay where they are."""

from __future__ import annotations

import pytest

from liulin_gazette.intake.drafts import Draft
from liulin_gazette.intake.manuscript import Line
from liulin_gazette.intake.open_file import read_content
from liulin_gazette.intake.recognition import recognise
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
