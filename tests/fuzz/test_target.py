"""A short run of the fuzz target, and inputs designed to be slow."""

from __future__ import annotations

import math
import random
import resource
import time
from itertools import islice
from pathlib import Path

import pytest

from tests.conftest import DOCUMENT
from tests.fuzz.target import Project, inputs, texts
from tests.killable_processes import start_process

HEAD = DOCUMENT[: DOCUMENT.rindex("---") + 4] + "\n"
INPUTS = 70
"""Of each seed here; ``python3 -m tests.fuzz.target`` tries as many as one has time for."""
TIMEOUT = 15
"""Seconds of processor time after which an input counts as hanging; none takes a fifth of it."""
LONGEST_WAIT = 100 * TIMEOUT
"""Seconds after which they count as hanging if one waits for something, however busy the machine is."""
SLOW = {
    "stars": "*" * 50_000,
    "pairs of stars": "**甲" * 4_000,
    "brackets": "[" * 50_000,
    "picture heads": "![" * 20_000,
    "backslashes": "\\" * 50_000,
    "full-width brackets": "（" * 50_000 + "）" * 50_000,
    "book-title marks": "《甲》（" * 20_000,
    "nested containers": "::: 附件\n" * 750,
    "closed containers": "::: 附件\n" * 200 + ":::\n" * 200,
    "a table of bars": "|" * 50_000,
    "a wide table": "|" + " 甲 |" * 1_000 + "\n|" + " --- |" * 1_000 + "\n|" + " 乙 |" * 1_000,
    "a long table": "| 甲 | 乙 |\n| --- | --- |\n" + "| ^^ | 1 |\n" * 1_200,
    "numbers": "〔2026〕" * 20_000,
    "document numbers": "柳政办发〔2026〕3号" * 2_000,
    "repealed documents": "决定废止下列文件："
    + "、".join(f"《甲办法》（柳政发〔2019〕{n}号）" for n in range(1, 500)),
    "words of repeal": "甲号废止〔2019〕" * 10_000,
    "articles": "第一条 甲。\n\n" * 1_200,
    "headings": "## 一、甲\n\n" * 750,
    "one long line": "甲" * 200_000,
    "one long word": "a" * 200_000,
    "spaces": "甲" + " " * 100_000 + "乙",
    "digits": "1" * 100_000,
    "doubled words": "进行" * 50_000,
    "quotes": "“" * 30_000,
    "dates": "2026年1月1日至2025年1月1日" * 3_000,
    "roster": "::: 名单\n" + "组长 | 王 | 县长\n" * 1_000 + ":::",
}


@pytest.fixture
def small(tmp_path: Path) -> Project:
    return Project(tmp_path)


@pytest.mark.parametrize("seed", range(4))
def test_only_findings_come_of_anything(small: Project, seed: int) -> None:
    chance = random.Random(seed)
    for _, text in zip(range(INPUTS), texts(chance), strict=False):
        small.run(text, chance)


@pytest.mark.parametrize("seed", range(2))
def test_only_findings_come_of_settings_and_departments_files(small: Project, seed: int) -> None:
    chance = random.Random(seed)
    others = (each for each in inputs(chance, small) if each.kind not in ("document", "build"))
    for each in islice(others, INPUTS):
        small.process(each, chance)


def test_a_build_writes_nothing_beside_its_output(small: Project) -> None:
    chance = random.Random(3)
    given = (text.encode("utf-8", "surrogatepass") for text in islice(texts(chance), 12))
    assert sum(small.build(each, chance) for each in given) > 0


def test_nothing_hangs(tmp_path: Path) -> None:
    """One process reads them all, for it takes longer than most of them to be ready."""
    begun = tmp_path / "begun"
    process = start_process(_run, tmp_path / "project", begun)
    process.join(LONGEST_WAIT)
    hung = process.is_alive()
    process.kill()
    names = begun.read_text("utf-8").splitlines()
    assert not hung and process.exitcode == 0, f"{names[-1]}：没有结束"
    assert names == list(SLOW)


def _run(folder: Path, begun: Path) -> None:
    """Read each of ``SLOW``, and write into ``begun`` which; the process is killed if one takes more than its time."""
    project = Project(folder)
    for name, text in SLOW.items():
        with begun.open("a", encoding="utf-8") as file:
            file.write(f"{name}\n")
        limit = math.ceil(time.process_time()) + TIMEOUT
        resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.getrlimit(resource.RLIMIT_CPU)[1]))
        project.run(HEAD + text + "\n", random.Random(1))
