"""``desk``: open the editor's desk in the browser."""

from __future__ import annotations

import argparse
import sys
import webbrowser
from pathlib import Path

from liulin_gazette.text.editor_error import ENVIRONMENT, USAGE
from liulin_gazette.text.system_errors import reason

ANY_PORT = 0


def run(root: Path, arguments: argparse.Namespace) -> int:
    """Serve until the editor interrupts with Ctrl-C; return the exit code."""
    from liulin_gazette.desk.running_desk import RunningDesk

    if not (root / "content").is_dir():
        print("这里没有 content 文件夹，不是一份公报。先进入公报的文件夹再运行。", file=sys.stderr)
        return USAGE
    try:
        try:
            running = RunningDesk(root, arguments.port, _tell)
        except OSError:  # Something else is there: the address is told, so that any port will do.
            running = RunningDesk(root, ANY_PORT, _tell)
    except OSError as error:
        print(f"编辑台打不开（{reason(error, '使用')}）。", file=sys.stderr)
        return ENVIRONMENT
    _tell(
        f"编辑台：{running.entry_address}\n这个网址只能用一次，只给自己用。关闭编辑台：按 Ctrl+C，或者关掉这个窗口。"
    )
    if not arguments.no_open:
        webbrowser.open(running.entry_address)
    try:
        running.run()
    except KeyboardInterrupt:
        print("\n编辑台关了。")
    return 0


def _tell(message: str) -> None:
    print(message, flush=True)
