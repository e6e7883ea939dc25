"""The time between two starts of the machine, in which nothing that was written can be lost."""

from __future__ import annotations

import contextlib
import os
import re
import time
from pathlib import Path

_BOOT = Path("/proc/sys/kernel/random/boot_id")
_MOUNT = re.compile(r"^mnt_id:\s*(\d+)$", re.MULTILINE)


def power_session(folder: Path) -> str:
    """Return what differs after the machine was started anew, or the disk of ``folder`` was taken out and put in again.

    Where the system tells neither, it is the minute of the start as the clock has it. It may then differ without need.
    """
    with contextlib.suppress(OSError):
        boot = _BOOT.read_text("ascii").strip()
        handle = os.open(folder, os.O_RDONLY)
        try:
            found = _MOUNT.search(Path(f"/proc/self/fdinfo/{handle}").read_text("ascii"))
        finally:
            os.close(handle)
        return f"{boot} {found[1] if found else ''}"
    return str(round((time.time() - time.monotonic()) / 60))
