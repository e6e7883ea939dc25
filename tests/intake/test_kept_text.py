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
