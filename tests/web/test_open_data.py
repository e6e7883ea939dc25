"""Everything for download: ZIPs by year and of all, and the schemas that the JSON of the site keeps to."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import fastjsonschema
import pytest

from liulin_gazette.model.publication import Publication
from liulin_gazette.model.site_settings import WebSettings
from liulin_gazette.pipeline.stages import Wanted, build
from liulin_gazette.web import addresses
from liulin_gazette.web.bulk import whole_archive, year_archive, year_members
from liulin_gazette.web.manifest import RunningDigest, digest
from liulin_gazette.web.site import SCHEMAS
from tests.changed_settings import with_settings
from tests.conftest import ROOT
from tests.web.test_data import site
from tests.web.test_site import parse, words


def schema(name: str) -> Any:
    text = (ROOT / f"templates/site/schemas/{name}.schema.json").read_text("utf-8")
    assert text == (ROOT / f"docs/schemas/site-{name}.schema.json").read_text("utf-8")
    return fastjsonschema.compile(json.loads(text))


def test_the_json_of_the_site_keeps_to_its_schemas(publication: Publication) -> None:
    assets = site(publication)
    check = {name: schema(name) for name in SCHEMAS}
    check["issues"](json.loads(assets["issues.json"]))
    for issue in publication.issues:
        check["issue"](json.loads(assets[addresses.issue_json(issue)]))
        for document in issue.documents:
            data = json.loads(assets[addresses.document_json(issue, document)])
            check["document"](data)
            with pytest.raises(fastjsonschema.JsonSchemaException):
                check["document"]({**data, "成文日期": "2026年1月4日"})
            with pytest.raises(fastjsonschema.JsonSchemaException):
                check["document"]({**data, "正文": [{"类型": "诗"}]})
    for name in SCHEMAS:
        assert json.loads(assets[addresses.schema(name)])["$schema"].startswith("http://json-schema.org/")


def test_the_zip_of_a_year_has_its_data_and_the_terms(publication: Publication) -> None:
    assets = site(publication)
    issues = publication.issues[:2]
    files = {path: assets[path] for path in year_members(issues)}
    licensed = with_settings(
        publication, web=WebSettings(licence="注明出处", licence_url="https://a.b/licence")
    )
    content = year_archive(licensed.gazette, 2026, issues, files)
    assert content == year_archive(licensed.gazette, 2026, issues, dict(reversed(files.items())))
    archive = zipfile.ZipFile(io.BytesIO(content))
    top = "liulin-gazette-2026/"
    assert archive.read(f"{top}1/liu-zheng-ban-fa-2026-1/liu-zheng-ban-fa-2026-1.xml")
    assert len(archive.namelist()) == len(files) + 2
    read_me = archive.read(f"{top}README.txt").decode()
    assert "使用条件：注明出处\nhttps://a.b/licence\n" in read_me
    for line in archive.read(f"{top}SHA256SUMS").decode().splitlines():
        sha256, _, name = line.partition("  ")
        assert hashlib.sha256(archive.read(top + name)).hexdigest() == sha256
    said = words(parse(site(licensed)["data/index.html"]))
    assert "使用条件：注明出处" in said
    assert "使用条件" not in words(parse(assets["data/index.html"]))


def test_the_zip_of_all_years_holds_those_of_the_years(publication: Publication) -> None:
    years = {"data/bulk/a-2026.zip": b"x" * 100_000, "data/bulk/a-2027.zip": b"y"}
    running = RunningDigest()
    pieces = [running.passed(piece) for piece in whole_archive(publication, years, years.__getitem__)]
    assert len(pieces) == 3 and running.digest() == digest(b"".join(pieces))
    archive = zipfile.ZipFile(io.BytesIO(b"".join(pieces)))
    top = "liulin-gazette-all/"
    assert archive.namelist() == [f"{top}README.txt", f"{top}a-2026.zip", f"{top}a-2027.zip"]
    assert archive.testzip() is None and archive.read(f"{top}a-2027.zip") == b"y"


def test_they_are_made_anew_only_when_their_files_change(project: Path) -> None:
    assert not build(project, Wanted(site_only=True, jobs=1), lambda _: None).failed
    bulk = project / "output/site/data/bulk"
    manifest = json.loads((project / "output/site/manifest.json").read_text("utf-8"))
    schema("manifest")(manifest)
    names = sorted(path.name for path in bulk.iterdir())
    assert [name.rpartition("-")[2] for name in names] == ["2026.zip", "all.zip"]
    assert {f"data/bulk/{name}" for name in names} <= manifest["files"].keys()
    before = {name: (bulk / name).stat().st_ino for name in names}
    (project / "content/2026-1/notes.txt").write_text("nothing that is published", "utf-8")
    assert not build(project, Wanted(site_only=True, jobs=1), lambda _: None).failed
    assert {name: (bulk / name).stat().st_ino for name in names} == before
    document = project / "content/2026-1/01.md"
    document.write_text(document.read_text("utf-8").rstrip("\n") + "\n\n又加一段。\n", "utf-8")
    assert not build(project, Wanted(site_only=True, jobs=1), lambda _: None).failed
    assert all((bulk / name).stat().st_ino != before[name] for name in names)
