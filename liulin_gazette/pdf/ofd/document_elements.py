"""The XML of a document's parts: its root, pages, outline, resources, links, tags, attachments (GB/T 33190-2016, 7, 15, 16, 20)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from liulin_gazette.pdf.ofd.fixed_document import (
    Attachment,
    Bookmark,
    Destination,
    Document,
    Information,
    Link,
    ObjectReference,
    OutlineEntry,
    Page,
    Tag,
)
from liulin_gazette.pdf.ofd.xml_elements import XmlElement, element, number, numbers, text_element


def root_element(information: Information, identifier: str, document: str) -> XmlElement:
    """Return OFD.xml (7.4): ``identifier`` is that of the document, ``document`` the place of its root.

    It names no signatures: the program that seals the document adds them (18).
    """
    return element(
        "OFD",
        element("DocBody", _information(information, identifier), text_element("DocRoot", document)),
        Version="1.0",
        DocType="OFD",
    )


def _information(information: Information, identifier: str) -> XmlElement:
    day = information.day.isoformat()
    custom = [text_element("CustomData", value, Name=name) for name, value in information.custom.items()]
    return element(
        "DocInfo",
        text_element("DocID", identifier),
        text_element("Title", information.title),
        text_element("Author", information.author),
        text_element("Subject", information.subject),
        text_element("CreationDate", day),
        text_element("ModDate", day),
        text_element("DocUsage", "Normal"),
        text_element("Creator", information.creator),
        text_element("CreatorVersion", information.creator_version),
        element("CustomDatas", *custom) if custom else None,
    )


def document_element(
    document: Document,
    page_identifiers: Sequence[int],
    page_locations: Sequence[str],
    locations: Mapping[str, str],
    last_identifier: int,
) -> XmlElement:
    """Return Document.xml (7.5). ``locations`` has the places of the parts that there are, by the names of their elements."""
    first = document.pages[0]
    pages = (
        element("Page", ID=str(identifier), BaseLoc=location)
        for identifier, location in zip(page_identifiers, page_locations, strict=True)
    )
    outline = [_outline_entry(entry, page_identifiers) for entry in document.outline]
    bookmarks = [_bookmark(each, page_identifiers) for each in document.bookmarks]
    parts = {name: text_element(name, location) for name, location in locations.items()}
    return element(
        "Document",
        element(
            "CommonData",
            text_element("MaxUnitID", str(last_identifier)),
            _page_area("PageArea", first),
            parts.get("PublicRes"),
            parts.get("DocumentRes"),
        ),
        element("Pages", *pages),
        element("Outlines", *outline) if outline else None,
        element("Permissions", text_element("Signature", "true")),
        element(
            "VPreferences",
            text_element("PageMode", "UseOutlines") if outline else None,
            text_element("TabDisplay", "DocTitle"),
        ),
        element("Bookmarks", *bookmarks) if bookmarks else None,
        parts.get("Annotations"),
        parts.get("CustomTags"),
        parts.get("Attachments"),
    )


def _page_area(name: str, page: Page) -> XmlElement:
    return element(name, text_element("PhysicalBox", numbers((0, 0, page.width, page.height))))


def _outline_entry(entry: OutlineEntry, pages: Sequence[int]) -> XmlElement:
    children = [_outline_entry(child, pages) for child in entry.children]
    return element(
        "OutlineElem",
        element("Actions", _go_to(_destination(entry.destination, pages))),
        *children,
        Title=entry.title,
        Count=str(len(children)) if children else None,
        Expanded="false" if children else None,
    )


def _bookmark(bookmark: Bookmark, pages: Sequence[int]) -> XmlElement:
    return element("Bookmark", _destination(bookmark.destination, pages), Name=bookmark.name)


def _destination(destination: Destination, pages: Sequence[int]) -> XmlElement:
    return element(
        "Dest",
        Type="XYZ",
        PageID=str(pages[destination.page]),
        Left=number(destination.left),
        Top=number(destination.top),
        Zoom="0",
    )


def _go_to(target: XmlElement) -> XmlElement:
    return element("Action", element("Goto", target), Event="CLICK")


def page_element(
    page: Page, default: Page, layer_identifier: int, objects: Sequence[XmlElement]
) -> XmlElement:
    """Return the content of ``page`` (7.7), which says its size where it is not that of ``default``."""
    is_default = (page.width, page.height) == (default.width, default.height)
    return element(
        "Page",
        None if is_default else _page_area("Area", page),
        element("Content", element("Layer", *objects, ID=str(layer_identifier), Type="Body")),
    )


def fonts_element(document: Document, identifiers: Mapping[str, int], files: Mapping[str, str]) -> XmlElement:
    """Return the resources that several documents could share (7.9), the fonts; ``files`` are those in the folder Res."""
    fonts = (
        element(
            "Font",
            text_element("FontFile", files[key]),
            ID=str(identifiers[key]),
            FontName=font.name,
            FamilyName=font.name,
            Charset="unicode",
            Bold="true" if font.is_bold else None,
            Serif="true" if font.is_serif else None,
        )
        for key, font in document.fonts.items()
    )
    return element("Res", element("Fonts", *fonts), BaseLoc="Res")


def pictures_element(
    document: Document, identifiers: Mapping[str, int], files: Mapping[str, str]
) -> XmlElement:
    """Return the resources of the document alone (7.9), the pictures; ``files`` are those in the folder Res."""
    pictures = (
        element(
            "MultiMedia",
            text_element("MediaFile", files[key]),
            ID=str(identifiers[key]),
            Type="Image",
            Format=picture.extension.upper(),
        )
        for key, picture in document.pictures.items()
    )
    return element("Res", element("MultiMedias", *pictures), BaseLoc="Res")


def annotations_element(files: Mapping[int, str]) -> XmlElement:
    """Return the list of annotations (15.1): the ``files`` of pages by the identifiers of the pages."""
    pages = (element("Page", text_element("FileLoc", file), PageID=str(page)) for page, file in files.items())
    return element("Annotations", *pages)


def links_element(
    links: Sequence[Link], identifiers: Iterator[int], pages: Sequence[int], information: Information
) -> XmlElement:
    """Return the annotations of a page (15.2): its ``links``. ``identifiers`` are taken from for each and its area."""
    return element("PageAnnot", *(_link(link, identifiers, pages, information) for link in links))


def _link(
    link: Link, identifiers: Iterator[int], pages: Sequence[int], information: Information
) -> XmlElement:
    _, _, width, height = link.area
    if link.bookmark:
        action = _go_to(element("Bookmark", Name=link.bookmark))
    elif isinstance(link.target, Destination):
        action = _go_to(_destination(link.target, pages))
    else:
        action = element("Action", element("URI", URI=link.target), Event="CLICK")
    identifier, area_identifier = str(next(identifiers)), str(next(identifiers))
    box = numbers((0, 0, width, height))
    outline = f"M 0 0 L {number(width)} 0 L {number(width)} {number(height)} L 0 {number(height)} C"
    area = element(
        "PathObject",
        element("Actions", action),
        text_element("AbbreviatedData", outline),
        ID=area_identifier,
        Boundary=box,
        Stroke="false",
    )
    return element(
        "Annot",
        text_element("Remark", link.remark) if link.remark else None,
        element("Appearance", area, Boundary=numbers(link.area)),
        ID=identifier,
        Type="Link",
        Creator=information.creator,
        LastModDate=information.day.isoformat(),
        Print="false",
    )


def custom_tags_element(namespace: str, file: str) -> XmlElement:
    """Return the list of trees of custom tags (16): one, in ``file``."""
    return element("CustomTags", element("CustomTag", text_element("FileLoc", file), NameSpace=namespace))


def tag_element(tag: Tag, pages: Sequence[int], objects: Mapping[ObjectReference, int]) -> XmlElement:
    """Return the element of ``tag``, whose name has no prefix; ``objects`` has the identifiers of objects."""
    kids = (
        tag_element(kid, pages, objects)
        if isinstance(kid, Tag)
        else text_element("ObjectRef", str(objects[kid]), PageRef=str(pages[kid.page]))
        for kid in tag.kids
    )
    return XmlElement(tag.name, tag.attributes, tuple(kids))


def attachments_element(
    attachments: Sequence[Attachment], files: Sequence[str], information: Information
) -> XmlElement:
    """Return the list of ``attachments`` (20), which are in ``files``; sizes are in KB."""
    day = information.day.isoformat()
    return element(
        "Attachments",
        *(
            element(
                "Attachment",
                text_element("FileLoc", file),
                ID=f"A{index}",
                Name=attachment.name,
                Format=attachment.media_format,
                CreationDate=f"{day}T00:00:00",
                ModDate=f"{day}T00:00:00",
                Size=number(len(attachment.content) / 1024),
                Visible="true",
                Usage=attachment.usage,
            )
            for index, (attachment, file) in enumerate(zip(attachments, files, strict=True), 1)
        ),
    )
