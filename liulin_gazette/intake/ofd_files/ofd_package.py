"""The structure of an OFD file (GB/T 33190-2016, 7): its documents, their pages, templates and annotations."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from liulin_gazette.intake.manuscript import IntakeError
from liulin_gazette.intake.ofd_files.ofd_tags import STRUCTURE, tagged_objects
from liulin_gazette.intake.xml_archive import child, children, open_archive, part_path, xml_part

MAX_PAGES = 2_000
_DEFAULT_BOX = (0.0, 0.0, 210.0, 297.0)


@dataclass(frozen=True, slots=True)
class OfdPage:
    """A page: its own content and that of its templates, in the order in which they are painted."""

    box: tuple[float, float, float, float]
    """Left, top, width and height in mm."""
    contents: tuple[Element, ...]
    annotations: tuple[Element, ...]
    blocks: Mapping[str, int]
    """The number of the tagged block of each object by its identifier; empty without tags."""


class OfdReader:
    """Reads the parts of an open OFD file; each template is parsed once."""

    def __init__(self, name: str, content: bytes) -> None:
        """Raise IntakeError for a file that is damaged, locked, or no OFD."""
        self._name = name
        self._archive = open_archive(name, content)
        self._paths = {path.lower().lstrip("/"): path for path in self._archive.namelist()}
        self._templates: dict[str, Element | None] = {}
        if any(posixpath.basename(path) == "encryptions.xml" for path in self._paths):
            raise IntakeError(f"{name} 加了密。请用 OFD 阅读器打开，去掉密码另存一份再试。")

    def pages(self) -> Iterator[tuple[OfdPage, int]]:
        """Yield each page, and the number of all. Raises IntakeError for too many, or for damaged parts."""
        documents = [*self._documents()]
        count = sum(len(self._page_elements(document)) for _, document in documents)
        if count > MAX_PAGES:
            raise IntakeError(
                f"{self._name} 有 {count} 页，没有转换。请分成几个文件，每个不超过 {MAX_PAGES} 页。"
            )
        if not count:
            raise IntakeError(f"{self._name} 里一页也没有，读不出来。请重新取一份。")
        for folder, document in documents:
            common = child(document, "CommonData")
            templates = {
                each.get("ID", ""): part_path(folder, each.get("BaseLoc", ""))
                for each in children(common, "TemplatePage")
            }
            usual = _box(child(child(common, "PageArea"), "PhysicalBox")) or _DEFAULT_BOX
            annotations = self._annotations(folder, document)
            tagged = self._tagged_objects(folder, document)
            for each in self._page_elements(document):
                blocks = tagged.get(each.get("ID", ""), {})
                yield self._page(folder, each, templates, usual, annotations, blocks), count

    def remarks(self) -> Iterator[str]:
        """Yield what the editor should know that is not on a page: attachments, seals."""
        for folder, document in self._documents():
            attachments = self._part(folder, _text(child(document, "Attachments")))
            names = [each.get("Name", "") for each in children(attachments, "Attachment")]
            if names:
                yield f"文件里带着 {len(names)} 个附件，没有转入：{'、'.join(filter(None, names))}。"
        seals = [path for path in self._paths if path.endswith("signature.xml")]
        if seals:
            yield f"文件里有 {len(seals)} 处电子签名或印章，没有转入，也没有验证。"

    def _documents(self) -> Iterator[tuple[str, Element]]:
        """Yield the folder and the root of each document."""
        root = self._part("", "OFD.xml")
        for body in children(root, "DocBody"):
            path = part_path("", _text(child(body, "DocRoot")))
            document = self._part("", path)
            if document is not None:
                yield posixpath.dirname(path), document

    @staticmethod
    def _page_elements(document: Element) -> list[Element]:
        return list(children(child(document, "Pages"), "Page"))

    def _page(
        self,
        folder: str,
        element: Element,
        templates: Mapping[str, str],
        usual: tuple[float, float, float, float],
        annotations: Mapping[str, tuple[Element, ...]],
        blocks: Mapping[str, int],
    ) -> OfdPage:
        page = self._part(folder, element.get("BaseLoc", ""))
        if page is None:
            raise IntakeError(
                f"{self._name} 缺了一页（{element.get('BaseLoc', '')}），不完整。请重新取一份。"
            )
        box = _box(child(child(page, "Area"), "PhysicalBox")) or usual
        before, after = list[Element](), list[Element]()
        for each in children(page, "Template"):
            template = self._template(templates.get(each.get("TemplateID", ""), ""))
            if template is not None:
                (after if each.get("ZOrder") == "Foreground" else before).append(template)
        return OfdPage(box, (*before, page, *after), annotations.get(element.get("ID", ""), ()), blocks)

    def _template(self, path: str) -> Element | None:
        if path not in self._templates:
            self._templates[path] = self._part("", path)
        return self._templates[path]

    def _tagged_objects(self, folder: str, document: Element) -> dict[str, dict[str, int]]:
        """Return for each page, by its identifier, the number of the tagged block of each object by its own."""
        path = _text(child(document, "CustomTags"))
        inner = posixpath.dirname(part_path(folder, path)) if path else folder
        blocks: dict[str, dict[str, int]] = {}
        for each in children(self._part(folder, path), "CustomTag"):
            if each.get("NameSpace", "") == STRUCTURE:
                root = self._part(inner, _text(child(each, "FileLoc")))
                for (page, identifier), block in tagged_objects(root).items():
                    blocks.setdefault(page, {})[identifier] = block
        return blocks

    def _annotations(self, folder: str, document: Element) -> dict[str, tuple[Element, ...]]:
        """Return the annotations of each page by its identifier."""
        path = _text(child(document, "Annotations"))
        listed = self._part(folder, path)
        inner = posixpath.dirname(part_path(folder, path)) if path else folder
        found: dict[str, tuple[Element, ...]] = {}
        for each in children(listed, "Page"):
            key = each.get("PageID", "")
            for location in children(each, "FileLoc"):
                root = self._part(inner, _text(location))
                found[key] = (*found.get(key, ()), *(() if root is None else (root,)))
        return found

    def _part(self, folder: str, target: str) -> Element | None:
        """Return the root of a part; None if ``target`` is empty or the file has no such part."""
        path = self._paths.get(part_path(folder, target).lower()) if target else None
        return xml_part(self._name, self._archive, path) if path else None


def _text(element: Element | None) -> str:
    return (element.text or "").strip() if element is not None else ""


def _box(element: Element | None) -> tuple[float, float, float, float] | None:
    numbers = numbers_of(_text(element))
    if len(numbers) == 4 and numbers[2] > 0 and numbers[3] > 0:
        return numbers[0], numbers[1], numbers[2], numbers[3]
    return None


def numbers_of(text: str) -> list[float]:
    """Return the numbers in an attribute; none if one of its words is not a finite number."""
    try:
        numbers = [float(each) for each in text.split()]
    except ValueError:
        return []
    return numbers if all(abs(each) < 1e7 for each in numbers) else []
