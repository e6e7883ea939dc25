"""Settings as forms: what is written, what is refused at its field, and that all else stays to the byte."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from liulin_gazette.editing.gazette_settings_file import (
    FILE,
    SettingsFileError,
    changes_of,
    fields_of,
    line_of,
    values_in,
    with_changes,
)
from liulin_gazette.source.settings_tables.settings import tomllib
from tests.conftest import ROOT
from tests.desk.conftest import DeskClient

CONTENT = (ROOT / FILE).read_bytes()
SCHEMA = json.loads((ROOT / "docs/schemas/gazette.schema.json").read_text("utf-8"))


@pytest.fixture
def client(desk_client: DeskClient) -> DeskClient:
    """The desk, with the program's documents, which have the schema."""
    shutil.copytree(ROOT / "docs/schemas", desk_client.desk.root / "docs/schemas")
    return desk_client


def form_of(client: DeskClient, path: str) -> dict[str, str]:
    """Return the digest that the form at ``path`` sends."""
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    found = re.search(r'name="digest" value="([0-9a-f]{64})"', answer.text)
    assert found
    return {"digest": found[1]}


def file_of(client: DeskClient) -> Path:
    return client.desk.root / FILE


def test_a_setting_is_changed_and_nothing_else(client: DeskClient) -> None:
    before = file_of(client).read_bytes()
    answer = client.post(
        "/settings/封底/", {**form_of(client, "/settings/封底/"), "封底.电话": "0358-4000000"}
    )
    assert answer.status_code == 303
    assert file_of(client).read_bytes() == before.replace(b"0358-4022370", b"0358-4000000")
    shown = client.get("/history/undo/").text
    assert "撤销“改设置”" in shown and "0358-40<del>0000</del><ins>2237</ins>0" in shown
    step = re.search(r'name="step" value="([0-9]+)"', shown)
    assert step and client.post("/history/undo/", {"step": step[1]}).status_code == 303
    assert file_of(client).read_bytes() == before


def test_saving_what_was_not_changed_writes_nothing(client: DeskClient) -> None:
    for path in ("/settings/基本情况/", "/settings/印刷/", "/settings/发文机关/0/"):
        text = client.get(path).text
        fields = form_of(client, path)
        for name, value in re.findall(r'<input id="[^"]*" name="([^"]*)" value="([^"]*)"', text):
            fields[name] = value
        assert client.post(path, fields).status_code == 303
    assert file_of(client).read_bytes() == CONTENT and not (client.desk.root / ".undo").exists()


def test_what_is_wrong_is_told_at_its_field_and_not_written(client: DeskClient) -> None:
    sent = {**form_of(client, "/settings/印刷/"), "印刷.装订内移": "三<b>毫米", "印刷.装订": "胶订"}
    answer = client.post("/settings/印刷/", sent)
    assert answer.status_code == 422 and file_of(client).read_bytes() == CONTENT
    field = re.search(
        r'<input id="(field-\d+)" name="印刷.装订内移" value="([^"]*)"[^>]*aria-invalid', answer.text
    )
    assert field and field[2] == "三&lt;b&gt;毫米"
    fault = answer.text.split(f'id="{field[1]}-fault"')[1].split("</div>")[0]
    assert "“装订内移”应是整数" in fault and "/rules/B008/" in fault
    assert answer.text.count("aria-invalid") == 1 and 'value="胶订"' in answer.text


def test_a_missing_setting_is_told_at_the_top(client: DeskClient) -> None:
    answer = client.post("/settings/版面/", {**form_of(client, "/settings/版面/"), "版面.开本": ""})
    assert answer.status_code == 422 and "缺少“开本”" in answer.text.split("<form")[0]


def test_a_dated_change_is_added_changed_and_removed(client: DeskClient) -> None:
    place = "/settings/变更/0/"
    sent = {
        **form_of(client, place),
        "变更.0.自": "2027-1",
        "变更.0.名称": "柳林政报",
        "变更.0.封底.电话": "0358-1",
    }
    assert client.post(place, sent).status_code == 303
    assert values_in(file_of(client).read_bytes())["变更"] == [
        {"自": "2027-1", "名称": "柳林政报", "封底": {"电话": "0358-1"}}
    ]
    assert "2027-1 柳林政报" in client.get("/settings/").text
    wrong = client.post(place, {**form_of(client, place), "变更.0.自": "明年"})
    assert wrong.status_code == 422 and "看不懂“自”：明年" in wrong.text
    assert client.post(place, {**form_of(client, place), "变更.0.自": "2027-03-01"}).status_code == 303
    assert b'"\xe8\x87\xaa" = 2027-03-01\n' in file_of(client).read_bytes()
    assert client.post(place + "remove/", form_of(client, place)).status_code == 303
    assert (
        "变更" not in values_in(file_of(client).read_bytes())
        or not values_in(file_of(client).read_bytes())["变更"]
    )
    assert not [
        each
        for each in client.desk.content.snapshot.diagnostics
        if each.place.path == FILE and each.code != "B010"
    ]


def test_a_file_that_changed_meanwhile_is_not_overwritten(client: DeskClient) -> None:
    sent = {
        **form_of(client, "/settings/封底/"),
        "封底.电话": "0358-1111111",
        "封底.宗旨": "传达政令 公开信息 指导工作 服务社会",
    }
    theirs = CONTENT.replace(b"0358-4022370", b"0358-2222222")
    file_of(client).write_bytes(theirs)
    answer = client.post("/settings/封底/", sent)
    assert answer.status_code == 409 and file_of(client).read_bytes() == theirs
    assert 'value="0358-1111111"' in answer.text and "文件里现在是：0358-2222222" in answer.text
    assert answer.text.count("文件里现在是") == 1
    found = re.search(r'name="digest" value="([0-9a-f]{64})"', answer.text)
    assert found and client.post("/settings/封底/", {**sent, "digest": found[1]}).status_code == 303
    assert b"0358-1111111" in file_of(client).read_bytes()


@pytest.mark.parametrize(
    "path", ["没有/", "变更/", "变更/5/", "封底/0/", "名称/", "发文机关/99/", "..%2f..%2fetc/", "基本情况/0/"]
)
def test_there_is_no_form_of_what_is_no_setting(client: DeskClient, path: str) -> None:
    assert client.get(f"/settings/{path}").status_code == 404


def test_a_file_that_cannot_be_read_or_is_gone_is_told(client: DeskClient) -> None:
    file_of(client).write_bytes(CONTENT + b"\n\xff = 1")
    assert "读不懂" in client.get("/settings/").text
    file_of(client).unlink()
    answer = client.get("/settings/封底/")
    assert answer.status_code == 422 and "从备份恢复" in answer.text


def test_the_last_issuer_cannot_be_removed_without_being_told(client: DeskClient) -> None:
    file = file_of(client)
    only = re.sub(rb'\[\["\xe5\x8f\x91.*?\]\]\n.*?\n\n', b"", CONTENT, flags=re.DOTALL)
    assert only.count("发文机关".encode()) == 0
    file.write_bytes(only + '\n[["发文机关"]]\n"名称" = "某局"\n'.encode())
    answer = client.post("/settings/发文机关/0/remove/", form_of(client, "/settings/发文机关/0/"))
    assert answer.status_code == 422 and "没有删" in answer.text and "某局".encode() in file.read_bytes()


@pytest.mark.parametrize(
    ("key", "value"),
    [
        (("区号",), "0358"),
        (("网站", "离线阅读"), True),
        (("读音", "单"), "shan"),
        (("校核", "级别", "S047"), "警告"),
        (("检索用词", "坟墓"), ["殡葬", "墓地"]),
        (("期号例外", 0, "年"), 2027),
        (("发文机关", 5, "名称"), '带"引号\\的'),
    ],
)
@pytest.mark.parametrize("form", ["unix", "windows", "marked"])
def test_a_new_setting_is_added_and_taken_away_again(key: Any, value: Any, form: str) -> None:
    content = CONTENT if form == "unix" else CONTENT.replace(b"\n", b"\r\n")
    content = b"\xef\xbb\xbf" + content if form == "marked" else content
    added = with_changes(content, [(key, value)])
    assert with_changes(content, []) == content
    lines, former = added.splitlines(keepends=True), content.splitlines(keepends=True)
    assert [line for line in former if line not in lines] == [] and len(lines) - len(former) < 5
    assert form == "unix" or added.count(b"\n") == added.count(b"\r\n")
    read: Any = tomllib.loads(added.removeprefix(b"\xef\xbb\xbf").decode())
    for part in key:
        read = read[part]
    assert read == value


def test_a_value_that_toml_cannot_hold_is_refused() -> None:
    with pytest.raises(SettingsFileError, match="写不进"):
        with_changes(CONTENT, [(("名称", "甲"), "乙")])
    with pytest.raises(SettingsFileError, match="写不进"):
        with_changes(CONTENT, [(("版面", "开本"), "\ud800")])


def test_every_setting_has_a_field_that_finds_its_line() -> None:
    values = values_in(CONTENT)
    lines = CONTENT.decode().split("\n")
    for name, node in SCHEMA["properties"].items():
        if node["type"] == "object" and name in values:
            for field in fields_of(node, (name,), values[name]):
                if field.key[-1] in values[name]:
                    assert f'"{field.key[-1]}"' in lines[line_of(CONTENT, field.key) - 1]
    assert '"柳林县林业局"' in lines[line_of(CONTENT, ("发文机关", 2, "名称")) - 1]


def test_one_name_of_many_is_changed_and_the_others_keep_their_lines() -> None:
    content = CONTENT + '\n["读音"]\n"单" = "shan" # 姓\n"重" = "chong"\n'.encode()
    (field,) = fields_of(SCHEMA["properties"]["读音"], ("读音",), values_in(content)["读音"])
    changes = changes_of([field], {"读音": "单 = shan\n长 = chang"})
    assert changes == [(("读音", "重"), None), (("读音", "长"), "chang")]
    assert '"单" = "shan" # 姓\n"长" = "chang"\n'.encode() in with_changes(content, changes)


def test_a_change_that_lies_earlier_than_the_others_is_put_before_them(client: DeskClient) -> None:
    for index, (since, name) in enumerate((("2029-1", "丙"), ("2028-03-01", "乙"), ("2027-1", "甲"))):
        place = f"/settings/变更/{index}/"
        fields = {f"变更.{index}.自": since, f"变更.{index}.名称": name}
        answer = client.post(place, {**form_of(client, place), **fields})
        assert answer.status_code == 303, answer.text
    written = values_in(file_of(client).read_bytes())["变更"]
    assert [each["名称"] for each in written] == ["甲", "乙", "丙"]
    place = "/settings/变更/0/"
    assert client.post(place, {**form_of(client, place), "变更.0.自": "2030-1"}).status_code == 303
    assert [each["名称"] for each in values_in(file_of(client).read_bytes())["变更"]] == ["乙", "丙", "甲"]
    assert "照先后排在第 3 项" in client.get("/settings/").text
    sent = {**form_of(client, "/settings/变更/3/"), "变更.3.自": "2026-5", "变更.3.每年期数": "七"}
    wrong = client.post("/settings/变更/3/", sent)
    assert wrong.status_code == 422 and "先后" not in wrong.text
    assert "应是整数" in wrong.text.split('name="变更.3.每年期数"')[1].split("</div>")[0]
