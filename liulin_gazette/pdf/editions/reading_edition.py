"""The reading edition: PDF/A-3a (ISO 19005-3) and PDF/UA-1 (ISO 14289-1) in one file."""

from __future__ import annotations

import hashlib
import io
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

import pydyf
from jinja2 import Environment

from liulin_gazette.pdf.write import navigation, pictures, xmp
from liulin_gazette.pdf.write.book import Part, book_pages
from liulin_gazette.pdf.write.objects import add, packed_stream, stream
from liulin_gazette.pdf.write.sheets import Drawings, add_resources, drawing, upright
from liulin_gazette.pdf.write.tagging import add_structure

VERSION = b"1.7"


def reading_pdf(
    parts: Sequence[Part],
    drawn: Drawings,
    metadata: xmp.Metadata,
    templates: Environment,
    attachments: Mapping[str, bytes],
) -> bytes:
    """Return ``parts`` as a PDF for screens and archives.

    ``attachments`` are the Markdown sources by file name, embedded as the source of the document.
    """
    pdf: Any = pydyf.PDF()
    sheets = tuple(book_pages(parts))
    resources = add_resources(pdf, parts, drawn, pictures.add_screen_picture, "AAAAAA")
    known = navigation.destinations(parts)
    pages: list[Any] = []
    annotations: list[list[Any]] = []
    for sheet in sheets:
        content = add(pdf, stream(drawing(sheet, drawn)))
        page = pydyf.Dictionary(
            {
                "Type": "/Page",
                "Parent": pdf.pages.reference,
                "MediaBox": pydyf.Array([0, 0, *upright(sheet.page)]),
                "Contents": content.reference,
                "Resources": resources.reference,
                **({"Rotate": 90} if sheet.page.landscape else {}),
            }
        )
        pdf.add_page(page)
        pages.append(page)
        annotations.append(navigation.add_links(pdf, sheet, page, known))
    add_structure(pdf, parts, pages, annotations)
    navigation.add_outline(pdf, parts, pages)
    navigation.add_labels(pdf, sheets)
    navigation.add_destinations(pdf, sheets, pages)
    _attach(pdf, attachments, metadata)
    pdf.catalog["Lang"] = pydyf.String("zh-Hans-CN")
    pdf.catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})
    add_output_intent(pdf, "GTS_PDFA1", "sRGB", pictures.SCREEN_PROFILE.read_bytes(), 3)
    return finished(pdf, metadata, templates, "reading", VERSION)


def add_output_intent(pdf: Any, subtype: str, condition: str, profile: bytes, components: int) -> None:
    """Say what colours are meant for: ``condition``, described by an ICC ``profile``."""
    described = add(pdf, stream(profile, {"N": components}))
    intent = pydyf.Dictionary(
        {
            "Type": "/OutputIntent",
            "S": f"/{subtype}",
            "OutputConditionIdentifier": pydyf.String(condition),
            "Info": pydyf.String(condition),
            "RegistryName": pydyf.String("http://www.color.org"),
            "DestOutputProfile": described.reference,
        }
    )
    pdf.catalog["OutputIntents"] = pydyf.Array([intent])


def finished(pdf: Any, metadata: xmp.Metadata, templates: Environment, kind: str, version: bytes) -> bytes:
    """Add the metadata and return the file; its identifiers are digests of its content."""
    digest = hashlib.sha256(b"".join(each.data for each in pdf.objects if each.free != "f")).digest()
    packet = xmp.packet(templates, metadata, kind, str(uuid.UUID(bytes=digest[:16], version=4)))
    # Not deflated, so that programs that know no PDF can read it (ISO 19005-3 §6.6.2.1).
    described = add(pdf, packed_stream(packet, {"Type": "/Metadata", "Subtype": "/XML"}))
    pdf.catalog["Metadata"] = described.reference
    pdf.info.update(
        {
            "Title": pydyf.String(metadata.title),
            "Author": pydyf.String(metadata.author),
            "Subject": pydyf.String(metadata.subject),
            "Producer": pydyf.String(xmp.PRODUCER),
            "CreationDate": pydyf.String(metadata.pdf_date),
            "ModDate": pydyf.String(metadata.pdf_date),
            **({"Trapped": "/False", "GTS_PDFXVersion": pydyf.String("PDF/X-4")} if kind == "print" else {}),
        }
    )
    output = io.BytesIO()
    pdf.write(output, version, digest.hex()[:32].encode(), compress=True)
    return output.getvalue()


def _attach(pdf: Any, attachments: Mapping[str, bytes], metadata: xmp.Metadata) -> None:
    names, references = pydyf.Array(), pydyf.Array()
    for name, content in sorted(attachments.items()):
        parameters = pydyf.Dictionary({"Size": len(content), "ModDate": pydyf.String(metadata.pdf_date)})
        extra = {"Type": "/EmbeddedFile", "Subtype": "/text#2Fmarkdown", "Params": parameters}
        embedded = add(pdf, stream(content, extra))
        files = pydyf.Dictionary({"F": embedded.reference, "UF": embedded.reference})
        specification = pydyf.Dictionary(
            {
                "Type": "/Filespec",
                "F": pydyf.String(name),
                "UF": pydyf.String(name),
                "Desc": pydyf.String("公文的 Markdown 源文件"),
                "AFRelationship": "/Source",
                "EF": files,
            }
        )
        pdf.add_object(specification)
        names.extend([pydyf.String(name), specification.reference])
        references.append(specification.reference)
    if references:
        tree = pydyf.Dictionary({"Names": names})
        pdf.add_object(tree)
        pdf.catalog.setdefault("Names", pydyf.Dictionary())["EmbeddedFiles"] = tree.reference
        pdf.catalog["AF"] = references
