"""Settings for the site: 网站, 上网时间, 日程, contacts.toml."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from PIL import Image

from liulin_gazette.model.document import Event
from liulin_gazette.model.gazette import PhoneChange
from tests.conftest import Edit
from tests.loading import load

WEB = '\n["网站"]\n"政府网站名称" = "柳林县人民政府"\n"网站标识码" = "{}"\n'
CHANGE = """
[["电话变更"]]
"责任单位" = "柳林县林业局"
"责任股室" = "森防办"
"原电话" = "0358-4022294"
"电话" = "0358-4029999"
"自" = {}
"""
MARK = '[["网站标识"]]\n"名称" = "党政机关"\n"网址" = "{}"\n{}\n'
EVENTS = (
    "日程:\n  - 日期: 2026-03-01\n    事项: 施行\n  - 日期: 2026-04-01\n    至: {}\n    事项: 报名\n政策咨询:"
)


def codes(root: Path) -> list[str]:
    return [each.code for each in load(root)[1]]


def test_all_of_it_is_read(project: Path, edit: Edit) -> None:
    gazette = project / "content/gazette.toml"
    gazette.write_text(gazette.read_text("utf-8") + WEB.format("1411250001"), "utf-8")
    (project / "content/contacts.toml").write_text(CHANGE.format("2026-05-01"), "utf-8")
    edit("2026-1/issue.toml", '"出版日期"', '"上网时间" = 2026-03-01 09:30:00\n"出版日期"')
    edit("2026-1/01.md", "政策咨询:", EVENTS.format("2026-04-03"))
    publication, found = load(project)
    assert publication is not None, found
    assert publication.gazette.web.site_name == "柳林县人民政府" and publication.gazette.web.domain == ""
    assert publication.issues[0].released == datetime(2026, 3, 1, 9, 30)
    assert publication.issues[0].documents[0].events == (
        Event(date(2026, 3, 1), date(2026, 3, 1), "施行"),
        Event(date(2026, 4, 1), date(2026, 4, 3), "报名"),
    )
    assert publication.gazette.phone_changes == (
        PhoneChange("柳林县林业局", "森防办", "0358-4022294", "0358-4029999", date(2026, 5, 1)),
    )


@pytest.mark.parametrize(
    ("file", "old", "new", "code"),
    [
        ("2026-1/01.md", "政策咨询:", EVENTS.format("2026-03-03"), "B009"),
        ("2026-1/01.md", "政策咨询:", EVENTS.format("2026-04-31"), "B009"),
        ("2026-1/01.md", "政策咨询:", "日程: 3月1日施行\n政策咨询:", "B008"),
        ("2026-1/01.md", "政策咨询:", "日程:\n  - 日期: 2026-03-01\n政策咨询:", "B008"),
        ("2026-1/issue.toml", '"出版日期"', '"上网时间" = 2026-03-01\n"出版日期"', "B009"),
        ("gazette.toml", '["期号起算"]', WEB.format("14112500") + '["期号起算"]', "B008"),
        ("gazette.toml", '["期号起算"]', '["网站"]\n"站名" = "柳林县"\n["期号起算"]', "B006"),
        ("gazette.toml", '["期号起算"]', '["网站"]\n"ICP备案号" = "12345678"\n["期号起算"]', "B008"),
        (
            "gazette.toml",
            '["期号起算"]',
            '["网站"]\n"ICP备案号" = "晋ＩＣＰ备12345678号"\n["期号起算"]',
            "B008",
        ),
        ("gazette.toml", '["期号起算"]', '["网站"]\n"公安备案号" = "14112502000001"\n["期号起算"]', "B008"),
        (
            "gazette.toml",
            '["期号起算"]',
            '["网站"]\n"公安备案号" = "晋公网安备1411250200001号"\n["期号起算"]',
            "B008",
        ),
        ("gazette.toml", '["期号起算"]', '["网站"]\n"数据许可网址" = "licence"\n["期号起算"]', "B008"),
        ("gazette.toml", '["期号起算"]', '["网站"]\n"离线阅读" = "是"\n["期号起算"]', "B008"),
        ("gazette.toml", '["期号起算"]', MARK.format("javascript:alert(1)", "") + '["期号起算"]', "B008"),
        (
            "gazette.toml",
            '["期号起算"]',
            MARK.format("https://a.b", '"图片" = "a.png"') + '["期号起算"]',
            "S017",
        ),
        (
            "gazette.toml",
            '["期号起算"]',
            MARK.format("https://a.b", '"图片" = "../a.png"') + '["期号起算"]',
            "S017",
        ),
        (
            "gazette.toml",
            '["期号起算"]',
            MARK.format("https://a.b", '"图片" = "gazette.toml"') + '["期号起算"]',
            "S017",
        ),
        ("gazette.toml", '["期号起算"]', '[["网站标识"]]\n"名称" = "党政机关"\n["期号起算"]', "B007"),
        (
            "gazette.toml",
            '["期号起算"]',
            '[["变更"]]\n"自" = "2027-1"\n"网站标识" = []\n["期号起算"]',
            "B006",
        ),
    ],
)
def test_slips_are_said_at_their_place(
    project: Path, edit: Edit, file: str, old: str, new: str, code: str
) -> None:
    edit(file, old, new)
    found = load(project)[1]
    assert [each.code for each in found] == [code], found
    assert found[0].place.path == f"content/{file}" and found[0].place.line > 1


@pytest.mark.parametrize(
    ("text", "code"), [("坏", "B005"), (CHANGE.format('"五月"'), "B009"), ("[[x", "B005")]
)
def test_a_bad_contacts_file_is_said(project: Path, text: str, code: str) -> None:
    (project / "content/contacts.toml").write_text(text, "utf-8")
    assert codes(project) == [code]


@pytest.mark.parametrize("number", ["晋ICP备12345678号", "京ICP备2021012345号-12", "沪ICP证030173号"])
def test_numbers_of_registration_are_read(project: Path, number: str) -> None:
    gazette = project / "content/gazette.toml"
    numbers = f'\n["网站"]\n"ICP备案号" = "{number}"\n"公安备案号" = "晋公网安备 14112502000001号"\n'
    gazette.write_text(gazette.read_text("utf-8") + numbers, "utf-8")
    publication, found = load(project)
    assert publication is not None and not found
    assert (publication.gazette.web.icp_number, publication.gazette.web.police_code) == (
        number,
        "14112502000001",
    )


def test_a_mark_may_have_a_picture_of_the_office(project: Path) -> None:
    Image.new("RGB", (40, 40), "white").save(project / "content/a.png")
    gazette = project / "content/gazette.toml"
    mark = MARK.format("https://a.b/?site=1&url={网址}", '"图片" = "a.png"')
    gazette.write_text(f"{gazette.read_text('utf-8')}\n{mark}", "utf-8")
    publication, found = load(project)
    assert publication is not None and not found
    (read,) = publication.gazette.web.marks
    assert read.address_on("https://x/甲/") == "https://a.b/?site=1&url=https%3A%2F%2Fx%2F%E7%94%B2%2F"
    (gazette.parent / "a.png").write_bytes(b"no picture")
    assert codes(project) == ["S017"]
