"""Shared fixtures: the real content, built once, and a small project that tests may change."""

from __future__ import annotations

import hashlib
import os
import pickle
import re
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from liulin_gazette.cache.program import names_below
from liulin_gazette.disk import system_calls
from liulin_gazette.disk.file_locks import folder_lock
from liulin_gazette.editing.changes import apply
from liulin_gazette.editing.publishing import publish_changes
from liulin_gazette.model.diagnostics import Diagnostic
from liulin_gazette.model.publication import Publication
from liulin_gazette.pipeline.examination import examine
from liulin_gazette.pipeline.stages import Result, Wanted, build
from liulin_gazette.source.folder import read_folder
from liulin_gazette.source.loader import load_issues
from tests import shared_caches
from tests.loading import load

settings.register_profile("gazette", deadline=None)  # Slow examples on a busy machine are no failure.
settings.load_profile("gazette")
ROOT = Path(__file__).resolve().parent.parent
MOST_PATIENCE = 3600.0
"""Seconds to wait for another process of the run; a busy machine is no failure."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--long``, with which tests of faults try many more cases than the suite has time for."""
    parser.addoption("--long", action="store_true", help="try many more cases in tests of faults")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Import no module for ``-m tools`` that has no such test: all of them take longer than many of the tests."""
    if config.option.markexpr != "tools" or not collection_path.match("test_*.py"):
        return None
    return not _names_tools(collection_path) or None


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Refuse modules that ``-m tools`` would not import though they have such tests."""
    files = {item.path for item in items if item.get_closest_marker("tools")}
    if unnamed := sorted(str(file) for file in files if not _names_tools(file)):
        raise pytest.UsageError(f"Write out pytest.mark.tools in {', '.join(unnamed)}.")


def _names_tools(module: Path) -> bool:
    return "mark.tools" in module.read_text("utf-8")


@pytest.fixture
def is_long(request: pytest.FixtureRequest) -> bool:
    """Tell whether many more cases are to be tried than the suite has time for."""
    return bool(request.config.getoption("--long"))


@pytest.fixture(scope="session")
def publication() -> Publication:
    """Return the real content of this gazette."""
    loaded, found = load(ROOT)
    assert loaded is not None, found
    return loaded


@pytest.fixture(autouse=True, scope="session")
def no_waiting_for_the_disk() -> Iterator[None]:
    """Flush nothing to the disk: tests in tests/disk look at what is flushed, and when."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("sync", "sync_folder"):
            patch.setattr(system_calls, name, _do_nothing)
        yield


def _do_nothing(path: Path) -> None:
    """Take the place of a call that waits for the disk."""


@pytest.fixture(scope="session")
def run_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder that all processes of a run share."""
    folder = tmp_path_factory.getbasetemp()
    return folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder


@pytest.fixture(autouse=True, scope="session")
def caches_of_all_projects(run_folder: Path) -> Iterator[Path]:
    """Prepare no face twice, compile no template twice for the tests of a process, and typeset in it.

    The folder of the faces is returned.
    """
    with shared_caches.shared_caches(run_folder / "faces"):
        yield run_folder / "faces"


@pytest.fixture
def layouts_made_anew() -> Iterator[None]:
    """Typeset all that a project has, whatever another has: for tests of whether the same comes of it."""
    with shared_caches.layouts_made_anew():
        yield


@pytest.fixture(scope="session")
def real_build(run_folder: Path) -> tuple[Path, Result]:
    """Build the real content, or wait until another process of the run has; return the project folder and the result.

    Tests only read it.
    """
    root = run_folder / "real"
    root.mkdir(exist_ok=True)
    with folder_lock(root, MOST_PATIENCE) as is_locked:
        assert is_locked, "another process has been building the real content for too long"
        kept = root / "result.pickle"
        if not kept.exists():
            for name in ("content", "templates"):
                shutil.copytree(ROOT / name, root / name, dirs_exist_ok=True)
            kept.write_bytes(pickle.dumps(build(root, Wanted(), lambda _: None)))
        return root, pickle.loads(kept.read_bytes())


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Yield one Chromium for all tests in a browser."""
    from tests.web.browser import chromium

    with chromium() as chrome:
        yield chrome


DOCUMENT = """---
标题: 柳林县林业局关于加强护林工作的通知
发文字号: 柳林发〔2026〕9号
发文机关: 柳林县林业局
成文日期: 2026-02-06
公开方式: 此件公开发布
主送: 局属各单位：
政策咨询:
  责任单位: 柳林县林业局
  责任股室: 森防办
  责任人: 刘荣
  电话: 0358-4022294
---

请认真执行。
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return the folder of a small valid project: one issue with one document, 01.md."""
    return small_project(tmp_path)


def small_project(root: Path) -> Path:
    """Make in ``root`` the project that ``project`` is; return ``root``."""
    content = root / "content" / "2026-1"
    content.mkdir(parents=True)
    shutil.copy(ROOT / "content" / "gazette.toml", root / "content")
    write_templates(root)
    (content / "issue.toml").write_text(
        '"年" = 2026\n"期" = 1\n"总期号" = 30\n"出版日期" = 2026-02-28\n\n'
        '[["栏目"]]\n"名称" = "县政府部门文件"\n"文件" = ["01.md"]\n',
        "utf-8",
    )
    (content / "01.md").write_text(DOCUMENT, "utf-8")
    return root


def write_templates(root: Path) -> None:
    """Write the templates of this gazette into the project folder ``root``; copying them would take three times as long."""
    for name, content in _templates().items():
        file = f"{root}/templates/{name}"
        try:
            handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
        except FileNotFoundError:
            Path(file).parent.mkdir(parents=True)
            handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
        os.write(handle, content)
        os.close(handle)


@cache
def _templates() -> dict[str, bytes]:
    return {name: (ROOT / "templates" / name).read_bytes() for name in names_below(ROOT / "templates")}


def publish(root: Path, name: str) -> None:
    """Record an issue as published, as versions did that sealed no PDFs; the command wants them built first."""
    publication, _ = load_issues(root, [name])
    assert publication
    (issue,) = publication.issues
    folder = read_folder(root, issue.folder)
    apply(root, "publish", publish_changes(root, publication, issue, folder, date.today()))


def digest(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of every output file below ``folder`` by its path; hidden files are left out."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.relative_to(folder).parts[0].startswith(".")
    }


Edit = Callable[[str, str, str], None]


@pytest.fixture
def edit(project: Path) -> Edit:
    """Return a function that replaces text in a file of the small project; the text must be there."""

    def replace(name: str, old: str, new: str) -> None:
        file = project / "content" / name
        text = file.read_text("utf-8")
        assert old in text
        file.write_text(text.replace(old, new), "utf-8")

    return replace


def cover_title(page: str) -> str:
    """Return the words of the name of the gazette that heads ``page``, the page of an issue."""
    [heading] = re.findall(r'<h1 class="cover-title"[^>]*>(.*?)</h1>', page)
    return re.sub("<[^>]+>", "", heading)


def findings(root: Path) -> list[Diagnostic]:
    """Return all diagnostics of a project but B010, the placeholder URL."""
    return [found for found in examine(root).diagnostics if found.code != "B010"]
