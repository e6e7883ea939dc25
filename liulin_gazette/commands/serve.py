"""``serve``: show a live preview in the browser."""

from __future__ import annotations

import argparse
import sys
import webbrowser
from pathlib import Path

from liulin_gazette.commands.terminal.told_lines import tell_at_once
from liulin_gazette.text.editor_error import ENVIRONMENT, USAGE
from liulin_gazette.text.system_errors import reason


def run(root: Path, arguments: argparse.Namespace) -> int:
    """Serve until the editor interrupts with Ctrl-C; return the exit code. Raises UnreadableError for its templates."""
    from liulin_gazette.desk.preview_application import PREVIEW
    from liulin_gazette.desk.running_desk import RunningDesk

    if not (root / "content").is_dir():
        print("这里没有 content 文件夹，不是一份公报。先进入公报的文件夹再运行。", file=sys.stderr)
        return USAGE
    try:
        running = RunningDesk(root, arguments.port, tell_at_once, PREVIEW)
    except OSError as error:
        print(
            f"端口 {arguments.port} 用不了（{reason(error, '使用')}）。换一个：python3 build.py serve --port 8001",
            file=sys.stderr,
        )
        return ENVIRONMENT
    entry = running.entry_address
    tell_at_once(
        f"预览：{entry}\n这个网址只能用一次，只给自己用：没有它的，看不到还没有公布的公文。"
        "\n改动保存后，网页和印刷页自动更新。按 Ctrl+C 结束。"
    )
    if arguments.open:
        webbrowser.open(entry)
    try:
        running.run()
    except KeyboardInterrupt:
        print("\n预览结束。")
    finally:
        running.close()
    return 0
