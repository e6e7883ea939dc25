"""Marks of other Markdown dialects, of TeX and of version control, which would reach the reader as they are typed.

Official text contains most of these characters too (3*4, A^2, $100, ～), so only what is no text is an error. A mark
that is meant is written with a backslash before it.
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass

from liulin_gazette.model.diagnostics import Place
from liulin_gazette.source.finding_collector import FindingCollector
from liulin_gazette.source.markdown.paragraph_lines import raw_lines

_ESCAPED = re.compile(r"\\[!-/:-@\[-`{-~]")
_CONFLICT = re.compile(r"(?:<{7}|>{7}|\|{7})(?:[ \t]|$)")
_CONFLICT_OPENING, _CONFLICT_MIDDLE = "<<<<<<<", "======="
_RULE_LINE = re.compile(r"[ \t]*(?P<line>-{3,}|={3,})[ \t]*$")
_LONGEST_RULE = 6
"""A line of more hyphens that stands alone is where a slip is torn off."""
_BARE_DELIMITER = re.compile(r"[ \t]*:?-+:?(?:[ \t]*\|[ \t]*:?-+:?)+[ \t]*\|?[ \t]*$")
_STRONG_IN_DATA = re.compile(r"(?<![*\d])\*\*(?=[^*\s|])[^*|\n]*\*\*(?![*\d])")
_DATA_LINE = re.compile(r"[ \t]*:::")


@dataclass(frozen=True, slots=True)
class _Mark:
    """A mark that the dialect does not have."""

    pattern: re.Pattern[str]
    name: str
    way_out: str


_MARKS = (
    _Mark(
        re.compile(
            r"\$\$|\$(?=[^$\n]*[\\^_{}=+<>])[^\s$一-鿿，。；：、](?:[^$\n一-鿿，。；：、]*[^\s$一-鿿，。；：、])?\$(?!\d)"
            r"|\$[A-Za-z]\$(?!\d)|\\[A-Za-z]{2,}\{"
        ),
        "公式记号",
        "写成普通文字；复杂的公式做成图片。",
    ),
    _Mark(
        re.compile(
            r"&(?:nbsp|lt|gt|amp|quot|apos|[lr][sd]quo|[mn]dash|hellip|middot|e[mn]sp|thinsp|times|#\d{2,6}|#x[0-9A-Fa-f]{2,5});"
        ),
        "网页里的字符记号",
        "换成它所表示的字。",
    ),
    _Mark(re.compile(r"`+"), "代码记号", "删去。"),
    _Mark(re.compile(r"~~+"), "删除线记号", "删去；表示范围的写“～”。"),
    _Mark(
        re.compile(
            r"(?<!!)\[[^\]\[\n]+\]\((?:[a-z]+:|/|#|\.|www\.)[!-~]*\)|^[ \t]*\[[^\]]+\]:[ \t]*[a-z]+://"
        ),
        "链接记号",
        "写成普通文字，网址写进括号“（）”。",
    ),
)
_WIDE_MARKS = (
    _Mark(
        re.compile(r"^[ \t　]*(?:＃{2,6}|＃(?=[ 　]))"),
        "全角的标题记号",
        "标题用半角的“#”，后面空一格：“## 一、目标”。",
    ),
    _Mark(
        re.compile(r"(?:^|(?<=[。，；：、（“\s　]))＊＊[^＊\s，。、；：][^＊\n]*＊＊(?!＊)"),
        "全角的加粗记号",
        "加粗用半角的“**”。",
    ),
    _Mark(
        re.compile(r"^[ \t　]*｜[^｜\n]+｜[^\n]*"),
        "全角的表格记号",
        "表格用半角的“|”，表头下面写“| --- | --- |”。",
    ),
    _Mark(
        re.compile(r"^[ \t　]*：{3,}"), "全角的版块记号", "版块用半角的“:::”，后面空一格：“::: 附件 1 标题”。"
    ),
)
"""Marks of the dialect in full width. No backslash makes text of them: official text has no such thing."""
_TEX = _Mark(
    re.compile(r"\\\((?=[^()\n]*[\\^_{}=+<>])[^\n]*?\\\)"), "公式记号", "写成普通文字；复杂的公式做成图片。"
)
"""The backslashes of \\( … \\) would not be printed."""
_CLOSING_HASHES = re.compile(r"#{1,6}[ \t].*[ \t](?P<hashes>#+)[ \t]*$")
_JOIN = _Mark(re.compile(r"\^\^"), "合并记号", "合并格时，整格只写“^^”；别处删去。")


def escaped(text: str) -> str:
    """Return ``text``, one line, so that the dialect prints it as it stands."""
    text = re.sub(r"([\\*_`]|\[(?=[上下][:：]|\^))", r"\\\1", text)
    for mark in (*_MARKS, _JOIN):
        text = mark.pattern.sub(lambda found: re.sub(r"(?<!\\)([$\[~^&])", r"\\\1", found[0]), text)
    return re.sub(r"^(#|:::|\||!\[)", r"\\\1", text)


def report_conflicts(lines: Sequence[str], path: str, findings: FindingCollector) -> frozenset[int]:
    """Report the marks of a merge conflict (S062); return the indices of their lines."""
    found: list[int] = []
    is_open = False
    for index, line in enumerate(lines):
        is_open = is_open or line.startswith(_CONFLICT_OPENING)
        if _CONFLICT.match(line) or (is_open and line.rstrip() == _CONFLICT_MIDDLE):
            found.append(index)
            findings.error(
                "S062",
                Place(path, index + 1, 1),
                "这里是合并冲突的记号，两个人的改动还没有合到一起。",
                "在两份改动里留下对的一份，删去“<<<<<<<”“=======”“>>>>>>>”各行。",
            )
    return frozenset(found)


def report_foreign_marks(
    lines: Sequence[str], path: str, skipped: Container[int], findings: FindingCollector
) -> frozenset[int]:
    """Report marks that would be printed as they are typed (S063, S064, S020), the first of each kind in a line.

    The lines ``skipped``, by index, have a finding already. Returns the indices of lines that consist of a mark.
    """
    raw = raw_lines(lines)
    ruled: list[int] = []
    for index, line in enumerate(lines):
        if index in skipped or not line.strip():
            continue
        if rule := _RULE_LINE.match(line):
            _report_rule_line(
                lines[index - 1].strip() if index else "", rule["line"], Place(path, index + 1, 1), findings
            )
            ruled.append(index)
            continue
        if _BARE_DELIMITER.match(line):
            findings.error(
                "S014",
                Place(path, index + 1, 1),
                "表格的各行没有以“|”开头，会当作文字印出来。",
                "每一行的开头和末尾都写“|”。",
            )
            ruled.append(index)
            continue
        _report(_TEX, None if index in raw else _TEX.pattern.search(line), index, path, findings)
        if closing := _CLOSING_HASHES.match(line):
            findings.error(
                "S024",
                Place(path, index + 1, closing.start("hashes") + 1),
                f"标题末尾的“{closing['hashes']}”不会印出来。",
                "删去；确要印出的，写作“\\#”。",
            )
        _report_within(line, index, path, index in raw, findings)
    return frozenset(ruled)


def _report_within(line: str, index: int, path: str, is_raw: bool, findings: FindingCollector) -> None:
    """Report the marks within ``line``, which is not Markdown where it ``is_raw``."""
    text = _ESCAPED.sub("  ", line)
    if line.lstrip().startswith("|"):
        # No mark goes from one cell to another, nor from one line of a cell to the next.
        text = text.replace("|", "\n").replace(" \\ ", " \n ")
    for mark in _MARKS:
        _report(mark, mark.pattern.search(text), index, path, findings)
    for mark in _WIDE_MARKS:
        if wide := mark.pattern.search(line):
            findings.error(
                "S063",
                Place(
                    path,
                    index + 1,
                    len(line) - len(line.lstrip(" \t　")) + 1 if wide.start() == 0 else wide.start() + 1,
                ),
                f"“{wide[0].strip()[:20]}”是{mark.name}，会原样印出来。",
                mark.way_out,
            )
    _report(_JOIN, _stray_join(text), index, path, findings)
    if (is_raw or _DATA_LINE.match(line)) and (strong := _STRONG_IN_DATA.search(text)):
        findings.error(
            "S020",
            Place(path, index + 1, strong.start() + 1),
            "这里不能加粗，“**”会原样印出来。",
            "删去“**”；确要印出星号的，写作“\\*”。" if not is_raw else "删去“**”。",
        )


def _report(
    mark: _Mark, found: re.Match[str] | None, index: int, path: str, findings: FindingCollector
) -> None:
    if found:
        findings.error(
            "S063",
            Place(path, index + 1, found.start() + 1),
            f"“{found[0][:20]}”是{mark.name}，公报不用，会原样印出来。",
            f"{mark.way_out}确要印出的，前面加一个“\\”。",
        )


def _stray_join(text: str) -> re.Match[str] | None:
    """Return the first ``^^`` in a line, in which cells end in a line end, that is not a cell of its own."""
    cells = re.sub(r"(?<=\n)[ \t]*\^\^[ \t]*(?=\n|$)", lambda cell: " " * len(cell[0]), text)
    return _JOIN.pattern.search(cells)


def _report_rule_line(above: str, line: str, place: Place, findings: FindingCollector) -> None:
    """Report a line of hyphens or equals signs: an underlined heading after the line ``above``, or a rule."""
    if above:
        findings.error(
            "S064",
            place,
            f"“{line[:6]}”会原样印出来，不会把上一行变成标题。",
            "标题写作“## 标题”，删去这一行。",
        )
    elif len(line) <= _LONGEST_RULE:
        findings.error("S064", place, f"“{line}”会原样印出来，公报没有分隔线。", "删去这一行。")
