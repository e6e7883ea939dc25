"""Writing ``output/``: built beside, then renamed, so that files appear whole or not at all."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Generator
from pathlib import Path, PurePosixPath

PARTS = ("site", "print", "report")
_STAGING, _RETIRED = ".staging-", ".retired"


class OutputError(Exception):
    """The output cannot be written; the argument says in Chinese what is wrong."""


def write_file(folder: Path, path: str, content: bytes) -> None:
    """Write ``content`` to the relative ``path`` below ``folder``.

    Raises OutputError for a path that would leave ``folder``.
    """
    relative = PurePosixPath(path)
    if relative.is_absolute() or ".." in relative.parts or "\\" in path:
        raise OutputError(f"输出路径“{path}”越出了输出文件夹。")
    target = folder.joinpath(*relative.parts)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)


@contextlib.contextmanager
def staging(output: Path) -> Generator[Path]:
    """Yield an empty folder beside the output, removed afterwards whatever happens.

    An earlier build that was killed is first put right. Raises OutputError when the folder
    cannot be written.
    """
    try:
        output.mkdir(parents=True, exist_ok=True)
        _recover(output)
        folder = Path(tempfile.mkdtemp(prefix=_STAGING, dir=output))
        folder.chmod(0o755)
    except OSError as error:
        raise _cannot_write(output, error) from error
    try:
        yield folder
    except OSError as error:
        raise _cannot_write(output, error) from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def publish(staged: Path, output: Path) -> None:
    """Put each staged part in the place of the last good one.

    Between the two renames of a part the old one is in ``.retired``; ``staging`` puts it back if the
    process dies there.
    """
    retired = output / _RETIRED
    for part in PARTS:
        if not (staged / part).is_dir():
            continue
        if (output / part).exists():
            retired.mkdir(exist_ok=True)
            (output / part).rename(retired / part)
        (staged / part).rename(output / part)
    shutil.rmtree(retired, ignore_errors=True)


def carry_over(output: Path, staged: Path, path: str) -> bool:
    """Take the file ``path`` of the last output into the staged one; False when there is none."""
    source = output.joinpath(*PurePosixPath(path).parts)
    if not source.is_file():
        return False
    target = staged.joinpath(*PurePosixPath(path).parts)
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)
    return True


def _recover(output: Path) -> None:
    for part in PARTS:
        if (output / _RETIRED / part).exists() and not (output / part).exists():
            (output / _RETIRED / part).rename(output / part)
    shutil.rmtree(output / _RETIRED, ignore_errors=True)
    for left in output.glob(_STAGING + "*"):
        shutil.rmtree(left, ignore_errors=True)


def _cannot_write(output: Path, error: OSError) -> OutputError:
    reason = {28: "磁盘已满", 13: "没有写入权限", 30: "磁盘是只读的"}.get(
        error.errno or 0, error.strerror or "未知原因"
    )
    return OutputError(f"写不进输出文件夹 {output.name}/（{reason}）。上一次的成品没有改动。")
