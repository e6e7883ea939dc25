"""Every address that a build writes is served live, from the content as it is now, or is told here with the reason why not."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import quote

from starlette.testclient import TestClient

from liulin_gazette.desk.desk_session import open_desk
from liulin_gazette.desk.guards.session_keys import Keys
from liulin_gazette.desk.preview_application import preview
from liulin_gazette.pipeline.stages import Wanted, build
from tests.conftest import Edit
from tests.web.test_versions import CHANGES, RELATION, add_issue, second

PORT = 8000
NOT_LIVE = {
    r".+\.(?:pdf|ofd|epub|docx)": "editions are typeset by a build; the panel shows the printed pages",
    r".+/(?:cover|share)\.png": "drawn from the PDFs",
    r".+\.zip": "packs what a build has written",
    r"manifest\.json|assets/digests(?:/.*|\.js)": "digests of what a build has written",
    r"offline\.js": "keeps a copy of what a build has written: the preview is not to be kept",
}
"""Paths of the site that are not served, and why."""
SHARD = re.compile(r"assets/search/(?:words|edges|sounds)/.+")
"""Files of the dictionary, many hundreds that are made alike."""
ONE_OF = 16
"""So many of them have one that is asked for."""
PANEL = re.compile(rb'<link rel="stylesheet" href="/__preview/preview.css">\n<script src="[^<]+</script>\n')


def served(root: Path) -> tuple[dict[str, bytes], list[str]]:
    """Return the files of the built site that the preview serves, without its panel, and the paths that it does not.

    Of the dictionary's files some are asked for.
    """
    desk = open_desk(root, PORT, ("GET", "HEAD"), 0)
    while desk.content.refresh() or desk.content.snapshot.version == 0:
        pass
    client = TestClient(preview(desk, Keys(lambda _: None), str), base_url=f"http://127.0.0.1:{PORT}")
    client.cookies.set(desk.access.cookie, desk.access.session)
    site, found, lacking = root / "output/site", dict[str, bytes](), list[str]()
    paths = sorted(path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file())
    shards = [path for path in paths if SHARD.fullmatch(path)]
    unasked = set(shards) - set(shards[::ONE_OF])
    for path in (each for each in paths if each not in unasked):
        answer = client.get("/" + quote(path.removesuffix("index.html")))
        if answer.status_code == 200:
            found[path] = PANEL.sub(b"", answer.content)
        else:
            assert answer.status_code == 404, (path, answer.text)
            lacking.append(path)
    return found, lacking


def without_reason(paths: list[str]) -> list[str]:
    """Return the ``paths`` that are not in ``NOT_LIVE``."""
    return [path for path in paths if not any(re.fullmatch(each, path) for each in NOT_LIVE)]


def test_a_site_without_pdfs_is_served_to_the_byte(project: Path) -> None:
    add_issue(project, second(RELATION, **CHANGES))
    result = build(project, Wanted(site_only=True), lambda _: None)
    assert not result.failed
    found, lacking = served(project)
    assert not without_reason(lacking)
    assert "2026/2/liu-lin-fa-2026-31/compare/index.html" in found
    site = project / "output/site"
    feeds = {"feed.xml", "rss.xml"}  # Of the texts, the feeds of the preview have none.
    assert [path for path in found if found[path] != (site / path).read_bytes()] == sorted(feeds)


def test_a_comparison_follows_the_texts(project: Path, edit: Edit) -> None:
    add_issue(project, second(RELATION, **CHANGES))
    desk = open_desk(project, PORT)
    desk.content.refresh()
    path = "2026/2/liu-lin-fa-2026-31/compare/index.html"
    before = desk.content.page(path)
    edit("2026-2/01.md", "每五日一次", "每七日一次")
    assert desk.content.refresh()
    after = desk.content.page(path)
    assert before is not None and "<ins>五</ins>" in before.content.decode()
    assert after is not None and "<ins>七</ins>" in after.content.decode()
    for other in ("2026/1/liu-lin-fa-2026-9", "2026/2/liu-lin-fa-2026-99"):
        assert desk.content.page(f"{other}/compare/index.html") is None
