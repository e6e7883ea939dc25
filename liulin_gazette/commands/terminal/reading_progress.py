"""How far a long manuscript has been read, on the screen."""

from __future__ import annotations

PAGES_BETWEEN_LINES = 100
"""Pages of a PDF after which the next line tells how far it has been read."""
RECOGNISED_BETWEEN_LINES = 10


def print_pages(read: int, pages: int) -> None:
    """Say how far a long PDF has been read."""
    if read % PAGES_BETWEEN_LINES == 0 and read < pages:
        print(f"  读到第 {read} 页，共 {pages} 页", flush=True)


def print_recognised(read: int, pages: int) -> None:
    """Say how many scanned pages have been recognised."""
    if read % RECOGNISED_BETWEEN_LINES == 0 or read == pages:
        print(f"  OCR 做了 {read} 页，共 {pages} 页", flush=True)
