"""From inline Markdown to spans, with a finding for each mark that would swallow a character."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from liulin_gazette.model.blocks import Inline, Span
from liulin_gazette.model.diagnostics import Place
from liulin_gazette.source.finding_collector import FindingCollector

_RAW_HTML = re.compile(r"<(?=[A-Za-z/!?])")
_CELL_BREAK = re.compile(r" \\ ")


def spans(children: Sequence[Token], place: Place, findings: FindingCollector) -> Inline:
    """Return the spans of inline tokens; a line break in the source between Han characters is dropped."""
    runs: list[Span] = []
    strong = False
    for index, token in enumerate(children):
        if token.type == "strong_open":
            strong = True
        elif token.type == "strong_close":
            strong = False
        elif token.type == "em_open":
            findings.error(
                "S019", place, f"单个“{token.markup}”会被当作斜体记号，不会印出来。",
                f"要印出这个符号，写作“\\{token.markup}”；要加粗，两边各写两个“*”。",
            )  # fmt: skip
        elif token.type == "image":
            findings.error("S025", place, "图片要独占一段。", "在图片的前后各空一行。")
        elif token.type == "hardbreak":
            runs.append(Span("\n", strong))
        elif token.type == "softbreak":
            if _needs_space(children, index):
                runs.append(Span(" ", strong))
        elif token.content:
            runs.append(Span(token.content, strong))
    if "**" in "".join(run.text for run in runs):
        _report_unpaired(runs, place, findings)
    return _joined(runs)


def _needs_space(children: Sequence[Token], index: int) -> bool:
    """Tell whether the line break at ``index`` stands between ASCII characters, where it means a space."""
    before = "".join(token.content for token in children[:index])[-1:]
    after = "".join(token.content for token in children[index + 1 :])[:1]
    return before.isascii() and after.isascii() and bool(before.strip()) and bool(after.strip())


def _report_unpaired(runs: list[Span], place: Place, findings: FindingCollector) -> None:
    text = "".join(run.text for run in runs)
    if re.search(r"(?<![*\d])\*\*(?![*\d])", text):
        findings.error(
            "S020", place, "加粗记号“**”没有成对，会原样印出来。", "补上另一半；确要印出星号的，写作“\\*”。"
        )


def _joined(runs: list[Span]) -> Inline:
    """Return ``runs`` with neighbours of the same weight joined."""
    joined: list[Span] = []
    for run in runs:
        if joined and joined[-1].strong == run.strong:
            joined[-1] = Span(joined[-1].text + run.text, run.strong)
        else:
            joined.append(run)
    return tuple(joined)


def parse_line(md: MarkdownIt, text: str, place: Place, findings: FindingCollector) -> Inline:
    r"""Return the spans of one line of inline Markdown, such as a table cell; `` \\ `` breaks the line."""
    parts: list[Span] = []
    for index, part in enumerate(_CELL_BREAK.split(text)):
        if index:
            parts.append(Span("\n"))
        tokens = md.parseInline(part.strip())
        parts.extend(spans(tokens[0].children or [], place, findings))
    if all(part.strong or part.text == "\n" for part in parts):
        strong = any(part.strong for part in parts)
        parts = [Span(part.text, strong) for part in parts]
    return _joined(parts)


def report_raw_html(body: str, path: str, findings: FindingCollector) -> None:
    """Report HTML in ``body`` (S010), where it has no meaning; the first in each line."""
    for number, line in enumerate(body.split("\n"), 1):
        if match := _RAW_HTML.search(line):
            findings.error(
                "S010", Place(path, number, match.start() + 1), "正文里有 HTML 标记。",
                "公报只用《写作规范》中的记号；确要印出小于号的，用全角“＜”，换行、合并格等另有写法。",
            )  # fmt: skip
