#!/usr/bin/env python3
"""Measure what happens in the long run and at the extremes; write the section 长时间和极端情况 in docs/性能.md.

Run ``python3 benchmarks/soak.py``, or with ``--edits 300`` for a shorter soak of the preview. The environment needs
``requirements.lock`` and psutil. Exit code 1 when something leaked, failed, or came out differently.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener

import psutil

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path[:0] = [str(ROOT), str(HERE)]

from measure import Run, measure  # noqa: E402 -- the line above makes these importable
from performance_page import write_section  # noqa: E402 -- likewise

from tests.synthetic_archive import write_archive  # noqa: E402 -- likewise

PROGRAM = (sys.executable, "-m", "liulin_gazette")
DOCUMENT = "content/2026-1/01.md"
PAGE = "2026/1/liu-zheng-ban-fa-2026-1/"
"""The page of that document."""
WARM_UP = 100
"""Edits before the first measurement: caches fill, and modules are imported."""
PRINTED_EVERY = 25
"""Edits after which a printed page is looked at as well."""
PATIENCE = 60.0
"""Seconds for the preview to show an edit."""
AT_ONCE = 10
MANY_DOCUMENTS = 1000
MOST_HANDLES = 64
MOST_GROWTH = 0.1
"""Growth of the memory, as a part of it, that counts as flat."""
LIMIT = 900.0


@dataclass(frozen=True, slots=True)
class State:
    """What a process holds."""

    memory: float
    """MiB of proportional set size."""
    handles: int
    threads: int


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table."""

    subject: str
    outcome: str
    is_good: bool


def main() -> int:
    """Measure all, write the section, and return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--edits", type=int, default=2000)
    edits = parser.parse_args().edits
    rows: list[Row] = []
    subjects: tuple[Callable[[Path], Row], ...] = (
        lambda project: _edits(project, edits),
        _builds_at_once,
        _many_documents,
        _largest_documents,
        _few_handles,
    )
    for subject in subjects:
        with tempfile.TemporaryDirectory() as folder:
            rows.append(subject(Path(folder) / "公报"))
        print(f"{rows[-1].subject}：{rows[-1].outcome}", flush=True)
    write_section("长时间和极端情况", _section(rows))
    return 0 if all(row.is_good for row in rows) else 1


def _copy(project: Path) -> None:
    """Copy the example gazette to the new folder ``project``."""
    for name in ("content", "templates"):
        shutil.copytree(ROOT / name, project / name, ignore=shutil.ignore_patterns(".cache"))


def _environ() -> Mapping[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}


def _edits(project: Path, edits: int) -> Row:
    """Edit a document again and again while the preview runs, each time once it shows the last edit."""
    _copy(project)
    command = [*PROGRAM, "serve", "--port", "0"]
    with subprocess.Popen(
        command, cwd=project, env=dict(_environ()), stdout=subprocess.PIPE, text=True
    ) as server:
        try:
            assert server.stdout is not None
            address = server.stdout.readline().strip().partition("：")[2]
            browser = build_opener(HTTPCookieProcessor())
            _get(browser, address)  # Its key opens the session.
            address = address.partition("?")[0]
            process = psutil.Process(server.pid)
            start = time.perf_counter()
            before = _edit_all(project, browser, address, min(WARM_UP, edits // 2), 0, process)
            after = _edit_all(project, browser, address, edits, min(WARM_UP, edits // 2), process)
            seconds = time.perf_counter() - start
        finally:
            server.terminate()
    is_flat = after.memory <= before.memory * (1 + MOST_GROWTH) and after.handles <= before.handles
    outcome = (
        f"{edits} 次改动用 {seconds:.0f} 秒；内存 {before.memory:.0f} → {after.memory:.0f} MiB，"
        f"打开的文件 {before.handles} → {after.handles}，线程 {before.threads} → {after.threads}"
        f"（从第 {min(WARM_UP, edits // 2)} 次改动起）"
    )
    return Row("预览（`serve`）开着，不断改一份公文", outcome, is_flat)


def _edit_all(
    project: Path, browser: OpenerDirector, address: str, last: int, first: int, process: psutil.Process
) -> State:
    """Make the edits from number ``first`` to ``last``; return what the preview then holds."""
    file = project / DOCUMENT
    text = file.read_text("utf-8").rstrip("\n")
    for number in range(first, last):
        version = _state(browser, address)["version"]
        file.write_text(f"{text}\n\n第{number}次改动。\n" if number % 2 else f"{text}\n", "utf-8")
        deadline = time.monotonic() + PATIENCE
        while _state(browser, address)["version"] <= version:
            if time.monotonic() > deadline:
                raise SystemExit(f"the preview did not show edit {number}")
            time.sleep(0.02)
        _get(browser, address + PAGE)
        if number % PRINTED_EVERY == 0:
            _get(browser, f"{address}__preview/picture?page=/{PAGE}&number=1")
    file.write_text(f"{text}\n", "utf-8")
    return State(process.memory_full_info().pss / 2**20, process.num_fds(), process.num_threads())


def _state(browser: OpenerDirector, address: str) -> dict[str, Any]:
    return json.loads(_get(browser, f"{address}__preview/state?page=/"))


def _get(browser: OpenerDirector, address: str) -> bytes:
    with browser.open(address, timeout=PATIENCE) as answer:
        return answer.read()


def _builds_at_once(project: Path) -> Row:
    """Build one project with many processes at the same time; the site must be that of a single build."""
    _copy(project)
    alone = project.with_name("alone")
    _copy(alone)
    subprocess.run(
        [*PROGRAM, "--site-only"], cwd=alone, env=dict(_environ()), check=True, capture_output=True
    )
    start = time.perf_counter()
    processes = [
        subprocess.Popen(
            [*PROGRAM, "--site-only"],
            cwd=project,
            env=dict(_environ()),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        for _ in range(AT_ONCE)
    ]
    outputs = [process.communicate(timeout=LIMIT)[0] for process in processes]
    seconds = time.perf_counter() - start
    failed = sum(process.returncode != 0 for process in processes)
    tracebacks = sum("Traceback" in output for output in outputs)
    is_equal = _digests(project) == _digests(alone)
    outcome = (
        f"{seconds:.0f} 秒全部结束，失败 {failed} 个；网站与单独做的{'逐字节相同' if is_equal else '不同'}"
    )
    return Row(
        f"{AT_ONCE} 个同时构建一份公报（只做网站）", outcome, not failed and not tracebacks and is_equal
    )


def _digests(project: Path) -> dict[str, str]:
    site = project / "output" / "site"
    return {
        path.relative_to(site).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in site.rglob("*")
        if path.is_file()
    }


def _many_documents(project: Path) -> Row:
    """Build the site of an issue with a thousand documents."""
    write_archive(project, 1, MANY_DOCUMENTS)
    shutil.copytree(ROOT / "templates", project / "templates", ignore=shutil.ignore_patterns(".cache"))
    timed, watched = _measure(project, "--site-only"), None
    if not timed.failure:
        shutil.rmtree(project / "output")
        shutil.rmtree(project / ".cache", ignore_errors=True)
        watched = _measure(project, "--site-only", watch=True)
    memory = watched.memory / 2**20 if watched else 0.0
    outcome = timed.failure or f"{timed.seconds:.1f} 秒，内存 {memory:.0f} MiB"
    return Row(f"一期 {MANY_DOCUMENTS} 份公文（只做网站）", outcome, not timed.failure)


def _largest_documents(project: Path) -> Row:
    """Build a document just below the limit of size; one of 10 MB must be refused at once."""
    _copy(project)
    file = project / DOCUMENT
    text = file.read_text("utf-8")
    paragraph = "\n请各乡镇认真执行本通知的有关规定，切实加强组织领导，落实工作责任。\n"
    file.write_text(text + paragraph * (3_900_000 // len(paragraph.encode())), "utf-8")
    built = _measure(project, "--site-only")
    file.write_text(text + paragraph * (10_000_000 // len(paragraph.encode())), "utf-8")
    refused = _measure(project, "check")
    outcome = (
        f"3.9 MB 的（约 130 万字）{built.failure or f'{built.seconds:.1f} 秒做成'}；"
        f"10 MB 的 {refused.seconds:.1f} 秒内{'拒绝' if refused.failure else '没有拒绝'}，说明上限是 4 MB"
    )
    return Row("一份很大的公文", outcome, not built.failure and bool(refused.failure))


def _few_handles(project: Path) -> Row:
    """Check and build with few handles allowed."""
    _copy(project)
    runs = {
        word: subprocess.run(
            ["sh", "-c", f'ulimit -n {MOST_HANDLES} && exec "$0" "$@"', *PROGRAM, word],
            cwd=project,
            env=dict(_environ()),
            capture_output=True,
            check=False,
        ).returncode
        for word in ("check", "--site-only")
    }
    outcome = "、".join(
        f"`{word}` {'做成' if code == 0 else f'退出码 {code}'}" for word, code in runs.items()
    )
    return Row(f"只许打开 {MOST_HANDLES} 个文件（`ulimit -n`）", outcome, not any(runs.values()))


def _measure(project: Path, word: str, watch: bool = False) -> Run:
    return measure([*PROGRAM, word], project, project.with_name("log.txt"), _environ(), LIMIT, watch)


def _section(rows: list[Row]) -> str:
    lines = "\n".join(f"| {row.subject} | {row.outcome} |" for row in rows)
    return f"""由 `python3 benchmarks/soak.py` 测得。改动一次接一次，预览一显示就做下一次；不加 `--edits` 是 2000 次，比编辑一天的还多。

| 情形 | 结果 |
| --- | --- |
{lines}

机器：{platform.machine()}，{psutil.cpu_count()} 核，Linux，Python {platform.python_version()}。"""


if __name__ == "__main__":
    sys.exit(main())
