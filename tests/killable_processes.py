"""Processes that tests may kill: a server, which has loaded the program once, forks them.

One that starts anew would spend most of its time, and most of the moments at which it may be killed, on loading it.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Callable
from multiprocessing.process import BaseProcess
from pathlib import Path

from liulin_gazette.cli import main
from tests.shared_caches import shared_caches


def start_process(work: Callable[..., object], *arguments: object) -> BaseProcess:
    """Start a process that does ``work``, a function of a module, with the program loaded."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.loaded_program"])
    process = context.Process(target=work, args=arguments)
    process.start()
    return process


def start_build(project: Path, faces: Path) -> BaseProcess:
    """Start ``build.py`` without arguments in ``project``; what it says is lost. ``faces`` are those of all projects."""
    return start_process(_build, project, faces)


def ended(process: BaseProcess) -> int | None:
    """Wait until ``process`` has ended; return its exit code."""
    process.join()
    return process.exitcode


def _build(project: Path, faces: Path) -> None:
    os.chdir(project)
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere, shared_caches(faces):
        sys.stdout = sys.stderr = nowhere
        sys.exit(main([], project))
