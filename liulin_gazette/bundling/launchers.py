"""The files of the portable folder that are clicked or read first, as text."""

from __future__ import annotations

import re

from liulin_gazette.bundling.linux_parts import INTERPRETER, LIBRARIES, LOADERS, PACKAGES

DESK_COMMAND = ("desk",)
"""The command that a double click runs."""
RUNTIME = "runtime"
"""The folder of the portable folder that its Python is in. ASCII, since a batch file is read in the console's code page."""
DESK_FILE = "公报编辑台.bat"
COMMAND_FILE = "命令行.bat"
INSTRUCTIONS_FILE = "使用说明.txt"
DESK_SCRIPT = "公报编辑台.sh"
PYTHON_SCRIPT = f"{RUNTIME}/bin/python3"
PATH_FILE = "gazette.pth"
DESKTOP_FILE = "公报编辑台.desktop"
SEARCH_PATHS_FILE = "python311._pth"
_UNPACK_FIRST = "请先把整个压缩包解压到硬盘上，再双击解压出来的文件。"
_BEGINNING = (
    "@echo off",
    "chcp 65001 >nul",
    rf'if exist "%~dp0{RUNTIME}\python.exe" goto begin',
    "echo Unpack the whole zip file first, then start this file from the unpacked folder.",
    f'powershell -NoProfile -Command "-join ({",".join(map(str, map(ord, _UNPACK_FIRST)))} | ForEach-Object {{[char]$_}})"',
    "pause",
    "exit /b 1",
    ":begin",
    'pushd "%~dp0"',
)
"""Of a batch file: started within the zip file, it is all that Windows unpacks. Its own letters are ASCII."""
_BESIDE_ENTRY = "; ".join(
    (
        r"IFS=$(printf '\045')",  # The percent sign: an address is split at it, each part but the first begins with a byte.
        "set -f",
        "case $1 in file:*) set -- ${1#file://} ;; *) path=$1; set -- ;; esac",
        "[ $# -eq 0 ] || path=${1#localhost}",
        "[ $# -eq 0 ] || shift",
        "for part do byte=$((0x$(echo $part | cut -c 1-2)))",
        r'octal=$((byte / 64))$((byte / 8 - byte / 64 * 8))$((byte - byte / 8 * 8)) path=$path$(printf "\\$octal")${part#??}',
        "done",
        f'script=$(dirname "$path")/{DESK_SCRIPT}',
        '[ ! -x "$script" ] || exec "$script"',
        f"echo 从这里打不开，请双击文件夹里的 {DESK_SCRIPT}。",
        "read -r answer",
    )
)
"""What starts the script beside the entry, whose path or address is the first parameter, in the shell of any system."""
_PYTHON = rf'"%~dp0{RUNTIME}\python.exe" -X utf8 -m liulin_gazette'


def desk_batch() -> str:
    """Return the batch file that starts the desk. The window stays open where the desk did not start.

    ``pushd`` gives a folder on a share a drive letter of its own.
    """
    return _windows(
        *_BEGINNING,
        f"{_PYTHON} {' '.join(DESK_COMMAND)}",
        "if errorlevel 1 pause",
        "popd",
    )


def command_batch() -> str:
    """Return the batch file for those who like commands: with words it runs them, double-clicked it lists them."""
    return _windows(
        *_BEGINNING,
        'if "%~1"=="" (',
        f"{_PYTHON} --help",
        'cmd /k "echo."',
        ") else (",
        f"{_PYTHON} %*",
        ")",
        "popd",
    )


def search_paths() -> str:
    """Return what Python beside it searches for modules; nothing else of the computer is looked at."""
    return _windows("Lib", "DLLs", r"Lib\site-packages", "..")


def instructions(version: str) -> str:
    """Return what the clerk reads, with the ``version`` of the program; begins with a byte order mark for Notepad."""
    return "\ufeff" + _windows(
        f"公报编辑台（liulin-gazette {version}，Windows 10、11，64 位）",
        "",
        "一、整个文件夹解压到硬盘上有写权限的地方，例如 D:\\公报编辑台。不要在压缩包里直接双击。",
        "二、双击“公报编辑台.bat”，浏览器随即打开。黑色的窗口开着，编辑台就开着；关掉窗口，编辑台就关了。",
        "三、不用管理员，不装别的，不联网。第一次打开慢一些。",
        "四、写好的内容在 content 文件夹，成品在 output 文件夹；备份这两个文件夹就够了。",
        "五、单位有授权的字体（例如方正小标宋），放进 fonts 文件夹，优先使用。",
        "六、换新版：解压新的安装包（用 --without-content 做的）盖在上面，content、fonts、output 不受影响。",
        "七、打不开的，双击“命令行.bat”，在出来的窗口里运行：命令行.bat doctor",
        "",
        "各部分的许可见 docs\\许可.md 和 runtime\\licences。用法见 docs\\编辑手册.md。",
    )


def desk_script() -> str:
    """Return the script for Linux: with words it runs that command, without any the desk."""
    return "\n".join(
        (
            "#!/bin/sh",
            'cd "$(dirname "$(readlink -f "$0")")" || exit 1',
            f"[ $# -gt 0 ] || set -- {' '.join(DESK_COMMAND)}",
            f'exec "$PWD/{PYTHON_SCRIPT}" -m liulin_gazette "$@"',
            "",
        )
    )


def python_script(processor: str) -> str:
    """Return the script that stands for the folder's Python: its own loader starts it with its own libraries.

    Nothing of the user's Python is looked at (-I). Only what this Python itself loads comes from the folder: what it
    starts is the system's. Where the system has no settings of Fontconfig, those of the folder are taken.
    """
    loader = f"{LIBRARIES}/{LOADERS[processor]}"
    return "\n".join(
        (
            "#!/bin/sh",
            'folder=$(dirname "$(dirname "$(dirname "$(readlink -f "$0")")")")',
            f'[ -e /etc/fonts/fonts.conf ] || export FONTCONFIG_FILE="$folder/{RUNTIME}/fonts.conf"',
            f'exec "$folder/{loader}" --inhibit-cache --library-path "$folder/{LIBRARIES}" \\',
            f'  --argv0 "$folder/{PYTHON_SCRIPT}" "$folder/{INTERPRETER}" -I -X utf8 "$@"',
            "",
        )
    )


def path_file() -> str:
    """Return what adds the folder of the gazette, seen from that of the packages, to where modules are searched."""
    return "/".join(".." for _ in PACKAGES.split("/")) + "\n"


def desktop_entry() -> str:
    """Return the entry that desktops of Linux start by a double click; %k is its own path, or the address of that.

    In a quoted argument a backslash stands before each character that the shell would read in it, and in the value
    each backslash is doubled (Desktop Entry Specification, “The Exec key”). No percent sign stands there but that of %k.
    """
    argument = re.sub(r'(["`$\\])', r"\\\1", _BESIDE_ENTRY).replace("\\", "\\\\")
    return "\n".join(
        (
            "[Desktop Entry]",
            "Type=Application",
            "Name=公报编辑台",
            f'Exec=sh -c "{argument}" sh %k',
            "Terminal=true",
            "Categories=Office;",
            "",
        )
    )


def _windows(*lines: str) -> str:
    return "".join(f"{line}\r\n" for line in lines)
