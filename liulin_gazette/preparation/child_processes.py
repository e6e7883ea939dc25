"""Commands that the preparation runs: with their output in a log, or in front of the editor."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

INTERRUPTED = 130
"""The exit code of a command that Ctrl-C ended, as shells define it (128 + SIGINT)."""


@dataclass(frozen=True, slots=True)
class LoggedRun:
    """A command that has ended."""

    exit_code: int
    output: str
    log: str
    """Project path of the log that the output was added to."""

    @property
    def last_lines(self) -> str:
        """The last three lines of the output, and where the rest is."""
        lines = self.output.strip().split("\n")[-3:]
        return f"详情见 {self.log}，最后几行是：\n" + "\n".join(lines)


def run_logged(root: Path, command: list[str]) -> LoggedRun:
    """Run ``command`` in the project folder ``root``; add its output to the log. Raises OSError.

    The messages of what is run are in English, whatever the language of the system, so that they can be recognised.
    """
    log = root / ".cache" / "prepare.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    environment = os.environ | {"LC_ALL": "C.UTF-8", "PYTHONUTF8": "1"}
    with log.open("ab+") as file:
        start = file.seek(0, os.SEEK_END)
        code = subprocess.run(
            command,
            cwd=root,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=file,
            check=False,
        ).returncode
        file.seek(start)
        output = file.read().decode("utf-8", "replace")
    return LoggedRun(code, output, log.relative_to(root).as_posix())


def run(root: Path, command: list[str]) -> int:
    """Run ``command`` in the project folder ``root`` and return its exit code.

    Ctrl-C goes to it as well: it is given the time to end in its own way, and says so itself.
    """
    # What it says is in the encoding of what is said here: both are in one terminal, file or pipe, perhaps of GB 18030.
    environment = _environment() | {"PYTHONIOENCODING": f"{getattr(sys.stdout, 'encoding', 'utf-8')}:replace"}
    before = signal.signal(signal.SIGINT, _leave_to_command)
    try:
        code = subprocess.run(command, cwd=root, env=environment, check=False).returncode
    finally:
        signal.signal(signal.SIGINT, before)
    return _as_shells_say(code)


def run_aside(root: Path, command: list[str]) -> tuple[int, str]:
    """Run ``command`` in the project folder ``root`` and return its exit code and what it said.

    Another thread may run another command in front of the editor meanwhile. Ctrl-C ends both.
    """
    done = subprocess.run(
        command,
        cwd=root,
        env=_environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    return _as_shells_say(done.returncode), done.stdout.decode("utf-8", "replace")


def _environment() -> dict[str, str]:
    return os.environ | {"PYTHONUTF8": "1", "PYRIGHT_PYTHON_IGNORE_WARNINGS": "1"}


def _as_shells_say(code: int) -> int:
    """Return the exit code ``code``, of a command that a signal may have ended, as shells say it."""
    return code if code >= 0 else 128 - code


def _leave_to_command(*_: object) -> None:
    """Do nothing at Ctrl-C. Unlike SIG_IGN this is not handed down to the command."""
