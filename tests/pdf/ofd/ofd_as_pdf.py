"""A reader of OFD for tests, which knows nothing of the writer: pages as PDF, and each glyph with its place.

It takes fonts, glyphs and places from the file alone (GB/T 33190-2016) and draws by glyph, so that a PDF renderer shows
what a reader of OFD would. It cuts objects off at their boundaries, as the standard has it.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree

import pikepdf
from fontTools.ttLib import TTFont
from PIL import Image

OFD = "{http://www.ofdspec.org/2016}"
_POINTS = 72 / 25.4
_PATH = {"M": (2, "m"), "L": (2, "l"), "B": (6, "c"), "C": (0, "h")}


@dataclass(frozen=True)
class SeenGlyph:
    """A glyph as a reader of OFD draws it, in mm from the upper left corner of the page."""

    page: int
    text: str
    glyph: int
    x: float
    y: float


class OfdFile:
    """The parts of an OFD file."""

    def __init__(self, content: bytes) -> None:
        self.archive = zipfile.ZipFile(io.BytesIO(content))
        root = self.part("OFD.xml")
        self.root = posixpath.normpath(root.findtext(f"{OFD}DocBody/{OFD}DocRoot") or "")
        self.document = self.part(self.root)
        self.files: dict[str, bytes] = {}
        for each in self.document.iter():
            if each.tag in (f"{OFD}PublicRes", f"{OFD}DocumentRes"):
                self._read_resources(self.beside(self.root, each.text or ""))

    def part(self, path: str) -> ElementTree.Element:
        return ElementTree.fromstring(self.archive.read(path))

    @staticmethod
    def beside(path: str, target: str) -> str:
        return posixpath.normpath(posixpath.join(posixpath.dirname(path), target)).lstrip("/")

    def _read_resources(self, path: str) -> None:
        root = self.part(path)
        for each in root.iter():
            file = each.findtext(f"{OFD}FontFile") or each.findtext(f"{OFD}MediaFile")
            if file and (key := each.get("ID")):
                inside = self.beside(path, posixpath.join(root.get("BaseLoc") or "", file))
                self.files[key] = self.archive.read(inside)

    def page_paths(self) -> list[str]:
        pages = self.document.iterfind(f"{OFD}Pages/{OFD}Page")
        return [self.beside(self.root, page.get("BaseLoc") or "") for page in pages]

    def page_size(self, page: ElementTree.Element) -> tuple[float, float]:
        box = page.findtext(f"{OFD}Area/{OFD}PhysicalBox") or self.document.findtext(
            f"{OFD}CommonData/{OFD}PageArea/{OFD}PhysicalBox"
        )
        _, _, width, height = numbers(box)
        return width, height


def numbers(text: str | None) -> list[float]:
    return [float(word) for word in (text or "").split()]


def steps(text: str | None) -> list[float]:
    """Return the steps of a DeltaX, with ``g n v`` as n times v."""
    words, found = (text or "").split(), list[float]()
    while words:
        word = words.pop(0)
        found += [float(words.pop(1))] * int(words.pop(0)) if word == "g" else [float(word)]
    return found


def text_glyphs(unit: ElementTree.Element) -> Iterator[tuple[str, int, float, float]]:
    """Yield text, glyph and place in the object of each glyph of a text object."""
    transforms: list[ElementTree.Element] = []
    for each in unit:
        if each.tag == f"{OFD}CGTransform":
            transforms.append(each)
        elif each.tag == f"{OFD}TextCode":
            text = each.text or ""
            places, x = list[float](), float(each.get("X") or 0)
            for step in [*steps(each.get("DeltaX")), 0]:
                places.append(x)
                x += step
            assert len(places) == len(text), text
            for transform in transforms:
                start, count = int(transform.get("CodePosition") or 0), int(transform.get("CodeCount") or 1)
                glyphs = [int(word) for word in (transform.findtext(f"{OFD}Glyphs") or "").split()]
                assert len(glyphs) == int(transform.get("GlyphCount") or 1)
                for offset, glyph in enumerate(glyphs):
                    index = start + (offset if len(glyphs) == count else 0)
                    shown = text[index] if len(glyphs) == count else text[start : start + count]
                    yield shown, glyph, places[index], float(each.get("Y") or 0)
            transforms = []


def seen_glyphs(content: bytes) -> list[SeenGlyph]:
    """Return each glyph of each page of an OFD file."""
    file, seen = OfdFile(content), list[SeenGlyph]()
    for number, path in enumerate(file.page_paths()):
        for unit in file.part(path).iter(f"{OFD}TextObject"):
            left, top, _, _ = numbers(unit.get("Boundary"))
            a, b, c, d, e, f = numbers(unit.get("CTM")) or [1, 0, 0, 1, 0, 0]
            for text, glyph, x, y in text_glyphs(unit):
                seen.append(SeenGlyph(number, text, glyph, left + a * x + c * y + e, top + b * x + d * y + f))
    return seen


def as_pdf(content: bytes) -> bytes:
    """Return a PDF that shows what an OFD file shows."""
    file, pdf = OfdFile(content), pikepdf.new()
    resources: dict[str, Any] = {"/Font": pikepdf.Dictionary(), "/XObject": pikepdf.Dictionary()}
    for key, data in file.files.items():
        if data[:4] in (b"OTTO", b"\0\1\0\0", b"true"):
            resources["/Font"][f"/R{key}"] = _font(pdf, data)
        else:
            resources["/XObject"][f"/R{key}"] = _picture(pdf, data)
    for path in file.page_paths():
        page = file.part(path)
        width, height = file.page_size(page)
        pdf.add_blank_page(page_size=(width * _POINTS, height * _POINTS))
        lines = [f"{_POINTS} 0 0 {-_POINTS} 0 {height * _POINTS} cm"]
        for unit in page.iterfind(f"{OFD}Content/{OFD}Layer/*"):
            lines += _drawn(unit)
        added: Any = pdf.pages[-1]
        added.Contents = pdf.make_stream("\n".join(lines).encode())
        added.Resources = pikepdf.Dictionary(resources)
    output = io.BytesIO()
    pdf.save(output)
    return output.getvalue()


def _drawn(unit: ElementTree.Element) -> Iterator[str]:
    left, top, width, height = numbers(unit.get("Boundary"))
    yield f"q 1 0 0 1 {left} {top} cm 0 0 {width} {height} re W n"
    if unit.get("CTM"):
        yield f"{unit.get('CTM')} cm"
    for clip in unit.iterfind(f"{OFD}Clips/{OFD}Clip/{OFD}Area/{OFD}Path"):
        x, y, _, _ = numbers(clip.get("Boundary"))
        rule = "W*" if clip.get("Rule") == "Even-Odd" else "W"
        yield f"1 0 0 1 {x} {y} cm {_path(clip)} {rule} n 1 0 0 1 {-x} {-y} cm"
    if unit.tag == f"{OFD}PathObject":
        yield from _painted_path(unit)
    elif unit.tag == f"{OFD}TextObject":
        yield _colour(unit, "FillColor", "rg", "0 0 0")
        yield f"BT /R{unit.get('Font')} {unit.get('Size')} Tf"
        for _, glyph, x, y in text_glyphs(unit):
            yield f"1 0 0 -1 {x:.4f} {y:.4f} Tm <{glyph:04x}> Tj"
        yield "ET"
    else:
        yield f"1 0 0 -1 0 1 cm /R{unit.get('ResourceID')} Do"
    yield "Q"


def _painted_path(unit: ElementTree.Element) -> Iterator[str]:
    is_filled, is_stroked = unit.get("Fill") == "true", unit.get("Stroke") != "false"
    yield _colour(unit, "FillColor", "rg", "0 0 0")
    yield _colour(unit, "StrokeColor", "RG", "0 0 0")
    if is_stroked:
        cap = {"Butt": 0, "Round": 1, "Square": 2}[unit.get("Cap") or "Butt"]
        join = {"Miter": 0, "Round": 1, "Bevel": 2}[unit.get("Join") or "Miter"]
        yield f"{unit.get('LineWidth') or 0.353} w {cap} J {join} j {unit.get('MiterLimit') or 4.234} M"
        yield f"[{unit.get('DashPattern') or ''}] {unit.get('DashOffset') or 0} d"
    even = "*" if unit.get("Rule") == "Even-Odd" else ""
    operator = {(True, True): f"B{even}", (True, False): f"f{even}", (False, True): "S", (False, False): "n"}
    yield f"{_path(unit)} {operator[is_filled, is_stroked]}"


def _path(unit: ElementTree.Element) -> str:
    words, drawn = (unit.findtext(f"{OFD}AbbreviatedData") or "").split(), list[str]()
    while words:
        count, operator = _PATH[words.pop(0)]
        drawn.append(" ".join([*(words.pop(0) for _ in range(count)), operator]))
    return " ".join(drawn)


def _colour(unit: ElementTree.Element, name: str, operator: str, default: str) -> str:
    found = unit.find(f"{OFD}{name}")
    value = default if found is None else found.get("Value") or default
    return " ".join(f"{float(word) / 255:.6f}" for word in value.split()) + f" {operator}"


def _font(pdf: Any, data: bytes) -> Any:
    font: Any = TTFont(io.BytesIO(data), lazy=True)
    is_cff = "CFF " in font
    program = pdf.make_stream(font.reader["CFF "] if is_cff else data)
    if is_cff:
        program.Subtype = pikepdf.Name.CIDFontType0C
    descriptor = pikepdf.Dictionary(
        Type=pikepdf.Name.FontDescriptor, FontName=pikepdf.Name("/F"), Flags=4, FontBBox=[0, -300, 1000, 1000],
        ItalicAngle=0, Ascent=900, Descent=-200, CapHeight=700, StemV=80,
    )  # fmt: skip
    descriptor["/FontFile3" if is_cff else "/FontFile2"] = program
    descendant = pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name("/CIDFontType0" if is_cff else "/CIDFontType2"),
        BaseFont=pikepdf.Name("/F"),
        CIDSystemInfo=pikepdf.Dictionary(Registry="Adobe", Ordering="Identity", Supplement=0),
        FontDescriptor=pdf.make_indirect(descriptor),
    )
    return pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font,
            Subtype=pikepdf.Name("/Type0"),
            BaseFont=pikepdf.Name("/F"),
            Encoding=pikepdf.Name("/Identity-H"),
            DescendantFonts=[pdf.make_indirect(descendant)],
        )
    )


def _picture(pdf: Any, data: bytes) -> Any:
    picture: Any = Image.open(io.BytesIO(data)).convert("RGB")
    stream = pdf.make_stream(picture.tobytes())
    stream.Type, stream.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
    stream.Width, stream.Height, stream.BitsPerComponent = picture.width, picture.height, 8
    stream.ColorSpace = pikepdf.Name.DeviceRGB
    return stream
