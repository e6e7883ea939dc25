"""The screens in Chromium, as an editor sees them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.web.browser import accessibility_faults, expect

pytestmark = pytest.mark.tools


def test_the_first_screen(desk_tab: Any) -> None:
    expect(desk_tab.get_by_role("heading", name="各期", exact=True)).to_be_visible()
    expect(desk_tab.get_by_role("link", name="2026年第1期")).to_be_visible()
    assert "key=" not in desk_tab.url
    assert accessibility_faults(desk_tab) == []
    assert desk_tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
