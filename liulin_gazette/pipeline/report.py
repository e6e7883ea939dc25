"""The reports in ``output/report/``: findings, and from which sources, faces and libraries an issue was made."""

from __future__ import annotations

import hashlib
import json
import platform
import zlib
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from liulin_gazette import __version__
from liulin_gazette.cache import libraries
from liulin_gazette.model.diagnostics import Diagnostic
from liulin_gazette.model.finding_groups import TASKS, Work, work_of
from liulin_gazette.model.gazette import Gazette
from liulin_gazette.model.issue_record import witness
from liulin_gazette.model.publication import Issue, Publication
from liulin_gazette.pdf.composition.fonts import Face, digest_of
from liulin_gazette.rendering.product import Asset
from liulin_gazette.rendering.templates import Templates
from liulin_gazette.rendering.templating import environment
from liulin_gazette.source.folder import Folder

if TYPE_CHECKING:
    from liulin_gazette.check.engine import WaivedFinding

Serials = Mapping[tuple[str, int], Mapping[str, Any]]
"""A line of 编号台账 by 机关代字 and year."""
PUBLISHED = "发布"
"""Key of what a report says of the publication of its issue; missing where it is not published."""


def report_data(
    issue: Issue,
    folder: Folder,
    pages: int,
    spans: Mapping[str, tuple[int, int]],
    printed_pages: Mapping[str, Mapping[str, int]],
    faces: tuple[Face, ...],
) -> dict[str, Any]:
    """Return what a report tells of a typeset issue by itself: documents with their sources, faces and libraries.

    ``folder`` is the folder of the issue, ``spans`` the first and last printed page of each document by slug, and
    ``printed_pages`` the page of each anchor, by document.
    """
    documents = [
        {
            "发文字号": document.identifier,
            "标题": document.title,
            "文件": document.path,
            "sha256": hashlib.sha256(folder.read_bytes(document.path)).hexdigest(),
            "页码": spans[document.slug][0],
            "末页": spans[document.slug][1],
        }
        for document in issue.documents
    ]
    return {
        "期": issue.name,
        "总期号": issue.total,
        "页数": pages,
        "公文": documents,
        "校核": [],
        "豁免": [],
        "编号台账": [],
        **_made_with(faces),
        "页码": printed_pages,
    }


def findings_data(
    issue: Issue, diagnostics: Sequence[Diagnostic], excused: Sequence[WaivedFinding], serials: Serials
) -> dict[str, Any]:
    """Return what a report tells of ``issue`` as part of the series: findings, waived findings, 编号台账."""
    findings = [
        {
            "代码": finding.code,
            "级别": finding.severity.value,
            "位置": str(finding.place),
            "问题": finding.message,
            "办法": finding.hint,
            "类别": work_of(finding.code).value,
            "把握": finding.certainty.value if finding.certainty else "",
        }
        for finding in diagnostics
    ]
    waivers = [
        {
            "代码": waived.finding.code,
            "位置": str(waived.finding.place),
            "问题": waived.finding.message,
            "理由": waived.waiver.reason,
        }
        for waived in excused
    ]
    numbers = {
        (number.code, number.year) for document in issue.documents if (number := document.county_number)
    }
    data = {"校核": findings, "豁免": waivers, "编号台账": [serials[number] for number in sorted(numbers)]}
    if issue.record is None:
        return data
    said = witness(issue.record)
    return {**data, PUBLISHED: {"日期": said.date.isoformat(), "改动": said.changes, "sha256": said.sha256}}


def report(
    gazette: Gazette, issue: Issue, data: Mapping[str, Any], templates: Templates
) -> tuple[Asset, Asset]:
    """Return ``report/<issue>.json`` and ``.html``, which show ``data``; paths are below ``output``."""
    text = json.dumps(data, ensure_ascii=False, indent=2) + "\n"
    page = (
        environment(templates)
        .get_template("report/report.html")
        .render(
            publication=gazette,
            issue=issue,
            documents=data["公文"],
            tasks=_tasks(data["校核"]),
            waived=data["豁免"],
            serials=data["编号台账"],
            published=data.get(PUBLISHED),
            made_with={name: data[name] for name in ("字体", "程序库", "运行环境")},
            pages=data["页数"],
        )
    )
    return (
        Asset(f"report/{issue.name}.json", text.encode("utf-8")),
        Asset(f"report/{issue.name}.html", page.encode("utf-8")),
    )


def _tasks(findings: Sequence[Mapping[str, str]]) -> list[dict[str, Any]]:
    """Return the ``findings`` of a report as its page shows them: by what must be done, then by the kind of work."""
    tasks: list[dict[str, Any]] = []
    for severity, title in TASKS.items():
        of_task = [each for each in findings if each["级别"] == severity.value]
        works = [
            {"title": work.value, "findings": of_work}
            for work in Work
            if (of_work := [each for each in of_task if each["类别"] == work.value])
        ]
        tasks.append({"title": title, "severity": severity.value, "count": len(of_task), "works": works})
    return tasks


def _made_with(faces: tuple[Face, ...]) -> dict[str, dict[str, Any]]:
    """Return the SHA-256 of each face by role, version and digest of each library, and the versions of the system."""
    packages = sorted({*libraries.READING, *libraries.TYPESETTING, *libraries.FACES})
    return {
        "字体": {face.role: digest_of(face) for face in faces},
        "程序库": {
            name: {"版本": libraries.version(name), "sha256": libraries.content_digest(name)}
            for name in packages
        },
        "运行环境": {
            "程序": __version__,
            "Python": platform.python_version(),
            "Pango": libraries.pango_version(),
            "zlib": zlib.ZLIB_RUNTIME_VERSION,
        },
    }


def serials_of(publication: Publication) -> Serials:
    """Return 编号台账 of the whole archive, a line for each 机关代字 and year."""
    from liulin_gazette.check.rules.serial_numbers import missing_serials, serial_ledger

    return {
        (code, year): {
            "机关代字": code,
            "年份": year,
            "已刊登": [number.serial for number, _ in numbered],
            "未见刊登": missing_serials(publication, code, year, numbered),
        }
        for (code, year), numbered in serial_ledger(publication).items()
    }
