"""``verify`` of an archive package: whole ones pass, every kind of damage is told, nothing ends in a traceback."""

from __future__ import annotations

import io
import os
import random
import stat
import struct
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from liulin_gazette.cli import main
from liulin_gazette.editions.archive_package import archive_package, package_name
from liulin_gazette.editions.bagit_package import (
    IDENTIFIER,
    MANIFEST,
    TAG_MANIFEST,
    bag,
    manifest,
    read_info,
    zipped_bag,
)
from liulin_gazette.review import archive_verification as verifying
from liulin_gazette.review import package_reading as reading
from liulin_gazette.review.archive_verification import PackageReport, verify_package
from tests.editions.archive_sources import archive_sources
from tests.editions.sources import SECOND_COUNTY
from tests.loading import load

Members = dict[str, bytes]
DAY = date(2031, 4, 2)


@pytest.fixture(scope="module")
def made() -> tuple[str, bytes]:
    """Return the name and the content of the package of the smallest issue of the second county."""
    publication, found = load(SECOND_COUNTY)
    assert publication is not None, found
    source = min(archive_sources(publication, SECOND_COUNTY), key=lambda each: len(each.issue.documents))
    (asset,) = archive_package(source).assets
    return package_name(source.issue), asset.content


@pytest.fixture
def package(tmp_path: Path, made: tuple[str, bytes]) -> Path:
    """Return the file of the package."""
    name, content = made
    file = tmp_path / f"{name}.zip"
    file.write_bytes(content)
    return file


@pytest.fixture
def folder(package: Path) -> Path:
    """Return the folder into which the package was unpacked."""
    with zipfile.ZipFile(package) as archive:
        archive.extractall(package.parent)
    return package.with_suffix("")


def members(package: Path) -> Members:
    """Return the files of a package by path below its folder."""
    with zipfile.ZipFile(package) as archive:
        return {name.partition("/")[2]: archive.read(name) for name in archive.namelist()}


def rewrite(package: Path, files: Mapping[str, bytes], top: str | None = None) -> PackageReport:
    """Write ``files`` in the place of ``package`` as the program would; return what is told."""
    package.write_bytes(zipped_bag(files, package.stem if top is None else top, DAY))
    return verify_package(package)


def forged(files: Members, changed: Mapping[str, bytes | None]) -> Members:
    """Return ``files`` with those at the paths of ``changed`` replaced, or removed, and all lists made anew."""
    payload = {path.removeprefix("data/"): each for path, each in files.items() if path.startswith("data/")}
    for path, content in changed.items():
        payload.pop(path) if content is None else payload.update({path: content})
    info = read_info(files["bag-info.txt"])
    return bag(payload, [(name, value) for name, (value,) in info.items() if name != "Payload-Oxum"])


def test_a_whole_package_passes_as_a_zip_and_as_a_folder(
    package: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for path in (package, folder):
        report = verify_package(path)
        assert report.is_whole and not report.notes and report.sealed >= 2, report
        assert main(["verify", str(path)], package.parent) == 0
        out, err = capsys.readouterr()
        assert "核对一致" in out and "发布记录一致" in out and not err
    assert verify_package(package).sha256 and not verify_package(folder).sha256


def test_every_flipped_byte_of_a_file_in_the_folder_is_told(folder: Path) -> None:
    chance = random.Random(1)
    for file in sorted(each for each in folder.rglob("*") if each.is_file()):
        content = file.read_bytes()
        places = range(len(content)) if len(content) < 400 else chance.sample(range(len(content)), 12)
        for place in places:
            for bits in (
                (1 << chance.randrange(8), 0x20) if file.name == TAG_MANIFEST else (1 << chance.randrange(8),)
            ):
                flipped = bytearray(content)
                flipped[place] ^= bits
                file.write_bytes(flipped)
                report = verify_package(folder)
                told = [*report.notes, *(each for own in report.found.values() for each in own)]
                assert told, (file.name, place, bits)
                if file.name != TAG_MANIFEST:
                    assert not report.is_whole, (file.name, place, bits)
        file.write_bytes(content)
    assert verify_package(folder).is_whole


def test_every_flipped_byte_of_the_zip_is_told(package: Path) -> None:
    content = package.read_bytes()
    chance = random.Random(2)
    headers = [*range(60), *range(len(content) - 400, len(content))]
    for place in [*headers, *chance.sample(range(len(content)), 300)]:
        flipped = bytearray(content)
        flipped[place] ^= 1 << chance.randrange(8)
        package.write_bytes(flipped)
        report = verify_package(package)
        assert report.fault or report.found or report.notes, place


def test_every_cut_and_every_addition_is_told(package: Path) -> None:
    content = package.read_bytes()
    chance = random.Random(3)
    for cut in [0, 1, 3, 21, 22, 23, len(content) - 1, *chance.sample(range(len(content)), 60)]:
        package.write_bytes(content[:cut])
        assert verify_package(package).fault, cut
    for place in [1, len(content) - 30, *chance.sample(range(len(content)), 20)]:
        package.write_bytes(content[:place] + content[place + 7 :])
        assert not verify_package(package).is_whole, place
    for added in (content + b"\0", content + b"PK", b"\0" + content, content + content):
        package.write_bytes(added)
        report = verify_package(package)
        assert report.fault or report.notes, len(added)


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_package_that_was_zipped_again_passes_with_a_note(package: Path, method: int) -> None:
    files, name = members(package), package.stem
    with zipfile.ZipFile(package, "w", method) as archive:
        archive.writestr(f"{name}/", b"")
        for path, content in files.items():
            archive.writestr(f"{name}/{path}", content)
    report = verify_package(package)
    assert report.is_whole and ["重新压缩过" in each for each in report.notes] == [True]
    with zipfile.ZipFile(package, "w", method) as archive:
        for path, content in files.items():
            archive.writestr(path, content)
    assert verify_package(package).is_whole


def test_a_renamed_package_is_told(package: Path, folder: Path) -> None:
    for path in (package.rename(package.with_name("新建 (1).zip")), folder.rename(folder.with_name("归档"))):
        report = verify_package(path)
        assert report.is_whole and "名称改过" in "".join(report.notes)


def test_missing_extra_and_renamed_files_are_told(folder: Path) -> None:
    report = told_after(folder, lambda: (folder / "data/README.txt").unlink())
    assert report.found["缺少"] == ["data/README.txt"] and "总数" in report.found
    report = told_after(folder, lambda: (folder / "data/pdf/多.pdf").write_bytes(b"%PDF"))
    assert report.found["多出"] == ["data/pdf/多.pdf"] and "总数" in report.found
    report = told_after(folder, lambda: (folder / "Thumbs.db").write_bytes(b""))
    assert report.found["多出"] == ["Thumbs.db"]
    source = next((folder / "data/source").glob("*.md"))
    report = told_after(folder, lambda: source.rename(source.with_suffix(".MD")))
    (renamed,) = report.found["改名"]
    assert "清单里是 data/source/" in renamed and "总数" not in report.found


def told_after(folder: Path, damage: Callable[[], object]) -> PackageReport:
    """Return what is told after ``damage``, which is undone."""
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    damage()
    report = verify_package(folder)
    for path in folder.rglob("*"):
        if path.is_file() and path not in before:
            path.unlink()
    for path, content in before.items():
        path.write_bytes(content)
    assert not report.is_whole and set(report.found) <= set(verifying.REMEDIES)
    return report


@pytest.mark.parametrize("name", ["bagit.txt", "bag-info.txt", MANIFEST, TAG_MANIFEST])
def test_a_missing_tag_file_is_told_once(folder: Path, name: str) -> None:
    (folder / name).unlink()
    report = verify_package(folder)
    assert report.found["缺少"] == [name]


def test_what_changes_a_file_together_with_the_lists_is_told_by_the_record(package: Path) -> None:
    files = members(package)
    pdf = next(path for path in files if path.startswith("data/pdf/")).removeprefix("data/")
    source = next(path for path in files if path.endswith(".md")).removeprefix("data/")
    for path, content, words in (
        (pdf, b"%PDF forged", "不是发布的那个 PDF"),
        (pdf, None, "发布记录里有，包里没有"),
        (source, b"forged", "不是发布的那个文件"),
        (source, None, "发布记录里有，包里没有"),
        ("source/new.md", b"forged", "不是发布的那个文件"),
        ("record/published.json", None, "没有发布记录"),
        ("record/published.json", b"[1]", "读不懂"),
        ("record/published.json", b"[" * 100_000, "读不懂"),
    ):
        report = rewrite(package, forged(files, {path: content}))
        assert words.removesuffix(" PDF") in "".join(report.found["记录"]), (path, report)
        assert set(report.found) == {"记录"}


def test_lists_that_cannot_be_read_are_told_with_the_line(package: Path) -> None:
    files = members(package)
    lines = files[MANIFEST].decode().split("\n")
    for number, broken in (
        (1, "zz" + lines[0]),
        (2, lines[0]),
        (3, ""),
        (4, lines[3][:60]),
        (2, lines[1].replace("  ", " *", 1)[:40]),
    ):
        text = "\n".join([*lines[: number - 1], broken, *lines[number:]]).encode()
        tags = {name: each for name, each in files.items() if not name.startswith("data/")}
        changed = {**files, MANIFEST: text}
        tags = {**tags, MANIFEST: text}
        changed[TAG_MANIFEST] = manifest({name: each for name, each in tags.items() if name != TAG_MANIFEST})
        report = rewrite(package, changed)
        assert f"{MANIFEST} 第 {number} 行读不懂" in report.found["清单"], (number, report.found)
    not_utf8 = {**files, MANIFEST: files[MANIFEST] + "甲".encode("gb18030")}
    assert "清单" in rewrite(package, not_utf8).found


def test_other_versions_encodings_and_files_elsewhere_are_told(package: Path) -> None:
    files = members(package)
    for name, content in (
        ("bagit.txt", b"BagIt-Version: 9.0\nTag-File-Character-Encoding: UTF-8\n"),
        ("bagit.txt", b"BagIt-Version: 1.0\nTag-File-Character-Encoding: GBK\n"),
        ("fetch.txt", b"https://a.example/ 1 data/a\n"),
        ("bag-info.txt", b"no colon"),
        ("bag-info.txt", b"Payload-Oxum: \xff"),
    ):
        changed = {**files, name: content}
        tags = {path: each for path, each in changed.items() if not path.startswith("data/")}
        changed[TAG_MANIFEST] = manifest({path: each for path, each in tags.items() if path != TAG_MANIFEST})
        assert "清单" in rewrite(package, changed).found, name
    no_oxum = {**files, "bag-info.txt": b"Bagging-Date: 2031-04-02\n"}
    assert "没有写" in rewrite(package, no_oxum).found["总数"][0]


@pytest.mark.parametrize(
    "name",
    [
        "../evil.txt",
        "/etc/evil",
        "{top}/../../evil",
        "{top}/data/..\\evil",
        "C:/evil",
        "{top}/data//x",
        "{top}/./x",
    ],
)
def test_a_path_that_leads_outside_is_told_and_nothing_is_written(package: Path, name: str) -> None:
    name = name.replace("{top}", package.stem)
    with zipfile.ZipFile(package, "a") as archive:
        info = zipfile.ZipInfo("placeholder")
        info.filename = name
        archive.writestr(info, b"evil")
    before = sorted(package.parent.rglob("*"))
    report = verify_package(package)
    assert "越出" in "".join(report.found["危险"]) or report.found, report
    assert sorted(package.parent.rglob("*")) == before


def test_links_in_a_zip_and_in_a_folder_are_told_and_not_followed(package: Path, folder: Path) -> None:
    secret = package.parent / "secret.txt"
    secret.write_text("secret", "utf-8")
    (folder / "data/source/issue.toml").unlink()
    (folder / "data/source/issue.toml").symlink_to(secret)
    (folder / "data/more").symlink_to(package.parent, target_is_directory=True)
    report = verify_package(folder)
    assert len(report.found["危险"]) == 2 and report.found["缺少"] == ["data/source/issue.toml"]
    with zipfile.ZipFile(package, "a") as archive:
        info = zipfile.ZipInfo(f"{package.stem}/data/link")
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(info, "/etc/passwd")
    assert "链接" in "".join(verify_package(package).found["危险"])


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes")
def test_a_pipe_is_not_waited_for(folder: Path) -> None:
    os.mkfifo(folder / "data/pipe")
    assert "管道" in "".join(verify_package(folder).found["危险"])


def test_two_files_of_one_name_are_told(package: Path) -> None:
    with zipfile.ZipFile(package, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr(f"{package.stem}/bagit.txt", b"other")
    assert "同名" in "".join(verify_package(package).found["危险"])


def test_bombs_are_not_unpacked(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with zipfile.ZipFile(package, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"{package.stem}/bagit.txt", bytes(2_000_000))
    content = bytearray(package.read_bytes())
    start = content.rindex(b"PK\x01\x02")
    honest = bytes(content)
    struct.pack_into("<I", content, start + 24, 0xFFFFFFF0)  # It says that it is 4 GB.
    package.write_bytes(content)
    assert "压缩炸弹" in verify_package(package).fault
    struct.pack_into("<I", content, start + 24, 10)  # It says that it is 10 bytes.
    package.write_bytes(content)
    assert "存坏了" in "".join(verify_package(package).found["改动"])
    package.write_bytes(honest)
    monkeypatch.setattr(reading, "MOST_BYTES", 1_000_000)
    assert "压缩炸弹" in verify_package(package).fault
    monkeypatch.setattr(reading, "MOST_FILES", 0)
    assert "压缩炸弹" in verify_package(package).fault


def test_a_folder_that_is_too_large_is_not_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_BYTES", 1000)
    assert "超过" in verify_package(folder).fault


def test_encrypted_and_unknown_methods_are_told(package: Path) -> None:
    for offset, value, words in ((8, 1, "加了密"), (10, 99, "方法不认识")):
        content = bytearray(package.read_bytes())
        struct.pack_into("<H", content, content.rindex(b"PK\x01\x02") + offset, value)
        other = package.with_name(f"{value}.zip")
        other.write_bytes(content)
        assert words in "".join(verify_package(other).found["危险"])


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK",
        b"\x00" * 100,
        "不是压缩文件".encode(),
        b"PK\x03\x04" + b"\xff" * 500,
        b"PK\x05\x06" + bytes(18),
    ],
)
def test_what_is_no_zip_is_told(tmp_path: Path, content: bytes, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "归档包.zip"
    file.write_bytes(content)
    assert main(["verify", str(file)], tmp_path) == 1
    assert "核对不了：" in capsys.readouterr().err


def test_random_bytes_behind_a_right_outside_end_in_no_traceback(package: Path) -> None:
    content, chance = package.read_bytes(), random.Random(4)
    start = struct.unpack("<I", content[-6:-2])[0]
    for _ in range(200):
        broken = bytearray(content)
        for place in chance.sample(range(start, len(content) - 22), 4):
            broken[place] = chance.randrange(256)
        package.write_bytes(broken)
        report = verify_package(package)
        assert report.fault or report.found or report.notes


def test_another_zip_is_no_package(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a/SHA256SUMS", b"")
    (tmp_path / "a.zip").write_bytes(out.getvalue())
    assert main(["verify", str(tmp_path / "a.zip")], tmp_path) == 1
    assert "不是归档包" in capsys.readouterr().err
    assert main(["verify", str(tmp_path / "a.zip"), "--key", "k"], tmp_path) == 2
    assert main(["verify", str(tmp_path / "nothing.zip")], tmp_path) == 2


def test_what_is_damaged_is_listed_with_what_to_do(
    package: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "data/README.txt").write_text("改", "utf-8")
    assert main(["verify", str(folder)], package.parent) == 1
    err = capsys.readouterr().err
    assert "改动  data/README.txt" in err and verifying.REMEDIES["改动"] in err and "核对不符" in err


def test_names_with_control_characters_are_printable(folder: Path) -> None:
    (folder / "data/a\x1b[31m.md").write_bytes(b"")
    (extra,) = verify_package(folder).found["多出"]
    assert extra.isprintable() and "\\u001b" in extra


def test_an_identifier_is_asked_for_only_where_there_is_one(package: Path) -> None:
    files = members(package)
    info = "".join(
        f"{name}: {value}\n"
        for name, (value,) in read_info(files["bag-info.txt"]).items()
        if name != IDENTIFIER
    )
    changed = {**files, "bag-info.txt": info.encode()}
    tags = {path: each for path, each in changed.items() if not path.startswith("data/")}
    changed[TAG_MANIFEST] = manifest({path: each for path, each in tags.items() if path != TAG_MANIFEST})
    other = package.with_name("other.zip")
    other.write_bytes(zipped_bag(changed, "other", DAY))
    assert verify_package(other).is_whole and not verify_package(other).notes


def test_a_record_without_pdfs_is_told(package: Path) -> None:
    publication, _ = load(SECOND_COUNTY)
    assert publication is not None
    source = next(archive_sources(publication, SECOND_COUNTY))
    (asset,) = archive_package(replace(source, record=replace(source.record, prints=None))).assets
    other = package.with_name(f"{package_name(source.issue)}.zip")
    other.write_bytes(asset.content)
    report = verify_package(other)
    assert report.is_whole and "没有记 PDF" in verifying.package_agreement(report)
