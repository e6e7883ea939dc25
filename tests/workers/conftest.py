"""A Dask cluster on this machine."""

from __future__ import annotations

import importlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT


class Cluster:
    """A scheduler and two workers on this machine."""

    def __init__(self, folder: Path) -> None:
        file = folder / "scheduler.json"
        self._processes = [
            self._started("dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard",
                          "--scheduler-file", str(file))
        ]  # fmt: skip
        self.scheduler = self._processes[0]
        end = time.monotonic() + 60
        while not file.exists() and time.monotonic() < end:
            time.sleep(0.1)
        time.sleep(0.2)
        self.address: str = json.loads(file.read_text("utf-8"))["address"]
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
        with distributed.Client(self.address, timeout=60, set_as_default=False) as client:
            client.wait_for_workers(len(self.workers), timeout=120)

    def _started(self, program: str, *arguments: str, path: str = str(ROOT)) -> subprocess.Popen[bytes]:
        words = [sys.executable, "-m", f"distributed.cli.{program}", *arguments]
        environment = os.environ | {"PYTHONPATH": path}
        return subprocess.Popen(
            words, env=environment, cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )

    def end(self) -> None:
        for process in self._processes:
            process.kill()
            process.wait()


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    made = Cluster(tmp_path)
    try:
        made.wait()
        yield made
    finally:
        made.end()
