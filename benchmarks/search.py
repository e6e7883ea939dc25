"""Measure search in Chromium over synthetic archives: how much a first query loads and how long it takes.

Run ``python3 benchmarks/search.py [documents …]``; the default sizes are 300, 3,000 and 20,000 documents. Each query is
the first one on a newly opened page; kB and requests are those of the index, from the opening of the page until the
first answers are shown with their sentences. What each query took is told on stderr. Times are for a phone that computes four times slower than this machine
(CPU×4), over a line of 1.6 Mb/s with 150 ms until a file begins to come, from the submission of the query.
"""

from __future__ import annotations

import contextlib
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Generator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from liulin_gazette.web import addresses
from tests.loading import load
from tests.synthetic_archive import write_archive
from tests.web.browser import chromium
from tests.web.everyday_search import write_search

ROOT = Path(__file__).resolve().parent.parent
PHRASES = (
    "样本甲局关于",
    "隐患清单",
    "壬镇",
    "赵样例",
    "督促样本防汛",
    "整改台账应急",
    "水利",
    "2026年第3号",
    "谁家能领高龄补贴",
    "退役军人安置和招聘考试什么时候报名",
)


SLOWER = 4
DELAY = 150
"""Milliseconds until a file begins to come."""
BYTES_PER_SECOND = 1.6e6 / 8


class _QuietHandler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 -- the name that http.server uses
        """Log nothing."""


@contextlib.contextmanager
def served(folder: Path) -> Generator[str]:
    """Yield the address of a server of ``folder``: lines to files of a disk cannot be slowed down."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_QuietHandler, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()


def measure(browser: Any, home: str, site: Path, phrase: str) -> tuple[int, int, float]:
    """Return, for a first query for ``phrase``, the bytes loaded, the number of files, and the milliseconds."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    tab = context.new_page()
    urls: list[str] = []

    def record_url(request: Any) -> None:
        urls.append(request.url)

    tab.on("request", record_url)
    tab.goto(home + addresses.SEARCH)
    tab.wait_for_function(
        "() => performance.getEntriesByType('resource').some((each) => each.name.includes('/columns.js'))"
    )
    session = context.new_cdp_session(tab)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    line = {
        "offline": False,
        "latency": DELAY,
        "downloadThroughput": BYTES_PER_SECOND,
        "uploadThroughput": -1,
    }
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", line)
    tab.fill("#search-box", phrase)
    milliseconds: float = tab.evaluate(
        """() => new Promise((resolve) => {
          const status = document.getElementById("search-status");
          const start = performance.now();
          new MutationObserver(() => { if (status.dataset.state === "done") resolve(performance.now() - start); })
            .observe(status, { attributes: true });
          document.getElementById("search-form").requestSubmit();
        })"""
    )
    context.close()
    paths = [url.removeprefix(home).partition("?")[0] for url in urls if "/assets/search/" in url]
    return sum((site / path).stat().st_size for path in paths), len(paths), milliseconds


def main() -> None:
    """Measure archives of the sizes in the arguments, and print the table."""
    sizes = [int(word) for word in sys.argv[1:]] or [300, 3_000, 20_000]
    print(
        "| 公文 | 索引（MB） | 建索引（秒） | 首次查询（kB，中位/最大） | 文件（个，中位/最大） | 慢手机上（毫秒，中位/最大） |"
    )
    print("| --- | --- | --- | --- | --- | --- |")
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder, chromium() as browser:
            root, site = Path(folder), Path(folder) / "site"
            issues = min(size // 10, 500)
            write_archive(root, issues, size // issues)
            publication, _ = load(root)
            assert publication is not None
            start = time.perf_counter()
            write_search(site, publication)
            seconds = time.perf_counter() - start
            total = sum(file.stat().st_size for file in (site / "assets/search").rglob("*.js"))
            with served(site) as home:
                rows = [measure(browser, home, site, phrase) for phrase in PHRASES]
            raw, files, milliseconds = zip(*rows, strict=True)
            print(
                f"| {size} | {total / 1e6:.1f} | {seconds:.1f} "
                f"| {statistics.median(raw) / 1000:.0f} / {max(raw) / 1000:.0f} "
                f"| {statistics.median(files):.0f} / {max(files)} "
                f"| {statistics.median(milliseconds):.0f} / {max(milliseconds):.0f} |",
                flush=True,
            )
            for phrase, (count, number, wait) in zip(PHRASES, rows, strict=True):
                print(f"  {phrase}：{count / 1000:.0f} kB，{number} 个文件，{wait:.0f} 毫秒", file=sys.stderr)


if __name__ == "__main__":
    main()
