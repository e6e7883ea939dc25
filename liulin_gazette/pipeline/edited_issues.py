"""What reading and checking gave for each document of the issues that are being edited: an edit costs one document.

A result depends on the document's file, on all other files of its folder that are no documents (issue.toml, pictures,
the record), on the names of the documents, and on the program and gazette.toml. Where one of these is another, nothing
that is remembered is used.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import TypeVar

from liulin_gazette.cache.memo import MemoTable
from liulin_gazette.model.publication import Issue, IssueFormat
from liulin_gazette.source.folder import Folder

MOST_ISSUES = 2
"""Edited issues of which results are remembered: the one in work, and one beside it; and the one opened last."""
FEW_ISSUES = 2
"""Up to so many issues that have changed together are read here; of more, none is being edited."""
Result = TypeVar("Result")


def context_digest(folder: Folder, base: str) -> str:
    """Return a digest of all on which results about a document in ``folder`` depend, but for its own file.

    ``base`` is a digest of the program and of gazette.toml.
    """
    context = hashlib.sha256(base.encode())
    for name, digest in sorted({**folder.digests, **folder.unreadable}.items()):
        own = "" if name.endswith(".md") and name in folder.digests else digest
        context.update(f"{name}\0{own}\0".encode())
    for part in (folder.misnamed, folder.not_plain, sorted(folder.undecodable.items()), folder.fault):
        context.update(f"{part!r}\0".encode())
    return context.hexdigest()


class EditedIssue:
    """The remembered results about the documents in one folder."""

    def __init__(self, folder: Folder) -> None:
        self._results = MemoTable()
        self._folder = folder
        self._context = ""
        self.is_edited = False
        """Whether it was read since it changed, not only learnt because a document of it was opened."""
        self.whole: tuple[str, IssueFormat, Issue] | None = None
        """The digest of the folder, what gazette.toml says of it, and the issue with its texts as last read whole."""

    def move_on(self, folder: Folder, base: str) -> None:
        """Take ``folder`` for the present one; ``base`` is a digest of the program and of gazette.toml.

        Nothing is remembered any longer about a document that is not in it.
        """
        self._folder = folder
        self._context = context_digest(folder, base)
        self._results.drop_all_but({f"{folder.path}/{name}" for name in folder.digests})

    def __call__(self, kind: str, path: str, make: Callable[[], Result], /) -> Result:
        """Return what ``make`` returns, or returned for the same document among the same files. It is a ``Memo``."""
        digest = self._folder.digests.get(path.rpartition("/")[2])
        if digest is None:
            return make()
        return self._results.of(kind, path, f"{self._context} {digest}", make)

    def read_bytes(self, path: str) -> bytes:
        """Return the present content of the file at the project ``path``: remembered results hold no former folder.

        Raises FileNotFoundError.
        """
        return self._folder.read_bytes(path)


class EditedIssues:
    """The remembered results about the issues that were read last."""

    def __init__(self) -> None:
        self._issues: dict[str, EditedIssue] = {}

    def issue(self, folder: Folder, base: str, *, is_edited: bool = True) -> EditedIssue:
        """Return the results about the issue in ``folder``; ``base`` is a digest of the program and of gazette.toml.

        An issue of which only a document was opened has none forgotten that is edited.
        """
        edited = self._issues.pop(folder.path, None) or EditedIssue(folder)
        edited.move_on(folder, base)
        edited.is_edited |= is_edited
        self._issues[folder.path] = edited  # The last one now.
        of_edited = [path for path, each in self._issues.items() if each.is_edited]
        learnt = [path for path, each in self._issues.items() if not each.is_edited]
        for path in (*of_edited[:-MOST_ISSUES], *learnt[:-1]):
            del self._issues[path]
        return edited

    def has(self, path: str) -> bool:
        """Tell whether anything is remembered about the issue in the folder at ``path``."""
        return path in self._issues

    def whole_issue(self, path: str, digest: str, form: IssueFormat) -> Issue | None:
        """Return the issue in the folder at ``path`` with its texts, if it was read with this ``digest`` and ``form``."""
        edited = self._issues.get(path)
        if edited is None or edited.whole is None or edited.whole[:2] != (digest, form):
            return None
        return edited.whole[2]
