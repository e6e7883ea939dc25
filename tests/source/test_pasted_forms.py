"""What clerks paste, by kinds, in pasted_forms.txt: what is printed of it, and what the check says.

A character that is printed differently, or not at all, has a finding. ⟦ ⟧ encloses what an editor would not show.
Lines after ``-- 印`` are the printed texts (none where an error keeps the document from being printed), those after
``-- 报`` the findings about form: code, line of the input, severity.
"""

from __future__ import annotations

import re
import shutil
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from liulin_gazette.model.diagnostics import Diagnostic
from liulin_gazette.model.document import FullText
from liulin_gazette.model.published_texts import body_lines
from liulin_gazette.pipeline.examination import examine
from liulin_gazette.source.loader import load_issues
from tests.conftest import DOCUMENT, ROOT

FILE = Path(__file__).with_name("pasted_forms.txt")
HEAD = DOCUMENT.rpartition("---\n")[0] + "---\n\n"
HIDDEN = {"TAB": "\t", "CR": "\r", "换行": "\n"}
CODES = re.compile(r"S0[126]\d|S07\d|S04[01]|T0\d\d")
"""Findings about form; those about numbers, people and the series are tested elsewhere."""


@dataclass(frozen=True)
class Form:
    name: str
    text: str
    printed: str
    said: str


def revealed(text: str) -> str:
    """Return ``text`` with the characters that ⟦ ⟧ name."""

    def character(match: re.Match[str]) -> str:
        name = match[1]
        return chr(int(name[2:], 16)) if name.startswith("U+") else HIDDEN[name]

    return re.sub("⟦(.+?)⟧", character, text)


def hidden(text: str) -> str:
    """Return ``text`` with what an editor would not show as ⟦ ⟧."""
    for name, character in HIDDEN.items():
        text = text.replace(character, f"⟦{name}⟧")
    return re.sub(
        "[\u00a0\u00ad\u200b-\u200f\u2003\u2028\u2029\u2060\u3164\ufeff\ue000-\uf8ff]",
        lambda match: f"⟦U+{ord(match[0]):04X}⟧",
        text,
    )


def forms() -> list[Form]:
    found: list[Form] = []
    for block in FILE.read_text("utf-8").split("\n== ")[1:]:
        name, _, rest = block.partition("\n")
        text, _, rest = rest.partition("\n-- 印")
        printed, _, said = rest.partition("\n-- 报")
        found.append(Form(name, text, printed.strip("\n"), said.strip("\n")))
    return found


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[str, str]]:
    """Return what is printed of each form, and what is said of it; each is a document of one issue."""
    return outcomes_of(forms(), tmp_path_factory.mktemp("pasted"))


def outcomes_of(given: list[Form], root: Path) -> dict[str, tuple[str, str]]:
    folder = root / "content/2026-1"
    folder.mkdir(parents=True)
    shutil.copy(ROOT / "content/gazette.toml", root / "content")
    names = {f"{number:03}.md": form for number, form in enumerate(given, 1)}
    (folder / "issue.toml").write_text(
        '"年" = 2026\n"期" = 1\n"总期号" = 30\n"出版日期" = 2026-02-28\n\n[["栏目"]]\n"名称" = "县政府部门文件"\n'
        f'"文件" = [{", ".join(f"{name!r}" for name in names)}]\n',
        "utf-8",
    )
    for number, (name, form) in enumerate(names.items(), 1):
        head = HEAD.replace("〔2026〕9号", f"〔2026〕{number}号")
        (folder / name).write_bytes((head + revealed(form.text) + "\n").encode())
    said: dict[str, list[Diagnostic]] = defaultdict(list)
    for each in examine(root).diagnostics:
        if CODES.fullmatch(each.code):
            said[each.place.path.rpartition("/")[2]].append(each)
    publication, _ = load_issues(root, ["2026-1"])
    assert publication is not None
    printed = {document.path.rpartition("/")[2]: document for document in publication.issues[0].full_texts}
    return {
        form.name: (
            "\n".join(shown(printed[name])) if name in printed else "",
            "\n".join(line for line in summary(said[name])),
        )
        for name, form in names.items()
    }


def shown(document: FullText) -> Iterator[str]:
    for line in body_lines(document.blocks):
        yield hidden(" ‖ ".join(f"{text.role.value}：{text.label}{text.text}" for text in line))


def summary(diagnostics: list[Diagnostic]) -> Iterator[str]:
    above = HEAD.count("\n")
    for each in sorted(diagnostics, key=lambda each: (each.place.line, each.place.column, each.code)):
        yield f"{each.code} {each.place.line - above} {each.severity.value}"


@pytest.mark.parametrize("form", forms(), ids=lambda form: form.name)
def test_what_is_pasted_is_printed_or_reported(form: Form, outcomes: dict[str, tuple[str, str]]) -> None:
    assert outcomes[form.name] == (form.printed, form.said)


@pytest.mark.parametrize("form", forms(), ids=lambda form: form.name)
def test_no_character_changes_without_a_finding(form: Form, outcomes: dict[str, tuple[str, str]]) -> None:
    printed, said = outcomes[form.name]
    has_blocks = any(mark in form.text for mark in (":::", "[^", "\n|"))
    if printed and not said and not has_blocks:
        plain = re.sub(r"(?m)^#{1,6} |\\(?=[#*<&\n])|\*\*|\s", "", revealed(form.text))
        roles = re.sub(r"(?m)^[^：]+：", "", printed)
        assert re.sub(r"\s", "", revealed(roles)) == plain


def test_there_are_forms_of_many_kinds() -> None:
    assert len(forms()) >= 60
