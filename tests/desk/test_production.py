"""From a checked issue to a published one at the desk: each act, and what keeps it from being done."""

from __future__ import annotations

import re
import threading
import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from liulin_gazette.desk import production_work
from liulin_gazette.desk.background_work import BackgroundWork, BusyError, Outcome
from liulin_gazette.pipeline import output_record
from liulin_gazette.pipeline.build_lock import build_lock
from liulin_gazette.pipeline.examination import examine
from liulin_gazette.pipeline.inputs import read_inputs
from liulin_gazette.pipeline.stages import Wanted, build
from liulin_gazette.review.issue_status import output_states
from tests.conftest import publish
from tests.desk.conftest import ADDRESS, JSON, DeskClient
from tests.web.test_versions import CHANGES, RELATION, add_issue, second

PLACE = "/issues/2026-1/production/"


def finished(client: DeskClient) -> str:
    """Wait until nothing is being done, for 300 s at most; return the page then."""
    for _ in range(6000):
        if not client.get(PLACE + "progress/", **JSON).json()["is_busy"]:
            client.desk.content.refresh()
            return client.get(PLACE).text
        time.sleep(0.05)
    raise AssertionError("not done after 300 s")


def did(client: DeskClient, what: str, **fields: str) -> str:
    """Begin ``what`` and return the page when it is done."""
    answer = client.post(f"{PLACE}{what}/", fields)
    assert answer.status_code == 303, answer.text
    return finished(client)


def due(page: str) -> list[str]:
    """The buttons that stand out, of those for what is to be done."""
    acts = page.partition('id="do-title"')[2].partition("</section>")[0]
    return re.findall(r'class="(?:button )?main"[^>]*>([^<]*)', acts)


def test_an_issue_is_proofed_built_published_and_published_again(desk_client: DeskClient) -> None:
    root = desk_client.desk.root
    file = root / "content/gazette.toml"
    file.write_text(file.read_text("utf-8").replace(".example/", ".cn/"), "utf-8")
    desk_client.desk.content.refresh()
    first = desk_client.get(PLACE).text
    assert "还没有排过" in first and "未生成" in first and "还没有成品" in first and due(first) == ["排校样"]
    assert "还没有排过校样" in desk_client.get(PLACE + "compare/").text

    proofed = did(desk_client, "proof")
    assert "校样排好了" in proofed and due(proofed) == ["生成"]
    assert "没有改动" in desk_client.get(PLACE + "compare/").text
    document = root / "content/2026-1/01.md"
    document.write_text(document.read_text("utf-8").replace("认真", "<b>严格</b>"), "utf-8")
    compared = desk_client.get(PLACE + "compare/").text
    assert "<del>认真</del><ins>&lt;b&gt;严格&lt;/b&gt;</ins>" in compared
    document.write_text(document.read_text("utf-8").replace("<b>严格</b>", "严格"), "utf-8")
    desk_client.desk.content.refresh()

    refused = desk_client.get(PLACE + "publish/")
    assert refused.status_code == 422 and "还没有生成" in refused.text
    page = did(desk_client, "build")
    assert "生成好了。" in page and "付印的 PDF" in page and str(root / "output/site") in page
    assert due(page) == ["发布……"]
    for path, kind in (
        ("print/liulin-gazette-2026-1-print.pdf", "application/pdf"),
        ("proof/liulin-gazette-2026-1-proof.pdf", "application/pdf"),
        ("print/liulin-gazette-2026-1-preflight.html", "text/html; charset=utf-8"),
    ):
        answer = desk_client.get(f"{PLACE}files/{path}")
        assert answer.status_code == 200 and answer.headers["content-type"] == kind, path
        assert answer.headers["content-disposition"].startswith("attachment"), path
        assert answer.content == (root / "output" / path).read_bytes()
    assert "核对一致" in did(desk_client, "verify")

    shown = desk_client.get(PLACE + "publish/").text
    assert "01.md" in shown and "2026/1/liulin-gazette-2026-1.pdf" in shown
    fields = hidden(shown)
    assert desk_client.post(PLACE + "publish/", {**fields, "digest": "other"}).status_code == 422
    assert not (root / "content/2026-1/published.json").exists()
    assert desk_client.post(PLACE + "publish/", fields).status_code == 303
    assert (root / "content/2026-1/published.json").exists()
    published = desk_client.get(PLACE).text
    assert f"{date.today()} 发布" in published and due(published) == ["生成"]
    assert "没有要补记的" in desk_client.get(PLACE + "publish/").text

    document.write_text(document.read_text("utf-8").replace("严格", "从严"), "utf-8")
    desk_client.desk.content.refresh()
    assert "没有生成" in did(desk_client, "build")
    assert "没有写理由" in did(desk_client, "republish", reason=" 。 ")
    page = did(desk_client, "republish", reason="更正一处文字")
    assert "理由记在：2026-1。" in page and "新的 PDF 的指纹也记下了。" in page
    assert "更正一处文字" in (root / "output/site/2026/1/index.html").read_text("utf-8")

    (root / "output/print/liulin-gazette-2026-1-print.pdf").write_bytes(b"%PDF")
    assert "核对不符" in did(desk_client, "verify")


def hidden(page: str) -> dict[str, str]:
    """Return the hidden fields of ``page`` that a change of it sends."""
    return {
        name: value
        for name, value in re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page)
        if name != "token"
    }


@pytest.mark.parametrize(
    "path",
    [
        "../content/gazette.toml",
        "%2e%2e/content/gazette.toml",
        "..%2fcontent%2fgazette.toml",
        "/etc/passwd",
        "site/index.html",
        "report/2025-1.html",
        "print/",
        ".lock",
        "proof/liulin-gazette-2026-1-proof.pdf/../../.lock",
    ],
)
def test_no_other_file_can_be_downloaded(desk_client: DeskClient, path: str) -> None:
    build(desk_client.desk.root, Wanted(site_only=True), lambda _: None)
    answer = desk_client.get(f"{PLACE}files/{path}")
    assert answer.status_code == 404 and "没有这一页" in answer.text


def test_a_link_is_not_followed(desk_client: DeskClient, tmp_path: Path) -> None:
    root = desk_client.desk.root
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "liulin-gazette-2026-1-proof.pdf").write_bytes(b"%PDF")
    (root / "output").mkdir()
    (root / "output/proof").symlink_to(elsewhere, target_is_directory=True)
    assert desk_client.get(f"{PLACE}files/proof/liulin-gazette-2026-1-proof.pdf").status_code == 404


@pytest.mark.parametrize("folder", ["2026-9", "..", "2026", "%2e%2e", "new"])
def test_there_is_no_production_of_what_is_no_issue(desk_client: DeskClient, folder: str) -> None:
    for path in ("production/", "production/compare/", "production/publish/", "production/files/a.pdf"):
        assert desk_client.get(f"/issues/{folder}/{path}").status_code == 404
    assert desk_client.post(f"/issues/{folder}/production/build/").status_code == 404


@pytest.mark.parametrize("what", ["proof", "build", "verify", "republish", "publish"])
def test_nothing_is_done_without_the_token_or_by_looking(desk_client: DeskClient, what: str) -> None:
    answer = desk_client.client.post(f"{PLACE}{what}/", data={"token": "wrong"}, headers={"Origin": ADDRESS})
    assert answer.status_code == 422 and "刷新" in answer.text
    if what != "publish":
        assert desk_client.get(f"{PLACE}{what}/").status_code == 404
    assert not (desk_client.desk.root / "output/site").exists()
    assert "is_busy" in desk_client.get(PLACE + "progress/").text


def test_an_error_stops_the_build_and_is_told(desk_client: DeskClient) -> None:
    file = desk_client.desk.root / "content/2026-1/01.md"
    file.write_text(file.read_text("utf-8").replace("标题: ", "标题 "), "utf-8")
    desk_client.desk.content.refresh()
    page = did(desk_client, "build")
    assert "没有生成：有错误" in page and 'href="/rules/B005/"' in page
    assert "别处还有错误" not in page and "内容有错误" in page
    answer = desk_client.get(PLACE + "publish/")
    assert answer.status_code == 422 and "内容有错误，不能发布" in answer.text


def test_an_issue_without_documents_has_a_page(desk_client: DeskClient) -> None:
    (desk_client.desk.root / "content/2026-2").mkdir()
    desk_client.desk.content.refresh()
    answer = desk_client.get("/issues/2026-2/production/")
    assert answer.status_code == 200 and "还没有成品" in answer.text


def test_a_build_elsewhere_is_waited_for_and_told(desk_client: DeskClient) -> None:
    root, steps = desk_client.desk.root, list[str]()
    with build_lock(root, lambda _: None):
        thread = threading.Thread(target=production_work.verify, args=(root, steps.append))
        thread.start()
        until(lambda: bool(steps))
    thread.join()
    assert steps[0].startswith("正在等另一次生成结束（进程")


def test_one_thing_at_a_time(desk_client: DeskClient) -> None:
    work, go = BackgroundWork(desk_client.desk.root), threading.Event()

    def wait(_: Any) -> Outcome:
        go.wait()
        return Outcome("做好了。")

    work.start("生成", "2026-1", wait)
    with pytest.raises(BusyError, match="正在生成（2026-1），没有再做"):
        work.start("排校样", "2026-1", wait)
    go.set()
    until(lambda: bool(work.state and work.state.outcome))
    work.start("排校样", "2026-1", wait)
    until(lambda: bool(work.state and work.state.outcome))


def test_what_nobody_foresaw_ends_the_work_with_a_number(desk_client: DeskClient) -> None:
    work = BackgroundWork(desk_client.desk.root)

    def fail(_: Any) -> Outcome:
        raise ZeroDivisionError

    work.start("生成", "2026-1", fail)
    until(lambda: bool(work.state and work.state.outcome))
    assert work.state and work.state.outcome and "程序出错了（编号" in work.state.outcome.told


def test_an_output_that_cannot_be_written_is_told(desk_client: DeskClient) -> None:
    (desk_client.desk.root / "output").write_bytes(b"")  # A file in its place.
    page = did(desk_client, "build")
    assert "写不进输出文件夹" in page and "该是文件夹的地方是文件" in page


def test_a_record_of_earlier_versions_is_completed(desk_client: DeskClient) -> None:
    publish(desk_client.desk.root, "2026-1")
    record = desk_client.desk.root / "content/published.json"
    record.unlink()
    desk_client.desk.content.refresh()
    shown = desk_client.get(PLACE + "publish/").text
    assert "还缺一些" in shown
    assert desk_client.post(PLACE + "publish/", hidden(shown)).status_code == 303
    assert record.exists()


def test_the_output_is_removed_only_when_what_is_published_was_answered_for(desk_client: DeskClient) -> None:
    root = desk_client.desk.root
    add_issue(root, second(RELATION, **CHANGES))
    kept = root / "output/site/2026/1/公布的.pdf"
    kept.parent.mkdir(parents=True)
    kept.write_bytes(b"%PDF")
    assert "已发布的各期" not in desk_client.get(PLACE + "clean/").text
    unaware = hidden(desk_client.get(PLACE + "clean/").text)
    publish(root, "2026-1")
    desk_client.desk.content.refresh()
    asked = desk_client.get(PLACE + "clean/").text
    assert "<li>2026-1</li>" in asked and "<li>2026-2</li>" not in asked and str(root / "output") in asked
    for sent in (unaware, {**unaware, "sure": "yes"}, hidden(asked)):
        answer = desk_client.post(PLACE + "clean/", sent)
        assert answer.status_code == 422 and "没有删去" in answer.text and kept.exists()
    assert "成品删去了" in did(desk_client, "clean", **hidden(asked), sure="yes") and not kept.exists()


def test_the_output_can_be_removed_where_the_site_has_no_first_page(desk_client: DeskClient) -> None:
    for path in ("output/site", "output/print"):
        (desk_client.desk.root / path).mkdir(parents=True)
        assert 'href="clean/"' in desk_client.get(PLACE).text
    did(desk_client, "clean")
    assert not (desk_client.desk.root / "output/print").exists()


def test_the_page_has_one_name(desk_client: DeskClient) -> None:
    link = re.findall(r'production/">([^<]*)<', desk_client.get("/issues/2026-1/").text)
    page = desk_client.get(PLACE).text
    assert link == ["生成与发布"] and "：生成与发布</h1>" in page and "› 生成与发布</p>" in page
    for path in ("compare/", "clean/"):
        assert '<a href="../">生成与发布</a>' in desk_client.get(PLACE + path).text


def until(is_so: Any) -> None:
    """Wait until ``is_so``, for 60 s at most."""
    for _ in range(1200):
        if is_so():
            return
        time.sleep(0.05)
    raise AssertionError("not so after 60 s")


def test_the_state_of_one_issue_is_that_of_all(project: Path) -> None:
    add_issue(project, second(RELATION, **CHANGES))
    assert not build(project, Wanted(site_only=True), lambda _: None).failed
    inputs, examined, last = read_inputs(project), examine(project), output_record.read(project)
    states = output_states(project, inputs, examined, last)
    assert len(states) == 2
    assert output_record.read_again(project) == last
    assert output_record.read_again(project) is output_record.read_again(project)
    for folder, state in states.items():
        alone = read_inputs(project, (folder,))
        assert output_states(project, alone, examined, last, (folder,)) == {folder: state}
    (damaged,) = last.texts["content/2026-1"].paths[:1]
    (project / "output" / damaged).unlink()
    assert not build(project, Wanted(site_only=True), lambda _: None).failed
    again = output_record.read_again(project)
    assert again == output_record.read(project) != last
