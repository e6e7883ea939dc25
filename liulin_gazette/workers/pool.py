"""WorkerPool for the work on issues: this process, others on the machine's cores, or a cluster's."""

from __future__ import annotations

import contextlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, wait
from functools import partial
from itertools import islice
from types import TracebackType
from typing import Any, TypeVar

from liulin_gazette.cache.program import program_digest
from liulin_gazette.workers.processes import count_of, processes

Unit = TypeVar("Unit")
Made = TypeVar("Made")
WORTH_SHARING = 6
"""Units that take longer to make than other processes take to start."""
AHEAD = 3
"""Units handed out for each worker before the first result is asked for: enough that none waits, and few
enough that the memory does not grow with the archive."""
LOOK_EVERY = 2.0
"""Seconds to wait for a unit before looking whether anyone is left to make it."""


class WorkerPool:
    """Used as a context. Processes start when there is work for them."""

    def __init__(self, jobs: int | None = None, cluster: str = "") -> None:
        """Use ``jobs`` processes, as many as there are cores when it is None; or the Dask cluster at an address."""
        self.count = count_of(jobs)
        self._cluster = cluster
        self._executor: Executor | None = None
        self._close = _nothing
        self._are_there = _always
        self._are_lost = False
        self._background: list[Future[Any]] = []
        self.redone = 0
        """Units that failed elsewhere and were done here."""

    def __enter__(self) -> WorkerPool:
        """Connect with the cluster, if there is to be one. Raises cluster.ClusterError."""
        if self._cluster:
            from liulin_gazette.workers.cluster import connected

            cluster = connected(self._cluster)
            self._executor, self.count, self._close = cluster.executor, cluster.count, cluster.close
            self._are_there = cluster.has_workers
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if not self._cluster:
            self.close_local()
        elif self._executor:
            with contextlib.suppress(Exception):  # The scheduler may be gone: what was to be made is made.
                self._executor.shutdown(wait=False)
            with contextlib.suppress(Exception):
                self._close()

    def close_local(self) -> None:
        """Let the processes of this machine end, when what they do beside is done, and with them what they hold."""
        if self._executor and not self._cluster:
            wait(self._background)
            self._executor.shutdown(wait=False, cancel_futures=True)
            self._executor = None

    @property
    def executor(self) -> Executor | None:
        """Who does work elsewhere; None where there is only this process."""
        if self._executor is None and self.count > 1:
            self._executor = processes(self.count, "liulin_gazette.pipeline.search_volumes")
        return self._executor

    def get_ready(self) -> None:
        """Have a process of this machine start now, since work for it is likely to come."""
        if not self.are_elsewhere and self.executor:
            self._submitted(self.executor, _nothing_of, None)

    @property
    def are_elsewhere(self) -> bool:
        """Whether work is done by a cluster, that sees nothing of this machine's files."""
        return bool(self._cluster)

    def in_background(self, work: Callable[[Unit], Made], unit: Unit) -> Callable[[], Made]:
        """Have another process of this machine do ``work`` while this one does something else.

        Return what gives its outcome. Where there is no other, or it is lost, the work is done when that is
        asked for. The context ends no sooner than the work.
        """
        executor = None if self.are_elsewhere else self.executor
        if executor is None:
            return partial(work, unit)
        future = self._submitted(executor, work, unit)
        if future:
            self._background.append(future)
        return lambda: self._made(work, unit, future)

    def map(self, work: Callable[[Unit], Made], units: Iterable[Unit], count: int) -> Iterator[Made]:
        """Yield what ``work`` makes of each of the ``units``, ``count`` of them, in their order.

        What fails elsewhere, since a process was killed or a machine lost, is done again here; all that is left
        of it when no machine is left.
        """
        if count < WORTH_SHARING and not self.are_elsewhere:
            return map(work, units)
        return self._begun(work, units)

    def start(self, work: Callable[[Unit], Made], units: Iterable[Unit], count: int) -> Iterator[Made]:
        """Begin what ``map`` does, few units too where others are ready; return what will have been made."""
        return self.map(work, units, count) if self._executor is None else self._begun(work, units)

    def _begun(self, work: Callable[[Unit], Made], units: Iterable[Unit]) -> Iterator[Made]:
        executor = self.executor
        if executor is None:
            return map(work, units)
        left = iter(units)
        there = partial(_work_of_version, program_digest(), work) if self.are_elsewhere else work
        first = islice(left, AHEAD * max(self.count, 1))
        waiting = deque((unit, self._submitted(executor, there, unit)) for unit in first)
        return self._in_order(executor, work, there, left, waiting)

    def _in_order(
        self,
        executor: Executor,
        work: Callable[[Unit], Made],
        there: Callable[[Unit], Made],
        left: Iterator[Unit],
        waiting: deque[tuple[Unit, Future[Made] | None]],
    ) -> Iterator[Made]:
        while waiting:
            made = self._made(work, *waiting.popleft())
            waiting.extend((unit, self._submitted(executor, there, unit)) for unit in islice(left, 1))
            yield made

    def _made(self, work: Callable[[Unit], Made], unit: Unit, future: Future[Made] | None) -> Made:
        if future is not None and self._is_done(future):
            with contextlib.suppress(Exception):
                return future.result()
        self.redone += 1
        return work(unit)

    def _is_done(self, future: Future[Any]) -> bool:
        """Wait until ``future`` is done; tell whether it is: it never will be when nobody is left."""
        while not future.done():
            if self._are_lost:
                return False
            wait((future,), LOOK_EVERY)
            self._are_lost = not future.done() and not self._are_there()
        return True

    def _submitted(self, executor: Executor, work: Callable[[Unit], Made], unit: Unit) -> Future[Made] | None:
        if not self._are_lost:
            with contextlib.suppress(Exception):  # A pool is broken, or a scheduler gone.
                return executor.submit(work, unit)
        return None


def _nothing() -> None:
    return None


def _nothing_of(_: None) -> None:
    return None


def _always() -> bool:
    return True


def _work_of_version(digest: str, work: Callable[[Unit], Made], unit: Unit) -> Made:
    """Do the work where the program is the same; a machine that joins late may have another."""
    if program_digest() != digest:
        raise RuntimeError("another version of the program")
    return work(unit)
