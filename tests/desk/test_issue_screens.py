"""The screens of an issue, asked directly: what each act writes, and what it does with input that is wrong."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from liulin_gazette.desk.issue_folder import shown_digest
from liulin_gazette.disk import system_calls
from liulin_gazette.editing.changes import undo
from liulin_gazette.review.next_step import days_until
from tests.conftest import DOCUMENT
from tests.desk.conftest import JSON, DeskClient

ISSUE = "content/2026-1/issue.toml"
TWO = (
    '"年" = 2026\n"期" = 1\n"总期号" = 30\n"出版日期" = 2026-02-28\n\n'
    '[["栏目"]]\n"名称" = "县政府部门文件"\n"文件" = ["01.md", "02.md"]  # 次序\n\n'
    '[["栏目"]]\n"名称" = "乡镇文件"\n"文件" = []\n'
)


@pytest.fixture
def issue(desk_client: DeskClient) -> DeskClient:
    """A desk whose issue has two documents and two sections."""
    root = desk_client.desk.root
    (root / ISSUE).write_text(TWO, "utf-8")
    second = DOCUMENT.replace("9号", "10号").replace("加强护林", "<b>防火</b>")
    (root / "content/2026-1/02.md").write_text(second, "utf-8")
    desk_client.desk.content.refresh()
    return desk_client


def text(desk: DeskClient, path: str = ISSUE) -> str:
    return (desk.desk.root / path).read_text("utf-8")


def state(root: Path) -> dict[str, bytes]:
    """The content, byte by byte."""
    return {str(file): file.read_bytes() for file in sorted((root / "content").rglob("*")) if file.is_file()}


def digest(desk: DeskClient) -> str:
    return shown_digest((desk.desk.root / ISSUE).read_bytes())


def place_digest(desk: DeskClient, name: str) -> str:
    folder = desk.desk.root / "content/2026-1"
    return shown_digest((desk.desk.root / ISSUE).read_bytes(), (folder / name).read_bytes())


def message(answer: Any) -> str:
    return unquote(answer.cookies.get("gazette-desk-message", ""))


def test_an_issue_shows_its_documents_and_their_findings(issue: DeskClient) -> None:
    answer = issue.get("/issues/2026-1/")
    assert answer.status_code == 200 and "2026年第1期" in answer.text and "2026年2月28日" in answer.text
    assert answer.text.index("01.md") < answer.text.index("02.md") < answer.text.index("乡镇文件")
    assert 'href="/issues/2026-1/documents/02/"' in answer.text and "还没有公文" in answer.text
    assert "&lt;b&gt;" in answer.text and "<b>" not in answer.text
    for address in ("intake/", "production/", "new/"):
        assert f'href="/issues/2026-1/{address}"' in answer.text


@pytest.mark.parametrize(
    "path", ["/issues/2026-9/", "/issues/..%2F..%2Fetc/", "/issues/content/", "/issues/２０２６-1/"]
)
def test_there_is_no_other_issue(issue: DeskClient, path: str) -> None:
    assert issue.get(path).status_code == 404


def test_an_issue_that_cannot_be_read_says_so(issue: DeskClient) -> None:
    (issue.desk.root / ISSUE).write_text("[[", "utf-8")
    issue.desk.content.refresh()
    answer = issue.get("/issues/2026-1/")
    assert answer.status_code == 200 and "issue.toml 读不懂" in answer.text


def test_a_document_moves_and_the_move_can_be_undone(issue: DeskClient) -> None:
    fields = {"digest": digest(issue), "source": "0:0", "target": "0:1"}
    answer = issue.post("/issues/2026-1/order", fields, **JSON)
    assert answer.status_code == 200 and "的第 2 份" in answer.json()["message"]
    assert text(issue) == TWO.replace('"01.md", "02.md"', '"02.md", "01.md"')
    fields = {"digest": digest(issue), "source": "0:1", "target": "1:0"}
    assert issue.post("/issues/2026-1/order", fields).status_code == 303
    assert '"文件" = ["02.md"]  # 次序' in text(issue) and text(issue).endswith('"文件" = ["01.md"]\n')
    undo(issue.desk.root)
    undo(issue.desk.root)
    assert text(issue) == TWO


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"target": "0:9"}, "没有那个位置"),
        ({"target": "7:0"}, "没有那个位置"),
        ({"target": "up"}, "位置不对"),
        ({"source": "0:9"}, "没有那个位置"),
        ({"digest": "0" * 64}, "刚刚在别处改过"),
        ({"token": "wrong"}, "上一次打开"),
    ],
)
def test_a_move_that_does_not_fit_writes_nothing(
    issue: DeskClient, fields: dict[str, str], told: str
) -> None:
    sent = {"digest": digest(issue), "source": "0:0", "target": "0:1", **fields}
    answer = issue.post("/issues/2026-1/order", sent, **JSON)
    assert answer.status_code == 422 and told in answer.json()["message"]
    assert text(issue) == TWO


def test_a_folder_that_cannot_be_written_is_told(issue: DeskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path, content: bytes) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    fields = {"digest": digest(issue), "source": "0:0", "target": "0:1"}
    with monkeypatch.context() as patch:
        patch.setattr(system_calls, "write", refuse)
        answer = issue.post("/issues/2026-1/order", fields, **JSON)
    assert answer.status_code == 422 and "什么都没有改" in answer.json()["message"]
    assert text(issue) == TWO


def test_a_published_issue_keeps_its_order(issue: DeskClient) -> None:
    (issue.desk.root / "content/2026-1/published.json").write_text("{}", "utf-8")
    shown = issue.get("/issues/2026-1/").text
    assert "已经发布" in shown and "上移" not in shown
    fields = {"digest": digest(issue), "source": "0:0", "target": "0:1"}
    for path in ("order", "new/", "intake/", "place/01/delete"):
        answer = issue.post(f"/issues/2026-1/{path}", fields)
        assert answer.status_code == 422 and "已经发布" in answer.text, path
    assert text(issue) == TWO


def test_a_document_is_deleted_with_its_pictures_and_comes_back(issue: DeskClient) -> None:
    root = issue.desk.root
    (root / "content/2026-1/图.png").write_bytes(b"p")
    (root / "content/2026-1/共.png").write_bytes(b"q")
    for name, extra in (("01.md", "\n![图](图.png)\n\n![共](共.png)\n"), ("02.md", "\n![共](共.png)\n")):
        file = root / "content/2026-1" / name
        file.write_text(file.read_text("utf-8") + extra, "utf-8")
    before = state(root)
    shown = issue.get("/issues/2026-1/place/01/").text
    assert "图.png" in shown and "共.png" not in shown.split("删除</h2>")[1]
    answer = issue.post("/issues/2026-1/place/01/delete", {"digest": place_digest(issue, "01.md")})
    assert answer.headers["location"] == "/issues/2026-1/" and "删去了" in message(answer)
    names = {Path(path).name for path in state(root)}
    assert "01.md" not in names and "图.png" not in names and "共.png" in names
    assert '"文件" = ["02.md"]  # 次序' in text(issue)
    undo(root)
    assert state(root) == before


def test_a_picture_is_known_by_its_whole_name_and_a_shared_one_goes_along_and_stays(
    issue: DeskClient,
) -> None:
    root = issue.desk.root
    other = root / "content/2026-2"
    other.mkdir()
    settings = TWO.replace('"期" = 1', '"期" = 2').replace("30", "31")
    (other / "issue.toml").write_text(settings, "utf-8")
    for name in ("1.png", "11.png", "共.png"):
        (root / "content/2026-1" / name).write_bytes(name.encode())
    for name, extra in (("01.md", "\n![图](11.png)\n\n![共](共.png)\n"), ("02.md", "\n![共](共.png)\n")):
        file = root / "content/2026-1" / name
        file.write_text(file.read_text("utf-8") + extra, "utf-8")
    fields = {"digest": place_digest(issue, "01.md"), "place": "2026-2/乡镇文件"}
    assert issue.post("/issues/2026-1/place/01/issue", fields).headers["location"] == "/issues/2026-2/"
    assert {path.name for path in other.glob("*.png")} == {"11.png", "共.png"}
    assert {path.name for path in (root / "content/2026-1").glob("*.png")} == {"1.png", "共.png"}


def test_a_document_moves_to_another_issue_with_its_picture(issue: DeskClient) -> None:
    root = issue.desk.root
    other = root / "content/2026-2"
    other.mkdir()
    (other / "issue.toml").write_bytes(
        TWO.replace('"期" = 1', '"期" = 2').replace("30", "31").replace("\n", "\r\n").encode()
    )
    (other / "图.png").write_bytes(b"another")
    (root / "content/2026-1/图.png").write_bytes(b"p")
    first = root / "content/2026-1/01.md"
    first.write_text(first.read_text("utf-8") + "\n![图](图.png)\n", "utf-8")
    before = state(root)
    fields = {"digest": place_digest(issue, "01.md"), "place": "2026-2/乡镇文件"}
    answer = issue.post("/issues/2026-1/place/01/issue", fields)
    assert answer.headers["location"] == "/issues/2026-2/"
    assert "![图](01-图.png)" in (other / "01.md").read_text("utf-8")
    assert (other / "01-图.png").read_bytes() == b"p" and (other / "图.png").read_bytes() == b"another"
    assert (other / "issue.toml").read_bytes().endswith('"文件" = ["01.md"]\r\n'.encode())
    assert not first.exists()
    undo(root)
    assert state(root) == before


@pytest.mark.parametrize(
    ("act", "fields", "told"),
    [
        ("delete", {"digest": "0"}, "刚刚在别处改过"),
        ("section", {"section": "0"}, "没有选好"),
        ("section", {"section": "9"}, "没有选好"),
        ("section", {"section": "²"}, "没有选好"),
        ("issue", {"place": "2026-1/乡镇文件"}, "没有选好"),
        ("issue", {"place": "../../etc/x"}, "没有选好"),
    ],
)
def test_a_removal_that_does_not_fit_writes_nothing(
    issue: DeskClient, act: str, fields: dict[str, str], told: str
) -> None:
    before = state(issue.desk.root)
    sent = {"digest": place_digest(issue, "01.md"), **fields}
    answer = issue.post(f"/issues/2026-1/place/01/{act}", sent)
    assert answer.status_code == 422 and told in answer.text
    assert state(issue.desk.root) == before


def test_a_vanished_document_is_told_and_can_be_taken_off_the_list(issue: DeskClient) -> None:
    (issue.desk.root / "content/2026-1/01.md").unlink()
    issue.desk.content.refresh()
    assert "文件不见了" in issue.get("/issues/2026-1/").text
    assert "没有列入" in issue.get("/issues/2026-1/place/07/").text
    sent = {"digest": shown_digest(text(issue).encode(), b"")}
    assert issue.post("/issues/2026-1/place/01/delete", sent).status_code == 303
    assert '["02.md"]' in text(issue)


def test_the_next_issue_is_proposed_and_created(issue: DeskClient) -> None:
    shown = issue.get("/issues/new/").text
    assert "2026年第2期" in shown and "总第 31 期" in shown and "乡镇文件" in shown
    sent = {"name": "2026-2", "date": "2026-05-09", "sections": "甲\r\n\r\n 乙<i> \r\n"}
    answer = issue.post("/issues/new/", sent)
    assert answer.headers["location"] == "/issues/2026-2/"
    written = text(issue, "content/2026-2/issue.toml")
    assert '"总期号" = 31\n"出版日期" = 2026-05-09\n' in written and '"名称" = "乙<i>"' in written
    shown = issue.get("/issues/2026-2/").text
    assert "乙&lt;i&gt;" in shown and "还没有公文" in shown
    undo(issue.desk.root)
    assert not (issue.desk.root / "content/2026-2").exists()


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"date": "下个月"}, "出版日期写法不对"),
        ({"sections": " \n"}, "至少写一个栏目"),
        ({"sections": "甲\n甲"}, "写了两次"),
        ({"sections": "甲\x00"}, "没有看不见的字符"),
        ({"sections": "甲" * 61}, "不超过 60 个字"),
        ({"name": "../x"}, "期号写法不对"),
        ({"name": "2026-99"}, "没有第99期"),
        ({"name": "0001-1"}, "不合情理"),
        ({"name": "2026-1"}, "已经有了"),
    ],
)
def test_an_issue_that_cannot_be_is_refused_at_its_place(
    issue: DeskClient, fields: dict[str, str], told: str
) -> None:
    before = state(issue.desk.root)
    answer = issue.post("/issues/new/", {"name": "2026-2", "date": "2026-05-09", "sections": "甲", **fields})
    assert answer.status_code == 422 and told in answer.text
    assert state(issue.desk.root) == before


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("year=2026&kind=&number=3&last=4", "2026年第3—4期（合刊）"),
        ("year=2026&kind=增刊&number=1&last=", "2026年增刊第1期"),
        ("year=2026&kind=&number=3&last=2", "要比前面的期号大"),
        ("year=2026&kind=&number=x&last=", "要写数字"),
        ("year=2026&kind=&number=3-4&last=", "合刊到第几期"),
        ("year=2026&kind=&number=z1&last=", "要写数字"),
        ("year=２０２６&kind=&number=1&last=", "要写数字"),
        ("year=2026&kind=&number=77&last=", "没有第77期"),
        ("year=2026&kind=&number=1&last=", "已经有了"),
        ("year=2026&kind=&number=5&last=", "下一期是2026年第2期"),
    ],
)
def test_another_issue_can_be_asked_for(issue: DeskClient, query: str, shown: str) -> None:
    assert shown in issue.get(f"/issues/new/?{query}").text


NEW = {
    "kind": "公文",
    "section": "乡镇文件",
    "title": "柳林县林业局关于春季造林的通知",
    "date": "2026-02-10",
    "issuers": "柳林县林业局",
    "number": "柳林发〔2026〕11号",
    "addressees": "局属各单位：",
}


def test_a_new_document_is_written_with_what_was_chosen(issue: DeskClient) -> None:
    proposed = issue.get("/issues/2026-1/new/numbers?kind=公文&date=2026-02-10&issuers=柳林县林业局").json()
    assert proposed["numbers"] == ["柳林发〔2026〕11号"]
    before = state(issue.desk.root)
    answer = issue.post("/issues/2026-1/new/", NEW)
    assert answer.headers["location"] == "/issues/2026-1/documents/03/"
    written = text(issue, "content/2026-1/03.md")
    for line in (
        "标题: 柳林县林业局关于春季造林的通知",
        "发文字号: 柳林发〔2026〕11号",
        "公开方式: 此件公开发布",
        "  责任人:",
    ):
        assert f"\n{line}" in written
    assert text(issue).endswith('"文件" = ["03.md"]\n')
    undo(issue.desk.root)
    assert state(issue.desk.root) == before


def test_what_is_not_known_yet_stays_empty(issue: DeskClient) -> None:
    sent = {"kind": "讲话", "section": "乡镇文件", "title": "在<script>大会上的讲话: #1"}
    assert issue.post("/issues/2026-1/new/", sent).status_code == 303
    written = text(issue, "content/2026-1/03.md")
    assert '标题: "在<script>大会上的讲话: #1"\n' in written and "发文字号" not in written
    shown = issue.get("/issues/2026-1/").text
    assert "<script>大会" not in shown and "&lt;script&gt;大会" in shown


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"kind": "不存在"}, "没有“不存在”这种体裁"),
        ({"section": "没有"}, "选一个栏目"),
        ({"title": " "}, "要写标题"),
        ({"title": "a\nb"}, "写成一行"),
        ({"date": "2026-2-30"}, "写法不对"),
        ({"issuers": "外县林业局"}, "没有登记"),
        ({"number": "林发9号"}, "号"),
        ({"number": "柳林发〔2026〕9号"}, "已经用过"),
        ({"number": "柳林发〔2025〕11号"}, "不是同一年"),
        ({"number": "柳教发〔2026〕11号"}, "不是柳林县林业局的"),
        ({"issuers": ""}, "要写发文机关"),
        ({"addressees": "各单位:"}, "全角冒号"),
        ({"kind": "讲话"}, "不写“发文字号”"),
        ({"kind": "政府令", "number": "", "addressees": "", "order": "十二号"}, "写作“第12号”"),
    ],
)
def test_a_wrong_answer_is_told_at_its_field(issue: DeskClient, fields: dict[str, str], told: str) -> None:
    before = state(issue.desk.root)
    answer = issue.post("/issues/2026-1/new/", {**NEW, **fields})
    assert answer.status_code == 422 and told in answer.text and "aria-invalid" in answer.text
    assert state(issue.desk.root) == before


def test_without_settings_nothing_new_is_made(
    issue: DeskClient, edit: Callable[[str, str, str], None]
) -> None:
    (issue.desk.root / "content/gazette.toml").write_text("[", "utf-8")
    issue.desk.content.refresh()
    for path, sent in (("/issues/new/", {"name": "2026-2"}), ("/issues/2026-1/new/", NEW)):
        answer = issue.post(path, sent)
        assert answer.status_code == 422 and "gazette.toml 读不懂" in answer.text


def test_the_first_screen_says_what_is_to_be_done_next(issue: DeskClient) -> None:
    root = issue.desk.root
    empty = root / "content/2026-2"
    empty.mkdir()
    (empty / "issue.toml").write_text(
        TWO.replace('"期" = 1', '"期" = 2').replace('"01.md", "02.md"', ""), "utf-8"
    )
    issue.desk.content.refresh()
    shown = issue.get("/").text
    assert shown.index("2026年第2期") < shown.index("2026年第1期") and "还没有公文：新建一份" in shown
    assert 'href="/issues/new/"' in shown and "排校样，送领导审阅" in shown
    proof = root / ".proofs/2026-1"
    shutil.copytree(root / "content/2026-1", proof)
    assert "校样签字以后，生成并发布" in issue.get("/").text
    (proof / "01.md").write_text("", "utf-8")
    assert "校样以后又改过" in issue.get("/").text
    (root / "content/2026-1/01.md").write_text("---\n标题: \n---\n", "utf-8")
    issue.desk.content.refresh()
    assert "处错误。</a>" in issue.get("/").text


def test_the_first_run_says_where_to_begin(desk_client: DeskClient) -> None:
    shutil.rmtree(desk_client.desk.root / "content/2026-1")
    desk_client.desk.content.refresh()
    shown = desk_client.get("/").text
    assert "从这里开始" in shown and 'href="/issues/new/"' in shown
    proposed = desk_client.get("/issues/new/")
    assert proposed.status_code == 200 and "部门文件" in proposed.text


@pytest.mark.parametrize(
    ("day", "words"),
    [("2026-03-01", "还有 1 天"), ("2026-02-28", "就是今天"), ("2026-02-26", "已过 2 天")],
)
def test_how_far_a_day_is(day: str, words: str) -> None:
    assert days_until(date.fromisoformat(day), date(2026, 2, 28)) == words
