"""Lines that are seen as soon as they are printed, though the output is piped."""

from __future__ import annotations


def tell_at_once(message: str) -> None:
    """Print ``message`` as a line of its own."""
    print(message, flush=True)
