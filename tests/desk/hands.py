"""An editor's hands in a tab: a mouse or the keyboard alone; what they do is counted by steps."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.web.browser import accessibility_faults, expect

MOST_TABS = 400
"""Presses of Tab after which something counts as out of reach of the keyboard."""
MOST_STEPS = 40
"""Presses of the key for the next finding after which a place counts as none of theirs."""

_IS_AT_TOP = "document.activeElement === document.body"
_IS_SKIPPING = "document.activeElement.matches('.skip')"
_IS_IN_MAIN = "(element) => element.closest('#main') !== null"


@dataclass(slots=True)
class Step:
    """What one step of a task took."""

    name: str
    acts: int = 0
    """Clicks of the mouse, or keys that are pressed; dropping files is one."""
    typed: int = 0
    """Fields that are typed into."""


@dataclass(slots=True)
class Hands:
    """Works in ``tab`` as an editor does; the keyboard goes from one thing to the next by Tab only."""

    tab: Any
    is_keyboard: bool
    steps: list[Step] = field(default_factory=list[Step])

    def begin(self, name: str) -> None:
        """Count what follows as the step ``name``."""
        self.steps.append(Step(name))

    def key(self, name: str) -> None:
        """Press the key ``name``."""
        self.tab.keyboard.press(name)
        self.steps[-1].acts += 1

    def reach(self, locator: Any) -> None:
        """Bring the keyboard to ``locator`` by Tab; from the top of a page the link “跳到正文” leads past its head."""
        expect(locator).to_be_visible()
        if self.tab.evaluate(_IS_AT_TOP) and locator.evaluate(_IS_IN_MAIN):
            self.key("Tab")
            if self.tab.evaluate(_IS_SKIPPING):
                self.key("Enter")
                expect(self.tab.locator("#main")).to_be_focused()
        for _ in range(MOST_TABS):
            if locator.evaluate("(element) => element === document.activeElement"):
                return
            self.key("Tab")
        raise AssertionError(f"out of reach of the keyboard: {locator}")

    def step_to(self, locator: Any, key: str) -> None:
        """Press ``key``, which leads from one finding to the next, until ``locator`` has the focus."""
        expect(locator).to_be_visible()
        for _ in range(MOST_STEPS):
            self.key(key)
            if locator.evaluate("(element) => element === document.activeElement"):
                return
        raise AssertionError(f"no finding leads to {locator}")

    def press(self, locator: Any, key: str = "Enter") -> None:
        """Press a button, follow a link, or tick a box (by the key Space)."""
        if self.is_keyboard:
            self.reach(locator)
            self.key(key)
        else:
            locator.click()
            self.steps[-1].acts += 1

    def go(self, locator: Any) -> None:
        """Press what leads to another page, and wait until that is loaded: what is counted begins at its top."""
        if self.is_keyboard:
            self.reach(locator)  # “跳到正文” is a navigation too, which is over before the next begins.
        with self.tab.expect_navigation(wait_until="load"):
            self.press(locator)

    def write(self, locator: Any, words: str) -> None:
        """Write ``words`` in place of what is in a field."""
        if self.is_keyboard:
            self.reach(locator)
        else:
            locator.click()
            self.steps[-1].acts += 1
        locator.fill(words)
        self.steps[-1].typed += 1

    def choose_file(self, locator: Any, file: Path) -> None:
        """Choose ``file`` in the dialog that the browser opens for a field for files."""
        with self.tab.expect_file_chooser() as chooser:
            self.press(locator)
        chooser.value.set_files(file)

    def look(self) -> None:
        """The page is free of faults of accessibility, and fits the width of the screen."""
        assert accessibility_faults(self.tab) == [], self.tab.url
        assert self.tab.evaluate("document.documentElement.scrollWidth <= innerWidth"), self.tab.url
