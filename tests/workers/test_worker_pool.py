"""Work done by one process, several, or a cluster: the same bytes, even if workers are lost."""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from liulin_gazette.pipeline import stages
from liulin_gazette.pipeline.issue_reading import ReadingUnit, read_issue
from liulin_gazette.pipeline.stages import Wanted, build
from liulin_gazette.source.folder import issue_folders, read_folder
from liulin_gazette.source.loader import load_series
from liulin_gazette.workers import pool as pool_module
from liulin_gazette.workers.cluster_access import ClusterAccess, ClusterError
from liulin_gazette.workers.pool import WorkerPool
from tests.conftest import ROOT
from tests.synthetic_archive import write_archive
from tests.workers.conftest import Cluster

ISSUES, DOCUMENTS = 9, 2
"""Enough that each of three workers is handed several issues, some of them before others are done."""


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("archive")
    write_archive(root, ISSUES, DOCUMENTS)
    return root


def copy(archive: Path, target: Path) -> Path:
    shutil.copytree(archive / "content", target / "content")
    shutil.copytree(ROOT / "templates", target / "templates", ignore=shutil.ignore_patterns(".cache"))
    return target


def digest(root: Path) -> dict[str, str]:
    site = root / "output/site"
    files = (path for path in site.rglob("*") if path.is_file())
    return {
        path.relative_to(site).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files
    }


@pytest.fixture(scope="module")
def single_process(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return the digests of the site as one process builds it."""
    root = copy(archive, tmp_path_factory.mktemp("single_process") / "project")
    assert not build(root, Wanted(site_only=True, jobs=1), lambda _: None).failed
    made = digest(root)
    assert len(made) > ISSUES * DOCUMENTS * 3
    return made


def test_another_number_of_jobs_gives_the_same_bytes(
    archive: Path, single_process: dict[str, str], tmp_path: Path
) -> None:
    root = copy(archive, tmp_path / "project")
    assert not build(root, Wanted(site_only=True, jobs=3), lambda _: None).failed
    assert digest(root) == single_process


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_is_done_beside_gives_the_same_bytes(
    archive: Path, single_process: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, jobs: int
) -> None:
    monkeypatch.setattr(stages, "LARGE", 1)
    root = copy(archive, tmp_path / "project")
    said: list[str] = []
    assert not build(root, Wanted(site_only=True, jobs=jobs), said.append).failed
    assert digest(root) == single_process and said == ["读入和校核", "生成网页"]


def test_what_nobody_else_was_to_do_is_not_done_again() -> None:
    with WorkerPool(1) as pool:
        assert pool.submit_local(abs, -3)() == 3 and not pool.redone


def process_of(_unit: int) -> int:
    time.sleep(0.05)
    return os.getpid()


def nothing() -> None:
    """Load nothing."""


def test_while_this_process_works_too_no_more_are_started_than_helpers() -> None:
    with WorkerPool(2) as pool:
        pool.get_ready(nothing, pool.helpers)
        results = [pool.submit(process_of, unit) for unit in range(4)]
        assert len({result() for result in results}) == 1
        assert len(set(pool.map(process_of, range(40), 40))) == 2  # This process only waits for them.


def test_one_process_that_is_to_be_ready_keeps_no_other_from_starting() -> None:
    with WorkerPool(4) as pool:
        pool.get_ready(nothing)
        executor: Any = pool._processes  # pyright: ignore[reportPrivateUsage] -- no public name for how many may start
        assert executor._max_workers == pool.helpers == 3


def squared_or_killed(number: int) -> int:
    """Kill the worker process once, at the number 5; else return the square."""
    if number == 5 and os.environ.get("GAZETTE_TEST_PARENT") != str(os.getpid()):
        os._exit(9)
    return number * number


def test_a_killed_process_costs_only_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GAZETTE_TEST_PARENT", str(os.getpid()))
    with WorkerPool(2) as pool:
        assert list(pool.map(squared_or_killed, range(40), 40)) == [n * n for n in range(40)]
        assert pool.redone


def fails_at_three(number: int) -> int:
    if number == 3:
        raise ValueError(number)
    return number


def test_what_is_wrong_with_the_work_is_not_hidden() -> None:
    with WorkerPool(2) as pool, pytest.raises(ValueError, match="3"):
        list(pool.map(fails_at_three, range(10), 10))


def test_units_are_not_all_taken_at_once() -> None:
    taken: list[int] = []

    def units() -> Iterator[int]:
        for number in range(100):
            taken.append(number)
            yield number

    with WorkerPool(2) as pool:
        results = pool.map(abs, units(), 100)
        assert next(results) == 0
        assert len(taken) <= 2 * pool_module.AHEAD + 1
        assert list(results) == list(range(1, 100))


@pytest.mark.tools
def test_a_cluster_that_loses_a_worker_makes_what_one_machine_does(
    archive: Path, single_process: dict[str, str], cluster: Cluster, tmp_path: Path
) -> None:
    root = copy(archive, tmp_path / "project")
    said: list[str] = []

    def say(step: str) -> None:
        said.append(step)
        if step == "生成网页":
            os.kill(cluster.workers[0].pid, signal.SIGKILL)

    assert not build(root, Wanted(site_only=True, cluster=cluster.access), say).failed
    assert "生成网页" in said and cluster.workers[0].wait(10) == -signal.SIGKILL
    assert cluster.workers[1].poll() is None
    assert digest(root) == single_process


@pytest.mark.tools
@pytest.mark.parametrize(("who", "step"), [("workers", "读入和校核"), ("scheduler", "生成网页")])
def test_a_cluster_that_is_lost_whole_costs_only_time(
    archive: Path, single_process: dict[str, str], cluster: Cluster, tmp_path: Path, who: str, step: str
) -> None:
    root = copy(archive, tmp_path / "project")
    killer = (
        "import os, sys; sys.path.insert(0, sys.argv[1])\n"
        "from pathlib import Path; from liulin_gazette.pipeline import stages\n"
        "def say(step):\n"
        "    print(step)\n"
        "    if step == sys.argv[4]: [os.kill(int(each), 9) for each in sys.argv[5:]]\n"
        "from liulin_gazette.workers.cluster_access import ClusterAccess\n"
        "access = ClusterAccess(sys.argv[3], is_plain_allowed=True)\n"
        "wanted = stages.Wanted(site_only=True, cluster=access)\n"
        "print(stages.build(Path(sys.argv[2]), wanted, say).failed)"
    )
    lost = cluster.workers if who == "workers" else [cluster.scheduler]
    words = [str(ROOT), str(root), cluster.address, step, *(str(each.pid) for each in lost)]
    done = subprocess.run(
        [sys.executable, "-c", killer, *words], capture_output=True, text=True, timeout=120, check=False
    )
    assert done.stderr == "" and done.stdout.endswith("False\n")
    assert "已在本机重做" in done.stdout
    assert digest(root) == single_process


@pytest.mark.tools
def test_the_cluster_does_the_work(archive: Path, lasting_cluster: Cluster) -> None:
    folders = [read_folder(archive, path) for path in issue_folders(archive)]
    series = load_series(read_folder(archive, "content"))
    units = [ReadingUnit(folder, series.publication, series.form) for folder in folders]
    with WorkerPool(cluster=lasting_cluster.access) as pool:
        assert pool.count == 2
        read = list(pool.map(read_issue, units, len(units)))
        assert pool.redone == 0
    assert [each.key for each in read] == [folder.digest for folder in folders]


@pytest.mark.tools
def test_workers_that_vanish_while_connecting_are_said(
    lasting_cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nobody(_: object) -> dict[str, int]:
        return {}

    monkeypatch.setattr("distributed.Client.nthreads", nobody)
    with pytest.raises(ClusterError, match="没有工作机"), WorkerPool(cluster=lasting_cluster.access):
        pass


def test_nothing_is_left_out_for_a_count_of_nobody() -> None:
    with WorkerPool(2) as pool:
        pool.get_ready(os.getpid)
        pool.count = 0
        assert list(pool.start(abs, range(-9, 0), 9)) == list(range(9, 0, -1))


@pytest.mark.tools
def test_a_cluster_that_is_not_there_is_said(archive: Path, tmp_path: Path) -> None:
    root = copy(archive, tmp_path / "project")
    nobody = ClusterAccess("tcp://127.0.0.1:9", is_plain_allowed=True)
    with pytest.raises(ClusterError, match="连不上集群"):
        build(root, Wanted(site_only=True, cluster=nobody), lambda _: None)
    assert not (root / "output/site").exists()


def test_a_system_without_semaphores_has_one_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """As where there is no /dev/shm."""

    def refused(_: int) -> None:
        raise FileNotFoundError(2, "No such file or directory")

    monkeypatch.setattr(pool_module, "Processes", refused)
    with WorkerPool(4) as pool:
        pool.get_ready(int, 2)
        assert list(pool.map(abs, range(-9, 0), 9)) == list(range(9, 0, -1))
        assert pool.submit(abs, -1)() == 1 and pool.count == 1
