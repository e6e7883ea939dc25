"""What the last build made, and from what: so that the next one makes only what has changed.

Kept in ``.cache``. Decisions go by content; deleting it changes nothing but the time.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

FILE = Path(".cache") / "ledger.json"
FORMAT = 1
BUILT = ("site/", "print/", "report/")
"""The parts of the output that builds make."""
SIGNATURES = "site/manifest.json."
"""What is added to a build by signing it."""
INPUTS = ("content", "templates", "fonts", "liulin_gazette")
"""Folders of the project that the output is made from."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """The record of one build."""

    inputs: str = ""
    """A digest of everything that the output is made from."""
    keys: Mapping[str, str] = field(default_factory=dict[str, str])
    """What each product, by its path below ``output``, was made from."""
    files: Mapping[str, tuple[int, int]] = field(default_factory=dict[str, tuple[int, int]])
    """Size and time of change of every file in ``output``."""
    summary: Mapping[str, Any] = field(default_factory=dict[str, Any])
    """What was said at the end."""


def read(root: Path) -> Ledger:
    """Return the record of the last build; an empty one when there is none, or it is damaged."""
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
        data: Any = json.loads((root / FILE).read_text("utf-8"))
        if data["format"] == FORMAT:
            files = {path: (size, time) for path, (size, time) in data["files"].items()}
            return Ledger(str(data["inputs"]), dict(data["keys"]), files, dict(data["summary"]))
    return Ledger()


def write(root: Path, ledger: Ledger) -> None:
    """Record a build; where that fails, the next one takes longer."""
    data = {
        "format": FORMAT,
        "inputs": ledger.inputs,
        "keys": dict(sorted(ledger.keys.items())),
        "files": dict(sorted(ledger.files.items())),
        "summary": ledger.summary,
    }
    with contextlib.suppress(OSError):
        file = root / FILE
        file.parent.mkdir(parents=True, exist_ok=True)
        partial = file.with_suffix(".partial")
        partial.write_text(json.dumps(data, ensure_ascii=False), "utf-8")
        partial.replace(file)


def inputs(root: Path, others: Iterable[str]) -> str:
    """Return a digest of all inputs below ``root``, and of ``others``: faces, packages, arguments."""
    digest = hashlib.sha256()
    own = Path(__file__).parent
    for folder in (root / name for name in INPUTS):
        folder = folder if folder.exists() or folder.name != own.name else own
        for file in sorted(folder.rglob("*")):
            if file.is_file() and file.suffix != ".pyc":
                name = file.relative_to(folder).as_posix()
                content = hashlib.sha256(file.read_bytes()).hexdigest()
                digest.update(f"{folder.name}/{name}\0{content}\0".encode())
    for other in others:
        digest.update(other.encode() + b"\0")
    return digest.hexdigest()


def stand(output: Path) -> dict[str, tuple[int, int]]:
    """Return size and time of change (ns) of every file that builds make below ``output``, by path."""
    found: dict[str, tuple[int, int]] = {}
    for file in output.rglob("*"):
        path = file.relative_to(output).as_posix()
        if file.is_file() and path.startswith(BUILT) and not path.startswith(SIGNATURES):
            stat = file.stat()
            found[path] = (stat.st_size, stat.st_mtime_ns)
    return found


def is_untouched(ledger: Ledger, output: Path, path: str) -> bool:
    """Tell whether the file at ``path`` below ``output`` is still the one that was recorded."""
    file = output.joinpath(*PurePosixPath(path).parts)
    with contextlib.suppress(OSError):
        stat = file.stat()
        return ledger.files.get(path) == (stat.st_size, stat.st_mtime_ns)
    return False
