"""Rules over the whole publication: what must not be printed wrong."""

from __future__ import annotations

from liulin_gazette.check.engine import Checked, ReadBytes
from liulin_gazette.check.engine import check as carry_out
from liulin_gazette.check.rules import RULES
from liulin_gazette.model import Publication


def check(publication: Publication, read_bytes: ReadBytes) -> Checked:
    """Return what every rule says of ``publication``; ``read_bytes`` returns a file by its project path."""
    return carry_out(publication, RULES, read_bytes)
