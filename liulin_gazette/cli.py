"""The commands of the program: what an editor types. What each does is in ``commands``.

Exit codes: 0 done, 1 errors in the content, 2 wrong usage, 3 the environment cannot do it.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import NoReturn

WRONG_USAGE = 2
_ISSUE = re.compile(r"\d{4}-\d{1,2}")
_MESSAGES = (
    (re.compile(r"unrecognized arguments: (.*)"), "不认识“{0}”。"),
    (re.compile(r"the following arguments are required: (.*)"), "缺少 {0}。"),
    (re.compile(r"argument (.*): expected (?:one|at least one) argument"), "{0} 后面要写内容。"),
    (
        re.compile(r"argument (.*): invalid choice: '?(.*?)'? \(choose from (.*)\)"),
        "没有“{1}”这个选择，可用的有：{2}。",
    ),
    (re.compile(r"argument (.*): invalid .* value: '(.*)'"), "{0} 写作“{1}”不对。"),
    (re.compile(r"argument (.*): (至少.*)"), "{0} {1}。"),
)
"""What argparse says in English, and what we say."""


class _Parser(argparse.ArgumentParser):
    """An argument parser that speaks Chinese and exits with 2."""

    def error(self, message: str) -> NoReturn:
        said = next(
            (
                words.format(*found.groups())
                for pattern, words in _MESSAGES
                if (found := pattern.search(message))
            ),
            "命令写错了。",
        )
        print(f"{said}运行 python3 build.py --help 查看用法。", file=sys.stderr)
        raise SystemExit(WRONG_USAGE)


def _issue_name(text: str) -> str:
    if not _ISSUE.fullmatch(text):
        raise ValueError(text)
    return text


def _jobs(text: str) -> int:
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


def _new(parser: argparse.ArgumentParser) -> None:
    kinds = parser.add_subparsers(dest="kind", required=True, metavar="issue|document")
    issue = kinds.add_parser("issue", help="新建一期，期号、总期号按规则推算", add_help=False)
    issue.add_argument(
        "issue", nargs="?", type=_issue_name, metavar="期号", help="例如 2026-2；不写则接着最后一期"
    )
    issue.add_argument("--date", metavar="日期", help="出版日期，例如 2026-04-30")
    document = kinds.add_parser("document", help="新建一份公文", add_help=False)
    document.add_argument("issue", type=_issue_name, metavar="期号")
    for name, what in (
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
        document.add_argument(f"--{name}", default="", metavar=what)
    for each in (issue, document):
        each.add_argument("--yes", action="store_true", help="不问，直接写")


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
    parser.add_argument("--year", type=int, metavar="年", help="第一期的年份，缺省今年")
    parser.add_argument(
        "--per-year",
        type=int,
        default=6,
        choices=(1, 2, 3, 4, 6, 12),
        metavar="期数",
        help="每年几期，缺省 6",
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


def _nothing(parser: argparse.ArgumentParser) -> None:
    del parser


COMMANDS: dict[str, tuple[str, Callable[[argparse.ArgumentParser], None], str]] = {
    "build": ("校核全部内容，生成网站和 PDF；不写命令就是它", _build, "building"),
    "check": ("只校核，不生成；--fix 改正只有一种正确写法的", _check, "checking"),
    "new": ("new issue 新建一期；new document 期号 新建一份公文", _new, "creating"),
    "intake": (
        "把来稿（Word、PDF、文本）转成草稿，例如 intake 来稿.docx --issue 2026-2",
        _intake,
        "taking_in",
    ),
    "serve": ("实时预览：改动保存后，网页、印刷页和校核结果随即更新", _serve, "serving"),
    "proof": ("排校样 PDF：行号、宽边、校核结果印在边上，供纸上签字", _proof, "proofing"),
    "diff": ("与上次的校样（或另一个文件夹）相比，改了哪些字", _diff, "comparing"),
    "status": ("各期的公文、问题、页数，成品是不是最新", _nothing, "showing_status"),
    "undo": (
        "撤销上一次由程序做的改动（new、intake、check --fix、publish、--republish）",
        _nothing,
        "undoing",
    ),
    "publish": ("记一期为已发布；以后再改，要写明理由（build --republish）", _publish, "publishing"),
    "verify": ("核对一份网站是不是发布的原样", _verify, "verifying"),
    "sign": ("用本单位的签名工具给文件清单签名，见 docs/网站与数据.md", _sign, "signing"),
    "init": ("为另一个县新建一份公报，例如 init ../方山公报 --name 方山县人民政府公报", _init, "beginning"),
    "doctor": ("检查这台计算机：Python、程序库、字体和授权", _nothing, "diagnosing"),
    "completion": ("输出命令补全脚本：bash、zsh、fish、powershell", _completion, "completing"),
    "clean": ("删除生成的文件和缓存", _nothing, "cleaning"),
}
"""Each command: what it does, its arguments, and its module in ``commands``."""


def usage() -> str:
    """Return what ``--help`` prints."""
    width = max(map(len, COMMANDS))
    rows = "\n".join(f"  {name:<{width}}  {words}" for name, (words, _, _) in COMMANDS.items())
    return f"""用法：python3 build.py [命令] [期号……]

{rows}
  {"test":<{width}}  运行全部测试（test --quick 只运行不需要浏览器和 Java 的）

例：python3 build.py               校核并生成全部
    python3 build.py 2026-1        只重新排印 2026 年第 1 期（和内容有改动的各期；网页总是全部更新）
    python3 build.py check 2026-1  只看这一期的校核结果
    python3 build.py check --help  一个命令的全部选项

内容写在 content/，写法见 docs/写作规范.md；成品在 output/。
退出码：0 完成；1 内容有错误，或核对不符；2 命令写错；3 环境不具备。"""


def main(argv: Sequence[str] | None = None, root: Path | None = None) -> int:
    """Carry out the command ``argv`` in the project folder ``root`` and return the exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    if words[:1] in (["--help"], ["-h"], ["help"]):
        print(usage())
        return 0
    name = words.pop(0) if words and words[0] in COMMANDS else "build"
    summary, describe, module = COMMANDS[name]
    parser = _Parser(prog=f"python3 build.py {name}", description=summary, add_help=False, allow_abbrev=False)
    describe(parser)
    if "--help" in words and name != "sign":
        print(_in_chinese(parser.format_help()))
        return 0
    try:
        given = parser.parse_args(words)
    except SystemExit as stop:
        return int(stop.code or 0)
    run: Callable[[Path, argparse.Namespace], int] = import_module(f"liulin_gazette.commands.{module}").run
    return run(Path.cwd() if root is None else root, given)


def _in_chinese(text: str) -> str:
    for english, chinese in (
        ("usage:", "用法："),
        ("positional arguments:", "参数："),
        ("options:", "选项："),
    ):
        text = text.replace(english, chinese)
    return text.rstrip()
