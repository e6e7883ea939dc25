"""What is to be done next for an issue: written, corrected, proofed, published."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from pathlib import Path

from liulin_gazette.model.diagnostics import Severity
from liulin_gazette.review.paper_proof import PROOFS_FOLDER
from liulin_gazette.source.folder import read_folder


class Stage(Enum):
    """How far an issue is, in the order of the work."""

    DRAFTING = "编辑"
    CHECKING = "校核"
    PROOFING = "校样"
    PUBLISHING = "发布"
    PUBLISHED = "已发布"


@dataclass(frozen=True, slots=True)
class NextStep:
    """The stage of an issue, and what to do now, in words."""

    stage: Stage
    words: str


def next_step(
    root: Path, folder: str, documents: int, is_published: bool, findings: Mapping[Severity, int]
) -> NextStep:
    """Return what is to be done for the issue in the project path ``folder``, with so many documents and ``findings``."""
    errors, warnings = findings[Severity.ERROR], findings[Severity.WARNING]
    if errors:
        again = "已经发布，又有错误：" if is_published else ""
        return NextStep(Stage.CHECKING, f"{again}改正 {errors} 处错误。")
    if is_published:
        return NextStep(Stage.PUBLISHED, "没有要做的。")
    if not documents:
        return NextStep(Stage.DRAFTING, "还没有公文：新建一份，或者转入来稿。")
    proofed = proof_state(root, folder)
    if proofed is ProofState.CURRENT:
        return NextStep(Stage.PUBLISHING, "校样签字以后，生成并发布。")
    before = f"看过 {warnings} 处警告，" if warnings else ""
    if proofed is ProofState.OLD:
        return NextStep(Stage.PROOFING, f"校样以后又改过：{before}再排一次校样。")
    return NextStep(Stage.PROOFING, f"{before}排校样，送领导审阅。")


class ProofState(Enum):
    """Whether the last proof shows an issue as it is now."""

    NONE = "没有排过校样"
    OLD = "校样以后又改过"
    CURRENT = "校样是现在的"


def proof_state(root: Path, folder: str) -> ProofState:
    """Return whether the last proof of the issue in the project path ``folder`` shows its files as they are now."""
    copy = f"{PROOFS_FOLDER}/{folder.rpartition('/')[2]}"
    if not (root / copy).is_dir():
        return ProofState.NONE
    is_same = read_folder(root, copy).files == read_folder(root, folder).files
    return ProofState.CURRENT if is_same else ProofState.OLD


def days_until(day: date, today: date) -> str:
    """Return the words for how far ``day`` is from ``today``."""
    days = (day - today).days
    if days == 0:
        return "就是今天"
    return f"还有 {days} 天" if days > 0 else f"已过 {-days} 天"
