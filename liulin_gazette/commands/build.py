"""``build``: check everything, make the site and the PDFs."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from liulin_gazette.commands.terminal.issue_names import issues_exist
from liulin_gazette.pipeline.typesetting_start import TypesettingStart, is_typesetting_likely
from liulin_gazette.text.editor_error import USAGE
from liulin_gazette.workers.cluster_access import ClusterAccess, check_is_protected, exposure
from liulin_gazette.workers.pool import WorkerPool


def run(root: Path, given: argparse.Namespace) -> int:
    """Build; errors leave the last output as it was."""
    start = time.monotonic()
    if not issues_exist(root, given.issues):
        return USAGE
    if unused := _unused_cluster_options(given):
        print(
            f"没有写 --cluster，{'、'.join(unused)} 没有用处，没有生成。写上 --cluster 地址，或删去这些。",
            file=sys.stderr,
        )
        return USAGE
    if access := _cluster(given):
        check_is_protected(access)
        print(exposure(access), flush=True)
    pool = None if access else _pool(root, given)
    try:
        # Only now: it takes as long to load as the process that typesets, which is starting.
        from liulin_gazette.commands.terminal.built_output import build_and_tell

        return build_and_tell(root, given, access, pool, start)
    finally:
        if pool:
            pool.close_local()


def _pool(root: Path, given: argparse.Namespace) -> WorkerPool:
    """Return the workers of this machine; those that will typeset most likely are starting."""
    pool = WorkerPool(given.jobs, typesets=not given.site_only)
    if pool.helpers and not given.site_only and is_typesetting_likely(root):
        pool.get_ready(TypesettingStart(root), pool.helpers)
    return pool


def _cluster(given: argparse.Namespace) -> ClusterAccess | None:
    if not given.cluster:
        return None
    files = (given.cluster_ca, given.cluster_cert, given.cluster_key)
    return ClusterAccess(given.cluster, *files, is_plain_allowed=given.cluster_unencrypted)


def _unused_cluster_options(given: argparse.Namespace) -> list[str]:
    """Return the options about a cluster's connection where no cluster is named."""
    if given.cluster:
        return []
    options = {
        "--cluster-ca": given.cluster_ca,
        "--cluster-cert": given.cluster_cert,
        "--cluster-key": given.cluster_key,
        "--cluster-unencrypted": given.cluster_unencrypted,
    }
    return [name for name, value in options.items() if value]
