"""Packaging: the wheel carries what ``init`` and ``upgrade`` put into a county's folder, and leaves nothing behind here.

Everything else about the package is in pyproject.toml.
"""

from __future__ import annotations

import atexit
import shutil
import sys
import tempfile
from pathlib import Path

from setuptools import setup
from setuptools.command.build import build
from setuptools.command.build_py import build_py

ROOT = Path(__file__).resolve().parent
SCRATCH = Path(tempfile.mkdtemp(prefix="gazette-build-"))
"""What is built before it is packed; in the project folder it would stay, and find its way into the next wheel."""
METADATA_BEFORE = set(ROOT.glob("*.egg-info"))

sys.dont_write_bytecode = True
sys.path.insert(0, str(ROOT))

from liulin_gazette.editing.counties.program_files import INSTALLED, PACKAGE, read_program_folder  # noqa: E402 -- the lines above make it importable


class BuildAside(build):
    """A build whose folder is a temporary one."""

    def initialize_options(self) -> None:
        """Build in the scratch folder."""
        super().initialize_options()
        self.build_base = str(SCRATCH)


class BuildWithProjectFiles(build_py):
    """The package together with the files that stand beside it in a project."""

    def run(self) -> None:
        """Copy the package, then the files beside it. An editable installation finds them where they are."""
        super().run()
        if self.editable_mode:
            return
        for path, content in read_program_folder(ROOT).files.items():
            if not path.startswith(f"{PACKAGE}/"):
                target = Path(self.build_lib) / INSTALLED / path
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(content)


@atexit.register
def tidy() -> None:
    """Remove what packaging left in the project folder and in the scratch folder."""
    for folder in (SCRATCH, *set(ROOT.glob("*.egg-info")) - METADATA_BEFORE):
        shutil.rmtree(folder, ignore_errors=True)


setup(cmdclass={"build": BuildAside, "build_py": BuildWithProjectFiles})
