"""QR symbols as SVG: plain vector paths, the same for the site and for plates."""

from __future__ import annotations

import base64
from functools import cache
from typing import Any

QUIET_ZONE = 4
"""Modules of white around the symbol (ISO/IEC 18004)."""


@cache
def qr_svg(text: str) -> bytes:
    """Return the QR symbol of ``text`` as an SVG file, error correction M."""
    import qrcode
    from qrcode.constants import ERROR_CORRECT_M
    from qrcode.image.svg import SvgPathImage

    image: Any = qrcode.make(
        text, image_factory=SvgPathImage, error_correction=ERROR_CORRECT_M, border=QUIET_ZONE
    )
    # Neighbouring modules are separate squares: without this, screens show hairlines between them.
    image.path.set("shape-rendering", "crispEdges")
    # qrcode writes through lxml where that is installed, which leaves out this space.
    return bytes(image.to_string(encoding="utf-8")).replace(b" />", b"/>")


def qr_data_uri(text: str) -> str:
    """Return the QR symbol of ``text`` as a data URI for ``<img src>``."""
    return "data:image/svg+xml;base64," + base64.b64encode(qr_svg(text)).decode("ascii")
