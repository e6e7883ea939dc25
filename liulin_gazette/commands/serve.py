"""``serve``: show a live preview in the browser."""

from __future__ import annotations

import argparse
import sys
import webbrowser
from pathlib import Path

from liulin_gazette.preview.server import PreviewServer
from liulin_gazette.text.system_errors import reason


def run(root: Path, arguments: argparse.Namespace) -> int:
    """Serve until the editor interrupts with Ctrl-C; return the exit code."""
    try:
        server = PreviewServer(root, arguments.port)
    except OSError as error:
        print(
            f"端口 {arguments.port} 用不了（{reason(error, '使用')}）。换一个：python3 build.py serve --port 8001",
            file=sys.stderr,
        )
        return 3
    print(f"预览：{server.address}\n改动保存后，网页和印刷页自动更新。按 Ctrl+C 结束。", flush=True)
    if arguments.open:
        webbrowser.open(server.address)
    try:
        server.run()
    except KeyboardInterrupt:
        print("\n预览结束。")
    finally:
        server.is_closing = True
        server.server_close()
    return 0
