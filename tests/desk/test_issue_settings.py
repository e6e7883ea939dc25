"""The settings of an issue as forms: its date, its 栏目, its pictures; and pictures put into its folder."""

from __future__ import annotations

import io
import re
import shutil
from pathlib import Path

import pytest
from PIL import Image

from liulin_gazette.editing.issue_file import NewError
from liulin_gazette.editing.new_pictures import new_pictures
from liulin_gazette.source.publication_records import RECORD_FILE
from tests.conftest import ROOT
from tests.desk.conftest import DeskClient

TOP = "/issues/2026-1/settings/"


@pytest.fixture
def client(desk_client: DeskClient) -> DeskClient:
    """The desk, with the program's documents, which have the schemas."""
    shutil.copytree(ROOT / "docs/schemas", desk_client.desk.root / "docs/schemas")
    return desk_client


def folder_of(client: DeskClient) -> Path:
    return client.desk.root / "content/2026-1"


def text_of(client: DeskClient) -> str:
    return (folder_of(client) / "issue.toml").read_text("utf-8")


def form_of(client: DeskClient, path: str) -> dict[str, str]:
    """Return the digest that the page at ``path`` sends."""
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    found = re.search(r'name="digest" value="([0-9a-f]{64})"', answer.text)
    assert found
    return {"digest": found[1]}


def picture(kind: str = "PNG") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "#885511").save(out, kind)
    return out.getvalue()


def test_the_day_of_publication_is_changed_and_nothing_else(client: DeskClient) -> None:
    assert f'href="{TOP}"' in client.get("/issues/2026-1/").text
    before = text_of(client)
    day = re.search(r'"出版日期" = (\S+)', before)
    assert day
    path = f"{TOP}基本情况/"
    assert client.post(path, {**form_of(client, path), "出版日期": "2026-03-05"}).status_code == 303
    assert text_of(client) == before.replace(day[0], '"出版日期" = 2026-03-05')
    answer = client.post(path, {**form_of(client, path), "上网时间": "2026-03-06 09:30:00"})
    assert answer.status_code == 303 and '"上网时间" = 2026-03-06' in text_of(client)


def test_a_wrong_day_is_told_at_its_field_which_gets_the_cursor(client: DeskClient) -> None:
    before, path = text_of(client), f"{TOP}基本情况/"
    answer = client.post(path, {**form_of(client, path), "出版日期": "2026-02-30"})
    assert answer.status_code == 422 and text_of(client) == before
    assert re.search(r'name="出版日期" value="2026-02-30"[^>]*aria-invalid="true" autofocus', answer.text)
    assert answer.text.count(" autofocus") == 1
    field = answer.text.split('name="出版日期"')[1].split("</div>")[0]
    assert "应是日期" in field and "写作 2026-02-28。" in field


def test_a_form_does_not_speak_of_how_the_file_is_written(client: DeskClient) -> None:
    settings = client.desk.root / "content/gazette.toml"
    change = '\n[["变更"]]\n"自" = 2027-01-01\n"名称" = "新柳林公报"\n'
    settings.write_text(settings.read_text("utf-8") + change, "utf-8")
    client.desk.content.refresh()
    shown = [
        client.get(path).text for path in (f"{TOP}基本情况/", "/settings/发文机关/0/", "/settings/变更/0/")
    ]
    for path, name, value, told in (
        ("/settings/变更/0/", "变更.0.自", "明年", "从一天起的写作 2027-01-01。"),
        ("/settings/变更/1/", "变更.1.名称", "又一个公报", "填上“自”：从一期起的写作 2027-1；"),
        ("/settings/印刷/", "印刷.纸厚", "厚", "例如 0.1 毫米写作 0.1；"),
    ):
        answer = client.post(path, {**form_of(client, path), name: value})
        assert answer.status_code == 422 and told in answer.text
        shown.append(answer.text)
    for text in shown:
        assert "引号" not in text and "加一行" not in text


def test_sections_are_added_renamed_moved_and_removed(client: DeskClient) -> None:
    names = re.findall(r'"名称" = "(.*)"', text_of(client))
    path = f"{TOP}栏目/{len(names)}/"
    assert (
        client.post(path, {**form_of(client, path), f"栏目.{len(names)}.名称": "大事记"}).status_code == 303
    )
    assert text_of(client).endswith('[["栏目"]]\n"名称" = "大事记"\n"文件" = []\n')
    assert "大事记" in client.get("/issues/2026-1/").text
    assert client.post(f"{path}up/", form_of(client, TOP)).status_code == 303
    assert re.findall(r'"名称" = "(.*)"', text_of(client)) == [*names[:-1], "大事记", names[-1]]
    path = f"{TOP}栏目/{len(names) - 1}/"
    sent = {**form_of(client, path), f"栏目.{len(names) - 1}.名称": "政务大事记"}
    assert client.post(path, sent).status_code == 303 and '"政务大事记"' in text_of(client)
    assert client.post(f"{path}remove/", form_of(client, path)).status_code == 303
    assert re.findall(r'"名称" = "(.*)"', text_of(client)) == names


def test_a_section_with_documents_stays(client: DeskClient) -> None:
    before, path = text_of(client), f"{TOP}栏目/0/"
    answer = client.post(f"{path}remove/", form_of(client, path))
    assert answer.status_code == 422 and "这个栏目里还有公文" in answer.text and text_of(client) == before


def test_a_page_that_is_out_of_date_moves_nothing(client: DeskClient) -> None:
    before = text_of(client)
    answer = client.post(f"{TOP}栏目/0/remove/", {"digest": "0" * 64})
    assert answer.status_code == 422 and "在别处改过" in answer.text and text_of(client) == before


def test_pictures_are_put_into_the_folder_and_chosen(client: DeskClient) -> None:
    files = [("files", ("封面 图(1).png", picture(), "image/png"))]
    assert client.post("/issues/2026-1/pictures/", files=files).status_code == 303
    assert (folder_of(client) / "封面-图-1-.png").read_bytes() == picture()
    path = f"{TOP}封面图/"
    assert '<option value="封面-图-1-.png">' in client.get(path).text
    refused = client.post(path, {**form_of(client, path), "封面图.文件": "封面-图-1-.png"})
    assert refused.status_code == 422 and re.search(r'name="封面图.内容说明"[^>]*autofocus', refused.text)
    sent = {"封面图.文件": "封面-图-1-.png", "封面图.内容说明": "县城远景"}
    assert client.post(path, {**form_of(client, path), **sent}).status_code == 303
    sent = {"图片页.0.图.0.文件": "封面-图-1-.png", "图片页.0.图.0.内容说明": "水库"}
    path = f"{TOP}图片页/0/"
    assert client.post(path, {**form_of(client, path), **sent}).status_code == 303
    assert '"内容说明" = "水库"' in text_of(client)


def test_a_script_is_told_the_names(client: DeskClient) -> None:
    files = [("files", (name, picture(), "image/png")) for name in ("图.png", "图.png")]
    files.append(("files", ("图.PNG", picture("JPEG"), "image/png")))
    answer = client.post("/issues/2026-1/pictures/", files=files, Accept="application/json")
    assert answer.status_code == 200 and answer.json()["names"] == ["图.png", "图.png", "图-2.PNG"]


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("来稿.docx", b"PK", "不是图片"),
        ("图.png", b"not a picture", "打不开"),
        ("图.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", "没有放"),
        ("con.png", b"", "文件名不能用"),
        (".png", b"", "文件名不能用"),
    ],
)
def test_what_is_no_picture_is_not_put_there(
    client: DeskClient, name: str, content: bytes, told: str
) -> None:
    before = sorted(folder_of(client).iterdir())
    files = [("files", (name, content, "image/png"))]
    answer = client.post("/issues/2026-1/pictures/", files=files, Accept="application/json")
    assert answer.status_code == 422 and told in answer.json()["message"]
    assert sorted(folder_of(client).iterdir()) == before
    with pytest.raises(NewError):
        new_pictures(client.desk.root, "2026-1", [(name, content)])


def test_the_settings_of_a_published_issue_are_settled(client: DeskClient) -> None:
    (folder_of(client) / RECORD_FILE).write_text("{}", "utf-8")
    before, path = text_of(client), f"{TOP}基本情况/"
    shown = client.get(path).text
    assert "已经发布" in shown and ">保存<" not in shown
    answer = client.post(path, {**form_of(client, path), "出版日期": "2026-03-05"})
    assert answer.status_code == 422 and text_of(client) == before
