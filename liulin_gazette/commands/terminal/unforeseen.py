"""What the editor reads where the program ends with a fault that nobody foresaw."""

from __future__ import annotations

from pathlib import Path

from liulin_gazette.text.system_errors import reason


def unforeseen_fault(root: Path, error: Exception, command: str) -> str:
    """Write the report of ``error``, which ended ``command`` in the project ``root``; return what the editor reads."""
    try:
        from liulin_gazette.review.fault_report import fault_number, write_report

        number, file = fault_number(error), write_report(root, error, command)
    except Exception:
        # Whatever fails here too, as without memory or with half of a program: the first fault is to be told.
        return f"程序出错了（{type(error).__name__}），没有做完，错误报告也没有写成。请告诉维护者。"
    cause = f"{reason(error, '读写')}，" if isinstance(error, OSError) and error.errno else ""
    told = f"程序出错了（{cause}编号 {number}），没有做完。"
    if file is None:
        return f"{told}错误报告写不进磁盘；请把编号告诉维护者。"
    place = f"output/{file.name}" if file.parent == root / "output" else file
    return f"{told}请把 {place} 发给维护者，里面没有公文的内容和人名。"
