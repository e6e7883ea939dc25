"""The rules of RFC 8493 as a checker of its own, which knows nothing of the program and uses hashlib alone."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping

REQUIRED = ("bagit.txt", "bag-info.txt", "manifest-sha256.txt", "tagmanifest-sha256.txt")
LINE = re.compile(rb"[0-9a-f]{64}  \S.*")


def faults(bag: Mapping[str, bytes]) -> list[str]:
    """Return what of ``bag``, files by path, is against the RFC."""
    found = [f"{name} is missing" for name in REQUIRED if name not in bag]
    if found:
        return found
    if bag["bagit.txt"] != b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n":
        found.append("2.1.1: the declaration")
    payload = {path for path in bag if path.startswith("data/")}
    listed = lines(bag["manifest-sha256.txt"])
    tags = lines(bag["tagmanifest-sha256.txt"])
    if set(listed) != payload:
        found.append(f"2.1.3: the manifest and the payload differ: {set(listed) ^ payload}")
    if set(tags) != set(bag) - payload - {"tagmanifest-sha256.txt"}:
        found.append("2.2.1: the tag manifest and the tag files differ")
    for path, digest in {**listed, **tags}.items():
        if hashlib.sha256(bag.get(path, b"")).hexdigest() != digest:
            found.append(f"{path} is not as listed")
    info = dict(line.split(": ", 1) for line in bag["bag-info.txt"].decode().splitlines())
    if info["Payload-Oxum"] != f"{sum(len(bag[path]) for path in payload)}.{len(payload)}":
        found.append("2.2.2: the oxum")
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", info["Bagging-Date"]):
        found.append("2.2.2: the date")
    if any(path.startswith(("/", "~")) or ".." in path.split("/") for path in bag):
        found.append("5.1.1: a path leads outside")
    return found


def lines(content: bytes) -> dict[str, str]:
    """Return the digest of each path of a manifest; of the three characters that the RFC encodes too (2.1.3)."""
    listed: dict[str, str] = {}
    for line in content.splitlines():
        assert LINE.fullmatch(line), line
        digest, path = line.decode().split("  ", 1)
        path = path.replace("%0A", "\n").replace("%0D", "\r").replace("%25", "%")
        assert path not in listed
        listed[path] = digest
    return listed
