"""Spreadsheets (.xlsx) for tests, written part by part, so that a test can say exactly what is in one."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import escape

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
FORMATS = ("General", "#,##0.00", "0.0%", 'yyyy"年"m"月"d"日"', "# ?/?")
"""The number formats of the cell styles 0 to 4."""


def archive(parts: Mapping[str, str | bytes]) -> bytes:
    """Return a ZIP archive of ``parts`` by path."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for path, content in parts.items():
            file.writestr(path, content)
    return out.getvalue()


def text_cell(name: str, text: str) -> str:
    """Return the XML of a cell with text."""
    return f'<c r="{name}" t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'


def number_cell(name: str, value: str, style: int = 0) -> str:
    """Return the XML of a cell with a number."""
    return f'<c r="{name}" s="{style}"><v>{value}</v></c>'


def sheet_file(sheets: Mapping[str, str], hidden: frozenset[str] = frozenset(), **parts: str) -> bytes:
    """Return a workbook of ``sheets``: by name, what is in its ``worksheet`` element. ``parts`` are added by path."""
    names = list(sheets)
    listed = "".join(
        f'<sheet name="{name}" sheetId="{n}" r:id="r{n}"{" state=" + chr(34) + "hidden" + chr(34) if name in hidden else ""}/>'
        for n, name in enumerate(names, 1)
    )
    relations = "".join(
        f'<Relationship Id="r{n}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in range(1, len(names) + 1)
    )
    codes = "".join(
        f'<numFmt numFmtId="{164 + n}" formatCode="{escape(c, {chr(34): "&quot;"})}"/>'
        for n, c in enumerate(FORMATS)
    )
    styles = "".join(f'<xf numFmtId="{164 + n}" fontId="0"/>' for n in range(len(FORMATS)))
    return archive(
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": f'<Relationships {_PACKAGE}><Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'<workbook {MAIN} xmlns:r="{_OFFICE}"><sheets>{listed}</sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships {_PACKAGE}>{relations}<Relationship Id="s" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>',
            "xl/styles.xml": f"<styleSheet {MAIN}><numFmts>{codes}</numFmts><cellXfs>{styles}</cellXfs></styleSheet>",
            **{
                f"xl/worksheets/sheet{n}.xml": f"<worksheet {MAIN}>{sheets[name]}</worksheet>"
                for n, name in enumerate(names, 1)
            },
            **{path.replace("__", "/"): content for path, content in parts.items()},
        }
    )
