"""印刷: how the press prints an issue, and what of that the program computes with."""

from __future__ import annotations

from dataclasses import dataclass

COATED, UNCOATED = "涂布纸", "非涂布纸"
"""The kinds of paper whose inks pictures can be separated for, coated (铜版纸) and uncoated (胶版纸)."""
TOTAL_INK = {COATED: 300, UNCOATED: 280}
"""总墨量 in percent: the most ink that the paper takes at one place, by its kind."""
PROCESS, TWO_PLATES, SPOT = "四色", "两色", "专色"
"""How red is printed: with black in it, of magenta and yellow alone, or as an ink of its own."""
SADDLE_STITCH = "骑马订"


@dataclass(frozen=True, slots=True)
class PressProfile:
    """An ICC profile of the office's or the printer's own, which lies beside gazette.toml."""

    file: str
    """Its name."""
    sha256: str
    """Of its content: an issue keeps the profile for which it was published."""


@dataclass(frozen=True, slots=True)
class Press:
    """Inks, paper and binding, as the settings in 印刷 say."""

    paper_kind: str = COATED
    """纸类."""
    total_ink: int = TOTAL_INK[COATED]
    """总墨量, in percent."""
    red: str = PROCESS
    """红色."""
    spot_name: str = "公文红"
    """专色名称: the name of the ink, and of its plate."""
    is_masthead_black: bool = False
    """刊头单黑: whether the masthead page is printed in black alone."""
    thickness: float = 0.1
    """纸厚, in mm: of a leaf of the inner pages."""
    cover_thickness: float = 0.2
    """封面纸厚, in mm."""
    most_stitched: int = 64
    """骑马订最多页数: with more pages the fold is too thick."""
    profile: PressProfile | None = None
    """输出特性文件; None for that of the program for ``paper_kind``."""
