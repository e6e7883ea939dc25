"""New documents: the content of their files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from liulin_gazette.editing.changes import Change, file_change
from liulin_gazette.editing.issue_file import NewError, add_to_section
from liulin_gazette.editing.yaml_scalars import yaml_scalar
from liulin_gazette.model.document import Contact, Signatory
from liulin_gazette.model.kinds import KINDS, NEEDED_BY_ALL, OFFICIAL
from liulin_gazette.model.sample_texts import UNWRITTEN
from liulin_gazette.source.folder import ISSUE_FILE
from liulin_gazette.text.advised_acts import Act, AdvisedAct, advice

RELEASE = "此件公开发布"
"""The usual 公开方式."""
EMPTY_CONTACT = Contact("", "", "", "")
"""政策咨询 that the editor has yet to fill in."""


@dataclass(frozen=True, slots=True)
class NewDocument:
    """Front matter and body of a new document; fields that the editor has yet to write are empty."""

    title: str
    number: str
    issuer: str
    date: str
    addressees: str = ""
    release: str = RELEASE
    contact: Contact | None = EMPTY_CONTACT
    body: str = UNWRITTEN
    kind: str = OFFICIAL
    further_issuers: tuple[str, ...] = ()
    """The issuers of a joint document after the first one."""
    signatory: Signatory | None = None
    fields: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict[str, str | tuple[str, ...]])
    """Further fields of the front matter, by name: a line, or a list of lines."""
    needed: frozenset[str] = frozenset((*KINDS[OFFICIAL].required, *NEEDED_BY_ALL))
    """Fields that have a line even where they are empty, for the editor to fill in."""


def document_changes(root: Path, issue: str, section: str, new: NewDocument) -> tuple[Change, ...]:
    """Return the changes that create ``new`` in ``issue`` and list it last in ``section``.

    Raises NewError if there is no such issue or section.
    """
    folder = f"content/{issue}"
    settings = file_change(root, f"{folder}/{ISSUE_FILE}", None)
    if settings.before is None:
        raise NewError(advice(f"还没有 {issue} 这一期。先", AdvisedAct(Act.NEW_ISSUE, issue), "。"))
    name = free_name(root / folder)
    return (
        file_change(root, f"{folder}/{name}", _encoded(document_text(new))),
        replace(settings, after=add_to_section(settings.before, section, name)),
    )


def _encoded(text: str) -> bytes:
    """Return ``text`` as UTF-8. Raises NewError for bytes of another encoding that were typed."""
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        raise NewError("写的字里有不是 UTF-8 编码的。检查终端的编码，再运行一次。") from error


def free_name(folder: Path, taken: Sequence[str] = ()) -> str:
    """Return the next free file name in an issue's ``folder``: ``10.md``. Names in ``taken`` count as used."""
    used = {entry.name for entry in folder.glob("*.md")} | set(taken)
    numbers = [int(name[:-3]) for name in used if name[:-3].isdigit()]
    return f"{max(numbers, default=0) + 1:02}.md"


def document_text(new: NewDocument) -> str:
    """Return the Markdown text of ``new``, with its front matter."""
    issuers = (new.issuer, *new.further_issuers) if new.further_issuers else new.issuer
    lines = [
        *([f"体裁: {yaml_scalar(new.kind)}"] if new.kind != OFFICIAL else []),
        *_field(new, "标题", new.title),
        *_field(new, "发文字号", new.number),
        *_field(new, "发文机关", issuers),
        *([f"成文日期: {new.date}"] if new.date or "成文日期" in new.needed else []),
        *(line for name, value in new.fields.items() for line in _field(new, name, value)),
        *_field(new, "公开方式", new.release),
        *_field(new, "主送", new.addressees),
    ]
    if new.signatory:
        lines += [
            "签署:",
            f"  职务: {yaml_scalar(new.signatory.post)}",
            f"  姓名: {yaml_scalar(new.signatory.name)}",
        ]
    if new.contact:
        lines += [
            "政策咨询:",
            f"  责任单位: {yaml_scalar(new.contact.unit)}",
            f"  责任股室: {yaml_scalar(new.contact.office)}",
            f"  责任人: {yaml_scalar(new.contact.person)}",
            f"  电话: {yaml_scalar(new.contact.phone)}",
        ]
    return "---\n" + "\n".join(line.rstrip() for line in lines) + f"\n---\n\n{new.body}\n"


def _field(new: NewDocument, name: str, value: str | tuple[str, ...]) -> list[str]:
    """Return the lines of the field ``name``: none where it is empty, and ``new`` does not need it."""
    if isinstance(value, tuple):
        return [f"{name}:", *(f"  - {yaml_scalar(each)}" for each in value)] if value else []
    return [f"{name}: {yaml_scalar(value)}"] if value or name in new.needed else []
