"""Colour profiles: of the screen, of the press with two kinds of paper, and those that pictures bring along."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from liulin_gazette.model.press import COATED, UNCOATED

DATA = Path(__file__).parent / "data"
SCREEN_PROFILE = DATA / "sRGB2014.icc"
_PERCEPTUAL = 0


@dataclass(frozen=True, slots=True)
class PressCondition:
    """A printing condition: what the inks of a file for the press are meant for (ISO 15930-7)."""

    identifier: str
    """Output condition identifier, by the characterisation data."""
    profile: Path
    kindred: tuple[str, ...]
    """Words in the description of profiles of the same condition: inks that they stand for need no conversion."""


PRESS_CONDITIONS = {
    COATED: PressCondition("FOGRA39", DATA / "FOGRA39L.icc", ("FOGRA39", "ISO Coated v2")),
    UNCOATED: PressCondition("FOGRA29", DATA / "FOGRA29L.icc", ("FOGRA29", "ISO Uncoated")),
}
"""By the name of the kind of paper in the settings."""


def rgb_to_inks(picture: Any, profile: bytes, condition: PressCondition) -> Any:
    """Return the RGB ``picture`` as CMYK; without ``profile`` it is taken for sRGB."""
    return _converted(picture, profile, condition.profile.read_bytes(), "CMYK")


def inks_to_inks(picture: Any, profile: bytes, condition: PressCondition) -> Any:
    """Return the CMYK ``picture`` of ``profile`` as the inks of ``condition``; unchanged if the inks are for that already.

    Inks without a profile are meant as they are.
    """
    if not profile or any(word.lower() in _description(profile).lower() for word in condition.kindred):
        return picture
    return _converted(picture, profile, condition.profile.read_bytes(), "CMYK")


def to_screen(picture: Any, profile: bytes) -> Any:
    """Return ``picture`` (L, RGB or CMYK) of ``profile`` as L or RGB for the screen (sRGB).

    Greys and RGB without a profile are taken for sRGB, inks without one for those of coated paper.
    """
    if picture.mode == "CMYK":
        coated = PRESS_CONDITIONS[COATED].profile
        return _converted(picture, profile or coated.read_bytes(), SCREEN_PROFILE.read_bytes(), "RGB")
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
