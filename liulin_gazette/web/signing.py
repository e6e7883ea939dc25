"""Signing the manifest with the office's own tool: the signatures that the tool writes beside it are published."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from liulin_gazette.disk.durable_files import write_files
from liulin_gazette.text.advised_acts import Act, advice
from liulin_gazette.text.editor_error import EditorError
from liulin_gazette.text.system_errors import reason
from liulin_gazette.web import addresses
from liulin_gazette.web.manifest import SIGNATURE_NAMES, SUFFIXES

PLACEHOLDER = "{}"
"""Stands for the manifest's path in the command; without it the path is added as the last argument."""


class SigningError(EditorError):
    """The manifest was not signed; the message says why."""


def sign(site: Path, command: Sequence[str]) -> tuple[str, ...]:
    """Run ``command`` on a copy of the manifest, copy the signatures into ``site`` and return their names.

    A signature is a file that the command writes beside the manifest, with one of SIGNATURE_NAMES.
    Raises SigningError when there is no manifest, the command fails or changes the manifest, or writes none.
    """
    manifest = site / addresses.MANIFEST
    if not manifest.is_file():
        raise SigningError(advice("还没有生成网站。先", Act.BUILD, "。"))
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / addresses.MANIFEST
        shutil.copyfile(manifest, copy)
        words = [word.replace(PLACEHOLDER, str(copy)) for word in command]
        words += [] if any(PLACEHOLDER in word for word in command) else [str(copy)]
        try:
            completed = subprocess.run(words, check=False)
        except OSError as error:
            raise SigningError(f"签名命令“{command[0]}”没有运行起来：{reason(error, '运行')}。") from error
        if completed.returncode:
            raise SigningError(f"签名命令没有成功（退出码 {completed.returncode}）。")
        if copy.read_bytes() != manifest.read_bytes():
            raise SigningError("签名命令改动了文件清单，没有采用。请用另存签名的方式（分离签名）。")
        beside = sorted(Path(folder).glob(addresses.MANIFEST + ".*"))
        signatures = [file for file in beside if file.name in SIGNATURE_NAMES]
        if unknown := "、".join(file.name for file in beside if file not in signatures):
            raise SigningError(
                f"签名命令留下的 {unknown} 不是认得的签名文件名，没有采用。",
                f"让它写成 manifest.json 加上 {'、'.join(SUFFIXES)} 中的一个，例如 -out {PLACEHOLDER}.sig。",
            )
        if not signatures:
            raise SigningError("签名命令没有在文件清单旁边留下签名文件（manifest.json.后缀）。")
        try:
            write_files({site / signature.name: signature.read_bytes() for signature in signatures})
        except OSError as error:
            raise SigningError(f"签名写不进 output/site（{reason(error, '写入')}）。") from error
        return tuple(signature.name for signature in signatures)
