"""Signing the manifest with the office's own tool: whatever the tool writes beside it is published with it."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from liulin_gazette.text.editor_error import EditorError
from liulin_gazette.text.system_errors import reason
from liulin_gazette.web import addresses
from liulin_gazette.web.manifest import SIGNATURES

PLACE = "{}"
"""Stands for the manifest's path in the command; without it the path comes last."""


class SigningError(EditorError):
    """The manifest was not signed; the message says why."""


def sign(site: Path, command: Sequence[str]) -> tuple[str, ...]:
    """Run ``command`` on a copy of the manifest in ``site`` and take its signatures; return their names.

    A signature is a file that the command leaves beside the manifest, named manifest.json and an ending.
    Raises SigningError when there is no manifest, the command fails, or it leaves none.
    """
    manifest = site / addresses.MANIFEST
    if not manifest.is_file():
        raise SigningError("还没有生成网站。先运行 python3 build.py。")
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / addresses.MANIFEST
        shutil.copyfile(manifest, copy)
        words = [word.replace(PLACE, str(copy)) for word in command]
        words += [] if any(PLACE in word for word in command) else [str(copy)]
        try:
            done = subprocess.run(words, check=False)
        except OSError as error:
            raise SigningError(f"签名命令“{command[0]}”没有运行起来：{reason(error, '运行')}。") from error
        if done.returncode:
            raise SigningError(f"签名命令没有成功（退出码 {done.returncode}）。")
        if copy.read_bytes() != manifest.read_bytes():
            raise SigningError("签名命令改动了文件清单，没有采用。请用另存签名的方式（分离签名）。")
        made = sorted(Path(folder).glob(SIGNATURES + "*"))
        if not made:
            raise SigningError("签名命令没有在文件清单旁边留下签名文件（manifest.json.后缀）。")
        try:
            for signature in made:
                partial = site / (signature.name + ".partial")
                try:
                    shutil.copyfile(signature, partial)
                    partial.replace(site / signature.name)
                finally:
                    partial.unlink(missing_ok=True)
        except OSError as error:
            raise SigningError(f"签名写不进 output/site（{reason(error, '写入')}）。") from error
        return tuple(signature.name for signature in made)
