"""The manifest lists every file and detects every change; zip files of issues; signatures."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import subprocess
import sys
import zipfile
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from liulin_gazette.cli import main
from liulin_gazette.pipeline.build_lock import build_lock
from liulin_gazette.pipeline.stages import Result, Wanted, build
from liulin_gazette.web.manifest import compare, digest
from liulin_gazette.web.signing import SigningError, sign
from tests.conftest import ROOT, Edit

NO_PIPES = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes")
SM3_OF_ABC = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
"""GB/T 32905-2016 附录A.1."""


@pytest.fixture
def copy(real_build: tuple[Path, Result], tmp_path: Path) -> Path:
    """Return a copy of the built site."""
    shutil.copytree(real_build[0] / "output/site", tmp_path / "site")
    return tmp_path / "site"


def test_digests_are_the_standards() -> None:
    found = digest(b"abc")
    assert found.sm3 in (SM3_OF_ABC, "")
    assert (found.size, found.sha256) == (3, hashlib.sha256(b"abc").hexdigest())


def test_every_file_is_listed(copy: Path) -> None:
    listed = json.loads((copy / "manifest.json").read_text("utf-8"))["files"]
    there = {path.relative_to(copy).as_posix() for path in copy.rglob("*") if path.is_file()}
    assert set(listed) == there - {"manifest.json"}
    for path, each in listed.items():
        assert each["sha256"] == hashlib.sha256((copy / path).read_bytes()).hexdigest()


def test_a_true_copy_is_told_from_others(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert compare(copy).is_authentic
    assert main(["verify", str(copy)]) == 0
    assert "核对一致" in capsys.readouterr().out
    page = copy / "2026/1/index.html"
    page.write_bytes(page.read_bytes().replace(b"2026", b"2027", 1))
    (copy / "robots.txt").unlink()
    (copy / "added.html").write_text("x")
    found = compare(copy)
    assert (found.changed, found.missing, found.extra) == (
        ("2026/1/index.html",),
        ("robots.txt",),
        ("added.html",),
    )
    assert main(["verify", str(copy)]) == 1
    said = capsys.readouterr().err
    assert "改动  2026/1/index.html" in said and "缺少  robots.txt" in said and "多出  added.html" in said


@pytest.mark.parametrize(
    "content",
    [
        None,
        b"",
        b"{}",
        b"[]",
        b'{"files": {"a": 1}}',
        b"\xff",
        b'{"files": {"a": {"size": Infinity, "sha256": ""}}}',
        b'{"files": ' + b"[" * 100_000,
        b'{"files": {"a": {"size": %b, "sha256": ""}}}' % (b"1" * 5000),
    ],
)
def test_a_damaged_manifest_is_said(
    tmp_path: Path, content: bytes | None, capsys: pytest.CaptureFixture[str]
) -> None:
    if content is not None:
        (tmp_path / "manifest.json").write_bytes(content)
    assert main(["verify", str(tmp_path)]) == 1
    assert "核对不了" in capsys.readouterr().err
    assert main(["verify", str(tmp_path / "nowhere")]) == 2


@NO_PIPES
def test_links_pipes_and_hidden_places_are_not_the_site(tmp_path: Path) -> None:
    site, elsewhere = tmp_path / "site", tmp_path / "elsewhere"
    for folder in (site, elsewhere, site / "manifest.json.d", site / "a"):
        folder.mkdir()
    for path in (elsewhere / "x.html", site / "manifest.json.d/x.html", site / "manifest.json.sig"):
        path.write_bytes(b"x")
    (site / "link").symlink_to(elsewhere)
    (site / "manifest.json.link").symlink_to(elsewhere)
    (site / "x.html").symlink_to(elsewhere / "x.html")
    os.mkfifo(site / "pipe.html")
    each = {"size": 1, "sha256": hashlib.sha256(b"x").hexdigest()}
    listed = {"files": {"x.html": each, "pipe.html": each}}
    (site / "manifest.json").write_text(json.dumps(listed), "utf-8")
    found = compare(site)
    assert found.changed == ("pipe.html", "x.html") and not found.missing
    assert found.extra == ("link", "manifest.json.d/x.html", "manifest.json.link")


def test_a_folder_that_cannot_be_read_is_no_part_of_the_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "manifest.json").write_text('{"files": {}}', "utf-8")
    scan = os.scandir

    def refusing(folder: str) -> Any:
        if Path(folder).name == "a":
            raise PermissionError(errno.EACCES, "Permission denied", str(folder))
        return scan(folder)

    monkeypatch.setattr("os.scandir", refusing)
    assert compare(tmp_path).extra == ("a",)


@NO_PIPES
def test_a_manifest_that_is_a_pipe_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    os.mkfifo(tmp_path / "manifest.json")
    assert main(["verify", str(tmp_path)]) == 1
    assert "不是文件" in capsys.readouterr().err


def test_the_archive_of_an_issue_holds_it_all(real_build: tuple[Path, Result]) -> None:
    root = real_build[0]
    with zipfile.ZipFile(root / "output/site/2026/1/liulin-gazette-2026-1.zip") as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        top = "liulin-gazette-2026-1/"
        sums = archive.read(top + "SHA256SUMS").decode().splitlines()
        for line in sums:
            known, name = line.split("  ")
            assert hashlib.sha256(archive.read(top + name)).hexdigest() == known
        assert len(sums) == len(names) - 1
        slug = "liu-zheng-ban-fa-2026-3"
        source = archive.read(f"{top}{slug}/{slug}.md")
    written = [path.read_bytes() for path in (root / "content/2026-1").glob("*.md")]
    assert source in written and "发文字号: 柳政办发〔2026〕3号\n" in source.decode()


SIGNER = """
import sys, pathlib
path = pathlib.Path(sys.argv[-1])
(path.parent / "manifest.json.sig").write_text(str(len(path.read_bytes())))
"""


def test_a_signature_lasts_as_long_as_the_manifest(project: Path, edit: Edit) -> None:
    assert not build(project, Wanted(), lambda _: None).failed
    site = project / "output/site"
    assert sign(site, [sys.executable, "-c", SIGNER]) == ("manifest.json.sig",)
    assert compare(site).is_authentic
    assert build(project, Wanted(), lambda _: None).unchanged
    (project / ".cache/ledger").unlink()
    again = build(project, Wanted(), lambda _: None)
    assert (site / "manifest.json.sig").exists() and "B040" not in [each.code for each in again.diagnostics]
    (site / "manifest.json.县章").write_text("signed")
    (project / ".cache/ledger").unlink()
    again = build(project, Wanted(), lambda _: None)
    (told,) = (each for each in again.diagnostics if each.code == "B040")
    assert "manifest.json.县章" in told.message and ".sig" in told.hint
    assert (site / "manifest.json.sig").exists() and not (site / "manifest.json.县章").exists()
    edit("2026-1/01.md", "请认真执行。", "请遵照执行。")
    changed = build(project, Wanted(), lambda _: None)
    assert not (site / "manifest.json.sig").exists()
    assert "B040" in [each.code for each in changed.diagnostics] and not changed.failed


SIGNER_WHILE_LOCKED = """
import sys, pathlib
from liulin_gazette.pipeline.build_lock import LockedError, build_lock
path = pathlib.Path(sys.argv[-1])
try:
    with build_lock(pathlib.Path(sys.argv[1]), print, 0):
        sys.exit(5)
except LockedError:
    path.with_name(path.name + ".sig").write_text("signed")
"""


def test_nothing_is_built_while_it_is_signed(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert not build(project, Wanted(site_only=True), lambda _: None).failed
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    words = ["sign", sys.executable, "-c", SIGNER_WHILE_LOCKED, str(project)]
    signature = project / "output/site/manifest.json.sig"
    assert main(words, project) == 0 and signature.exists()
    signature.unlink()
    monkeypatch.setattr("liulin_gazette.commands.sign.build_lock", partial(build_lock, patience=0))
    with build_lock(project, print):
        assert main(words, project) == 3
    assert "另一次生成一直没有结束" in capsys.readouterr().err and not signature.exists()


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("import sys; sys.exit(3)", "退出码 3"),
        ("pass", "没有在文件清单旁边留下签名"),
        ("import sys; open(sys.argv[-1], 'w').close()", "改动了文件清单"),
    ],
)
def test_a_signer_that_fails_leaves_nothing(copy: Path, script: str, said: str) -> None:
    with pytest.raises(SigningError, match=said):
        sign(copy, [sys.executable, "-c", script])
    with pytest.raises(SigningError, match="没有运行起来"):
        sign(copy, ["no-such-signer", "{}"])
    assert compare(copy).is_authentic


def test_minisign_signs_and_verifies(copy: Path, tmp_path: Path) -> None:
    from minisign import KeyPair, PublicKey, Signature

    pair = KeyPair.generate()
    key, public = tmp_path / "gazette.key", bytes(pair.public_key)
    key.write_bytes(bytes(pair.secret_key))
    script = (
        "import sys, pathlib, minisign; path = pathlib.Path(sys.argv[2]);"
        "key = minisign.SecretKey.from_bytes(pathlib.Path(sys.argv[1]).read_bytes());"
        "path.with_name(path.name + '.minisig').write_bytes(bytes(key.sign(path.read_bytes())))"
    )
    assert sign(copy, [sys.executable, "-c", script, str(key), "{}"]) == ("manifest.json.minisig",)
    signature = Signature.from_bytes((copy / "manifest.json.minisig").read_bytes())
    PublicKey.from_bytes(public).verify((copy / "manifest.json").read_bytes(), signature)


def test_sums_are_checked_by_the_systems_own_tool(real_build: tuple[Path, Result], tmp_path: Path) -> None:
    tool = shutil.which("sha256sum")
    if tool is None:
        pytest.skip("no sha256sum")
    with zipfile.ZipFile(real_build[0] / "output/site/2026/1/liulin-gazette-2026-1.zip") as archive:
        archive.extractall(tmp_path)
    done = subprocess.run(
        [tool, "-c", "--quiet", "SHA256SUMS"], cwd=tmp_path / "liulin-gazette-2026-1", check=False
    )
    assert done.returncode == 0
