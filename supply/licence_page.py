"""The page about licences, ``docs/许可.md``, written from the list of licences."""

from __future__ import annotations

from collections.abc import Sequence

from supply.licence_list import LicenceList, Licensed
from supply.locked_packages import PROGRAM_LOCK, ROOT, read_lock

FILE = "docs/许可.md"
_HEAD = """# 许可

程序里和程序安装的东西各是谁的、按什么许可使用。本页由 `python3 -m supply` 写成，不手工修改；同样的内容有机器可读的 [物料清单](sbom.cdx.json)（CycloneDX 1.6）。
“用的许可”写的是 SPDX 标识；权利人给出几种、可以任选的，写明选的是哪一种。AGPL 的一概不用。
"""
_PARTS = """
## 程序库

`requirements.lock` 里的，装在 `.venv`，原样使用，没有改动。全文在各程序库的 `*.dist-info` 文件夹里。

| 程序库 | 用的许可 | 权利人 | 说明 |
| --- | --- | --- | --- |
"""
_FILES = """
## 程序里别人的文件

其余的模板、样式、脚本和数据都是本程序自己的。

| 文件 | 用的许可 | 权利人 | 来历 |
| --- | --- | --- | --- |
"""
_SYSTEMS = """
## 系统的字体和程序库

不在程序里，由系统的软件包装上。字体会缩成子集嵌进 PDF，下面的许可都允许；单位放进 `fonts/` 的字体，要有嵌入 PDF 的授权。

| 软件包 | 用的许可 | 权利人 | 说明 |
| --- | --- | --- | --- |
"""
_BUNDLED = """
## 安装包里另有的

[安装包](安装包.md) 里除了上面的程序库和字体，还有下面这些；许可的全文在它的 `runtime/licences`。

| 部分 | 用的许可 | 权利人 | 说明 |
| --- | --- | --- | --- |
"""


def licence_page(licences: LicenceList) -> str:
    """Return the page; of the packages, those that counties install."""
    installed = {package.name for package in read_lock(ROOT / PROGRAM_LOCK)}
    packages = [entry for entry in licences.packages if entry.name in installed]
    parts = (
        (_PARTS, packages),
        (_FILES, licences.files),
        (_SYSTEMS, licences.systems),
        (_BUNDLED, licences.bundled),
    )
    return _HEAD + "".join(head + _rows(entries) for head, entries in parts)


def _rows(entries: Sequence[Licensed]) -> str:
    return "".join(
        f"| {entry.name} | {entry.licence} | {entry.holder} | {_remark(entry)} |\n" for entry in entries
    )


def _remark(entry: Licensed) -> str:
    choice = f"可在 {entry.offered.replace(' OR ', '、')} 中任选" if entry.licence != entry.offered else ""
    files = "、".join(f"`{each}`" for each in entry.covers if each.endswith(".dll"))
    return "；".join(filter(None, (choice, entry.remark, files)))
