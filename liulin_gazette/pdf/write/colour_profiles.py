"""Colour profiles: of the screen, of the press with two kinds of paper or of a printer's own, and those of pictures."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from liulin_gazette.model.press import COATED, UNCOATED, Press

DATA = Path(__file__).parent / "data"
SCREEN_PROFILE = DATA / "sRGB2014.icc"
_PERCEPTUAL = 0


@dataclass(frozen=True, slots=True)
class PressCondition:
    """A printing condition: what the inks of a file for the press are meant for (ISO 15930-7)."""

    identifier: str
    """Output condition identifier, by the characterisation data; ``CUSTOM`` where these have no name."""
    profile: bytes
    """Its ICC profile."""
    kindred: tuple[str, ...]
    """Words in the description of profiles of the same condition: inks that they stand for need no conversion."""
    own_file: str = ""
    """Name of the file where the profile is the office's or the printer's own."""
    description: str = ""
    """What a profile of their own says of itself."""


CUSTOM = "Custom"
"""The identifier of a condition that is in no registry (ISO 32000-1 §14.11.5)."""
_REGISTERED = re.compile(rb"text\0{4}ICCHDAT ([!-~]{1,40})")
"""How a profile names its characterisation data in the registry of the ICC (ICC.1 §9.2.14)."""
LONGEST_DESCRIPTION = 100
_KINDS = {
    COATED: ("FOGRA39", "FOGRA39L.icc", ("FOGRA39", "ISO Coated v2")),
    UNCOATED: ("FOGRA29", "FOGRA29L.icc", ("FOGRA29", "ISO Uncoated")),
}
"""Identifier, file and kindred words by the name of the kind of paper in the settings."""


@cache
def press_condition(paper_kind: str) -> PressCondition:
    """Return the condition that the program has for ``paper_kind`` (纸类)."""
    identifier, file, kindred = _KINDS[paper_kind]
    return PressCondition(identifier, (DATA / file).read_bytes(), kindred)


def own_condition(file: str, profile: bytes) -> PressCondition:
    """Return the condition of ``profile``, an office's or a printer's own, from ``file``."""
    registered = _REGISTERED.search(profile)
    name = registered[1].decode() if registered else ""
    description = "".join(filter(str.isprintable, _description(profile)))[:LONGEST_DESCRIPTION].strip()
    return PressCondition(name or CUSTOM, profile, (name,) if name else (), file, description)


def is_stand_in(condition: PressCondition, press: Press) -> bool:
    """Tell whether ``condition`` is one of the program for want of the profile that ``press`` names."""
    return press.profile is not None and not condition.own_file


def can_convert(profile: bytes) -> bool:
    """Tell whether colours can be converted to the inks of ``profile`` and from them."""
    from PIL import Image, ImageCms

    cms: Any = ImageCms
    condition = PressCondition(CUSTOM, profile, ())
    try:
        inks = rgb_to_inks(Image.new("RGB", (1, 1), (200, 30, 40)), b"", condition)
        return _converted(inks, profile, SCREEN_PROFILE.read_bytes(), "RGB").size == (1, 1)
    except (cms.PyCMSError, OSError, ValueError):
        return False


def rgb_to_inks(picture: Any, profile: bytes, condition: PressCondition) -> Any:
    """Return the RGB ``picture`` as CMYK; without ``profile`` it is taken for sRGB."""
    return _converted(picture, profile, condition.profile, "CMYK")


def inks_to_inks(picture: Any, profile: bytes, condition: PressCondition) -> Any:
    """Return the CMYK ``picture`` of ``profile`` as the inks of ``condition``; unchanged if the inks are for that already.

    Inks without a profile are meant as they are.
    """
    if not profile or profile == condition.profile:
        return picture
    if any(word.lower() in _description(profile).lower() for word in condition.kindred):
        return picture
    return _converted(picture, profile, condition.profile, "CMYK")


def to_screen(picture: Any, profile: bytes) -> Any:
    """Return ``picture`` (L, RGB or CMYK) of ``profile`` as L or RGB for the screen (sRGB).

    Greys and RGB without a profile are taken for sRGB, inks without one for those of coated paper.
    """
    if picture.mode == "CMYK":
        coated = press_condition(COATED).profile
        return _converted(picture, profile or coated, SCREEN_PROFILE.read_bytes(), "RGB")
    if is_for_screen(profile):
        return picture
    converted = _converted(picture, profile, SCREEN_PROFILE.read_bytes(), "RGB")
    return converted.getchannel("G") if picture.mode == "L" else converted


def is_for_screen(profile: bytes) -> bool:
    """Tell whether numbers of ``profile``, or of none when it is empty, are sRGB already."""
    return not profile or "srgb" in _description(profile).lower()


def _converted(picture: Any, source: bytes, target: bytes, mode: str) -> Any:
    """Return ``picture`` converted between the profiles, perceptually; sRGB stands in for a ``source`` that is no profile."""
    from PIL import ImageCms

    cms: Any = ImageCms
    destination = cms.ImageCmsProfile(io.BytesIO(target))
    try:
        origin = cms.ImageCmsProfile(io.BytesIO(source)) if source else cms.createProfile("sRGB")
        return cms.profileToProfile(picture, origin, destination, _PERCEPTUAL, outputMode=mode)
    except (cms.PyCMSError, OSError):
        if not source:
            raise
    return picture.convert(mode) if picture.mode != "RGB" else _converted(picture, b"", target, mode)


def _description(profile: bytes) -> str:
    """Return the description in ``profile``; empty if it cannot be read."""
    from PIL import ImageCms

    cms: Any = ImageCms
    try:
        return str(cms.getProfileDescription(cms.ImageCmsProfile(io.BytesIO(profile))))
    except (cms.PyCMSError, OSError):
        return ""
