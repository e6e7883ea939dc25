"""Chromium for the tests of pages.

Playwright and axe-core are imported by name: the quick environment, where this module is type-checked too,
does not have them.
"""

from __future__ import annotations

import shutil
from collections.abc import Generator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

# Nothing is fetched but from this machine; a test that serves by https makes its certificate itself.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-sync",
    "--ignore-certificate-errors",
]

EXECUTABLES = ("chromium-headless-shell", "chromium", "chromium-browser")
"""The shell is Chromium without windows: the same pages take a third of the processor time."""
PATIENCE = 60_000
"""Milliseconds that an assertion of a page waits: a busy machine, or a first typesetting, is no fault."""


@contextmanager
def chromium() -> Generator[Any]:
    """Yield a headless Chromium."""
    sync_api: Any = import_module("playwright.sync_api")
    executable = next(filter(None, map(shutil.which, EXECUTABLES)), None)
    assert executable is not None
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
        yield browser
        browser.close()


def expect(locator: Any) -> Any:
    """Return playwright's assertions of ``locator``, which wait until they hold."""
    sync_api: Any = import_module("playwright.sync_api")
    sync_api.expect.set_options(timeout=PATIENCE)
    return sync_api.expect(locator)


def accessibility_faults(tab: Any) -> list[str]:
    """Return the ids of the rules of axe-core that the page in ``tab`` breaks."""
    axe: Any = import_module("axe_playwright_python.sync_playwright")
    return [violation["id"] for violation in axe.Axe().run(tab).response["violations"]]


def address(site: Path, page: str) -> str:
    """Return the ``file://`` address of ``page``, which may have a query."""
    path, mark, query = page.partition("?")
    return (site / path).as_uri() + mark + query
