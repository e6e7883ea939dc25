"""The libraries, faces and commands of the operating system that the program and its tests need, and their packages."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from pathlib import Path

from liulin_gazette.preparation.child_processes import LoggedRun, run_logged
from liulin_gazette.preparation.installation_faults import explanation
from liulin_gazette.preparation.unprepared import UnpreparedError

LIBRARIES = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
}
"""Shared libraries of the typesetter, and their Debian packages."""
FONTS = {
    "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc": "fonts-noto-cjk",
    "/usr/share/fonts/opentype/noto/NotoSerifCJK-Black.ttc": "fonts-noto-cjk-extra",
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Medium.ttc": "fonts-noto-cjk-extra",
    "/usr/share/fonts/truetype/lxgw-wenkai/LXGWWenKai-Regular.ttf": "fonts-lxgw-wenkai",
}
"""Free faces of last resort, one for each role of ``pdf.composition.fonts``."""
STAND_INS = {"fonts-lxgw-wenkai": ("/usr/share/fonts/truetype/arphic/ukai.ttc", "fonts-arphic-ukai")}
"""By the package of a face that some systems do not offer (Ubuntu 22.04): a face that they have, and its package."""
SYMBOL_FONTS = {"/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf": "fonts-dejavu-core"}
"""The free face of symbols, which gives the others the tick boxes and signs that they lack."""
OFFICE = {"soffice": "libreoffice-writer"}
"""The command that old Word files are converted with. Only ``doctor`` speaks of it: most counties never need it."""
TEST_LIBRARIES = {"libatomic.so.1": "libatomic1"}
"""Shared libraries of the full test suite: the Node.js inside Playwright."""
TEST_TOOLS = {
    "chromium-headless-shell": "chromium-headless-shell",
    "javac": "default-jdk-headless",
    "pdftoppm": "poppler-utils",
}
"""Commands of the full test suite. The shell of Chromium shows pages as Chromium does, in a third of the time."""
TOOL_STAND_INS = {"chromium-headless-shell": ("chromium", "chromium")}
"""By the package of a command that some systems do not offer (Ubuntu): a command that serves as well, and its package."""
COMPONENTS = {
    "libpango-1.0-0": "Pango",
    "libpangoft2-1.0-0": "PangoFT2",
    "fonts-noto-cjk": "思源宋体、黑体（Noto CJK）",
    "fonts-noto-cjk-extra": "思源宋体、黑体的其他字重（Noto CJK）",
    "fonts-lxgw-wenkai": "霞鹜文楷（LXGW WenKai）",
    "fonts-arphic-ukai": "文鼎楷体（AR PL UKai）",
    "fonts-dejavu-core": "DejaVu Sans",
    "python3-venv": "Python 的 venv 和 ensurepip",
}
"""What a Debian package is called where there are no Debian packages."""


def prepare_system(root: Path, *, for_all_tests: bool = False, needs_venv: bool = False) -> None:
    """Install the libraries, faces and (``for_all_tests``) test tools that are missing.

    ``needs_venv`` where an environment is to be made. Raises UnpreparedError when something still is missing.
    """
    _require(root, missing_packages(root, for_all_tests, needs_venv))
    if left := missing_packages(root, for_all_tests, needs_venv):
        raise UnpreparedError(
            f"已安装，但仍找不到：{'、'.join(left)}。\n"
            "Ubuntu 的 chromium 是 snap 包，请改装能直接运行的 chromium；其他组件请检查系统版本。"
        )


def missing_packages(root: Path, for_all_tests: bool = False, needs_venv: bool = False) -> list[str]:
    """Return the Debian packages whose library, face or command is not on this machine, each once.

    Windows and macOS have no such packages: there the typesetter says what it does not find.
    """
    if sys.platform in ("win32", "darwin"):
        return []
    libraries = LIBRARIES | (TEST_LIBRARIES if for_all_tests else {})
    tools = TEST_TOOLS if for_all_tests else {}
    fonts = FONTS | SYMBOL_FONTS
    missing = [
        *(package for library, package in libraries.items() if not _has_library(library)),
        *(package for font, package in fonts.items() if not _has_face(root, font, package)),
        *(package for tool, package in tools.items() if not _has_tool(tool, package)),
        *(["python3-venv"] if needs_venv and not _can_make_venv() else []),
    ]
    return list(dict.fromkeys(missing))


def package_of_font(file_name: str) -> str:
    """Return the Debian package that holds the face ``file_name``, or "" if none is known."""
    packages = {path.rpartition("/")[2]: package for path, package in (*FONTS.items(), *STAND_INS.values())}
    return packages.get(file_name, "")


def installation_advice(packages: list[str]) -> str:
    """Return what to do on this machine to get the Debian ``packages``, or what corresponds to them."""
    if sys.platform == "darwin":
        return "在 macOS 上：用 Homebrew 安装 Pango（brew install pango），字体文件放进 fonts 文件夹。"
    if sys.platform == "win32":
        return (
            "在 Windows 上：最省事的是用公报编辑台的安装包，什么都不用装（见 docs/安装包.md）；\n"
            "或者删去 .venv 文件夹，再运行 build.py，它会连 Pango 一起装好；\n"
            "或者安装 MSYS2，在它的窗口里运行 pacman -S mingw-w64-x86_64-pango。字体文件放进 fonts 文件夹。"
        )
    if shutil.which("apt-get") is None:
        names = "、".join(COMPONENTS.get(package, package) for package in packages)
        return f"本系统没有 apt-get。请用系统自己的软件管理器装上：{names}。\n字体也可以不装，把字体文件放进 fonts 文件夹。"
    return f"请运行：\nsudo apt-get install -y --no-install-recommends {' '.join(packages)}"


def _has_library(name: str) -> bool:
    """Tell whether the shared library ``name`` can be loaded."""
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def _has_face(root: Path, font: str, package: str) -> bool:
    """Tell whether the face ``font`` need not be installed: it is there, the office's are, or one that stands in."""
    if Path(font).exists() or _has_own_faces(root):
        return True
    return package in STAND_INS and Path(STAND_INS[package][0]).exists() and not _is_offered(package)


def _has_tool(tool: str, package: str) -> bool:
    """Tell whether the command ``tool`` need not be installed: it is there, or one that stands in where it cannot be had."""
    if shutil.which(tool) is not None:
        return True
    is_replaced = package in TOOL_STAND_INS and shutil.which(TOOL_STAND_INS[package][0]) is not None
    return is_replaced and (_privilege() is None or not _is_offered(package))


def _is_offered(package: str) -> bool:
    """Tell whether the lists of this system have the Debian ``package``."""
    if shutil.which("apt-cache") is None:
        return False
    return subprocess.run(["apt-cache", "show", package], capture_output=True, check=False).returncode == 0


def _has_own_faces(root: Path) -> bool:
    """Tell whether the office has put faces of its own into ``fonts/``."""
    return any((root / "fonts").glob("*.[tT][tT][fFcC]"))


def _can_make_venv() -> bool:
    """Tell whether this Python can make an environment with pip in it."""
    try:
        import ensurepip
    except ImportError:
        return False
    return bool(ensurepip.version())


def _require(root: Path, packages: list[str]) -> None:
    """Install the Debian ``packages`` where that is allowed.

    Raises UnpreparedError with what to do where it is not.
    """
    if not packages:
        return
    packages = _offered_here(packages)
    prefix = _privilege()
    if prefix is None or shutil.which("apt-get") is None:
        raise UnpreparedError(f"缺少系统组件：{'、'.join(packages)}。{installation_advice(packages)}")
    print(f"正在安装系统组件：{'、'.join(packages)}（可能要几分钟）……", flush=True)
    attempt = _install(root, prefix, packages)
    if attempt.exit_code:  # The lists may be old, or not there yet.
        run_logged(root, [*prefix, "apt-get", "update"])
        packages = _offered_here(packages)
        attempt = _install(root, prefix, packages)
    if not attempt.exit_code:
        return
    raise UnpreparedError(
        f"系统组件没有装上。{explanation(attempt.output)}\n{attempt.last_lines}\n{installation_advice(packages)}"
    )


def _offered_here(packages: list[str]) -> list[str]:
    """Return ``packages``, each that this system does not offer replaced by its stand-in if that is offered."""
    stand_ins = {
        package: stand_in
        for package, (_, stand_in) in (STAND_INS | TOOL_STAND_INS).items()
        if package in packages and not _is_offered(package) and _is_offered(stand_in)
    }
    return [stand_ins.get(package, package) for package in packages]


def _install(root: Path, prefix: list[str], packages: list[str]) -> LoggedRun:
    install = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    return run_logged(root, [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", *install])


def _privilege() -> list[str] | None:
    """Return what to put before a command that needs root, or None where it may not be run."""
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo and subprocess.run([sudo, "-n", "true"], capture_output=True, check=False).returncode == 0:
        return [sudo, "-n"]
    return None
