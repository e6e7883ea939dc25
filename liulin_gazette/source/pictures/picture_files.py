"""Picture files: which ones can be printed and published."""

from __future__ import annotations

import io

from liulin_gazette.model.diagnostics import Place
from liulin_gazette.source.file_names import NAME_HINT, is_portable, same_but_for_case
from liulin_gazette.source.finding_collector import FindingCollector
from liulin_gazette.source.folder import MAX_PICTURE_BYTES, NOT_PLAIN, PICTURE_TYPES, Fault, Folder
from liulin_gazette.source.pictures.svg_file import rewritten
from liulin_gazette.source.pictures.svg_published_file import written_as_published
from liulin_gazette.source.pictures.svg_vocabulary import SvgError

MISSING = "原图待补"
"""Written instead of a file name where the picture is still to be supplied."""
DAMAGED: Fault = ("打不开，文件已损坏或扩展名不对", "请重新导出图片。")
_KINDS = ("PNG", "JPEG", "MPO", "GIF", "WEBP", "BMP")
"""Formats, as Pillow calls them, that browsers and the typesetter read whatever the file is called."""
_MODES = ("1", "L", "LA", "P", "PA", "RGB", "RGBA", "RGBX", "CMYK", "I", "I;16")
"""Modes, as Pillow calls them, of whose colours the program knows what they mean."""
MAX_PIXELS = 60_000_000
"""An A4 page at 800 dpi has 62 million pixels; no printing plate needs more."""


def is_sound(folder: Folder, name: str, place: Place, findings: FindingCollector) -> bool:
    """Tell whether the picture ``name`` in ``folder`` can be printed; the reason why not is reported (S017).

    An SVG that was published as it is stays what it was: what is wrong with it today is a warning.
    """
    fault = (
        _name_fault(folder, name) or declared_fault(name, folder.files[name]) or folder.undecodable.get(name)
    )
    if fault and _is_published_svg(folder, name):
        findings.warning(
            "S017",
            place,
            f"图片“{name}”{fault[0]}。",
            f"这一期已经发布，这幅图没有改过，照发布时的样子登，不用改；在别处再用，先改好：{fault[1]}",
        )
        return True
    if fault:
        findings.error("S017", place, f"图片“{name}”{fault[0]}。", fault[1])
    return not fault


def _is_published_svg(folder: Folder, name: str) -> bool:
    """Tell whether ``name`` is an SVG that the record of the issue has as it is now, and that can be written."""
    digest = folder.digests.get(name)
    if not name.lower().endswith(".svg") or digest is None or len(folder.files[name]) > MAX_PICTURE_BYTES:
        return False
    if folder.published.get(name) != digest:
        return False
    try:
        written_as_published(folder.files[name])
    except SvgError:
        return False
    return True


def _name_fault(folder: Folder, name: str) -> Fault | None:
    """Return what is wrong with the name, and the hint; None if nothing is."""
    if not is_portable(name):
        return (
            "的文件名不能用",
            f"图片放在公文所在的文件夹里，只写文件名；{NAME_HINT}",
        )
    if other := same_but_for_case(name, folder.files):
        return f"与“{other}”只差大小写", "Windows 上是同一个文件；给其中一个换个名字。"
    if not name.lower().endswith(PICTURE_TYPES):
        return "的格式不支持", "用 PNG、JPEG 或 SVG 格式。"
    if name in folder.not_plain:
        return NOT_PLAIN, "把图片文件本身放进这个文件夹。"
    if name not in folder.files:
        return "找不到", f"把图片放进这个文件夹，或检查文件名；原图暂缺的，文件名写“{MISSING}”。"
    return None


def declared_fault(name: str, content: bytes) -> Fault | None:
    """Return what is wrong with a picture by its size, by what a bitmap says of itself, or anywhere in an SVG.

    None if nothing is. The pixels of a bitmap are not decoded: see ``picture_decoding``.
    """
    if len(content) > MAX_PICTURE_BYTES:
        return "超过 20 MB", "请缩小后再用。"
    if name.lower().endswith(".svg"):
        return _svg_fault(content)
    from PIL import Image

    try:
        picture = Image.open(io.BytesIO(content))
        with picture:
            width, height = picture.size
            kind, mode = picture.format, picture.mode
            picture.verify()
    except Image.DecompressionBombError:
        return "大得不合情理", "请缩小后再用。"
    except (OSError, SyntaxError, ValueError):
        return DAMAGED
    if width * height > MAX_PIXELS:
        return f"有 {width}×{height} 像素，太大了", "请缩小到 6000 万像素以内。"
    if kind not in _KINDS:
        return f"其实是 {kind} 文件，只是扩展名改过", "用图片软件打开，另存为 PNG 或 JPEG。"
    if mode not in _MODES:
        return (
            f"的颜色模式（{mode}）印不出来",
            "用图片软件打开，转成 RGB、CMYK 或灰度以后另存为 PNG 或 JPEG。",
        )
    return None


def _svg_fault(data: bytes) -> Fault | None:
    try:
        rewritten(data)
    except SvgError as error:
        return error.fault
    return None


def published_picture(name: str, content: bytes) -> bytes:
    """Return what the site and PDFs get of the sound picture ``name``: an SVG written anew, others as they are."""
    if not name.lower().endswith(".svg"):
        return content
    try:
        return rewritten(content)
    except SvgError:  # ``is_sound`` lets through only what was published before.
        return written_as_published(content)
