"""What a page sends: the fields and files of a form, within bounds."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PureWindowsPath

from starlette.datastructures import UploadFile
from starlette.requests import ClientDisconnect, Request

from liulin_gazette.text.editor_error import EditorError

MOST_FIELDS = 5_000
MOST_FILES = 100
MOST_FIELD_BYTES = 32 * 1024 * 1024
"""Of one field: the longest document, and what may be pasted into it."""
TOKEN_FIELD = "token"
TOKEN_HEADER = "x-desk-token"


class FormError(EditorError):
    """What a page sent cannot be used."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that was sent."""

    name: str
    """As the browser gives it, without folders."""
    content: bytes


@dataclass(frozen=True, slots=True)
class Form:
    """The fields and files of one request."""

    fields: Mapping[str, tuple[str, ...]]
    """Values by name, in the order sent. Line ends are those of Unix."""
    files: tuple[Upload, ...] = ()

    def __getitem__(self, name: str) -> str:
        """Return the one value of ``name``. Raises FormError where there is none."""
        values = self.fields.get(name, ())
        if not values:
            raise FormError("网页送来的内容不全。", "刷新这一页，再做一次。")
        return values[0]

    def get(self, name: str, default: str = "") -> str:
        """Return the first value of ``name``, or ``default``."""
        return next(iter(self.fields.get(name, ())), default)

    def all(self, name: str) -> tuple[str, ...]:
        """Return all values of ``name``."""
        return self.fields.get(name, ())


async def read_form(request: Request, token: str) -> Form:
    """Return what ``request`` sends. Raises FormError without the session's ``token``, or beyond the bounds."""
    from starlette.exceptions import HTTPException

    try:
        received = await request.form(
            max_files=MOST_FILES, max_fields=MOST_FIELDS, max_part_size=MOST_FIELD_BYTES
        )
    except (HTTPException, ClientDisconnect) as error:
        raise FormError("送来的内容太大，或者网页没有送完。", "分几次做。") from error
    fields: dict[str, list[str]] = {}
    files: list[Upload] = []
    for name, value in received.multi_items():
        if isinstance(value, UploadFile):
            files.append(Upload(PureWindowsPath(value.filename or "").name, await value.read()))
        else:
            fields.setdefault(name, []).append(value.replace("\r\n", "\n").replace("\r", "\n"))
    await received.close()
    sent = request.headers.get(TOKEN_HEADER) or next(iter(fields.pop(TOKEN_FIELD, [])), "")
    if not secrets.compare_digest(sent.encode(), token.encode()):
        raise FormError("这一页是编辑台上一次打开时的。", "刷新这一页，再做一次。")
    return Form({name: tuple(values) for name, values in fields.items()}, tuple(files))
