"""A process under limits of time and memory, in which files of other hands are read.

A file may be built to take hours or all memory of whatever opens it. Here only the other process ends.
"""

from __future__ import annotations

import contextlib
import enum
import math
import os
import pickle
import signal
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

from liulin_gazette.spawning.spawned_process import UninterruptedContext

Result = TypeVar("Result")
_PATIENCE = 10
"""Where the system limits processor time: times as long by the clock, until a call is given up all the same."""
_SHORT_OF_MEMORY = 0.5
"""Part of the memory from which on a failure is put down to the limit, if it is the call's that failed.

Libraries that get no more memory report all sorts of errors; buffers that double fail at half of it.
"""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a process may use."""

    seconds: int
    """Processor time of each call; time by the clock on Windows."""
    memory: int
    """Bytes of address space; not limited on Windows."""


class Limit(enum.Enum):
    """What a call ran into."""

    TIME = enum.auto()
    MEMORY = enum.auto()
    CRASH = enum.auto()
    """The process ended: a library that got no more memory, or met what it cannot read."""


class LimitError(Exception):
    """A call did not end within its limits."""

    def __init__(self, limit: Limit) -> None:
        super().__init__(limit)
        self.limit = limit


class RemoteTracebackError(Exception):
    """The traceback of an exception in the other process, as text."""


@dataclass(frozen=True, slots=True)
class _Reply:
    value: Any = None
    error: Exception | None = None
    traceback: str = ""
    is_short_of_memory: bool = False


class LimitedProcess:
    """A context manager: one process for many calls, which starts with the first and again after one that failed."""

    def __init__(self, limits: Limits, plain_errors: tuple[type[Exception], ...] = ()) -> None:
        """``plain_errors`` say themselves what is wrong.

        They are never put down to want of memory, unless the cause of one is an error of another kind.
        """
        self._limits = limits
        self._plain_errors = plain_errors
        self._process: Any = None
        self._connection: Connection | None = None

    def __enter__(self) -> LimitedProcess:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    def call(self, work: Callable[..., Result], *arguments: object) -> Result:
        """Return ``work(*arguments)``, run in the process; ``work`` is a function of a module.

        Raises what it raises, or LimitError.
        """
        connection = self._connection or self._start()
        factor = 1 if os.name == "nt" else _PATIENCE
        try:
            connection.send((work, arguments))
            if not connection.poll(self._limits.seconds * factor):
                self._end()
                raise LimitError(Limit.TIME)
            reply: _Reply = connection.recv()
        except (EOFError, OSError) as error:
            raise LimitError(self._cause_of_death()) from error
        except BaseException:
            self._end()  # An interrupted call leaves its reply in the pipe.
            raise
        if reply.is_short_of_memory:
            self._end()
            raise LimitError(Limit.MEMORY)
        if reply.error is not None:
            raise reply.error from RemoteTracebackError(reply.traceback)
        return reply.value

    def _start(self) -> Connection:
        context = UninterruptedContext()
        self._connection, theirs = context.Pipe()
        self._process = context.Process(
            target=_serve, args=(theirs, self._limits, self._plain_errors), daemon=True
        )
        self._process.start()
        theirs.close()
        return self._connection

    def _cause_of_death(self) -> Limit:
        self._process.join(_PATIENCE)
        code = self._process.exitcode
        self._end()
        return Limit.TIME if os.name != "nt" and code == -signal.SIGXCPU else Limit.CRASH

    def _end(self) -> None:
        if self._connection:
            self._connection.close()
            self._process.kill()
            self._process.join()
            self._process.close()
        self._process = self._connection = None


def _serve(connection: Connection, limits: Limits, plain_errors: tuple[type[Exception], ...]) -> None:
    """Answer calls until the other side closes the connection."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _limit_memory(limits.memory)
    with contextlib.suppress(EOFError, OSError):
        while True:
            work, arguments = connection.recv()
            _limit_time(limits.seconds)
            reply = _reply(work, arguments, limits, plain_errors)
            try:
                connection.send(reply)
            except (EOFError, OSError):
                raise
            except MemoryError:
                connection.send(_Reply(is_short_of_memory=True))
            except (
                Exception
            ) as error:  # A result that cannot be sent: the reply is pickled before a byte is written.
                connection.send(_failure(error))


def _reply(
    work: Callable[..., Any],
    arguments: tuple[Any, ...],
    limits: Limits,
    plain_errors: tuple[type[Exception], ...],
) -> _Reply:
    before = _peak_memory()
    try:
        return _Reply(work(*arguments))
    except MemoryError:
        return _Reply(is_short_of_memory=True)
    except Exception as error:
        if not _is_plain(error, plain_errors) and _peak_memory() > max(
            before, limits.memory * _SHORT_OF_MEMORY
        ):
            return _Reply(is_short_of_memory=True)
        return _failure(error)


def _is_plain(error: BaseException | None, plain_errors: tuple[type[Exception], ...]) -> bool:
    """Tell whether ``error`` and all its causes are ``plain_errors``: a library short of memory reports damage too."""
    while isinstance(error, plain_errors):
        error = error.__cause__
    return error is None


def _failure(error: Exception) -> _Reply:
    """Return the reply that ``error``, which is being handled, was raised."""
    return _Reply(error=_sendable(error), traceback=traceback.format_exc())


def _sendable(error: Exception) -> Exception:
    try:
        return pickle.loads(pickle.dumps(error))
    except Exception:
        return RuntimeError(f"{type(error).__name__}: {error}")


def _peak_memory() -> int:
    """Return the most bytes of address space that this process had so far; 0 where the system does not tell."""
    with contextlib.suppress(OSError, ValueError, IndexError):
        status = Path("/proc/self/status").read_text("ascii", "replace")
        return int(status.split("VmPeak:")[1].split()[0]) * 1024
    return 0


def _limit_memory(limit: int) -> None:
    if sys.platform != "win32":
        import resource

        for kind, value in ((resource.RLIMIT_AS, limit), (resource.RLIMIT_CORE, 0)):
            with contextlib.suppress(OSError, ValueError):  # macOS knows RLIMIT_AS, but may refuse it.
                resource.setrlimit(kind, (value, resource.getrlimit(kind)[1]))


def _limit_time(seconds: int) -> None:
    """Let the system end this process with SIGXCPU once it has used ``seconds`` more of processor time."""
    if sys.platform != "win32":
        import resource

        with contextlib.suppress(OSError, ValueError):
            hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
            resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(time.process_time()) + seconds, hard))
