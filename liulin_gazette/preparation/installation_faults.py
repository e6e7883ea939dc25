"""Why pip, npm or apt-get failed, read from what it printed: one sentence that says what to do.

The network is blamed only where the output shows that it failed. The patterns are of messages that the tools print in
English, see ``child_processes.run_logged``.
"""

from __future__ import annotations

import platform
import re

_UNRECOGNISED = "原因没有认出来，请把这几行和 .cache/prepare.log 交给信息技术人员。"
_NO_WHEEL = (
    "没有适合这台计算机（{machine}，Python {python}）的 {name}{other}：换用 Python 3.11 至 3.13，"
    "或者在 x86-64、ARM64 的 Linux、Windows 上运行。"
)
_FAULTS = (
    (
        re.compile("No space left on device|Errno 28|ENOSPC|enough free space"),
        "磁盘已满：清理磁盘以后再运行一次。",
    ),
    (
        re.compile("DO NOT MATCH THE HASHES|EINTEGRITY|Hash Sum mismatch"),
        "下载到的文件和程序锁定的不是同一个：多半是下载不完整，或者镜像站的文件不对。再运行一次；还是这样，换一个镜像站。",
    ),
    (
        # The index was read, so the network is there: no version fits.
        re.compile(
            r"from versions: (?!none\b)[^)]+\)\s+ERROR: No matching distribution found for (?P<name>[\w.\-]+)"
        ),
        _NO_WHEEL,
    ),
    (
        re.compile(
            "Temporary failure (?:in name resolution|resolving)|Name or service not known|getaddrinfo|Could not resolve|"
            "NewConnectionError|ConnectTimeout|ReadTimeout|Read timed out|Connection (?:refused|reset|aborted|timed out)|"
            "Network is unreachable|No route to host|ProxyError|SSLError|CERTIFICATE_VERIFY_FAILED|"
            "ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EAI_AGAIN|Failed to fetch|HTTP error [45]|"
            r"\b(?:403|407|50[234]) (?:Client Error|Server Error|Forbidden|Proxy|Bad Gateway|Service Unavailable)"
        ),
        "网络不通，或者软件源（镜像站）没有应答：检查网络和代理的设置以后再运行一次。",
    ),
    (
        re.compile("Permission denied|Errno 13|EACCES"),
        "没有写入的权限：检查这个文件夹属于谁，或者换一个文件夹。",
    ),
    (
        re.compile("Could not get lock|is another process using it|dpkg frontend lock"),
        "另一个程序正在装软件（例如系统的自动更新）：等它做完以后再运行一次。",
    ),
    (
        re.compile("dpkg was interrupted"),
        "系统上一次装软件时中断了：先运行 sudo dpkg --configure -a，再运行一次。",
    ),
    (
        re.compile(
            r"Unable to locate package (?P<name>\S+)|Package '?(?P<other>\S+?)'? has no installation candidate"
        ),
        "这个版本的系统没有软件包 {name}{other}：改用 Debian 12 以上或 Ubuntu 22.04 以上，或者请信息技术人员用别的办法装上。",
    ),
    (
        re.compile(
            r"No matching distribution found for (?P<name>[\w.\-]+)|(?P<other>\S+\.whl) is not a supported wheel"
        ),
        _NO_WHEEL,
    ),
    (
        re.compile("Failed building wheel for|Microsoft Visual C|error: command .*(?:gcc|cc).* failed"),
        "这台计算机（{machine}，Python {python}）没有现成的安装包，要自己编译，没有成功：换用 Python 3.11 至 3.13。",
    ),
)
"""What a tool prints, and what that means; the first that fits counts."""


def explanation(output: str) -> str:
    """Return in Chinese why the tool that printed ``output`` failed, and what to do."""
    for pattern, sentence in _FAULTS:
        if found := pattern.search(output):
            names = {name: value or "" for name, value in found.groupdict().items()}
            known = {
                "name": "",
                "other": "",
                "machine": platform.machine(),
                "python": platform.python_version(),
            }
            return sentence.format(**known | names)
    return _UNRECOGNISED
