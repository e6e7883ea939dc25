"""``doctor``: check this machine."""

from __future__ import annotations

import argparse
from itertools import chain
from pathlib import Path

from liulin_gazette.preparation.machine import check_machine, report
from liulin_gazette.review.tools import check_tools


def run(root: Path, arguments: argparse.Namespace) -> int:
    """Print each check, and the remedy if it failed; return 3 if any failed, else 0.

    Where nothing is installed yet, ``preparation.start`` prints the first half without this command.
    """
    del arguments
    return report(chain(check_machine(root), check_tools(root)))
