"""The fuzz target: random documents, settings and manuscripts, which may lead to findings only, never to a traceback.

``python3 -m tests.fuzz.target --inputs 100000 --seed 1`` is a long run, which prints each failure: a traceback,
more than two seconds of work, a place outside the file, a file written outside the output. Inputs are the real documents
with pieces removed, doubled, moved and inserted, texts made of Markdown marks only, mutated settings and records,
and damaged Word files and PDFs; now and then a small project is built from them.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

from liulin_gazette.cache.fingerprint import fingerprint
from liulin_gazette.check import apply_waivers, check_issue, check_series
from liulin_gazette.check.published_issues import silent_changes
from liulin_gazette.editing.fixes import fixed_text
from liulin_gazette.editing.new_files import document_text
from liulin_gazette.intake.document_recognition.recognition import recognise
from liulin_gazette.intake.manuscript import IntakeError, Manuscript
from liulin_gazette.intake.pdf_files.pdf_file import read_pdf
from liulin_gazette.intake.text_files.plain_text import read_text
from liulin_gazette.intake.word_files.word_file import read_word
from liulin_gazette.model.document_number import NumberFormatError, canonical_form, parse
from liulin_gazette.model.publication import Publication
from liulin_gazette.pipeline.issue_reading import pack, unpack, without_texts
from liulin_gazette.pipeline.stages import Wanted, build
from liulin_gazette.rendering.templates import Templates, read_templates
from liulin_gazette.rendering.templating import environment
from liulin_gazette.source.folder import read_folder
from liulin_gazette.source.loader import load_series
from liulin_gazette.web.references import References
from liulin_gazette.web.site import issue_contexts, issue_files
from tests.conftest import DOCUMENT, ROOT, write_templates
from tests.fuzz.files import CHANGES, CONTACTS, LIST, RECORD, SETTINGS, Input, damaged, settings, small_pdf
from tests.intake.word_files import word_file
from tests.loading import load

TIME_LIMIT = 2.0
"""Seconds of CPU time that an input may take, so that a busy machine does not matter."""
BUILD_TIME_LIMIT = 20.0
KIND_WEIGHTS = {"document": 600, "settings": 250, "docx": 100, "pdf": 50, "build": 5}
"""Relative frequency of each kind of input."""
PIECES = (
    "---\n", "标题: ", "发文字号: ", "政策咨询:\n  ", "  电话: 1\n", ": ", "- ", "'", '"', "{", "}", "[", "]", "&a ", "*a ", "!!python/object ", "|", ">",
    "#", "## ", "### ", "#### ", "##### ", "###### ", "# ", "::: ", ":::", "::: 附件 1 ", "::: 名单\n", "::: 落款\n", "::: 表 ", "::: 注\n", "| ", " |\n", "| --- ",
    "^^", "<<", " \\ ", "**", "*", "_", "`", "\\", "![", "](", ")", "原图待补", "<b>", "<!--", "&amp;", "〔2026〕", "〔", "〕", "号", "第", "第一条 ", "一、",
    "（一）", "1. ", "（1）", "《", "》", "“", "”", "……", "，", "。", "；", "：", "\t", "\u3000", "\u200b", "\ufeff", "\u2028", "\U00020000", "\0", "\r\n", "\r",
    "\n", "\n\n", " ", "0", "2026年2月30日", "柳政办发〔2026〕3号", "附件：", "政策咨询\n", "责任单位：", "组 长：王 某 县长\n", "１", "é", "🙂", "\ud7ff", "\ud800",
)  # fmt: skip


@cache
def _templates() -> Templates:
    return read_templates(ROOT)


def texts(chance: random.Random) -> Iterator[str]:
    """Yield random documents without end."""
    real = [path.read_text("utf-8") for path in sorted((ROOT / "content").glob("*/*.md"))] + [DOCUMENT]
    while True:
        if chance.random() < 0.3:
            yield "".join(chance.choices(PIECES, k=chance.randint(1, 120)))
            continue
        text = chance.choice([*real, DOCUMENT, DOCUMENT, DOCUMENT])
        start = chance.randrange(len(text)) if len(text) > 6000 and chance.random() < 0.8 else 0
        text = text[: 600 if start else None] + text[start : start + 3000] if start else text[:6000]
        for _ in range(chance.randint(1, 12)):
            text = _mutated(text, chance)
        yield text


def _mutated(text: str, chance: random.Random) -> str:
    at, to = sorted((chance.randrange(len(text) + 1), chance.randrange(len(text) + 1)))
    to = min(to, at + 200)
    match chance.randrange(6):
        case 0:
            return text[:at] + text[to:]
        case 1:
            return text[:at] + text[at:to] * chance.choice((2, 2, 3, 30)) + text[to:]
        case 2:
            other = chance.randrange(len(text) + 1)
            return text[:other] + text[at:to] + text[other:]
        case 3:
            return text[:at] + chance.choice(PIECES) * chance.choice((1, 1, 1, 2, 60)) + text[at:]
        case 4:
            return text[:at] + text[at:to][::-1] + text[to:]
        case _:
            return text[:at] + chr(chance.choice((0x20, 0x4E00, 0xFF01, 0x1F600, 0x301))) + text[at:]


def inputs(chance: random.Random, project: Project) -> Iterator[Input]:
    """Yield inputs of all kinds without end."""
    documents = texts(chance)
    departments = {"docx": project.word(), "pdf": small_pdf()}
    for kind in iter(lambda: chance.choices(list(KIND_WEIGHTS), list(KIND_WEIGHTS.values()))[0], ""):
        if kind == "settings":
            yield settings(chance, project.valid)
        elif kind in departments:
            yield damaged(chance, kind, departments[kind])
        else:
            yield Input(kind, next(documents).encode("utf-8", "surrogatepass"))


class Project:
    """A small project on disk, overwritten for each input."""

    def __init__(self, folder: Path) -> None:
        self.root = folder
        issue = folder / "content/2026-1"
        issue.mkdir(parents=True)
        gazette = (ROOT / "content/gazette.toml").read_text("utf-8")
        (folder / "content/gazette.toml").write_text(gazette, "utf-8")
        self.settings = '"年" = 2026\n"期" = 1\n"总期号" = 30\n"出版日期" = 2026-02-28\n\n[["栏目"]]\n"名称" = "甲"\n"文件" = ["01.md"]\n'
        (issue / "issue.toml").write_text(self.settings, "utf-8")
        (issue / "01.md").write_text(DOCUMENT, "utf-8")
        self.valid = {
            "gazette.toml": gazette + CHANGES,
            "contacts.toml": CONTACTS,
            "issue.toml": self.settings.replace("\n\n", '\n"上网时间" = 2026-03-01 09:00:00\n\n', 1),
            "published.json": RECORD,
            "list": LIST,
        }

    def word(self) -> bytes:
        """Return the valid document as a Word file."""
        publication, found = load(self.root)
        assert publication is not None, found
        return word_file(publication.issues[0].full_texts[0])

    def process(self, given: Input, chance: random.Random) -> None:
        """Read the input as the kind of file that it is, and render it if it can be read."""
        if given.kind == "document":
            self.run(given.content.decode("utf-8", "surrogatepass"), chance)
        elif given.kind == "build":
            self.build(given.content, chance)
        elif given.kind in SETTINGS:
            file = self.root / SETTINGS[given.kind]
            (self.root / "content/2026-1/01.md").write_text(DOCUMENT, "utf-8")
            before = file.read_bytes() if file.exists() else None
            self._read(file, given.content.decode("utf-8", "surrogatepass"))
            file.unlink() if before is None else file.write_bytes(before)
        else:
            self._intake((read_word if given.kind == "docx" else read_pdf), "x", given.content)

    def build(self, document: bytes, chance: random.Random) -> bool:
        """Build a project from a document and settings, and tell whether the build succeeded.

        Raises AssertionError if a file outside the output and the caches has changed.
        """
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder) / "a/b/project"
            shutil.copytree(self.root / "content", root / "content")
            write_templates(root)
            if chance.random() < 0.8:
                document = _mutated(DOCUMENT, chance).encode("utf-8", "surrogatepass")
            (root / "content/2026-1/01.md").write_bytes(document)
            if chance.random() < 0.5:
                other = settings(chance, self.valid)
                (root / SETTINGS[other.kind]).write_bytes(other.content)
            before = _files_outside_output(folder)
            result = build(root, Wanted(site_only=True, jobs=1), lambda _: None)
            assert _files_outside_output(folder) == before
            return not result.failed

    def run(self, text: str, chance: random.Random) -> None:
        """Read, check, fix and render ``text`` as a document; read it also as settings, number and manuscript."""
        issue = self.root / "content/2026-1"
        self._read(issue / "01.md", text)
        if chance.random() < 0.1:
            self._read(
                issue / "issue.toml", self.settings[: chance.randrange(len(self.settings))] + text[:300]
            )
            (issue / "issue.toml").write_text(self.settings, "utf-8")
        for line in text.split("\n")[:8]:
            canonical_form(line)
            try:
                parse(line)
            except NumberFormatError as error:
                assert error.message
        self._intake(read_text, "x.txt", text.encode("utf-8", "surrogatepass"))

    def _intake(self, read: Callable[[str, bytes], Manuscript], name: str, content: bytes) -> None:
        try:
            for draft in recognise(read(name, content)).drafts:
                document_text(draft.document)
        except IntakeError as error:
            assert str(error).endswith("。")

    def _read(self, file: Path, text: str) -> None:
        file.write_bytes(text.encode("utf-8", "surrogatepass"))
        publication, found = load(self.root)
        lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        for each in found:
            str(each).encode()
            if each.place.path.endswith(f"/{file.name}") and each.place.line:
                assert 1 <= each.place.line <= len(lines) + 1, (each, len(lines))
        if publication is not None:
            self._check_and_render(publication, text if file.suffix == ".md" else DOCUMENT)

    def _check_and_render(self, publication: Publication, text: str) -> None:
        series = replace(publication, issues=())
        checked = [check_issue(series.gazette, issue, self._source) for issue in publication.issues]
        said = [*(each for own in checked for each in own.findings)]
        said += check_series(publication, [own.cited for own in checked])
        now = {
            each.folder: read_folder(self.root, each.folder).portable_digests for each in publication.issues
        }
        listed = load_series(read_folder(self.root, "content")).published
        for found in silent_changes(publication, listed, now):
            str(found).encode()
        fingerprint(series, *map(without_texts, publication.issues))
        fixed_text(text, apply_waivers(publication, said).findings)
        cited = {each.path: own.cited for own in checked for each in own.cited}
        indexes = range(len(publication.issues))
        contexts = issue_contexts(publication, References(publication, cited), indexes)
        for issue, own in zip(publication.issues, contexts, strict=True):
            assert unpack(pack(issue)) == issue
            for path, asset in issue_files(
                series.gazette,
                series.gazette,
                issue,
                own,
                None,
                environment(_templates()),
                lambda _: b"",
            ):
                assert asset().path == path and ".." not in path and not path.startswith("/")

    def _source(self, path: str) -> bytes:
        return (self.root / path).read_bytes()


def _files_outside_output(folder: str) -> dict[str, bytes]:
    """Return the content of all files below ``folder`` but output and caches, by path."""
    root = Path(folder)
    files = {path.relative_to(root): path for path in sorted(root.rglob("*")) if path.is_file()}
    outputs = [("a", "b", "project", name) for name in ("output", ".cache")]
    return {str(at): path.read_bytes() for at, path in files.items() if at.parts[:4] not in outputs}


def main() -> int:
    """Run the target as the command line says; return 1 if an input failed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--inputs", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    failures, slowest, done = 0, 0.0, 0
    chance = random.Random(arguments.seed)
    with tempfile.TemporaryDirectory() as folder:
        project = Project(Path(folder))
        for number, each in zip(range(arguments.inputs), inputs(chance, project), strict=False):
            start = time.process_time()
            try:
                project.process(each, chance)
            except Exception:  # Any traceback is a failure.
                failures += 1
                print(
                    f"输入 {number}（{each.kind}）：\n{each.content[:20_000]!r}\n{traceback.format_exc()}",
                    flush=True,
                )
            taken = time.process_time() - start
            done += 1
            if each.kind != "build":
                slowest = max(slowest, taken)
            if taken > (BUILD_TIME_LIMIT if each.kind == "build" else TIME_LIMIT):
                failures += 1
                print(
                    f"输入 {number}（{each.kind}）用了 {taken:.1f} 秒：\n{each.content[:20_000]!r}",
                    flush=True,
                )
            if failures >= 5:
                break
    print(f"种子 {arguments.seed}：{done} 个输入，{failures} 个失败，最慢 {slowest:.2f} 秒")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
