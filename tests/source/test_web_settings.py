"""Settings for the site: 网站, 上网时间, 日程, contacts.toml."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from liulin_gazette.model.publication import Event, PhoneChange
from liulin_gazette.source.loader import load
from tests.conftest import Edit

WEB = '\n["网站"]\n"政府网站名称" = "柳林县人民政府"\n"网站标识码" = "{}"\n'
CHANGE = """
[["电话变更"]]
"责任单位" = "柳林县林业局"
"责任股室" = "森防办"
"原电话" = "0358-4022294"
"电话" = "0358-4029999"
"自" = {}
"""
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
    assert publication.web.site_name == "柳林县人民政府" and publication.web.domain == ""
    assert publication.issues[0].released == datetime(2026, 3, 1, 9, 30)
    assert publication.issues[0].documents[0].events == (
        Event(date(2026, 3, 1), date(2026, 3, 1), "施行"),
        Event(date(2026, 4, 1), date(2026, 4, 3), "报名"),
    )
    assert publication.phone_changes == (
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
