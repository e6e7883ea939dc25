"""Where loading puts its findings."""

from __future__ import annotations

from dataclasses import dataclass, field

from liulin_gazette.model.diagnostics import Diagnostic, Place, Severity


@dataclass(slots=True)
class FindingCollector:
    """Collects the findings of one stage, in the order in which they are added."""

    items: list[Diagnostic] = field(default_factory=list[Diagnostic])

    def error(self, code: str, place: Place, message: str, hint: str = "") -> None:
        """Add a finding that stops publication."""
        self.items.append(Diagnostic(code, Severity.ERROR, place, message, hint))

    def warning(self, code: str, place: Place, message: str, hint: str = "") -> None:
        """Add a finding that needs a mend but does not stop publication."""
        self.items.append(Diagnostic(code, Severity.WARNING, place, message, hint))
