"""Changes to a published issue need a reason, which its page shows."""

from __future__ import annotations

import json
import re
import shutil
from codecs import BOM_UTF8
from datetime import date
from pathlib import Path

import pytest

from liulin_gazette.cli import main
from liulin_gazette.editing.changes import apply
from liulin_gazette.editing.publishing import republish_changes
from liulin_gazette.model.blocks import Paragraph, plain
from liulin_gazette.source.loader import load_issues
from liulin_gazette.web.document_places import places_of
from tests.conftest import Edit, cover_title, findings, publish
from tests.editing.conftest import another_issue

Capture = pytest.CaptureFixture[str]


def test_an_unchanged_issue_builds_as_ever(published: Path, capsys: Capture) -> None:
    assert findings(published) == []
    assert main([], published) == 0
    assert main(["publish", "2026-1"], published) == 0
    assert "已于" in capsys.readouterr().out


def test_line_ends_notes_and_other_issues_are_no_change(published: Path) -> None:
    file = published / "content/2026-1/01.md"
    file.write_bytes(BOM_UTF8 + file.read_bytes().replace(b"\n", b"\r\n"))
    (published / "content/2026-1/转录说明.md").write_text("说明", "utf-8")
    assert main(["new", "issue", "--yes"], published) == 0
    assert "B050" not in [each.code for each in findings(published)]


def test_a_new_or_missing_file_is_a_change(published: Path) -> None:
    (published / "content/2026-1/图1.png").write_bytes(b"x")
    assert [each.code for each in findings(published)] == ["B050"]


@pytest.mark.parametrize("is_deleted", [True, False])
def test_a_published_issue_does_not_disappear(
    published: Path, edit: Edit, is_deleted: bool, capsys: Capture
) -> None:
    another_issue(published, edit)
    if is_deleted:
        shutil.rmtree(published / "content/2026-1")
    else:
        edit("2026-1/issue.toml", '["01.md"]', "[]")
        (published / "content/2026-1/01.md").unlink()
    assert "B052" in [each.code for each in findings(published)]
    for words in ([], ["--republish", "不要了"]):
        assert main([*words, "--site-only"], published) == 1
        assert "B052" in capsys.readouterr().err
    assert not (published / "output/site").exists()


def test_a_setting_that_addresses_depend_on_is_a_change(published: Path, edit: Edit) -> None:
    edit("gazette.toml", '"文件名前缀" = "liulin-gazette"', '"文件名前缀" = "gazette"')
    found = findings(published)
    assert [(each.code, each.place.path) for each in found] == [("B050", "content/gazette.toml")]
    assert "文件名前缀" in found[0].message
    assert main(["--site-only"], published) == 1
    assert main(["--site-only", "--republish", "改名"], published) == 0
    assert findings(published) == []


def test_a_setting_that_pages_show_is_frozen_until_there_is_a_reason(published: Path, edit: Edit) -> None:
    page = published / "output/site/2026/1/index.html"
    edit("gazette.toml", '"名称" = "柳林县人民政府公报"', '"名称" = "柳林公报"')
    assert findings(published) == []
    assert main(["--site-only"], published) == 0
    assert cover_title(page.read_text("utf-8")) == "柳林县人民政府公报"
    assert main(["2026-1", "--site-only", "--republish", "改名"], published) == 0
    assert cover_title(page.read_text("utf-8")) == "柳林公报"
    record = json.loads((published / "content/2026-1/published.json").read_text("utf-8"))
    assert (
        record["改动"][0]["文件"] == ["content/gazette.toml 的名称"] and record["设置"]["名称"] == "柳林公报"
    )


def test_kinds_are_those_of_the_day_of_publication(project: Path, edit: Edit) -> None:
    settings = project / "content/gazette.toml"
    plain = settings.read_text("utf-8")
    settings.write_text(plain + '\n[["体裁"]]\n"名称" = "县政简讯"\n"同" = "公示"\n', "utf-8")
    edit("2026-1/01.md", "标题:", "体裁: 县政简讯\n标题:")
    publish(project, "2026-1")
    # The kind is gone, and documents of the kind that it was like must have an index now.
    regraded = plain + '\n[["体裁"]]\n"名称" = "公示"\n"必填" = ["索引号"]\n'
    settings.write_text(regraded, "utf-8")
    assert findings(project) == []
    another_issue(project, edit)
    assert [(each.code, each.place.path) for each in findings(project)] == [("B008", "content/2026-2/01.md")]
    edit("2026-2/01.md", "体裁: 县政简讯", "体裁: 公示")
    assert [(each.code, each.place.path) for each in findings(project)] == [("B007", "content/2026-2/01.md")]


def test_a_setting_that_no_page_shows_is_no_change(published: Path, edit: Edit) -> None:
    edit("gazette.toml", '"装订内移" = 3', '"装订内移" = 4')
    assert findings(published) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('["封底"]', '[["体裁"]]\n"名称" = "公文"\n"必填" = ["索引号"]\n\n["封底"]'),
        ('["封底"]', '["读音"]\n"重" = "zhong"\n"日" = "ri"\n\n["封底"]'),
        ('["封底"]', '["读音"]\n"柳" = "liu"\n\n["封底"]'),
    ],
)
def test_kinds_and_readings_of_now_do_not_touch_what_is_published(
    published: Path, edit: Edit, old: str, new: str
) -> None:
    edit("gazette.toml", old, new)
    assert findings(published) == []


def test_published_anchors_lead_to_the_text_that_they_led_to(published: Path, edit: Edit) -> None:
    def led_to() -> dict[str, str]:
        publication, _ = load_issues(published, ["2026-1"])
        assert publication
        (issue,) = publication.issues
        document = issue.full_texts[0]
        texts = {block.anchor: plain(block.text) for block in document.blocks if isinstance(block, Paragraph)}
        places = places_of(issue, document)
        return {
            name: texts[anchor] for anchor, each in places.items() for name in each.all if anchor in texts
        }

    before = led_to()
    assert before["p1"].endswith("请认真执行。")
    edit("2026-1/01.md", before["p1"], f"漏印的一段。\n\n{before['p1']}")
    publication, _ = load_issues(published, ["2026-1"])
    assert publication
    apply(published, "republish", republish_changes(published, publication, "补上一段", date.today()))
    after = led_to()
    assert {name: after[name] for name in before} == before
    assert {text for name, text in after.items() if name not in before} == {"漏印的一段。"}
    record = json.loads((published / "content/2026-1/published.json").read_text("utf-8"))
    (ledger,) = record["锚点"].values()
    assert "p1" in ledger and findings(published) == []


def test_publishing_is_undone_whole(published: Path) -> None:
    assert main(["undo", "--yes"], published) == 0
    assert not (published / "content/2026-1/published.json").exists()
    assert not (published / "content/published.json").exists()


def test_what_windows_leaves_in_a_folder_is_no_change(published: Path) -> None:
    for name in ("Thumbs.db", "desktop.ini", ".01.md.partial"):
        (published / "content/2026-1" / name).write_bytes(b"")
    assert findings(published) == []
    for path in (
        "content/published.json",
        "content/2026-1/published.json",
    ):  # A record of an earlier version.
        file = published / path
        file.write_text(file.read_text("utf-8").replace('"01.md"', '"Thumbs.db": "0", "01.md"', 1), "utf-8")
    assert '"Thumbs.db"' in (published / "content/2026-1/published.json").read_text("utf-8")
    assert findings(published) == []


def test_what_was_not_examined_is_not_published(
    project: Path, edit: Edit, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    def changed_at_the_prompt(*_: object) -> bool:
        edit("2026-1/01.md", "柳林发〔2026〕9号", "柳林发[2026]9号")
        return True

    assert main([], project) == 0
    monkeypatch.setattr("liulin_gazette.commands.publish.confirm", changed_at_the_prompt)
    assert main(["publish", "2026-1"], project) == 1
    assert "刚刚被改动" in capsys.readouterr().err
    assert not (project / "content/2026-1/published.json").exists()


def test_a_clock_that_is_wrong_is_not_recorded(
    project: Path, edit: Edit, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    class Stopped(date):
        @classmethod
        def today(cls) -> date:
            return date(1970, 1, 1)

    with monkeypatch.context() as patch:
        patch.setattr("liulin_gazette.commands.publish.date", Stopped)
        assert main(["publish", "2026-1", "--yes"], project) == 3
    assert "日期是 1970-01-01，早于 2026-02-06" in capsys.readouterr().err
    publish(project, "2026-1")
    edit("2026-1/01.md", "请认真执行。", "请遵照执行。")
    monkeypatch.setattr("liulin_gazette.commands.terminal.built_output.date", Stopped)
    assert main(["--site-only", "--republish", "更正"], project) == 3
    assert "日期是 1970-01-01" in capsys.readouterr().err
    assert [each.code for each in findings(project)] == ["B050"]


def test_content_with_errors_is_not_published(project: Path, edit: Edit, capsys: Capture) -> None:
    edit("2026-1/01.md", "柳林发〔2026〕9号", "柳林发[2026]9号")
    assert main(["publish", "2026-1", "--yes"], project) == 1
    assert "不能发布" in capsys.readouterr().err
    assert not (project / "content/2026-1/published.json").exists()


def test_what_is_not_built_as_it_is_now_is_not_published(project: Path, edit: Edit, capsys: Capture) -> None:
    def refused() -> bool:
        code = main(["publish", "2026-1", "--yes"], project)
        said = capsys.readouterr().err
        assert not code or ("先运行 python3 build.py，看过成品" in said and "没有记" in said)
        return code == 1

    assert refused()
    assert main(["--site-only"], project) == 0 and refused()
    assert main([], project) == 0
    edit("2026-1/01.md", "请认真执行。", "请遵照执行。")
    assert refused()
    edit("2026-1/01.md", "请遵照执行。", "请认真执行。")
    edit("gazette.toml", "晋西明珠", "明珠晋西")
    assert refused()
    edit("gazette.toml", "明珠晋西", "晋西明珠")
    assert not refused()
    record = json.loads((project / "content/2026-1/published.json").read_text("utf-8"))
    assert len(record["成品"]["文件"]) == 2


def test_samples_are_not_published(project: Path, edit: Edit, capsys: Capture) -> None:
    edit("2026-1/01.md", "请认真执行。", "正文……")
    edit("gazette.toml", "https://gazette.liulin.example/", "https://gazette.example/")
    settings = project / "content/gazette.toml"
    settings.write_text(
        re.sub('"赠阅范围" = .*', '"赠阅范围" = "请填写赠阅范围。"', settings.read_text("utf-8")), "utf-8"
    )
    assert [each.severity.value for each in findings(project) if each.code in ("S080", "B062")] == [
        "警告"
    ] * 2
    assert main(["publish", "2026-1", "--yes"], project) == 1
    said = capsys.readouterr().err
    assert "还有样本里的内容没有换，不能发布 2026-1" in said
    assert "content/2026-1/01.md:15:1: S080" in said and ": B010" in said and ": B062" in said
