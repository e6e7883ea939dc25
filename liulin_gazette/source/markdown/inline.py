"""From inline Markdown to spans, with a finding for each mark that would swallow a character."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from markdown_it import MarkdownIt
from markdown_it.token import Token

from liulin_gazette.model.blocks import Inline, Span, joined
from liulin_gazette.model.diagnostics import Place
from liulin_gazette.source.finding_collector import FindingCollector
from liulin_gazette.source.markdown.inline_marks import BROKEN_MARK, FOOTNOTE_MARK, RAISED_OR_LOWERED

_RAW_HTML = re.compile(
    r"(?<!\\)<(?=/?[A-Za-z][A-Za-z0-9:-]*(?:\s[ -;=?-~]*)?/?>|/?[A-Za-z][A-Za-z0-9:-]*(?:\s+[A-Za-z:-]+=|\s*$)"
    r"|!--|![A-Z\[]|\?[a-z]|[a-z]+:|[A-Za-z0-9._+-]+@)"
)
"""A tag, a comment or an address in pointed brackets; a<b is none."""
_LINE_BREAK_TAG = re.compile(r"<br\b", re.I)
_AUTOLINK = re.compile(r"<(?:[a-z]+:|[^\s<>]+@)", re.I)
_ESCAPE = re.compile(r"\\[!-/:-@\[-`{-~]")
_CELL_BREAK = re.compile(r" \\ ")


def spans(children: Sequence[Token], place: Place, findings: FindingCollector, source: str = "") -> Inline:
    """Return the spans of inline tokens; a line break in the source between Han characters is dropped.

    ``source`` is what they were read from, where asterisks may have been written with a backslash.
    """
    runs: list[Span] = []
    strong = False
    for index, token in enumerate(children):
        if token.type == "strong_open":
            strong = True
        elif token.type == "strong_close":
            strong = False
        elif token.type == "em_open":
            findings.error(
                "S019", _at_mark(children, index, place), f"单个“{token.markup}”会被当作斜体记号，不会印出来。",
                f"要印出这个符号，写作“\\{token.markup}”；要加粗，两边各写两个“*”。",
            )  # fmt: skip
        elif token.type == "image":
            findings.error("S025", place, "图片要独占一段。", "在图片的前后各空一行。")
        elif token.type == "hardbreak":
            runs.append(Span("\n", strong))
        elif token.type == "softbreak":
            if _needs_space(children, index):
                runs.append(Span(" ", strong))
        elif token.type == RAISED_OR_LOWERED:
            runs.append(Span(token.content, strong, token.info))
        elif token.type == FOOTNOTE_MARK:
            runs.append(Span("", strong, note=token.info))
        elif token.type == BROKEN_MARK:
            findings.error(
                "S070", place, f"“{token.content}”没有写完，会原样印出来。",
                "上标写作“10[上:-3]”，下标写作“CO[下:2]”，脚注写作“[^1]”，方括号里写 1—20 个字，前后不空格，"
                "不再用别的记号；确要印出这几个字的，写作“\\[”。",
            )  # fmt: skip
            runs.append(Span(token.content, strong))
        elif token.content:
            runs.append(Span(token.content, strong))
    shown = "".join(run.text for run in runs)
    if "**" in shown and shown.count("*") > _ESCAPE.findall(source).count("\\*"):
        _report_unpaired(runs, place, findings)
    return joined(runs)


def _at_mark(children: Sequence[Token], index: int, place: Place) -> Place:
    """Return the place of the mark at ``index``, as far as the text before it stands on one line as it is written."""
    before = children[:index]
    if not place.column or any(token.type in ("softbreak", "hardbreak", "image") for token in before):
        return place
    marks = ("strong_open", "strong_close", "em_open", "em_close")
    return replace(
        place,
        column=place.column
        + sum(len(token.markup if token.type in marks else token.content) for token in before),
    )


def _needs_space(children: Sequence[Token], index: int) -> bool:
    """Tell whether the line break at ``index`` stands between ASCII characters, where it means a space."""
    before = "".join(token.content for token in children[:index])[-1:]
    after = "".join(token.content for token in children[index + 1 :])[:1]
    return before.isascii() and after.isascii() and bool(before.strip()) and bool(after.strip())


def _report_unpaired(runs: list[Span], place: Place, findings: FindingCollector) -> None:
    text = "".join(run.text for run in runs)
    # A cell of asterisks alone is a grade: **.
    if text.strip("*") and re.search(r"(?<![*\d])\*\*(?![*\d])", text):
        findings.error(
            "S020",
            place,
            "加粗记号“**”没有成对，会原样印出来。",
            "补上另一半；两半都有的，把收尾的“**”移到半角标点的前面；确要印出星号的，写作“\\*”。",
        )


def parse_line(md: MarkdownIt, text: str, place: Place, findings: FindingCollector) -> Inline:
    r"""Return the spans of one line of inline Markdown, such as a table cell; `` \\ `` breaks the line."""
    parts: list[Span] = []
    for index, part in enumerate(_CELL_BREAK.split(text)):
        if index:
            parts.append(Span("\n"))
        tokens = md.parseInline(part.strip(" \t"))
        parts.extend(spans(tokens[0].children or [], replace(place, column=0), findings, part))
    if all(part.strong or part.note or part.text == "\n" for part in parts):
        strong = any(part.strong for part in parts)
        parts = [replace(part, strong=strong) for part in parts]
    return joined(parts)


def report_raw_html(body: str, path: str, findings: FindingCollector) -> None:
    """Report HTML in ``body`` (S010), where it has no meaning; the first in each line."""
    for number, line in enumerate(body.split("\n"), 1):
        if match := _RAW_HTML.search(line):
            hint = "公报只用《写作规范》中的记号；确要印出小于号的，写作“\\<”，换行、合并格等另有写法。"
            if _LINE_BREAK_TAG.match(line, match.start()):
                hint = "格里换行写作空格、“\\”、空格；段里换行在行末写“\\”；另起一段空一行。"
            elif _AUTOLINK.match(line, match.start()):
                hint = "网址、邮箱直接写，不加尖括号。"
            findings.error("S010", Place(path, number, match.start() + 1), "正文里有 HTML 标记。", hint)
