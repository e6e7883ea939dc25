"""``sign``: sign the manifest with the office's signing tool."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from liulin_gazette.pipeline.build_lock import build_lock
from liulin_gazette.text.editor_error import USAGE
from liulin_gazette.web.signing import sign


def run(root: Path, arguments: argparse.Namespace) -> int:
    """Run the signing command and add its signature to the site; return the exit code.

    No build may run meanwhile: it would replace the site and silently lose the signature.
    """
    if not arguments.words:
        print("写明签名命令，例如 python3 build.py sign minisign -S -s 密钥文件 -m", file=sys.stderr)
        return USAGE
    with build_lock(root, print):
        names = sign(root / "output" / "site", arguments.words)
    print(f"已签名：{'、'.join(f'output/site/{name}' for name in names)}")
    return 0
