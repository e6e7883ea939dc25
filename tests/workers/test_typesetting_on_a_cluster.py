"""Several issues typeset by a cluster: the same bytes as by one process, whoever is lost meanwhile."""

from __future__ import annotations

import importlib
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from liulin_gazette.pdf.composition.items import Item
from liulin_gazette.pdf.typeset import cached_typesetter
from liulin_gazette.pdf.typeset.cached_typesetter import CachedTypesetter
from liulin_gazette.pdf.typeset.layout import Layout
from liulin_gazette.pipeline.stages import Wanted, build
from liulin_gazette.workers.cluster_access import ClusterError
from liulin_gazette.workers.pool import WorkerPool
from liulin_gazette.workers.shared_file import SharedFile
from tests.conftest import ROOT, digest
from tests.synthetic_archive import write_archive
from tests.workers.conftest import Cluster

pytestmark = pytest.mark.usefixtures("layouts_made_anew")
ISSUES, DOCUMENTS = 4, 2
REDONE = "已在本机重做"


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Some issues, built by one process."""
    root = tmp_path_factory.mktemp("archive")
    write_archive(root, ISSUES, DOCUMENTS)
    shutil.copytree(ROOT / "templates", root / "templates", ignore=shutil.ignore_patterns(".cache"))
    assert not build(root, Wanted(jobs=1), lambda _: None).failed
    return root


@pytest.fixture
def project(archive: Path, tmp_path: Path) -> Path:
    """The same, not built; the faces are prepared."""
    root = tmp_path / "project"
    for name in ("content", "templates", ".cache/fonts"):
        shutil.copytree(archive / name, root / name)
    return root


def test_several_processes_make_the_same_bytes(archive: Path, project: Path) -> None:
    said: list[str] = []
    result = build(project, Wanted(jobs=3), said.append)
    assert [built.name for built in result.built] == sorted(built.name for built in result.built)
    assert len(result.built) == ISSUES and not any(REDONE in step for step in said)
    assert digest(project / "output") == digest(archive / "output")


@pytest.mark.tools
def test_a_cluster_makes_the_same_bytes(archive: Path, project: Path, lasting_cluster: Cluster) -> None:
    said: list[str] = []
    assert not build(project, Wanted(cluster=lasting_cluster.access), said.append).failed
    assert not any(REDONE in step for step in said)
    assert digest(project / "output") == digest(archive / "output")


@pytest.mark.tools
def test_a_worker_killed_while_typesetting_costs_only_time(
    archive: Path, project: Path, cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cached_typesetter, "WORTH_SHARING", 0)
    start = CachedTypesetter.start
    started: list[str] = []

    def killing(self: CachedTypesetter, items: Sequence[Item]) -> Callable[[], dict[str, Layout]]:
        result = start(self, items)
        started.append(items[0].name)
        if len(started) == 2:  # Both are busy: they take longer than this to load the typesetter.
            os.kill(cluster.workers[0].pid, signal.SIGKILL)
        return result

    monkeypatch.setattr(CachedTypesetter, "start", killing)
    assert not build(project, Wanted(cluster=cluster.access), lambda _: None).failed
    assert cluster.workers[0].wait(10) == -signal.SIGKILL and cluster.workers[1].poll() is None
    assert len(started) == 2 * ISSUES
    assert digest(project / "output") == digest(archive / "output")


KILLER = """
import os, sys
sys.path.insert(0, sys.argv[1])
from pathlib import Path
from liulin_gazette.pipeline import stages
from liulin_gazette.workers.cluster_access import ClusterAccess

steps = []
def say(step):
    print(step)
    steps.append(step)
    if sum(each.startswith("排印") for each in steps) == 3:
        [os.kill(int(each), 9) for each in sys.argv[4:]]
        sys.argv[4:] = []

print(stages.build(Path(sys.argv[2]), stages.Wanted(cluster=ClusterAccess(sys.argv[3], is_plain_allowed=True)), say).failed)
"""


@pytest.mark.tools
def test_what_a_lost_cluster_left_is_typeset_here(archive: Path, project: Path, cluster: Cluster) -> None:
    """All workers are lost; that the scheduler may be is tried with the pages of the site."""
    words = [str(ROOT), str(project), cluster.address, *(str(each.pid) for each in cluster.workers)]
    done = subprocess.run(
        [sys.executable, "-c", KILLER, *words], capture_output=True, text=True, timeout=600, check=False
    )
    assert done.stderr == "" and done.stdout.endswith("False\n")
    assert REDONE in done.stdout
    assert digest(project / "output") == digest(archive / "output")


def length_of(number: int, file: SharedFile) -> tuple[int, str, int]:
    return number, file.name, len(file.read_bytes())


@pytest.mark.tools
def test_a_file_that_many_units_need_is_sent_once(
    lasting_cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "face.otf"
    file.write_bytes(bytes(3_000_000))
    library: Any = importlib.import_module("distributed")
    scatter, sent = library.Client.scatter, list[object]()

    def counted(self: Any, data: Any, **options: Any) -> Any:
        sent.append(data)
        return scatter(self, data, **options)

    monkeypatch.setattr("distributed.Client.scatter", counted)
    with WorkerPool(cluster=lasting_cluster.access) as pool:
        results = [pool.submit(length_of, number, [file]) for number in range(40)]
        file.unlink()  # What is done here would fail.
        assert [result() for result in results] == [(n, "face.otf", 3_000_000) for n in range(40)]
        assert not pool.redone
    assert len(sent) == 1


@pytest.fixture
def other_pango(tmp_path: Path) -> str:
    """PYTHONPATH of a worker that finds another version of Pango than this process."""
    folder = tmp_path / "other"
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(
        "from liulin_gazette.cache import libraries\nlibraries.pango_version = lambda: '1.99.1'\n",
        "utf-8",
    )
    return f"{folder}{os.pathsep}{ROOT}"


@pytest.mark.tools
def test_a_worker_that_would_break_lines_otherwise_is_refused(cluster: Cluster, other_pango: str) -> None:
    cluster.add_worker(other_pango)
    cluster.wait()
    with (
        pytest.raises(ClusterError, match=r"Pango 是 1\.99\.1（本机是 .*--site-only"),
        WorkerPool(cluster=cluster.access, typesets=True),
    ):
        pass
    with WorkerPool(cluster=cluster.access) as pool:
        assert pool.count == 3


@pytest.mark.tools
def test_a_worker_without_the_program_is_refused(cluster: Cluster, tmp_path: Path) -> None:
    cluster.add_worker(str(tmp_path))
    cluster.wait()
    with pytest.raises(ClusterError, match="工作机上没有安装本程序"), WorkerPool(cluster=cluster.access):
        pass


@pytest.mark.tools
def test_a_worker_of_another_version_that_joins_later_is_not_asked(
    cluster: Cluster, other_pango: str
) -> None:
    with WorkerPool(cluster=cluster.access, typesets=True) as pool:
        for worker in cluster.workers:
            worker.kill()
        cluster.add_worker(other_pango)
        assert [result() for result in [pool.submit(abs, -number) for number in range(3)]] == [0, 1, 2]
        assert pool.redone == 3
