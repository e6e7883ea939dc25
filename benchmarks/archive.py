#!/usr/bin/env python3
"""Time the site of archives of growing size beside the generators that a user would pick instead.

The one command is ``python3 benchmarks/archive.py``; it writes docs/性能-档案.md. Pelican and MkDocs (PyPI) and
Eleventy (npm) are installed below ``.cache/benchmarks/archive``; one that cannot be installed is named with the
reason. All get the same texts, as the Markdown that each knows.
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
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
TOOLS = ROOT / ".cache" / "benchmarks" / "archive"
PEERS = HERE / "archive_peers"
SIZES = (10, 100, 600, 2000)
DOCUMENTS = 10
PEERS_UP_TO = 600
LIMIT = 240.0
"""Seconds after which a run is stopped; a peer whose time would pass it at the next size is not run there."""
LAYOUT = """<!doctype html><html lang="zh-Hans"><head><meta charset="utf-8"><title>{{ title }}</title></head>
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
class Row:
    """How one generator did at one size."""

    name: str
    issues: int
    cold: str
    edited: str
    memory: str


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
    words = [str(python), __file__, "--measure", sys.executable]
    return subprocess.run(words, cwd=ROOT, check=False).returncode


def measure(own_python: str) -> int:
    """Measure every generator at every size and write the page."""
    sys.path[:0] = [str(ROOT), str(HERE)]
    from tests.synthetic_archive import write_archive

    rows: list[Row] = []
    last: dict[str, tuple[int, float]] = {}
    for issues in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            scratch = Path(folder)
            write_archive(scratch / "own", issues, DOCUMENTS)
            shutil.copytree(ROOT / "templates", scratch / "own" / "templates")
            for name, command, place in generators(scratch, own_python, issues):
                before = last.get(name)
                if before and before[1] * issues / before[0] > LIMIT and name != "本程序":
                    rows.append(Row(name, issues, f"未测：按前一行推算超过 {LIMIT:.0f} 秒", "", ""))
                    continue
                row, seconds = measured_at(name, command, place, issues, scratch)
                rows.append(row)
                last[name] = (issues, seconds)
                print(row, flush=True)
    (ROOT / "docs" / "性能-档案.md").write_text(page(rows), "utf-8")
    return 0


def generators(scratch: Path, own_python: str, issues: int) -> Iterator[tuple[str, list[str], Path]]:
    """Yield the name, the command and the project folder of each generator, its project written."""
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); from pathlib import Path;"
        "from liulin_gazette.cli import main; sys.exit(main(['build', '--site-only'], Path.cwd()))"
    )
    yield "本程序", [own_python, "-c", code, str(ROOT)], scratch / "own"
    if issues > PEERS_UP_TO:
        return
    binaries = TOOLS / "venv" / ("Scripts" if os.name == "nt" else "bin")
    pelican = scratch / "pelican"
    for issue, name, title, day, body in texts(scratch / "own"):
        write(pelican / "content" / f"{issue}-{name}", f"Title: {title}\nDate: {day}\n\n{body}")
    write(pelican / "pelicanconf.py", PELICAN)
    yield "Pelican", [str(binaries / "pelican"), "-q"], pelican
    eleventy = TOOLS / "node_modules" / ".bin" / "eleventy"
    project = scratch / "eleventy"
    for issue, name, title, day, body in texts(scratch / "own"):
        head = f'---\ntitle: "{title}"\ndate: {day}\nlayout: page.njk\n---\n'
        write(project / "src" / issue / name, head + body)
    write(project / "src" / "_includes" / "page.njk", LAYOUT)
    write(project / ".eleventy.js", ELEVENTY)
    yield "Eleventy", [str(eleventy), "--quiet"], project
    mkdocs = scratch / "mkdocs"
    for issue, name, title, _, body in texts(scratch / "own"):
        write(mkdocs / "docs" / issue / name, f"# {title}\n\n{body}")
    write(mkdocs / "docs" / "index.md", "# 示例\n")
    write(mkdocs / "mkdocs.yml", MKDOCS)
    yield "MkDocs", [str(binaries / "mkdocs"), "build", "--quiet"], mkdocs


def texts(root: Path) -> Iterator[tuple[str, str, str, str, str]]:
    """Yield issue, file name, title, day and body of every document, without the marks of our dialect."""
    for file in sorted((root / "content").glob("*/*.md")):
        head, body = file.read_text("utf-8").split("\n---\n", 1)
        fields = dict(line.split(": ", 1) for line in head.split("\n") if ": " in line)
        plain = re.sub(r"^:::.*$", "", body, flags=re.M)
        yield file.parent.name, file.name, fields["标题"], fields["成文日期"], plain


def write(file: Path, text: str) -> None:
    """Write ``text``, and the folders to it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")


def measured_at(
    name: str, command: list[str], project: Path, issues: int, scratch: Path
) -> tuple[Row, float]:
    """Build cold, then three times after a word was changed in one document each; the quickest of these counts."""
    from measure import measured

    log = scratch / "log.txt"
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": ""}
    cold = measured(command, project, log, environment, LIMIT, watch=True)
    if cold.failure:
        return Row(name, issues, f"没有完成：{cold.failure[:80]}", "", ""), cold.seconds
    edited: list[float] = []
    for turn in range(3 if cold.seconds < 60 or name == "本程序" else 1):
        edit(project, turn)
        run = measured(command, project, log, environment, LIMIT)
        edited.append(run.seconds)
    row = Row(name, issues, f"{cold.seconds:.2f}", f"{min(edited):.2f}", f"{cold.memory / 2**20:.0f}")
    return row, cold.seconds


def edit(project: Path, turn: int) -> None:
    """Change one word in one document in the middle of the archive."""
    files = sorted(file for file in project.rglob("*.md") if not {"site", "output"} & set(file.parts))
    file = files[len(files) // 2 + turn]
    head, body = file.read_text("utf-8").split("\n\n", 1)
    file.write_text(f"{head}\n\n{body.replace('工作', '各项工作', 1)}", "utf-8")


def page(rows: list[Row]) -> str:
    """Return docs/性能-档案.md."""
    lines = [
        "# 性能：多年的档案",
        "",
        "由 `python3 benchmarks/archive.py` 在一次运行中并排测得，每期 10 份公文，合成的样本，篇幅和表格照真实的一期。",
        "“冷”是没有任何成品和缓存；“改一处”是正中间一份公文改一个词后再运行，取三次中最快的。时间是整个进程从启动到结束的秒数，",
        "内存是冷启动时进程树 PSS 之和的峰值。本程序用 `--site-only`：网页、检索索引、数据、打包文件，不排印。",
        "",
        "| 做法 | 期数 | 公文 | 冷（秒） | 改一处（秒） | 内存（MiB） |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    for row in rows:
        lines.append(
            f"| {row.name} | {row.issues} | {row.issues * DOCUMENTS} | {row.cold} | {row.edited} | {row.memory} |"
        )
    lines += [
        "",
        f"机器：{platform.machine()}，{os.cpu_count()} 核，{platform.system()}，Python {platform.python_version()}。",
        "",
        "怎样读这张表：",
        "",
        "- 别的三种只把正文变成网页：没有校核、没有逐字的检索索引（MkDocs 有一个按词的）、没有数据、二维码、打包和文件清单。",
        "- 本程序的时间包括读入、一百来条规则的校核、每份公文的网页、数据和二维码、全文索引、每期的打包文件、全站的 SHA-256 和 SM3。",
        "",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(measure(sys.argv[2]) if sys.argv[1:2] == ["--measure"] else main())
