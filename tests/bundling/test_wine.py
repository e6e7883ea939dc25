"""The portable folder at work under Wine: the same bytes as here, from a path with spaces and Chinese.

``python3 build.py bundle --windows`` comes first. Wine runs a program only with no input and with output through a pipe.
"""

from __future__ import annotations

import hashlib
import http.client
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest

from liulin_gazette.bundling.executable_writing import forwarder
from tests.conftest import ROOT

pytestmark = pytest.mark.wine
DIFFERENT = {
    "site/2026/1/cover.png",
    "site/assets/icon-512.png",
    "site/manifest.json",
    "site/offline.js",
    "report/2026-1.html",
    "report/2026-1.json",
}
"""The pictures, which Pillow compresses by the processor; what lists its digest; what names the libraries."""
PATIENCE = 1800
"""Seconds for one command: Wine is slow on a busy machine."""


@pytest.fixture(scope="module")
def wine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """Yield the environment of an installation of Wine that only these tests use."""
    assert shutil.which("wine"), "apt-get install wine64 wine"
    environment = os.environ | {"WINEPREFIX": str(tmp_path_factory.mktemp("wine")), "WINEDEBUG": "-all"}
    yield environment
    subprocess.run(["wineserver", "-k"], env=environment, check=False)


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
    hold = (
        "import pathlib, sys, time\n"
        f"file = open({pdf!r}, 'rb')\n"
        "print('held', flush=True)\n"
        "while not pathlib.Path('released').exists(): time.sleep(0.2)\n"
    )
    document = desk / "content/2026-1/08.md"
    before = digests(desk / "output")
    document.write_bytes(document.read_bytes().replace(b"\n", b"\r\n") + "\r\n另行通知。\r\n".encode())
    reader = start(desk, wine, "-c", hold)
    try:
        assert reader.stdout is not None and reader.stdout.readline().strip() == "held"
        code, said = run(desk, wine)
        assert code == 3 and "正被别的程序打开" in said and "Traceback" not in said, said
        assert digests(desk / "output") == before
    finally:
        (desk / "released").touch()
        reader.communicate(timeout=PATIENCE)
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
