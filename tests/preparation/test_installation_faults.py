"""Why an installation failed, from what pip, npm and apt-get really print."""

from __future__ import annotations

import pytest

from liulin_gazette.preparation.installation_faults import explanation

REFUSED = """\
WARNING: Retrying (Retry(total=0, connect=None, read=None, redirect=None, status=None)) after connection broken by \
'NewConnectionError('<pip._vendor.urllib3.connection.HTTPConnection object at 0x7f80318e10d0>: Failed to establish a \
new connection: [Errno 111] Connection refused')': /simple/six/
ERROR: Could not find a version that satisfies the requirement six==1.17.0 (from versions: none)
ERROR: No matching distribution found for six==1.17.0
"""
NO_WHEEL = """\
WARNING: Retrying (Retry(total=4, connect=None, read=None, redirect=None, status=None)) after connection broken by \
'ReadTimeoutError("HTTPSConnectionPool: Read timed out. (read timeout=15)")': /simple/msgspec/
ERROR: Could not find a version that satisfies the requirement msgspec==0.22.0 (from versions: 0.18.6, 0.19.0)
ERROR: No matching distribution found for msgspec==0.22.0
"""
OTHER_HASH = """\
ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE. If you have updated the package versions, \
please update the hashes. Otherwise, examine the package contents carefully; someone may have tampered with them.
    six==1.17.0 from https://mirror.example/six-1.17.0-py2.py3-none-any.whl:
        Expected sha256 00
             Got        47
"""
NPM_DNS = """\
npm error code ENOTFOUND
npm error syscall getaddrinfo
npm error errno ENOTFOUND
npm error network request to the registry failed, reason: getaddrinfo ENOTFOUND
"""
APT_DNS = """\
E: Failed to fetch http://deb.example/pool/p/pango.deb  Temporary failure resolving 'deb.example'
E: Unable to fetch some archives, maybe run apt-get update or try with --fix-missing?
"""
APT_UNKNOWN = """\
Reading package lists...
Building dependency tree...
Reading state information...
E: Unable to locate package libharfbuzz-subset0
"""
APT_LOCKED = """\
E: Could not get lock /var/lib/dpkg/lock-frontend. It is held by process 812 (unattended-upgr)
N: Be aware that removing the lock file is not a solution and may break your system.
"""
APT_INTERRUPTED = (
    "E: dpkg was interrupted, you must manually run 'sudo dpkg --configure -a' to correct the problem.\n"
)


@pytest.mark.parametrize(
    ("output", "words"),
    [
        (REFUSED, "网络不通"),
        (NPM_DNS, "网络不通"),
        (APT_DNS, "网络不通"),
        (NO_WHEEL, "没有适合这台计算机"),
        (NO_WHEEL, "msgspec"),
        ("ERROR: No matching distribution found for msgspec==0.22.0\n", "没有适合这台计算机"),
        (
            "ERROR: a-1-cp310-abi3-win32.whl is not a supported wheel on this platform.\n",
            "a-1-cp310-abi3-win32.whl",
        ),
        (OTHER_HASH, "不是同一个"),
        ("npm error code EINTEGRITY\n", "不是同一个"),
        (
            "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device\n",
            "磁盘已满",
        ),
        ("E: You don't have enough free space in /var/cache/apt/archives/.\n", "磁盘已满"),
        ("ERROR: Could not install: [Errno 13] Permission denied: '/opt/x'\n", "没有写入的权限"),
        (APT_UNKNOWN, "没有软件包 libharfbuzz-subset0"),
        (APT_LOCKED, "等它做完"),
        (APT_INTERRUPTED, "sudo dpkg --configure -a"),
        ("  error: command 'gcc' failed\n  ERROR: Failed building wheel for cffi\n", "要自己编译"),
    ],
)
def test_the_reason_is_read_from_the_output(output: str, words: str) -> None:
    assert words in explanation(output)


@pytest.mark.parametrize(
    "output", [NO_WHEEL, OTHER_HASH, APT_UNKNOWN, APT_LOCKED, "/usr/bin/python: No module named pip\n"]
)
def test_the_network_is_blamed_only_where_it_failed(output: str) -> None:
    assert "网络" not in explanation(output)
