"""Measure this program and its peers on one issue, print the table and write its section of docs/性能.md."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path[:0] = [str(ROOT), str(HERE)]
# These can only be imported after the line above: this file is run as a script.

import pikepdf  # noqa: E402 -- the lines above make it importable
import psutil  # noqa: E402 -- the lines above make it importable
from measure import Run, measure  # noqa: E402 -- the lines above make it importable
from performance_page import write_section  # noqa: E402 -- the lines above make it importable
from typst_source import typst_source  # noqa: E402 -- the lines above make it importable
from whole_issue import WholeIssue, whole_issue  # noqa: E402 -- the lines above make it importable

BIN = ROOT / ".cache" / "benchmarks" / "node_modules" / ".bin"
LIMIT = 300.0
"""Seconds after which a peer is stopped."""
ROUNDS = 3
"""Timed runs of each; the fastest counts, since every disturbance makes a run slower. One more run measures
memory."""
PROJECT = ("build.py", "content", "liulin_gazette", "templates", "fonts")
"""Files and folders that make a copy of the project."""
ENVIRON = {
    **{name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"},
    "PYTHONPATH": str(ROOT),
}
"""Python may keep compiled modules, as it does wherever the program is installed: else each run compiles hundreds."""
BROWSER = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--allow-file-access-from-files",
)
TYPST = (
    "import sys, typst; typst.compile(sys.argv[1], output=sys.argv[2], root='/', font_paths=[sys.argv[3]])"
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """The measurements of one way of typesetting."""

    name: str
    cold: Run
    edited: Run | None
    """After a word was changed."""
    size: int
    """Bytes of the PDF."""
    pages: int


@dataclass(frozen=True, slots=True)
class Peer:
    """A typesetter that makes a PDF from one input file."""

    name: str
    command: tuple[str, ...]
    """With the placeholders ``{input}`` and ``{output}``."""
    suffix: str = ".html"


def main() -> int:
    """Measure everything and write the report."""
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        before = project_copy(scratch / "before")
        after = project_copy(scratch / "after")
        edited_file = edit(after)
        original, edited = whole_issue(before, scratch), whole_issue(after, scratch)
        shutil.rmtree(before / ".cache" / "layouts", ignore_errors=True)
        outcomes = [measure_program(before, after / edited_file, edited_file, scratch)]
        print_row(outcomes[0])
        chromium = browser(scratch)
        for peer in peers(before, chromium):
            files = write_inputs(peer, original, edited, before, scratch)
            outcomes.append(measure_peer(peer, files, scratch, chromium))
            print_row(outcomes[-1])
    write_section("排印一期", section(outcomes))
    return 0


def project_copy(target: Path) -> Path:
    """Copy the project without the results of builds, but with the prepared fonts; return the copy's folder."""
    target.mkdir()
    for name in PROJECT:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, target / name, ignore=shutil.ignore_patterns("__pycache__"))
        elif source.is_file():
            shutil.copy(source, target / name)
    if (ROOT / ".cache" / "fonts").is_dir():
        shutil.copytree(ROOT / ".cache" / "fonts", target / ".cache" / "fonts")
    return target


def edit(project: Path) -> str:
    """Change one word in a document in the middle of the newest issue; return the document's project path."""
    folder = sorted((project / "content").glob("*/issue.toml"))[-1].parent
    documents = sorted(folder.glob("*.md"))
    file = documents[len(documents) // 2]
    text = file.read_text("utf-8")
    head, body = text.split("\n---\n", 1)
    file.write_text(head + "\n---\n" + body.replace("工作", "各项工作", 1), "utf-8")
    return file.relative_to(project).as_posix()


def measure_program(project: Path, edited: Path, path: str, scratch: Path) -> Outcome:
    """Measure a build by this program: the site and all PDFs.

    ``edited`` replaces the document at the project path ``path`` for the second measurement.
    """
    command = [sys.executable, "-m", "liulin_gazette"]
    environ = {**ENVIRON, "PYTHONPATH": str(project)}
    cold_runs: list[Run] = []
    edited_runs: list[Run] = []
    original = (project / path).read_bytes()
    for turn in range(ROUNDS + 1):
        watch = turn == ROUNDS
        for result in (project / "output", *(project / ".cache").glob("*")):
            if result.name != "fonts":
                _remove(result)
        (project / path).write_bytes(original)
        cold_runs.append(measure(command, project, scratch / "program.log", environ, LIMIT, watch))
        shutil.copy(edited, project / path)
        edited_runs.append(measure(command, project, scratch / "program.log", environ, LIMIT, watch))
    pdf = next((project / "output" / "site").glob("*/*/liulin-gazette-*.pdf"), None)
    size, pages = _size_and_pages(pdf)
    return Outcome("本程序（网站和全部 12 个 PDF）", _best(cold_runs), _best(edited_runs), size, pages)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def browser(scratch: Path) -> str:
    """Return a command that starts Chromium without screen, network and sandbox, which root cannot use."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome") or "chromium"
    wrapper = scratch / "browser"
    wrapper.write_text(f'#!/bin/sh\nexec {chromium} {" ".join(BROWSER)} "$@"\n', "utf-8")
    wrapper.chmod(0o755)
    return str(wrapper)


def peers(project: Path, chromium: str) -> Iterator[Peer]:
    """Yield the peers, with their commands on this machine."""
    yield Peer("WeasyPrint 直接排", (sys.executable, "-m", "weasyprint", "{input}", "{output}"))
    yield Peer(
        "Chromium headless",
        (chromium, "--headless", "--no-pdf-header-footer", "--print-to-pdf={output}", "{input}"),
    )
    yield Peer(
        "pagedjs-cli",
        (str(BIN / "pagedjs-cli"), "-i", "{input}", "-o", "{output}", "-t", "290000"),
    )
    yield Peer(
        "Vivliostyle",
        (
            *(str(BIN / "vivliostyle"), "build", "-d", "{input}", "-o", "{output}"),
            *("--executable-browser", chromium),
        ),
    )
    fonts = str(project / ".cache" / "fonts")
    yield Peer("Typst", (sys.executable, "-c", TYPST, "{input}", "{output}", fonts), ".typ")


def write_inputs(
    peer: Peer, original: WholeIssue, edited: WholeIssue, project: Path, scratch: Path
) -> tuple[Path, Path]:
    """Write the input of ``peer`` before and after the edit; return both files."""
    files = (scratch / f"issue{peer.suffix}", scratch / f"edited{peer.suffix}")
    for file, issue in zip(files, (original, edited), strict=True):
        if peer.suffix == ".html":
            text = issue.html
        else:
            families = {face.role: family_name(face.file) for face in issue.faces}
            text = typst_source(issue.publication, issue.issue, families, project)
        file.write_text(text, "utf-8")
    return files


def family_name(file: Path) -> str:
    """Return the family name in the font ``file``."""
    from fontTools.ttLib import TTFont

    with TTFont(file) as font:
        return str(font["name"].getBestFamilyName())


def measure_peer(peer: Peer, files: tuple[Path, Path], scratch: Path, chromium: str) -> Outcome:
    """Measure ``peer`` on its two inputs, the issue before and after the edit."""
    output = scratch / "peer.pdf"
    environ = {
        **ENVIRON,
        "PUPPETEER_EXECUTABLE_PATH": chromium,
        "HOME": str(scratch),
    }
    runs: list[list[Run]] = [[], []]
    size = pages = 0
    for index, file in enumerate(files):
        for turn in range(ROUNDS + 1):
            output.unlink(missing_ok=True)
            words = [word.format(input=file, output=output) for word in peer.command]
            if not Path(words[0]).exists():
                return Outcome(peer.name, Run(0, 0, "没有安装"), None, 0, 0)
            run = measure(words, scratch, scratch / "peer.log", environ, LIMIT, turn == ROUNDS)
            if not run.failure and not output.is_file():
                run = Run(run.seconds, run.memory, "没有写出 PDF")
            runs[index].append(run)
            if run.failure:
                return Outcome(peer.name, run, None, 0, 0)
        size, pages = _size_and_pages(output)
    return Outcome(peer.name, _best(runs[0]), _best(runs[1]), size, pages)


def _best(runs: list[Run]) -> Run:
    """Return the fastest of the timed runs, with the memory of the last run, which measured it."""
    failed = [run for run in runs if run.failure]
    if failed:
        return failed[0]
    return replace(min(runs[:-1], key=lambda run: run.seconds), memory=runs[-1].memory)


def _size_and_pages(pdf: Path | None) -> tuple[int, int]:
    """Return the bytes and the number of pages of ``pdf``, 0 where there is none."""
    if pdf is None or not pdf.is_file():
        return 0, 0
    opened = pikepdf.open(pdf)
    with opened:
        return pdf.stat().st_size, len(opened.pages)


def print_row(outcome: Outcome) -> None:
    """Print the line of ``outcome`` at once."""
    print(row(outcome), flush=True)


def row(outcome: Outcome) -> str:
    """Return the line of ``outcome`` in the report's table."""
    if outcome.cold.failure:
        return f"| {outcome.name} | 未完成：{outcome.cold.failure} | | | | |"
    edited = outcome.edited
    after = "" if edited is None else edited.failure or f"{edited.seconds:.2f}"
    memory = max(outcome.cold.memory, edited.memory if edited else 0) / 2**20
    return (
        f"| {outcome.name} | {outcome.cold.seconds:.2f} | {after} | {memory:.0f} | "
        f"{outcome.size / 1000:.0f} | {outcome.pages} |"
    )


def section(outcomes: list[Outcome]) -> str:
    """Return the section of docs/性能.md."""
    template = (HERE / "report.md").read_text("utf-8")
    return template.format(rows="\n".join(row(outcome) for outcome in outcomes), machine=machine())


def machine() -> str:
    """Return a description of this machine and of the versions that were measured."""
    model = platform.processor() or platform.machine()
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.is_file():
        models = [
            line.split(":", 1)[1].strip()
            for line in cpuinfo.read_text("utf-8").splitlines()
            if line.startswith("model name")
        ]
        model = models[0] if models else model
    memory = psutil.virtual_memory().total / 2**30
    chromium = shutil.which("chromium")
    version = (
        subprocess.run([chromium, "--version"], capture_output=True, text=True, check=False).stdout.split()[1]
        if chromium
        else "没有安装"
    )
    return (
        f"{model}，{os.cpu_count()} 核，{memory:.0f} GiB 内存，{platform.system()}，"
        f"Python {platform.python_version()}，Chromium {version}"
    )


if __name__ == "__main__":
    sys.exit(main())
