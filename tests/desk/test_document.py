"""The screen of a document, asked directly: saving, findings, fixes, waivers, drafts, and what goes wrong."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import Any

import pytest

from liulin_gazette.desk import snapshot
from liulin_gazette.desk.issue_folder import shown_digest
from liulin_gazette.disk import system_calls
from liulin_gazette.editing.changes import undo
from liulin_gazette.editing.document_file import read_document
from liulin_gazette.editing.document_saving import digest_of, draft_of
from liulin_gazette.editing.issue_arrangement import listed_sections
from liulin_gazette.pipeline import typed_findings as typed_findings_module
from liulin_gazette.pipeline.edited_issues import EditedIssues
from liulin_gazette.pipeline.examination import examine
from liulin_gazette.pipeline.typed_findings import checked_alone, typed_findings
from liulin_gazette.pipeline.typed_folders import TypedFolders
from tests.conftest import ROOT
from tests.desk.conftest import JSON, DeskClient

ADDRESS = "/issues/2026-1/documents/01/"
PATH = "content/2026-1/01.md"
MARKUP = "\"><script>alert(1)</script>'</textarea><b>"


def typed(desk: DeskClient, **changes: Any) -> dict[str, Any]:
    """Return the fields that the page of the document sends, with ``changes``; names without ``f:``."""
    content = (desk.desk.root / PATH).read_bytes()
    file = read_document(content)
    fields: dict[str, Any] = {"digest": digest_of(content), "text": file.text}
    for key, value in (file.values or {}).items():
        if value.text or value.lines:
            fields[f"f:{key}"] = [value.text] if value.text else list(value.lines)
        for number, row in enumerate(value.rows):
            fields |= {f"f:{key}:{number}:{name}": text for name, text in row.items()}
    names = ("text", "digest", "draft", "head", "code", "line", "column", "reason")
    return fields | {name if name in names else f"f:{name}": value for name, value in changes.items()}


def content(desk: DeskClient) -> bytes:
    return (desk.desk.root / PATH).read_bytes()


def findings(desk: DeskClient, **changes: Any) -> list[dict[str, Any]]:
    return desk.post(f"{ADDRESS}findings", typed(desk, **changes), **JSON).json()["findings"]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_what_nobody_changed_stays_byte_for_byte(desk_client: DeskClient, end: str) -> None:
    file = desk_client.desk.root / PATH
    before = file.read_bytes().replace(b"\n", end.encode())
    file.write_bytes(before)
    desk_client.desk.content.refresh()
    assert "没有改动" in desk_client.post(ADDRESS, typed(desk_client), **JSON).json()["message"]
    assert file.read_bytes() == before
    answer = desk_client.post(ADDRESS, typed(desk_client, 发文字号="柳林发〔2026〕8号"))
    assert answer.status_code == 303
    assert file.read_bytes() == before.replace("〔2026〕9号".encode(), "〔2026〕8号".encode())
    undo(desk_client.desk.root)
    assert file.read_bytes() == before


def test_the_form_has_the_fields_of_the_kind(desk_client: DeskClient) -> None:
    page = desk_client.get(ADDRESS)
    assert page.status_code == 200 and 'value="柳林发〔2026〕9号"' in page.text
    assert '<option value="柳林县林业局">' in page.text
    needs = desk_client.post(f"{ADDRESS}findings", typed(desk_client, 体裁="政府令"), **JSON).json()["needs"]
    assert needs["令号"] == "必填" and needs["发文字号"] == "不填" and needs["标题"] == "必填"


def test_findings_are_those_of_the_text_as_typed(desk_client: DeskClient) -> None:
    assert findings(desk_client) == []
    found = findings(desk_client, text="请认真执行,并于2026年2月30日前办结。\n")
    assert {each["code"] for each in found} >= {"T003", "C010"}
    mark = next(each for each in found if each["code"] == "T003")
    assert (mark["row"], mark["start"], mark["is_fixable"], mark["is_waivable"]) == (0, 5, True, True)
    assert mark["rule"] == "/rules/T003/"
    number = findings(desk_client, 发文字号="柳林发[2026]9号")
    assert [(each["code"], each["field"], each["row"]) for each in number] == [("N001", "发文字号", -1)]
    missing = findings(desk_client, 发文字号="")
    assert [(each["code"], each["field"]) for each in missing] == [("B007", "发文字号")]
    assert content(desk_client).decode().count("〔2026〕9号") == 1


def test_what_is_typed_is_checked_as_everything_is() -> None:
    examined = examine(ROOT)
    for path in ("content/2026-1/03.md", "content/2026-1/08.md"):
        alone = checked_alone(TypedFolders(ROOT), path, (ROOT / path).read_bytes(), examined)
        found = typed_findings(path, alone, alone, examined, examined.diagnostics)
        assert sorted(map(str, found)) == sorted(
            str(each) for each in examined.diagnostics if each.place.path == path
        )


def test_a_fix_is_shown_before_it_is_typed(desk_client: DeskClient) -> None:
    text = "请认真执行,不得有误。\n"
    mark = next(each for each in findings(desk_client, text=text) if each["code"] == "T003")
    sent = typed(desk_client, text=text, code="T003", line=mark["line"], column=mark["column"])
    answer = desk_client.post(f"{ADDRESS}fix", sent, **JSON).json()
    assert (answer["before"], answer["after"]) == ("请认真执行,不得有误。", "请认真执行，不得有误。")
    assert answer["text"] == "请认真执行，不得有误。\n"
    assert "请认真执行。" in content(desk_client).decode()
    number = desk_client.post(f"{ADDRESS}fix", typed(desk_client, 发文字号="柳林发[2026]9号"), **JSON).json()
    assert number["fields"]["f:发文字号"] == ["柳林发〔2026〕9号"]
    gone = desk_client.post(f"{ADDRESS}fix", typed(desk_client, code="T003", line=1, column=1), **JSON)
    assert gone.status_code == 422 and "不在了" in gone.json()["message"]


def test_a_waiver_is_a_row_of_the_form_with_its_reason(desk_client: DeskClient) -> None:
    text = "请认真执行,不得有误。\n"
    mark = next(each for each in findings(desk_client, text=text) if each["code"] == "T003")
    place = {"code": "T003", "line": mark["line"], "column": mark["column"]}
    assert (
        "理由"
        in desk_client.post(f"{ADDRESS}waive", typed(desk_client, text=text, **place), **JSON).json()[
            "message"
        ]
    )
    sent = typed(desk_client, text=text, reason="原件如此", **place)
    fields = desk_client.post(f"{ADDRESS}waive", sent, **JSON).json()["fields"]
    assert fields["f:校核豁免:0:代码"] == ["T003"] and fields["f:校核豁免:0:理由"] == ["原件如此"]
    waived = {name.removeprefix("f:"): value for name, value in fields.items()}
    assert findings(desk_client, text=text, **waived) == []
    assert {each["code"] for each in findings(desk_client, **waived)} == {"B030"}


def test_two_windows_choose(desk_client: DeskClient) -> None:
    first, second = typed(desk_client, text="第一个窗口。\n"), typed(desk_client, text="第二个窗口。\n")
    assert desk_client.post(ADDRESS, first).status_code == 303
    assert desk_client.post(ADDRESS, second, **JSON).status_code == 409
    page = desk_client.post(ADDRESS, second)
    assert page.status_code == 409 and "第一个窗口" in page.text and "第二个窗口" in page.text
    assert "第一个窗口" in content(desk_client).decode()
    assert "第二个窗口" in desk_client.get(ADDRESS).text  # The draft.
    assert digest_of(content(desk_client)) in page.text
    chosen = second | {"digest": digest_of(content(desk_client))}
    assert desk_client.post(ADDRESS, chosen).status_code == 303
    assert "第二个窗口" in content(desk_client).decode()


def test_a_save_that_changes_nothing_is_no_conflict(desk_client: DeskClient) -> None:
    sent = typed(desk_client, text="按了两次保存。\n")
    assert desk_client.post(ADDRESS, sent, **JSON).status_code == 200
    again = desk_client.post(ADDRESS, sent, **JSON)
    assert again.status_code == 200 and "没有改动" in again.json()["message"]
    assert again.json()["digest"] == digest_of(content(desk_client))


def test_a_file_deleted_under_the_hands_can_be_put_back(desk_client: DeskClient) -> None:
    sent = typed(desk_client, text="还在。\n")
    (desk_client.desk.root / PATH).unlink()
    desk_client.desk.content.refresh()
    assert desk_client.post(f"{ADDRESS}draft", sent, **JSON).status_code == 200
    answer = desk_client.post(ADDRESS, sent)
    assert answer.status_code == 409 and "删去" in answer.text and "放回去" in answer.text
    assert desk_client.get(ADDRESS).status_code == 200  # From the draft.
    assert desk_client.post(ADDRESS, sent | {"digest": ""}).status_code == 303
    assert "还在。" in content(desk_client).decode() and "柳林发〔2026〕9号" in content(desk_client).decode()


def test_a_draft_is_offered_until_it_is_saved(desk_client: DeskClient) -> None:
    sent = typed(desk_client, text="打到一半\n")
    before = content(desk_client)
    version = desk_client.desk.content.snapshot.version
    assert desk_client.post(f"{ADDRESS}draft", sent, **JSON).status_code == 200
    assert content(desk_client) == before and desk_client.desk.content.snapshot.version == version
    page = desk_client.get(ADDRESS).text
    assert "打到一半" in page and "还没有保存" in page and sent["digest"] in page
    assert desk_client.post(ADDRESS, sent).status_code == 303
    assert not draft_of(desk_client.desk.root, PATH).exists()
    kept = desk_client.post(f"{ADDRESS}draft", typed(desk_client, text="不要了\n"), **JSON).json()
    assert kept["draft"] in desk_client.get(ADDRESS).text
    assert desk_client.post(f"{ADDRESS}draft/discard", {"draft": kept["draft"]}).status_code == 303
    assert "不要草稿" not in desk_client.get(ADDRESS).text


@pytest.mark.parametrize("act", ["", "draft", "draft/discard"])
def test_the_draft_of_another_window_stays(desk_client: DeskClient, act: str) -> None:
    clean = typed(desk_client)
    first = desk_client.post(f"{ADDRESS}draft", typed(desk_client, text="第一个窗口。\n"), **JSON).json()
    kept = draft_of(desk_client.desk.root, PATH)
    before = kept.read_bytes(), content(desk_client)
    for known in ({}, {"draft": ""}, {"draft": "0" * 64}):
        answer = desk_client.post(ADDRESS + act, clean | known, **JSON)
        assert answer.status_code == 422 and "另一个窗口" in answer.json()["message"]
        assert (kept.read_bytes(), content(desk_client)) == before
    own = typed(desk_client, text="第一个窗口，又一句。\n", draft=first["draft"])
    assert desk_client.post(ADDRESS + act, own, **JSON).status_code in (200, 303)
    assert not kept.exists() or "又一句" in kept.read_text("utf-8")


def test_a_draft_with_nothing_to_lose_is_nobody_s(desk_client: DeskClient) -> None:
    desk_client.post(f"{ADDRESS}draft", typed(desk_client), **JSON)
    assert (
        desk_client.post(f"{ADDRESS}draft", typed(desk_client, text="第二个。\n"), **JSON).status_code == 200
    )
    assert desk_client.post(ADDRESS, typed(desk_client, text="第二个。\n"), **JSON).status_code == 200
    assert not draft_of(desk_client.desk.root, PATH).exists()


def test_the_comparison_knows_the_draft_that_was_kept(desk_client: DeskClient) -> None:
    sent = typed(desk_client, text="这一页。\n")
    file = desk_client.desk.root / PATH
    file.write_bytes(content(desk_client).replace("请认真".encode(), "务必认真".encode()))
    page = desk_client.post(ADDRESS, sent).text
    draft = digest_of(draft_of(desk_client.desk.root, PATH).read_bytes())
    assert page.count(f'name="draft" value="{draft}"') == 2 and page.count('name="draft"') == 2
    told = desk_client.post(ADDRESS, sent | {"text": "又改。\n", "draft": draft}, **JSON)
    assert told.status_code == 409
    assert told.json()["draft"] == digest_of(draft_of(desk_client.desk.root, PATH).read_bytes()) != draft


@pytest.mark.parametrize("act", ["delete", "issue"])
def test_a_document_with_a_draft_is_not_taken_away(desk_client: DeskClient, act: str) -> None:
    folder = desk_client.desk.root / "content/2026-1"
    settings = (folder / "issue.toml").read_text("utf-8")
    other = folder.with_name("2026-2")
    other.mkdir()
    (other / "issue.toml").write_text(settings.replace('"期" = 1', '"期" = 2'), "utf-8")
    section = next(each.name for each in listed_sections((folder / "issue.toml").read_bytes()))
    sent = {
        "digest": shown_digest((folder / "issue.toml").read_bytes(), content(desk_client)),
        "place": f"2026-2/{section}",
    }
    draft = draft_of(desk_client.desk.root, PATH)
    known = desk_client.post(f"{ADDRESS}draft", typed(desk_client, text="没有保存。\n"), **JSON).json()
    answer = desk_client.post(f"/issues/2026-1/place/01/{act}", sent)
    assert answer.status_code == 422 and "打了没有保存的字" in answer.text and "不要草稿" in answer.text
    assert draft.exists() and (folder / "01.md").exists()
    desk_client.post(f"{ADDRESS}draft", typed(desk_client, draft=known["draft"]), **JSON)
    assert desk_client.post(f"/issues/2026-1/place/01/{act}", sent).status_code == 303
    assert not draft.exists() and not (folder / "01.md").exists()


@pytest.mark.parametrize("act", ["", "draft"])
def test_a_full_disk_loses_nothing(
    desk_client: DeskClient, act: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = content(desk_client)

    def full(_file: Path, _content: bytes) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(system_calls, "write", full)
        answer = desk_client.post(ADDRESS + act, typed(desk_client, text="改过。\n"), **JSON)
    assert answer.status_code == 422 and "磁盘" in answer.json()["message"]
    assert content(desk_client) == before


def test_a_paste_of_20_megabytes_is_told(desk_client: DeskClient) -> None:
    before = content(desk_client)
    answer = desk_client.post(ADDRESS, typed(desk_client, text="x" * 20_000_000), **JSON)
    assert answer.status_code == 422 and "4 MB" in answer.json()["message"]
    assert content(desk_client) == before


def test_front_matter_that_no_form_can_show_is_shown_as_typed(desk_client: DeskClient) -> None:
    file = desk_client.desk.root / PATH
    file.write_text(file.read_text("utf-8").replace("标题: ", "标题："), "utf-8")
    desk_client.desk.content.refresh()
    page = desk_client.get(ADDRESS)
    assert "文首信息原文" in page.text and "标题：柳林县林业局" in page.text
    head = read_document(file.read_bytes()).head
    sent = {
        "digest": digest_of(file.read_bytes()),
        "text": "请认真执行。\n",
        "head": head.replace("标题：", "标题: "),
    }
    assert desk_client.post(f"{ADDRESS}findings", sent, **JSON).json()["findings"] == []
    assert desk_client.post(ADDRESS, sent).status_code == 303
    assert 'name="f:标题"' in desk_client.get(ADDRESS).text


@pytest.mark.parametrize("is_raw", [False, True])
@pytest.mark.parametrize(
    "elsewhere",
    [
        '---\n标题: "没有收住\n---\n\n别处的。\n'.encode(),
        "---\n标题: 甲\n---\n\n别处的。\n".encode("gb18030"),
    ],
)
def test_a_file_that_became_unreadable_elsewhere_is_compared(
    desk_client: DeskClient, elsewhere: bytes, is_raw: bool
) -> None:
    file = desk_client.desk.root / PATH
    sent = typed(desk_client, text="这一页打的,还在。\n")
    if is_raw:
        sent = {"digest": sent["digest"], "text": sent["text"], "head": read_document(file.read_bytes()).head}
    file.write_bytes(elsewhere)
    desk_client.desk.content.refresh()
    found = desk_client.post(f"{ADDRESS}findings", sent, **JSON).json()
    assert found["digest"] == digest_of(elsewhere)
    assert "T003" in {each["code"] for each in found["findings"]}
    assert desk_client.post(f"{ADDRESS}draft", sent, **JSON).status_code == 200
    page = desk_client.post(ADDRESS, sent)
    assert page.status_code == 409 and "这一页打的" in page.text and digest_of(elsewhere) in page.text
    assert file.read_bytes() == elsewhere
    assert desk_client.post(ADDRESS, sent | {"digest": digest_of(elsewhere)}).status_code == 303
    assert "这一页打的" in file.read_text("utf-8") and "柳林发〔2026〕9号" in file.read_text("utf-8")
    undo(desk_client.desk.root)
    assert file.read_bytes() == elsewhere


def test_markup_in_every_field_stays_text(desk_client: DeskClient) -> None:
    sent = typed(desk_client, text=MARKUP)
    for name in list(sent):
        if name.startswith("f:") and name not in ("f:成文日期",):
            sent[name] = MARKUP
    sent |= {"f:日程:0:日期": MARKUP, "f:题注": [MARKUP, f"{MARKUP}2"], "f:校核豁免:0:代码": MARKUP}
    assert desk_client.post(ADDRESS, sent, **JSON).status_code == 200
    for page in (
        desk_client.get(ADDRESS),
        desk_client.post(ADDRESS, sent | {"digest": "other", "text": f"{MARKUP}。"}),
    ):
        assert "<script>alert" not in page.text and "&lt;script&gt;alert(1)" in page.text
        assert "</textarea><b>" not in page.text
    found = desk_client.post(f"{ADDRESS}findings", sent, **JSON)
    assert found.headers["content-type"] == "application/json" and found.status_code == 200


def test_a_file_of_another_encoding_is_told(desk_client: DeskClient) -> None:
    (desk_client.desk.root / PATH).write_bytes("标题".encode("gb18030"))
    answer = desk_client.get(ADDRESS)
    assert answer.status_code == 422 and "UTF-8" in answer.text


@pytest.mark.parametrize(
    "path",
    ["/issues/2026-9/documents/01/", "/issues/2026-1/documents/99/", "/issues/2026-1/documents/.~01/",
     "/issues/2026-1/documents/%2e%2e/", "/issues/../documents/01/", "/issues/2026-1/documents/a%5Cb/"],
)  # fmt: skip
def test_no_other_file_is_opened(desk_client: DeskClient, path: str) -> None:
    assert desk_client.get(path).status_code == 404
    assert desk_client.post(path, {"text": "", "digest": ""}).status_code == 404


def test_a_change_takes_the_token_of_the_session(desk_client: DeskClient) -> None:
    before = content(desk_client)
    answer = desk_client.post(ADDRESS, typed(desk_client, text="别的网站。\n") | {"token": "wrong"})
    assert answer.status_code == 422 and content(desk_client) == before


def test_the_desk_alone_may_frame_the_site(desk_client: DeskClient) -> None:
    desk, site = (desk_client.get(path).headers for path in (ADDRESS, "/site/2026/1/"))
    assert "frame-src 'self'" in desk["content-security-policy"] and desk["x-frame-options"] == "DENY"
    assert "frame-ancestors 'none'" in desk["content-security-policy"]
    assert (
        "frame-ancestors 'self'" in site["content-security-policy"]
        and "frame-src" not in site["content-security-policy"]
    )


def test_the_series_is_checked_again_only_where_the_document_stands_otherwise_to_it(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    last = examine(project)
    checks: list[str] = []
    check_series = typed_findings_module.check_series

    def counted(*given: Any) -> Any:
        checks.append("")
        return check_series(*given)

    monkeypatch.setattr(typed_findings_module, "check_series", counted)
    saved = (project / PATH).read_bytes()
    before = checked_alone(TypedFolders(project), PATH, saved, last)
    for old, new, count in (
        ("请认真执行。", "请遵照执行,严防死守。", 1),
        ("〔2026〕9号", "〔2026〕8号", 2),
        ("请认真执行。", "请照柳林发〔2020〕7号执行。", 3),
    ):
        changed = saved.replace(old.encode(), new.encode())
        assert changed != saved
        again = checked_alone(TypedFolders(project), PATH, changed, last, before)
        assert len(checks) == count
        monkeypatch.setattr(typed_findings_module, "check_series", check_series)
        assert again == checked_alone(TypedFolders(project), PATH, changed, last)
        monkeypatch.setattr(typed_findings_module, "check_series", counted)


def test_an_opened_document_is_made_ready_once_and_later(
    desk_client: DeskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    learnt: list[str] = []

    def learn(_root: Path, path: str, _edited: EditedIssues) -> None:
        learnt.append(path)

    def has(_edited: EditedIssues, _path: str) -> bool:  # As where the reading of the issue was stored.
        return False

    monkeypatch.setattr(snapshot, "learn_issue", learn)
    monkeypatch.setattr(EditedIssues, "has", has)
    content = desk_client.desk.content
    desk_client.get("/issues/2026-1/documents/nothing/")
    desk_client.get("/issues/2026-1/documents/01/")
    assert learnt == []  # The page does not wait for it.
    content.get_ready()
    content.get_ready()
    assert learnt == ["content/2026-1"]
