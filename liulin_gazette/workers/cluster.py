"""A Dask cluster as workers, for an office or a province that has one.

Its machines need this program, in the same version, and nothing of the project: units carry everything that they need.
"""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Callable, Mapping
from concurrent.futures import Executor, Future
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, TypeVar, cast

from liulin_gazette.cache.libraries import libraries_for_typesetting
from liulin_gazette.cache.program import program_digest
from liulin_gazette.workers.cluster_access import ClusterAccess, ClusterError, check_is_protected, security_of
from liulin_gazette.workers.shared_file import SentFile

Result = TypeVar("Result")
TIMEOUT = 10
"""Seconds to wait for the scheduler, and for a first worker."""
FILES_KEPT = 16
"""Shared files that the machines keep for later units; units that are waiting keep theirs besides."""
_PROGRAM = "程序"
_SILENT = logging.CRITICAL + 1


class Cluster:
    """The workers of a cluster."""

    def __init__(self, client: Any, typesets: bool, local: Any = None) -> None:
        """Use the workers that ``client`` is connected to, of the cluster ``local`` if it was started for this.

        ``typesets`` as for ``connect``.
        """
        self.count = sum(client.nthreads().values())
        """Number of threads of all workers."""
        self._client = client
        self._local = local
        self._versions = _versions(typesets)
        self._typesets = typesets
        self._executor = cast(Executor, client.get_executor(pure=False, retries=3))
        self._sent: dict[str, Any] = {}
        """Dask's future of each file that the machines have, by name; the file shared last is the last."""

    def submit(self, work: Callable[..., Result], unit: object, *files: Path) -> Future[Result]:
        """Return the future of ``work(unit, *files)``. Raises whatever Dask raises when the scheduler is gone."""
        sent = [self._share(file) for file in files]
        arguments = (self._versions, self._typesets, work, unit, *sent)
        return self._executor.submit(_work_in_same_version, *arguments)

    def _share(self, file: Path) -> Any:
        """Return Dask's future of ``file``, which is sent to all machines unless they have it.

        Machines that join later get it from the others. Dask frees it when nothing refers to the future any more.
        """
        future = self._sent.pop(file.name, None)
        if future is None or future.status != "finished":  # Lost, if each machine that had it is gone.
            content = SentFile(file.name, file.read_bytes())
            future = self._client.scatter(content, broadcast=True, hash=False, timeout=TIMEOUT)
        self._sent[file.name] = future
        for name in list(self._sent)[:-FILES_KEPT]:
            del self._sent[name]
        return future

    def has_workers(self) -> bool:
        """Return whether there are any workers still; takes no longer than TIMEOUT."""
        try:
            return self._client.status == "running" and bool(
                self._client.sync(self._client.scheduler.ncores, callback_timeout=TIMEOUT)
            )
        except Exception:  # Whatever it is: nobody answers.
            return False

    def close(self) -> None:
        """Cancel what is left and disconnect; the scheduler may be gone."""
        self._sent.clear()
        with contextlib.suppress(Exception):
            self._executor.shutdown(wait=False)
        _close(self._client, self._local)


def connect(access: ClusterAccess, typesets: bool, count: int = 1) -> Cluster:
    """Return the cluster at ``access``; one that is started for this has ``count`` processes.

    ``typesets`` says that units may typeset, for which machines need the same libraries. Raises ClusterError.
    """
    check_is_protected(access)
    try:
        distributed: Any = import_module("distributed")
    except ImportError as error:
        raise ClusterError("没有安装集群组件。先运行 pip install .[cluster]。") from error
    _silence()
    security = security_of(access, distributed)
    local = _start_local(distributed, security, count) if access.is_local else None
    client: Any = None
    try:
        client = distributed.Client(
            local or access.address, timeout=TIMEOUT, set_as_default=False, security=security
        )
        client.wait_for_workers(1, timeout=TIMEOUT)
        _check_versions(client, typesets)
        cluster = Cluster(client, typesets, local)
        if not cluster.count:  # They left meanwhile.
            raise TimeoutError
    except Exception as error:
        _close(client, local)
        if isinstance(error, ClusterError):
            raise
        if client is None and isinstance(error, (OSError, ValueError, RuntimeError)):
            hint = "，以及双方的证书是不是同一个机构签发的" if access.is_encrypted else ""
            raise ClusterError(
                f"连不上集群 {access.address}。检查地址，和调度程序是否在运行{hint}。"
            ) from error
        if isinstance(error, TimeoutError):
            raise ClusterError(f"集群 {access.address} 没有工作机。") from error
        raise
    return cluster


def _start_local(distributed: Any, security: Any, count: int) -> Any:
    """Start ``count`` workers on this machine, which listen on the loopback address only. Raises ClusterError."""
    # Dask's web pages about the work have no certificates: none are served.
    no_pages = {f"distributed.{each}.http.routes": list[str]() for each in ("scheduler", "worker")}
    try:
        with import_module("dask.config").set(no_pages):
            return distributed.LocalCluster(
                n_workers=count,
                threads_per_worker=1,
                host="127.0.0.1",
                dashboard_address=None,
                scheduler_kwargs={"dashboard": False, "dashboard_address": "127.0.0.1:0"},
                security=security,
                silence_logs=_SILENT,
            )
    except (OSError, RuntimeError) as error:
        raise ClusterError("本机的集群启动不了。不用 --cluster，程序自己也会用几个进程。") from error


def _close(client: Any, local: Any) -> None:
    """Disconnect ``client`` and end the cluster ``local``, where there are any; the scheduler may be gone."""
    for each in (client, local):
        if each is not None:
            with contextlib.suppress(Exception):
                each.close(timeout=TIMEOUT)


def _silence() -> None:
    """Keep Dask's English log off the editor's screen: the build itself says what was lost."""
    logging.getLogger("distributed").setLevel(_SILENT)
    for name in list(logging.root.manager.loggerDict):
        if name.startswith(("distributed.", "tornado")):
            logging.getLogger(name).setLevel(_SILENT)


def _check_versions(client: Any, typesets: bool) -> None:
    _asked("调度程序的机器", client.run_on_scheduler, False)
    by_worker: dict[str, dict[str, str]] = _asked("工作机", client.run, typesets)
    own = _versions(typesets)
    others = sorted(worker for worker, versions in by_worker.items() if versions[_PROGRAM] != own[_PROGRAM])
    if others:
        raise ClusterError(f"工作机 {'、'.join(others)} 上的程序或程序库版本不同。每台都要装同一版本。")
    for worker, versions in sorted(by_worker.items()):
        if different := _different(own, versions):
            raise ClusterError(
                f"工作机 {worker} 上的{different}，排出的页面会与本机的不同，所以没有交给集群。"
                "各台装同一版本后再运行；只生成网页的，可以加 --site-only。"
            )


def _asked(machine: str, run: Callable[..., Any], typesets: bool) -> Any:
    """Return the versions that ``run`` gets from a ``machine`` or several. Raises ClusterError, TimeoutError."""
    try:
        return run(_versions, typesets)
    except TimeoutError:
        raise
    except OSError as error:
        raise ClusterError(f"{machine}在连接的时候断开了。看它是否在运行，再试一次。") from error
    except Exception as error:  # What cannot be loaded there is told in several ways.
        raise ClusterError(f"{machine}上没有安装本程序。调度程序和每台工作机都要装同一版本。") from error


def _different(own: Mapping[str, str], versions: Mapping[str, str]) -> str:
    """Return how the libraries of another machine differ: Pango 是 1.56.3（本机是 1.50.12）."""
    return "，".join(
        f" {name} {f'是 {versions[name]}' if versions[name] else '没有安装'}（本机是 {number}）"
        for name, number in own.items()
        if versions[name] != number
    )


@cache
def _versions(typesets: bool) -> dict[str, str]:
    """Return the versions that all machines must share, by name."""
    return {_PROGRAM: program_digest()} | (libraries_for_typesetting() if typesets else {})


def _work_in_same_version(
    versions: Mapping[str, str], typesets: bool, work: Callable[..., Result], unit: object, *files: SentFile
) -> Result:
    """Return ``work(unit, *files)``; raises RuntimeError on a machine that joined later and has other versions."""
    if _versions(typesets) != versions:
        raise RuntimeError("another version of the program or of a library")
    return work(unit, *files)
