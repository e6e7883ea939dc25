"""XMP metadata of the editions, from the template ``print/xmp.xml``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from jinja2 import Environment


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a PDF says of itself; the same in the information dictionary and in XMP."""

    title: str
    author: str
    subject: str
    day: date
    """Publication date: it stands for creation and modification, so that the bytes depend on no clock."""

    @property
    def pdf_date(self) -> str:
        """``D:20260228000000+08'00'``."""
        return f"D:{self.day:%Y%m%d}000000+08'00'"

    @property
    def xmp_date(self) -> str:
        """``2026-02-28T00:00:00+08:00``."""
        return f"{self.day.isoformat()}T00:00:00+08:00"


PRODUCER = "liulin-gazette (WeasyPrint)"


def packet(templates: Environment, metadata: Metadata, kind: str, identifier: str) -> bytes:
    """Return the XMP packet; ``kind`` is ``reading`` (PDF/A-3a, PDF/UA-1) or ``print`` (PDF/X-4)."""
    text = templates.get_template("print/xmp.xml").render(
        metadata=metadata, kind=kind, identifier=identifier, producer=PRODUCER
    )
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n' + text + '<?xpacket end="r"?>'
    ).encode()
