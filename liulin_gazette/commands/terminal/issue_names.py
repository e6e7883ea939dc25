"""Names of issues as an editor types them: 2026-1."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from liulin_gazette.text.issue_name_form import ISSUE_NAME


def issues_exist(root: Path, names: Sequence[str]) -> bool:
    """Tell whether ``content/`` has all of the issues ``names``; print what is wrong if it has not."""
    malformed = [name for name in names if not ISSUE_NAME.fullmatch(name)]
    if malformed:
        print(
            f"不认识“{malformed[0]}”。期号写作 2026-1 的样子；运行 python3 build.py --help 查看用法。",
            file=sys.stderr,
        )
        return False
    folders = {name: root / "content" / name for name in names}
    unknown = [name for name, folder in folders.items() if folder.is_symlink() or not folder.is_dir()]
    if unknown:
        print(f"content 里没有 {unknown[0]} 这一期。", file=sys.stderr)
        return False
    return True
