"""Commands of the program: what an editor types, and what is answered in Chinese.

Exit codes: 0 done, 1 errors in the content, 2 wrong usage, 3 the environment cannot do it.
"""

from __future__ import annotations

import re
import sys
import time
from pathlib import Path

from liulin_gazette.diagnostics import Diagnostic, Severity

HELP = """用法：python3 build.py [命令] [期号……]

  python3 build.py                 校核全部内容，生成网站和 PDF
  python3 build.py 2026-1          只重新排印 2026 年第 1 期（网页总是全部更新）
  python3 build.py check           只校核，不生成
  python3 build.py check 2026-1    只看 2026 年第 1 期的校核结果
  python3 build.py verify          核对 output/site 的每个文件是不是发布的原样
  python3 build.py verify 文件夹   核对另存的一份网站，例如档案馆的光盘
  python3 build.py sign 命令……     用本单位的签名工具给文件清单签名，见 docs/网站与数据.md
  python3 build.py clean           删除生成的文件和缓存
  python3 build.py test            运行全部测试（test --quick 只运行不需要浏览器和 Java 的）
  python3 build.py --help          显示本说明

内容写在 content/，写法见 docs/写作规范.md；成品在 output/。
退出码：0 完成；1 内容有错误，或核对不符；2 命令写错；3 环境不具备。"""
_ISSUE = re.compile(r"\d{4}-\d{1,2}")
_COMMANDS = ("build", "check", "clean")
LISTED = 20
"""Of files that differ, this many are named."""


def main(argv: list[str] | None = None, root: Path | None = None) -> int:
    """Carry out the command ``argv`` in the project folder ``root`` and return the exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    root = Path.cwd() if root is None else root
    if words[:1] == ["sign"]:
        return _sign(root, words[1:])
    if any(word in ("--help", "-h", "help") for word in words):
        print(HELP)
        return 0
    if words[:1] == ["verify"]:
        return _verify(root, words[1:])
    command = words.pop(0) if words and words[0] in _COMMANDS else "build"
    wrong = [word for word in words if not _ISSUE.fullmatch(word)]
    if wrong:
        print(
            f"不认识“{wrong[0]}”。期号写作 2026-1 的样子；运行 python3 build.py --help 查看用法。",
            file=sys.stderr,
        )
        return 2
    unknown = [name for name in words if not (root / "content" / name).is_dir()]
    if unknown:
        print(f"content 里没有 {unknown[0]} 这一期。", file=sys.stderr)
        return 2
    if command == "clean":
        from liulin_gazette.pipeline import clean

        clean(root)
        return 0
    return _check(root, words) if command == "check" else _build(root, words)


def _check(root: Path, names: list[str]) -> int:
    from liulin_gazette.pipeline import Result, examine

    examined = examine(root)
    publication, diagnostics = examined.publication, examined.diagnostics
    result = Result(diagnostics)
    _print_diagnostics(diagnostics, names)
    if publication is not None and not result.failed:
        documents = sum(len(issue.documents) for issue in publication.issues)
        print(f"校核完成：{len(publication.issues)} 期，{documents} 份公文。{_tally(diagnostics)}")
    else:
        print(f"校核完成。{_tally(diagnostics)}", file=sys.stderr)
    return 1 if result.failed else 0


def _build(root: Path, names: list[str]) -> int:
    from liulin_gazette.output import OutputError
    from liulin_gazette.pdf.layout import TypesettingError
    from liulin_gazette.pipeline import build

    start = time.monotonic()
    try:
        result = build(root, tuple(names), lambda step: print(f"{step}……", flush=True))
    except OutputError as error:
        print(error, file=sys.stderr)
        return 3
    except TypesettingError as error:
        print(f"排印中断：{error}\n上一次的成品没有改动。", file=sys.stderr)
        return 3
    _print_diagnostics(tuple(each for each in result.diagnostics if each.severity is not Severity.NOTE), [])
    if result.failed:
        print(f"没有生成：{_tally(result.diagnostics)}改正后再运行。上一次的成品没有改动。", file=sys.stderr)
        return 1
    for built in result.built:
        print(f"\n{built.name}：{built.documents} 份公文，PDF {built.pages} 页")
        print(f"  PDF   {built.pdf}")
        print(f"  印刷  {built.print_pdf}")
    print("  网站  output/site/index.html")
    if result.unchanged:
        print("内容没有改动，成品都是最新的。")
    print(f"完成，用时 {time.monotonic() - start:.1f} 秒。{_tally(result.diagnostics)}")
    return 0


def _verify(root: Path, words: list[str]) -> int:
    from liulin_gazette.manifest import ManifestError, compare

    folder = Path(words[0]) if words else root / "output" / "site"
    if len(words) > 1 or not folder.is_dir():
        print(
            f"没有“{' '.join(words) or folder}”这个文件夹。写作 python3 build.py verify 文件夹。",
            file=sys.stderr,
        )
        return 2
    print(f"核对 {words[0] if words else 'output/site'}……", flush=True)
    try:
        found = compare(folder)
    except ManifestError as error:
        print(f"核对不了：{error}。", file=sys.stderr)
        return 1
    for word, paths in (("改动", found.changed), ("缺少", found.missing), ("多出", found.extra)):
        for path in paths[:LISTED]:
            print(f"{word}  {path}", file=sys.stderr)
        if len(paths) > LISTED:
            print(f"{word}  ……共 {len(paths)} 个", file=sys.stderr)
    if not found.is_true:
        print("核对不符：这份网站与它的文件清单不一致。", file=sys.stderr)
        return 1
    print(f"核对一致：{found.whole} 个文件都是发布的原样。")
    return 0


def _sign(root: Path, words: list[str]) -> int:
    from liulin_gazette.signing import SigningError, sign

    if not words:
        print("写明签名命令，例如 python3 build.py sign minisign -S -s 密钥文件 -m", file=sys.stderr)
        return 2
    try:
        names = sign(root / "output" / "site", words)
    except SigningError as error:
        print(error, file=sys.stderr)
        return 3
    print(f"已签名：{'、'.join(f'output/site/{name}' for name in names)}")
    return 0


def _print_diagnostics(diagnostics: tuple[Diagnostic, ...], names: list[str]) -> None:
    for found in diagnostics:
        if not names or any(found.place.path.startswith(f"content/{name}/") for name in names):
            print(found, file=sys.stderr if found.severity is Severity.ERROR else sys.stdout)


def _tally(diagnostics: tuple[Diagnostic, ...]) -> str:
    counts = [(each, sum(found.severity is each for found in diagnostics)) for each in Severity]
    said = "、".join(f"{severity.value} {count} 处" for severity, count in counts if count)
    return f"{said}。" if said else "没有发现问题。"
