"""Characters that an edition cannot carry: those that XML 1.0 does not have (§2.2)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from liulin_gazette.model.diagnostics import Diagnostic, Place, Severity
from liulin_gazette.model.document import FullText
from liulin_gazette.model.published_texts import UNOFFICIAL, published_texts

CODE = "S090"
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def uncarried(documents: Iterable[FullText], edition: str) -> Iterator[Diagnostic]:
    """Yield S090 for each text of ``documents`` with a character that ``edition`` cannot carry."""
    for document in documents:
        for text in published_texts(document):
            found = None if text.role in UNOFFICIAL else _NO_XML.search(f"{text.label}{text.text}")
            if found:
                yield Diagnostic(
                    CODE,
                    Severity.WARNING,
                    Place(document.path, text.line, text.column),
                    f"字符 U+{ord(found[0]):04X} 装不进 {edition}，这一份没有做。",
                    "它看不见，多半是从别处粘贴来的，删去它；别的成品不受影响。",
                )
