"""The orders in which an index of a year (总目录) lists documents."""

from __future__ import annotations

ORDERS = ("栏目", "发文机关", "文种", "主题分类", "发文字号")
"""The titles of the parts of an index, in their order."""
