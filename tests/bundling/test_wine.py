"""The portable folder at work under Wine: the same bytes as here, from a path with spaces and Chinese.

``python3 build.py bundle --windows`` comes first. Wine runs a program only with no input and with output through a pipe.
"""

from __future__ import annotations

import contextlib
import hashlib
import http.client
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Generator, Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest

from liulin_gazette import __version__
from liulin_gazette.bundling import launchers, windows_parts
from liulin_gazette.bundling.executable_writing import MANIFEST, forwarder, launcher
from tests.conftest import ROOT

pytestmark = pytest.mark.wine
DIFFERENT = {"report/2026-1.html", "report/2026-1.json"}
"""What names the libraries."""
HOLD = """
import ctypes, pathlib, sys, time
kernel = ctypes.windll.kernel32
kernel.CreateFileW.restype = ctypes.c_void_p
handle = kernel.CreateFileW(sys.argv[2], 0x80000000, int(sys.argv[1]), None, 3, 0, None)
assert handle not in (None, ctypes.c_void_p(-1).value), kernel.GetLastError()
print("held", flush=True)
while not pathlib.Path("released").exists():
    time.sleep(0.05)
"""
"""A program that reads a file until there is one called ``released``, and lets others do the same, write, or nothing."""
NOTHING, READ, WRITE = 0, 1, 2
SAVE = """
import sys, time
from pathlib import Path
from liulin_gazette.disk import patience
from liulin_gazette.disk.durable_files import write_files
from liulin_gazette.text.system_errors import reason

class Clock:
    @staticmethod
    def sleep(seconds):
        print("waits", flush=True)
        if sys.argv[1] == "moment":
            Path("released").touch()
        time.sleep(seconds)

patience.time = Clock
try:
    write_files({Path("content/甲.md"): b"2"})
except OSError as error:
    print(reason(error, "写入"))
"""
"""A program that saves a file; if the one who holds it does so for a ``moment``, he is told to release it at the first wait."""
PLAIN = "".join(line for line in MANIFEST.splitlines(keepends=True) if "activeCodePage" not in line)
IN_CODE_PAGE_936 = """
import ctypes, os, runpy, sys, tempfile
if __name__ == "__main__":
    assert ctypes.windll.kernel32.GetACP() == 936 and sys.stdout.encoding == "gbk"
    folder = os.path.join(os.environ["PUBLIC"], "张 三")
    os.makedirs(folder, exist_ok=True)
    os.environ["TMP"] = os.environ["TEMP"] = folder
    runpy.run_module("liulin_gazette", run_name="__main__")
"""
PATIENCE = 1800
"""Seconds for one command: Wine is slow on a busy machine."""


@pytest.fixture(scope="module")
def wine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """Yield the environment of an installation of Wine that only these tests use."""
    assert shutil.which("wine"), "apt-get install wine64 wine"
    environment = os.environ | {"WINEPREFIX": str(tmp_path_factory.mktemp("wine")), "WINEDEBUG": "-all"}
    yield environment
    subprocess.run(["wineserver", "-k"], env=environment, check=False)


@pytest.fixture
def chinese_wine(wine: dict[str, str], tmp_path: Path) -> Iterator[dict[str, str]]:
    """Yield the environment of Wine as a Chinese Windows: its code page is 936. The next command starts it anew."""
    assert shutil.which("localedef") and Path("/usr/share/i18n").is_dir(), "apt-get install locales"
    subprocess.run(["localedef", "-i", "zh_CN", "-f", "UTF-8", str(tmp_path / "zh_CN.utf8")], check=False)
    subprocess.run(["wineserver", "-k"], env=wine, check=False)
    yield wine | {"LOCPATH": str(tmp_path), "LC_ALL": "zh_CN.UTF-8", "LANG": "zh_CN.UTF-8"}
    subprocess.run(["wineserver", "-k"], env=wine, check=False)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the unpacked folder, with what Wine 8 lacks of Windows 10."""
    archives = sorted((ROOT / "output/bundle").glob("*-windows-x86_64.zip"))
    assert archives, "python3 build.py bundle --windows"
    place = tmp_path_factory.mktemp("桌面") / "柳林 公报"
    with zipfile.ZipFile(archives[-1]) as archive:
        archive.extractall(place)
    (folder,) = place.iterdir()
    stand_in = forwarder("bcryptprimitives.dll", {"ProcessPrng": "advapi32.SystemFunction036"})
    (folder / "runtime/bcryptprimitives.dll").write_bytes(stand_in)
    return folder


def start(desk: Path, wine: dict[str, str], *words: str) -> subprocess.Popen[str]:
    """Start the Python of the folder."""
    return subprocess.Popen(
        ["wine", "runtime/python.exe", "-X", "utf8", *words],
        cwd=desk,
        env=wine,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )


def run(desk: Path, wine: dict[str, str], *words: str) -> tuple[int, str]:
    """Return the exit code and the output of a command of the program in the folder."""
    process = start(desk, wine, "-m", "liulin_gazette", *words)
    said, _ = process.communicate(timeout=PATIENCE)
    return process.returncode, said


@contextlib.contextmanager
def held(desk: Path, wine: dict[str, str], path: str, others: int) -> Generator[None]:
    """Let another process read the file at ``path`` during the block; ``others`` is what it lets others do meanwhile."""
    holder = start(desk, wine, "-c", HOLD, str(others), path)
    try:
        assert holder.stdout is not None and holder.stdout.readline().strip() == "held"
        yield
    finally:
        (desk / "released").touch()
        holder.communicate(timeout=PATIENCE)
        (desk / "released").unlink()


def digests(output: Path) -> dict[str, str]:
    """Return the SHA-256 of every file that is published, printed or reported, by path."""
    return {
        file.relative_to(output).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for top in ("site", "print", "report")
        for file in (output / top).rglob("*")
        if file.is_file()
    }


def test_the_machine_is_in_order(desk: Path, wine: dict[str, str]) -> None:
    code, said = run(desk, wine, "doctor")
    assert code == 0 and "✗" not in said and "✓ 系统组件：Pango 1." in said, said


def test_a_batch_file_runs_a_command(desk: Path, wine: dict[str, str]) -> None:
    command = ["wine", "cmd", "/c", launchers.COMMAND_FILE, "--version"]
    done = subprocess.run(
        command,
        cwd=desk,
        env=wine,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.stdout.strip() == f"liulin-gazette {__version__}", done.stderr


def run_in_code_page_936(desk: Path, wine: dict[str, str], *words: str) -> tuple[int, str]:
    """Return the exit code and the output, in that code page, of a command of the program on a Chinese Windows.

    The temporary folder is that of a user with a Chinese name. Python has the manifest of CPython's own.
    """
    (desk / "runtime/plain.exe").write_bytes(launcher(windows_parts.RUNTIME_LIBRARY, "Py_Main", PLAIN))
    program = desk / "runtime/plain.py"
    program.write_text(IN_CODE_PAGE_936, "utf-8")
    try:
        done = subprocess.run(
            ["wine", "runtime/plain.exe", "runtime/plain.py", *words],
            cwd=desk,
            env=wine,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
    finally:
        (desk / "runtime/plain.exe").unlink()
        program.unlink()
    return done.returncode, done.stdout.decode("cp936")


def test_code_page_936_loses_no_message(desk: Path, chinese_wine: dict[str, str]) -> None:
    """In a pipe: on a console Python writes in Unicode, whatever its code page."""
    document = desk / "content/2026-1/䶮𬭎.md"
    document.write_text("---\n标题: 关于䶮𬭎同志任职的通知\n---\n\n✓\n", "utf-8")
    try:
        for words, code, told in (("doctor", 0, "√ 试排一行"), ("check", 1, "[U+4DAE][U+2CB4E].md")):
            found, said = run_in_code_page_936(desk, chinese_wine, words)
            assert (found, told in said, "Traceback" in said) == (code, True, False), said
    finally:
        document.unlink()


def test_pages_are_set_in_code_page_936(
    desk: Path, wine: dict[str, str], chinese_wine: dict[str, str]
) -> None:
    code, said = run_in_code_page_936(desk, chinese_wine, "build")
    assert code == 0 and next((desk / "output/site/2026/1").glob("*.pdf")), said
    (temporary,) = Path(wine["WINEPREFIX"]).glob("drive_c/users/Public/张 三")
    assert not list(temporary.iterdir())


def test_a_folder_that_lies_too_deep_is_told(desk: Path, wine: dict[str, str], tmp_path: Path) -> None:
    """Wine itself takes paths of any length."""
    deep = tmp_path / ("深处的文件夹" * 12) / ("深处的文件夹" * 12)
    deep.mkdir(parents=True)
    moved = shutil.move(desk, deep)
    try:
        code, said = run(Path(moved), wine, "doctor")
    finally:
        shutil.move(moved, desk)
    assert code == 3 and "✗ 文件夹路径" in said and "移到路径短的地方" in said, said


def test_a_name_in_other_letters_is_told(desk: Path, wine: dict[str, str]) -> None:
    issue = desk / "content/2026-1/issue.toml"
    before = issue.read_bytes()
    document = desk / "content/2026-1/09.md"
    document.rename(document.with_name("Yiban.md"))
    try:
        issue.write_bytes(before.replace(b"09.md", b"yiban.md"))
        code, said = run(desk, wine, "check")
    finally:
        issue.write_bytes(before)
        document.with_name("Yiban.md").rename(document)
    assert code == 1 and "“yiban.md”不在文件夹里" in said and "改名为“yiban.md”" in said, said


def test_the_issue_has_the_same_bytes_as_here(desk: Path, wine: dict[str, str], tmp_path: Path) -> None:
    code, said = run(desk, wine)
    assert code == 0, said
    for name in ("content", "templates"):
        shutil.copytree(desk / name, tmp_path / name)
    shutil.copyfile(desk / "requirements.lock", tmp_path / "requirements.lock")
    environment = os.environ | {"PYTHONPATH": str(desk), "PYTHONUTF8": "1"}
    subprocess.run(
        [sys.executable, "-m", "liulin_gazette"],
        cwd=tmp_path,
        env=environment,
        check=True,
        capture_output=True,
    )
    there, here = digests(desk / "output"), digests(tmp_path / "output")
    assert set(there) == set(here)
    assert {name for name in here if here[name] != there[name]} <= DIFFERENT


def test_a_pdf_that_is_open_keeps_the_old_edition_whole(desk: Path, wine: dict[str, str]) -> None:
    """After the test before: the content is changed and gets the line ends of Windows."""
    pdf = next((desk / "output/site/2026/1").glob("*.pdf")).relative_to(desk).as_posix()
    document = desk / "content/2026-1/08.md"
    before = digests(desk / "output")
    document.write_bytes(document.read_bytes().replace(b"\n", b"\r\n") + "\r\n另行通知。\r\n".encode())
    with held(desk, wine, pdf, READ | WRITE):
        code, said = run(desk, wine)
        assert code == 3 and "正被别的程序打开" in said and "Traceback" not in said, said
        assert digests(desk / "output") == before
    code, said = run(desk, wine)
    assert (
        code == 0
        and digests(desk / "output")[pdf.removeprefix("output/")] != before[pdf.removeprefix("output/")]
    ), said


def asked(
    port: int, path: str, cookie: str = "", fields: dict[str, str] | None = None
) -> tuple[int, str, http.client.HTTPMessage]:
    """Return status, text and headers of what the desk at ``port`` answers; ``fields`` are sent as a page does."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    headers = {"Cookie": cookie}
    if fields is None:
        connection.request("GET", path, headers=headers)
    else:
        headers |= {
            "Origin": f"http://127.0.0.1:{port}",
            "Content-Type": "application/x-www-form-urlencoded",
            "Accept": "application/json",
        }
        connection.request("POST", path, urlencode(fields), headers)
    answer = connection.getresponse()
    return answer.status, answer.read().decode("utf-8", "replace"), answer.headers


def hidden(text: str, name: str) -> str:
    """Return what a page sends back as the hidden field ``name``."""
    found = re.search(f'name="{name}" value="([^"]*)"', text)
    assert found, name
    return found[1]


def test_a_document_is_opened_saved_and_printed_at_the_desk(desk: Path, wine: dict[str, str]) -> None:
    """Its line ends are those of Windows; they stay."""
    document = desk / "content/2026-1/08.md"
    document.write_bytes(document.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))
    process = start(desk, wine, "-m", "liulin_gazette", "desk", "--no-open", "--port", "0")
    try:
        assert process.stdout is not None
        lines = iter(process.stdout.readline, "")
        told = next((line for line in lines if "?key=" in line), "")
        found = re.search(r"http://127\.0\.0\.1:(\d+)(/\?key=\S+)", told)
        assert found, told
        port = int(found[1])
        status, _, headers = asked(port, found[2])
        cookie = (headers["set-cookie"] or "").partition(";")[0]
        assert status == 303 and cookie
        address = "/issues/2026-1/documents/08/"
        status, text, _ = asked(port, address, cookie)
        assert status == 200
        body = re.search(r'<textarea id="text"[^>]*>\n(.*?)</textarea>', text, re.DOTALL)
        assert body
        sent = {name: hidden(text, name) for name in ("token", "digest", "draft")}
        status, answer, _ = asked(port, address, cookie, {**sent, "text": f"{body[1]}特此通知。\n"})
        assert status == 200 and "存好了" in answer, answer
        saved = document.read_bytes()
        assert saved.endswith("特此通知。\r\n".encode()) and saved.count(b"\n") == saved.count(b"\r\n")
        status, text, _ = asked(port, "/prints/2026/1/", cookie)
        assert status == 200 and "Traceback" not in text
    finally:
        subprocess.run(["wineserver", "-k"], env=wine, check=False)
        process.communicate(timeout=PATIENCE)


def test_a_document_that_another_program_keeps_for_itself_is_told(desk: Path, wine: dict[str, str]) -> None:
    path = "content/2026-1/08.md"
    with held(desk, wine, path, NOTHING):
        code, said = run(desk, wine, "check")
    assert code == 1 and "B002" in said and "正被别的程序打开" in said and "Traceback" not in said, said


def test_files_of_the_office_wait_for_one_who_reads_them(desk: Path, wine: dict[str, str]) -> None:
    """Somebody who holds a file for a moment only delays; one who keeps it is told, and nothing has changed."""
    file = desk / "content/甲.md"
    file.write_bytes(b"1")
    with held(desk, wine, "content/甲.md", READ):
        said, _ = start(desk, wine, "-c", SAVE, "long").communicate(timeout=PATIENCE)
        assert said.count("waits") == 6 and "正被别的程序打开" in said, said
        assert file.read_bytes() == b"1" and not list(file.parent.glob(".*partial"))
    with held(desk, wine, "content/甲.md", READ):
        said, _ = start(desk, wine, "-c", SAVE, "moment").communicate(timeout=PATIENCE)
        assert "waits" in said and "打开" not in said and file.read_bytes() == b"2", said
    file.unlink()
