"""Comments and 阅签 as files beside an issue: written, read within bounds, found again, and never published."""

from __future__ import annotations

import json
import shutil
from datetime import datetime
from pathlib import Path

import pytest

from liulin_gazette.editing.changes import Change, apply, undo
from liulin_gazette.editing.document_saving import digest_of
from liulin_gazette.editing.review_acts import add_comment, handle_comment, sign_off, withdraw_comment
from liulin_gazette.editing.reviewers import add_reviewer
from liulin_gazette.editing.undo_journal import EditingError, steps
from liulin_gazette.model.reviewing import (
    MOST_WORDS,
    IssueReview,
    ReviewComment,
    Verdict,
    is_reviewer_name,
    plain_words,
)
from liulin_gazette.pipeline.examination import examine
from liulin_gazette.pipeline.stages import Wanted, build
from liulin_gazette.review.commented_places import (
    CommentedPlace,
    commented_places,
    placed_comments,
    quoted_words,
)
from liulin_gazette.review.next_step import ProofState, proof_state
from liulin_gazette.review.proofing import set_proofs
from liulin_gazette.source import review_files
from liulin_gazette.source.folder import read_folder
from liulin_gazette.source.loader import load_issues
from liulin_gazette.source.review_files import MOST_FILE_BYTES, read_review
from liulin_gazette.web.document_places import places_of
from tests.conftest import digest, publish

NOW = datetime(2026, 3, 5, 9, 30)
OWN = "content/2026-1/审阅/王局长"
DIGEST = "0" * 64


def add(root: Path, words: str = "改为“严格”。", reviewer: str = "王局长", place: str = "t-1") -> str:
    return add_comment(root, "2026-1", reviewer, "01.md", place, "请认真执行。", words, NOW)


def only(root: Path) -> ReviewComment:
    (comment,) = read_review(root, "2026-1").comments
    return comment


def test_a_comment_is_a_file_that_a_person_could_have_typed(project: Path) -> None:
    assert add(project, '第一行\n“引号”"与\\斜线') == "001"
    assert (project / OWN / "001.toml").read_text("utf-8") == (
        '"文件" = "01.md"\n"位置" = "t-1"\n"原文" = "请认真执行。"\n'
        '"意见" = "第一行\\n“引号”\\"与\\\\斜线"\n"时间" = 2026-03-05 09:30:00\n'
    )
    comment = only(project)
    assert comment.words == '第一行\n“引号”"与\\斜线' and comment.shown_time == "2026年3月5日 09:30"
    assert add(project) == "002"


def test_what_reviewers_write_is_no_step_of_the_editor(project: Path) -> None:
    apply(project, "edit", (Change("content/2026-1/99.md", None, b"x"),))
    add(project)
    sign_off(project, "2026-1", "王局长", "01.md", Verdict.READ, DIGEST, NOW)
    assert len(steps(project)) == 1
    undone = undo(project)
    assert undone and undone.paths == ("content/2026-1/99.md",)
    assert only(project).words == "改为“严格”。"


def test_closing_is_a_step_that_is_undone(project: Path) -> None:
    add(project)
    handle_comment(project, "2026-1", "王局长", "001", only(project).digest, NOW)
    assert only(project).handled == NOW
    add(project, "另一条", "李主任")
    undone = undo(project)
    assert undone and undone.paths == (f"{OWN}/001.toml",)
    assert [each.handled for each in read_review(project, "2026-1").comments] == [None, None]


def test_a_damaged_file_is_told_and_nothing_else_is_lost(project: Path) -> None:
    for number in range(9):
        add(project, f"第 {number} 条")
    sign_off(project, "2026-1", "李主任", "", Verdict.AGREED, DIGEST, NOW)
    good = (project / OWN / "001.toml").read_bytes()
    damaged = {
        "002": b"\xff\xfe",
        "003": b'"\xe6\x84\x8f\xe8\xa7\x81" = ',
        "004": b"",
        "005": good + b"#" * MOST_FILE_BYTES,
        "006": good.replace(b"01.md", b"../../gazette.toml"),
        "007": good.replace("第 0 条".encode(), ("字" * (MOST_WORDS + 1)).encode()),
        "008": good.replace(b"2026-03-05", b'"soon" #'),
    }
    for name, content in damaged.items():
        (project / OWN / f"{name}.toml").write_bytes(content)
    (project / OWN / "009.toml").unlink()
    (project / OWN / "009.toml").symlink_to(project / OWN / "001.toml")
    (project / OWN / "note.txt").write_text("不读", "utf-8")
    (project / OWN / "阅签.toml").write_bytes(b'[["\xe9\x98\x85\xe7\xad\xbe"]]\n"x" = 1\n')
    review = read_review(project, "2026-1")
    assert [comment.words for comment in review.comments] == ["第 0 条"]
    assert [each.reviewer for each in review.sign_offs] == ["李主任"]
    told = {Path(diagnostic.place.path).stem for diagnostic in review.diagnostics}
    assert told == {*damaged, "009", "阅签"}
    assert all(diagnostic.message and diagnostic.hint for diagnostic in review.diagnostics)


def test_what_is_beyond_the_bounds_is_told(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("王局长", "财政局2科", "Li"):
        add(project, f"{name}的意见", name)
    add(project, "第二条")
    assert read_review(project, "2026-1").diagnostics == ()
    monkeypatch.setattr(review_files, "MOST_REVIEWERS", 2)
    monkeypatch.setattr(review_files, "MOST_COMMENTS", 1)
    review = read_review(project, "2026-1")
    assert [comment.reviewer for comment in review.comments] == ["Li", "王局长"]
    told = {(each.place.path, each.message) for each in review.diagnostics}
    assert told == {
        ("content/2026-1/审阅", "这里有 3 个审阅人，只读前 2 个；从“财政局2科”起没有读。"),
        (OWN, "这里有 2 条意见，只读前 1 条；从“002.toml”起没有读。"),
    }
    monkeypatch.setattr(review_files, "_MOST_ENTRIES", 2)
    assert any("超过 2 个" in each.message for each in read_review(project, "2026-1").diagnostics)


def test_folders_that_are_links_are_not_followed(project: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    (outside / "王局长").mkdir(parents=True)
    (project / "content/2026-1/审阅").symlink_to(outside)
    with pytest.raises(EditingError):
        add(project)
    review = read_review(project, "2026-1")
    assert review.comments == () and review.diagnostics
    assert list((outside / "王局长").iterdir()) == []


@pytest.mark.parametrize(
    "name", ["", ".", "..", "../x", "a/b", "王 局长", "王\u200b局长", "字" * 21, "·", "王\n", "-r"]
)
def test_names_that_no_reviewer_can_have(project: Path, name: str) -> None:
    assert not is_reviewer_name(name)
    with pytest.raises(EditingError):
        add(project, reviewer=name)
    if name != "王\n":
        with pytest.raises(EditingError):
            add_reviewer(project, name)


@pytest.mark.parametrize("name", ["王局长", "阿卜杜拉·买买提", "财政局2科", "Li"])
def test_names_that_reviewers_have(project: Path, name: str) -> None:
    add(project, reviewer=name)
    assert only(project).reviewer == add_reviewer(project, name).name == name


def test_names_of_devices_and_twins_are_refused(project: Path) -> None:
    add_reviewer(project, "Li")
    for name in ("CON", "li"):
        with pytest.raises(EditingError):
            add_reviewer(project, name)


def test_only_what_the_page_showed_is_changed(project: Path) -> None:
    add(project)
    for name, shown in (("001", DIGEST), ("002", DIGEST), ("../../issue", DIGEST), ("阅签", DIGEST)):
        with pytest.raises(EditingError):
            withdraw_comment(project, "2026-1", "王局长", name, shown)
    content = (project / OWN / "001.toml").read_bytes()
    withdraw_comment(project, "2026-1", "王局长", "001", digest_of(content))
    assert read_review(project, "2026-1") == IssueReview()
    assert not (project / "content/2026-1/审阅").exists()


def test_what_cannot_be_seen_is_not_kept() -> None:
    assert plain_words(" 甲\u202e乙\u200b\0\r\n\t丙\ufffd ") == "甲乙\n 丙"


def test_places_are_those_of_the_page(project: Path) -> None:
    (project / "content/2026-1/01.md").write_text(
        (project / "content/2026-1/01.md").read_text("utf-8")
        + "\n一、总体要求\n\n第一条 各村应当巡护。\n\n| 村 | 人数 |\n| --- | --- |\n| 甲村 | 3 |\n",
        "utf-8",
    )
    publication, _ = load_issues(project, ["2026-1"])
    assert publication
    (issue,) = publication.issues
    (document,) = issue.full_texts
    places = commented_places(document, places_of(issue, document))
    assert places[0].label == "全文" and any("甲村" in place.text for place in places)
    article = next(place for place in places if "巡护" in place.text)
    assert article.label == "第一条" and article.line
    assert quoted_words(article, "应当 巡护") == "应当 巡护"
    assert quoted_words(article, "别处的字") == article.text
    assert quoted_words(places[0], "任何字") == ""


def test_a_comment_stays_with_its_words() -> None:
    def placed(quoted: str, *texts: str, place: str = "p1") -> tuple[str, bool]:
        comment = ReviewComment("王局长", "001", "01.md", place, quoted, "意见", NOW, None, DIGEST)
        places = [CommentedPlace("", "全文", "标题", 0)]
        places += [CommentedPlace(f"p{number}", "", text, number) for number, text in enumerate(texts, 1)]
        (found,) = placed_comments([comment], places)
        return found.place.name if found.place else "-", found.is_changed

    assert placed("严格执行", "请严格执行。", "请严格执行。") == ("p1", False)
    assert placed("请严格执行。", "新的一段。", "请严格 执行。") == ("p2", False)
    telling = "各乡镇人民政府、县直各单位要在三月底以前"
    assert placed(telling, "新的一段。", f"{telling}报送。") == ("p2", False)
    assert placed(telling, "新的一段。", f"{telling}报送。", f"{telling}检查。") == ("p2", True)
    # The name of an office is in other paragraphs too: there it is not what the comment was about.
    other = "各乡镇、县民政局要抓好落实。"
    assert placed("民政局", "由县民政局负责。", other) == ("p1", False)
    assert placed("民政局", "由县财政局负责。", other) == ("p1", True)
    assert placed("民政局", "由县财政局负责。", other, place="t-9") == ("p2", True)
    assert placed("各村要严格执行护林规定", "新的一段。", "各村必须严格执行护林规定。", place="t-9") == (
        "p2",
        True,
    )
    assert placed("严格执行", "全改了。", place="p1") == ("p1", True)
    assert placed("严格执行", "全改了。", place="t-9") == ("-", True)
    assert placed("", "全改了。", place="") == ("", False)


def test_comments_are_never_published(project: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    other = tmp_path_factory.mktemp("commented") / "project"
    shutil.copytree(project, other)
    folder, found = read_folder(other, "content/2026-1"), examine(other).diagnostics
    add(other, "不公开的意见")
    sign_off(other, "2026-1", "王局长", "", Verdict.AGREED, DIGEST, NOW)
    (other / OWN / "003.toml").write_bytes(b"\xff damaged")
    assert read_folder(other, "content/2026-1") == folder and examine(other).diagnostics == found
    for root in (project, other):
        build(root, Wanted(jobs=1), lambda _: None)
    assert digest(project / "output") == digest(other / "output")
    publish(other, "2026-1")
    record = json.loads((other / "content/2026-1/published.json").read_bytes())
    assert "001.toml" not in json.dumps(record, ensure_ascii=False) and "审阅" not in str(record)
    assert [each.code for each in examine(other).diagnostics if each.code.startswith("B05")] == []


def test_a_proof_has_no_comments(project: Path) -> None:
    add(project)
    assert set_proofs(project, ["2026-1"], lambda _: None).paths
    assert not any("审阅" in str(path) for path in (project / ".proofs").rglob("*"))
    assert proof_state(project, "content/2026-1") is ProofState.CURRENT
    add(project)
    assert proof_state(project, "content/2026-1") is ProofState.CURRENT
