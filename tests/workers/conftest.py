"""A Dask cluster on this machine."""

from __future__ import annotations

import importlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from liulin_gazette.workers.cluster_access import ClusterAccess, security_of
from tests.conftest import ROOT


def write_certificates(folder: Path) -> ClusterAccess:
    """Write an authority's certificate, one that it has signed, and its key; return the access with them, to nowhere."""
    distributed: Any = importlib.import_module("distributed")
    security = distributed.Security.temporary()  # One certificate that has signed itself is both.
    folder.mkdir()
    (folder / "ca.pem").write_text(security.tls_ca_file, "ascii")
    (folder / "cert.pem").write_text(security.tls_client_cert, "ascii")
    (folder / "key.pem").write_text(security.tls_client_key, "ascii")
    authority, certificate, key = (str(folder / name) for name in ("ca.pem", "cert.pem", "key.pem"))
    return ClusterAccess("tls://127.0.0.1:9", authority, certificate, key)


class Cluster:
    """A scheduler and two workers on this machine, which show the certificates of ``access`` where there is one."""

    def __init__(self, folder: Path, access: ClusterAccess | None = None) -> None:
        self._certificates = (
            ("--tls-ca-file", access.authority, "--tls-cert", access.certificate, "--tls-key", access.key)
            if access
            else ()
        )
        file = folder / "scheduler.json"
        self._processes = [
            self._started("dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", *(("--protocol", "tls") if access else ()),
                          "--scheduler-file", str(file))
        ]  # fmt: skip
        self.scheduler = self._processes[0]
        end = time.monotonic() + 60
        while not file.exists() and time.monotonic() < end:
            time.sleep(0.1)
        time.sleep(0.2)
        self.address: str = json.loads(file.read_text("utf-8"))["address"]
        self.access = (
            replace(access, address=self.address)
            if access
            else ClusterAccess(self.address, is_plain_allowed=True)
        )
        self.workers: list[subprocess.Popen[bytes]] = []
        self._folder = folder
        for _ in range(2):
            self.add_worker()

    def add_worker(self, path: str = str(ROOT)) -> None:
        """Start another worker, which imports the program from ``path`` (PYTHONPATH)."""
        worker = self._started("dask_worker", self.address, "--host", "127.0.0.1", "--nthreads", "1", "--no-nanny",
                               "--no-dashboard", "--local-directory", str(self._folder), path=path)  # fmt: skip
        self.workers.append(worker)
        self._processes.append(worker)

    def wait(self) -> None:
        """Return when the scheduler knows all workers: on a busy machine one comes much later."""
        distributed: Any = importlib.import_module("distributed")
        security = security_of(self.access, distributed)
        with distributed.Client(self.address, timeout=60, set_as_default=False, security=security) as client:
            client.wait_for_workers(len(self.workers), timeout=120)

    def _started(self, program: str, *arguments: str, path: str = str(ROOT)) -> subprocess.Popen[bytes]:
        words = [sys.executable, "-m", f"distributed.cli.{program}", *arguments, *self._certificates]
        environment = os.environ | {"PYTHONPATH": path}
        return subprocess.Popen(
            words, env=environment, cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )

    def end(self) -> None:
        for process in self._processes:
            process.kill()
            process.wait()


@pytest.fixture(scope="session")
def lasting_cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """One for tests that leave its processes alive: starting them takes longer than most tests."""
    made = Cluster(tmp_path_factory.mktemp("cluster"))
    try:
        made.wait()
        yield made
    finally:
        made.end()


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    """One of this test alone, which may kill its processes and add others."""
    made = Cluster(tmp_path)
    try:
        made.wait()
        yield made
    finally:
        made.end()


@pytest.fixture(scope="session")
def tls_cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """One whose connections are encrypted, for tests that leave its processes alive."""
    folder = tmp_path_factory.mktemp("encrypted")
    started = Cluster(folder, write_certificates(folder / "certificates"))
    try:
        started.wait()
        yield started
    finally:
        started.end()
