"""Measure the gazette and its peers on one issue, print the table and write its section of docs/性能.md."""

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
# Below the line above, since these stand beside this file, which is run and not imported.

import pikepdf  # noqa: E402
import psutil  # noqa: E402
from measure import Run, measured  # noqa: E402
from performance_page import write_section  # noqa: E402
from typst_source import typst_source  # noqa: E402
from whole_issue import Whole, whole_issue  # noqa: E402

BIN = ROOT / ".cache" / "benchmarks" / "node_modules" / ".bin"
LIMIT = 300.0
"""Seconds after which a peer is stopped."""
ROUNDS = 3
"""Timed runs of each; the quickest counts, since all that disturbs a run makes it slower. One more looks at
the memory."""
PROJECT = ("build.py", "content", "liulin_gazette", "templates", "fonts")
ENVIRON = {**os.environ, "PYTHONPATH": str(ROOT)}
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
    """What one way of typesetting needed."""

    name: str
    cold: Run
    edited: Run | None
    size: int
    pages: int


@dataclass(frozen=True, slots=True)
class Peer:
    """A typesetter that makes one PDF of one input file."""

    name: str
    command: tuple[str, ...]
    """With ``{input}`` and ``{output}`` to fill in."""
    suffix: str = ".html"


def main() -> int:
    """Measure everything and write the report."""
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        before = project_copy(scratch / "before")
        after = project_copy(scratch / "after")
        edited_file = edit(after)
        whole, changed = whole_issue(before, scratch), whole_issue(after, scratch)
        shutil.rmtree(before / ".cache" / "layouts", ignore_errors=True)
        outcomes = [own(before, after / edited_file, edited_file, scratch)]
        print_row(outcomes[0])
        chromium = browser(scratch)
        for peer in peers(before, chromium):
            files = inputs(peer, whole, changed, before, scratch)
            outcomes.append(of_peer(peer, files, scratch, chromium))
            print_row(outcomes[-1])
    report = page(outcomes)
    write_section("排印一期", report)
    return 0


def project_copy(target: Path) -> Path:
    """Copy the project without what builds have made, fonts excepted."""
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
    """Change one word in one document of the middle of the newest issue; return its project path."""
    folder = sorted((project / "content").glob("*/issue.toml"))[-1].parent
    documents = sorted(folder.glob("*.md"))
    file = documents[len(documents) // 2]
    text = file.read_text("utf-8")
    head, body = text.split("\n---\n", 1)
    file.write_text(head + "\n---\n" + body.replace("工作", "各项工作", 1), "utf-8")
    return file.relative_to(project).as_posix()


def own(project: Path, edited: Path, path: str, scratch: Path) -> Outcome:
    """Measure the gazette's own build: site, reading, single, print and booklet PDFs."""
    command = [sys.executable, "-m", "liulin_gazette"]
    environ = {**ENVIRON, "PYTHONPATH": str(project)}
    colds: list[Run] = []
    edits: list[Run] = []
    original = (project / path).read_bytes()
    for turn in range(ROUNDS + 1):
        watch = turn == ROUNDS
        for made in (project / "output", *(project / ".cache").glob("*")):
            if made.name != "fonts":
                _remove(made)
        (project / path).write_bytes(original)
        colds.append(measured(command, project, scratch / "own.log", environ, LIMIT, watch))
        shutil.copy(edited, project / path)
        edits.append(measured(command, project, scratch / "own.log", environ, LIMIT, watch))
    pdf = next((project / "output" / "site").glob("*/*/liulin-gazette-*.pdf"), None)
    size, pages = _told(pdf)
    return Outcome("本程序（网站和全部 12 个 PDF）", _best(colds), _best(edits), size, pages)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def browser(scratch: Path) -> str:
    """Return a command for Chromium that needs neither a screen, a sandbox (for root) nor a network."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome") or "chromium"
    wrapper = scratch / "browser"
    wrapper.write_text(f'#!/bin/sh\nexec {chromium} {" ".join(BROWSER)} "$@"\n', "utf-8")
    wrapper.chmod(0o755)
    return str(wrapper)


def peers(project: Path, chromium: str) -> Iterator[Peer]:
    """Yield the peers with the commands that this machine runs them by."""
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


def inputs(peer: Peer, whole: Whole, changed: Whole, project: Path, scratch: Path) -> tuple[Path, Path]:
    """Write the input of ``peer`` before and after the edit."""
    files = (scratch / f"issue{peer.suffix}", scratch / f"edited{peer.suffix}")
    for file, state in zip(files, (whole, changed), strict=True):
        if peer.suffix == ".html":
            text = state.html
        else:
            families = {face.role: family_name(face.file) for face in state.faces}
            text = typst_source(state.publication, state.issue, families, project)
        file.write_text(text, "utf-8")
    return files


def family_name(file: Path) -> str:
    """Return the family that ``file`` names itself by."""
    from fontTools.ttLib import TTFont

    with TTFont(file) as font:
        return str(font["name"].getBestFamilyName())


def of_peer(peer: Peer, files: tuple[Path, Path], scratch: Path, chromium: str) -> Outcome:
    """Measure ``peer`` on the issue and on the issue after the edit."""
    output = scratch / "peer.pdf"
    environ = {
        **ENVIRON,
        "PUPPETEER_EXECUTABLE_PATH": chromium,
        "HOME": str(scratch),
    }
    runs: list[list[Run]] = [[], []]
    size = pages = 0
    for which, file in enumerate(files):
        for turn in range(ROUNDS + 1):
            output.unlink(missing_ok=True)
            words = [word.format(input=file, output=output) for word in peer.command]
            if not Path(words[0]).exists():
                return Outcome(peer.name, Run(0, 0, "没有安装"), None, 0, 0)
            run = measured(words, scratch, scratch / "peer.log", environ, LIMIT, turn == ROUNDS)
            if not run.failure and not output.is_file():
                run = Run(run.seconds, run.memory, "没有写出 PDF")
            runs[which].append(run)
            if run.failure:
                return Outcome(peer.name, run, None, 0, 0)
        size, pages = _told(output)
    return Outcome(peer.name, _best(runs[0]), _best(runs[1]), size, pages)


def _best(runs: list[Run]) -> Run:
    """Return the quickest of the timed runs, with the memory of the last, which was watched."""
    failed = [run for run in runs if run.failure]
    if failed:
        return failed[0]
    return replace(min(runs[:-1], key=lambda run: run.seconds), memory=runs[-1].memory)


def _told(pdf: Path | None) -> tuple[int, int]:
    if pdf is None or not pdf.is_file():
        return 0, 0
    opened = pikepdf.open(pdf)
    with opened:
        return pdf.stat().st_size, len(opened.pages)


def print_row(outcome: Outcome) -> None:
    """Print ``outcome`` as soon as it is known."""
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


def page(outcomes: list[Outcome]) -> str:
    """Return the section of docs/性能.md."""
    template = (HERE / "report.md").read_text("utf-8")
    return template.format(rows="\n".join(row(each) for each in outcomes), machine=machine())


def machine() -> str:
    """Describe this machine and the versions that were measured."""
    model = platform.processor() or platform.machine()
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.is_file():
        names = [
            line.split(":", 1)[1].strip()
            for line in cpuinfo.read_text("utf-8").splitlines()
            if line.startswith("model name")
        ]
        model = names[0] if names else model
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
