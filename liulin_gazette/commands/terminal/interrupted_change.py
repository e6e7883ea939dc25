"""A change of files that the end of the process or of the power cut off, told when the next command starts."""

from __future__ import annotations

import sys
from pathlib import Path

from liulin_gazette.editing.changes import UNDO_FOLDER, Recovery, recover
from liulin_gazette.editing.step_titles import shown_title


def tell_recovery(root: Path) -> bool:
    """Take back what was cut off below ``root`` and say so; return whether files are now as before it.

    Raises EditingError.
    """
    recovery = recover(root)
    if recovery is None:
        return False
    print(_sentence(recovery), file=sys.stderr)
    return not (recovery.is_damaged or recovery.blocked_by)


def _sentence(recovery: Recovery) -> str:
    if recovery.is_damaged:
        return (
            "上一次改动文件没有做完（断电或被中断），记下的原样又已损坏，没有恢复。"
            "请核对 content 里最近改过的文件。"
        )
    done = f"{'撤销' if recovery.was_undoing else ''}“{shown_title(recovery.title)}”"
    begin = f"上一次{done}没有做完（断电或被中断），"
    if recovery.blocked_by:
        names = "、".join(recovery.blocked_by)
        return f"{begin}{names} 后来又改过，没有恢复。请核对；改动以前的内容在 {UNDO_FOLDER} 里。"
    if recovery.was_undoing:
        return f"{begin}现在撤销完了。"
    return f"{begin}文件已恢复原样。"
