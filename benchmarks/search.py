"""Measure search in Chromium over synthetic archives: how much a first query loads and how long it takes.

Run ``python3 benchmarks/search.py [documents …]``; the default sizes are 300 and 20,000 documents. Sizes are
those of the files and of what a web server sends (gzip). Times are from the submission of a query to the shown
result, on a loaded page; each is the median of several phrases.
"""

from __future__ import annotations

import gzip
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from liulin_gazette.rendering.templates import read_templates

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from liulin_gazette.model.publication import Publication
from liulin_gazette.pipeline.staging import write_file
from liulin_gazette.rendering.product import Asset
from liulin_gazette.rendering.templating import environment
from liulin_gazette.source.loader import load
from liulin_gazette.web import addresses, lists, search_index
from liulin_gazette.web.page import Renderer
from liulin_gazette.web.pair_index import pair_index
from tests.synthetic_archive import write_archive
from tests.web.browser import address, chromium

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
)


def write_search(publication: Publication, site: Path) -> tuple[float, int]:
    """Write the search page and index to ``site``; return seconds and bytes that the index took."""
    renderer = Renderer(publication, environment(read_templates(ROOT)), has_topics=False)
    write_file(site, addresses.SEARCH, lists.search(renderer, publication).asset().content)
    for path, name in ((addresses.SEARCH_SCRIPT, "search.js"), (addresses.READER_SCRIPT, "reader.js")):
        write_file(site, path, (ROOT / "templates/site" / name).read_bytes())
    start, size = time.perf_counter(), 0
    for asset in _index(publication):
        write_file(site, asset.path, asset.content)
        size += len(asset.content)
    return time.perf_counter() - start, size


def _index(publication: Publication) -> Iterator[Asset]:
    texts = {
        document.path: search_index.indexed_text(issue, document)
        for issue in publication.issues
        for document in issue.full_texts
    }
    volumes = search_index.volumes(publication, {path: text for path, (text, _) in texts.items()})
    yield search_index.volume_list(volumes)
    yield from (asset for _, asset in texts.values())
    for volume in volumes:
        files = [texts[entry.document.path][1].content for entry in volume.entries]
        yield from search_index.volume_assets(volume, pair_index(map(search_index.units_of, files)))


def measure(browser: Any, site: Path, phrase: str) -> tuple[int, int, float]:
    """Return, for a first query for ``phrase``, the bytes loaded, the same gzipped, and the milliseconds."""
    tab = browser.new_page(viewport={"width": 390, "height": 844})
    urls: list[str] = []

    def record_url(request: Any) -> None:
        urls.append(request.url)

    tab.on("request", record_url)
    tab.goto(address(site, addresses.SEARCH))
    tab.wait_for_timeout(300)
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
    tab.close()
    files = [Path(url.removeprefix("file://")).read_bytes() for url in urls if "/assets/search/" in url]
    return sum(map(len, files)), sum(len(gzip.compress(file, 6)) for file in files), milliseconds


def main() -> None:
    """Measure archives of the sizes in the arguments, and print the table."""
    sizes = [int(word) for word in sys.argv[1:]] or [300, 20_000]
    print(
        "| 公文 | 索引（MB） | 建索引（秒） | 首次查询（kB，中位/最大） | 压缩后（kB，中位/最大） | 用时（毫秒，中位/最大） |"
    )
    print("| --- | --- | --- | --- | --- | --- |")
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder, chromium() as browser:
            root, site = Path(folder), Path(folder) / "site"
            issues = min(size // 10, 500)
            write_archive(root, issues, size // issues)
            publication, _ = load(root)
            assert publication is not None
            seconds, total = write_search(publication, site)
            rows = [measure(browser, site, phrase) for phrase in PHRASES]
            raw, gzipped, milliseconds = zip(*rows, strict=True)
            print(
                f"| {size} | {total / 1e6:.1f} | {seconds:.1f} "
                f"| {statistics.median(raw) / 1000:.0f} / {max(raw) / 1000:.0f} "
                f"| {statistics.median(gzipped) / 1000:.0f} / {max(gzipped) / 1000:.0f} "
                f"| {statistics.median(milliseconds):.0f} / {max(milliseconds):.0f} |",
                flush=True,
            )


if __name__ == "__main__":
    main()
