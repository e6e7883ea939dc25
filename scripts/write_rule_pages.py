"""Write docs/规则/: a page for each letter of the codes, with an entry for each rule.

    .venv/bin/python scripts/write_rule_pages.py

Nothing is written by hand there. Level, requirement and source come from the table of rules, the examples from
docs/诊断代码.md, why a rule exists and since when from rule_notes.tsv, how often it misfires from rule_figures.json.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))
from liulin_gazette.check.learned_findings import is_about_words  # noqa: E402 -- after the path is set
from liulin_gazette.check.rule import Rule, Scope  # noqa: E402 -- likewise
from liulin_gazette.check.rules import RULES  # noqa: E402 -- likewise
from liulin_gazette.model.finding_groups import TASKS, work_of  # noqa: E402 -- likewise

FOLDER = "docs/规则"
CODES = ROOT / "docs/诊断代码.md"
NOTES = Path(__file__).with_name("rule_notes.tsv")
FIGURES = Path(__file__).with_name("rule_figures.json")
PER = 50_000
"""Characters that a rate is told for."""
_LETTERS = {
    "N": "编号", "S": "结构", "C": "前后一致", "K": "知识", "T": "文字", "P": "个人信息与保密", "B": "文件与构建",
}  # fmt: skip
_SCOPES = {
    Scope.DOCUMENT: "每份公文",
    Scope.ISSUE: "一期的各份公文",
    Scope.CITATIONS: "引用的字号",
    Scope.CORRECTIONS: "更正",
    Scope.SERIES: "全部各期的编号和设置",
}
_GENERATED = "<!-- 由 scripts/write_rule_pages.py 生成，不要手改。 -->\n"


class Note(NamedTuple):
    """What only a person can say of a rule."""

    since: str
    """The version that has it first."""
    why: str


class Sample(NamedTuple):
    """A row of docs/诊断代码.md."""

    faulty: str
    right: str


def read_notes() -> dict[str, Note]:
    """Return the notes by code."""
    rows = (line.split("\t") for line in NOTES.read_text("utf-8").splitlines()[1:])
    return {code: Note(since, why) for code, since, why in rows}


def read_samples() -> dict[str, Sample]:
    """Return the last two cells of the row of each code; the rows of B have a remedy and no examples."""
    samples: dict[str, Sample] = {}
    for line in CODES.read_text("utf-8").splitlines():
        cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
        if cells and re.fullmatch(r"[A-Z]\d{3}", cells[0]):
            samples[cells[0]] = Sample(*cells[4:6]) if len(cells) == 6 else Sample("", "")
    return samples


def read_figures() -> dict[str, Any]:
    """Return how many characters were measured, and how many findings of each code there were."""
    figures: dict[str, Any] = json.loads(FIGURES.read_text("utf-8"))
    return figures


def pages() -> dict[str, str]:
    """Return the pages by project path. Raises KeyError for a rule without a note or a row."""
    notes, samples, figures = read_notes(), read_samples(), read_figures()
    by_letter: dict[str, list[Rule]] = {letter: [] for letter in _LETTERS}
    for rule in sorted(RULES, key=lambda rule: rule.code):
        by_letter[rule.code[0]].append(rule)
    texts = {
        f"{FOLDER}/{letter}.md": _page(letter, rules, notes, samples, figures)
        for letter, rules in by_letter.items()
    }
    return {f"{FOLDER}/README.md": _contents(by_letter), **texts}


def _contents(by_letter: Mapping[str, Sequence[Rule]]) -> str:
    lines = [
        _GENERATED,
        "# 校核规则\n",
        "每条规则查什么、为什么、什么样的会报、确实没错时怎么办。读入时检查的写法和设置见 [诊断代码](../诊断代码.md)。\n",
    ]
    for letter, rules in by_letter.items():
        lines.append(f"- [{letter} {_LETTERS[letter]}]({letter}.md)：{len(rules)} 条")
    return "\n".join([*lines, ""])


def _page(
    letter: str,
    rules: Sequence[Rule],
    notes: Mapping[str, Note],
    samples: Mapping[str, Sample],
    figures: Mapping[str, Any],
) -> str:
    entries = [_entry(rule, notes[rule.code], samples[rule.code], figures) for rule in rules]
    return "\n".join([_GENERATED, f"# {letter} {_LETTERS[letter]}\n", *entries])


def _entry(rule: Rule, note: Note, sample: Sample, figures: Mapping[str, Any]) -> str:
    severity = rule.severity
    examples = [f"- 会报：{sample.faulty}", f"- 不会报：{sample.right}"] if sample.faulty else []
    return "\n".join(
        [
            f"## {rule.code} {rule.title}\n",
            f"{severity.value}（{TASKS[severity]}）。{work_of(rule.code).value}。依据：{rule.source}。"
            f"看{_SCOPES[rule.scope]}。从 {note.since} 版起。\n",
            f"为什么：{note.why}\n",
            *examples,
            f"- 确实没错：{_excuse(rule)}",
            f"- 误报：{_rate(rule, figures)}\n",
        ]
    )


def _excuse(rule: Rule) -> str:
    if not rule.waivable:
        return "不能豁免，照办法改正。"
    if rule.code.startswith("B"):  # It is about gazette.toml, which holds no waivers.
        return "在“校核”的“关闭”里写上。"
    learn = "；本地的名称、用语，`python3 build.py learn 词`" if is_about_words(rule.code) else ""
    return f'`python3 build.py waive 位置 {rule.code} "理由"`{learn}。本刊不查的，在“校核”的“关闭”里写上。'


def _rate(rule: Rule, figures: Mapping[str, Any]) -> str:
    found: int | None = figures["findings"].get(rule.code)
    if found is None:
        return "没有量过（要看整个档案）。"
    characters: int = figures["characters"]
    if not found:
        return f"在 {characters // 10_000} 万字法律和公文上没有报。"
    rate = found * PER / characters
    return (
        f"在 {characters // 10_000} 万字法律和公文上报 {found} 处，每 5 万字 {rate:.2f} 处；"
        "原文真有的问题也在内，所以是上限。"
    )


def main() -> None:
    """Write the pages, and remove what is no page any more."""
    texts = pages()
    folder = ROOT / FOLDER
    folder.mkdir(exist_ok=True)
    for path in folder.glob("*.md"):
        if f"{FOLDER}/{path.name}" not in texts:
            path.unlink()
    for path, text in texts.items():
        (ROOT / path).write_text(text, "utf-8")


if __name__ == "__main__":
    main()
