"""Paper proofs, and the comparison with the last one."""

from __future__ import annotations

import errno
import re
import shutil
import sys
from pathlib import Path

import pypdfium2
import pytest

from liulin_gazette.cli import main
from liulin_gazette.model.publication import Publication
from liulin_gazette.pipeline.examination import examine
from liulin_gazette.review.comparison import DELETED, INSERTED, SAME, compare
from liulin_gazette.review.paper_proof import document_proof
from liulin_gazette.review.reprints import copy_project
from liulin_gazette.text.system_errors import reason
from tests.conftest import ROOT, Edit

Capture = pytest.CaptureFixture[str]


def text_of(pdf: Path) -> str:
    document = pypdfium2.PdfDocument(pdf)
    text = "".join(document[number].get_textpage().get_text_range() for number in range(len(document)))
    document.close()
    return re.sub(r"\s", "", text)


def test_the_proof_has_lines_text_and_findings(project: Path, edit: Edit, capsys: Capture) -> None:
    edit("2026-1/01.md", "请认真执行。", "请认真执行,严防死守。\n\n## 一、要求\n\n落实责任。")
    assert main(["proof"], project) == 0
    text = text_of(project / "output/proof/liulin-gazette-2026-1-proof.pdf")
    assert "请认真执行,严防死守。" in text and "一、要求" in text
    assert "警告T003（第15行）" in text and "柳林发〔2026〕9号" in text
    assert "15" in text and "17" in text and "19" in text
    assert "行号是源文件的行号" in capsys.readouterr().out


TEXTS = [
    line
    for line in (ROOT / "content/2026-1/02.md").read_text("utf-8").splitlines()
    if len(line) > 80 and line[0] not in "*|"
]
"""Long paragraphs, each other than the others."""


def lines_of(pdf: Path) -> list[list[tuple[float, str]]]:
    """Return, for each page, the runs of text on it with their distance from the foot in pt, from the head on."""
    document = pypdfium2.PdfDocument(pdf)
    pages: list[list[tuple[float, str]]] = []
    for number in range(len(document)):
        text = document[number].get_textpage()
        boxes = [text.get_rect(index) for index in range(text.count_rects())]
        runs = [
            ((bottom + top) / 2, text.get_text_bounded(*box)) for box in boxes for _, bottom, _, top in [box]
        ]
        pages.append(sorted(((place, run.strip()) for place, run in runs), reverse=True))
    document.close()
    return pages


def test_each_line_number_stands_beside_its_line(project: Path, edit: Edit) -> None:
    body = "\n\n".join(
        f"## {mark}、要求\n\n{text}" for mark, text in zip("一二三四五六", TEXTS, strict=False)
    )
    edit("2026-1/01.md", "请认真执行。", body)
    assert main(["proof"], project) == 0
    pages = lines_of(project / "output/proof/liulin-gazette-2026-1-proof.pdf")
    assert len(pages) > 1
    numbers = {15 + 4 * index: f"{mark}、要求" for index, mark in enumerate("一二三四五六")}
    for line, heading in numbers.items():
        (page,) = (page for page in pages if any(run == heading for _, run in page))
        place = next(place for place, run in page if run == heading)
        assert abs(next(each for each, run in page if run == str(line)) - place) < 4
        below = [run for each, run in page if each < place - 10 and len(run) > 20]
        assert len(below) >= 2, "no heading ends a page"
    assert min(place for place, run in pages[0] if len(run) > 10) < 140, "no page is left before it is full"


def test_every_finding_of_the_real_issue_stands_beside_its_line(publication: Publication) -> None:
    diagnostics = examine(ROOT).diagnostics
    for issue in publication.issues:
        for document in issue.full_texts:
            proof = document_proof(document, diagnostics)
            own = [found for found in diagnostics if found.place.path == document.path]
            beside = [(row, found) for row in proof.rows for found in row.findings]
            assert sorted(map(str, own)) == sorted(str(found) for _, found in beside)
            lines = sorted(row.line for row in proof.rows if row.line)
            for row, found in beside:
                assert row.line == max(line for line in lines if line <= found.place.line)


def test_a_document_with_an_error_does_not_stop_the_proof_of_others(
    project: Path, edit: Edit, capsys: Capture
) -> None:
    other = (project / "content/2026-1/01.md").read_text("utf-8").replace("9号", "10号")
    (project / "content/2026-1/02.md").write_text(other, "utf-8")
    edit("2026-1/issue.toml", '["01.md"]', '["01.md", "02.md"]')
    edit("2026-1/01.md", "标题: ", "标题 ")
    assert main(["proof", "2026-1"], project) == 1
    assert "B005" in capsys.readouterr().err
    assert "柳林发〔2026〕10号" in text_of(project / "output/proof/liulin-gazette-2026-1-proof.pdf")


def test_changes_since_the_proof_are_shown_by_the_word(project: Path, edit: Edit, capsys: Capture) -> None:
    assert main(["diff", "2026-1"], project) == 2
    assert "还没有排过校样" in capsys.readouterr().err
    assert main(["proof"], project) == 0
    assert main(["diff", "2026-1"], project) == 0
    assert "没有改动" in capsys.readouterr().out
    edit("2026-1/01.md", "请认真执行。", "请<b>遵照</b>执行。")
    assert main(["diff", "2026-1"], project) == 0
    page = (project / "output/diff/2026-1.html").read_text("utf-8")
    assert "<del>认真</del><ins>&lt;b&gt;遵照&lt;/b&gt;</ins>执行。" in page
    assert main(["diff", "2026-1", str(project / "nowhere")], project) == 2


def test_comparison_tells_changed_new_and_gone(tmp_path: Path) -> None:
    now, before = tmp_path / "now", tmp_path / "before"
    for folder in (now, before):
        folder.mkdir()
    (before / "a.md").write_text("甲乙丙丁戊\n\n原有一行\n末行\n", "utf-8")
    (now / "a.md").write_text("甲乙己丁戊\n\n末行\n完全不同的新行\n", "utf-8")
    (now / "b.md").write_text("新\n", "utf-8")
    (before / "c.md").write_text("旧\n", "utf-8")
    (now / "d.md").write_text("同\n", "utf-8")
    (before / "d.md").write_bytes("\ufeff同\r\n".encode())
    changed = compare(now, before)
    assert [(file.name, file.state) for file in changed] == [
        ("a.md", "改动"),
        ("b.md", "新增"),
        ("c.md", "删去"),
    ]
    first, *others = changed[0].lines
    assert first.number == 1
    assert [(piece.kind, piece.text) for piece in first.pieces] == [
        (SAME, "甲乙"), (DELETED, "丙"), (INSERTED, "己"), (SAME, "丁戊"),
    ]  # fmt: skip
    assert [[piece.kind for piece in line.pieces] for line in others] == [[DELETED], [INSERTED]]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows makes links for administrators only")
def test_a_lock_file_of_an_editor_is_no_part_of_the_proof(project: Path, edit: Edit, capsys: Capture) -> None:
    (project / "content/2026-1/.#01.md").symlink_to("clerk@desk.1234:1700000000")  # As Emacs has it.
    (project / "content/2026-1/.02.md.swp").write_bytes(b"x")
    assert main(["proof"], project) == 0
    assert main(["diff", "2026-1"], project) == 0
    assert "没有改动。" in capsys.readouterr().out
    assert sorted(file.name for file in (project / ".proofs/2026-1").iterdir()) == ["01.md", "issue.toml"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows makes links for administrators only")
def test_a_lock_file_of_an_editor_does_not_stop_the_trial(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content/01.md").write_text("x", "utf-8")
    (tmp_path / "content/.#01.md").symlink_to("clerk@desk.1234:1700000000")
    (tmp_path / "content/linked.md").symlink_to("01.md")
    (tmp_path / "fonts").mkdir()
    (tmp_path / "fonts/face.ttf").symlink_to(tmp_path / "content/01.md")
    (tmp_path / "fonts/gone.ttf").symlink_to("nowhere")
    (tmp_path / "templates").mkdir()
    trial = tmp_path / "trial"
    copy_project(tmp_path, trial)
    assert sorted(file.name for file in (trial / "content").iterdir()) == ["01.md", "linked.md"]
    assert (trial / "content/linked.md").is_symlink()
    assert (trial / "fonts/face.ttf").read_bytes() == b"x" and not (trial / "fonts/gone.ttf").exists()


def test_an_error_without_a_number_is_not_called_system_error_0() -> None:
    assert reason(shutil.Error([("a", "b", "gone")]), "读写") == "读写时出错"
    assert reason(OSError(errno.ENOSPC, "full"), "写入") == "磁盘已满"
    assert reason(OSError(9999, "odd"), "写入") == "系统错误 9999"
