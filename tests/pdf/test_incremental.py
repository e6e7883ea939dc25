"""Incremental builds: only what changed is built again, and the output equals that of a clean build."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from liulin_gazette.cache import libraries, sealed_file
from liulin_gazette.pdf.typeset import layout_cache
from liulin_gazette.pdf.typeset.layout import Layout, Page, decode, encode
from liulin_gazette.pipeline.stages import Result, Wanted, build
from tests.conftest import DOCUMENT, digest

pytestmark = pytest.mark.usefixtures("layouts_made_anew")
SERIALS = (3, 5, 9)


@pytest.fixture
def three_documents(project: Path) -> Path:
    folder = project / "content/2026-1"
    for serial in SERIALS:
        text = DOCUMENT.replace("〕9号", f"〕{serial}号").replace("请认真执行。", "请认真执行。\n\n" * serial)
        (folder / f"0{serial}.md").write_text(text, "utf-8")
    (folder / "01.md").unlink()
    issue = (folder / "issue.toml").read_text("utf-8")
    issue = issue.replace('["01.md"]', "[" + ", ".join(f'"0{serial}.md"' for serial in SERIALS) + "]")
    (folder / "issue.toml").write_text(issue, "utf-8")
    return project


def build_all(root: Path) -> Result:
    result = build(root, Wanted(jobs=1), lambda _: None)
    assert not result.failed, result.diagnostics
    return result


def clean_copy(root: Path, target: Path) -> Path:
    for name in ("content", "templates"):
        shutil.copytree(root / name, target / name)
    return target


def test_nothing_changed_nothing_made(three_documents: Path) -> None:
    first = build_all(three_documents)
    assert first.typeset and not first.unchanged
    before = {path: path.stat().st_mtime_ns for path in (three_documents / "output").rglob("[!.]*")}
    second = build_all(three_documents)
    assert second.unchanged and second.built == first.built and second.diagnostics == first.diagnostics
    assert before == {path: path.stat().st_mtime_ns for path in (three_documents / "output").rglob("[!.]*")}


def test_one_edit_typesets_one_document(three_documents: Path) -> None:
    build_all(three_documents)
    document = three_documents / "content/2026-1/05.md"
    document.write_text(document.read_text("utf-8").replace("请认真", "请切实", 1), "utf-8")
    assert build_all(three_documents).typeset == ("liu-lin-fa-2026-5",)


def test_an_output_that_was_touched_is_made_again(three_documents: Path) -> None:
    build_all(three_documents)
    good = digest(three_documents / "output")
    page = three_documents / "output/site/index.html"
    page.write_text("别的", "utf-8")
    single = next((three_documents / "output/site/2026/1").glob("*/*.pdf"))
    single.write_bytes(b"%PDF")
    again = build_all(three_documents)
    assert not again.unchanged and again.typeset == ()
    assert digest(three_documents / "output") == good


def test_random_edits_end_where_a_clean_build_does(three_documents: Path, tmp_path: Path) -> None:
    chance = random.Random(20260228)
    folder = three_documents / "content/2026-1"

    def lengthen(serial: int) -> None:
        file = folder / f"0{serial}.md"
        file.write_text(
            file.read_text("utf-8") + "\n" + "各镇要切实加强巡护。" * chance.randint(1, 400) + "\n", "utf-8"
        )

    def shorten(serial: int) -> None:
        file = folder / f"0{serial}.md"
        head, dashes, body = file.read_text("utf-8").rpartition("---\n")
        file.write_text(head + dashes + "\n" + (body.strip().split("\n")[0] or "请执行。") + "\n", "utf-8")

    def change_settings(_: int) -> None:
        file = three_documents / "content/gazette.toml"
        text = file.read_text("utf-8").replace('"刊期" = "双月刊"', '"刊期" = "每两月一期"', 1)
        file.write_text(text, "utf-8")

    def add_rare_characters(serial: int) -> None:
        file = folder / f"0{serial}.md"
        file.write_text(file.read_text("utf-8") + "\n联系人：张㛃、李䶮。\n", "utf-8")

    edits: list[Callable[[int], None]] = [
        lengthen,
        shorten,
        add_rare_characters,
        lengthen,
        change_settings,
        shorten,
    ]
    build_all(three_documents)
    for number, edit in enumerate(edits):
        edit(chance.choice(SERIALS))
        build_all(three_documents)
        if number % 2 == 0:
            continue  # What is wrong now is wrong after the next edit too.
        clean = clean_copy(three_documents, tmp_path / f"clean-{number}")
        build_all(clean)
        assert digest(three_documents / "output") == digest(clean / "output"), edit


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("content/gazette.toml", '"版权页" = []', '"版权页" = ["印数：壹仟册"]'),
        ("content/gazette.toml", "# 公报的基本情况。", "# 龘的基本情况。"),
        ("templates/site/home.html", "{% endblock %}", "龘{% endblock %}"),
    ],
)
def test_an_edit_of_what_is_around_the_texts_ends_where_a_clean_build_does(
    project: Path, tmp_path: Path, file: str, old: str, new: str
) -> None:
    build_all(project)
    text = (project / file).read_text("utf-8")
    assert old in text
    (project / file).write_text(text.replace(old, new), "utf-8")
    build_all(project)
    clean = clean_copy(project, tmp_path / "clean")
    build_all(clean)
    assert digest(project / "output") == digest(clean / "output")


def test_another_typesetter_sets_everything_again(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build_all(project)
    monkeypatch.setattr(libraries, "pango_version", lambda: "0")
    assert "liu-lin-fa-2026-9" in build_all(project).typeset


def test_settings_that_are_not_printed_typeset_nothing(project: Path) -> None:
    build_all(project)
    file = project / "content/gazette.toml"
    file.write_text('# 上面多一行。\n"校核" = { "最长间隔" = 200 }\n' + file.read_text("utf-8"), "utf-8")
    said: list[str] = []
    assert not build(project, Wanted(jobs=1), said.append).failed
    assert not any(step.startswith("排印") for step in said)


def test_two_processes_make_what_one_makes(three_documents: Path, tmp_path: Path) -> None:
    other = clean_copy(three_documents, tmp_path / "other")
    build_all(three_documents)
    assert not build(other, Wanted(jobs=2), lambda _: None).failed
    assert digest(other / "output") == digest(three_documents / "output")


def test_damaged_cache_costs_only_time(three_documents: Path) -> None:
    build_all(three_documents)
    good = digest(three_documents / "output")
    for number, file in enumerate(sorted((three_documents / layout_cache.FOLDER).iterdir())):
        file.write_bytes(b"" if number % 2 else file.read_bytes()[:-7] + b"damaged")
    (three_documents / ".cache/ledger").write_text('{"format": 1, "inputs": 3', "utf-8")
    assert build_all(three_documents).typeset
    assert digest(three_documents / "output") == good


def test_layouts_survive_the_disk() -> None:
    page = Page(10, 20, b"BT\n\xff\nET", 0, (), {"a": (1, 2)}, {}, False)
    layout = Layout((page,), (), (), {"F1": {3: (1000, "柳")}}, {"P1": b"\x89PNG"})
    assert decode(encode(layout)) == layout


def test_old_layouts_are_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layout_cache, "CAPACITY", 2)
    cache = layout_cache.LayoutCache(tmp_path, "", (), lambda _: b"")
    for name in "abc":
        sealed_file.write(tmp_path / layout_cache.FOLDER / name, b"")
    cache.trim()
    assert len(list((tmp_path / layout_cache.FOLDER).iterdir())) == 2
