"""What a mail has below the document that it brings, and is no part of it: a mail that it answers, who sent it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from liulin_gazette.intake.document_recognition.document_state import DocumentState, Position, Reading
from liulin_gazette.intake.drafts import Conversion, part_text
from liulin_gazette.intake.manuscript import Line, Part

_QUOTED_MAIL = re.compile(
    r"(?=.*\d)(?=.*[\w.+-]@[\w-]+\.\w)[^。]{8,160}(?:写道|wrote)\s*[：:]", re.I
)  # fmt: skip
"""The line above a mail that another one quotes; it says when the mail was written, and from which address."""
_DASHED_MAIL = re.compile(
    r"-{3,}\s*(?:原始邮件|回复的?原?邮件|Original Message)\s*-{3,}(?P<sender>\n.*)?", re.I | re.S
)
"""The line above such a mail that other programs write; the sender follows. A mail sent on is the manuscript itself."""
_SIGNATURE = "--"
"""The line above the signature of a mail (RFC 3676 §4.3)."""
_MAX_SIGNATURE = 8
"""Lines of such a signature."""
_MAX_SIGNATURE_LINE = 60
"""Characters of each."""
_MAIL_SENDER = re.compile(r"\s*[>*]?\s*(?:发件人|From)\s*[：:]", re.I)


def leave_out_quoted_mail(state: DocumentState, position: Position) -> Reading | None:
    """Leave out the mail to which the document was sent as an answer, or the signature of its own, down to the end."""
    rest = position.parts[position.index :]
    if position.text == _SIGNATURE and state.is_signed and _is_signature(rest):
        return Reading(
            state, tuple(Conversion(part.place, part_text(part), "", "邮件的签名") for part in rest)
        )
    dashed = _DASHED_MAIL.fullmatch(position.text)
    following = part_text(position.following) if position.following else ""
    is_sent = dashed and _MAIL_SENDER.match(dashed["sender"] or following)
    if not state.has_text or not (is_sent or _QUOTED_MAIL.fullmatch(position.text)):
        return None
    reason = "邮件里引用的来信"
    return Reading(state, tuple(Conversion(part.place, part_text(part), "", reason) for part in rest))


def _is_signature(parts: Sequence[Part]) -> bool:
    """Tell whether ``parts``, the last ones of a mail, are a few short lines."""
    return len(parts) <= _MAX_SIGNATURE and all(
        isinstance(part, Line) and len(part.text) <= _MAX_SIGNATURE_LINE for part in parts
    )
