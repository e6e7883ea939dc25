"""The workers of a build: this process, other processes of this machine, or a Dask cluster.

This is the only place that hands work out, and the only one that does lost work again: a unit whose process was
killed, whose machine was lost or has another version of the program is done in this process when its result is wanted.
"""

from __future__ import annotations

import contextlib
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future, wait
from functools import partial
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, TypeVar

from liulin_gazette.workers.processes import Processes, count_of

if TYPE_CHECKING:
    from liulin_gazette.workers.cluster import Cluster
    from liulin_gazette.workers.cluster_access import ClusterAccess

Unit = TypeVar("Unit")
Result = TypeVar("Result")
WORTH_SHARING = 6
"""Number of units from which on ``map`` starts other processes: fewer are done before those would be ready."""
AHEAD = 3
"""Units handed out per worker before the first result is awaited: enough that no worker is idle, and few enough that
memory does not grow with the archive."""
POLL_SECONDS = 2.0
"""Seconds between two checks whether the workers that a result is awaited from are still there."""


class WorkerPool:
    """A context manager. Processes of this machine start when there is work for them.

    Results are functions without arguments: calling one waits for the worker and returns what the work returned, or
    raises what it raised. Each is to be called once.
    """

    def __init__(
        self, jobs: int | None = None, cluster: ClusterAccess | None = None, typesets: bool = False
    ) -> None:
        """Use at most ``jobs`` processes (None: one per core), or the Dask cluster at ``cluster``.

        ``typesets`` says that units may typeset: a cluster then needs the same libraries for that as this machine.
        """
        self.count = count_of(jobs)
        """Number of workers."""
        self.redone = 0
        """Number of units that were lost elsewhere and done in this process."""
        self._access = cluster
        self._typesets = typesets
        self._cluster: Cluster | None = None
        self._processes: Processes | None = None
        self._is_lost = False
        self._loads: list[Callable[[], object]] = []
        """What processes were told to call by ``get_ready``."""
        self._local: list[Future[Any]] = []
        """Futures of ``submit_local``."""
        self._pending = 0
        """Number of results that were not called yet."""

    def __enter__(self) -> WorkerPool:
        """Connect to the cluster, if there is one. Raises ClusterError."""
        if self._access:
            from liulin_gazette.workers.cluster import connect

            self._cluster = connect(self._access, self._typesets, self.count)
            self.count = self._cluster.count
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pending:
            self._abandon()
        self.close_local()
        if self._cluster:
            self._cluster.close()

    @property
    def is_remote(self) -> bool:
        """Whether work is done by a cluster, which cannot read the files of this machine."""
        return self._access is not None

    @property
    def helpers(self) -> int:
        """Number of workers besides this process that ``submit`` hands work to while this process works too."""
        return self.count if self.is_remote else self.count - 1

    @property
    def wants_more(self) -> bool:
        """Whether workers may run out of work unless more is handed out before the next result is awaited."""
        return self._pending < AHEAD * self.helpers

    def get_ready(self, load: Callable[[], object], count: int = 1) -> None:
        """Start ``count`` processes of this machine, each of which calls ``load``: work for them is about to come.

        The same ``load`` again does nothing. From now on no more processes work than there are ``helpers``, until ``map``
        hands out work: this process works too.
        """
        if not self.is_remote and load not in self._loads and (executor := self._executor(self.helpers)):
            self._loads.append(load)
            for _ in range(count):
                self._hand_out(executor, load)

    def close_local(self) -> None:
        """End the processes of this machine, and free their memory, once what ``submit_local`` gave them is done."""
        if self._processes:
            wait(self._local)
            self._processes.shutdown(wait=False, cancel_futures=True)
            self._processes = None

    def _abandon(self) -> None:
        """End the processes of this machine though they work: nobody will ask for their results any more."""
        if self._processes and not any(future.running() for future in self._local):
            self._processes.terminate()

    def submit(
        self, work: Callable[..., Result], unit: object, files: Sequence[Path] = ()
    ) -> Callable[[], Result]:
        """Hand out ``work(unit, *files)``.

        ``work`` receives a SharedFile for each of ``files``; each file is sent to a machine of a cluster only once.
        Where there is no other worker, the work is done when the result is called.
        """
        return self._submit(self._executor(), work, unit, files)

    def submit_local(self, work: Callable[[Unit], Result], unit: Unit) -> Callable[[], Result]:
        """Hand out ``work(unit)`` to another process of this machine, since it needs this machine's files.

        With a cluster, or with one process, it is done when the result is called. The context does not end before
        work that has begun.
        """
        executor = None if self.is_remote else self._executor()
        return self._submit(executor, work, unit, is_local=True)

    def map(self, work: Callable[[Unit], Result], units: Iterable[Unit], count: int) -> Iterator[Result]:
        """Yield the result of ``work`` for each of ``units``, of which there are ``count``, in their order.

        A few units are done in this process.
        """
        if count < WORTH_SHARING and not self.is_remote:
            return map(work, units)
        return self._map(work, units)

    def start(self, work: Callable[[Unit], Result], units: Iterable[Unit], count: int) -> Iterator[Result]:
        """Like ``map``, but hand out the first units at once, and even a few where processes are running already."""
        is_running = self._processes is not None
        return self._map(work, units) if is_running else self.map(work, units, count)

    def _map(self, work: Callable[[Unit], Result], units: Iterable[Unit]) -> Iterator[Result]:
        if self._executor(self.count) is None:
            return map(work, units)
        rest = iter(units)
        first = islice(rest, AHEAD * max(self.count, 1))
        return self._results(work, rest, deque(self.submit(work, unit) for unit in first))

    def _results(
        self,
        work: Callable[[Unit], Result],
        rest: Iterator[Unit],
        waiting: deque[Callable[[], Result]],
    ) -> Iterator[Result]:
        while waiting:
            result = waiting.popleft()()
            waiting.extend(self.submit(work, unit) for unit in islice(rest, 1))
            yield result

    def interleave(self, jobs: Iterable[Generator[None, None, Result]]) -> Iterator[Result]:
        """Run ``jobs`` and yield what each returns; jobs that yield equally often end in their order.

        A job submits units, yields, and then uses their results; this may repeat. As long as the workers want more,
        further jobs are started before the first goes on. With one process they run one after the other.
        """
        running: deque[Generator[None, None, Result]] = deque()
        for job in jobs:
            yield from _advance(job, running)
            while running and not self.wants_more:
                yield from _advance(running.popleft(), running)
        while running:
            yield from _advance(running.popleft(), running)

    def _executor(self, count: int | None = None) -> Processes | Cluster | None:
        """Return what does work elsewhere; None where there is only this process.

        Of this machine, up to ``count`` processes work from now on, as many as before if it is None.
        """
        if self._cluster:
            return self._cluster
        if self._processes is None and self.count > 1:
            try:
                self._processes = Processes(self.count)
            except (
                OSError
            ):  # The system gives no semaphores: without /dev/shm, or where it may not be written.
                self.count = 1
        if self._processes and count is not None:
            self._processes.limit(count)
        return self._processes

    def _submit(
        self,
        executor: Processes | Cluster | None,
        work: Callable[..., Result],
        unit: object,
        files: Sequence[Path] = (),
        is_local: bool = False,
    ) -> Callable[[], Result]:
        here = partial(work, unit, *files)
        if executor is None:
            return here
        future = self._hand_out(executor, work, unit, *files)
        if future and is_local:
            self._local.append(future)
        self._pending += 1
        return partial(self._result, here, future)

    def _result(self, here: Callable[[], Result], future: Future[Result] | None) -> Result:
        self._pending -= 1
        if future is not None and self._wait(future):
            with contextlib.suppress(Exception):
                return future.result()
        self.redone += 1
        return here()

    def _wait(self, future: Future[Any]) -> bool:
        """Wait until ``future`` is done; return False if it never will be, since no worker is left."""
        while not future.done():
            if self._is_lost:
                return False
            wait((future,), POLL_SECONDS)
            is_gone = self._cluster is not None and not future.done() and not self._cluster.has_workers()
            self._is_lost = self._is_lost or is_gone
        return True

    def _hand_out(
        self, executor: Processes | Cluster, work: Callable[..., Result], *arguments: Any
    ) -> Future[Result] | None:
        """Return the future of ``work``; None if nobody takes it."""
        if not self._is_lost:
            try:
                return executor.submit(work, *arguments)
            except Exception:  # A process was killed, or the scheduler is gone.
                self._is_lost = self._cluster is not None and not self._cluster.has_workers()
        return None


def _advance(
    job: Generator[None, None, Result], running: deque[Generator[None, None, Result]]
) -> Iterator[Result]:
    """Run ``job`` up to its next yield and append it to ``running``; at its end, yield what it returns."""
    try:
        next(job)
    except StopIteration as end:
        yield end.value
    else:
        running.append(job)
