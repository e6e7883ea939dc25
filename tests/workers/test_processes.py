"""Worker processes end with the process that started them."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from liulin_gazette.workers.pool import WorkerPool
from liulin_gazette.workers.processes import Processes, count_of, join_watchers, wake_by_a_byte
from tests.conftest import ROOT


def test_there_are_no_more_than_windows_allows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 128)
    assert [count_of(jobs) for jobs in (None, 1, 61, 62, 1000)] == [61, 1, 61, 61, 61]
    monkeypatch.setattr(os, "cpu_count", lambda: None)
    assert count_of(None) == 1


def test_no_thread_that_watches_processes_outlives_the_work() -> None:
    join_watchers()  # Those of tests before this one.
    before = threading.active_count()
    with WorkerPool(2) as pool:
        assert pool.submit(abs, -1)() == 1
    join_watchers()
    assert threading.active_count() == before


def test_a_thread_that_does_not_hear_of_the_end_is_not_waited_for_for_ever() -> None:
    join_watchers()  # Those of tests before this one.
    before = threading.active_count()
    with WorkerPool(2) as pool:
        assert pool.submit(abs, -1)() == 1
        executor: Any = pool._processes  # pyright: ignore[reportPrivateUsage] -- no public name for what wakes it
        executor._executor_manager_thread_wakeup.wakeup = lambda: None
    join_watchers(0.5)
    assert threading.active_count() == before
    assert not multiprocessing.active_children()


def test_a_thread_that_watches_processes_is_woken_by_a_byte() -> None:
    executor: Any = Processes(1)
    wake_by_a_byte(executor)
    writer: Any = executor._executor_manager_thread_wakeup._writer._writer
    sent: list[bytes] = []
    send = writer.send_bytes

    def sending(message: bytes) -> None:
        sent.append(message)
        send(message)

    writer.send_bytes = sending
    assert executor.submit(abs, -1).result() == 1
    executor.shutdown()
    assert sent and set(sent) == {b"\0"}


def test_work_of_which_nobody_asks_the_result_is_not_waited_for() -> None:
    with WorkerPool(2) as pool:
        pool.submit(time.sleep, 600)
        started = multiprocessing.active_children()
        assert started
    join_watchers()
    assert not any(process.is_alive() for process in started)


ENDING = """
import sys, threading, time
from functools import partial
sys.path.insert(0, {root!r})
from liulin_gazette import __main__ as program, cli
from liulin_gazette.workers.pool import WorkerPool

def main():
    with WorkerPool(2) as pool:
        pool.get_ready(partial(time.sleep, 1), 2)  # Still busy when the pool is closed.
        return pool.submit(abs, -7)()

if __name__ == "__main__":
    cli.main = main
    print(program.run(), [each.name for each in threading.enumerate() if each is not threading.main_thread()])
"""


def test_the_installed_command_leaves_no_thread_that_watches_processes(tmp_path: Path) -> None:
    file = tmp_path / "program.py"
    file.write_text(ENDING.format(root=str(ROOT)), "utf-8")
    done = subprocess.run([sys.executable, str(file)], capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("7 []\n", "")


PROGRAM = """
import os, sys, time
sys.path.insert(0, {root!r})
from liulin_gazette.workers.processes import Processes

if __name__ == "__main__":
    executor = Processes(1)
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


INTERRUPTED = """
import sys, time
sys.path.insert(0, {root!r})
from liulin_gazette.workers.processes import end_all, Processes

if __name__ == "__main__":
    executor = Processes(2)
    busy, starting = executor.submit(time.sleep, 0), None
    try:
        if {is_begun}:
            busy.result()
        starting = [executor.submit(time.sleep, 600) for _ in range(4)]
        print("begun", flush=True)
        time.sleep(600)
    except KeyboardInterrupt:
        end_all()
        print("ended", flush=True)
"""
POSIX = pytest.mark.skipif(os.name == "nt", reason="no process groups")


@POSIX
@pytest.mark.parametrize("is_begun", [False, True])
def test_interrupted_only_the_first_process_hears_of_it(tmp_path: Path, is_begun: bool) -> None:
    file = tmp_path / "program.py"
    file.write_text(INTERRUPTED.format(root=str(ROOT), is_begun=is_begun), "utf-8")
    with start_python([str(file)], tmp_path) as process:
        assert process.stdout and process.stdout.readline() == "begun\n"
        os.killpg(process.pid, signal.SIGINT)
        assert process.communicate(timeout=60) == ("ended\n", "")
        assert process.returncode == 0


@POSIX
@pytest.mark.parametrize("step", ["读入和校核", "排印"])
def test_an_interrupted_build_says_so_in_one_line(project: Path, step: str) -> None:
    with start_python(["-m", "liulin_gazette", "build", "--jobs", "2"], project) as process:
        assert process.stdout
        assert any(line.startswith(step) for line in process.stdout)
        os.killpg(process.pid, signal.SIGINT)
        _, said = process.communicate(timeout=60)
        assert said == "已中断，没有做完。做了一半的不会用上；要做完，再运行一次。\n"
        # Where it was in an exec of text, Python ends itself by the signal; build.py makes 130 of it.
        assert process.returncode in (130, -signal.SIGINT)
    assert not (project / "output/site").exists()


RUNS = """
import sys
sys.path.insert(0, {root!r})
from pathlib import Path
from liulin_gazette.preparation.child_processes import run
sys.exit(run(Path({root!r}), [sys.executable, "-c", {child!r}]))
"""
ENDS_BY_SIGNAL = """
import os, signal, time
signal.signal(signal.SIGINT, signal.SIG_DFL)
print("begun", flush=True)
time.sleep(600)
"""
ENDS_SLOWLY = """
import sys, time
try:
    print("begun", flush=True)
    time.sleep(600)
except KeyboardInterrupt:
    time.sleep(1)
    print("tidied", flush=True)
    sys.exit(130)
"""


@POSIX
@pytest.mark.parametrize(("child", "said"), [(ENDS_SLOWLY, "tidied\n"), (ENDS_BY_SIGNAL, "")])
def test_build_py_lets_an_interrupted_command_end_in_its_own_way(
    tmp_path: Path, child: str, said: str
) -> None:
    with start_python(["-c", RUNS.format(root=str(ROOT), child=child)], tmp_path) as process:
        assert process.stdout and process.stdout.readline() == "begun\n"
        os.killpg(process.pid, signal.SIGINT)
        assert process.communicate(timeout=60) == (said, "")
        assert process.returncode == 130


def start_python(words: list[str], folder: Path) -> subprocess.Popen[str]:
    """Start Python in a new process group that Ctrl-C interrupts, as a terminal does."""
    # A shell has what it runs in the background ignore the signal, and a process starts with what its parent ignores,
    # but not with its parent's handler.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        return subprocess.Popen(
            [sys.executable, *words],
            cwd=folder,
            env=os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            start_new_session=True,
        )
    finally:
        signal.signal(signal.SIGINT, before)
