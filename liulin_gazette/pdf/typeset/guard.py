"""A check that the functions of WeasyPrint which the program replaces have not changed since."""

from __future__ import annotations

import hashlib
import inspect
from typing import Any


class UnreviewedUpgradeError(RuntimeError):
    """A function of WeasyPrint has changed since its replacement was written."""


def require_source(function: Any, digest: str) -> None:
    """Raise UnreviewedUpgradeError unless the source of ``function`` has the SHA-256 ``digest`` (12 digits)."""
    actual = hashlib.sha256(inspect.getsource(function).encode()).hexdigest()[:12]
    if actual != digest:
        name = f"{function.__module__}.{function.__qualname__}"
        raise UnreviewedUpgradeError(
            f"{name} 已随 WeasyPrint 升级而改变：请对照新旧源码复核替换它的函数，再把校验值改为 {actual}。"
        )
