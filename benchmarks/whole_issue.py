"""The issue as one HTML file that any browser-like typesetter can take, and its parts for Typst."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from liulin_gazette.model.publication import Issue, Publication
from liulin_gazette.pdf.composition import fonts
from liulin_gazette.pdf.composition.fonts import Face
from liulin_gazette.pdf.composition.items import Items, style
from liulin_gazette.pdf.editions.typeset_issue import typeset_issue, typesetter_for
from liulin_gazette.pipeline.print_files import characters
from liulin_gazette.source.loader import load
from liulin_gazette.text.qr import qr_svg
from liulin_gazette.workers.pool import WorkerPool

HEADS = """
@page { @bottom-center { content: counter(page); } }
.document { break-before: page; }
.cover, .masthead, .contents, .back-cover { break-after: page; }
tr.continued { display: none; }
"""
"""What the parts get from their own pages here, and must be said in one file: page breaks and folios."""


@dataclass(frozen=True, slots=True)
class Whole:
    """One issue ready for the peers."""

    publication: Publication
    issue: Issue
    faces: tuple[Face, ...]
    html: str


def whole_issue(root: Path, scratch: Path) -> Whole:
    """Return the newest issue of the project at ``root``; QR codes are written into ``scratch``."""
    publication, found = load(root)
    assert publication is not None, found
    issue = publication.issues[-1]

    def read_bytes(path: str) -> bytes:
        return (root / path).read_bytes()

    faces = fonts.prepare(root, characters(root, publication, issue, read_bytes))
    templates = root / "templates"
    with WorkerPool(1) as pool:
        typesetter = typesetter_for(publication, root, faces, pool, read_bytes)
        (typeset,) = pool.interleave([typeset_issue(publication, issue, templates, typesetter)])
    items = Items(publication, issue, templates)
    parts = [
        items.cover(),
        items.masthead(),
        items.contents(typeset.first_pages),
        *(items.document(document) for document in issue.full_texts),
        items.back_cover(),
    ]
    bodies = [re.sub(r"^.*?<body>\s*|\s*</body>.*$", "", part.html, flags=re.DOTALL) for part in parts]
    css = style(publication, templates, faces) + HEADS
    html = (
        '<!DOCTYPE html><html lang="zh-Hans-CN"><head><meta charset="utf-8">'
        f"<title>{publication.name}</title><style>{css}</style></head><body>{''.join(bodies)}</body></html>"
    )
    return Whole(publication, issue, faces, _with_files(html, root, scratch, faces))


def _with_files(html: str, root: Path, scratch: Path, faces: tuple[Face, ...]) -> str:
    """Replace the addresses that only the gazette's own fetcher knows by addresses of files."""
    files = {face.file.name: face.file for face in faces}
    html = re.sub(r"face:/([^\"]+)", lambda found: files[found[1]].as_uri(), html)
    html = re.sub(r"content:/([^\"]+)", lambda found: (root / found[1]).as_uri(), html)

    def qr(found: re.Match[str]) -> str:
        file = scratch / f"qr-{hashlib.sha256(found[1].encode()).hexdigest()[:8]}.svg"
        file.write_bytes(qr_svg(found[1]))
        return file.as_uri()

    return re.sub(r"(?<=\")qr:([^\"]+)", qr, html)
