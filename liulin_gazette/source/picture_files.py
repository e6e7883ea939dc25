"""Picture files: which ones can be printed and published."""

from __future__ import annotations

import io
import re

from liulin_gazette.model.diagnostics import Place
from liulin_gazette.source.file_names import NAME_HINT, is_portable, same_but_for_case
from liulin_gazette.source.finding_collector import FindingCollector
from liulin_gazette.source.folder import MAX_PICTURE_BYTES, PICTURE_TYPES, Folder

MISSING = "原图待补"
"""Written instead of a file name where the picture is still to be supplied."""
MAX_PIXELS = 60_000_000
"""An A4 page at 800 dpi has 62 million pixels; no printing plate needs more."""
_EXTERNAL_SVG = re.compile(
    rb"<!ENTITY|<script|<foreignObject|\bhref\s*=\s*[\"'](?!#|data:image/)|@import|url\(\s*[\"']?(?!#)", re.I
)
"""Scripts, and references to anything outside the file."""
_SVG_TEXT = re.compile(rb"<(?:\w+:)?text[\s>]")
_UNPRINTABLE_SVG = re.compile(
    rb"<(?:\w+:)?(?:linearGradient|radialGradient|pattern|filter|mask)[\s>/]|opacity\s*[:=]\s*[\"']?\s*0?\.\d|rgba\(",
    re.I,
)
"""Features that do not reliably reach a printing plate: they are rasterised, or their colours change."""


def is_sound(folder: Folder, name: str, place: Place, findings: FindingCollector) -> bool:
    """Tell whether the picture ``name`` in ``folder`` can be printed; the reason why not is reported (S017)."""
    fault = _name_fault(folder, name) or _file_fault(name, folder.files[name])
    if fault:
        findings.error("S017", place, f"图片“{name}”{fault[0]}。", fault[1])
    return not fault


def _name_fault(folder: Folder, name: str) -> tuple[str, str] | None:
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
    if name not in folder.files:
        return "找不到", f"把图片放进这个文件夹，或检查文件名；原图暂缺的，文件名写“{MISSING}”。"
    return None


def _file_fault(name: str, content: bytes) -> tuple[str, str] | None:
    """Return what is wrong with the content, and the hint; None if nothing is."""
    if len(content) > MAX_PICTURE_BYTES:
        return "超过 20 MB", "请缩小后再用。"
    if name.lower().endswith(".svg"):
        return _svg_fault(content)
    from PIL import Image

    try:
        picture = Image.open(io.BytesIO(content))
        with picture:
            width, height = picture.size
            picture.verify()
    except Image.DecompressionBombError:
        return "大得不合情理", "请缩小后再用。"
    except (OSError, SyntaxError, ValueError):
        return "打不开，文件已损坏或扩展名不对", "请重新导出图片。"
    if width * height > MAX_PIXELS:
        return f"有 {width}×{height} 像素，太大了", "请缩小到 6000 万像素以内。"
    return None


def _svg_fault(data: bytes) -> tuple[str, str] | None:
    from xml.etree import ElementTree

    if _EXTERNAL_SVG.search(data):
        return "引用了文件以外的内容，或含有脚本", "请用绘图软件另存为普通 SVG，图片和样式都嵌在文件里。"
    try:
        ElementTree.fromstring(data)
    except ElementTree.ParseError:
        return "不是完好的 SVG 文件", "请重新导出图片。"
    if _SVG_TEXT.search(data):
        return "里有没有转成曲线的文字", "在绘图软件里把文字转成曲线（轮廓）再保存，否则换一台电脑字就变了。"
    if _UNPRINTABLE_SVG.search(data):
        return "里有渐变、图案、滤镜或半透明", "改成纯色；或导出为 300 ppi 以上的 PNG。"
    return None
