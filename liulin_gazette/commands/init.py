"""``init``: another county's gazette."""

from __future__ import annotations

import argparse
import re
import shlex
import sys
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

from liulin_gazette.commands.terminal.findings import print_findings
from liulin_gazette.commands.terminal.prompts import Question, answer_to, ask
from liulin_gazette.editing.counties.county_files import County
from liulin_gazette.editing.counties.gazette_names import name_fault, name_parts, principal_of, romanised
from liulin_gazette.editing.counties.new_gazette import begin, code_fault, issuer_fault, printable
from liulin_gazette.editing.counties.program_files import read_program_folder, running_program
from liulin_gazette.model.series import IRREGULAR, PERIODS
from liulin_gazette.pipeline.examination import examine
from liulin_gazette.text.editor_error import USAGE, EditorError
from liulin_gazette.text.place_pinyin import Syllable, normal_reading, polyphones, readings_of

_USUAL_FREQUENCY = "双月刊"


class PinyinError(EditorError):
    """``--pinyin`` cannot be understood."""

    exit_code = USAGE


def run(root: Path, given: argparse.Namespace) -> int:
    """Make the project, and check it."""
    del root
    if not (given.name and given.code) and not sys.stdin.isatty():
        print(
            "写明刊名、主办单位和机关代字，例如：python3 build.py init ../方山公报 --name 方山县人民政府公报 --code 方政办发",
            file=sys.stderr,
        )
        return USAGE
    name = answer_to(
        Question("刊名", "例如 方山县人民政府公报", fault=_fault_of("刊名", name_fault)), given.name
    )
    issuers = _issuers(name, given)
    publisher, code = issuers[-1]
    readings = _readings(name, code, stated_readings(given.pinyin, name + code))
    per_year = given.per_year
    if per_year is None:
        frequencies = Question("刊期", proposed=_USUAL_FREQUENCY, choices=(*PERIODS, IRREGULAR))
        per_year = PERIODS.get(answer_to(frequencies), 0)
    area_code = ask("电话区号（例如 0351；不知道的直接回车）", given.area_code)
    year = date.today().year if given.year is None else given.year
    folder = Path(given.folder)
    own_folder = running_program()
    county = County(
        name, publisher, code, year, per_year, area_code, readings=readings, further_issuers=issuers[:-1]
    )
    begin(read_program_folder(own_folder), own_folder, folder, county)
    print_findings(folder, examine(folder).diagnostics)
    print(_summary(county))
    print(
        f"建好了：{given.folder}\n下一步：cd {shlex.quote(given.folder)} 后运行 python3 build.py desk，在编辑台里编；或者运行 python3 build.py，先看样本；再按 docs/编辑手册.md 换成自己的内容。"
    )
    return 0


def _issuers(name: str, given: argparse.Namespace) -> tuple[tuple[str, str], ...]:
    """Return the body whose gazette it is, and its office, each with its 机关代字; the publisher is the last.

    Names are proposed as far as the gazette's ``name`` tells them. Where nobody can answer, the code of the body is
    the office's without 办; without such a one the body is left out, and ``_summary`` tells which are registered.
    """
    principal = answer_to(
        Question(
            "这是谁的公报",
            "机关的全称，例如 方山县人民政府",
            principal_of(name),
            fault=lambda answer: (
                _fault_of("机关名称", issuer_fault)(answer)
                if answer
                else f"从刊名“{name}”看不出是谁的公报，写明机关的全称（--government）。"
            ),
        ),
        given.government,
    )
    office = f"{principal}办公室"
    question = Question("主办单位", proposed=office, fault=_fault_of("主办单位", issuer_fault))
    publisher = answer_to(question, given.publisher)
    code = _code("主办单位", given.code, "")
    can_ask = sys.stdin.isatty()
    if publisher == principal:
        return ((office, _code(office, "", "")), (publisher, code)) if can_ask else ((publisher, code),)
    derived = f"{code[:-2]}发" if code.endswith("办发") else ""
    if not can_ask and not (given.government_code or derived):
        return ((publisher, code),)
    return ((principal, _code(principal, given.government_code, derived)), (publisher, code))


def _code(issuer: str, given: str, proposed: str) -> str:
    question = Question(
        f"{issuer}的机关代字", "例如 方政办发", proposed, fault=_fault_of("机关代字", code_fault)
    )
    return answer_to(question, given)


def _fault_of(what: str, fault: Callable[[str], str]) -> Callable[[str], str]:
    """Return the check ``fault`` with the words for ``what`` is checked."""

    def checked(answer: str) -> str:
        found = fault(answer)
        return f"{what}“{printable(answer)}”{found}" if found else ""

    return checked


def _summary(county: County) -> str:
    """Return what was taken for the gazette, so that nothing is decided in silence."""
    issuers = (*county.further_issuers, (county.publisher, county.code))
    return (
        f"主办单位：{county.publisher}；刊期：{county.frequency}，从{county.year}年第1期、总第1期数起。\n"
        f"登记的发文机关：{'、'.join(f'{name}（{code}）' for name, code in issuers)}。"
        "都写在 content/gazette.toml 里，不对的在那里改，别的机关也在那里登记。"
    )


def stated_readings(text: str, names: str) -> dict[str, str]:
    """Return the readings in ``text``, ``单=shan,长=chang``, by character.

    Raises PinyinError when it is written otherwise, has a character that is not in ``names``, or a reading that no
    dictionary has.
    """
    readings: dict[str, str] = {}
    for part in re.split("[,，、 ]+", text.strip()) if text.strip() else ():
        han, _, typed = part.replace("＝", "=").partition("=")
        sound = normal_reading(typed)
        if len(han) != 1 or not sound:
            raise PinyinError(f"--pinyin 里的“{part}”写法不对，写作“单=shan”的样子，几个字用逗号分开。")
        if han not in names:
            raise PinyinError(f"--pinyin 里的“{han}”不在刊名和机关代字里。")
        if fault := _fault(han, sound):
            raise PinyinError(fault)
        readings[han] = sound
    return readings


def _fault(han: str, sound: str) -> str:
    """Return why ``sound`` is no reading of ``han``; empty if it is one."""
    known = readings_of(han)
    return "" if sound in known else f"“{han}”没有 {sound} 这个读音，有 {'、'.join(known)}。"


def _readings(name: str, code: str, stated: Mapping[str, str]) -> dict[str, str]:
    """Return the readings of the characters in the place's name and in 机关代字 that have several.

    Each is shown with the reading that is proposed, and asked for. Where nobody can answer, a reading that no table
    of place names has is reported.
    """
    place = name_parts(name).place
    syllables = {each.han: each for each in (*polyphones(code, stated), *polyphones(place, stated))}
    readings = {**{han: sound for han, sound in stated.items() if han not in syllables}}
    for syllable in syllables.values():
        readings[syllable.han] = stated.get(syllable.han) or _confirmed(syllable)
    if syllables:
        print(f"刊名拼作 {romanised(name, readings)}。")
    return readings


def _confirmed(syllable: Syllable) -> str:
    """Ask which reading of ``syllable`` holds, until the answer is one of them."""
    several = f"“{syllable.han}”是多音字（{'、'.join(syllable.candidates)}）"
    if not sys.stdin.isatty():
        if syllable.is_certain:
            print(f"{several}，按地名读音表读 {syllable.spelling}。")
        else:
            print(
                f"{several}，地名读音表里没有，先读作 {syllable.spelling}；不对的，加上 --pinyin {syllable.han}=读音 重新建，"
                "或者在出第一期以前改 gazette.toml 的“读音”和“拼音刊名”。",
                file=sys.stderr,
            )
        return syllable.spelling
    while True:
        sound = normal_reading(ask(f"{several}，这里读", "", syllable.spelling))
        fault = _fault(syllable.han, sound) if sound else "写小写拼音，不标声调，ü 写作 v。"
        if not fault:
            return sound
        print(fault)
