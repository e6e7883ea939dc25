"""``output/report/``: what a build found, and what it made from what."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path

from liulin_gazette.asset import Asset
from liulin_gazette.check.engine import Excused
from liulin_gazette.check.serials import missing_serials, serial_ledger
from liulin_gazette.diagnostics import Diagnostic
from liulin_gazette.model import Issue, Publication
from liulin_gazette.pdf.fonts import Face
from liulin_gazette.templating import environment

LIBRARIES = (
    "jinja2",
    "markdown-it-py",
    "weasyprint",
    "pydyf",
    "qrcode",
    "pypinyin",
    "uharfbuzz",
    "fonttools",
    "chws-tool",
    "pillow",
)
"""What the output depends on besides the content and the program."""


def report(
    root: Path,
    publication: Publication,
    issue: Issue,
    pages: int,
    first_pages: Mapping[str, int],
    printed_pages: Mapping[str, Mapping[str, int]],
    diagnostics: tuple[Diagnostic, ...],
    excused: tuple[Excused, ...],
    faces: tuple[Face, ...],
) -> tuple[Asset, Asset]:
    """Return ``report/<issue>.json`` and ``.html``.

    They tell the findings, what waivers excuse, the ledger of numbers, each document with its source, and the
    faces and libraries that the issue was made with, so that another outcome elsewhere can be explained.
    """
    own = [
        found
        for found in diagnostics
        if found.place.path.startswith(issue.folder + "/")
        or "/" not in found.place.path.removeprefix("content/")
    ]
    documents = [
        {
            "发文字号": str(document.number),
            "标题": document.title,
            "文件": document.path,
            "sha256": hashlib.sha256((root / document.path).read_bytes()).hexdigest(),
            "页码": first_pages[document.slug],
        }
        for document in issue.documents
    ]
    findings = [
        {
            "代码": found.code,
            "级别": found.severity.value,
            "位置": str(found.place),
            "问题": found.message,
            "办法": found.hint,
        }
        for found in own
    ]
    waived = [
        {
            "代码": each.finding.code,
            "位置": str(each.finding.place),
            "问题": each.finding.message,
            "理由": each.waiver.reason,
        }
        for each in excused
        if each.finding.place.path.startswith(issue.folder + "/")
    ]
    serials = _serials(publication, issue)
    made_with = _made_with(faces)
    data = {
        "期": issue.name,
        "总期号": issue.total,
        "页数": pages,
        "公文": documents,
        "校核": findings,
        "豁免": waived,
        "编号台账": serials,
        "字体": made_with["字体"],
        "程序库": made_with["程序库"],
        "页码": printed_pages,
    }
    text = json.dumps(data, ensure_ascii=False, indent=2) + "\n"
    page = (
        environment(root / "templates")
        .get_template("report/report.html")
        .render(
            publication=publication,
            issue=issue,
            documents=documents,
            findings=findings,
            waived=waived,
            serials=serials,
            made_with=made_with,
            pages=pages,
        )
    )
    return (
        Asset(f"report/{issue.name}.json", text.encode("utf-8")),
        Asset(f"report/{issue.name}.html", page.encode("utf-8")),
    )


def _made_with(faces: tuple[Face, ...]) -> dict[str, dict[str, str]]:
    """Return the SHA-256 of each prepared face by role, and the version of each library."""
    return {
        "字体": {face.role: hashlib.sha256(face.file.read_bytes()).hexdigest() for face in faces},
        "程序库": {name: version(name) for name in LIBRARIES},
    }


def _serials(publication: Publication, issue: Issue) -> list[dict[str, object]]:
    """Return the ledger of every 机关代字 and year that the issue prints, over the whole archive."""
    own = {(document.number.code, document.number.year) for document in issue.documents}
    return [
        {
            "机关代字": code,
            "年份": year,
            "已刊登": [entry.document.number.serial for entry in entries],
            "未见刊登": missing_serials(publication, code, year, entries),
        }
        for (code, year), entries in sorted(serial_ledger(publication).items())
        if (code, year) in own
    ]
