"""An independent count of a PDF: the characters that PDFium gives for whole pages, in the order of the file.

The reader of PDFs goes by places on the page instead, and shares only the table of radicals with this module.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from liulin_gazette.intake.account import SourceText
from liulin_gazette.intake.radical_forms import plain_form

_HYPHENS = "\x02\xad\ufffe"
_PRIVATE_USE = re.compile("[\ue000-\uf8ff]")


def count_pdf(content: bytes, recognised: Mapping[int, Sequence[str]]) -> Iterator[SourceText]:
    """Yield the pieces of text on each page, in the order in which it paints them. Raises PdfiumError.

    ``recognised`` has the texts that text recognition (OCR) read on pages, by the number of the page.
    """
    import pypdfium2

    document = pypdfium2.PdfDocument(content)
    for number in range(1, len(document) + 1):
        page = document[number - 1]
        text = page.get_textpage()
        words = text.get_text_range().split()
        text.close()
        page.close()
        read = (word for line in recognised.get(number, ()) for word in line.split())
        yield from pieces_of_page(number, (*words, *read))
    document.close()


def pieces_of_page(number: int, words: Iterable[str]) -> Iterator[SourceText]:
    """Yield the ``words`` on the page with this ``number``, in plain characters."""
    for word in words:
        if plain := plain_word(word):
            yield SourceText(plain, f"第{number}页", is_piece=True)


def plain_word(word: str) -> str:
    """Return ``word`` in plain characters; a hyphen at the end of a line is one."""
    for hyphen in _HYPHENS:
        word = word.replace(hyphen, "-")
    return _PRIVATE_USE.sub(
        "\ufffd", "".join(plain_form(character) for character in word.replace("\0", "\ufffd"))
    )
