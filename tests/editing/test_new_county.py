"""``init``: a county's folder is whole, speaks of that county only, and is not there at all where it cannot be made."""

from __future__ import annotations

import ast
import errno
import io
import json
import re
import subprocess
import sys
import tokenize
from pathlib import Path
from typing import Any

import pytest

from liulin_gazette import CONTENT_FORMAT, __version__
from liulin_gazette.cli import main
from liulin_gazette.editing.counties.county_files import SNIPPETS, adapted_files, county_of
from liulin_gazette.editing.counties.program_files import read_record
from liulin_gazette.pipeline.examination import examine
from liulin_gazette.source.folder import read_folder
from liulin_gazette.source.loader import load_series
from tests.conftest import ROOT

NEW = ["--name", "方山县人民政府公报", "--code", "方政办发", "--year", "2027", "--area-code", "0351"]
OF_THE_EXAMPLE = re.compile("柳林|柳政办|0358")


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("new") / "方山公报"
    assert main(["init", str(folder), *NEW]) == 0
    return folder


def said_by_code(source: str) -> str:
    """The source of a module without docstrings and comments."""
    lines = source.splitlines(keepends=True)
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            row, column = token.start
            lines[row - 1] = lines[row - 1][:column] + "\n"
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            for row in range(node.lineno, (node.end_lineno or node.lineno) + 1):
                lines[row - 1] = "\n"
    return "".join(lines)


def test_nothing_in_the_folder_is_of_the_example(county: Path) -> None:
    found: list[tuple[str, str]] = []
    for file in sorted(path for path in county.rglob("*") if path.is_file()):
        # Digests hold any four figures.
        if (
            file.suffix not in (".png", ".icc", ".lock", ".bin")
            and file.name != "program.json"
            and ".cache" not in file.parts
        ):
            text = file.read_text("utf-8")
            if file.suffix == ".py" and OF_THE_EXAMPLE.search(text):  # Most modules need not be taken apart.
                text = said_by_code(text)
            found += [
                (file.relative_to(county).as_posix(), each[0]) for each in OF_THE_EXAMPLE.finditer(text)
            ]
    assert found == []


@pytest.mark.parametrize(
    ("right", "wrong", "own"),
    [
        ("〔2027〕1号", "1号", ""),
        ("电话: 12345", "电话: 5-5", "0351-号码"),
        ("发文机关: 方山县", "发文机关: 石楼县", ""),
    ],
)
def test_what_the_checks_say_is_not_of_the_example(county: Path, right: str, wrong: str, own: str) -> None:
    file = county / "content/2027-1/01.md"
    text = file.read_text("utf-8")
    assert right in text.replace('"', "")
    file.write_text(text.replace('"', "").replace(right, wrong), "utf-8")
    said = "".join(each.message + each.hint for each in examine(county).diagnostics if each.code != "B010")
    file.write_text(text, "utf-8")
    assert said and own in said and not OF_THE_EXAMPLE.search(said)


def test_the_folder_has_what_the_county_needs(county: Path) -> None:
    assert {path.name for path in county.iterdir()} - {".cache"} == {
        ".editorconfig", ".gitattributes", ".gitignore", ".vscode", "README.md", "build.py", "content", "docs", "lint", "liulin_gazette",
        "program.json", "pyproject.toml", "requirements-quick.lock", "requirements-test.lock", "requirements-windows.lock", "requirements.lock",
        "templates", "tests",
    }  # fmt: skip
    record = read_record(county)
    assert record is not None and (record.version, record.content_format) == (__version__, CONTENT_FORMAT)
    assert {path for path in record.digests if path.startswith("tests/")} == {
        "tests/__init__.py",
        "tests/county/__init__.py",
        "tests/county/test_county.py",
    }
    snippets = json.loads((county / SNIPPETS).read_text("utf-8"))["公文"]["body"]
    assert "发文字号: ${2:方政办发}〔${3:2027}〕${4:1}号" in snippets and "  电话: ${11:0351-}" in snippets
    assert '"区号" = "0351"' in (county / "content/gazette.toml").read_text("utf-8")


def test_every_link_of_the_documents_leads_to_a_file(county: Path) -> None:
    for page in (county / "README.md", *(county / "docs").glob("*.md")):
        for link in re.findall(r"\]\(([^)#: ]+)[^)]*\)", page.read_text("utf-8")):
            if link.endswith(".md") or "/" in link:  # Others are examples of what an editor writes.
                assert (page.parent / link).is_file(), (page.name, link)


def test_the_snippets_here_are_those_of_this_gazette() -> None:
    publication = load_series(read_folder(ROOT, "content")).publication
    assert publication is not None
    files = {SNIPPETS: (ROOT / SNIPPETS).read_bytes()}
    assert adapted_files(files, county_of(publication.gazette)) == files


def test_its_own_tests_pass(county: Path) -> None:
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-m", "not tools"]
    done = subprocess.run(command, cwd=county, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "skipped" not in done.stdout


def test_its_code_is_formatted_and_typed(county: Path) -> None:
    for step in (["ruff", "format", "--check", "--no-cache", "."], ["ruff", "check", "--no-cache", "."]):
        done = subprocess.run(
            [sys.executable, "-m", *step], cwd=county, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr


def test_another_county_is_begun_from_a_county(county: Path, tmp_path: Path) -> None:
    code = (
        "import sys; from liulin_gazette.cli import main; "
        "sys.exit(main(['init', sys.argv[1], '--name', '石楼县人民政府公报', '--code', '石政办发']))"
    )
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path / "石楼")], cwd=county, check=False)
    assert done.returncode == 0
    assert not re.search("方山|0351", (tmp_path / "石楼" / SNIPPETS).read_text("utf-8"))


def test_a_name_of_many_characters_and_rare_ones(tmp_path: Path) -> None:
    for name in ("双江拉祜族佤族布朗族傣族自治县", "𪨶塬区", "神农架林区"):
        words = ["--name", f"{name}人民政府公报", "--code", "双政办发"]
        assert main(["init", str(tmp_path / name), *words]) == 0
        assert {each.code for each in examine(tmp_path / name).diagnostics} == {"B010", "B062", "S080"}


def listing(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize(
    ("folder", "words", "said"),
    [
        ("方山:公报", [], "不能用"),
        ("con", [], "不能用"),
        ("长" * 90, [], "不能用"),
        ("a\0b", [], "不能用"),
        ("有.", [], "不能用"),
        ("x", ["--name", "方/山县人民政府公报"], "刊名"),
        ("x", ["--name", "方山县\n人民政府公报"], "刊名"),
        ("x", ["--name", "方" * 21 + "县人民政府公报"], "刊名"),
        ("x", ["--name", "方山县人民政府公报\udcff"], "刊名"),
        ("x", ["--publisher", "甲\u202e乙"], "主办单位"),
        ("x", ["--publisher", "甲" * 41], "主办单位"),
        ("x", ["--publisher", "甲: 乙"], "主办单位"),
        ("x", ["--code", "fz"], "机关代字"),
        ("x", ["--year", "0"], "年份"),
        ("x", ["--year", "99999"], "年份"),
        ("x", ["--area-code", "351"], "区号"),
    ],
)
def test_bad_input_leaves_nothing(
    tmp_path: Path, folder: str, words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["init", str(tmp_path / folder), *NEW, *words]) == 1
    assert said in capsys.readouterr().err
    assert listing(tmp_path) == []


def test_a_file_or_the_program_itself_is_no_place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("x")
    assert main(["init", str(tmp_path / "file"), *NEW]) == 1
    assert "是文件" in capsys.readouterr().err
    assert main(["init", str(tmp_path / "file/inner"), *NEW]) == 1
    assert "该是文件夹的地方是文件" in capsys.readouterr().err
    assert main(["init", str(ROOT / "output-of-another"), *NEW]) == 1
    assert "程序自己的文件夹" in capsys.readouterr().err
    assert not (ROOT / "output-of-another").exists() and listing(tmp_path) == ["file"]


@pytest.mark.parametrize("is_there", [True, False])
@pytest.mark.parametrize("fault", [OSError(errno.ENOSPC, "full"), KeyboardInterrupt()])
def test_a_full_disk_and_an_interruption_leave_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_there: bool, fault: BaseException
) -> None:
    written = 0
    write_bytes = Path.write_bytes

    def write(path: Path, content: bytes) -> int:
        nonlocal written
        written += 1
        if written > 100:
            raise fault
        return write_bytes(path, content)

    folder = tmp_path / "上级" / "方山"
    if is_there:
        folder.mkdir(parents=True)
    monkeypatch.setattr(Path, "write_bytes", write)
    if isinstance(fault, OSError):
        assert main(["init", str(folder), *NEW]) == 1
    else:
        with pytest.raises(KeyboardInterrupt):
            main(["init", str(folder), *NEW])
    assert listing(tmp_path) == (["上级"] if is_there else [])
    assert not is_there or listing(folder) == []


@pytest.mark.parametrize("is_there", [True, False])
def test_a_folder_that_cannot_be_moved_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_there: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    rename = Path.rename

    def refused(path: Path, target: Any) -> Path:
        if Path(target).name in ("方山", "templates"):
            raise OSError(errno.EACCES, "in use")
        return rename(path, target)

    if is_there:
        (tmp_path / "方山").mkdir()
    monkeypatch.setattr(Path, "rename", refused)
    assert main(["init", str(tmp_path / "方山"), *NEW]) == 1
    assert "什么都没有留下" in capsys.readouterr().err
    assert listing(tmp_path) == (["方山"] if is_there else [])
    assert not is_there or listing(tmp_path / "方山") == []


def test_an_empty_folder_is_filled_and_stays_the_same_one(tmp_path: Path) -> None:
    folder = tmp_path / "方山"
    folder.mkdir()
    before = folder.stat().st_ino
    assert main(["init", str(folder), *NEW]) == 0
    assert folder.stat().st_ino == before and (folder / "build.py").stat().st_mode & 0o111


def test_a_program_that_is_not_whole_begins_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("liulin_gazette.commands.init.running_program", lambda: tmp_path)
    assert main(["init", str(tmp_path / "x"), *NEW]) == 1
    assert "不是这套程序" in capsys.readouterr().err
    assert listing(tmp_path) == []


@pytest.mark.parametrize("is_there", [True, False])
def test_what_a_killed_attempt_left_is_cleared_away(tmp_path: Path, is_there: bool) -> None:
    folder = tmp_path / "方山"
    if is_there:
        folder.mkdir()
    left = folder / ".init" if is_there else tmp_path / ".方山.init"
    (left / "docs").mkdir(parents=True)
    (left / "build.py").write_bytes(b"")
    assert main(["init", str(folder), *NEW]) == 0
    assert (
        listing(tmp_path) == ["方山"]
        and (folder / "build.py").read_bytes()
        and not (folder / ".init").exists()
    )


def test_a_folder_that_was_filled_half_way_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "方山/.init").mkdir(parents=True)
    (tmp_path / "方山/docs").mkdir()
    assert main(["init", str(tmp_path / "方山"), *NEW]) == 1
    assert "上一次没有建完" in capsys.readouterr().err and listing(tmp_path / "方山") == [".init", "docs"]
