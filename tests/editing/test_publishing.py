"""Changes to a published issue need a reason, which its page shows."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from codecs import BOM_UTF8
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from liulin_gazette.cli import main
from liulin_gazette.editing.changes import apply, file_change
from liulin_gazette.editing.publishing import republish_changes
from liulin_gazette.model.blocks import Paragraph, plain
from liulin_gazette.pipeline.examination import examine
from liulin_gazette.pipeline.stages import Wanted, build
from liulin_gazette.pipeline.staging import OutputError
from liulin_gazette.source.loader import load_issues
from liulin_gazette.web.document_places import places_of
from liulin_gazette.web.manifest import compare
from tests.conftest import Edit, cover_title, findings, publish

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def published(project: Path) -> Path:
    """Return the small project with its issue published."""
    publish(project, "2026-1")
    return project


def another_issue(project: Path, edit: Edit) -> None:
    """Return a function that adds issue 2026-2 with one document to the small project."""
    assert main(["new", "issue", "--yes"], project) == 0
    shutil.copy(project / "content/2026-1/01.md", project / "content/2026-2/01.md")
    edit("2026-2/01.md", "〔2026〕9号", "〔2026〕10号")
    edit("2026-2/01.md", "2026-02-06", "2026-03-06")
    settings = project / "content/2026-2/issue.toml"
    start = settings.read_text("utf-8").partition('[["栏目"]]')[0]
    settings.write_text(f'{start}[["栏目"]]\n"名称" = "县政府部门文件"\n"文件" = ["01.md"]\n', "utf-8")


def test_an_unchanged_issue_builds_as_ever(published: Path, capsys: Capture) -> None:
    assert findings(published) == []
    assert main([], published) == 0
    assert main(["publish", "2026-1"], published) == 0
    assert "已于" in capsys.readouterr().out


def test_a_change_is_refused_until_it_has_a_reason(published: Path, edit: Edit, capsys: Capture) -> None:
    assert main([], published) == 0
    before = (published / "output/site/2026/1/index.html").read_bytes()
    edit("2026-1/01.md", "请认真执行。", "请遵照执行。")
    assert [each.code for each in findings(published)] == ["B050"]
    assert main([], published) == 1
    assert "--republish" in capsys.readouterr().err
    assert (published / "output/site/2026/1/index.html").read_bytes() == before
    assert main(["--republish", "更正<错字>"], published) == 0
    page = (published / "output/site/2026/1/index.html").read_text("utf-8")
    assert "发布以后的改动" in page and "更正&lt;错字&gt;（柳林县林业局关于加强护林工作的通知）" in page
    record = json.loads((published / "content/2026-1/published.json").read_text("utf-8"))
    assert record["改动"] == [{"日期": date.today().isoformat(), "理由": "更正<错字>", "文件": ["01.md"]}]
    assert findings(published) == []
    assert main(["--republish", "没有改"], published) == 0
    assert "没有再记" in capsys.readouterr().out
    assert json.loads((published / "content/2026-1/published.json").read_text("utf-8")) == record


def test_a_reason_is_not_recorded_when_the_build_fails(published: Path, edit: Edit) -> None:
    record = (published / "content/2026-1/published.json").read_bytes()
    edit("2026-1/01.md", "柳林发〔2026〕9号", "柳卫字〔2026〕9号")
    assert main(["--republish", "理由"], published) == 1
    assert (published / "content/2026-1/published.json").read_bytes() == record


def test_line_ends_notes_and_other_issues_are_no_change(published: Path) -> None:
    file = published / "content/2026-1/01.md"
    file.write_bytes(BOM_UTF8 + file.read_bytes().replace(b"\n", b"\r\n"))
    (published / "content/2026-1/转录说明.md").write_text("说明", "utf-8")
    assert main(["new", "issue", "--yes"], published) == 0
    assert "B050" not in [each.code for each in findings(published)]


def test_a_record_of_a_text_with_a_mark_goes_on(published: Path) -> None:
    file, record = published / "content/2026-1/01.md", published / "content/2026-1/published.json"
    before = hashlib.sha256(file.read_bytes()).hexdigest()
    file.write_bytes(BOM_UTF8 + file.read_bytes())
    now = hashlib.sha256(file.read_bytes()).hexdigest()
    for each in (record, published / "content/published.json"):
        each.write_text(each.read_text("utf-8").replace(before, now), "utf-8")
    assert findings(published) == []


def test_a_new_or_missing_file_is_a_change(published: Path) -> None:
    (published / "content/2026-1/图1.png").write_bytes(b"x")
    assert [each.code for each in findings(published)] == ["B050"]


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"发布日期": "昨天", "文件": {}, "改动": []}'])
def test_a_damaged_record_is_said(published: Path, text: str) -> None:
    (published / "content/2026-1/published.json").write_text(text, "utf-8")
    found = examine(published).diagnostics
    assert "B051" in [each.code for each in found] and all(each.hint for each in found)


def test_a_record_that_is_deleted_hides_no_change(published: Path, edit: Edit) -> None:
    record = published / "content/2026-1/published.json"
    before = json.loads(record.read_text("utf-8"))
    record.unlink()
    assert [each.code for each in findings(published)] == ["B050"]
    edit("2026-1/01.md", "请认真执行。", "请遵照执行。")
    assert "01.md、published.json" in findings(published)[0].message
    assert main(["--site-only"], published) == 1
    assert main(["--site-only", "--republish", "更正"], published) == 0
    after = json.loads(record.read_text("utf-8"))
    assert after["发布日期"] == before["发布日期"] and after["改动"][0]["文件"] == ["01.md", "published.json"]
    assert findings(published) == []


def test_a_record_that_is_written_by_hand_hides_no_change(published: Path) -> None:
    record = published / "content/2026-1/published.json"
    record.write_text(record.read_text("utf-8").replace('"01.md": "', '"01.md": "0'), "utf-8")
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


def test_notes_that_are_listed_as_a_document_are_part_of_the_record(project: Path, edit: Edit) -> None:
    (project / "content/2026-1/01.md").rename(project / "content/2026-1/转录说明.md")
    edit("2026-1/issue.toml", "01.md", "转录说明.md")
    publish(project, "2026-1")
    assert findings(project) == []
    edit("2026-1/转录说明.md", "请认真执行。", "请遵照执行。")
    assert [each.code for each in findings(project)] == ["B050"]


def test_a_record_of_an_earlier_version_goes_on_and_is_listed(published: Path, edit: Edit) -> None:
    record = published / "content/2026-1/published.json"
    data = json.loads(record.read_text("utf-8"))
    del data["设置"]
    record.write_text(json.dumps(data), "utf-8")
    listed = published / "content/published.json"
    listed.unlink()
    assert [each.code for each in findings(published)] == ["B053"]
    assert main(["--site-only"], published) == 0
    edit("2026-1/01.md", "请认真执行。", "请遵照执行。")
    assert [each.code for each in findings(published)] == ["B050", "B053"]
    edit("2026-1/01.md", "请遵照执行。", "请认真执行。")
    assert main(["publish", "2026-1"], published) == 0
    assert findings(published) == [] and "2026-1" in json.loads(listed.read_text("utf-8"))["已发布"]
    record.unlink()
    assert [each.code for each in findings(published)] == ["B050"]


RECORDS = ("2026-1/published.json", "published.json")


def records(root: Path) -> list[dict[str, Any]]:
    """Return the record of 2026-1 in its folder and in the list."""
    own, listed = (json.loads((root / "content" / name).read_text("utf-8")) for name in RECORDS)
    return [own, listed["已发布"]["2026-1"]]


def write_record(root: Path, record: dict[str, Any]) -> None:
    """Write ``record`` of 2026-1 into its folder and the list."""
    for name, data in zip(RECORDS, (record, {"已发布": {"2026-1": record}}), strict=True):
        (root / "content" / name).write_text(json.dumps(data, ensure_ascii=False), "utf-8")


FORESTRY = '[["发文机关"]]\n"名称" = "柳林县林业局"\n"机关代字" = ["柳林发"]\n'


def test_what_was_accepted_when_it_was_published_is_not_judged_again(project: Path, edit: Edit) -> None:
    edit("gazette.toml", FORESTRY, FORESTRY + FORESTRY.replace("林业", "森林"))
    publish(project, "2026-1")
    assert [each.code for each in findings(project)] == ["B056"]
    # A size that a later version might not know any more.
    record = records(project)[0]
    record["设置"]["版面"] = {"开本": "A9"}
    write_record(project, record)
    assert [each.code for each in findings(project)] == ["B056"]


@pytest.mark.parametrize(
    ("key", "value"),
    [("发文机关", 5), ("名称", []), ("封底", "文字"), ("发文机关", [{"自": {"$日期": "今年"}}])],
)
def test_settings_of_a_record_that_cannot_be_used_are_damage(
    published: Path, key: str, value: object
) -> None:
    record = records(published)[0]
    record["设置"][key] = value
    write_record(published, record)
    assert "B051" in [each.code for each in findings(published)]


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


def test_a_reading_named_as_days_once_were_is_a_reading_in_the_record_too(project: Path, edit: Edit) -> None:
    edit("gazette.toml", '["封底"]', '["读音"]\n"日" = "ri"\n\n["封底"]')
    edit("gazette.toml", FORESTRY, FORESTRY + '"自" = 2020-01-01\n')
    publish(project, "2026-1")
    assert findings(project) == []
    record = records(project)[0]
    assert record["设置"]["读音"] == {"日": "ri"}
    # Earlier versions wrote days in another way.
    (forestry,) = (each for each in record["设置"]["发文机关"] if each["名称"] == "柳林县林业局")
    assert forestry["自"] == {"$日期": "2020-01-01"}
    forestry["自"] = {"日": "2020-01-01"}
    write_record(project, record)
    publication, found = load_issues(project, ["2026-1"])
    assert publication is not None and not found and findings(project) == []
    since = {each.name: each.since for each in publication.frozen["content/2026-1"].issuers}
    assert since["柳林县林业局"] == date(2020, 1, 1)


def test_the_numbers_of_a_published_issue_do_not_change_unnoticed(project: Path, edit: Edit) -> None:
    double = '[["期号例外"]]\n"年" = 2026\n"期" = 1\n"类别" = "合刊"\n"并期" = 2\n\n["封底"]'
    edit("gazette.toml", '["封底"]', double)
    publish(project, "2026-1")
    assert findings(project) == []
    edit("gazette.toml", '"并期" = 2', '"并期" = 3')
    (found,) = findings(project)
    assert found.code == "B050" and "期号例外" in found.message
    for record in records(project)[:1]:  # Earlier versions did not record it.
        del record["设置"]["期号例外"]
        write_record(project, record)
    assert findings(project) == []


def test_a_record_of_four_settings_is_completed_and_keeps_the_four(
    published: Path, edit: Edit, capsys: Capture
) -> None:
    record = records(published)[0]
    four = {"名称": "柳林公报", **{key: record["设置"][key] for key in ("主办单位", "刊期", "文件名前缀")}}
    record["设置"] = four
    write_record(published, record)
    assert findings(published) == []
    assert main(["publish", "2026-1"], published) == 0
    assert "补记了它的设置" in capsys.readouterr().out
    for whole in records(published):
        assert four.items() <= whole["设置"].items() and "发文机关" in whole["设置"]
    edit("gazette.toml", '"赠阅范围" = "', '"赠阅范围" = "各乡镇、')
    publication, _ = load_issues(published, ["2026-1"])
    assert publication is not None
    frozen = publication.frozen["content/2026-1"]
    assert frozen.name == "柳林公报" and "各乡镇、" not in frozen.distribution
    assert main(["publish", "2026-1"], published) == 0
    assert "补记" not in capsys.readouterr().out


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


def test_a_record_without_anchors_is_completed(published: Path, capsys: Capture) -> None:
    whole: dict[str, str] = {}
    for file in ("content/2026-1/published.json", "content/published.json"):
        data = json.loads((published / file).read_text("utf-8"))
        whole = (data if "锚点" in data else data["已发布"]["2026-1"]).pop("锚点")
        (published / file).write_text(json.dumps(data), "utf-8")
    assert findings(published) == []
    assert main(["publish", "2026-1"], published) == 0
    assert "补记了各段的地址" in capsys.readouterr().out
    record = json.loads((published / "content/2026-1/published.json").read_text("utf-8"))
    assert record["锚点"] == whole and findings(published) == []


def test_publishing_is_undone_whole(published: Path) -> None:
    assert main(["undo", "--yes"], published) == 0
    assert not (published / "content/2026-1/published.json").exists()
    assert not (published / "content/published.json").exists()


@pytest.mark.parametrize("text", ["", "{}", '{"已发布": {"2026-1": {}}}'])
def test_a_damaged_list_is_said(published: Path, text: str) -> None:
    (published / "content/published.json").write_text(text, "utf-8")
    assert "B051" in [each.code for each in findings(published)]
    assert main(["publish", "2026-1"], published) == 1


def test_a_damaged_list_or_record_is_not_written_over(published: Path, edit: Edit, capsys: Capture) -> None:
    edit("2026-1/01.md", "请认真执行。", "请认真贯彻执行。")
    for path in ("content/published.json", "content/2026-1/published.json"):
        file = published / path
        whole = file.read_bytes()
        file.write_bytes(b"<<<<<<< HEAD\n" + whole)
        assert main(["--republish", "改正文字"], published) == 1
        assert f"{path}：发布记录读不懂。" in capsys.readouterr().err
        assert file.read_bytes() == b"<<<<<<< HEAD\n" + whole
        file.write_bytes(whole)
    assert main(["--republish", "改正文字", "--site-only"], published) == 0


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


@pytest.mark.parametrize("reason", ["  ", "\n", "\u200b", "——"])
def test_a_reason_says_something(published: Path, edit: Edit, reason: str, capsys: Capture) -> None:
    edit("2026-1/01.md", "请认真执行。", "请遵照执行。")
    assert main(["--site-only", "--republish", reason], published) == 2
    assert "要写明理由" in capsys.readouterr().err
    assert [each.code for each in findings(published)] == ["B050"]


def test_a_reason_is_recorded_for_the_issues_named(published: Path, edit: Edit, capsys: Capture) -> None:
    another_issue(published, edit)
    publish(published, "2026-2")
    for name in ("2026-1", "2026-2"):
        edit(f"{name}/01.md", "请认真执行。", "请遵照执行。")
    assert main(["2026-1", "--site-only", "--republish", "更正"], published) == 1
    assert "2026年第2期已经发布" in capsys.readouterr().err
    assert [each.code for each in findings(published)] == ["B050", "B050"]
    edit("2026-2/01.md", "请遵照执行。", "请认真执行。")
    assert main(["2026-1", "--site-only", "--republish", "更正"], published) == 0
    assert "理由记在：2026-1。" in capsys.readouterr().out
    listed = json.loads((published / "content/published.json").read_text("utf-8"))["已发布"]
    assert [len(listed[name]["改动"]) for name in ("2026-1", "2026-2")] == [1, 0]


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


def test_a_reason_is_taken_back_when_the_build_breaks_off(
    published: Path, edit: Edit, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit("2026-1/01.md", "请认真执行。", "请遵照执行。")

    def broken(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("liulin_gazette.commands.terminal.built_output.build", broken)
        with pytest.raises(KeyboardInterrupt):
            main(["--site-only", "--republish", "更正"], published)
    assert [each.code for each in findings(published)] == ["B050"]


def test_only_the_reason_is_taken_back(published: Path, edit: Edit, monkeypatch: pytest.MonkeyPatch) -> None:
    edit("2026-1/01.md", "请认真执行。", "请遵照执行。")

    def broken(*_: object) -> None:
        apply(published, "intake", [file_change(published, "content/来稿.txt", b"1")])  # in another window
        raise OutputError("写不进。")

    monkeypatch.setattr("liulin_gazette.commands.terminal.built_output.build", broken)
    assert main(["--site-only", "--republish", "更正"], published) == 3
    assert (published / "content/来稿.txt").read_bytes() == b"1"
    assert [each.code for each in findings(published)] == ["B050"]


def test_a_reason_that_cannot_be_taken_back_is_said(
    published: Path, edit: Edit, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    edit("2026-1/01.md", "请认真执行。", "请遵照执行。")

    def meddled(*_: object) -> None:
        (published / "content/2026-1/published.json").write_text("{}", "utf-8")
        raise OutputError("写不进。")

    monkeypatch.setattr("liulin_gazette.commands.terminal.built_output.build", meddled)
    assert main(["--site-only", "--republish", "更正"], published) == 3
    assert "撤不回来" in capsys.readouterr().err


def test_a_command_that_was_killed_is_repeated(published: Path, edit: Edit, capsys: Capture) -> None:
    edit("2026-1/01.md", "请认真执行。", "请遵照执行。")
    publication, _ = load_issues(published, ["2026-1"])
    assert publication
    apply(published, "republish", republish_changes(published, publication, "更正", date.today()))
    assert main(["--site-only", "--republish", "更正"], published) == 0
    assert "没有再记，照常生成" in capsys.readouterr().out
    page = (published / "output/site/2026/1/index.html").read_text("utf-8")
    assert page.count("：更正（") == 1


def pdfs(root: Path) -> dict[str, bytes]:
    """Return the PDFs on the site by their path in it."""
    site = root / "output/site"
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in sorted(site.rglob("*.pdf"))}


def dead_links(root: Path) -> list[str]:
    """Return the links of issue and document pages to PDFs that do not exist."""
    return [
        link
        for page in (root / "output/site/2026").rglob("index.html")
        for link in re.findall(r'href="([^":]+\.pdf)"', page.read_text("utf-8"))
        if not (page.parent / link).is_file()
    ]


def test_publishing_changes_no_pdf(project: Path) -> None:
    assert main([], project) == 0
    before = pdfs(project)
    assert main(["publish", "2026-1", "--yes"], project) == 0
    result = build(project, Wanted(jobs=1), lambda _: None)
    assert not result.typeset and not result.replaced and pdfs(project) == before


def test_published_issues_keep_their_pdfs_until_there_is_a_reason(
    published: Path, edit: Edit, capsys: Capture
) -> None:
    another_issue(published, edit)
    assert main([], published) == 0
    before = pdfs(published)
    edit("gazette.toml", '"装订内移" = 3', '"装订内移" = 5')
    edit("gazette.toml", "晋西明珠", "明珠晋西")
    first = {path: each for path, each in before.items() if path.startswith("2026/1/")}
    capsys.readouterr()
    assert main(["--site-only"], published) == 0
    assert "2026-2 没有按现在的内容" in capsys.readouterr().out
    assert pdfs(published) == first
    assert not dead_links(published) and compare(published / "output/site").is_authentic
    assert main(["--site-only"], published) == 0
    assert "B054" in capsys.readouterr().out
    result = build(published, Wanted(jobs=1), lambda _: None)
    assert not result.replaced and "2026-1 已发布，PDF 保持公布的原样" in result.diagnostics[-1].message
    after = pdfs(published)
    assert after.keys() == before.keys() and first.items() <= after.items() and after != before
    assert main(["check", "--reprints"], published) == 0
    assert "已发布的 2026-1：用现在的程序和设置排印，PDF 会与公布的不同" in capsys.readouterr().out
    assert main(["--republish", "没有写期号"], published) == 0
    assert "没有再记" in capsys.readouterr().out and pdfs(published) == after
    assert main(["2026-1", "--republish", "用新的版心重排"], published) == 0
    said = capsys.readouterr().out
    assert "理由记在：2026-1" in said and "已发布的 2026-1 在网站上的 PDF 换了" in said
    assert "用新的版心重排" in (published / "output/site/2026/1/index.html").read_text("utf-8")
    assert not first.items() <= pdfs(published).items() and not dead_links(published)
    assert main(["check", "--reprints"], published) == 0
    assert "2026-1：用现在的程序和设置排印，PDF 与公布的一字节不差" in capsys.readouterr().out
    assert main(["2026-1", "--republish", "再来"], published) == 0
    assert "没有再记" in capsys.readouterr().out


def test_a_site_without_typesetting_says_that_a_republished_issue_has_no_pdf(
    published: Path, edit: Edit, capsys: Capture
) -> None:
    assert main([], published) == 0
    edit("2026-1/01.md", "请认真执行。", "请遵照执行。")
    assert main(["--site-only", "--republish", "更正"], published) == 0
    assert "B054" in capsys.readouterr().out
    assert not pdfs(published) and not dead_links(published)


@pytest.mark.parametrize("is_prefix", [True, False])
def test_building_one_issue_leaves_no_old_pdf_of_another(project: Path, edit: Edit, is_prefix: bool) -> None:
    another_issue(project, edit)
    assert main([], project) == 0
    if is_prefix:
        edit("gazette.toml", '"文件名前缀" = "liulin-gazette"', '"文件名前缀" = "gazette"')
    else:
        edit("2026-1/01.md", "〔2026〕9号", "〔2026〕8号")
    assert main(["2026-2"], project) == 0
    assert not dead_links(project)
    part = pdfs(project)
    assert len(part) == 4 and main([], project) == 0
    assert pdfs(project) == part


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


def test_republishing_seals_the_new_pdfs_in_one_step(project: Path, edit: Edit, capsys: Capture) -> None:
    another_issue(project, edit)
    assert main([], project) == 0
    names = ("2026-1", "2026-2")
    assert [main(["publish", name, "--yes"], project) for name in names] == [0, 0]
    for name in names:
        edit(f"{name}/01.md", "请认真执行。", "请遵照执行。")
    assert main(["--republish", "更正"], project) == 0
    said = capsys.readouterr().out
    assert "新的 PDF 的指纹也记下了。" in said and "publish 期号" not in said
    now = {path: hashlib.sha256(each).hexdigest() for path, each in pdfs(project).items()}
    sealed: dict[str, str] = {}
    listed = json.loads((project / "content/published.json").read_text("utf-8"))["已发布"]
    for name in ("2026-1", "2026-2"):
        record = json.loads((project / f"content/{name}/published.json").read_text("utf-8"))
        assert listed[name]["成品"] == record["成品"]
        sealed |= record["成品"]["文件"]
    assert sealed == now
    assert main(["status"], project) == 0
    table = capsys.readouterr().out
    assert "已生成" in table and "有改动" not in table
    assert main(["undo", "--yes"], project) == 0 and "重新发布的 PDF 的指纹" in capsys.readouterr().out


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
