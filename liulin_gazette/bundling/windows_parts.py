"""What the portable folder for Windows is put together from: which files of which packages, each with its SHA-256.

The packages of ``requirements.lock`` and ``requirements-windows.lock`` are not repeated here. Everything named here or
there has its licence in the list that docs/许可.md is written from.
"""

from __future__ import annotations

from dataclasses import dataclass

from liulin_gazette.preparation import system_packages

PYTHON = "3.11.9"
"""The version of CPython in the runtime package."""
PLATFORMS = ("win_amd64",)
ENVIRONMENT = {
    "implementation_name": "cpython",
    "os_name": "nt",
    "platform_machine": "AMD64",
    "platform_python_implementation": "CPython",
    "platform_system": "Windows",
    "python_full_version": PYTHON,
    "python_version": "3.11",
    "sys_platform": "win32",
}
"""Values of the names in markers (PEP 508)."""
RUNTIME_REQUIREMENT = (
    "panda3d==1.10.16 --hash=sha256:37acfb92655c4226879f95c988e2ef1449a53c54486d6c1ebc00e2772429af82"
)
"""A package of PyPI whose folder ``deploy_libs`` holds CPython for Windows as the Python Software Foundation built it."""
RUNTIME_FOLDER = "deploy_libs/"
RUNTIME_LIBRARY = "python311.dll"
RUNTIME_MODULES = (
    "_asyncio.pyd", "_bz2.pyd", "_ctypes.pyd", "_decimal.pyd", "_elementtree.pyd", "_hashlib.pyd", "_lzma.pyd",
    "_multiprocessing.pyd", "_overlapped.pyd", "_queue.pyd", "_socket.pyd", "_sqlite3.pyd", "_ssl.pyd", "_uuid.pyd",
    "_zoneinfo.pyd", "libcrypto-3.dll", "libffi-8.dll", "libssl-3.dll", "pyexpat.pyd", "select.pyd", "sqlite3.dll",
    "unicodedata.pyd",
)  # fmt: skip
"""Its extension modules and what they need; without those of windows, sounds and installers."""
PANGO_FOLDER = "gstreamer_libs/bin/"
PANGO_LIBRARIES = (
    "bz2.dll", "ffi-7.dll", "fontconfig-1.dll", "freetype-6.dll", "fribidi-0.dll", "gio-2.0-0.dll", "glib-2.0-0.dll",
    "gmodule-2.0-0.dll", "gobject-2.0-0.dll", "harfbuzz-subset.dll", "harfbuzz.dll", "intl-8.dll", "libexpat.dll",
    "pango-1.0-0.dll", "pangoft2-1.0-0.dll", "pcre2-8-0.dll", "png16.dll", "z-1.dll",
)  # fmt: skip
"""Pango and all that it needs of GStreamer's libraries."""
COMPILER_FOLDER = "gstreamer_ext_runtime/bin/"
COMPILER_LIBRARIES = ("msvcp140.dll", "vcruntime140.dll", "vcruntime140_1.dll")
"""The runtime of Microsoft's compiler, which Windows itself does not have."""
SYSTEM_LIBRARIES = frozenset(
    (
        "advapi32.dll", "bcrypt.dll", "bcryptprimitives.dll", "crypt32.dll", "dnsapi.dll", "dwrite.dll", "gdi32.dll",
        "iphlpapi.dll", "kernel32.dll", "ntdll.dll", "ole32.dll", "oleaut32.dll", "psapi.dll", "rpcrt4.dll",
        "shell32.dll", "shlwapi.dll", "user32.dll", "usp10.dll", "userenv.dll", "version.dll", "winmm.dll",
        "ws2_32.dll",
    )
)  # fmt: skip
"""Libraries that every Windows 10 has, in lower case; besides them those called ``api-ms-win-…``."""
FONTCONFIG = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
<dir prefix="relative">../fonts/symbols</dir>
<cachedir>LOCAL_APPDATA_FONTCONFIG_CACHE</cachedir>
</fontconfig>
"""
"""The settings of Fontconfig. Pages are set only in faces that the program has prepared; without one other face it would
complain, and with those of Windows the first start would take minutes."""


@dataclass(frozen=True, slots=True)
class DebianPackage:
    """A package of Debian that is downloaded for its files."""

    name: str
    version: str
    sha256: str


STANDARD_LIBRARY = (
    DebianPackage(
        "libpython3.11-minimal:amd64",
        "3.11.2-6+deb12u9",
        "69f41cfa3f4ba17284e538f843069d7529c53c207d2ae17a5b02785944870e33",
    ),
    DebianPackage(
        "libpython3.11-stdlib:amd64",
        "3.11.2-6+deb12u9",
        "10f13e000ee757f5f2d2d3569f9e30546214a0c850acd78695feae373bfa3e53",
    ),
)
"""The modules of the standard library that are written in Python."""
STANDARD_LIBRARY_FOLDER = "./usr/lib/python3.11/"
LEFT_OUT = (
    "EXTERNALLY-MANAGED", "_aix_support.py", "_distutils_system_mod.py", "_sysconfigdata__", "curses/", "dbm/",
    "idlelib/", "lib-dynload/", "lib2to3/", "pydoc_data/", "sitecustomize.py", "test/", "turtle.py", "unittest/test/",
)  # fmt: skip
"""What of it is of no use on Windows, or only in tests; the beginnings of paths."""
SYMBOLS = "DejaVuSans.ttf"
FACES = {
    "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc": "a04178ec485dffdff7cc0c0c20e1fce9202d7e2160d805e8e44a4c8841c58481",
    "/usr/share/fonts/opentype/noto/NotoSerifCJK-Black.ttc": "7d38a254818bec880251400165923b5afdee2ae9a58c8276e912f26df2badecb",
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Medium.ttc": "197d5e1e019faca33a4d55931c7d68b8056f3b97cb862049f5cb8de9efdfb8ce",
    "/usr/share/fonts/truetype/lxgw-wenkai/LXGWWenKai-Regular.ttf": "bbf534b0ca093928f94d1782855e65a19a32cde82b075d495d072025521953c8",
    "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf": "abdc775b21b1bc470d50c97e790d276f2054b7504e56e5bd3e64f48d68582322",
}
"""The free faces, where this system has them, as Debian 12 distributes them."""
LICENCE_TEXTS = {
    **{
        f"{package}.txt": f"/usr/share/doc/{package}/copyright"
        for package in sorted({*system_packages.FONTS.values(), *system_packages.SYMBOL_FONTS.values()})
    },
    **{
        f"{name}.txt": f"/usr/share/doc/{package}/copyright"
        for name, package in (
            ("bzip2", "libbz2-1.0"),
            ("expat", "libexpat1"),
            ("fontconfig", "libfontconfig1"),
            ("freetype", "libfreetype6"),
            ("fribidi", "libfribidi0"),
            ("glib", "libglib2.0-0"),
            ("harfbuzz", "libharfbuzz0b"),
            ("libffi", "libffi8"),
            ("libpng", "libpng16-16"),
            ("openssl", "libssl3"),
            ("pango", "libpango-1.0-0"),
            ("pcre2", "libpcre2-8-0"),
            ("zlib", "zlib1g"),
        )
    },
    "LGPL-2.txt": "/usr/share/common-licenses/LGPL-2",
    "LGPL-2.1.txt": "/usr/share/common-licenses/LGPL-2.1",
    "Apache-2.0.txt": "/usr/share/common-licenses/Apache-2.0",
}
"""The texts of the licences, by the name that they get: each from the same project's package on this system."""
PYTHON_LICENCE = "./usr/share/doc/libpython3.11-minimal/copyright"
