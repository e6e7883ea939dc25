"""Decoding pictures in a process under limits, before anything else in this program decodes them.

What was found is kept by digest in ``.cache/pictures``, so that a picture is decoded once. A picture that ran into a
limit is tried again when the program is started again: that may be due to the machine.
"""

from __future__ import annotations

import contextlib
import io
from collections.abc import Callable, Generator
from dataclasses import dataclass, replace
from pathlib import Path

from liulin_gazette.cache import sealed_file
from liulin_gazette.cache.encoded import DamagedValueError, decode, encode
from liulin_gazette.source.folder import Fault, Folder, read_folder
from liulin_gazette.source.pictures.picture_files import DAMAGED, declared_fault
from liulin_gazette.spawning.limited_process import Limit, LimitedProcess, LimitError, Limits

FILE = Path(".cache") / "pictures"
DECODING = Limits(seconds=60, memory=1536 * 1024 * 1024)
"""For one picture. The largest that is accepted, of 60 million pixels, takes about 2 s and 300 MB."""
CAPACITY = 20_000
"""Number of pictures that are remembered, the latest."""
_BITMAPS = (".png", ".jpg", ".jpeg")
_beyond_limits: dict[tuple[str, Limits], Fault] = {}
"""What this process says of pictures that ran into a limit, by SHA-256: the preview would wait for each at each save."""


@dataclass(frozen=True, slots=True)
class _Decoded:
    library: str
    """The version of Pillow."""
    is_sound: dict[str, bool]
    """Whether the pixels of a picture could be decoded, by the SHA-256 of its file."""


def is_decodable(content: bytes) -> bool:
    """Tell whether all pixels of a picture can be decoded."""
    from PIL import Image

    try:
        picture = Image.open(io.BytesIO(content))
        with picture:
            picture.load()
    except (OSError, SyntaxError, ValueError, EOFError, OverflowError, Image.DecompressionBombError):
        return False
    return True


@contextlib.contextmanager
def picture_decoding(root: Path, limits: Limits = DECODING) -> Generator[Callable[[str], Folder]]:
    """Yield a function that reads a folder below ``root`` by project path, and tells which pictures cannot be decoded.

    One process decodes the pictures of all folders; it starts with the first that is not known yet.
    """
    file = root / FILE
    decoded: _Decoded | None = None
    known: dict[str, bool] = {}

    with LimitedProcess(limits) as process:

        def read(path: str) -> Folder:
            nonlocal decoded
            folder = read_folder(root, path)
            names = [name for name in folder.files if name.lower().endswith(_BITMAPS)]
            if names and decoded is None:
                decoded = _stored(file)
                known.update(decoded.is_sound)
            faults = {name: _fault(name, folder, known, process, limits) for name in names}
            return replace(folder, undecodable={name: fault for name, fault in faults.items() if fault})

        yield read
    if decoded is not None and known != decoded.is_sound:
        sealed_file.write(file, encode(replace(decoded, is_sound=dict(list(known.items())[-CAPACITY:]))))


def _fault(
    name: str, folder: Folder, known: dict[str, bool], process: LimitedProcess, limits: Limits
) -> Fault | None:
    """Return what is wrong with the pixels of the picture ``name``; None also where its head is faulty already."""
    content, digest = folder.files[name], folder.digests[name]
    if digest not in known:
        if declared_fault(name, content):
            return None
        if (digest, limits) in _beyond_limits:
            return _beyond_limits[digest, limits]
        try:
            known[digest] = process.call(is_decodable, content)
        except LimitError as error:
            fault = _beyond(error.limit, limits), "请用图片软件打开，缩小后另存为 PNG 或 JPEG。"
            _beyond_limits[digest, limits] = fault
            return fault
    return None if known[digest] else DAMAGED


def _beyond(limit: Limit, limits: Limits) -> str:
    if limit is Limit.TIME:
        return f"解码超过 {limits.seconds} 秒"
    return f"解码要用的内存超过 {limits.memory / 1024**3:.2g} GB"


def _stored(file: Path) -> _Decoded:
    from PIL import __version__ as library

    if (content := sealed_file.read(file)) is not None:
        with contextlib.suppress(DamagedValueError):
            decoded = decode(content, _Decoded)
            if decoded.library == library:
                return decoded
    return _Decoded(library, {})
