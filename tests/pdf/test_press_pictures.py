"""Pictures of every mode, and the inks that they have in a file for the press, read from the PDF."""

from __future__ import annotations

import io
import struct
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pydyf
import pytest
from PIL import Image, ImageCms

from liulin_gazette.model.press import COATED, TOTAL_INK, UNCOATED
from liulin_gazette.pdf.typeset.plain_picture import plain_picture
from liulin_gazette.pdf.write.colour_profiles import DATA, press_condition
from liulin_gazette.pdf.write.pictures import add_press_picture, add_screen_picture
from liulin_gazette.pdf.write.press_pictures import PictureInks, limit_ink

Inks = tuple[int, int, int, int]
SIZE = (16, 8)
FOGRA39, FOGRA29 = ((DATA / f"{name}.icc").read_bytes() for name in ("FOGRA39L", "FOGRA29L"))


def saved(picture: Any, kind: str, **options: Any) -> bytes:
    output = io.BytesIO()
    picture.save(output, kind, **options)
    return output.getvalue()


def plain(mode: str, colour: Any, kind: str = "PNG", **options: Any) -> bytes:
    return saved(Image.new(mode, SIZE, colour), kind, **options)


def profile(kind: str, gamma: float) -> bytes:
    """Return an ICC profile of greys, or of the primaries of sRGB, with another ``gamma`` than sRGB has."""
    cms: Any = ImageCms
    parts = [bytearray(cms.ImageCmsProfile(cms.createProfile("sRGB")).tobytes())]
    curve = b"curv" + bytes(4) + struct.pack(">IH", 1, round(gamma * 256)) + bytes(2)
    return rebuilt(bytes(parts[0]), kind, curve)


def rebuilt(source: bytes, kind: str, curve: bytes) -> bytes:
    """Return the profile ``source`` with all its tone curves replaced by ``curve`` and another description."""
    count = struct.unpack(">I", source[128:132])[0]
    tags: dict[bytes, bytes] = {}
    for index in range(count):
        name, start, size = struct.unpack(">4sII", source[132 + 12 * index : 144 + 12 * index])
        tags[name] = source[start : start + size]
    words = "other".encode("utf-16-be")
    tags[b"desc"] = b"mluc" + bytes(4) + struct.pack(">II2s2sII", 1, 12, b"en", b"US", len(words), 28) + words
    if kind == "GRAY":
        tags = {name: tags[name] for name in (b"desc", b"cprt", b"wtpt")} | {b"kTRC": curve}
    else:
        tags |= dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), curve)
    head, body = b"", b""
    offset = 132 + 12 * len(tags)
    for name, data in tags.items():
        padded = data + bytes(-len(data) % 4)
        head += struct.pack(">4sII", name, offset + len(body), len(data))
        body += padded
    whole = (
        source[4:16] + kind.encode().ljust(4) + source[20:128] + struct.pack(">I", len(tags)) + head + body
    )
    return struct.pack(">I", len(whole) + 4) + whole


def without_adobe_marker(file: bytes) -> bytes:
    start = file.index(b"\xff\xee")
    return file[:start] + file[start + 2 + struct.unpack(">H", file[start + 2 : start + 4])[0] :]


def half_transparent(mode: str, colour: Any) -> bytes:
    """Return a PNG whose left half has ``colour`` and whose right half is transparent."""
    picture = Image.new(mode, SIZE, colour)
    picture.putalpha(Image.new("L", SIZE, 0))
    picture.paste(Image.new(mode, (8, 8), colour), (0, 0))
    return saved(picture, "PNG")


def palette(transparency: Any) -> bytes:
    picture = Image.new("P", SIZE, 0)
    picture.putpalette([0, 0, 0, 200, 30, 40] + [255] * 762)
    picture.paste(1, (8, 0, 16, 8))
    return saved(picture, "PNG", transparency=transparency)


def turned() -> bytes:
    """Return a photo lying on its side: its first row is the right-hand side of what was seen."""
    picture = Image.new("RGB", (8, 16), (255, 255, 255))
    picture.paste((0, 0, 0), (0, 0, 8, 8))
    exif = Image.Exif()
    exif[0x0112] = 6
    return saved(picture, "JPEG", exif=exif, quality=95)


def drawing() -> bytes:
    picture = Image.new("RGB", SIZE, (0, 0, 0))
    picture.paste((0, 0, 200), (8, 0, 16, 8))
    return saved(picture, "PNG")


def photo() -> bytes:
    """Return a picture of more colours than a drawing has, black at the left edge of its middle row."""
    picture = Image.frombytes(
        "RGB", (256, 64), bytes(part for y in range(64) for x in range(256) for part in (x, y * 4, 128))
    )
    picture.paste((0, 0, 0), (0, 16, 64, 48))
    return saved(picture, "PNG")


def deep_grey(value: int, **options: Any) -> bytes:
    return saved(Image.frombytes("I;16", SIZE, struct.pack("<H", value) * 128), "PNG", **options)


def squares(colour: Inks) -> Any:
    """Return a CMYK picture, black alone on the left, ``colour`` on the right."""
    picture = Image.new("CMYK", SIZE, (0, 0, 0, 255))
    picture.paste(colour, (8, 0, 16, 8))
    return picture


def inks_at(pixels: Any, place: tuple[int, int]) -> Inks:
    value = pixels.getpixel(place)
    values = (0, 0, 0, 255 - value) if pixels.mode == "L" else value
    cyan, magenta, yellow, black = (round(ink / 2.55) for ink in values)
    return cyan, magenta, yellow, black


def by_profile(mode: str, colour: Any, source: bytes = b"") -> Inks:
    """Return the inks on coated paper that LittleCMS computes for ``colour``, sRGB or of the profile ``source``."""
    cms: Any = ImageCms
    origin = cms.ImageCmsProfile(io.BytesIO(source)) if source else cms.createProfile("sRGB")
    press = cms.ImageCmsProfile(io.BytesIO(FOGRA39))
    pixel = Image.new(mode, (1, 1), colour)
    return inks_at(cms.profileToProfile(pixel, origin, press, 0, outputMode="CMYK"), (0, 0))


JPEG = {"quality": 95, "subsampling": 0}


@dataclass(frozen=True)
class Case:
    file: Callable[[], bytes]
    left: Inks
    """Inks in percent on the left, of black alone too."""
    right: Inks
    inks: str
    at_most: int = 3
    """Percent by which an ink may differ: JPEG and rounding."""


WHITE, BLACK = (0, 0, 0, 0), (0, 0, 0, 100)
CASES = {
    "1 bit": Case(lambda: plain("1", 0), BLACK, BLACK, "K", 0),
    "grey": Case(lambda: plain("L", 51), (0, 0, 0, 80), (0, 0, 0, 80), "K", 0),
    "grey of 16 bits": Case(lambda: deep_grey(0x3333), (0, 0, 0, 80), (0, 0, 0, 80), "K", 0),
    "bright grey of 16 bits": Case(lambda: deep_grey(0xE666), (0, 0, 0, 10), (0, 0, 0, 10), "K", 0),
    "grey of 16 bits with a transparent value": Case(
        lambda: deep_grey(0x3333, transparency=0x3333), WHITE, WHITE, "", 0
    ),
    "grey with a transparent value": Case(lambda: plain("L", 51, transparency=51), WHITE, WHITE, "", 0),
    "grey and alpha": Case(lambda: half_transparent("L", 51), (0, 0, 0, 80), WHITE, "K", 0),
    "palette": Case(lambda: palette(255), BLACK, by_profile("RGB", (200, 30, 40)), "CMYK", 1),
    "palette with a transparent entry": Case(lambda: palette(1), BLACK, WHITE, "K", 0),
    "palette with alpha": Case(
        lambda: palette(bytes([0, 255])), WHITE, by_profile("RGB", (200, 30, 40)), "CMYK", 1
    ),
    "RGB that is grey": Case(lambda: plain("RGB", (51, 51, 51)), (0, 0, 0, 80), (0, 0, 0, 80), "K", 0),
    "RGB and alpha": Case(lambda: half_transparent("RGB", (0, 0, 0)), BLACK, WHITE, "K", 0),
    "black in a coloured drawing": Case(drawing, BLACK, by_profile("RGB", (0, 0, 200)), "CMYK", 1),
    "progressive JPEG": Case(
        lambda: plain("RGB", (51, 51, 51), "JPEG", progressive=True, **JPEG),
        (0, 0, 0, 80),
        (0, 0, 0, 80),
        "K",
        1,
    ),
    "JPEG lying on its side": Case(turned, WHITE, BLACK, "K"),
    "CMYK JPEG, inverted as Adobe does": Case(
        lambda: saved(squares((255, 0, 0, 0)), "JPEG", **JPEG), BLACK, (100, 0, 0, 0), "CMYK"
    ),
    "CMYK JPEG without Adobe's marker": Case(
        lambda: without_adobe_marker(saved(Image.new("CMYK", SIZE, (255, 255, 255, 0)), "JPEG", **JPEG)),
        BLACK,
        BLACK,
        "K",
        0,
    ),
    "CMYK of black alone": Case(
        lambda: plain("CMYK", (0, 0, 0, 128), "JPEG", **JPEG), (0, 0, 0, 50), (0, 0, 0, 50), "K"
    ),
    "CMYK with the profile of the press": Case(
        lambda: saved(squares((255, 128, 0, 0)), "JPEG", icc_profile=FOGRA39, **JPEG),
        BLACK,
        (100, 50, 0, 0),
        "CMYK",
    ),
    "CMYK with another profile": Case(
        lambda: saved(squares((128, 128, 0, 0)), "JPEG", icc_profile=FOGRA29, **JPEG),
        BLACK,
        by_profile("CMYK", (128, 128, 0, 0), FOGRA29),
        "CMYK",
        2,
    ),
    "grey with a profile": Case(
        lambda: plain("L", 128, icc_profile=profile("GRAY", 1.0)), (0, 0, 0, 26), (0, 0, 0, 26), "K", 1
    ),
    "RGB grey with a profile": Case(
        lambda: plain("RGB", (128, 128, 128), icc_profile=profile("RGB ", 1.0)),
        (0, 0, 0, 26),
        (0, 0, 0, 26),
        "K",
        1,
    ),
    "damaged profile": Case(
        lambda: plain("L", 51, icc_profile=profile("GRAY", 1.0)[:140]), (0, 0, 0, 80), (0, 0, 0, 80), "K", 0
    ),
    "profile of another colour space": Case(
        lambda: plain("L", 51, icc_profile=FOGRA39), (0, 0, 0, 80), (0, 0, 0, 80), "K", 0
    ),
}


def pressed(file: bytes, kind: str = COATED) -> tuple[Any, PictureInks]:
    """Return the pixels (L or CMYK) that ``file`` has in a file for the press, and what is said of its inks."""
    import pikepdf

    pdf: Any = pydyf.PDF()
    _, inks = add_press_picture(pdf, plain_picture(file), 300, press_condition(kind), TOTAL_INK[kind])
    output = io.BytesIO()
    pdf.write(output)
    output.seek(0)
    read = pikepdf.open(output)
    with read:
        image = next(each for each in read.objects if isinstance(each, pikepdf.Stream))
        assert str(image.ColorSpace) in ("/DeviceGray", "/DeviceCMYK")
        mode = "L" if image.ColorSpace == "/DeviceGray" else "CMYK"
        return Image.frombytes(mode, (int(image.Width), int(image.Height)), image.read_bytes()), inks


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_inks_of_a_picture(case: Case) -> None:
    pixels, inks = pressed(case.file())
    assert pixels.size == SIZE
    for place, wanted in (((2, 4), case.left), ((13, 4), case.right)):
        found = inks_at(pixels, place)
        assert max(abs(a - b) for a, b in zip(found, wanted, strict=True)) <= case.at_most, (found, wanted)
        if wanted in (BLACK, WHITE):
            assert found[:3] == (0, 0, 0)
    assert set(inks.inks) <= set(case.inks) and ("K" in inks.inks or not case.inks)
    assert bool(set(inks.inks) - {"K"}) == ("C" in case.inks)


def test_the_profile_of_a_coloured_picture_changes_its_inks() -> None:
    plainly, _ = pressed(plain("RGB", (128, 64, 32)))
    brighter, _ = pressed(plain("RGB", (128, 64, 32), icc_profile=profile("RGB ", 1.0)))
    assert sum(inks_at(brighter, (2, 4))) < sum(inks_at(plainly, (2, 4))) - 40


@pytest.mark.parametrize("kind", [COATED, UNCOATED])
def test_no_place_has_more_ink_than_the_paper_takes(kind: str) -> None:
    full = pressed(saved(Image.new("CMYK", SIZE, (255, 255, 255, 255)), "JPEG", **JPEG), kind)
    dark = pressed(photo(), kind)
    for pixels, inks in (full, dark):
        most = max(sum(pixel) for pixel in zip(*[iter(pixels.tobytes())] * 4, strict=True)) / 2.55
        assert most <= TOTAL_INK[kind] and inks.total <= TOTAL_INK[kind]
    assert full[1].asked == 400 and full[1].total >= TOTAL_INK[kind] - 2
    assert inks_at(full[0], (0, 0))[3] == 100, "black stays"


def test_shadows_of_a_photo_keep_all_inks() -> None:
    pixels, inks = pressed(photo())
    cyan, magenta, _, black = inks_at(pixels, (10, 32))
    assert black > 90 and cyan > 50 and magenta > 50
    assert inks.asked > 300 >= inks.total


def test_ink_is_limited_in_every_strip(monkeypatch: pytest.MonkeyPatch) -> None:
    from liulin_gazette.pdf.write import press_pictures

    monkeypatch.setattr(press_pictures, "STRIP", 3 * 16)
    picture = Image.new("CMYK", SIZE, (200, 100, 50, 0))
    picture.paste((255, 255, 255, 200), (0, 5, 16, 8))
    limited, asked, total = limit_ink(picture, 300)
    assert (asked, total) == (378, 300) or (asked, total) == (378, 299)
    assert limited.getpixel((3, 1)) == (200, 100, 50, 0)
    assert sum(limited.getpixel((3, 7))) <= 765 and limited.getpixel((3, 7))[3] == 200


@pytest.mark.parametrize(
    ("file", "wanted"),
    [
        (saved(Image.new("CMYK", SIZE, (0, 0, 0, 0)), "JPEG", **JPEG), (255, 255, 255)),
        (saved(Image.new("CMYK", SIZE, (0, 255, 255, 0)), "JPEG", **JPEG), (228, 30, 37)),
        (plain("RGB", (128, 128, 128), icc_profile=profile("RGB ", 1.0)), (188, 188, 188)),
        (deep_grey(0x8080), (128,)),
        (half_transparent("L", 51), (51,)),
    ],
    ids=["CMYK white", "CMYK red", "RGB with a profile", "16 bits", "grey and alpha"],
)
def test_pictures_on_the_screen(file: bytes, wanted: tuple[int, ...]) -> None:
    import pikepdf

    pdf: Any = pydyf.PDF()
    add_screen_picture(pdf, plain_picture(file), 300)
    output = io.BytesIO()
    pdf.write(output)
    output.seek(0)
    read = pikepdf.open(output)
    with read:
        image = next(each for each in read.objects if isinstance(each, pikepdf.Stream))
        pixel = tuple(image.read_bytes()[: len(wanted)])
    assert max(abs(a - b) for a, b in zip(pixel, wanted, strict=True)) <= 1, pixel


def test_a_plain_picture_is_not_touched() -> None:
    for file in (plain("RGB", (1, 2, 3)), plain("RGB", (1, 2, 3), "JPEG"), b"<svg/>"):
        assert plain_picture(file) is file
