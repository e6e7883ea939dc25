"""``python3 -m supply``: write the page about licences and the bill of materials.

``python3 -m supply advisories CLONE``: take the known vulnerabilities from a clone of pypa/advisory-database.
``python3 -m supply wheels``: ask the registry for which machines the locked packages have wheels.
"""

from __future__ import annotations

import sys
from pathlib import Path

from supply import advisories, bill_of_materials, licence_page, wheel_platforms
from supply.licence_list import read_licences
from supply.locked_packages import ROOT


def main(arguments: list[str]) -> int:
    """Do what ``arguments`` say; return 1 when a locked package is vulnerable, 2 when they say nothing known."""
    match arguments:
        case []:
            licences = read_licences()
            (ROOT / licence_page.FILE).write_text(licence_page.licence_page(licences), "utf-8")
            (ROOT / bill_of_materials.FILE).write_bytes(bill_of_materials.bill_of_materials(licences))
            return 0
        case ["wheels"]:
            wheel_platforms.write_page()
            return 0
        case ["advisories", clone]:
            known = advisories.collected(Path(clone), advisories.read_advisories())
            advisories.write_advisories(known)
            vulnerable = advisories.affected(known, advisories.locked_packages())
            print(
                "\n".join([f"{known.source}, {known.day}: {len(known.advisories)} advisories", *vulnerable])
            )
            return 1 if vulnerable else 0
        case _:
            print(__doc__, file=sys.stderr)
            return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
