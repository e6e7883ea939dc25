"""``sign``: sign the manifest with the office's own tool."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from liulin_gazette.pipeline.build_lock import build_lock
from liulin_gazette.web.signing import sign


def run(root: Path, given: argparse.Namespace) -> int:
    """Run the signing command and publish what it leaves, while no build is running.

    A build that was about to put its site in place would lose the signature without a word.
    """
    if not given.words:
        print("写明签名命令，例如 python3 build.py sign minisign -S -s 密钥文件 -m", file=sys.stderr)
        return 2
    with build_lock(root, print):
        names = sign(root / "output" / "site", given.words)
    print(f"已签名：{'、'.join(f'output/site/{name}' for name in names)}")
    return 0
