"""Work that takes longer than a page may wait: done beside the desk, one thing at a time, with its steps to look at."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from liulin_gazette.desk.act_words import at_desk
from liulin_gazette.model.diagnostics import Diagnostic
from liulin_gazette.review.fault_report import fault_number, write_report
from liulin_gazette.text.editor_error import CONTENT, EditorError

Say = Callable[[str], None]


class BusyError(EditorError):
    """Something else is being done."""

    exit_code = CONTENT


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a piece of work."""

    told: str
    is_good: bool = True
    details: tuple[str, ...] = ()
    findings: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True)
class WorkState:
    """A piece of work as it stands."""

    title: str
    issue: str
    """Name of the issue that it is about, such as 2026-1."""
    started: float
    """On the monotonic clock, in seconds."""
    steps: tuple[str, ...] = ()
    outcome: Outcome | None = None
    """None while it goes on."""


class BackgroundWork:
    """What is being done, or was done last. Several threads may use it."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._lock = threading.Lock()
        self._state: WorkState | None = None

    @property
    def state(self) -> WorkState | None:
        """The work that goes on, or else the last one; None if there was none."""
        return self._state

    def start(self, title: str, issue: str, work: Callable[[Say], Outcome]) -> None:
        """Begin ``work``, called ``title``, for ``issue``. Raises BusyError while something else is being done."""
        with self._lock:
            last = self._state
            if last is not None and last.outcome is None:
                raise BusyError(f"正在{last.title}（{last.issue}），没有再做。等它做完，再按一次。")
            self._state = WorkState(title, issue, time.monotonic())
        # Not cut off when the desk is closed: a reason that is recorded belongs to an issue that is built.
        threading.Thread(target=self._do, args=(work,), daemon=False).start()

    def _do(self, work: Callable[[Say], Outcome]) -> None:
        try:
            outcome = work(self._say)
        except EditorError as error:
            outcome = Outcome(error.told_with(at_desk), is_good=False)
        except MemoryError:
            outcome = Outcome("内存不够，没有做完。关掉别的程序，再做一次。", is_good=False)
        except Exception as error:  # Nobody waits for this thread: what was not foreseen is told on the page.
            file = write_report(self._root, error, "desk")
            where = f"请把 {file} 发给维护者。" if file else "请把编号告诉维护者。"
            outcome = Outcome(f"程序出错了（编号 {fault_number(error)}），没有做完。{where}", is_good=False)
        self._change(lambda state: replace(state, outcome=outcome))

    def _say(self, step: str) -> None:
        self._change(lambda state: replace(state, steps=(*state.steps, step)))

    def _change(self, change: Callable[[WorkState], WorkState]) -> None:
        with self._lock:
            if self._state is not None:
                self._state = change(self._state)
