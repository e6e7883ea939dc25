"""The reading edition: PDF/A-3a (ISO 19005-3) and PDF/UA-1 (ISO 14289-1) in one file."""

from __future__ import annotations

import hashlib
import io
import uuid
import zlib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import pydyf
from jinja2 import Environment

from liulin_gazette.pdf.write import navigation, pictures, xmp
from liulin_gazette.pdf.write.book import Part, book_pages
from liulin_gazette.pdf.write.colour_profiles import SCREEN_PROFILE
from liulin_gazette.pdf.write.objects import SMALL, add, encoded_stream, stream
from liulin_gazette.pdf.write.page_content import Drawings, add_resources, page_operators, upright_size
from liulin_gazette.pdf.write.tagging import add_structure

VERSION = b"1.7"


def reading_pdf(
    parts: Sequence[Part],
    drawings: Drawings,
    metadata: xmp.Metadata,
    environ: Environment,
    attachments: Mapping[str, bytes],
) -> bytes:
    """Return the reading edition of ``parts``: a PDF for screens and archives.

    ``attachments`` are the Markdown sources by file name, which are embedded as the source of the PDF
    (ISO 19005-3 §6.8).
    """
    pdf: Any = pydyf.PDF()
    pages = tuple(book_pages(parts))
    resources = add_resources(pdf, parts, drawings, pictures.add_screen_picture, "AAAAAA")
    names = navigation.destination_names(parts)
    page_objects: list[Any] = []
    annotations: list[list[Any]] = []
    for book_page in pages:
        content = add(pdf, stream(page_operators(book_page, drawings)))
        page_object = pydyf.Dictionary(
            {
                "Type": "/Page",
                "Parent": pdf.pages.reference,
                "MediaBox": pydyf.Array([0, 0, *upright_size(book_page.page)]),
                "Contents": content.reference,
                "Resources": resources.reference,
                **({"Rotate": 90} if book_page.page.landscape else {}),
            }
        )
        pdf.add_page(page_object)
        page_objects.append(page_object)
        annotations.append(navigation.add_links(pdf, book_page, page_object, names))
    add_structure(pdf, parts, page_objects, annotations)
    navigation.add_outline(pdf, parts, page_objects)
    navigation.add_page_labels(pdf, pages)
    navigation.add_destinations(pdf, pages, page_objects)
    _attach(pdf, attachments, metadata)
    pdf.catalog["Lang"] = pydyf.String("zh-Hans-CN")
    pdf.catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})
    add_output_intent(pdf, "GTS_PDFA1", "sRGB", SCREEN_PROFILE.read_bytes(), 3)
    return finish_pdf(pdf, metadata, environ, "reading", VERSION)


def add_output_intent(
    pdf: Any, subtype: str, condition: str, profile: bytes, components: int, own_info: str = ""
) -> None:
    """Add the output intent (ISO 32000-1 §14.11.5): the output ``condition`` that the colours are meant for.

    ``profile`` is its ICC profile, of ``components`` colour components. ``own_info`` describes a condition that is in no
    registry.
    """
    profile_stream = add(pdf, encoded_stream(_deflated(profile), {"Filter": "/FlateDecode", "N": components}))
    intent = pydyf.Dictionary(
        {
            "Type": "/OutputIntent",
            "S": f"/{subtype}",
            "OutputConditionIdentifier": pydyf.String(condition),
            "Info": pydyf.String(own_info or condition),
            "DestOutputProfile": profile_stream.reference,
        }
    )
    if not own_info:
        intent["RegistryName"] = pydyf.String("http://www.color.org")
    pdf.catalog["OutputIntents"] = pydyf.Array([intent])


@lru_cache(maxsize=4)
def _deflated(profile: bytes) -> bytes:
    """Return ``profile`` deflated: it is long, and in every file that is meant for the same condition."""
    return zlib.compress(profile, SMALL)


def finish_pdf(pdf: Any, metadata: xmp.Metadata, environ: Environment, edition: str, version: bytes) -> bytes:
    """Add ``metadata`` to ``pdf`` and return the file; its identifiers are digests of its content.

    ``edition`` is that of ``xmp.packet``; ``version`` is the PDF version.
    """
    objects = (pdf_object.data for pdf_object in pdf.objects if pdf_object.free != "f")
    digest = hashlib.sha256(b"".join(objects)).digest()
    packet = xmp.packet(environ, metadata, edition, str(uuid.UUID(bytes=digest[:16], version=4)))
    # Not deflated, so that programs that cannot read PDF find it (ISO 19005-3 §6.6.2.1).
    metadata_stream = add(pdf, encoded_stream(packet, {"Type": "/Metadata", "Subtype": "/XML"}))
    pdf.catalog["Metadata"] = metadata_stream.reference
    pdf.info.update(
        {
            "Title": pydyf.String(metadata.title),
            "Author": pydyf.String(metadata.author),
            "Subject": pydyf.String(metadata.subject),
            "Producer": pydyf.String(xmp.PRODUCER),
            "CreationDate": pydyf.String(metadata.pdf_date),
            "ModDate": pydyf.String(metadata.pdf_date),
            **(
                {"Trapped": "/False", "GTS_PDFXVersion": pydyf.String("PDF/X-4")}
                if edition == "print"
                else {}
            ),
        }
    )
    output = io.BytesIO()
    pdf.write(output, version, digest.hex()[:32].encode(), compress=True)
    return output.getvalue()


def _attach(pdf: Any, attachments: Mapping[str, bytes], metadata: xmp.Metadata) -> None:
    """Embed ``attachments``, Markdown files by name, as associated files (ISO 19005-3 §6.8)."""
    names, references = pydyf.Array(), pydyf.Array()
    for name, content in sorted(attachments.items()):
        parameters = pydyf.Dictionary({"Size": len(content), "ModDate": pydyf.String(metadata.pdf_date)})
        entries = {"Type": "/EmbeddedFile", "Subtype": "/text#2Fmarkdown", "Params": parameters}
        embedded = add(pdf, stream(content, entries))
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
