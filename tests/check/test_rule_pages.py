"""docs/规则/: each rule has what its page is made from, and the pages are what the generator writes now."""

from __future__ import annotations

from liulin_gazette.check.rules import RULES
from scripts.measure_rules import MEASURED
from scripts.write_rule_pages import FOLDER, pages, read_figures, read_notes, read_samples
from tests.conftest import ROOT

ALL = {rule.code for rule in RULES}


def test_every_rule_says_why_and_since_when() -> None:
    notes = read_notes()
    assert not (missing := sorted(ALL - notes.keys())), f"add these to scripts/rule_notes.tsv: {missing}"
    assert notes.keys() == ALL, "scripts/rule_notes.tsv has codes that no rule has"
    for code, note in notes.items():
        assert note.why.endswith("。") and note.since.count(".") == 2, code


def test_every_rule_has_its_row_with_examples() -> None:
    samples = read_samples()
    assert not (missing := sorted(ALL - samples.keys())), f"add these to docs/诊断代码.md: {missing}"
    for code in ALL:
        assert code.startswith("B") or all(samples[code]), code


def test_every_rule_is_measured() -> None:
    figures = read_figures()
    wanted = {rule.code for rule in RULES if rule.scope in MEASURED}
    missing = sorted(wanted ^ figures["findings"].keys())
    assert not missing, f"run .venv/bin/python scripts/measure_rules.py: {missing}"
    assert figures["characters"] > 400_000


def test_the_pages_are_what_the_generator_writes() -> None:
    written = {f"{FOLDER}/{file.name}": file.read_text("utf-8") for file in (ROOT / FOLDER).glob("*.md")}
    assert written == pages(), "run .venv/bin/python scripts/write_rule_pages.py"
