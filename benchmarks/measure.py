"""One command measured: wall-clock seconds and the memory of its whole process tree."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

INTERVAL = 0.05
"""Seconds between two looks at the memory."""


@dataclass(frozen=True, slots=True)
class Run:
    """How one run went."""

    seconds: float
    memory: int
    """Highest sum of the proportional set sizes seen, in bytes; 0 when nobody looked."""
    failure: str = ""
    """The end of what it printed, when it failed."""


def measured(
    command: Sequence[str],
    folder: Path,
    log: Path,
    environ: Mapping[str, str],
    limit: float,
    watch: bool = False,
) -> Run:
    """Run ``command`` in ``folder``, for ``limit`` seconds at most.

    ``watch`` looks at the memory, which takes processor time: such a run is not to be timed.
    """
    memory = 0
    start = time.perf_counter()
    with log.open("wb") as output:
        process = subprocess.Popen(command, cwd=folder, stdout=output, stderr=output, env=dict(environ))
        while process.poll() is None:
            if watch:
                memory = max(memory, _tree_memory(process.pid))
            if time.perf_counter() - start > limit:
                _end(process)
                return Run(limit, memory, f"超过 {limit:.0f} 秒，已中止")
            _wait(process)
    seconds = time.perf_counter() - start
    if process.returncode:
        lines = log.read_text("utf-8", "replace").strip().splitlines()
        return Run(seconds, memory, lines[-1][:160] if lines else f"退出码 {process.returncode}")
    return Run(seconds, memory)


def _wait(process: subprocess.Popen[bytes]) -> None:
    try:
        process.wait(INTERVAL)
    except subprocess.TimeoutExpired:
        return


def _end(process: subprocess.Popen[bytes]) -> None:
    for child in psutil.Process(process.pid).children(recursive=True):
        child.kill()
    process.kill()
    process.wait()


def _tree_memory(pid: int) -> int:
    total = 0
    try:
        root = psutil.Process(pid)
        for process in (root, *root.children(recursive=True)):
            total += process.memory_full_info().pss
    except psutil.Error:
        return 0
    return total
