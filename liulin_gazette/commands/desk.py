"""``desk``: open the editor's desk in the browser, and with ``--review`` a server for reviewers beside it."""

from __future__ import annotations

import argparse
import sys
import webbrowser
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from liulin_gazette.commands.terminal.issue_names import issues_exist
from liulin_gazette.commands.terminal.told_lines import tell_at_once
from liulin_gazette.editing.counties.program_files import VERSION_FILE
from liulin_gazette.text.editor_error import ENVIRONMENT, USAGE
from liulin_gazette.text.system_errors import reason

if TYPE_CHECKING:
    from liulin_gazette.desk.open_desks import DeskPlace
    from liulin_gazette.desk.review_desk.review_server import ReviewServer

ANY_PORT = 0
ONLY_WITH_REVIEW = ("address", "reviewer", "withdraw", "offer", "certificate", "key")
UNENCRYPTED = (
    "审阅没有加密：同一网络里能截听的人，看得到还没有公布的公文，也能拿走网址、冒名写意见。"
    "只在可信的办公网络里用，用完关上；要加密，加 --certificate 证书 --key 密钥。"
)


def run(root: Path, arguments: argparse.Namespace) -> int:
    """Serve until the editor interrupts with Ctrl-C; return the exit code. Raises EditorError.

    Where this user has a desk of ``root`` open already, that one is shown in the browser.
    """
    from liulin_gazette.desk.open_desks import desk_place

    if not (root / "content").is_dir():
        if not (root / VERSION_FILE).is_file():
            print("这里没有 content 文件夹，不是一份公报。先进入公报的文件夹再运行。", file=sys.stderr)
            return USAGE
        try:
            (root / "content").mkdir()  # A program without a gazette: the desk asks for its name.
        except OSError as error:
            print(
                f"这个文件夹里写不了文件（{reason(error, '使用')}）。把整个文件夹复制到有写权限的地方，例如 D 盘，再打开。",
                file=sys.stderr,
            )
            return ENVIRONMENT
    if not _is_usable(root, arguments):
        return USAGE
    with desk_place(root) as place:
        address = "" if arguments.review else place.open_address()
        if address:
            tell_at_once(f"编辑台已经开着，用的就是它：{address}")
            _show(address, arguments)
            return 0
        return _serve(root, arguments, place)


def _serve(root: Path, arguments: argparse.Namespace, place: DeskPlace) -> int:
    """Open the desk, tell its address at ``place`` too, and serve; return the exit code. Raises EditorError."""
    from liulin_gazette.desk.review_desk.review_server import Binding
    from liulin_gazette.desk.running_desk import RunningDesk

    start = partial(RunningDesk, root, tell=tell_at_once, tell_entry=place.tell)
    try:
        try:
            running = start(port=arguments.port)
        except OSError:  # Something else is there: the address is told, so that any port will do.
            running = start(port=ANY_PORT)
            tell_at_once("平常用的端口已有程序在用，换了一个端口。")
    except OSError as error:
        print(f"编辑台打不开（{reason(error, '使用')}）。", file=sys.stderr)
        return ENVIRONMENT
    if arguments.review:
        _change_reviewing(root, arguments)
        address = {"address": arguments.address} if arguments.address else {}
        running.desk.review.open(
            Binding(
                **address,
                port=arguments.review_port,
                certificate=arguments.certificate,
                certificate_key=arguments.key,
            )
        )
        _tell_reviewing(root, running.desk.review)
    tell_at_once(
        f"编辑台：{running.entry_address}\n这个网址只能用一次，只给自己用。关闭编辑台：按 Ctrl+C，或者关掉这个窗口。"
    )
    _show(running.entry_address, arguments)
    try:
        running.run()
    except KeyboardInterrupt:
        print("\n编辑台关了。")
    return 0


def _show(address: str, arguments: argparse.Namespace) -> None:
    """Open ``address`` in the browser, unless the ``arguments`` say otherwise."""
    if not arguments.no_open:
        webbrowser.open(address)


def _is_usable(root: Path, arguments: argparse.Namespace) -> bool:
    """Tell whether the ``arguments`` of reviewing go together; else say what is wrong."""
    given = next((name for name in ONLY_WITH_REVIEW if getattr(arguments, name)), "")
    if given and not arguments.review:
        print(f"--{given} 要和 --review 一起用。", file=sys.stderr)
        return False
    return issues_exist(root, arguments.offer)


def _change_reviewing(root: Path, arguments: argparse.Namespace) -> None:
    """Give and take keys, and offer issues, as the ``arguments`` say. Raises EditorError."""
    from liulin_gazette.editing.reviewers import add_reviewer, offer_issue, withdraw_reviewer

    for name in arguments.withdraw:
        withdraw_reviewer(root, name)
    for name in arguments.reviewer:
        add_reviewer(root, name)
    for name in arguments.offer:
        offer_issue(root, name, is_offered=True)


def _tell_reviewing(root: Path, server: ReviewServer) -> None:
    """Print where reviewers can look, and the link of each."""
    from liulin_gazette.desk.guards.request_guard import LOOPBACK
    from liulin_gazette.desk.review_desk.review_server import links
    from liulin_gazette.editing.reviewers import read_reviewing

    reviewing = read_reviewing(root)
    issues = "、".join(reviewing.issues) or "还没有（在编辑台的“审阅”里选，或者加 --offer 期号）"
    tell_at_once(f"审阅：{'、'.join(server.addresses)}\n送审的：{issues}")
    for reviewer in reviewing.reviewers:
        tell_at_once("\n".join((f"发给{reviewer.name}：", *links(server.addresses, reviewer))))
    if not reviewing.reviewers:
        tell_at_once("还没有审阅的人：在编辑台的“审阅”里添加，或者加 --reviewer 姓名。")
    if all(f"//{LOOPBACK}:" in address for address in server.addresses):
        tell_at_once("别的计算机打不开：要在办公室的网络里打开，加 --address 和这台计算机的地址。")
    elif not server.is_encrypted:
        tell_at_once(UNENCRYPTED)
