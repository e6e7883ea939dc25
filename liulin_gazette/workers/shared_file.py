"""Files that many units of work need: on this machine they are read from disk; a machine of a cluster gets each once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol


class SharedFile(Protocol):
    """A file that a unit may read; a ``Path`` is one."""

    @property
    def name(self) -> str:
        """The name of the file; another content has another name."""
        ...

    def read_bytes(self) -> bytes:
        """Return the content."""
        ...


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file in the memory of another machine."""

    name: str
    content: bytes = field(compare=False, repr=False)

    def read_bytes(self) -> bytes:
        """Return the content."""
        return self.content
