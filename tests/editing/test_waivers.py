"""Waivers that the program writes: only their lines are new, and they read back as they were meant."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liulin_gazette.editing.waivers import NewWaiver, WaiverError, with_waiver, words_of_waiver
from liulin_gazette.model.diagnostics import Diagnostic, Place, Severity
from liulin_gazette.source.finding_collector import FindingCollector
from liulin_gazette.source.front_matter import split
from liulin_gazette.source.settings_tables.settings import tomllib

FRONT = "---\n标题: 关于护林的通知 \n# 说明\n体裁:  讲话\n成文日期: 2026-02-06\n{}---\n\n正文。\n---\n"
WAIVERS = [
    "",
    "校核豁免:\n  - 代码: C004\n    理由: 原件如此\n",
    '校核豁免:\n-   代码: C004\n    文字: "甲：乙"\n    理由: "原件: #1"\n\n# 末行\n',
    "校核豁免:\n    - 理由: 原件如此\n      代码: C004\n网址名: a\n",
]
NEW = NewWaiver("T010", "进行进行", "印刷本如此")


def rows(text: str) -> list[dict[str, str]]:
    findings = FindingCollector()
    front = split(text, "a.md", findings)
    assert front is not None, findings.items
    return [row.fields for row in front.values["校核豁免"].rows]


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("before", WAIVERS)
def test_only_the_lines_of_the_waiver_are_new(before: str, mark: str, line_end: str) -> None:
    text = (mark + FRONT.format(before)).replace("\n", line_end)
    after = with_waiver("a.md", text.encode(), NEW).decode()
    lines, new = text.split(line_end), after.split(line_end)
    assert len(new) - len(lines) == (3 if before else 4)
    assert after.count("\r") == (after.count("\n") if line_end == "\r\n" else 0)
    kept = iter(new)
    assert all(line in kept for line in lines), "a line went or moved"
    last = rows(after.removeprefix(mark).replace("\r\n", "\n"))[-1]
    assert last == {"代码": "T010", "文字": "进行进行", "理由": "印刷本如此"}


WORDS = st.text(min_size=1, max_size=20).map(str.strip).filter(bool)


@given(WORDS, WORDS)
def test_any_words_read_back_or_are_refused(text: str, reason: str) -> None:
    waiver = NewWaiver("T010", text, reason)
    for path, content in (("a.md", FRONT.format(WAIVERS[1])), ("issue.toml", '"年" = 2026')):
        try:
            after = with_waiver(path, content.encode(), waiver).decode()
        except WaiverError as error:
            assert error.told.endswith("。")
            continue
        written = rows(after) if path == "a.md" else tomllib.loads(after)["校核豁免"]
        assert written[-1] == waiver.fields


@pytest.mark.parametrize("before", ['"年" = 2026', '"年" = 2026\r\n[["栏目"]]\r\n"名称" = "甲"\r\n'])
def test_a_waiver_of_issue_toml_is_appended(before: str) -> None:
    after = with_waiver("content/2026-1/issue.toml", before.encode(), NEW).decode()
    after = with_waiver(
        "content/2026-1/issue.toml", after.encode(), NewWaiver("P001", "", "单位电话")
    ).decode()
    assert after.startswith(before)
    assert ("\r" in after) == ("\r" in before) and after.count("\r") in (0, after.count("\n"))
    assert tomllib.loads(after)["校核豁免"] == [NEW.fields, {"代码": "P001", "理由": "单位电话"}]


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("a.md", b"\xff"),
        ("a.md", "正文。".encode()),
        ("a.md", "---\n标题: [\n---\n".encode()),
        ("a.md", "---\n- 甲\n---\n".encode()),
        ("a.md", FRONT.format("校核豁免: 甲\n").encode()),
        ("a.md", FRONT.format("校核豁免: [{代码: C004, 理由: 原件如此}]\n").encode()),
        ("issue.toml", '"年" = '.encode()),
        ("issue.toml", '"校核豁免" = [{"代码" = "P001", "理由" = "甲"}]\n'.encode()),
    ],
)
def test_what_cannot_be_read_is_left_alone(path: str, content: bytes) -> None:
    with pytest.raises(WaiverError) as caught:
        with_waiver(path, content, NEW)
    assert "没有动它" in caught.value.told


def test_a_waiver_names_as_little_as_tells_its_finding_from_others() -> None:
    def finding(message: str, words: str = "") -> Diagnostic:
        return Diagnostic("C015", Severity.NOTE, Place("a.md", 1, 1), message, words=words)

    first = finding("“县交通局”又作“县交通运输局”。")
    assert words_of_waiver(first, []) == "县交通局"
    assert words_of_waiver(first, [finding("“县交通局”又作“县运输局”。")]) == "县交通运输局"
    assert words_of_waiver(first, [first]) == "县交通局"
    long = finding("", "甲" * 40 + "乙")
    assert words_of_waiver(long, []) == "甲" * 30
    assert words_of_waiver(long, [finding("", "甲" * 40)]) == "甲" * 40 + "乙"
    assert words_of_waiver(finding("没有引号"), []) == "没有引号"
