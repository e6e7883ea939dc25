"""Why the program, or a library that it needs, cannot be loaded: one sentence that says what to do.

Standard library only: it is asked where nothing else can be loaded.
"""

from __future__ import annotations

import traceback

_PROGRAM = "liulin_gazette"
_LIBRARIES = "site-packages"
_INSTALL_AGAIN = (
    "用 python3 build.py 运行的，删去 .venv 文件夹再运行，它会重新装好；用 pip 安装的，重新安装一次。"
)
_RESTORE = "从备份或发布的压缩包恢复程序的文件夹，再运行一次。"


def load_fault(error: Exception) -> str:
    """Return in Chinese what cannot be loaded, judged by the ``error`` of loading it, and what to do."""
    missing = error.name if isinstance(error, ModuleNotFoundError) and error.name else ""
    if missing.split(".")[0] == _PROGRAM:
        return f"程序的文件不全（没有 {missing}），打不开。{_RESTORE}"
    if missing:
        return f"程序库 {missing} 没有装，程序打不开。{_INSTALL_AGAIN}"
    files = [frame.f_code.co_filename for frame, _ in traceback.walk_tb(error.__traceback__)]
    if isinstance(error, SyntaxError) and error.filename:
        files.append(error.filename)
    for file in reversed(files):
        parts = file.replace("\\", "/").split("/")
        if _LIBRARIES in parts[:-1]:
            library = parts[parts.index(_LIBRARIES) + 1].removesuffix(".py")
            if library != _PROGRAM:
                return f"程序库 {library} 坏了（{type(error).__name__}），程序打不开。{_INSTALL_AGAIN}"
        if _PROGRAM in parts:
            place = "/".join(parts[parts.index(_PROGRAM) :])
            return f"程序打不开（{place}，{type(error).__name__}），多半是程序的文件不全或损坏。{_RESTORE}"
    return f"程序打不开（{type(error).__name__}）。{_INSTALL_AGAIN}"
