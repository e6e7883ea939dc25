"""归档包: a bag by the RFC, whole, the same bytes each time, with a catalogue that says what is given and nothing else."""

from __future__ import annotations

import csv
import hashlib
import io
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest

from liulin_gazette.desk.act_words import desk_advice
from liulin_gazette.editions import archive_package as packaging
from liulin_gazette.editions.archive_package import ArchiveSource, archive_package, place_of
from liulin_gazette.editions.bagit_package import bag, read_info, read_manifest, unportable
from liulin_gazette.model.archiving import Archiving
from liulin_gazette.model.issue_record import Republication
from tests.conftest import ROOT
from tests.editions.archive_sources import archive_sources
from tests.editions.bagit_rules import faults
from tests.editions.sources import SECOND_COUNTY
from tests.loading import load

GIVEN = Archiving("方山县档案馆", "414999", "方山县政府办", "7", "方山县人民政府办公室", "永久", "综合", "WS")


def packages(root: Path, archiving: Archiving | None = None) -> list[tuple[ArchiveSource, dict[str, bytes]]]:
    """Return the source and the files of the package of each issue below ``root``, without their one folder."""
    publication, found = load(root)
    assert publication is not None, found
    return [(each, members(each)) for each in archive_sources(publication, root, archiving)]


def members(source: ArchiveSource) -> dict[str, bytes]:
    made = archive_package(source)
    assert not made.diagnostics, made.diagnostics
    (asset,) = made.assets
    name = asset.path.removeprefix("archive/").removesuffix(".zip")
    with zipfile.ZipFile(io.BytesIO(asset.content)) as archive:
        assert {each.split("/")[0] for each in archive.namelist()} == {name}
        assert {each.compress_type for each in archive.infolist()} == {zipfile.ZIP_STORED}
        return {each.partition("/")[2]: archive.read(each) for each in archive.namelist()}


@pytest.mark.parametrize("root", [ROOT, SECOND_COUNTY], ids=["liulin", "second county"])
def test_packages_keep_the_rules_of_the_rfc_and_have_everything(root: Path) -> None:
    for source, files in packages(root):
        assert faults(files) == []
        issue = source.issue
        for document in issue.full_texts:
            name = document.path.rpartition("/")[2]
            assert files[f"data/source/{name}"] == (root / document.path).read_bytes()
            for path in (
                f"pdf/{document.slug}.pdf",
                f"json/{document.slug}.json",
                f"xml/{document.slug}.xml",
            ):
                assert f"data/{path}" in files
        for picture in (root / issue.folder).glob("*.*g"):
            assert files[f"data/source/{picture.name}"] == picture.read_bytes()
        assert {
            "data/source/issue.toml",
            "data/settings/settings.json",
            "data/record/published.json",
            "data/catalogue/catalogue.xml",
            f"data/pdf/{issue.stem}.pdf",
            f"data/print/{issue.stem}-print.pdf",
            f"data/ofd/{issue.stem}.ofd",
        } <= files.keys()
        assert not [path for path in files if "booklet" in path or "preflight" in path or "转录说明" in path]
        read_me = files["data/README.txt"].decode()
        assert source.gazette.name in read_me and "verify" in read_me and "&#" not in read_me


def test_the_same_source_gives_the_same_bytes_and_the_day_is_that_of_the_record() -> None:
    (source, files), (again, _) = packages(SECOND_COUNTY)[0], packages(SECOND_COUNTY)[0]
    assert archive_package(source) == archive_package(again)
    assert read_info(files["bag-info.txt"])["Bagging-Date"] == ["2031-04-02"]
    change = Republication(date(2032, 5, 6), "更正", ("01.md",))
    later = members(replace(source, record=replace(source.record, changes=(change,))))
    assert read_info(later["bag-info.txt"])["Bagging-Date"] == ["2032-05-06"]


def test_the_catalogue_has_what_is_given_and_nothing_else() -> None:
    for source, files in packages(SECOND_COUNTY, GIVEN):
        issue, *documents = ElementTree.fromstring(files["data/catalogue/catalogue.xml"])
        assert (issue.findtext("全宗号"), issue.findtext("保管期限")) == ("7", "永久")
        assert issue.findtext("件数") == str(len(source.issue.documents)) and issue.findtext("页数") == "48"
        for number, (entry, document) in enumerate(zip(documents, source.issue.full_texts, strict=True), 1):
            assert entry.findtext("文档序号") == str(number)
            assert entry.findtext("题名") == document.title
            assert (entry.findtext("文件编号") or "") == document.identifier
            assert (entry.findtext("责任者") or "").split("；") == [*(document.issuers or ("",))]
            assert entry.findtext("日期") == document.date.isoformat().replace("-", "")
            assert entry.find("密级") is None and entry.find("主题词") is None
            assert all(each.text for each in entry)
            for each in entry.iterfind("计算机文件名"):
                assert f"data/{each.text}" in files
        head, *rows = csv.reader(io.StringIO(files["data/catalogue/catalogue.csv"].decode("utf-8-sig")))
        assert len(rows) == len(documents) + 1 and head[-1] == "计算机文件名"
        assert [row[head.index("题名")] for row in rows[1:]] == [
            each.title for each in source.issue.documents
        ]


def test_every_file_for_the_press_is_in_the_catalogue() -> None:
    """The cover of a glued book and the leaves that fold out too, where the issue has them."""
    for source, files in packages(SECOND_COUNTY):
        stem = source.issue.stem
        more = {f"print/{stem}-{name}.pdf": b"%PDF" for name in ("cover", "foldouts")}
        for own in (files, members(replace(source, files={**source.files, **more}))):
            prints = [path.removeprefix("data/") for path in own if path.startswith("data/print/")]
            issue, *_ = ElementTree.fromstring(own["data/catalogue/catalogue.xml"])
            listed = [each.text or "" for each in issue.iterfind("计算机文件名")]
            assert sorted(prints) == sorted(path for path in listed if path.startswith("print/"))


def test_what_is_not_given_stays_out() -> None:
    for _, files in packages(SECOND_COUNTY):
        xml = files["data/catalogue/catalogue.xml"].decode()
        head = files["data/catalogue/catalogue.csv"].decode("utf-8-sig").split("\r\n")[0]
        for name in ("全宗号", "保管期限", "机构或问题", "类别号", "档案馆名称", "立档单位名称"):
            assert name not in xml and name not in head


def test_values_are_data_and_no_markup_or_formula() -> None:
    hostile = Archiving(fonds='</题名><a b="&">', fonds_number="=1+1")
    _, files = packages(SECOND_COUNTY, hostile)[0]
    issue, *_ = ElementTree.fromstring(files["data/catalogue/catalogue.xml"])
    assert issue.findtext("全宗名称") == hostile.fonds
    head, first, *_ = csv.reader(io.StringIO(files["data/catalogue/catalogue.csv"].decode("utf-8-sig")))
    assert first[head.index("全宗号")] == "'=1+1"


@pytest.mark.parametrize(
    "path",
    [
        "source/A.md",
        "source/图?.png",
        "source/con.md",
        "source/a.",
        "source/" + "长" * 70,
        "source/\u0001.md",
    ],
)
def test_a_name_that_cannot_be_stored_everywhere_is_told_and_no_package_made(path: str) -> None:
    source, _ = packages(SECOND_COUNTY)[0]
    name = path.removeprefix("source/")
    made = archive_package(replace(source, sources={**source.sources, "a.md": b"", name: b""}))
    assert made.assets == () and {each.code for each in made.diagnostics} == {"S090"}
    assert name.lower() in made.diagnostics[0].message


def test_names_that_differ_in_case_or_in_the_form_of_unicode_are_found() -> None:
    assert unportable(["Ａ/图.png", "ａ/图.png"]) == ("ａ/图.png",)
    assert unportable(["é", "é"]) and unportable(["Straße", "STRASSE"])
    assert unportable(["图一.png", "图二.png", "a-b_c.md", "（草案）50%.md"]) == ()


def test_a_pdf_that_is_not_the_published_one_is_not_archived() -> None:
    source, _ = packages(SECOND_COUNTY)[0]
    path = next(path for path in source.files if path.startswith("site/") and path.endswith(".pdf"))
    for files in (
        {**source.files, path: b"%PDF other"},
        {p: c for p, c in source.files.items() if p != path},
    ):
        made = archive_package(replace(source, files=files))
        assert made.assets == () and [each.place.path for each in made.diagnostics] == [f"output/{path}"]
        (told,) = made.diagnostics
        assert f"build.py {source.issue.name} --republish" in told.hint
        assert "--" not in desk_advice(told) and f"在 {source.issue.name} 的“生成与发布”里" in desk_advice(
            told
        )


def test_the_size_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    source, _ = packages(SECOND_COUNTY)[0]
    monkeypatch.setattr(packaging, "MOST_BYTES", 1000)
    made = archive_package(source)
    assert made.assets == () and "归档包没有做" in made.diagnostics[0].message


def test_the_three_characters_of_the_rfc_are_encoded() -> None:
    payload = {"甲\r乙.md": b"1", "甲\n乙.md": b"2", "百分之50%25.md": b"3"}
    made = bag(payload, [("Source-Organization", "某县\n人民政府"), ("Bagging-Date", "2031-04-02")])
    assert faults(made) == []
    listed = made["manifest-sha256.txt"].decode()
    assert "甲%0D乙.md" in listed and "甲%0A乙.md" in listed and "50%2525.md" in listed
    assert read_manifest(made["manifest-sha256.txt"]) == {
        f"data/{path}": hashlib.sha256(content).hexdigest() for path, content in payload.items()
    }
    assert read_info(made["bag-info.txt"])["Source-Organization"] == ["某县 人民政府"]


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("site/2026/1/a.pdf", "pdf/a.pdf"),
        ("site/2026/1/b/b.ofd", "ofd/b.ofd"),
        ("print/a-print.pdf", "print/a-print.pdf"),
        ("print/a-booklet.pdf", ""),
        ("print/a-preflight.html", ""),
        ("report/2026-1.html", ""),
    ],
)
def test_files_have_their_places(path: str, place: str) -> None:
    assert place_of(path) == place
