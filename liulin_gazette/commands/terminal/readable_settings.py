"""What commands say where gazette.toml cannot be read, without which nothing else can."""

from __future__ import annotations

from liulin_gazette.model.publication import Publication
from liulin_gazette.text.editor_error import CONTENT, EditorError


class UnreadableSettingsError(EditorError):
    """content/gazette.toml cannot be read."""

    exit_code = CONTENT


def readable(publication: Publication | None) -> Publication:
    """Return ``publication``. Raises UnreadableSettingsError where there is none."""
    if publication is None:
        raise UnreadableSettingsError("content/gazette.toml 读不懂。先运行 python3 build.py check 改正。")
    return publication
