#!/usr/bin/env python3
"""Measure how long an editor waits at the desk: findings, previews after an edit, and screens as the archive grows.

Run ``.venv/bin/python benchmarks/desk.py``; it writes 编辑台的等待 in docs/性能.md. The desk is asked as a browser asks
it, without one. Times are those of the processor, all threads together, the least of some repetitions: they depend
little on what else the machine does. Each is set beside what it may be compared with, in the same run: an edit beside
the same work from nothing, a screen beside reading one small file for each issue.
"""

from __future__ import annotations

import argparse
import gc
import platform
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from performance_page import write_section
from starlette.testclient import TestClient

from liulin_gazette.desk.access_guard import Keys
from liulin_gazette.desk.application import application
from liulin_gazette.desk.desk_session import Desk, open_desk
from liulin_gazette.source.folder import ISSUE_FILE, issue_folders
from liulin_gazette.web import addresses
from tests.conftest import ROOT
from tests.synthetic_archive import write_archive

PORT = 8000
ADDRESS = f"http://127.0.0.1:{PORT}"
EDITED = "content/2026-1/07.md"
"""A document of six pages."""
EDITS = 5
"""After the first, which nothing is warm for."""
LOOKS = 3
"""At each screen."""
SIZES = (1, 60, 360)
"""Issues of an archive."""
DOCUMENTS = 2
"""Of an issue."""


@dataclass(frozen=True)
class Client:
    """Asks a desk as a page of its session does."""

    desk: Desk
    client: TestClient

    def get(self, path: str) -> Any:
        """Return the answer to GET. Raises SystemExit for any other than 200."""
        return _whole(self.client.get(path), path)

    def post(self, path: str, fields: Mapping[str, str]) -> Any:
        """Return the answer to POST with the session's token. Raises as ``get``."""
        headers = {"Origin": ADDRESS, "Accept": "application/json"}
        return _whole(
            self.client.post(path, data={"token": self.desk.token, **fields}, headers=headers), path
        )


def _whole(answer: Any, path: str) -> Any:
    if answer.status_code != 200:
        raise SystemExit(f"{path}: {answer.status_code} {answer.text[:200]}")
    return answer


def opened(project: Path) -> Client:
    """Return a desk over ``project`` that has not read anything yet."""
    desk = open_desk(project, PORT)
    client = TestClient(application(desk, Keys(lambda _: None)), base_url=ADDRESS, follow_redirects=False)
    client.cookies.set(desk.access.cookie, desk.access.session)
    return Client(desk, client)


def seconds(work: Callable[[], object]) -> float:
    """Return the processor's seconds that ``work`` takes."""
    gc.collect()
    start = time.process_time()
    work()
    return time.process_time() - start


def least(work: Callable[[], object], times: int = LOOKS) -> float:
    """Return the processor's seconds that ``work`` takes at least, of so many ``times``."""
    return min(seconds(work) for _ in range(times))


def edits(project: Path, count: int) -> Iterator[str]:
    """Write the edited document ``count`` times, each time with another word in its middle; yield its text."""
    file = project / EDITED
    lines = file.read_text("utf-8").split("\n")
    middle = next(number for number in range(len(lines) // 2, len(lines)) if len(lines[number]) > 30)
    for number in range(count):
        changed = lines[middle][:20] + "认真" * (number + 1) + lines[middle][20:]
        text = "\n".join([*lines[:middle], changed, *lines[middle + 1 :]])
        file.write_text(text, "utf-8")
        yield text.rpartition("\n---\n")[2].lstrip("\n")


def waits_of_document(project: Path) -> tuple[list[tuple[str, float, float]], int]:
    """Return what is waited for at a document, from nothing and after an edit, and how many pages it has."""
    for name in ("content", "templates"):
        shutil.copytree(ROOT / name, project / name, ignore=shutil.ignore_patterns(".cache"))
    client = opened(project)
    client.desk.content.refresh()
    publication = client.desk.content.snapshot.publication
    assert publication is not None
    issue, document = next(
        (issue, document)
        for issue in publication.issues
        for document in issue.documents
        if document.path == EDITED
    )
    page = addresses.document_page(issue, document).removesuffix("index.html")
    client.get(f"/prints/{page}?number=1")  # The faces are prepared, and the typesetter is loaded.
    place = f"/issues/{issue.name}/documents/{EDITED.rpartition('/')[2].removesuffix('.md')}/"
    pages = int(client.get(f"/prints/{page}").json()["pages"])
    middle = (pages + 1) // 2

    def steps(asked: Client, text: str) -> list[float]:
        content = asked.desk.content
        head = {
            "digest": "",
            "head": (project / EDITED).read_text("utf-8").split("\n---\n")[0].removeprefix("---\n"),
        }
        return [
            seconds(lambda: content.refresh()),
            seconds(lambda: asked.get(f"/site/{page}")),
            seconds(lambda: (asked.get(f"/prints/{page}"), asked.get(f"/prints/{page}?number={middle}"))),
            seconds(lambda: [asked.get(f"/prints/{page}?number={number}") for number in range(1, pages + 1)]),
            least(lambda: asked.post(place + "findings", {**head, "text": f"{text}\n另行通知。\n"}), 1),
        ]

    texts = edits(project, EDITS + 2)
    next(texts)
    shutil.rmtree(project / ".cache/readings", ignore_errors=True)
    nothing = steps(opened(project), next(texts))
    rows = [steps(client, text) for text in texts]
    names = ("重读、校核", "网页", "印刷页：光标所在的一页", "印刷页：其余各页", "打字停顿以后的问题")
    after = [min(column) for column in zip(*rows, strict=True)]
    table: list[tuple[str, float, float]] = list(zip(names, nothing, after, strict=True))
    table.insert(2, ("保存到网页", sum(nothing[:2]), sum(after[:2])))
    table.insert(4, ("保存到光标所在的印刷页", nothing[0] + nothing[2], after[0] + after[2]))
    return table, pages


def waits_of_archive(project: Path, issues: int) -> list[float]:
    """Return the seconds that screens take in an archive of ``issues``, and reading a small file for each issue."""
    write_archive(project, issues, DOCUMENTS)
    shutil.copytree(ROOT / "templates", project / "templates", ignore=shutil.ignore_patterns(".cache"))
    client = opened(project)
    client.desk.content.refresh()
    newest = issue_folders(project)
    publication = client.desk.content.snapshot.publication
    if publication is None:
        raise SystemExit("the archive cannot be read")
    name = publication.issues[-1].name
    document = project / publication.issues[-1].folder / "01.md"
    head, _, text = document.read_text("utf-8").partition("\n---\n\n")
    fields = {"digest": "", "head": head.removeprefix("---\n")}
    paths = ("/", f"/issues/{name}/", f"/issues/{name}/production/", f"/issues/{name}/documents/01/")
    texts = iter(f"{text}\n另行通知{'。' * number}\n" for number in range(1, LOOKS + 2))

    def typed() -> None:
        client.post(f"/issues/{name}/documents/01/findings", {**fields, "text": next(texts)})

    for path in paths:
        client.get(path)
    typed()
    screens = [least(lambda path=path: client.get(path)) for path in paths]
    reading = least(lambda: [(project / folder / ISSUE_FILE).read_bytes() for folder in newest])
    return [*screens, least(typed), reading]


def section(
    rows: Sequence[tuple[str, float, float]], pages: int, archives: Mapping[int, Sequence[float]]
) -> str:
    """Return the section of the page."""
    of_document = "\n".join(
        f"| {name} | {nothing:.2f} | {after:.2f} | {after / nothing:.2f} |" for name, nothing, after in rows
    )
    names = ("首页", "一期", "生成与发布", "一份公文", "打字停顿以后的问题", "比较：每期读一个小文件")
    sizes = list(archives)
    of_archive = "\n".join(
        f"| {name} | " + " | ".join(f"{1000 * archives[size][index]:.1f}" for size in sizes) + " |"
        for index, name in enumerate(names)
    )
    heads = " | ".join(f"{size} 期" for size in sizes)
    return f"""由 `.venv/bin/python benchmarks/desk.py` 测得，像浏览器那样问编辑台，不用浏览器。都是处理器时间，各线程合计，几遍中最少的。

最新一期里 {pages} 页的一份，正文中间改一个词以后（秒）。“从头”是同一次运行里另开一个编辑台，什么都没有留下；排印的程序和字体两边都已经在内存里。

| 等什么 | 从头 | 改一处后 | 倍数 |
| --- | ---: | ---: | ---: |
{of_document}

档案大了以后（毫秒），合成的样本，每期 {DOCUMENTS} 份公文：

| 画面 | {heads} |
| --- | {" | ".join("---:" for _ in sizes)} |
{of_archive}

机器：{platform.machine()}，Linux，Python {platform.python_version()}。"""


def main() -> int:
    """Measure, print and write the section."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--issues", type=int, nargs="*", default=SIZES, help="sizes of the archives")
    parser.add_argument("--dry", action="store_true", help="write nothing")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        rows, pages = waits_of_document(Path(folder) / "公报")
    for name, nothing, after in rows:
        print(f"{name}：{nothing:.3f} → {after:.3f}", flush=True)
    archives: dict[int, list[float]] = {}
    for size in given.issues:
        with tempfile.TemporaryDirectory() as folder:
            archives[size] = waits_of_archive(Path(folder) / "公报", size)
        print(size, " ".join(f"{1000 * each:.1f}" for each in archives[size]), flush=True)
    if not given.dry:
        write_section("编辑台的等待", section(rows, pages, archives))
    return 0


if __name__ == "__main__":
    sys.exit(main())
