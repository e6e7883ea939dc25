"""The record of a publication: settings as they were, damage, and records of earlier versions."""

from __future__ import annotations

import hashlib
import json
from codecs import BOM_UTF8
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from liulin_gazette.cli import main
from liulin_gazette.pipeline.examination import examine
from liulin_gazette.source.loader import load_issues
from tests.conftest import Edit, findings, publish

Capture = pytest.CaptureFixture[str]


def test_a_record_of_a_text_with_a_mark_goes_on(published: Path) -> None:
    file, record = published / "content/2026-1/01.md", published / "content/2026-1/published.json"
    before = hashlib.sha256(file.read_bytes()).hexdigest()
    file.write_bytes(BOM_UTF8 + file.read_bytes())
    now = hashlib.sha256(file.read_bytes()).hexdigest()
    for each in (record, published / "content/published.json"):
        each.write_text(each.read_text("utf-8").replace(before, now), "utf-8")
    assert findings(published) == []


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
