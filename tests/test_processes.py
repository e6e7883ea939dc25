"""Other processes end with the one that started them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from liulin_gazette.processes import count_of
from tests.conftest import ROOT


def test_there_are_no_more_than_windows_allows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 128)
    assert [count_of(jobs) for jobs in (None, 1, 61, 62, 1000)] == [61, 1, 61, 61, 61]
    monkeypatch.setattr(os, "cpu_count", lambda: None)
    assert count_of(None) == 1


PROGRAM = """
import os, sys, time
sys.path.insert(0, {root!r})
from liulin_gazette.processes import processes

if __name__ == "__main__":
    executor = processes(1, "json")
    print(executor.submit(os.getpid).result() != os.getpid(), flush=True)
    executor.submit(time.sleep, 600)
    time.sleep(600)
"""


def test_killed_it_leaves_no_process(tmp_path: Path) -> None:
    file = tmp_path / "program.py"
    file.write_text(PROGRAM.format(root=str(ROOT)), "utf-8")
    with subprocess.Popen([sys.executable, str(file)], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stdout.readline() == "True\n"
        process.kill()
        process.communicate(timeout=60)  # Ends when no process holds the other end any more.
