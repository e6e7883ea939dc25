"""``bundle``: the portable folder for offices, as a ZIP."""

from __future__ import annotations

import argparse
import hashlib
from pathlib import Path

from liulin_gazette.bundling.portable_folder import make_linux_bundle, make_windows_bundle
from liulin_gazette.commands.terminal.told_lines import tell_at_once


def run(root: Path, arguments: argparse.Namespace) -> int:
    """Write ``output/bundle/….zip`` and say its size and digest. Raises BundleError."""
    with_content: bool = not arguments.without_content
    if arguments.windows:
        target = make_windows_bundle(root, with_content=with_content, tell=tell_at_once)
    else:
        target = make_linux_bundle(root, arguments.linux, with_content=with_content, tell=tell_at_once)
    content = target.read_bytes()
    print(f"{target.relative_to(root).as_posix()}：{len(content) / 2**20:.1f} MB")
    print(f"SHA-256：{hashlib.sha256(content).hexdigest()}")
    return 0
