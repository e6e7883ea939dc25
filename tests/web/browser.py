"""Chromium for tests of pages."""

from __future__ import annotations

import shutil
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-sync",
]


@contextmanager
def chromium() -> Generator[Any]:
    """Yield a headless Chromium."""
    from playwright.sync_api import sync_playwright

    executable = shutil.which("chromium") or shutil.which("chromium-browser")
    assert executable is not None
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
        yield browser
        browser.close()


def expect(locator: Any) -> Any:
    """Return Playwright's assertions about ``locator``, which wait until they hold."""
    import playwright.sync_api

    expected: Any = playwright.sync_api.expect
    return expected(locator)


def address(site: Path, page: str) -> str:
    """Return the ``file://`` address of ``page``, which may have a query."""
    path, mark, query = page.partition("?")
    return (site / path).as_uri() + mark + query
