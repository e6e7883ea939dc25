"""OFD files (GB/T 33190) for tests, written part by part. All lengths are in mm from the upper left corner."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape

from tests.intake.sheet_files import archive

_NAMESPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'


def text(words: str, x: float, y: float, size: float = 5.6, attributes: str = "", fill: str = "") -> str:
    """Return a text object whose first character stands at ``x`` on the baseline ``y``, one em a character."""
    steps = f' DeltaX="g {len(words) - 1} {size}"' if len(words) > 1 else ""
    colour = f'<ofd:FillColor Value="{fill}"/>' if fill else ""
    return (
        f'<ofd:TextObject ID="9" Boundary="{x} {y - size} 150 {size}" Font="1" Size="{size}" {attributes}>{colour}'
        f'<ofd:TextCode X="0" Y="{size}"{steps}>{escape(words)}</ofd:TextCode></ofd:TextObject>'
    )


def rule(x1: float, y1: float, x2: float, y2: float) -> str:
    """Return a path that draws a line."""
    return (
        f'<ofd:PathObject ID="8" Boundary="{x1} {y1} {x2 - x1} {y2 - y1}" LineWidth="0.3">'
        f"<ofd:AbbreviatedData>M 0 0 L {x2 - x1} {y2 - y1}</ofd:AbbreviatedData></ofd:PathObject>"
    )


def ofd_file(pages: Sequence[str], template: str = "", annotation: str = "", **parts: str) -> bytes:
    """Return an OFD file of ``pages``: what is in the layer of each. ``parts`` are added or replaced by path."""
    listed = "".join(
        f'<ofd:Page ID="{n}" BaseLoc="Pages/{n}/Content.xml"/>' for n in range(1, len(pages) + 1)
    )
    return archive(
        {
            "OFD.xml": f"<ofd:OFD {_NAMESPACE}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
            "Doc_0/Document.xml": f'<ofd:Document {_NAMESPACE}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297'
            f'</ofd:PhysicalBox></ofd:PageArea><ofd:TemplatePage ID="70" BaseLoc="Tpls/Content.xml"/></ofd:CommonData>'
            f"<ofd:Pages>{listed}</ofd:Pages><ofd:Annotations>Annotations.xml</ofd:Annotations></ofd:Document>",
            "Doc_0/Annotations.xml": f'<ofd:Annotations {_NAMESPACE}><ofd:Page PageID="1"><ofd:FileLoc>/Doc_0/Annot.xml</ofd:FileLoc></ofd:Page></ofd:Annotations>',
            "Doc_0/Annot.xml": f'<ofd:PageAnnot {_NAMESPACE}><ofd:Annot Type="Stamp"><ofd:Appearance>{annotation}</ofd:Appearance></ofd:Annot></ofd:PageAnnot>',
            "Doc_0/Tpls/Content.xml": _page(template, ""),
            **{f"Doc_0/Pages/{n}/Content.xml": _page(layer, '<ofd:Template TemplateID="70"/>') for n, layer in enumerate(pages, 1)},
            **{path.replace("__", "/"): content for path, content in parts.items()},
        }
    )  # fmt: skip


def _page(layer: str, before: str) -> str:
    return (
        f"<ofd:Page {_NAMESPACE}>{before}<ofd:Content><ofd:Layer>{layer}</ofd:Layer></ofd:Content></ofd:Page>"
    )
