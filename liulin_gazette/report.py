"""``output/report/``: what a build found, and what it made from what."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from liulin_gazette.asset import Asset
from liulin_gazette.diagnostics import Diagnostic
from liulin_gazette.model import Issue, Publication
from liulin_gazette.templating import environment


def report(
    root: Path,
    publication: Publication,
    issue: Issue,
    pages: int,
    first_pages: Mapping[str, int],
    diagnostics: tuple[Diagnostic, ...],
) -> tuple[Asset, Asset]:
    """Return ``report/<issue>.json`` and ``.html``: findings, pages, and each document with its source."""
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
    data = {"期": issue.name, "总期号": issue.total, "页数": pages, "公文": documents, "校核": findings}
    text = json.dumps(data, ensure_ascii=False, indent=2) + "\n"
    page = (
        environment(root / "templates")
        .get_template("report/report.html")
        .render(publication=publication, issue=issue, documents=documents, findings=findings, pages=pages)
    )
    return (
        Asset(f"report/{issue.name}.json", text.encode("utf-8")),
        Asset(f"report/{issue.name}.html", page.encode("utf-8")),
    )
