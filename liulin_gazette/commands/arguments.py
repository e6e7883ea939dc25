"""The commands and their arguments. Imports nothing heavy, so that ``--help`` and completion are quick."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable

from liulin_gazette.model.index_orders import ORDERS
from liulin_gazette.model.learned_words import WORD_KINDS
from liulin_gazette.model.series import IRREGULAR, PER_YEAR, PERIODS
from liulin_gazette.text.issue_name_form import ISSUE_NAME


def _issue_name(text: str) -> str:
    """Return ``text`` if it has the form of an issue's name (2026-1). Raises ValueError."""
    if not ISSUE_NAME.fullmatch(text):
        raise ValueError(text)
    return text


def _jobs(text: str) -> int:
    """Return the number of processes in ``text``. Raises ValueError, ArgumentTypeError."""
    jobs = int(text)
    if jobs < 1:
        raise argparse.ArgumentTypeError("至少是 1")
    return jobs


def _per_year(text: str) -> int:
    """Return the issues a year in ``text``: a number, or a 刊期; 0 for 不定期. Raises ArgumentTypeError."""
    if text == IRREGULAR:
        return 0
    if text in PERIODS or text in map(str, PER_YEAR):
        return PERIODS.get(text) or int(text)
    known = "、".join(f"{count}（{name}）" for name, count in PERIODS.items())
    raise argparse.ArgumentTypeError(f"只有：{known}、3、53、{IRREGULAR}")


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
        "--cluster",
        metavar="地址",
        default="",
        help="交给 Dask 集群，例如 tls://10.0.0.1:8786；local 在本机临时起一个",
    )
    for name, words in (
        ("ca", "签发各台机器证书的机构的证书"),
        ("cert", "这台计算机的证书"),
        ("key", "它的密钥"),
    ):
        parser.add_argument(f"--cluster-{name}", metavar="文件", default="", help=f"集群连接的证书：{words}")
    parser.add_argument(
        "--cluster-unencrypted",
        action="store_true",
        help="集群的连接可以不加密：只在可信的网络里，能冒充集群的人能让这台计算机运行任何程序",
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


def _waive(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("place", metavar="位置", help="照 check 打印的写，例如 content/2026-1/03.md:25:91")
    parser.add_argument("code", metavar="代码", help="例如 T010")
    parser.add_argument("reason", nargs="?", default="", metavar="理由", help='例如 "原件如此"；不写则问')
    parser.add_argument("--yes", action="store_true", help="不问，直接写")


def _learn(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("words", nargs="+", metavar="词", help="核对过、确实没有错的名称或用语；可以几个")
    parser.add_argument(
        "--kind",
        dest="word_kind",
        choices=WORD_KINDS,
        default=WORD_KINDS[-1],
        help=f"是什么：{'、'.join(WORD_KINDS)}；不写是{WORD_KINDS[-1]}",
    )
    parser.add_argument("--reason", default="", metavar="理由", help="从哪里知道它是对的；可以不写")
    parser.add_argument("--yes", action="store_true", help="不问，直接写")


def _new(parser: argparse.ArgumentParser) -> None:
    commands = parser.add_subparsers(dest="what", required=True, metavar="issue|document")
    parser.set_defaults(subcommands=commands.choices)  # For their --help.
    issue = commands.add_parser("issue", help="新建一期，期号、总期号按规则推算", add_help=False)
    issue.add_argument(
        "issue", nargs="?", type=_issue_name, metavar="期号", help="例如 2026-2；不写则接着最后一期"
    )
    issue.add_argument("--date", metavar="日期", help="出版日期，例如 2026-04-30")
    document = commands.add_parser(
        "document", help="新建一份公文或别的文件，没有写明的逐项问", add_help=False
    )
    document.add_argument("issue", type=_issue_name, metavar="期号")
    document.add_argument(
        "--kind", dest="document_kind", default="", metavar="体裁", help="不写就是公文；例如 讲话、更正"
    )
    for name, label, words in (
        ("section", "栏目", "这一期只有一个栏目的，可以不写"),
        ("title", "标题", None),
        ("number", "发文字号", None),
        ("order", "令号", "政府令的，例如 第12号"),
        ("issuer", "发文机关", "联合行文的用顿号分开，主办机关在前"),
        ("date", "成文日期", "例如 2026-03-06"),
        ("addressees", "主送", "以全角冒号结尾"),
        ("release", "公开方式", "公文缺省是 此件公开发布"),
        ("post", "职务", "签署人的职务"),
        ("signatory", "姓名", "签署人的姓名"),
        ("unit", "责任单位", "政策咨询，缺省是发文机关"),
        ("office", "责任股室", None),
        ("person", "责任人", None),
        ("phone", "电话", None),
        ("source", "来源", "转载自哪里"),
        ("explains", "字号", "政策解读所解读的文件，几份用顿号分开"),
        ("corrects", "字号", "更正所更正的文件，几份用顿号分开"),
        ("address-name", "网址名", "没有字号的文件，同一天有两份时用"),
    ):
        document.add_argument(f"--{name}", default="", metavar=label, help=words)
    for subcommand in (issue, document):
        subcommand.add_argument("--yes", action="store_true", help="不问，直接写")


def _intake(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "files",
        nargs="*",
        metavar="来稿",
        help=".docx、.pdf、.ofd、.xlsx、.csv、.html、.txt、.eml、.zip；装了 LibreOffice 的还有 .doc、.wps、.xls；- 表示粘贴的文字",
    )
    parser.add_argument(
        "--issue", type=_issue_name, metavar="期号", help="写进哪一期；不写则下一期，没有就新建"
    )
    parser.add_argument("--section", default="", metavar="栏目", help="不写则按发文机关")
    parser.add_argument(
        "--archive", metavar="文件夹", default="", help="把往期（一期一个文件，或一期一个文件夹）逐期转成草稿"
    )
    parser.add_argument(
        "--ocr",
        metavar="命令",
        default="",
        help="扫描件没有文字的页，用本单位的 OCR 命令认：{} 是一页的图片，{pdf} 是整个 PDF，例如 'python3 ocr.py {}'",
    )
    parser.add_argument("--yes", action="store_true", help="不问，直接写")


def _serve(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, default=8000, metavar="端口", help="缺省 8000")
    parser.add_argument("--open", action="store_true", help="打开浏览器")


def _desk(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, default=8000, metavar="端口", help="缺省 8000")
    parser.add_argument("--no-open", action="store_true", help="不打开浏览器，只说出网址")
    parser.add_argument(
        "--review",
        action="store_true",
        help="另开审阅：领导、部门用自己的网址看送审的一期，写意见，签已阅、同意",
    )
    parser.add_argument(
        "--address",
        metavar="地址",
        default="",
        help="审阅在哪个地址：这台计算机在办公网络里的，0.0.0.0 是全部；不写只在这台计算机上",
    )
    parser.add_argument("--review-port", type=int, default=8010, metavar="端口", help="审阅的端口，缺省 8010")
    parser.add_argument(
        "--reviewer",
        action="append",
        default=[],
        metavar="姓名",
        help="给谁一个网址，例如 王局长；可以写几次",
    )
    parser.add_argument(
        "--withdraw", action="append", default=[], metavar="姓名", help="收回谁的网址；可以写几次"
    )
    parser.add_argument(
        "--offer",
        action="append",
        default=[],
        type=_issue_name,
        metavar="期号",
        help="送审哪一期；可以写几次",
    )
    parser.add_argument("--certificate", metavar="文件", default="", help="审阅用 HTTPS：证书（PEM）")
    parser.add_argument("--key", metavar="文件", default="", help="它的密钥（PEM，没有密码）")


def _bundle(parser: argparse.ArgumentParser) -> None:
    machine = parser.add_mutually_exclusive_group(required=True)
    machine.add_argument("--windows", action="store_true", help="给 64 位的 Windows 10、11")
    machine.add_argument(
        "--linux",
        choices=("x86_64", "aarch64"),
        metavar="处理器",
        help="给有 Python 3.10 至 3.13 和 Pango 的 Linux：x86_64 或 aarch64（鲲鹏、飞腾）",
    )
    parser.add_argument(
        "--without-content", action="store_true", help="不带 content：换新版程序用，盖在旧的上面"
    )


def _init(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", metavar="文件夹", help="新的、空的文件夹")
    parser.add_argument("--name", default="", metavar="刊名", help="例如 方山县人民政府公报")
    parser.add_argument(
        "--government",
        default="",
        metavar="机关",
        help="谁的公报，缺省按刊名，例如 方山县人民政府；登记为发文机关",
    )
    parser.add_argument("--government-code", default="", metavar="机关代字", help="它的机关代字，例如 方政发")
    parser.add_argument("--publisher", default="", metavar="主办单位", help="缺省是它的办公室")
    parser.add_argument("--code", default="", metavar="机关代字", help="主办单位的，例如 方政办发")
    parser.add_argument(
        "--pinyin", default="", metavar="字=拼音", help="多音字在地名里的读音，例如 单=shan；几个字用逗号分开"
    )
    parser.add_argument("--area-code", default="", metavar="区号", help="本地的电话区号，例如 0351；可以不写")
    parser.add_argument("--year", type=int, metavar="年", help="第一期的年份，缺省今年")
    parser.add_argument(
        "--per-year",
        type=_per_year,
        metavar="期数",
        help="每年几期，或刊期：6 或 双月刊（缺省）、4、12、24、36、52、不定期……",
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


def _volume(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("year", type=int, metavar="年", help="例如 2026")


def _annual(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("year", type=int, metavar="年", help="例如 2026")
    parser.add_argument(
        "--by",
        type=_orders,
        default=(),
        metavar="排法",
        help=f"只按这几种排，用顿号分开；不写则全部：{'、'.join(ORDERS)}",
    )
    parser.add_argument("--issue", type=_issue_name, metavar="期号", help="登在哪一期；不写则当年最后一期")
    parser.add_argument(
        "--section", default="", metavar="栏目", help="登在哪个栏目，要是最后一个，没有就新建；缺省 总目录"
    )
    parser.add_argument(
        "--overwrite", action="store_true", help="手改过的也重写，手改的不留；已发布的一期也改"
    )
    parser.add_argument("--yes", action="store_true", help="不问，直接写")


def _orders(text: str) -> tuple[str, ...]:
    """Return the orders of an index in ``text``. Raises ArgumentTypeError."""
    orders = tuple(filter(None, re.split(r"[、，,\s]+", text)))
    if not orders or set(orders) - set(ORDERS):
        raise argparse.ArgumentTypeError(f"至少是一种：{'、'.join(ORDERS)}")
    return tuple(order for order in ORDERS if order in orders)


def _publish(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("issue", type=_issue_name, metavar="期号")
    parser.add_argument("--yes", action="store_true", help="不问，直接记")


def _undo(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--yes", action="store_true", help="不问，直接撤销")


def _verify(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "folder", nargs="?", metavar="文件夹", help="网站的文件夹，或归档包；不写则核对 output/site"
    )
    parser.add_argument("--key", default="", metavar="公钥", help="本刊公布的 minisign 公钥：核对清单的签名")
    parser.add_argument(
        "--with",
        dest="command",
        nargs=argparse.REMAINDER,
        metavar="验签命令",
        help="用本单位的工具核对签名（SM2 等）；{} 代表清单，{}.sig 代表签名；写在最后",
    )
    parser.add_argument(
        "--output", action="store_true", help="把 output 里的成品逐个与生成时的摘要比较，看有没有损坏"
    )


def _sign(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("words", nargs=argparse.REMAINDER, metavar="签名命令")


def _completion(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("shell", choices=("bash", "zsh", "fish", "powershell"))


def _no_arguments(parser: argparse.ArgumentParser) -> None:
    del parser


COMMANDS: dict[str, tuple[str, Callable[[argparse.ArgumentParser], None]]] = {
    "build": ("校核全部内容，生成网站和 PDF；不写命令就是它", _build),
    "check": ("只校核，不生成；--fix 改正只有一种正确写法的", _check),
    "waive": (
        '写明一处问题核对过、照印，例如 waive content/2026-1/03.md:25:91 T010 "原件如此"',
        _waive,
    ),
    "learn": ("收词：本地的名称、用语本来就对的，校核不再问，例如 learn 圪垛村 --kind 地名", _learn),
    "new": ("new issue 新建一期；new document 期号 新建一份公文", _new),
    "intake": (
        "把来稿（Word、PDF、OFD、表格、网页、文本）转成草稿，例如 intake 来稿.docx --issue 2026-2",
        _intake,
    ),
    "desk": ("编辑台：在浏览器里编一期公报，不用终端", _desk),
    "serve": ("实时预览：改动保存后，网页、印刷页和校核结果随即更新", _serve),
    "proof": ("排校样 PDF：行号、宽边、校核结果印在边上，供纸上签字", _proof),
    "diff": ("与上次的校样（或另一个文件夹）相比，改了哪些字", _diff),
    "volume": ("把一年的各期合订成一个 PDF，书签连贯：volume 2026", _volume),
    "annual": ("编一年的总目录，登在当年最后一期的最后；再运行一次就按各期的现状重编：annual 2026", _annual),
    "status": ("各期的公文、问题、页数，成品是不是最新", _no_arguments),
    "undo": (
        "撤销上一次由程序做的改动（new、intake、check --fix、waive、learn、publish、--republish、annual、upgrade）",
        _undo,
    ),
    "publish": ("记一期为已发布；以后再改，要写明理由（build --republish）", _publish),
    "verify": ("核对一份网站或归档包与它的清单；--key 核对签名，--output 核对 output 里的成品", _verify),
    "sign": ("用本单位的签名工具给文件清单签名，见 docs/网站与数据.md", _sign),
    "init": ("为另一个县新建一份公报，例如 init ../方山公报 --name 方山县人民政府公报", _init),
    "upgrade": ("换成新版的程序：upgrade 新程序的文件夹或压缩包；内容、字体、设置和改过的模板不动", _upgrade),
    "bundle": ("做安装包：解压即用的文件夹，自带 Python 和程序库，见 docs/安装包.md", _bundle),
    "doctor": ("检查这台计算机：Python、程序库、字体和授权", _no_arguments),
    "completion": ("输出命令补全脚本：bash、zsh、fish、powershell", _completion),
    "clean": ("删除生成的文件和缓存", _no_arguments),
}
"""Summary of each command, and the function that adds its arguments. The command's module has its name."""
