"""Everything from which a build is made, read once when it begins."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from liulin_gazette.cache.fingerprint import fingerprint
from liulin_gazette.cache.libraries import versions_for_typesetting
from liulin_gazette.cache.program import program_digest
from liulin_gazette.model.publication import Issue
from liulin_gazette.pipeline import reading_cache
from liulin_gazette.rendering.templates import Templates, read_templates
from liulin_gazette.source.folder import PROFILE_TYPE, Folder, PortableDigests, issue_folders, read_folder
from liulin_gazette.source.loader import LoadedSeries, is_issue, load_series
from liulin_gazette.source.publication_records import RECORD_FILE as RECORD
from liulin_gazette.text.editor_error import EditorError


class ContentChangedError(EditorError):
    """A folder changed while the output was made from it; ``message`` is its project path."""

    title = "生成的时候，"

    def __init__(self, path: str) -> None:
        super().__init__(path, " 里的文件被改动了，没有生成。保存好以后再生成。上一次的成品没有改动。")


@dataclass(frozen=True, slots=True)
class ContentReader:
    """Reads the folders of issues one by one, so that the memory does not grow with the archive."""

    root: Path
    """The project folder."""

    def read(self, path: str) -> Folder:
        """Return the folder at the project ``path`` as it is now."""
        return read_folder(self.root, path)

    def read_unchanged(self, path: str, digest: str) -> Folder:
        """Return the folder at the project ``path``. Raises ContentChangedError where its digest is not ``digest``."""
        folder = self.read(path)
        if folder.digest != digest:
            raise ContentChangedError(path)
        return folder


@dataclass(frozen=True, slots=True)
class Content:
    """The folder ``content/``: what concerns the whole series, and digests of the folders in it."""

    reader: ContentReader
    readings: Path
    """The file that keeps what was read of issues."""
    series: LoadedSeries
    settings: str
    """A digest of the program, and of gazette.toml, contacts.toml and words.toml."""
    folders: Mapping[str, str]
    """The digest of each folder, by project path."""
    print_digests: Mapping[str, str]
    """The digest of each folder that is an issue, without its publication record, which no printed page shows."""
    published: Mapping[str, PortableDigests]
    """Portable digests of the files of each published issue, by the project path of its folder."""
    press_profiles: Mapping[str, str]
    """The SHA-256 of each file in ``content/`` that can be a profile of a press, by its name."""
    digest: str
    """A digest of it all."""


def read_content(root: Path, chosen: Collection[str] | None = None) -> Content:
    """Return what lies in ``content/`` of the project folder ``root``.

    Where some folders are ``chosen``, no others are read: the digest of it all is then not that of a build.
    """
    reader = ContentReader(root)
    content = reader.read("content")
    folders: dict[str, str] = {}
    print_digests: dict[str, str] = {}
    published: dict[str, PortableDigests] = {}
    for path in issue_folders(root):
        if chosen is not None and path not in chosen:
            continue
        folder = reader.read(path)
        folders[path] = folder.digest
        if is_issue(folder):
            print_digests[path] = _without_record(folder).digest
        if RECORD in folder.digests or RECORD in content.digests:
            published[path] = folder.portable_digests
    settings = _digest(program_digest(), _without_record(content).digest)
    record = content.digests.get(RECORD, "")
    whole = _digest(settings, record, *(f"{path}\0{digest}" for path, digest in folders.items()))
    return Content(
        reader,
        root / reading_cache.FILE,
        load_series(content),
        settings,
        folders,
        print_digests,
        published,
        {name: own for name, own in content.digests.items() if name.lower().endswith(PROFILE_TYPE)},
        whole,
    )


def content_key(content: Content, issue: Issue) -> str:
    """Return a digest of what ``issue`` itself gives to its PDFs: its content, and the names of the files.

    The names depend on 文件名前缀, which is in no key, since no printed page shows it.
    """
    return fingerprint(content.print_digests[issue.folder], issue.stem)


@dataclass(frozen=True, slots=True)
class Inputs:
    """Content and templates, and digests of everything else from which the output is made."""

    content: Content
    templates: Templates
    site_base: str
    """A digest of everything from which all pages are made: the program, the templates, gazette.toml."""
    print_base: str
    """A digest of everything but settings from which all printed pages are made: program, templates, faces.

    It is empty where gazette.toml cannot be read.
    """

    def digest(self, *wanted: str) -> str:
        """Return a digest of it all, and of what is ``wanted`` of it."""
        return _digest(self.content.digest, self.site_base, self.print_base, *wanted)


def read_inputs(root: Path, chosen: Collection[str] | None = None) -> Inputs:
    """Return what the project folder ``root`` has now; of the issues, where some folders are ``chosen``, those alone.

    Raises OSError for templates that cannot be read.
    """
    content, templates = read_content(root, chosen), read_templates(root)
    publication = content.series.publication
    return Inputs(
        content,
        templates,
        _digest(content.settings, templates.digest),
        _print_base(root, templates) if publication else "",
    )


def _print_base(root: Path, templates: Templates) -> str:
    from liulin_gazette.pdf.composition import fonts

    return _digest(
        program_digest(),
        templates.print_digest,
        *fonts.source_digests(root),
        *fonts.tool_versions(),
        *versions_for_typesetting(),
    )


def _without_record(folder: Folder) -> Folder:
    return replace(folder, digests={name: own for name, own in folder.digests.items() if name != RECORD})


def _digest(*words: str) -> str:
    whole = hashlib.sha256()
    for word in words:
        whole.update(word.encode() + b"\0")
    return whole.hexdigest()
