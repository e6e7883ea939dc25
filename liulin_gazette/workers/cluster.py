"""A Dask cluster as hands: an existing engine, where the office or its province has one.

Its machines need this program, of the same version, and nothing of the project: work is handed out with all
that it needs.
"""

from __future__ import annotations

import logging
import pickle
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from typing import Any, cast

from liulin_gazette.cache.program import program_digest
from liulin_gazette.text.editor_error import EditorError

PATIENCE = 10
"""Seconds to wait for the scheduler, and for a first worker."""
_SILENT = logging.CRITICAL + 1


class ClusterError(EditorError):
    """A cluster cannot be worked with; the message says why."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """A cluster's hands."""

    executor: Executor
    count: int
    """Threads of all workers."""
    close: Callable[[], None]
    has_workers: Callable[[], bool]
    """Tells whether there are any still; takes no longer than PATIENCE."""


def connected(address: str) -> Cluster:
    """Return the cluster whose scheduler is at ``address``. Raises ClusterError."""
    try:
        distributed: Any = import_module("distributed")
    except ImportError as error:
        raise ClusterError("没有安装集群组件。先运行 pip install .[cluster]。") from error
    _silence()
    try:
        client: Any = distributed.Client(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        raise ClusterError(f"连不上集群 {address}。检查地址，和调度程序是否在运行。") from error
    try:
        client.wait_for_workers(1, timeout=PATIENCE)
        _check_versions(client)
        count = sum(client.nthreads().values())
        if not count:  # They left meanwhile.
            raise TimeoutError
    except TimeoutError as error:
        client.close()
        raise ClusterError(f"集群 {address} 没有工作机。") from error
    except ClusterError:
        client.close()
        raise
    executor = cast(Executor, client.get_executor(pure=False, retries=3))
    return Cluster(executor, count, partial(client.close, timeout=PATIENCE), partial(_has_workers, client))


def _has_workers(client: Any) -> bool:
    try:
        return client.status == "running" and bool(
            client.sync(client.scheduler.ncores, callback_timeout=PATIENCE)
        )
    except Exception:  # Whatever it is: nobody answers.
        return False


def _silence() -> None:
    """Keep what the library logs, in English, off the editor's screen: who is lost is told once, by the build."""
    logging.getLogger("distributed").setLevel(_SILENT)
    for name in list(logging.root.manager.loggerDict):
        if name.startswith(("distributed.", "tornado")):
            logging.getLogger(name).setLevel(_SILENT)


def _check_versions(client: Any) -> None:
    try:
        digests: dict[str, str] = client.run(program_digest)
    except (ImportError, AttributeError, pickle.PickleError) as error:
        raise ClusterError("工作机上没有安装本程序。每台工作机都要装同一版本。") from error
    others = sorted(worker for worker, digest in digests.items() if digest != program_digest())
    if others:
        raise ClusterError(f"工作机 {'、'.join(others)} 上的程序或程序库版本不同。每台都要装同一版本。")
