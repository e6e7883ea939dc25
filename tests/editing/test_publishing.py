"""Changes to a published issue need a reason, which its page shows."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from codecs import BOM_UTF8
from datetime import date
from pathlib import Path

import pytest

from liulin_gazette.cli import main
from liulin_gazette.editing.changes import apply, file_change
from liulin_gazette.editing.publishing import republish_changes
from liulin_gazette.pipeline.examination import examine
from liulin_gazette.pipeline.stages import Wanted, build
from liulin_gazette.pipeline.staging import OutputError
from liulin_gazette.source.loader import load_issues
from liulin_gazette.web.manifest import compare
from tests.conftest import Edit, findings

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def published(project: Path) -> Path:
    """Return the small project with its issue published."""
    assert main(["publish", "2026-1", "--yes"], project) == 0
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


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"名称" = "柳林县人民政府公报"', '"名称" = "柳林公报"'),
        ('"文件名前缀" = "liulin-gazette"', '"文件名前缀" = "gazette"'),
    ],
)
def test_a_setting_that_published_pages_show_is_a_change(
    published: Path, edit: Edit, old: str, new: str
) -> None:
    edit("gazette.toml", old, new)
    found = findings(published)
    assert [(each.code, each.place.path) for each in found] == [("B050", "content/gazette.toml")]
    assert old.split('"')[1] in found[0].message
    assert main(["--site-only"], published) == 1
    assert main(["--site-only", "--republish", "改名"], published) == 0
    assert findings(published) == []


def test_a_setting_that_no_page_shows_is_no_change(published: Path, edit: Edit) -> None:
    edit("gazette.toml", '"装订内移" = 3', '"装订内移" = 4')
    assert findings(published) == []


def test_notes_that_are_listed_as_a_document_are_part_of_the_record(project: Path, edit: Edit) -> None:
    (project / "content/2026-1/01.md").rename(project / "content/2026-1/转录说明.md")
    edit("2026-1/issue.toml", "01.md", "转录说明.md")
    assert main(["publish", "2026-1", "--yes"], project) == 0
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


def test_publishing_is_undone_whole(published: Path) -> None:
    assert main(["undo"], published) == 0
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
    assert main(["publish", "2026-2", "--yes"], published) == 0
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
    assert main(["publish", "2026-1", "--yes"], project) == 0
    edit("2026-1/01.md", "请认真执行。", "请遵照执行。")
    monkeypatch.setattr("liulin_gazette.commands.build.date", Stopped)
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
        patch.setattr("liulin_gazette.commands.build.build", broken)
        with pytest.raises(KeyboardInterrupt):
            main(["--site-only", "--republish", "更正"], published)
    assert [each.code for each in findings(published)] == ["B050"]


def test_only_the_reason_is_taken_back(published: Path, edit: Edit, monkeypatch: pytest.MonkeyPatch) -> None:
    edit("2026-1/01.md", "请认真执行。", "请遵照执行。")

    def broken(*_: object) -> None:
        apply(published, "intake", [file_change(published, "content/来稿.txt", b"1")])  # in another window
        raise OutputError("写不进。")

    monkeypatch.setattr("liulin_gazette.commands.build.build", broken)
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

    monkeypatch.setattr("liulin_gazette.commands.build.build", meddled)
    assert main(["--site-only", "--republish", "更正"], published) == 3
    assert "撤不回来" in capsys.readouterr().err


def test_a_command_that_was_killed_is_repeated(published: Path, edit: Edit, capsys: Capture) -> None:
    edit("2026-1/01.md", "请认真执行。", "请遵照执行。")
    publication = load_issues(published, ["2026-1"])
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
