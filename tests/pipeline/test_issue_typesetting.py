"""Typesetting that begins before it is known whether it is wanted, and processes that start for it on a guess."""

from __future__ import annotations

import os
import shutil
from collections.abc import Generator
from dataclasses import replace
from pathlib import Path

import pytest

from liulin_gazette.model.dated_settings import settings_at
from liulin_gazette.model.gazette import Gazette
from liulin_gazette.model.issue_record import PublicationRecord
from liulin_gazette.model.publication import Issue
from liulin_gazette.pdf.composition.glyph_coverage import UnprintableError
from liulin_gazette.pipeline import issue_typesetting
from liulin_gazette.pipeline.issue_typesetting import EarlyTypesetting, TypesettingInputs
from liulin_gazette.pipeline.typesetting_start import NEWEST, RECORD, is_typesetting_likely
from liulin_gazette.rendering.templates import read_templates
from liulin_gazette.source.folder import Folder, read_folder
from liulin_gazette.workers.pool import WorkerPool
from tests.conftest import ROOT
from tests.loading import load

FOLDER = "content/2026-1"


def example() -> tuple[Folder, Gazette, Issue]:
    """Return the issue of the example, with its folder and the settings that hold for it."""
    publication, _ = load(ROOT)
    assert publication
    issue = publication.issues[0]
    return read_folder(ROOT, FOLDER), settings_at(publication, issue), issue


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the names of the issues that are begun; nothing is typeset."""
    names: list[str] = []

    def typeset_issue(_settings: object, issue: object, *_: object) -> Generator[None]:
        names.append(str(getattr(issue, "name", "")))
        yield

    def nothing(*_: object, **__: object) -> tuple[()]:
        return ()

    monkeypatch.setattr("liulin_gazette.pdf.editions.typeset_issue.typeset_issue", typeset_issue)
    monkeypatch.setattr("liulin_gazette.pdf.editions.typeset_issue.typesetter_for", nothing)
    monkeypatch.setattr(issue_typesetting.glyph_coverage, "printable_faces", nothing)
    return names


def test_what_was_begun_is_taken_once_and_for_the_same_settings(begun: list[str]) -> None:
    folder, settings, issue = example()
    early = EarlyTypesetting(TypesettingInputs(ROOT, read_templates(ROOT), (), WorkerPool(2)))
    early(folder, settings, issue)
    assert begun == ["2026-1"]
    assert early.take(folder, settings) is not None
    assert early.take(folder, settings) is None
    early(folder, settings, issue)
    assert early.take(folder, replace(settings, publisher="示例县人民政府办公室")) is None


def test_a_published_issue_is_not_begun_nor_one_for_which_there_is_no_other_process(begun: list[str]) -> None:
    folder, settings, issue = example()
    published = replace(issue, record=PublicationRecord(issue.date, {}))
    EarlyTypesetting(TypesettingInputs(ROOT, read_templates(ROOT), (), WorkerPool(2)))(
        folder, settings, published
    )
    EarlyTypesetting(TypesettingInputs(ROOT, read_templates(ROOT), (), WorkerPool(1)))(
        folder, settings, issue
    )
    assert begun == []


def test_what_cannot_be_printed_is_left_to_the_stage_that_prints(
    begun: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise UnprintableError(())

    monkeypatch.setattr(issue_typesetting.glyph_coverage, "printable_faces", refused)
    folder, settings, issue = example()
    early = EarlyTypesetting(TypesettingInputs(ROOT, read_templates(ROOT), (), WorkerPool(2)))
    early(folder, settings, issue)
    assert begun == []
    assert early.take(folder, settings) is None


def test_typesetting_is_likely_where_a_file_is_newer_than_the_last_build(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "content", tmp_path / "content")
    assert is_typesetting_likely(tmp_path)
    files = [file for file in (tmp_path / "content").rglob("*") if file.is_file()]
    for file in files:
        os.utime(file, (1_000_000, 1_000_000))
    (tmp_path / RECORD).parent.mkdir()
    (tmp_path / RECORD).write_bytes(b"")
    os.utime(tmp_path / RECORD, (2_000_000, 2_000_000))
    assert not is_typesetting_likely(tmp_path)
    for changed in (tmp_path / "content/gazette.toml", tmp_path / FOLDER / "01.md"):
        os.utime(changed, (3_000_000, 3_000_000))
        assert is_typesetting_likely(tmp_path)
        os.utime(changed, (1_000_000, 1_000_000))


def test_only_the_newest_folders_are_looked_at(tmp_path: Path) -> None:
    (tmp_path / RECORD).parent.mkdir()
    (tmp_path / RECORD).write_bytes(b"")
    os.utime(tmp_path / RECORD, (2_000_000, 2_000_000))
    for year in range(2020, 2020 + NEWEST + 1):
        (tmp_path / f"content/{year}-1").mkdir(parents=True)
    (tmp_path / "content/2020-1/01.md").write_bytes(b"")
    assert not is_typesetting_likely(tmp_path)
    (tmp_path / "content/2021-1/01.md").write_bytes(b"")
    assert is_typesetting_likely(tmp_path)
