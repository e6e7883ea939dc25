"""Documents taken out of an issue: deleted, or moved to another issue with their pictures."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from liulin_gazette.editing.changes import Change, file_change
from liulin_gazette.editing.issue_arrangement import ListedPlace, listed_sections, without_document
from liulin_gazette.editing.issue_file import NewError, add_to_section
from liulin_gazette.editing.new_files import free_name
from liulin_gazette.source.file_names import is_portable
from liulin_gazette.source.folder import ISSUE_FILE, PICTURE_TYPES, read_folder

_TEXT_TYPES = (".md", ".toml")


@dataclass(frozen=True, slots=True)
class ListedDocument:
    """A document of an issue by its file, with its pictures."""

    name: str
    place: ListedPlace
    pictures: tuple[str, ...]
    """Those that it alone names."""
    shared: tuple[str, ...] = ()
    """Those that another text names, too."""


def listed_document(root: Path, issue: str, stem: str) -> ListedDocument:
    """Return the document of ``issue`` (2026-2) whose file is ``stem``.md. Raises NewError where none is listed."""
    folder = f"content/{issue}"
    settings = file_change(root, f"{folder}/{ISSUE_FILE}", None).before
    name = f"{stem}.md"
    for number, section in enumerate(listed_sections(settings or b"")):
        if name in section.files and is_portable(name):
            place = ListedPlace(number, section.files.index(name))
            return ListedDocument(name, place, *pictures_of(root, folder, name))
    raise NewError(f"这一期没有列入 {name}。", "它可能刚刚改名、移走或者删去了；回到这一期看看。")


def pictures_of(root: Path, folder: str, name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the pictures in ``folder`` that its file ``name`` names: those of no other text, and the others."""
    return pictures_in(read_folder(root, folder).files, name)


def pictures_in(files: Mapping[str, bytes], name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the pictures of ``files``, those of a folder, that the file ``name`` names: its own, and the others."""
    others = b"\n".join(
        content for each, content in files.items() if each != name and each.lower().endswith(_TEXT_TYPES)
    )
    text = files.get(name, b"")
    named = [each for each in files if each.lower().endswith(PICTURE_TYPES) and _names(text, each)]
    own = tuple(each for each in named if each.encode() not in others)
    return own, tuple(each for each in named if each not in own)


def _names(text: bytes, picture: str) -> bool:
    """Tell whether ``text`` shows ``picture``, and not only one whose name ends with the same."""
    return re.search(rb"(?:\]\(|[\"'])" + re.escape(picture.encode()) + rb"[ )\"']", text) is not None


def deletion_changes(root: Path, issue: str, document: ListedDocument) -> tuple[Change, ...]:
    """Return the changes that delete ``document``, its pictures, and its line in issue.toml. Raises NewError."""
    folder = f"content/{issue}"
    names = (document.name, *document.pictures)
    gone = [file_change(root, f"{folder}/{name}", None) for name in names]
    return (*(each for each in gone if each.before is not None), _unlisted(root, folder, document))


def transfer_changes(
    root: Path, issue: str, document: ListedDocument, other: str, section: str
) -> tuple[Change, ...]:
    """Return the changes that move ``document`` with its pictures to the end of ``section`` in the issue ``other``.

    It gets the next free number of a file there; a picture whose name is taken there has it put before its name. A
    picture that another text names stays as well.
    Raises NewError where the document, the issue or the section is not there.
    """
    folder, target = f"content/{issue}", f"content/{other}"
    settings = file_change(root, f"{target}/{ISSUE_FILE}", None)
    source = file_change(root, f"{folder}/{document.name}", None)
    if settings.before is None or other == issue:
        raise NewError(f"没有 {other} 这一期，没有移动。")
    if source.before is None:
        raise NewError(f"{source.path} 不见了，没有移动。", "它可能刚刚改名或者删去了。")
    name = free_name(root / target)
    content = source.before
    pictures: list[Change] = []
    for old in (*document.pictures, *document.shared):
        new = old if not (root / target / old).exists() else f"{Path(name).stem}-{old}"
        picture = file_change(root, f"{folder}/{old}", None)
        content = re.sub(
            rb"(?<=\]\()" + re.escape(old.encode()) + rb"(?=[ )])", lambda _, new=new: new.encode(), content
        )
        pictures.append(file_change(root, f"{target}/{new}", picture.before))
        if old in document.pictures:
            pictures.append(picture)
    return (
        file_change(root, f"{target}/{name}", content),
        source,
        *pictures,
        replace(settings, after=add_to_section(settings.before, section, name)),
        _unlisted(root, folder, document),
    )


def _unlisted(root: Path, folder: str, document: ListedDocument) -> Change:
    """Return the change of issue.toml that takes ``document`` off its list."""
    settings = file_change(root, f"{folder}/{ISSUE_FILE}", None)
    return replace(settings, after=without_document(settings.before or b"", document.place))
