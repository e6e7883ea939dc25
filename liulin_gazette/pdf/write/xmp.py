"""XMP metadata of the editions, from the template ``print/xmp.xml``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from jinja2 import Environment


@dataclass(frozen=True, slots=True)
class Metadata:
    """Metadata of a PDF, the same in its information dictionary and in XMP."""

    title: str
    author: str
    subject: str
    day: date
    """Date of publication, used as the dates of creation and modification so that no clock affects the bytes."""

    @property
    def pdf_date(self) -> str:
        """The date in PDF syntax: ``D:20260228000000+08'00'`` (ISO 32000-1 §7.9.4)."""
        return f"D:{self.day:%Y%m%d}000000+08'00'"

    @property
    def xmp_date(self) -> str:
        """The date in XMP syntax: ``2026-02-28T00:00:00+08:00``."""
        return f"{self.day.isoformat()}T00:00:00+08:00"


PRODUCER = "liulin-gazette (WeasyPrint)"


def packet(environ: Environment, metadata: Metadata, edition: str, identifier: str) -> bytes:
    """Return the XMP packet of a PDF; ``identifier`` is its UUID.

    ``edition`` is ``reading`` (PDF/A-3a, PDF/UA-1), ``print`` (PDF/X-4) or ``booklet`` (no standard).
    """
    text = environ.get_template("print/xmp.xml").render(
        metadata=metadata, edition=edition, identifier=identifier, producer=PRODUCER
    )
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n' + text + '<?xpacket end="r"?>'
    ).encode()
