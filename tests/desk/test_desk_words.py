"""No command of the terminal is named at the desk: not in what it shows, and not in any message it could show."""

from __future__ import annotations

import ast
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from liulin_gazette.desk import issue_reviews
from liulin_gazette.desk.act_words import at_desk, desk_advice
from liulin_gazette.desk.screens import document_screen
from liulin_gazette.editing import document_versions
from liulin_gazette.editing.changes import apply
from liulin_gazette.editing.document_saving import ChangedMeanwhileError
from liulin_gazette.editing.undo_journal import Change, EditingError, Step, save_step
from liulin_gazette.model.diagnostics import Diagnostic, Place, Severity, advised
from liulin_gazette.model.reviewing import IssueReview
from liulin_gazette.pipeline.print_files import Printed
from liulin_gazette.pipeline.print_notices import not_typeset
from liulin_gazette.pipeline.stages import Wanted, build
from liulin_gazette.preparation.environment import LOCK
from liulin_gazette.review.tools import check_tools
from liulin_gazette.text.advised_acts import Act, AdvisedAct, advice, as_command
from liulin_gazette.text.editor_error import EditorError
from tests.conftest import ROOT, publish
from tests.desk.conftest import JSON, DeskClient
from tests.desk.test_production import PLACE, did

COMMAND = re.compile(r"build\.py|(?<![-\w!<])--[a-z]")
TERMINAL_ONLY = {
    "editing/counties/county_files.py": "the README of a new gazette",
    "editing/counties/new_gazette.py": "the file itself; beginning a gazette is a command",
    "editing/counties/program_files.py": "the file itself; changing the program is a command",
    "editing/counties/program_upgrade.py": "changing the program is a command",
    "editing/annual_index_files.py": "the index is compiled by a command",
    "editing/issue_file.py": "the last section, of which only the command of the annual index asks",
    "editing/republishing.py": "an empty reason, which the desk refuses before",
    "text/advised_acts.py": "the words of the command line",
    "web/signature_checks.py": "signatures are checked by the command verify",
    "intake/back_issues/archive_folder.py": "the archive is taken in by a command",
    "intake/ocr_command.py": "the command for OCR is given to a command",
    "workers/cluster.py": "a cluster is asked for by a command",
    "workers/cluster_access.py": "likewise",
    "desk/preview_application.py": "serve, which is run in a terminal; the desk has words of its own for each refusal",
    "desk/review_desk/review_server.py": "certificates, which only the command names",
    "editions/archive_readme.py": "a file in the package for the archive",
}
"""Modules that name commands in words of which the desk shows none."""
FACES = ("commands", "preparation", "bundling", "cli.py", "__main__.py")


def literals(path: Path) -> list[str]:
    """The texts in the module at ``path`` that are no docstrings."""
    tree = ast.parse(path.read_text("utf-8"))
    bare = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    found = (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in bare)
    return [node.value for node in found if isinstance(node.value, str)]


def test_no_message_below_the_commands_names_one() -> None:
    package = ROOT / "liulin_gazette"
    named: set[str] = set()
    for path in sorted(package.rglob("*.py")):
        name = path.relative_to(package).as_posix()
        chinese = [text for text in literals(path) if re.search("[一-鿿]|build\\.py", text)]
        if not name.startswith(FACES) and any(COMMAND.search(text) for text in chinese):
            named.add(name)
    assert named == set(TERMINAL_ONLY)


def test_no_screen_names_a_command() -> None:
    for path in sorted((ROOT / "templates/desk").iterdir()):
        assert "build.py" not in path.read_text("utf-8"), path.name


def shown(client: DeskClient, path: str) -> str:
    """The page at ``path``, which names no command."""
    text: str = client.get(path).text
    assert not COMMAND.search(visible(text)), COMMAND.search(visible(text))
    return text


def visible(text: str) -> str:
    return re.sub(r"<[^>]*>", "", text)


def test_what_keeps_an_issue_from_being_published_is_said_with_buttons(desk_client: DeskClient) -> None:
    root = desk_client.desk.root
    file = root / "content/gazette.toml"
    file.write_text(file.read_text("utf-8").replace(".example/", ".cn/"), "utf-8")
    desk_client.desk.content.refresh()
    told = shown(desk_client, PLACE + "publish/")
    assert "先在这一期的“生成与发布”里按“生成”，看过成品，再" in told
    document = root / "content/2026-1/01.md"
    before = document.read_text("utf-8")
    document.write_text(before.replace("文首", "") + "\n::: 没有的版块\n", "utf-8")
    desk_client.desk.content.refresh()
    assert "内容有错误，不能发布。先在“各期”和公文页看列出的错误，改正。" in shown(
        desk_client, PLACE + "publish/"
    )
    document.write_text(before, "utf-8")
    (root / "content/2026-1/issue.toml").write_text("读不懂 = ", "utf-8")
    desk_client.desk.content.refresh()
    for path in ("/", "/issues/2026-1/", PLACE, "/issues/2026-1/new/", "/issues/new/"):
        shown(desk_client, path)
    assert "issue.toml 读不懂。先在“各期”和公文页看列出的错误，改正。" in shown(
        desk_client, "/issues/2026-1/"
    )


def test_a_changed_published_issue_is_said_with_buttons(desk_client: DeskClient) -> None:
    root = desk_client.desk.root
    publish(root, "2026-1")
    document = root / "content/2026-1/01.md"
    document.write_text(document.read_text("utf-8").replace("认真", "从严"), "utf-8")
    desk_client.desk.content.refresh()
    told = shown(desk_client, "/issues/2026-1/documents/01/") + shown(desk_client, "/issues/2026-1/")
    assert "在 2026-1 的“生成与发布”里写明理由，重新生成，网页上会公布。" in told
    page = did(desk_client, "build")
    assert not COMMAND.search(visible(page)) and "没有生成" in page
    findings = desk_client.post("/issues/2026-1/documents/01/findings", {"text": "", "digest": ""}).text
    assert not COMMAND.search(findings)


def test_output_that_was_changed_is_said_with_buttons_and_can_be_removed(desk_client: DeskClient) -> None:
    root = desk_client.desk.root
    assert "先生成" in visible(did(desk_client, "verify"))
    build(root, Wanted(site_only=True), lambda _: None)
    (root / "output/site/index.html").write_text("别的", "utf-8")
    page = did(desk_client, "verify")
    assert "再在这一期的“生成与发布”里按“生成”：" in page and not COMMAND.search(visible(page))
    assert "成品删去了" in did(desk_client, "clean") and not (root / "output/site").exists()
    assert (root / "content/2026-1/01.md").exists()


def test_errors_and_findings_that_name_acts_are_said_with_buttons(
    desk_client: DeskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    remedy = advice("先", Act.CHECK, "。")
    document = "/issues/2026-1/documents/01/"

    class ElsewhereError(ChangedMeanwhileError):
        def __init__(self) -> None:
            EditorError.__init__(self, "别处改过。", remedy)
            self.current = b""

    def save(*_: object) -> bool:
        raise ElsewhereError

    def unreadable(*_: object) -> None:
        raise EditingError("已损坏。", remedy)

    def review(*_: object) -> IssueReview:
        found = Diagnostic("B011", Severity.WARNING, Place("content/2026-1/审阅/甲/001.toml"), "坏了。")
        return IssueReview((), (), (advised(found, remedy),))

    monkeypatch.setattr(document_screen, "save_document", save)
    sent = {"digest": "1", "text": "打了一半"}
    for answer in (desk_client.post(document, sent), desk_client.post(document, sent, **JSON)):
        assert answer.status_code == 409 and not COMMAND.search(visible(answer.text))
        assert "先在“各期”和公文页看列出的错误。" in answer.text
    monkeypatch.setattr(issue_reviews, "read_review", review)
    assert "坏了。先在“各期”和公文页看列出的错误。" in visible(shown(desk_client, "/issues/2026-1/review/"))
    save_step(desk_client.desk.root, Step("save", (Change("content/2026-1/01.md", b"1", b"2"),), False))
    monkeypatch.setattr(document_versions, "change_in_step", unreadable)
    assert "已损坏。先在“各期”和公文页看列出的错误。" in shown(desk_client, f"{document}history/")


def test_notices_of_published_issues_and_indexes_are_whole_sentences() -> None:
    for names, told in (
        (("2031-2",), "重排，在 2031-2 的“生成与发布”里写明理由，重新生成。"),
        (("2031-2", "2031-z1"), "重排，一期一期做，例如在 2031-z1 的“生成与发布”里写明理由，重新生成。"),
    ):
        (found,) = not_typeset(Printed({}, {}, {}, {}, (), (), names, ()))
        assert (
            desk_advice(found) == f"确要用现在的设置和程序{told}"
            and f"build.py {names[-1]} --rep" in found.hint
        )
    index = AdvisedAct(Act.COMPILE_INDEX, "2031")
    assert at_desk(index) == "请装程序的人重编 2031 年的总目录"
    assert as_command(index) == "运行 python3 build.py annual 2031，重新编"


def test_the_desk_is_closed_before_its_programs_are_deleted(tmp_path: Path) -> None:
    (tmp_path / LOCK).write_text("not-installed==9.9\n", "utf-8")
    said = [next(check_tools(tmp_path, naming)).remedy for naming in (at_desk, as_command)]
    assert said == [
        "关掉编辑台，删除 .venv 文件夹，再打开",
        "删除 .venv 文件夹，再运行 python3 build.py",
    ]


def test_an_unfinished_change_and_a_changed_program_are_said_without_commands(
    desk_client: DeskClient,
) -> None:
    root = desk_client.desk.root
    apply(root, "upgrade", [Change("liulin_gazette/cli.py", None, b"1")], is_program=True)
    shown(desk_client, "/history/undo/")
    shutil.rmtree(root / ".undo")
    save_step(root, Step("new issue", (Change("content/x.md", None, b""),), False))
    sections = {"name": "2026-2", "date": "2026-03-28", "sections": "甲"}
    answer: Any = desk_client.post("/issues/new/", sections)
    assert answer.status_code == 422 and "请关掉编辑台，重新打开，会先恢复原样。" in answer.text


@pytest.mark.parametrize(
    "headers", [{"host": "evil.example"}, {"origin": "https://evil.example"}, {"cookie": ""}]
)
def test_strangers_are_refused_without_commands(desk_client: DeskClient, headers: dict[str, str]) -> None:
    desk_client.client.cookies.clear()
    answer = desk_client.client.get("/", headers=headers)
    assert answer.status_code in (403, 421, 400) and not COMMAND.search(answer.text)
