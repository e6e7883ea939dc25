"""The mail that a manuscript was sent as an answer to, quoted below it: no part of the document."""

from __future__ import annotations

import re

from liulin_gazette.intake.document_recognition.document_state import DocumentState, Position, Reading
from liulin_gazette.intake.drafts import Conversion, part_text

_QUOTED_MAIL = re.compile(
    r"(?=.*\d)(?=.*[\w.+-]@[\w-]+\.\w)[^。]{8,160}(?:写道|wrote)\s*[：:]", re.I
)  # fmt: skip
"""The line above a mail that another one quotes; it says when the mail was written, and from which address."""
_DASHED_MAIL = re.compile(
    r"-{3,}\s*(?:原始邮件|回复的?原?邮件|Original Message)\s*-{3,}(?P<sender>\n.*)?", re.I | re.S
)
"""The line above such a mail that other programs write; the sender follows. A mail sent on is the manuscript itself."""
_MAIL_SENDER = re.compile(r"\s*[>*]?\s*(?:发件人|From)\s*[：:]", re.I)


def leave_out_quoted_mail(state: DocumentState, position: Position) -> Reading | None:
    """Leave out the mail to which the document was sent as an answer, down to the end."""
    dashed = _DASHED_MAIL.fullmatch(position.text)
    following = part_text(position.following) if position.following else ""
    is_sent = dashed and _MAIL_SENDER.match(dashed["sender"] or following)
    if not state.has_text or not (is_sent or _QUOTED_MAIL.fullmatch(position.text)):
        return None
    rest = position.parts[position.index :]
    reason = "邮件里引用的来信"
    return Reading(state, tuple(Conversion(part.place, part_text(part), "", reason) for part in rest))
