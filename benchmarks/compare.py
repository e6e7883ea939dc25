#!/usr/bin/env python3
"""Compare this program with other ways to typeset the same issue, and write 排印一期 in docs/性能.md.

Run ``python3 benchmarks/compare.py``. It installs the peers below ``.cache/benchmarks``; one that cannot be
installed is named in the table with the reason. Chromium and Node come from the system.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
TOOLS = ROOT / ".cache" / "benchmarks"


def main() -> int:
    """Install the peers, then run side_by_side.py in the environment that has them."""
    python = TOOLS / "venv" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if not python.is_file():
        venv.create(TOOLS / "venv", with_pip=True)
    pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    for lock in (ROOT / "requirements.lock", HERE / "requirements.lock"):
        subprocess.run([*pip, "--require-hashes", "-r", str(lock)], check=True)
    npm = shutil.which("npm")
    if npm and not (TOOLS / "node_modules").is_dir():
        for name in ("package.json", "package-lock.json"):
            shutil.copy(HERE / name, TOOLS / name)
        without_downloads = {"PUPPETEER_SKIP_DOWNLOAD": "1", "PUPPETEER_SKIP_CHROMIUM_DOWNLOAD": "1"}
        subprocess.run(
            [npm, "ci", "--ignore-scripts", "--silent"],
            cwd=TOOLS,
            env={**os.environ, **without_downloads},
            check=False,
        )
    return subprocess.run([str(python), str(HERE / "side_by_side.py")], cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
