"""``verify``: compare a copy of the site with its manifest, an archive package with its lists, or the output with its record."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from liulin_gazette.pipeline.build_lock import build_lock
from liulin_gazette.pipeline.damaged_output import output_differences
from liulin_gazette.review.archive_verification import REMEDIES as PACKAGE_REMEDIES
from liulin_gazette.review.archive_verification import is_package, package_agreement, verify_package
from liulin_gazette.review.verification import (
    OUTPUT_REMEDY,
    REMEDIES,
    output_files_that_differ,
    site_differences,
)
from liulin_gazette.text.editor_error import CONTENT, USAGE
from liulin_gazette.web import addresses
from liulin_gazette.web.manifest import Comparison, compare, signatures_in
from liulin_gazette.web.signature_checks import Verdict, check_with_command, check_with_key, read_key

MAX_LISTED = 20
"""How many files of each kind of difference are listed."""


def run(root: Path, arguments: argparse.Namespace) -> int:
    """Compare what is asked for; return 0 if it agrees, 1 if not, 2 for no such folder or key, or an empty command."""
    if arguments.command is not None and not any(word.strip() for word in arguments.command[:1]):
        print("--with 后面没有命令，没有核对。写上验签命令；脚本里多半是变量是空的。", file=sys.stderr)
        return USAGE
    if arguments.output:
        return _verify_output(root, arguments)
    folder = Path(arguments.folder) if arguments.folder else root / "output" / "site"
    name = arguments.folder or "output/site"
    if arguments.folder and is_package(folder):
        return _verify_package(folder, arguments)
    if not folder.is_dir():
        print(
            f"没有“{name}”这个文件夹。写作 python3 build.py verify 文件夹；归档包写它的 ZIP 文件或文件夹。",
            file=sys.stderr,
        )
        return USAGE
    if not (folder / addresses.MANIFEST).exists():
        print(
            f"核对不了：“{name}”里没有 {addresses.MANIFEST}，不是一份网站。写网站的文件夹，例如 python3 build.py verify output/site。",
            file=sys.stderr,
        )
        return CONTENT
    key = read_key(Path(arguments.key)) if arguments.key else None
    print(f"核对 {name}……", flush=True)
    comparison = compare(folder)
    _print_differences(comparison)
    verdicts = [check_with_key(folder, key)] if key else []
    if arguments.command:
        verdicts += check_with_command(folder, arguments.command)
    faults = [verdict.fault for verdict in verdicts if verdict.fault]
    for fault in faults:
        print(f"签名不符：{fault}", file=sys.stderr)
    if not comparison.is_authentic:
        print("核对不符：这份网站与它的文件清单不一致。", file=sys.stderr)
    if faults or not comparison.is_authentic:
        return CONTENT
    print(_agreement(name, comparison, verdicts, signatures_in(folder)))
    return 0


def _verify_package(path: Path, arguments: argparse.Namespace) -> int:
    """Verify the archive package at ``path``; return 0 if it is whole, 1 if not."""
    if arguments.key or arguments.command is not None:
        print("归档包没有签名文件，不与 --key、--with 一起写。", file=sys.stderr)
        return USAGE
    print(f"核对归档包 {arguments.folder}……", flush=True)
    report = verify_package(path)
    if report.fault:
        print(f"核对不了：{report.fault}", file=sys.stderr)
        return CONTENT
    _print_paths(report.found)
    for word in report.found:
        print(PACKAGE_REMEDIES[word], file=sys.stderr)
    if not report.is_whole:
        print("核对不符：这个归档包不是交来时的样子。", file=sys.stderr)
        return CONTENT
    for note in report.notes:
        print(f"注意  {note}", file=sys.stderr)
    print(package_agreement(report))
    return 0


def _agreement(
    name: str, comparison: Comparison, verdicts: Sequence[Verdict], signatures: Sequence[str]
) -> str:
    """Return what is told of a folder that agrees with its manifest, and whose ``verdicts`` are all good.

    Without a verdict nobody vouches for the manifest: whoever changes a file can change it too.
    """
    unchecked = "、".join(each for each in signatures if each not in [verdict.name for verdict in verdicts])
    if not verdicts:
        how = (
            f"清单有签名（{unchecked}），用本刊公布的公钥核对：python3 build.py verify {name} --key 公钥文件；"
            "SM2 和别的签名用 --with。"
            if unchecked
            else "清单没有签名，向本刊要有签名的一份，或逐个与本刊网站比较。"
        )
        return (
            f"核对一致：{comparison.intact} 个文件与清单一致。"
            f"这只说明文件与清单相符；清单是不是本刊发布的，还没有核对。{how}"
        )
    signed = "，".join(f"{verdict.name} 经{verdict.signer}核对无误" for verdict in verdicts)
    comments = "".join(f"签名附注：{verdict.comment}。" for verdict in verdicts if verdict.comment)
    rest = f"另有签名没有核对：{unchecked}。" if unchecked else ""
    return (
        f"核对一致：{comparison.intact} 个文件与清单一致，清单的签名 {signed}，是发布的原样。{comments}{rest}"
    )


def _print_differences(comparison: Comparison) -> None:
    kinds = site_differences(comparison)
    _print_paths(kinds)
    for word in kinds:
        print(REMEDIES[word], file=sys.stderr)


def _verify_output(root: Path, arguments: argparse.Namespace) -> int:
    """Compare the files in ``output`` with the record of the last build; return 0 if they agree, 1 if not."""
    if arguments.folder or arguments.key or arguments.command is not None:
        print("--output 只核对 output 里的成品，不与文件夹、--key、--with 一起写。", file=sys.stderr)
        return USAGE
    with build_lock(root, print):
        print("核对 output 里的成品……", flush=True)
        found = output_differences(root)
    if found is None:
        print("核对不了：没有生成的记录。先运行 python3 build.py。", file=sys.stderr)
        return CONTENT
    _print_paths(output_files_that_differ(found))
    if output_files_that_differ(found):
        print(f"核对不符：{OUTPUT_REMEDY}", file=sys.stderr)
        return CONTENT
    print(f"核对一致：output 里的 {found.intact} 个成品都是生成时的样子。")
    return 0


def _print_paths(kinds: Mapping[str, Sequence[str]]) -> None:
    for word, paths in kinds.items():
        for path in paths[:MAX_LISTED]:
            print(f"{word}  {path}", file=sys.stderr)
        if len(paths) > MAX_LISTED:
            print(f"{word}  ……共 {len(paths)} 个", file=sys.stderr)
