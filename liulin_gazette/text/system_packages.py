"""The Debian packages that the program and its tests need, by what they are recognised by on a machine.

The standard library only: ``build.py`` reads these tables before anything is installed.
"""

from __future__ import annotations

LIBRARIES = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
}
"""Shared libraries of the typesetter."""
FONTS = {
    "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc": "fonts-noto-cjk",
    "/usr/share/fonts/opentype/noto/NotoSerifCJK-Black.ttc": "fonts-noto-cjk-extra",
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Medium.ttc": "fonts-noto-cjk-extra",
    "/usr/share/fonts/truetype/lxgw-wenkai/LXGWWenKai-Regular.ttf": "fonts-lxgw-wenkai",
}
"""Free faces of last resort, one for each role of ``pdf.composition.fonts``."""
OFFICE = {"soffice": "libreoffice-writer"}
"""The command that old Word files are converted with. Only ``doctor`` speaks of it: most counties never need it."""
TEST_LIBRARIES = {"libatomic.so.1": "libatomic1"}
"""Shared libraries of the full test suite: the Node.js inside Playwright."""
TEST_TOOLS = {"chromium": "chromium", "javac": "default-jdk-headless", "pdftoppm": "poppler-utils"}
"""Commands of the full test suite."""


def package_of_font(file_name: str) -> str:
    """Return the Debian package that holds the face ``file_name``, or "" if none is known."""
    packages = {path.rpartition("/")[2]: package for path, package in FONTS.items()}
    return packages.get(file_name, "")
