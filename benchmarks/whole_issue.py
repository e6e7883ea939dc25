"""An issue as one HTML file, which every typesetter of HTML can read."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from liulin_gazette.model.publication import Issue, Publication
from liulin_gazette.pdf.composition import fonts
from liulin_gazette.pdf.composition.fonts import Face
from liulin_gazette.pdf.composition.glyph_coverage import printed_characters
from liulin_gazette.pdf.composition.items import Items, style
from liulin_gazette.pdf.editions.typeset_issue import typeset_issue, typesetter_for
from liulin_gazette.rendering.templates import read_templates
from liulin_gazette.text.qr import qr_svg
from liulin_gazette.workers.pool import WorkerPool
from tests.loading import load

ONE_FILE_STYLE = """
@page { @bottom-center { content: counter(page); } }
.document { break-before: page; }
.cover, .masthead, .contents, .back-cover { break-after: page; }
tr.continued { display: none; }
"""
"""CSS for page breaks and folios, which the program makes by typesetting each part on its own."""


@dataclass(frozen=True, slots=True)
class WholeIssue:
    """An issue as input of the peers."""

    publication: Publication
    issue: Issue
    faces: tuple[Face, ...]
    html: str


def whole_issue(root: Path, scratch: Path) -> WholeIssue:
    """Return the newest issue of the project at ``root``; QR codes are written to the folder ``scratch``."""
    publication, diagnostics = load(root)
    assert publication is not None, diagnostics
    issue = publication.issues[-1]

    def read_bytes(path: str) -> bytes:
        return (root / path).read_bytes()

    templates = read_templates(root)
    faces = fonts.prepare(root, printed_characters(publication.gazette, issue, templates, read_bytes))
    with WorkerPool(1) as pool:
        typesetter = typesetter_for(publication.gazette, root, templates, faces, pool, read_bytes)
        (typeset,) = pool.interleave([typeset_issue(publication.gazette, issue, templates, typesetter)])
    items = Items(publication.gazette, issue, templates)
    parts = [
        items.cover(typeset.first_pages),
        items.masthead(typeset.first_pages),
        items.contents(typeset.first_pages),
        *(items.document(document) for document in issue.full_texts),
        items.back_cover(),
    ]
    bodies = [re.sub(r"^.*?<body>\s*|\s*</body>.*$", "", part.html, flags=re.DOTALL) for part in parts]
    css = style(publication.gazette, templates, faces) + ONE_FILE_STYLE
    html = (
        '<!DOCTYPE html><html lang="zh-Hans-CN"><head><meta charset="utf-8">'
        f"<title>{publication.gazette.name}</title><style>{css}</style></head><body>{''.join(bodies)}</body></html>"
    )
    return WholeIssue(publication, issue, faces, _with_file_urls(html, root, scratch, faces))


def _with_file_urls(html: str, root: Path, scratch: Path, faces: tuple[Face, ...]) -> str:
    """Return ``html`` with URLs of files instead of the URLs that only the program's fetcher resolves."""
    files = {face.file.name: face.file for face in faces}
    html = re.sub(r"face:/([^\"]+)", lambda match: files[match[1]].as_uri(), html)
    html = re.sub(r"content:/([^\"]+)", lambda match: (root / match[1]).as_uri(), html)

    def qr_url(match: re.Match[str]) -> str:
        file = scratch / f"qr-{hashlib.sha256(match[1].encode()).hexdigest()[:8]}.svg"
        file.write_bytes(qr_svg(match[1]))
        return file.as_uri()

    return re.sub(r"(?<=\")qr:([^\"]+)", qr_url, html)
