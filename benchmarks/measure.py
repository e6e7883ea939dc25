"""Measuring a command: wall-clock seconds, and the memory of its whole process tree."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

INTERVAL = 0.05
"""Seconds between two measurements of the memory."""


@dataclass(frozen=True, slots=True)
class Run:
    """The result of one run."""

    seconds: float
    memory: int
    """Bytes: the highest sum of the proportional set sizes (PSS); 0 when memory was not measured."""
    failure: str = ""
    """The last line of the output of a run that failed."""


def measure(
    command: Sequence[str],
    folder: Path,
    log: Path,
    environ: Mapping[str, str],
    limit: float,
    watch: bool = False,
) -> Run:
    """Run ``command`` in ``folder`` and return the result; the output goes to ``log``.

    It is stopped after ``limit`` seconds. ``watch`` measures memory, which takes processor time, so that the
    seconds of such a run do not count.
    """
    memory = 0
    start = time.perf_counter()
    with log.open("wb") as output:
        process = subprocess.Popen(command, cwd=folder, stdout=output, stderr=output, env=dict(environ))
        while process.poll() is None:
            if watch:
                memory = max(memory, _tree_memory(process.pid))
            if time.perf_counter() - start > limit:
                _kill(process)
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


def _kill(process: subprocess.Popen[bytes]) -> None:
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
