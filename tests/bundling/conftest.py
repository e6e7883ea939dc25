"""Tests under Wine are chosen only by name: ``-m wine``. They take minutes, and need what no other test needs."""

from __future__ import annotations

import pytest


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if "wine" in str(config.getoption("markexpr")):
        return
    left_out = [item for item in items if item.get_closest_marker("wine")]
    if left_out:
        items[:] = [item for item in items if item not in left_out]
        config.hook.pytest_deselected(items=left_out)
