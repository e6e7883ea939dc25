"""A gazette begun in the folder of the program from its name alone: its settings, and no issue yet."""

from __future__ import annotations

from pathlib import Path

from liulin_gazette.editing.changes import Change
from liulin_gazette.editing.counties.county_files import County, sample_files
from liulin_gazette.editing.counties.gazette_names import name_fault, name_parts, principal_of
from liulin_gazette.editing.counties.new_gazette import InitError, check_county
from liulin_gazette.editing.gazette_settings_file import FILE
from liulin_gazette.text.place_pinyin import Syllable, polyphones

TITLE = "新建公报"
"""Of the step that can be undone."""


def county_named(name: str, code: str, year: int, per_year: int, area_code: str) -> County:
    """Return the county whose gazette has this ``name``, published by the office with the 机关代字 ``code``.

    Whose gazette it is, and its office, are as the name tells; the code of the body is the office's without 办.
    Characters with several readings are read as in names of places. Raises InitError.
    """
    if fault := name_fault(name):
        raise InitError(f"刊名“{name}”{fault}")
    principal = principal_of(name)
    if not principal:
        raise InitError(f"从刊名“{name}”看不出是谁的公报。", "写全称，例如“方山县人民政府公报”。")
    further = ((principal, f"{code[:-2]}发"),) if code.endswith("办发") else ()
    readings = {each.han: each.spelling for each in syllables(name, code)}
    county = County(
        name,
        f"{principal}办公室",
        code,
        year,
        per_year,
        area_code,
        readings=readings,
        further_issuers=further,
    )
    check_county(county)
    return county


def syllables(name: str, code: str) -> tuple[Syllable, ...]:
    """Return the characters of the place's ``name`` and of ``code`` that have several readings."""
    return (*polyphones(code, {}), *polyphones(name_parts(name).place, {}))


def settings_change(root: Path, county: County) -> Change:
    """Return the change that writes the settings of ``county``. Raises InitError where the folder has some."""
    if (root / FILE).exists():
        raise InitError("这里已经有一份公报，没有动它。", "回到“各期”。")
    return Change(FILE, None, sample_files(county)[FILE].encode())
