"""The list that loading adds its findings to."""

from __future__ import annotations

from dataclasses import dataclass, field

from liulin_gazette.model.diagnostics import Diagnostic, Place, Severity, advised
from liulin_gazette.text.advised_acts import Advice


@dataclass(slots=True)
class FindingCollector:
    """The findings of one stage, in the order in which they were added."""

    items: list[Diagnostic] = field(default_factory=list[Diagnostic])

    def error(self, code: str, place: Place, message: str, hint: str | Advice = "") -> None:
        """Add a finding that stops publication."""
        found = Diagnostic(code, Severity.ERROR, place, message, str(hint))
        self.items.append(advised(found, hint) if isinstance(hint, Advice) else found)

    def warning(self, code: str, place: Place, message: str, hint: str = "") -> None:
        """Add a finding that should be corrected but does not stop publication."""
        self.items.append(Diagnostic(code, Severity.WARNING, place, message, hint))

    def add_new(self, items: list[Diagnostic]) -> None:
        """Add those of ``items`` that are not there yet: what is read twice is reported once."""
        self.items += [item for item in items if item not in self.items]
