"""``waive``: one step from a printed finding to a waiver, and back."""

from __future__ import annotations

from pathlib import Path

import pytest

from liulin_gazette.cli import main
from liulin_gazette.pipeline.examination import examine
from tests.commands.test_desk_commands import Capture
from tests.conftest import Edit, findings, publish

DOC = "content/2026-1/01.md"


def test_what_check_prints_is_waived_and_taken_back(project: Path, edit: Edit, capsys: Capture) -> None:
    edit("2026-1/01.md", "请认真执行。", "请认真进行进行检查，提供行车证。")
    before = (project / DOC).read_bytes()
    assert main(["check"], project) == 0
    printed = capsys.readouterr().out
    command = next(line for line in printed.split("\n") if "写明豁免：python3 build.py waive" in line)
    words = command.partition("例如：python3 build.py ")[2].split(" ")
    assert words[0] == "waive" and words[1].startswith(f"{DOC}:") and words[3] == '"原件如此"'
    assert main(words[:3], project) == 2 and "写明理由" in capsys.readouterr().err
    assert main([*words[:3], " "], project) == 1 and "豁免要写明理由" in capsys.readouterr().err
    assert main([*words[:3], "原件如此"], project) == 1  # Shown, and nobody agrees.
    shown = capsys.readouterr().out
    assert "+    理由: 原件如此" in shown and "没有写。" in shown
    assert (project / DOC).read_bytes() == before
    assert main([*words[:3], "原件如此", "--yes"], project) == 0
    assert f"{DOC} 现在：警告 1 处。" in capsys.readouterr().out
    examined = examine(project)
    (waived,) = examined.excused
    assert (waived.finding.code, waived.waiver.reason) == (words[2], "原件如此")
    assert main([*words[:3], "原件如此", "--yes"], project) == 1
    assert "已经豁免" in capsys.readouterr().err
    assert main(["undo", "--yes"], project) == 0
    assert "已撤销“豁免”" in capsys.readouterr().out
    assert (project / DOC).read_bytes() == before


@pytest.mark.parametrize(
    ("place", "code", "told"),
    [
        (DOC, "N004", "编号、期号错了"),
        (DOC, "P007", "密级和不公开的文件不能登"),
        (DOC, "S060", "读不懂的写法"),
        (DOC, "X001", "不是校核规则的代码"),
        ("content/gazette.toml:8:1", "B010", "只有公文和 issue.toml 的可以"),
        (DOC, "T012", "没有 T012 的问题"),
        ("2026-1/01.md:3", "T010", "2026-1/01.md:3 没有 T010；content/2026-1/01.md 的 T010 在：content/2026-1/01.md:"),
        (DOC, "T010", "有 2 处 T010，写明是哪一处"),
        ("乱写", "T010", "没有 content/乱写 这个文件"),
    ],
)  # fmt: skip
def test_what_cannot_be_waived_is_refused_with_the_reason(
    project: Path, edit: Edit, capsys: Capture, place: str, code: str, told: str
) -> None:
    edit("2026-1/01.md", "请认真执行。", "请认真进行进行检查，开展开展检查。")
    before = (project / DOC).read_bytes()
    assert main(["waive", place, code, "原件如此", "--yes"], project) == 1
    assert told in capsys.readouterr().err
    assert (project / DOC).read_bytes() == before


def test_what_the_waiver_brings_with_it_is_told(project: Path, edit: Edit, capsys: Capture) -> None:
    edit("2026-1/01.md", "请认真执行。", "请认真进行进行检查，再进行进行检查。")
    publish(project, "2026-1")
    words = ["waive", f"{DOC}:{findings(project)[0].place.line}:4", "T010", "问过 13800138000", "--yes"]
    assert main(words, project) == 0
    told = capsys.readouterr()
    assert "同样的文字还有 1 处，一起豁免" in told.out
    assert "2026-1 已经发布" in told.out and "--republish" in told.out
    assert "P001" in told.err
