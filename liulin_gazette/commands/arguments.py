"""The commands and their arguments. Imports nothing heavy, so that ``--help`` and completion are quick."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable

_ISSUE_NAME = re.compile(r"\d{4}-\d{1,2}")


def _issue_name(text: str) -> str:
    """Return ``text`` if it has the form of an issue's name (2026-1). Raises ValueError."""
    if not _ISSUE_NAME.fullmatch(text):
        raise ValueError(text)
    return text


def _jobs(text: str) -> int:
    """Return the number of processes in ``text``. Raises ValueError, ArgumentTypeError."""
    jobs = int(text)
    if jobs < 1:
        raise argparse.ArgumentTypeError("至少是 1")
    return jobs


def _build(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "issues",
        nargs="*",
        metavar="期号",
        help="只重新排印这几期（和内容有改动的各期），例如 2026-1；不写则全部",
    )
    parser.add_argument(
        "--republish", metavar="理由", default="", help="已发布的一期有改动：写明理由，公布在网页上"
    )
    parser.add_argument(
        "--site-only",
        action="store_true",
        help="只生成网页，不排印；没有现在内容的 PDF 的一期，网页上不列 PDF",
    )
    parser.add_argument("--jobs", type=_jobs, metavar="N", help="同时工作的进程数，缺省按处理器")
    parser.add_argument(
        "--cluster", metavar="地址", default="", help="交给 Dask 集群，例如 tcp://10.0.0.1:8786"
    )


def _check(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("issues", nargs="*", metavar="期号", help="只看这几期的结果")
    parser.add_argument(
        "--format", choices=("text", "json", "sarif", "github"), default="text", help="输出的格式"
    )
    parser.add_argument("--fix", action="store_true", help="改正只有一种正确写法的（先显示改动，问过再改）")
    parser.add_argument("--yes", action="store_true", help="与 --fix 一起：不问，直接改")
    parser.add_argument(
        "--reprints",
        action="store_true",
        help="另把已发布的各期试排一遍，说明哪几期会印得与公布的不同；不改动成品",
    )


def _new(parser: argparse.ArgumentParser) -> None:
    kinds = parser.add_subparsers(dest="kind", required=True, metavar="issue|document")
    issue = kinds.add_parser("issue", help="新建一期，期号、总期号按规则推算", add_help=False)
    issue.add_argument(
        "issue", nargs="?", type=_issue_name, metavar="期号", help="例如 2026-2；不写则接着最后一期"
    )
    issue.add_argument("--date", metavar="日期", help="出版日期，例如 2026-04-30")
    document = kinds.add_parser("document", help="新建一份公文", add_help=False)
    document.add_argument("issue", type=_issue_name, metavar="期号")
    for name, label in (
        ("section", "栏目"),
        ("title", "标题"),
        ("number", "发文字号"),
        ("issuer", "发文机关"),
        ("date", "成文日期"),
        ("addressees", "主送"),
        ("unit", "责任单位"),
        ("office", "责任股室"),
        ("person", "责任人"),
        ("phone", "电话"),
    ):
        document.add_argument(f"--{name}", default="", metavar=label)
    for subcommand in (issue, document):
        subcommand.add_argument("--yes", action="store_true", help="不问，直接写")


def _intake(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "files",
        nargs="+",
        metavar="来稿",
        help=".docx、.pdf、.txt；装了 LibreOffice 的还有 .doc、.wps；- 表示粘贴的文字",
    )
    parser.add_argument(
        "--issue", type=_issue_name, metavar="期号", help="写进哪一期；不写则下一期，没有就新建"
    )
    parser.add_argument("--section", default="", metavar="栏目", help="不写则按发文机关")
    parser.add_argument("--yes", action="store_true", help="不问，直接写")


def _serve(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, default=8000, metavar="端口", help="缺省 8000")
    parser.add_argument("--open", action="store_true", help="打开浏览器")


def _init(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", metavar="文件夹", help="新的、空的文件夹")
    parser.add_argument("--name", default="", metavar="刊名", help="例如 方山县人民政府公报")
    parser.add_argument("--publisher", default="", metavar="主办单位")
    parser.add_argument("--code", default="", metavar="机关代字", help="主办单位的，例如 方政办发")
    parser.add_argument("--area-code", default="", metavar="区号", help="本地的电话区号，例如 0351；可以不写")
    parser.add_argument("--year", type=int, metavar="年", help="第一期的年份，缺省今年")
    parser.add_argument(
        "--per-year",
        type=int,
        default=6,
        choices=(1, 2, 3, 4, 6, 12),
        metavar="期数",
        help="每年几期，缺省 6",
    )


def _upgrade(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("program", metavar="新程序", help="新程序的文件夹、ZIP 压缩包或 wheel")
    parser.add_argument(
        "--county",
        default="",
        metavar="文件夹",
        help="换哪一份公报的程序；不写则现在这一份（还没有 upgrade 命令的旧公报用它）",
    )


def _proof(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("issues", nargs="*", metavar="期号", help="不写则最后一期")


def _diff(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("issue", type=_issue_name, metavar="期号")
    parser.add_argument("other", nargs="?", metavar="文件夹", help="与这一份比较；不写则与上次的校样比较")


def _publish(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("issue", type=_issue_name, metavar="期号")
    parser.add_argument("--yes", action="store_true", help="不问，直接记")


def _verify(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", nargs="?", metavar="文件夹", help="不写则核对 output/site")


def _sign(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("words", nargs=argparse.REMAINDER, metavar="签名命令")


def _completion(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("shell", choices=("bash", "zsh", "fish", "powershell"))


def _no_arguments(parser: argparse.ArgumentParser) -> None:
    del parser


COMMANDS: dict[str, tuple[str, Callable[[argparse.ArgumentParser], None]]] = {
    "build": ("校核全部内容，生成网站和 PDF；不写命令就是它", _build),
    "check": ("只校核，不生成；--fix 改正只有一种正确写法的", _check),
    "new": ("new issue 新建一期；new document 期号 新建一份公文", _new),
    "intake": ("把来稿（Word、PDF、文本）转成草稿，例如 intake 来稿.docx --issue 2026-2", _intake),
    "serve": ("实时预览：改动保存后，网页、印刷页和校核结果随即更新", _serve),
    "proof": ("排校样 PDF：行号、宽边、校核结果印在边上，供纸上签字", _proof),
    "diff": ("与上次的校样（或另一个文件夹）相比，改了哪些字", _diff),
    "status": ("各期的公文、问题、页数，成品是不是最新", _no_arguments),
    "undo": (
        "撤销上一次由程序做的改动（new、intake、check --fix、publish、--republish、upgrade）",
        _no_arguments,
    ),
    "publish": ("记一期为已发布；以后再改，要写明理由（build --republish）", _publish),
    "verify": ("核对一份网站是不是发布的原样", _verify),
    "sign": ("用本单位的签名工具给文件清单签名，见 docs/网站与数据.md", _sign),
    "init": ("为另一个县新建一份公报，例如 init ../方山公报 --name 方山县人民政府公报", _init),
    "upgrade": ("换成新版的程序：upgrade 新程序的文件夹或压缩包；内容、字体、设置和改过的模板不动", _upgrade),
    "doctor": ("检查这台计算机：Python、程序库、字体和授权", _no_arguments),
    "completion": ("输出命令补全脚本：bash、zsh、fish、powershell", _completion),
    "clean": ("删除生成的文件和缓存", _no_arguments),
}
"""Summary of each command, and the function that adds its arguments. The command's module has its name."""
