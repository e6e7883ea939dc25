"""``upgrade``: the program of a county is replaced whole, its own files stay, and it can be taken back."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
import threading
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from liulin_gazette import __version__
from liulin_gazette.cli import main
from liulin_gazette.editing import changes
from liulin_gazette.editing.counties import program_files
from liulin_gazette.editing.counties.county_files import SNIPPETS
from liulin_gazette.editing.counties.program_files import Program, read_program_folder, read_record
from liulin_gazette.pipeline.build_lock import build_lock
from tests.conftest import ROOT
from tests.editing.test_new_county import NEW

Capture = pytest.CaptureFixture[str]
NEXT = "9.0.0"
STYLE, COVER, PACKAGE = "templates/site/site.css", "templates/print/cover.html", "liulin_gazette/__init__.py"


@pytest.fixture(scope="module")
def program() -> Program:
    return read_program_folder(ROOT)


@pytest.fixture(scope="module")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pristine") / "方山公报"
    assert main(["init", str(folder), *NEW]) == 0
    return folder


@pytest.fixture
def county(pristine: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A county's folder whose build.py need not be run after an upgrade."""
    folder = tmp_path / "方山公报"
    shutil.copytree(pristine, folder, copy_function=shutil.copyfile)
    monkeypatch.setattr("liulin_gazette.commands.upgrade.running_program", lambda: folder)
    return folder


@pytest.fixture(scope="module")
def kept_folder(pristine: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("kept") / "方山公报"
    shutil.copytree(pristine, folder, copy_function=shutil.copyfile)
    return folder


@pytest.fixture
def kept_county(kept_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same for tests that see to it that nothing in it changes."""
    monkeypatch.setattr("liulin_gazette.commands.upgrade.running_program", lambda: kept_folder)
    return kept_folder


def next_version(program: Program, version: str = NEXT) -> dict[str, bytes]:
    """The files of a later program: another version, a page with one line more, a module more and one less."""
    files = dict(program.files)
    files[PACKAGE] = files[PACKAGE].replace(f'"{__version__}"'.encode(), f'"{version}"'.encode())
    files[COVER] += "{# 新 #}\n".encode()
    files["liulin_gazette/text/new_module.py"] = b'"""New."""\n'
    del files["liulin_gazette/text/qr.py"]
    return files


def folder_of(files: Mapping[str, bytes], folder: Path) -> Path:
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return folder


def zip_of(
    files: Mapping[str, bytes], file: Path, top: str = "gazette-main/", method: int = zipfile.ZIP_STORED
) -> Path:
    with zipfile.ZipFile(file, "w", method, compresslevel=1) as archive:
        for path, content in files.items():
            archive.writestr(top + path, content)
    return file


def state(folder: Path) -> dict[str, bytes]:
    """Every file of the county but the steps to undo, the lock and what Python compiles."""
    found: dict[str, bytes] = {}
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name not in (".undo", ".cache", "output", "__pycache__")]
        inner = Path(place).relative_to(folder)
        found.update(((inner / name).as_posix(), (Path(place) / name).read_bytes()) for name in names)
    return found


@pytest.mark.parametrize("is_zip", [True, False])
def test_the_program_is_replaced_and_what_is_the_county_s_stays(
    county: Path, program: Program, tmp_path: Path, is_zip: bool, capsys: Capture
) -> None:
    (county / "fonts").mkdir()
    (county / "fonts/own.ttf").write_bytes(b"font")
    (county / STYLE).write_bytes(b"body {}")
    (county / COVER).write_bytes(b"own cover")
    (county / "liulin_gazette/cli.py").write_bytes(b"print('own')")
    before = state(county)
    files = next_version(program)
    source = (
        zip_of(files, tmp_path / "new.zip", method=zipfile.ZIP_DEFLATED)
        if is_zip
        else folder_of(files, tmp_path / "down/gazette-main").parent
    )
    capsys.readouterr()
    assert main(["upgrade", str(source)], county) == 0
    said = capsys.readouterr().out
    assert f"从 {__version__} 换成 {NEXT}" in said and "新增 1 个，删去 1 个" in said
    assert f"本县改过、没有换：{COVER}、{STYLE}" in said and f"请对照新程序里的合并：{COVER}。" in said
    assert "已换成新的：liulin_gazette/cli.py" in said
    after = state(county)
    assert {path for path in before if path.startswith(("content/", "fonts/"))} <= after.keys()
    for path in before:
        if path.startswith(("content/", "fonts/", "README")) or path in (STYLE, COVER, SNIPPETS):
            assert after[path] == before[path], path
    assert after["liulin_gazette/cli.py"] == files["liulin_gazette/cli.py"]
    assert "liulin_gazette/text/new_module.py" in after and "liulin_gazette/text/qr.py" not in after
    record = read_record(county)
    assert record is not None and record.version == NEXT
    assert not (county / ".undo/unfinished").exists()
    assert main(["undo", "--yes"], county) == 0
    assert "已撤销" in capsys.readouterr().out and state(county) == before


def test_the_version_can_be_read_and_is_the_new_one(county: Path, program: Program, tmp_path: Path) -> None:
    assert main(["upgrade", str(zip_of(next_version(program), tmp_path / "new.zip"))], county) == 0
    done = subprocess.run(
        [sys.executable, str(county / "build.py"), "--version"], capture_output=True, text=True, check=True
    )
    assert done.stdout == f"liulin-gazette {NEXT}\n"


def test_the_same_program_is_not_put_there_again(
    county: Path, program: Program, tmp_path: Path, capsys: Capture
) -> None:
    before = state(county)
    assert main(["upgrade", str(ROOT)], county) == 0
    assert "没有要换的" in capsys.readouterr().out and state(county) == before
    assert not (county / ".undo").exists()
    (county / "liulin_gazette/cli.py").write_bytes(b"")  # Copied badly.
    assert main(["upgrade", str(ROOT)], county) == 0
    assert state(county) == before


def test_a_county_of_before_there_were_version_files(
    county: Path, program: Program, tmp_path: Path, capsys: Capture
) -> None:
    (county / "program.json").unlink()
    (county / STYLE).write_bytes(b"old or own")
    (county / "liulin_gazette/old.py").write_bytes(b"")
    assert (
        main(["upgrade", "--county", str(county), str(folder_of(next_version(program), tmp_path / "n"))]) == 0
    )
    said = capsys.readouterr().out
    assert "以前没有记下版本" in said and STYLE in said and COVER in said
    assert (county / STYLE).read_bytes() == b"old or own" and not (county / "liulin_gazette/old.py").exists()
    assert main(["undo", "--yes"], county) == 0
    assert (county / "liulin_gazette/old.py").exists() and not (county / "program.json").exists()


def test_a_page_that_the_county_deleted_or_added(county: Path, program: Program, tmp_path: Path) -> None:
    (county / STYLE).unlink()
    (county / "templates/site/own.html").write_bytes(b"own")
    assert main(["upgrade", str(folder_of(next_version(program), tmp_path / "n"))], county) == 0
    assert (county / STYLE).read_bytes() == program.files[STYLE]
    assert (county / "templates/site/own.html").read_bytes() == b"own"


def test_it_is_refused_while_a_build_runs(
    county: Path, program: Program, tmp_path: Path, capsys: Capture
) -> None:
    source = str(zip_of(next_version(program), tmp_path / "new.zip"))
    begun, ended = threading.Event(), threading.Event()

    def hold() -> None:
        with build_lock(county, lambda _: None):
            begun.set()
            ended.wait()

    before = state(county)
    for words in (["upgrade", source], ["undo", "--yes"]):
        thread = threading.Thread(target=hold, daemon=True)
        thread.start()
        begun.wait()
        assert main(words, county) == 3
        assert state(county) == before
        ended.set()
        thread.join()
        begun.clear()
        ended.clear()
        assert main(["upgrade", source], county) == 0
        before = state(county)
    assert "正在生成" in capsys.readouterr().err


def bomb() -> bytes:
    return b"\0" * (program_files.MOST_BYTES + 1)


BAD_FILES: dict[str, tuple[dict[str, bytes | None], str]] = {
    "older": ({}, "旧，没有换"),
    "of an older content format": (
        {PACKAGE: f'__version__ = "{NEXT}"\nCONTENT_FORMAT = 0\n'.encode()},
        "读不了现在的内容",
    ),
    "without version": ({PACKAGE: b"x = 1\n"}, "没有写明版本"),
    "with a strange version": ({PACKAGE: b'__version__ = "../1"\n'}, "没有写明版本"),
    "not whole": ({"pyproject.toml": None}, "缺少：pyproject.toml"),
    "no program": ({PACKAGE: None}, "不是这套程序"),
    "cut off in a module": ({"liulin_gazette/cli.py": b'"""The comm'}, "cli.py 不完整"),
    "for a newer Python": ({"pyproject.toml": b'requires-python = ">=3.99"\n'}, "Python 3.99"),
    "a bomb": ({"docs/bomb.md": bomb()}, "文件太多或太大"),
}


@pytest.mark.parametrize("is_zip", [True, False])
@pytest.mark.parametrize("fault", BAD_FILES)
def test_what_is_no_program_changes_nothing(
    kept_county: Path, program: Program, tmp_path: Path, fault: str, is_zip: bool, capsys: Capture
) -> None:
    others, said = BAD_FILES[fault]
    files = next_version(program, "0.0.1" if fault == "older" else NEXT)
    files = {path: each for path, each in {**files, **others}.items() if each is not None}
    method = zipfile.ZIP_DEFLATED if fault == "a bomb" else zipfile.ZIP_STORED
    source = (
        zip_of(files, tmp_path / "new.zip", method=method) if is_zip else folder_of(files, tmp_path / "new")
    )
    before = state(kept_county)
    assert main(["upgrade", str(source)], kept_county) == 1
    assert said in capsys.readouterr().err and state(kept_county) == before
    assert not (kept_county / ".undo").exists()


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("../../evil.py", "越出了文件夹"),
        ("/etc/evil", "越出了文件夹"),
        ("gazette-main/docs/..\\..\\evil", "越出了文件夹"),
        ("C:/evil", "越出了文件夹"),
        ("gazette-main/docs/../../../evil", "越出了文件夹"),
        ("gazette-main/BUILD.PY", "有两个"),
    ],
)
def test_a_zip_that_would_write_elsewhere(
    kept_county: Path, program: Program, tmp_path: Path, name: str, said: str, capsys: Capture
) -> None:
    files = {f"gazette-main/{path}": each for path, each in next_version(program).items()}
    source = zip_of({**files, name: b"x"}, tmp_path / "new.zip", "")
    before = state(kept_county)
    assert main(["upgrade", str(source)], kept_county) == 1
    assert said in capsys.readouterr().err and state(kept_county) == before


def test_a_link_is_no_program_file(county: Path, program: Program, tmp_path: Path, capsys: Capture) -> None:
    source = zip_of(next_version(program), tmp_path / "new.zip")
    link = zipfile.ZipInfo("gazette-main/docs/link.md")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(source, "a") as archive:
        archive.writestr(link, "/etc/passwd")
    assert main(["upgrade", str(source)], county) == 1
    assert "是链接" in capsys.readouterr().err
    folder = folder_of(next_version(program), tmp_path / "new")
    (folder / "docs/link.md").symlink_to("/etc/passwd")
    assert main(["upgrade", str(folder)], county) == 1
    assert "是链接" in capsys.readouterr().err
    shutil.move(county / "templates", tmp_path / "templates")
    (county / "templates").symlink_to(tmp_path / "templates")
    assert main(["upgrade", str(ROOT)], county) == 1
    assert "templates 是链接" in capsys.readouterr().err


def test_a_zip_that_is_cut_off_damaged_or_encrypted(
    county: Path, program: Program, tmp_path: Path, capsys: Capture
) -> None:
    whole = zip_of(next_version(program), tmp_path / "new.zip", method=zipfile.ZIP_DEFLATED).read_bytes()
    file = tmp_path / "bad.zip"
    before = state(county)
    for content, said in (
        (whole[: len(whole) // 2], "没有下载完"),
        (b"", "没有下载完"),
        (whole[:20000] + b"\0" * 2000 + whole[22000:], "没有下载完"),
        (b"<html>404</html>", "没有下载完"),
    ):
        file.write_bytes(content)
        assert main(["upgrade", str(file)], county) == 1
        assert said in capsys.readouterr().err and state(county) == before
    encrypted = bytearray(whole)
    for at in (encrypted.find(b"PK\1\2"),):
        while at != -1:
            encrypted[at + 8] |= 1
            at = encrypted.find(b"PK\1\2", at + 1)
    file.write_bytes(encrypted)
    assert main(["upgrade", str(file)], county) == 1
    assert "密码" in capsys.readouterr().err and state(county) == before
    (tmp_path / "text.txt").write_text("文字", "utf-8")
    for place, said in (("text.txt", "不是文件夹"), ("nowhere", "没有"), ("方山公报", "就是现在的程序")):
        assert main(["upgrade", str(tmp_path / place)], county) == 1
        assert said in capsys.readouterr().err


def in_gbk(info: zipfile.ZipInfo) -> tuple[bytes, int]:
    """Name and flags of an entry as Windows writes them in China: GBK, without the flag of UTF-8."""
    return info.filename.encode("gbk"), info.flag_bits


def test_chinese_names_of_other_zip_programs_are_read(
    county: Path, program: Program, tmp_path: Path, pristine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = next_version(program)
    monkeypatch.setattr(zipfile.ZipInfo, "_encodeFilenameFlags", in_gbk)
    with zipfile.ZipFile(tmp_path / "new.zip", "w") as archive:
        for path, content in files.items():
            archive.writestr(path, content)
    assert main(["upgrade", str(tmp_path / "new.zip")], county) == 0
    assert {path.name for path in (county / "docs").iterdir()} == {
        path.name for path in (pristine / "docs").iterdir()
    }


def test_a_county_whose_program_was_changed_is_no_source(
    county: Path, pristine: Path, tmp_path: Path, capsys: Capture
) -> None:
    other = tmp_path / "other"
    shutil.copytree(pristine, other)
    assert main(["upgrade", str(other)], county) == 0
    (other / STYLE).write_bytes(b"of the other county")
    assert main(["upgrade", str(other)], county) == 1
    assert "它的程序改过" in capsys.readouterr().err
    (county / "program.json").write_bytes(b"{")
    assert main(["upgrade", str(ROOT)], county) == 1
    assert "program.json 已损坏" in capsys.readouterr().err
    (county / "program.json").write_text(
        '{"版本": "0.1.0", "内容格式": 1, "文件": {"../x": "0", "content/gazette.toml": "0"}}', "utf-8"
    )
    assert main(["upgrade", str(ROOT)], county) == 1
    assert "不是程序的文件" in capsys.readouterr().err


def test_a_folder_that_is_no_county(tmp_path: Path, capsys: Capture) -> None:
    assert main(["upgrade", str(ROOT)], tmp_path) == 1
    assert "不是公报的文件夹" in capsys.readouterr().err


@pytest.mark.parametrize("fault", [OSError(errno.ENOSPC, "full"), KeyboardInterrupt()])
def test_a_fault_half_way_leaves_the_old_program(
    county: Path, program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: BaseException
) -> None:
    source = zip_of(next_version(program), tmp_path / "new.zip")
    before = state(county)
    replace = Path.replace
    done = 0

    def broken(path: Path, target: Path) -> Path:
        nonlocal done
        done += 1
        if done == 3:
            raise fault
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", broken)
    if isinstance(fault, OSError):
        assert main(["upgrade", str(source)], county) == 3
    else:
        with pytest.raises(KeyboardInterrupt):
            main(["upgrade", str(source)], county)
    assert state(county) == before and [path.name for path in (county / ".undo").iterdir()] == []


@pytest.mark.parametrize("is_undo", [True, False])
def test_a_kill_half_way_is_put_right_by_build_py(
    county: Path, program: Program, tmp_path: Path, is_undo: bool
) -> None:
    source = zip_of(next_version(program), tmp_path / "new.zip")
    before = state(county)
    if is_undo:
        assert main(["upgrade", str(source)], county) == 0
    code = (
        "import os, sys; from pathlib import Path; from liulin_gazette.cli import main\n"
        "replace, done = Path.replace, []\n"
        "def killed(path, target):\n"
        "    done.append(target)\n"
        "    return os._exit(9) if len(done) > 2 else replace(path, target)\n"
        "Path.replace = killed\n"
        "main(sys.argv[2:], Path(sys.argv[1]))\n"
    )
    words = ["undo", "--yes"] if is_undo else ["upgrade", str(source)]
    done = subprocess.run([sys.executable, "-c", code, str(county), *words], cwd=ROOT, check=False)
    assert done.returncode == 9 and state(county) != before
    marker = county / ".undo/unfinished"
    os.utime(marker, (0, 0))
    command = [sys.executable, str(county / "build.py"), "--version"]
    put_right = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "已恢复原来的程序" in put_right.stderr and put_right.stdout == f"liulin-gazette {__version__}\n"
    assert state(county) == before and not marker.exists()
    assert not any(path.name.isdigit() for path in (county / ".undo").iterdir())


def test_what_could_not_be_taken_back_is_said(
    county: Path, program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    source = zip_of(next_version(program), tmp_path / "new.zip")
    before = state(county)
    replace = Path.replace
    done = 0

    def broken(path: Path, target: Path) -> Path:
        nonlocal done
        done += 1
        if done > 2:
            raise OSError(errno.EIO, "broken")
        return replace(path, target)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", broken)
        assert main(["upgrade", str(source)], county) == 3
    assert (
        "改了一半" in capsys.readouterr().err and (county / changes.UNDO_FOLDER / changes.UNFINISHED).exists()
    )
    os.utime(county / ".undo/unfinished", (0, 0))
    subprocess.run([sys.executable, str(county / "build.py"), "--version"], check=True)
    assert state(county) == before


@pytest.mark.parametrize("is_undo", [True, False])
def test_a_mark_that_cannot_be_removed_does_not_deny_what_was_done(
    county: Path,
    program: Program,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: Capture,
    is_undo: bool,
) -> None:
    source = zip_of(next_version(program), tmp_path / "new.zip")
    before = state(county)
    if is_undo:
        assert main(["upgrade", str(source)], county) == 0
    unlink = Path.unlink

    def refused(path: Path, missing_ok: bool = False) -> None:
        if path.name == changes.UNFINISHED:
            raise PermissionError(errno.EACCES, "refused")
        unlink(path, missing_ok)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "unlink", refused)
        assert main(["undo", "--yes"] if is_undo else ["upgrade", str(source)], county) == 3
    told = capsys.readouterr().err
    assert "没有改" not in told and ".undo/unfinished 删不掉" in told
    assert ("已撤销" in told, state(county) == before) == (is_undo, is_undo)
    (county / ".undo/unfinished").unlink()
    if not is_undo:
        assert main(["undo", "--yes"], county) == 0
        assert state(county) == before


@pytest.mark.parametrize("name", ["000001", "000007", ""])
def test_a_step_that_build_py_had_half_removed_blocks_no_undo(
    county: Path, name: str, capsys: Capture
) -> None:
    changes.apply(county, "试", (changes.file_change(county, "content/note.txt", b"x"),))
    before = state(county)
    if name == "000001":
        (county / ".undo/000001/journal.json").unlink()
    (county / ".undo/unfinished").write_text(name, "ascii")
    os.utime(county / ".undo/unfinished", (0, 0))
    subprocess.run([sys.executable, str(county / "build.py"), "--version"], check=True)
    assert not (county / ".undo/unfinished").exists() and state(county) == before
    assert main(["undo", "--yes"], county) == 0
    assert ("没有可以撤销的改动" if name == "000001" else "已撤销") in capsys.readouterr().out


def test_changes_made_after_the_upgrade_are_not_lost_by_undo(
    county: Path, program: Program, tmp_path: Path, capsys: Capture
) -> None:
    assert main(["upgrade", str(zip_of(next_version(program), tmp_path / "new.zip"))], county) == 0
    (county / COVER).write_bytes(b"own")
    assert main(["undo", "--yes"], county) == 1
    assert "后来又改过" in capsys.readouterr().err and (county / COVER).read_bytes() == b"own"
