"""Known vulnerabilities of the locked packages: the list ``advisories.json``, and how it is brought up to date."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import yaml
from packaging.version import InvalidVersion, Version

from supply.locked_packages import LOCKS, ROOT, LockedPackage, read_lock

FILE = ROOT / "supply" / "advisories.json"
DATABASE = "pypa/advisory-database"


@dataclass(frozen=True, slots=True)
class Advisory:
    """A vulnerability of a package in one range of its versions."""

    package: str
    identifier: str
    """As its source names it: PYSEC-…, GHSA-…, CVE-…."""
    introduced: str
    """The first affected version; "0" for all from the beginning."""
    fixed: str
    """The first version that is not affected; empty where there is none yet."""
    last_affected: str = ""
    """The last affected version, where the source tells that instead."""

    def affects(self, package: LockedPackage) -> bool:
        """Tell whether ``package`` is in the range."""
        if package.name != self.package:
            return False
        version = Version(package.version)
        return (
            version >= Version(self.introduced)
            and (not self.fixed or version < Version(self.fixed))
            and (not self.last_affected or version <= Version(self.last_affected))
        )


@dataclass(frozen=True, slots=True)
class AdvisoryList:
    """What is known of the locked packages, and since when."""

    source: str
    day: str
    """The day of the newest entry of the source."""
    advisories: tuple[Advisory, ...]
    """From the source; replaced as a whole."""
    added: tuple[Advisory, ...]
    """Added by hand, from announcements that the source did not have yet; kept."""


def read_advisories(path: Path = FILE) -> AdvisoryList:
    """Return the list at ``path``."""
    data = json.loads(path.read_text("utf-8"))
    return AdvisoryList(
        data["source"],
        data["day"],
        tuple(Advisory(**entry) for entry in data["advisories"]),
        tuple(Advisory(**entry) for entry in data["added"]),
    )


def write_advisories(advisories: AdvisoryList, path: Path = FILE) -> None:
    """Write the list to ``path``, one advisory a line."""
    parts = {
        name: ",\n".join(
            f"  {json.dumps({key: value for key, value in asdict(entry).items() if value or key != 'last_affected'})}"
            for entry in entries
        )
        for name, entries in (("advisories", advisories.advisories), ("added", advisories.added))
    }
    lists = "".join(f',\n "{name}": [\n{lines}\n ]' for name, lines in parts.items())
    head = f'{{\n "source": {json.dumps(advisories.source)},\n "day": {json.dumps(advisories.day)}'
    path.write_text(f"{head}{lists}\n}}\n", "utf-8")


def locked_packages() -> list[LockedPackage]:
    """Return the packages of all lock files, each version once."""
    packages = {package for lock in LOCKS for package in read_lock(ROOT / lock)}
    return sorted(packages, key=lambda package: (package.name, package.version, package.marker))


def affected(advisories: AdvisoryList, packages: list[LockedPackage]) -> list[str]:
    """Return which of ``packages`` are vulnerable, and by which advisory."""
    known = (*advisories.advisories, *advisories.added)
    return [
        f"{package.name} {package.version}: {advisory.identifier}, fixed in {advisory.fixed or 'no version yet'}"
        for package in packages
        for advisory in known
        if advisory.affects(package)
    ]


def collected(clone: Path, before: AdvisoryList) -> AdvisoryList:
    """Return the list as a clone of the database has it in its HEAD; what was added by hand to ``before`` is kept.

    Raises CalledProcessError when ``clone`` is no Git repository.
    """
    names = sorted({package.name for package in locked_packages()})
    found: list[Advisory] = []
    for name in names:
        for path in _git(clone, "ls-tree", "--name-only", "HEAD", f"vulns/{name}/").splitlines():
            found += _advisories(yaml.safe_load(_git(clone, "show", f"HEAD:{path}")), name)
    day = _git(clone, "show", "-s", "--format=%cs", "HEAD").strip()
    commit = _git(clone, "rev-parse", "HEAD").strip()
    return AdvisoryList(f"{DATABASE} {commit}", day, tuple(found), before.added)


def _advisories(entry: dict[str, Any], name: str) -> Iterator[Advisory]:
    """Yield an advisory for each range of ``entry`` in which the package ``name`` is affected."""
    if "withdrawn" in entry:
        return
    for part in entry["affected"]:
        if part["package"]["name"].lower().replace("_", "-") != name:
            continue
        for each in part.get("ranges", ()):
            if each["type"] == "ECOSYSTEM":
                yield from _ranges(each["events"], name, entry["id"])


def _ranges(events: list[dict[str, Any]], name: str, identifier: str) -> Iterator[Advisory]:
    """Yield the ranges that ``events`` (introduced, fixed, last_affected) describe in ascending order."""
    introduced = ""
    for event in events:
        if "introduced" in event:
            introduced = _version(event["introduced"])
        elif "fixed" in event:
            yield Advisory(name, identifier, introduced, _version(event["fixed"]))
            introduced = ""
        elif "last_affected" in event:
            yield Advisory(name, identifier, introduced, "", _version(event["last_affected"]))
            introduced = ""
    if introduced:
        yield Advisory(name, identifier, introduced, "")


def _version(text: object) -> str:
    """Return ``text`` as a version that can be compared; raises ValueError for what is none."""
    try:
        return str(Version(str(text)))
    except InvalidVersion as error:
        raise ValueError(f"no version: {text}") from error


def _git(clone: Path, *arguments: str) -> str:
    return subprocess.run(
        ["git", "-C", str(clone), *arguments], capture_output=True, text=True, check=True, encoding="utf-8"
    ).stdout
