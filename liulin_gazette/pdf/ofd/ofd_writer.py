"""A document as the bytes of an OFD file: a ZIP archive of XML parts, fonts, pictures and attachments (GB/T 33190-2016, 6).

The same document gives the same bytes: parts stand in a fixed order and have one date.
"""

from __future__ import annotations

import hashlib
import io
import itertools
import zipfile
from collections.abc import Iterator, Mapping

from liulin_gazette.pdf.ofd.document_elements import (
    annotations_element,
    attachments_element,
    custom_tags_element,
    document_element,
    fonts_element,
    links_element,
    page_element,
    pictures_element,
    root_element,
    tag_element,
)
from liulin_gazette.pdf.ofd.fixed_document import Document, ObjectReference
from liulin_gazette.pdf.ofd.graphic_elements import graphic_element
from liulin_gazette.pdf.ofd.xml_elements import document_bytes

FOLDER = "Doc_0"
_DATE = (1980, 1, 1, 0, 0, 0)
"""Of each part: the first date that a ZIP archive can have."""
_UNIX, _READABLE = 3, 0o644 << 16
"""Written on every system, so that the bytes do not tell on which."""
_SMALLEST = 9


def write(document: Document) -> bytes:
    """Return ``document`` as an OFD file.

    Raises UnwritableCharacterError for a character that XML cannot carry, and ValueError for a document without pages.
    """
    if not document.pages:
        raise ValueError("no pages")
    parts = _parts(document)
    digest = hashlib.sha256()
    for name, content in parts.items():
        digest.update(f"{name}\0{len(content)}\0".encode() + content)
    root = root_element(document.information, digest.hexdigest()[:32], f"{FOLDER}/Document.xml")
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w") as archive:
        for name, content in {"OFD.xml": document_bytes(root), **parts}.items():
            entry = zipfile.ZipInfo(name, _DATE)
            entry.create_system, entry.external_attr = _UNIX, _READABLE
            archive.writestr(entry, content, zipfile.ZIP_DEFLATED, _SMALLEST)
    return output.getvalue()


def _parts(document: Document) -> dict[str, bytes]:
    """Return the parts of ``document`` but for OFD.xml by their paths, in the order of the file."""
    identifiers = itertools.count(1)
    resources = {key: next(identifiers) for key in (*document.fonts, *document.pictures)}
    pages = [next(identifiers) for _ in document.pages]
    locations: dict[str, str] = {"PublicRes": "PublicRes.xml"} if document.fonts else {}
    files = _resource_files(document)
    parts: dict[str, bytes] = {}
    if document.fonts:
        parts["PublicRes.xml"] = document_bytes(fonts_element(document, resources, files))
    if document.pictures:
        locations["DocumentRes"] = "DocumentRes.xml"
        parts["DocumentRes.xml"] = document_bytes(pictures_element(document, resources, files))
    page_files = [f"Pages/Page_{index}/Content.xml" for index in range(len(pages))]
    objects: dict[ObjectReference, int] = {}
    for index, (page, file) in enumerate(zip(document.pages, page_files, strict=True)):
        layer = next(identifiers)
        numbered = [(next(identifiers), unit) for unit in page.objects]
        objects.update((ObjectReference(index, place), each) for place, (each, _) in enumerate(numbered))
        drawn = [graphic_element(unit, identifier, resources) for identifier, unit in numbered]
        parts[file] = document_bytes(page_element(page, document.pages[0], layer, drawn))
    for name, added in (
        ("Annotations", _annotations(document, pages, identifiers)),
        ("CustomTags", _tags(document, pages, objects)),
        ("Attachments", _attachments(document)),
    ):
        if added:
            locations[name] = next(iter(added))
            parts |= added
    embedded = {**document.fonts, **document.pictures}
    parts |= {f"Res/{files[key]}": each.file for key, each in embedded.items()}
    last = next(identifiers) - 1
    root = document_bytes(document_element(document, pages, page_files, locations, last))
    return {f"{FOLDER}/{name}": content for name, content in {"Document.xml": root, **parts}.items()}


def _resource_files(document: Document) -> dict[str, str]:
    """Return the file names of fonts and pictures in the folder Res, by the names of the fonts and pictures."""
    fonts = {
        key: f"font_{place}.{font.extension}" for place, (key, font) in enumerate(document.fonts.items())
    }
    pictures = {
        key: f"image_{place}.{picture.extension}"
        for place, (key, picture) in enumerate(document.pictures.items())
    }
    return {**fonts, **pictures}


def _annotations(document: Document, pages: list[int], identifiers: Iterator[int]) -> dict[str, bytes]:
    """Return the list of annotations and those of each page with links, by their paths in the document's folder."""
    files = {index: f"Page_{index}/Annotation.xml" for index, page in enumerate(document.pages) if page.links}
    if not files:
        return {}
    listed = annotations_element({pages[index]: file for index, file in files.items()})
    return {
        "Annots/Annotations.xml": document_bytes(listed),
        **{
            f"Annots/{file}": document_bytes(
                links_element(document.pages[index].links, identifiers, pages, document.information)
            )
            for index, file in files.items()
        },
    }


def _tags(document: Document, pages: list[int], objects: Mapping[ObjectReference, int]) -> dict[str, bytes]:
    """Return the list of custom tags and their tree, by their paths in the document's folder."""
    if document.tags is None:
        return {}
    root = tag_element(document.tags.root, pages, objects)
    namespace = document.tags.namespace
    return {
        "Tags/CustomTags.xml": document_bytes(custom_tags_element(namespace, "CustomTag_0.xml")),
        "Tags/CustomTag_0.xml": document_bytes(root, {"xmlns": namespace}),
    }


def _attachments(document: Document) -> dict[str, bytes]:
    """Return the list of attachments and their files, by their paths in the document's folder."""
    if not document.attachments:
        return {}
    files = [
        f"attachment_{index}.{attachment.media_format}"
        for index, attachment in enumerate(document.attachments)
    ]
    listed = attachments_element(document.attachments, files, document.information)
    contents = (attachment.content for attachment in document.attachments)
    return {
        "Attachs/Attachments.xml": document_bytes(listed),
        **{f"Attachs/{file}": content for file, content in zip(files, contents, strict=True)},
    }
