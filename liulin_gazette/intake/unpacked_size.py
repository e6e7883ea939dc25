"""What an archive (.docx, .xlsx, .ofd) really holds, counted while it is unpacked, whatever it and its parts claim.

These are the only limits of size; the readers of archives have none of their own.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO, Any
from xml.parsers import expat

from liulin_gazette.intake.manuscript import IntakeError

MAX_UNPACKED_BYTES = 300 * 1024 * 1024
"""Of all parts together."""
MAX_MARKUP_BYTES = 60 * 1024 * 1024
"""Of all parts that are XML, whatever their names."""
MAX_ELEMENTS = 3_000_000
"""Elements in these; 40 pages have a hundred thousand."""
MAX_DEPTH = 200
"""Elements within one another; the tables in tables of a real document reach 60."""
MAX_PARTS = 10_000
_CHUNK_BYTES = 1 << 20
_ARCHIVE = b"PK\x03\x04"
_XML_BEGINNINGS = (b"<", b"\xef\xbb\xbf<", b"\xff\xfe<\0", b"\xfe\xff\0<")
UNREADABLE = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, RuntimeError)
"""What zipfile raises for a part that cannot be read: the reader of the file says what is wrong with it."""


def check_unpacked(name: str, content: bytes) -> None:
    """Raise IntakeError if the file ``name`` is an archive that holds more than a document can."""
    if not content.startswith(_ARCHIVE):
        return
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except UNREADABLE:
        return
    with archive:
        parts = archive.infolist()
        if len(parts) > MAX_PARTS:
            raise IntakeError(f"{name} 里有 {len(parts)} 个文件，超过 {MAX_PARTS} 个，没有打开。", _REMEDY)
        _Counter(name).count(archive, parts)


_REMEDY = "不像一份公文，请确认来源。"


class _Counter:
    """Counts what the parts of one archive hold."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._bytes = 0
        self._markup_bytes = 0
        self._elements = 0
        self._depth = 0

    def count(self, archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> None:
        """Unpack all ``parts``. Raises IntakeError for those that are beyond a limit."""
        for part in parts:
            try:
                with archive.open(part) as stream:
                    self._count_part(part.filename, stream)
            except UNREADABLE:
                continue

    def _count_part(self, part: str, stream: IO[bytes]) -> None:
        parser: Any = None
        is_markup = False
        for number, chunk in enumerate(_chunks(stream)):
            self._bytes += len(chunk)
            if self._bytes > MAX_UNPACKED_BYTES:
                self._refuse(part, f"解开后太大，超过 {MAX_UNPACKED_BYTES >> 20} MB")
            if number == 0 and chunk.lstrip().startswith(_XML_BEGINNINGS):
                parser, is_markup = self._parser(part), True
            if is_markup:
                self._markup_bytes += len(chunk)
                if self._markup_bytes > MAX_MARKUP_BYTES:
                    self._refuse(part, f"解开后文字和标记太大，超过 {MAX_MARKUP_BYTES >> 20} MB")
                try:
                    if parser is not None:
                        parser.Parse(chunk, False)
                        continue
                except (expat.ExpatError, LookupError, ValueError):
                    parser = None  # The reader of the file says what is wrong with it.
                self._count_element(part, chunk.count(b"<"))

    def _parser(self, part: str) -> Any:
        def start(*_: object) -> None:
            self._count_element(part)
            self._depth += 1
            if self._depth > MAX_DEPTH:
                self._refuse(part, f"的标记一层套一层，超过 {MAX_DEPTH} 层")

        def end(_: str) -> None:
            self._depth -= 1

        def entity(*_: object) -> None:
            self._refuse(part, "定义了 XML 实体（外部引用，或展开后可以无限大的文字）")

        self._depth = 0
        parser = expat.ParserCreate()
        parser.StartElementHandler = start
        parser.EndElementHandler = end
        parser.EntityDeclHandler = entity
        return parser

    def _count_element(self, part: str, number: int = 1) -> None:
        self._elements += number
        if self._elements > MAX_ELEMENTS:
            self._refuse(part, f"解开后太大，标记超过 {MAX_ELEMENTS // 10_000} 万个")

    def _refuse(self, part: str, beyond: str) -> None:
        raise IntakeError(f"{self._name} 里的“{part}”{beyond}，没有打开。", _REMEDY)


def _chunks(stream: IO[bytes]) -> Iterator[bytes]:
    while chunk := stream.read(_CHUNK_BYTES):
        yield chunk
