"""The schema of OFD (GB/T 33190-2016) as far as the writer goes: elements in their order, attributes and their types.

Taken from the tables of the standard, as public readers and writers of OFD have them too. What is not listed here is an
error: the writer writes nothing that has no rule.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

NAMESPACE = "{http://www.ofdspec.org/2016}"
_NUMBER = r"-?\d+(\.\d+)?"
_INTEGER = r"\d+"
TYPES = {
    "string": r"[\s\S]*",
    "id": r"[1-9]\d*",  # ST_ID, ST_RefID
    "name": r"[A-Za-z_][\w.-]*",  # xs:ID
    "loc": r"[^\s\\]+",  # ST_Loc
    "double": _NUMBER,
    "int": _INTEGER,
    "boolean": "true|false",
    "box": rf"{_NUMBER} {_NUMBER} {_NUMBER} {_NUMBER}",
    "matrix": rf"{_NUMBER}( {_NUMBER}){{5}}",
    "array": rf"{_NUMBER}( {_NUMBER})*",
    "steps": rf"(g {_INTEGER} {_NUMBER}|{_NUMBER})( (g {_INTEGER} {_NUMBER}|{_NUMBER}))*",
    "glyphs": rf"{_INTEGER}( {_INTEGER})*",
    "colour": r"\d{1,3} \d{1,3} \d{1,3}",
    "path": rf"([ML] {_NUMBER} {_NUMBER}|B {_NUMBER}( {_NUMBER}){{5}}|C)( ([ML] {_NUMBER} {_NUMBER}|B {_NUMBER}( {_NUMBER}){{5}}|C))*",
    "date": r"\d{4}-\d\d-\d\d",
    "dateTime": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d",
    "uuid": r"[0-9a-f]{32}",
}


@dataclass(frozen=True)
class Rule:
    """What an element may have."""

    children: str = ""
    """Names in their order; after each ? for at most one, * for any number, + for at least one. ``A|B*`` in any order."""
    required: str = ""
    """Attributes with their types: ``ID:id``."""
    optional: str = ""
    text: str = ""
    """The type of the text; empty if there is none."""


_UNIT = "CTM:matrix LineWidth:double Cap:Butt|Round|Square Join:Miter|Round|Bevel MiterLimit:double DashOffset:double DashPattern:array"
RULES = {
    "OFD": Rule("DocBody+", "Version:1.0 DocType:OFD"),
    "DocBody": Rule("DocInfo DocRoot"),
    "DocInfo": Rule(
        "DocID Title? Author? Subject? CreationDate? ModDate? DocUsage? Creator? CreatorVersion? CustomDatas?"
    ),
    "DocID": Rule(text="uuid"),
    **{name: Rule(text="string") for name in ("Title", "Author", "Subject", "Creator", "CreatorVersion", "Remark")},
    "CreationDate": Rule(text="date"),
    "ModDate": Rule(text="date"),
    "DocUsage": Rule(text="Normal|EBook|ENewsPaper|EMagzine"),
    "CustomDatas": Rule("CustomData+"),
    "CustomData": Rule(required="Name:string", text="string"),
    **{
        name: Rule(text="loc")
        for name in ("DocRoot", "PublicRes", "DocumentRes", "Annotations", "CustomTags@", "Attachments@", "FileLoc", "FontFile", "MediaFile")
    },
    "Document": Rule(
        "CommonData Pages Outlines? Permissions? VPreferences? Bookmarks? Annotations? CustomTags? Attachments?"
    ),
    "CommonData": Rule("MaxUnitID PageArea PublicRes? DocumentRes?"),
    "MaxUnitID": Rule(text="id"),
    "PageArea": Rule("PhysicalBox"),
    "Area": Rule("PhysicalBox"),
    "PhysicalBox": Rule(text="box"),
    "Pages": Rule("Page+"),
    "Outlines": Rule("OutlineElem+"),
    "OutlineElem": Rule("Actions? OutlineElem*", "Title:string", "Count:int Expanded:boolean"),
    "Permissions": Rule("Signature?"),
    "Signature": Rule(text="boolean"),
    "VPreferences": Rule("PageMode? TabDisplay?"),
    "PageMode": Rule(text="None|UseOutlines"),
    "TabDisplay": Rule(text="FileName|DocTitle"),
    "Bookmarks": Rule("Bookmark+"),
    "Bookmark": Rule("Dest?", "Name:string"),
    "Dest": Rule(required="Type:XYZ PageID:id", optional="Left:double Top:double Zoom:double"),
    "Actions": Rule("Action+"),
    "Action": Rule("Goto|URI", "Event:CLICK"),
    "Goto": Rule("Dest|Bookmark"),
    "URI": Rule(required="URI:string"),
    "Res": Rule("Fonts|MultiMedias*", "BaseLoc:loc"),
    "Fonts": Rule("Font+"),
    "Font": Rule("FontFile?", "ID:id FontName:string", "FamilyName:string Charset:unicode Bold:boolean Serif:boolean"),
    "MultiMedias": Rule("MultiMedia+"),
    "MultiMedia": Rule("MediaFile", "ID:id Type:Image", "Format:PNG|JPG"),
    "Content": Rule("Layer+"),
    "Layer": Rule("TextObject|PathObject|ImageObject*", "ID:id", "Type:Body"),
    "TextObject": Rule(
        "Clips? FillColor? StrokeColor? CGTransform|TextCode+",
        "ID:id Boundary:box Font:id Size:double",
        f"{_UNIT} Fill:boolean Stroke:boolean",
    ),
    "CGTransform": Rule("Glyphs", "CodePosition:int", "CodeCount:int GlyphCount:int"),
    "Glyphs": Rule(text="glyphs"),
    "TextCode": Rule(required="X:double Y:double", optional="DeltaX:steps", text="string"),
    "PathObject": Rule(
        "Actions? Clips? StrokeColor? FillColor? AbbreviatedData",
        "ID:id Boundary:box",
        f"{_UNIT} Stroke:boolean Fill:boolean Rule:NonZero|Even-Odd",
    ),
    "Path": Rule(
        "AbbreviatedData", "Boundary:box", "Stroke:boolean Fill:boolean Rule:NonZero|Even-Odd"
    ),
    "AbbreviatedData": Rule(text="path"),
    "ImageObject": Rule("Clips?", "ID:id Boundary:box ResourceID:id CTM:matrix"),
    "FillColor": Rule(required="Value:colour"),
    "StrokeColor": Rule(required="Value:colour"),
    "Clips": Rule("Clip+"),
    "Clip": Rule("Area@+"),
    "Area@": Rule("Path+"),
    "Page@tree": Rule(required="ID:id BaseLoc:loc"),
    "Page@content": Rule("Area? Content?"),
    "Page@annotations": Rule("FileLoc+", "PageID:id"),
    "Annotations@list": Rule("Page+"),
    "PageAnnot": Rule("Annot+"),
    "Annot": Rule(
        "Remark? Appearance", "ID:id Type:Link Creator:string LastModDate:date", "Print:boolean"
    ),
    "Appearance": Rule("PathObject+", "Boundary:box"),
    "CustomTags@list": Rule("CustomTag+"),
    "CustomTag": Rule("FileLoc", "NameSpace:string"),
    "Attachments@list": Rule("Attachment+"),
    "Attachment": Rule(
        "FileLoc", "ID:name Name:string", "Format:string CreationDate:dateTime ModDate:dateTime Size:double Visible:boolean Usage:string"
    ),
    "ObjectRef": Rule(required="PageRef:id", text="id"),
}  # fmt: skip
"""By the name of the element; where two have one name, with what tells them apart after @."""


def faults(root: Element) -> Iterator[str]:
    """Yield what is wrong with a part whose root is ``root``."""
    yield from _faults(root, "")


def _key(node: Element, parent: str) -> str:
    name = node.tag.removeprefix(NAMESPACE)
    if name == "Page":
        return {"Pages": "Page@tree", "Annotations@list": "Page@annotations"}.get(parent, "Page@content")
    if name in ("CustomTags", "Attachments", "Annotations"):
        return {("Document", "Annotations"): name}.get(
            (parent, name), f"{name}@" if parent else f"{name}@list"
        )
    return "Area@" if (name, parent) == ("Area", "Clip") else name


def _faults(node: Element, parent: str) -> Iterator[str]:
    key = _key(node, parent)
    rule = RULES.get(key)
    if not node.tag.startswith(NAMESPACE) or rule is None:
        yield f"<{node.tag}> in <{parent}> has no rule"
        return
    known = dict(pair.split(":", 1) for pair in f"{rule.required} {rule.optional}".split())
    for name in (pair.split(":", 1)[0] for pair in rule.required.split()):
        if name not in node.attrib:
            yield f"<{key}> lacks {name}"
    for name, value in node.attrib.items():
        if name not in known:
            yield f"<{key}> has {name}"
        elif not re.fullmatch(TYPES.get(known[name], known[name]), value):
            yield f"<{key}> has {name}={value!r}"
    if not re.fullmatch(TYPES.get(rule.text, rule.text), (node.text or "")):
        yield f"<{key}> has the text {node.text!r}"
    names = "".join(f"{child.tag.removeprefix(NAMESPACE)} " for child in node)
    if not re.fullmatch(_order(rule.children), names):
        yield f"<{key}> has the elements {names!r}"
    for child in node:
        yield from _faults(child, key)


def _order(children: str) -> str:
    """Return a pattern of names in their order, each followed by a space."""
    pattern = ""
    for word in children.replace("@", "").split():
        names, count = (word[:-1], word[-1]) if word[-1] in "?*+" else (word, "")
        pattern += f"(?:(?:{names}) ){count}"
    return pattern
