"""Draw the screens of the desk for docs/编辑手册.md, over a copy of the project: one PNG for each.

    .venv/bin/python scripts/desk_screens.py docs/images

The folder gets ``desk-<screen>.png``, as an editor sees them in a window of 1366 × 768 px.
"""

from __future__ import annotations

import io
import shutil
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

from PIL import Image

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))
from liulin_gazette.desk.running_desk import RunningDesk  # noqa: E402 -- after the path is set
from tests.web.browser import chromium  # noqa: E402 -- likewise

COPIED = ("content", "templates", "docs")
WINDOW = {"width": 1366, "height": 768}
COLOURS = 64
"""Of a picture: enough for type and lines, and a small file."""
PATIENCE = 60.0
"""Seconds until the content has been read."""
SETTLING = 3_000
"""Milliseconds in which a screen fetches what it shows beside the text."""


def screens(issue: str, document: str) -> dict[str, str]:
    """Return the path of each screen by name, for ``issue`` (2026-1) and ``document`` (a file's stem) of it."""
    return {
        "home": "",
        "issue": f"issues/{issue}/",
        "document": f"issues/{issue}/documents/{document}/",
        "production": f"issues/{issue}/production/",
    }


def main() -> None:
    """Draw the screens."""
    folder = Path(sys.argv[1])
    with tempfile.TemporaryDirectory() as copy:
        root = Path(copy)
        for name in COPIED:
            shutil.copytree(ROOT / name, root / name)
        desk = RunningDesk(root, 0)
        serving = threading.Thread(target=desk.run, daemon=True)
        serving.start()
        publication = _publication(desk)
        issue = publication.issues[-1]
        name = Path(issue.documents[0].path).stem
        with chromium() as browser:
            tab = browser.new_page(viewport=WINDOW)
            tab.goto(desk.entry_address)
            for screen, path in screens(issue.name, name).items():
                tab.goto(desk.address + path)
                tab.wait_for_timeout(SETTLING)
                _save(tab.screenshot(), folder / f"desk-{screen}.png")
        desk.close()
        serving.join()


def _publication(desk: RunningDesk) -> Any:
    """Return the publication of ``desk`` as soon as it has been read."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if (publication := desk.desk.content.snapshot.publication) is not None:
            return publication
        time.sleep(0.1)
    raise SystemExit("The content cannot be read.")


def _save(screen: bytes, file: Path) -> None:
    """Write a ``screen``, a PNG, to ``file`` in few colours."""
    picture = Image.open(io.BytesIO(screen)).convert("RGB").quantize(COLOURS)
    picture.save(file, optimize=True)


if __name__ == "__main__":
    main()
