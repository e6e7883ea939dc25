"""A short run of the fuzz target, and inputs designed to be slow."""

from __future__ import annotations

import random
import resource
from itertools import islice
from pathlib import Path

import pytest

from tests.conftest import DOCUMENT
from tests.fuzz.target import Project, inputs, texts
from tests.killable_processes import start_process

HEAD = DOCUMENT[: DOCUMENT.rindex("---") + 4] + "\n"
TIMEOUT = 120
"""Seconds of processor time after which an input counts as hanging; none takes a tenth of it."""
LONGEST_WAIT = 10 * TIMEOUT
"""Seconds after which one that waits for something counts as hanging, however busy the machine is."""
SLOW = {
    "stars": "*" * 50_000,
    "pairs of stars": "**甲" * 20_000,
    "brackets": "[" * 50_000,
    "picture heads": "![" * 20_000,
    "backslashes": "\\" * 50_000,
    "full-width brackets": "（" * 50_000 + "）" * 50_000,
    "book-title marks": "《甲》（" * 20_000,
    "nested containers": "::: 附件\n" * 3_000,
    "closed containers": "::: 附件\n" * 500 + ":::\n" * 500,
    "a table of bars": "|" * 50_000,
    "a wide table": "|" + " 甲 |" * 3_000 + "\n|" + " --- |" * 3_000 + "\n|" + " 乙 |" * 3_000,
    "a long table": "| 甲 | 乙 |\n| --- | --- |\n" + "| ^^ | 1 |\n" * 5_000,
    "numbers": "〔2026〕" * 20_000,
    "document numbers": "柳政办发〔2026〕3号" * 5_000,
    "repealed documents": "决定废止下列文件："
    + "、".join(f"《甲办法》（柳政发〔2019〕{n}号）" for n in range(1, 2_000)),
    "words of repeal": "甲号废止〔2019〕" * 10_000,
    "articles": "第一条 甲。\n\n" * 5_000,
    "headings": "## 一、甲\n\n" * 3_000,
    "one long line": "甲" * 200_000,
    "one long word": "a" * 200_000,
    "spaces": "甲" + " " * 100_000 + "乙",
    "digits": "1" * 100_000,
    "doubled words": "进行" * 50_000,
    "quotes": "“" * 30_000,
    "dates": "2026年1月1日至2025年1月1日" * 3_000,
    "roster": "::: 名单\n" + "组长 | 王 | 县长\n" * 3_000 + ":::",
}


@pytest.fixture
def small(tmp_path: Path) -> Project:
    return Project(tmp_path)


@pytest.mark.parametrize("seed", range(4))
def test_only_findings_come_of_anything(small: Project, seed: int) -> None:
    chance = random.Random(seed)
    for _, text in zip(range(150), texts(chance), strict=False):
        small.run(text, chance)


@pytest.mark.parametrize("seed", range(2))
def test_only_findings_come_of_settings_and_departments_files(small: Project, seed: int) -> None:
    chance = random.Random(seed)
    others = (each for each in inputs(chance, small) if each.kind not in ("document", "build"))
    for each in islice(others, 200):
        small.process(each, chance)


def test_a_build_writes_nothing_beside_its_output(small: Project) -> None:
    chance = random.Random(3)
    given = (text.encode("utf-8", "surrogatepass") for text in islice(texts(chance), 20))
    assert sum(small.build(each, chance) for each in given) > 0


@pytest.mark.parametrize("name", SLOW)
def test_nothing_hangs(tmp_path: Path, name: str) -> None:
    process = start_process(_run, tmp_path, HEAD + SLOW[name] + "\n")
    process.join(LONGEST_WAIT)
    hung = process.is_alive()
    process.kill()
    assert not hung and process.exitcode == 0


def _run(folder: Path, text: str) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (TIMEOUT, TIMEOUT))
    Project(folder).run(text, random.Random(1))
