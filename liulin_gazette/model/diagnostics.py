"""Findings for editors: what is wrong, where, and what to do about it.

They belong to the model, not to ``check``, because loading reports findings too and imports nothing of ``check``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum

from liulin_gazette.model.certainty import Certainty
from liulin_gazette.text.advised_acts import Advice, Naming, as_command


class Severity(Enum):
    """How certain and serious a finding is; only ``ERROR`` stops publication."""

    ERROR = "错误"
    WARNING = "警告"
    NOTE = "提示"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A position in a file of the project."""

    path: str
    """Relative to the project root, with forward slashes; empty for no file."""
    line: int = 0
    """1-based; 0 when the finding is about the file as a whole."""
    column: int = 0
    """1-based, in characters; 0 when the finding is about the line as a whole."""

    def __str__(self) -> str:
        parts = [self.path]
        if self.line:
            parts.append(str(self.line))
            if self.column:
                parts.append(str(self.column))
        return ":".join(parts)


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """A finding; printed as ``content/2026-1/03.md:12:5: N003 错误: …`` with the hint below."""

    code: str
    """Stable: a letter for the subject (N S T C P B) and three digits; see docs/诊断代码.md."""
    severity: Severity
    place: Place
    message: str
    hint: str = ""
    words: str = ""
    """The faulty words; a waiver can name some of them. Empty where the message stands for them."""
    certainty: Certainty | None = None
    """How certain the finding is, where its rule can tell more than the severity does."""
    remedy: Advice | None = None
    """The hint, where it names acts of the editor's: ``hint`` is how the command line says it."""

    @property
    def advice(self) -> str:
        """How certain it is, where that is known, and what to do about it."""
        return self.advice_with(as_command)

    def advice_with(self, naming: Naming) -> str:
        """Return ``advice`` as a face says it that names acts by ``naming``."""
        hint = self.remedy.said(naming) if self.remedy else self.hint
        return f"{self.certainty.value}。{hint}" if self.certainty else hint

    def __str__(self) -> str:
        text = f"{self.place}: {self.code} {self.severity.value}: {self.message}"
        return f"{text}\n    → {self.hint}" if self.hint else text


def advised(finding: Diagnostic, remedy: Advice) -> Diagnostic:
    """Return ``finding`` with the hint ``remedy``, which names acts."""
    return replace(finding, hint=str(remedy), remedy=remedy)


def has_errors(diagnostics: tuple[Diagnostic, ...] | list[Diagnostic]) -> bool:
    """Return whether any finding stops publication."""
    return any(found.severity is Severity.ERROR for found in diagnostics)
