"""归档包 of a build: made once the issue is published, kept while nothing changes, beside the site and not in it."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from liulin_gazette.cli import main
from liulin_gazette.desk.production_files import downloads
from liulin_gazette.pipeline import output_record
from liulin_gazette.pipeline.site_parts import archive_files
from liulin_gazette.pipeline.stages import Result, Wanted, build
from liulin_gazette.review.archive_verification import verify_package
from tests.conftest import Edit
from tests.editions.bagit_rules import faults
from tests.loading import load

BEFORE = '"赠阅范围"'


def built(project: Path) -> Result:
    result = build(project, Wanted(jobs=1), lambda _: None)
    assert not result.failed, result.diagnostics
    return result


def test_a_package_is_made_of_a_published_issue_and_kept(
    project: Path, edit: Edit, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    calls: list[str] = []
    make = archive_files.make_archive

    def counted(unit: archive_files.ArchiveUnit) -> object:
        calls.append(unit.source.folder.name)
        return make(unit)

    monkeypatch.setattr(archive_files, "make_archive", counted)
    edit("gazette.toml", "gazette.liulin.example", "gazette.fangshan.gov.cn")
    edit("gazette.toml", BEFORE, f'"成品" = ["归档包"]\n{BEFORE}')
    built(project)
    package = project / "output/archive/liulin-gazette-2026-1-archive.zip"
    assert not package.exists() and calls == []

    assert main(["publish", "2026-1", "--yes"], project) == 0, capsys.readouterr()
    built(project)
    assert calls == ["2026-1"]
    report = verify_package(package)
    assert report.is_whole and not report.notes and report.sealed == 2, report
    with zipfile.ZipFile(package) as archive:
        files = {name.partition("/")[2]: archive.read(name) for name in archive.namelist()}
    assert faults(files) == []
    site = project / "output/site"
    (pdf,) = site.rglob("liulin-gazette-2026-1.pdf")
    assert files["data/pdf/liulin-gazette-2026-1.pdf"] == pdf.read_bytes()
    assert files["data/source/01.md"] == (project / "content/2026-1/01.md").read_bytes()
    settings = json.loads(files["data/settings/settings.json"])
    assert settings["名称"] == "柳林县人民政府公报" and "成品" not in settings
    manifest = (site / "manifest.json").read_text("utf-8")
    assert "archive" not in manifest and not list(site.rglob("*-archive*"))
    publication, _ = load(project)
    assert publication is not None
    (issue,) = publication.issues
    offered = {each.label: each.path for each in downloads(project, issue, output_record.read(project))}
    assert offered["归档包（交档案馆）"] == "archive/liulin-gazette-2026-1-archive.zip"

    content = package.read_bytes()
    built(project)
    edit("gazette.toml", '"用纸" = ""', '"用纸" = "双胶纸"')  # Of later issues.
    built(project)
    assert package.read_bytes() == content
    calls.clear()
    edit("gazette.toml", '["封底"]', '["归档"]\n"全宗号" = "7"\n"保管期限" = "永久"\n\n["封底"]')
    assert [each.code for each in built(project).diagnostics if each.code == "B052"] == []
    assert calls == ["2026-1"] and b"7" in package.read_bytes() and package.read_bytes() != content
    assert verify_package(package).is_whole

    zeroed = bytes(len(package.read_bytes()))
    package.write_bytes(zeroed)
    assert main(["verify", "--output"], project) == 1
    built(project)
    assert verify_package(package).is_whole

    edit("gazette.toml", '"成品" = ["归档包"]', '"成品" = []')
    built(project)
    assert not package.parent.exists()
