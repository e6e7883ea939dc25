"""Messages on consoles, and in pipes and files, whose encoding lacks some characters: code page 936 of Windows, GBK."""

from __future__ import annotations

import codecs
import sys

_HANDLER = "liulin_gazette.shown"
_ALIKE = {"✓": "√", "✗": "×"}
"""Signs of the program that GBK lacks, and those of GBK for the same."""


def let_output_be_printable() -> None:
    """Let no message end the command, whatever it says.

    Where the encoding of the output has no Chinese, it becomes UTF-8. What an encoding with Chinese lacks is shown by
    signs that it has: a rare character of a name as its number in Unicode, ``[U+4DAE]``.
    """
    codecs.register_error(_HANDLER, _shown)
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)  # None: there is no console, or a test listens.
        if reconfigure is None:
            continue
        try:
            "公报".encode(stream.encoding)
            reconfigure(errors=_HANDLER)
        except (UnicodeEncodeError, LookupError):
            reconfigure(encoding="utf-8", errors=_HANDLER)


def _shown(error: UnicodeError) -> tuple[str, int]:
    """Return what stands for the characters that cannot be encoded, and where to go on; the handler of ``codecs``."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    unknown = error.object[error.start : error.end]
    return "".join(_ALIKE.get(each, f"[U+{ord(each):04X}]") for each in unknown), error.end
