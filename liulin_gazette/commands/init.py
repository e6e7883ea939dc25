"""``init``: another county's gazette."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path

from liulin_gazette.commands.terminal.findings import print_findings
from liulin_gazette.commands.terminal.prompts import ask
from liulin_gazette.editing.county_files import County
from liulin_gazette.editing.new_gazette import begin
from liulin_gazette.editing.program_files import read_folder, running_program
from liulin_gazette.pipeline.examination import examine


def run(root: Path, given: argparse.Namespace) -> int:
    """Make the project, and check it."""
    del root
    name = ask("刊名（例如 方山县人民政府公报）", given.name)
    publisher = ask("主办单位", given.publisher, name.removesuffix("公报") + "办公室" if name else "")
    code = ask("主办单位的机关代字（例如 方政办发）", given.code)
    if not (name and publisher and code):
        print(
            "写明刊名、主办单位和机关代字，例如：python3 build.py init ../方山公报 --name 方山县人民政府公报 --code 方政办发",
            file=sys.stderr,
        )
        return 2
    area_code = ask("电话区号（例如 0351；不知道的直接回车）", given.area_code)
    year = date.today().year if given.year is None else given.year
    folder = Path(given.folder)
    own_folder = running_program()
    county = County(name, publisher, code, year, given.per_year, area_code)
    begin(read_folder(own_folder), own_folder, folder, county)
    print_findings(folder, examine(folder).diagnostics)
    print(
        f"建好了：{given.folder}\n下一步：cd {given.folder} 后运行 python3 build.py，先看样本；再按 docs/编辑手册.md 换成自己的内容。"
    )
    return 0
