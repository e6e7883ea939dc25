"""What the screen of production starts: the work of the commands build, proof and verify, and what is told of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from liulin_gazette.desk.act_words import at_desk
from liulin_gazette.desk.background_work import Outcome, Say
from liulin_gazette.editing.republishing import republish
from liulin_gazette.model.diagnostics import Diagnostic, Severity
from liulin_gazette.pipeline.build_lock import build_lock
from liulin_gazette.pipeline.damaged_output import output_differences
from liulin_gazette.pipeline.stages import Result, Wanted, build, clean
from liulin_gazette.review.proofing import set_proofs
from liulin_gazette.review.verification import (
    OUTPUT_REMEDY,
    REMEDIES,
    output_files_that_differ,
    site_differences,
)
from liulin_gazette.text.editor_error import outcome
from liulin_gazette.web import addresses
from liulin_gazette.web.manifest import compare

MOST_LISTED = 20
"""Files of each kind of difference that are named."""


def build_all(root: Path, say: Say) -> Outcome:
    """Build everything, as the command does without a name. Raises EditorError."""
    with outcome("没有生成，上一次的成品没有改动。"):
        return _of_build(build(root, Wanted(), say))


def build_again(root: Path, name: str, reason: str, say: Say) -> Outcome:
    """Build the published issue ``name`` with the ``reason`` for its changes. Raises EditorError."""
    told: list[str] = []
    with outcome("没有生成，上一次的成品没有改动。"):
        result, _ = republish(
            root,
            Wanted((name,)),
            reason,
            date.today(),
            lambda wanted: build(root, wanted, say),
            told.append,
            told.append,
        )
    return _of_build(result, told)


def clear(root: Path, say: Say) -> Outcome:
    """Remove what builds have made, as the command clean does. Raises EditorError."""
    clean(root, say)
    return Outcome("成品删去了，内容没有动。再按“生成”，全部重做。")


def prove(root: Path, name: str, say: Say) -> Outcome:
    """Typeset the proof of the issue ``name``. Raises EditorError."""
    proofs = set_proofs(root, [name], say)
    if not proofs.paths:
        return Outcome("这一期读不懂，没有排校样。先改正错误。", is_good=False, findings=proofs.read_errors)
    words = "校样排好了。行号是公文文件里的行号。"
    if proofs.read_errors:
        words += "下面的文件读不懂，没有排进去。"
    return Outcome(words, not proofs.read_errors, findings=proofs.read_errors)


def verify(root: Path, say: Say) -> Outcome:
    """Compare the output with what the last build made, and the site with its manifest. Raises EditorError."""
    with build_lock(root, say):
        say("核对成品")
        found = output_differences(root)
        if found is None:
            return Outcome("核对不了：没有生成的记录。先生成。", is_good=False)
        differing = output_files_that_differ(found)
        if differing:
            return Outcome(
                f"核对不符：{OUTPUT_REMEDY.said(at_desk)}", is_good=False, details=_listed(differing)
            )
        site = root / "output" / "site"
        if not (site / addresses.MANIFEST).exists():
            return Outcome(f"核对不了：网站里没有 {addresses.MANIFEST}。先生成。", is_good=False)
        say("核对网站和它的文件清单")
        comparison = compare(site)
    kinds = site_differences(comparison)
    if kinds:
        remedies = [REMEDIES[word] for word in kinds]
        return Outcome(
            "核对不符：网站与它的文件清单不一致。", is_good=False, details=(*_listed(kinds), *remedies)
        )
    return Outcome(
        f"核对一致：{found.intact} 个成品都是生成时的样子，网站的 {comparison.intact} 个文件与清单一致。"
    )


def _of_build(result: Result, told: Sequence[str] = ()) -> Outcome:
    """Return what is told of the ``result`` of a build; ``told`` are sentences about the reason for it."""
    if result.failed:
        errors = [each for each in result.diagnostics if each.severity is Severity.ERROR]
        words = f"没有生成：有错误 {len(errors)} 处，改正后再生成。上一次的成品没有改动。"
        return Outcome(words, is_good=False, details=tuple(told), findings=tuple(errors))
    details = list(told)
    if result.replaced:
        details.append(
            f"已发布的 {'、'.join(result.replaced)} 在网站上的 PDF 换了，与以前公布的不是同一个文件。"
        )
    if result.unchanged:
        return Outcome("内容没有改动，成品都是最新的。", details=tuple(details), findings=_of_output(result))
    details += [
        f"{built.name}：{built.documents} 份公文，PDF {built.pages} 页" for built in result.built[-1:]
    ]
    return Outcome("生成好了。", details=tuple(details), findings=_of_output(result))


def _of_output(result: Result) -> tuple[Diagnostic, ...]:
    """Return the warnings about the output itself; those about the content stand where the content is checked."""
    return tuple(
        each
        for each in result.diagnostics
        if each.severity is not Severity.NOTE and each.code.startswith(("B04", "B05", "B07"))
    )


def _listed(kinds: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    lines: list[str] = []
    for word, paths in kinds.items():
        lines += [f"{word}  {path}" for path in paths[:MOST_LISTED]]
        if len(paths) > MOST_LISTED:
            lines.append(f"{word}  ……共 {len(paths)} 个")
    return tuple(lines)
