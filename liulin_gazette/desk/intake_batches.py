"""Files that were dropped onto the desk, while they are read and until the editor has decided about their drafts."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from liulin_gazette.desk.act_words import at_desk
from liulin_gazette.desk.form import Upload
from liulin_gazette.desk.kept_batches import MOST_KEPT, Batch, forget_batch, keep_batch, kept_batches
from liulin_gazette.intake.drafts import Intake
from liulin_gazette.intake.manuscript import IntakeError, ReaderFaultError
from liulin_gazette.intake.upload_reading import read_upload
from liulin_gazette.review.fault_report import fault_number, write_report
from liulin_gazette.text.editor_error import EditorError

MOST_BATCHES = MOST_KEPT
"""That wait for the editor at a time; the oldest that has been read is forgotten for a new one."""


class BatchError(EditorError):
    """Files cannot be taken in now."""


class Batches:
    """The batches of a desk. Several threads may use it; files are read one at a time.

    Each batch is kept on the disk as far as it is read, and those that an earlier desk left are found at the first use.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._lock = threading.Lock()
        self._turn = threading.Lock()
        self._found: dict[str, Batch] | None = None
        """The batches by key; None before the first use."""
        self._told: tuple[str, ...] = ()

    def start(self, issue: str, uploads: Sequence[Upload]) -> str:
        """Begin to read ``uploads`` for ``issue``; return the key of the batch. Raises BatchError for too many."""
        key = secrets.token_urlsafe(12)
        with self._lock:
            batches = self._batches()
            while len(batches) >= MOST_BATCHES:
                oldest = next((each for each, batch in batches.items() if batch.is_read), None)
                if oldest is None:
                    raise BatchError("前面几批来稿还没有转换完。", "等它们转换完，再拖一次。")
                self._drop(oldest)
            self._keep(key, Batch(issue, tuple(upload.name for upload in uploads)))
        threading.Thread(target=self._read, args=(key, tuple(uploads)), daemon=True).start()
        return key

    def get(self, key: str, issue: str) -> Batch | None:
        """Return the batch ``key`` of ``issue`` as it is now; None where there is none any more."""
        with self._lock:
            batch = self._batches().get(key)
        return batch if batch and batch.issue == issue else None

    def waiting(self) -> list[tuple[str, Batch]]:
        """Return the batches that wait for the editor, with their keys, the oldest first."""
        with self._lock:
            return list(self._batches().items())

    def of_issue(self, issue: str) -> list[tuple[str, Batch]]:
        """Return the batches of ``issue`` that wait for the editor, with their keys."""
        return [(key, batch) for key, batch in self.waiting() if batch.issue == issue]

    @property
    def told(self) -> tuple[str, ...]:
        """What the editor is told of batches of an earlier desk that cannot be used any more."""
        with self._lock:
            self._batches()
            return self._told

    def discard(self, key: str) -> None:
        """Forget the batch ``key``; what of it is not yet read is not read."""
        with self._lock:
            self._drop(key)

    def _batches(self) -> dict[str, Batch]:
        """Return the batches by key; the lock is held."""
        if self._found is None:
            kept = kept_batches(self._root)
            self._told = kept.told
            self._found = {key: _left(batch) for key, batch in kept.batches.items()}
        return self._found

    def _keep(self, key: str, batch: Batch) -> None:
        self._batches()[key] = replace(batch, unkept=keep_batch(self._root, key, replace(batch, unkept="")))

    def _drop(self, key: str) -> None:
        if self._batches().pop(key, None):
            forget_batch(self._root, key)

    def _read(self, key: str, uploads: Sequence[Upload]) -> None:
        with self._turn:
            for upload in uploads:
                if key not in self._batches():
                    return
                intakes, faults = self._one(upload)
                with self._lock:
                    if batch := self._batches().get(key):
                        read = replace(
                            batch,
                            done=batch.done + 1,
                            intakes=(*batch.intakes, *intakes),
                            faults=(*batch.faults, *faults),
                        )
                        self._keep(key, read)

    def _one(self, upload: Upload) -> tuple[list[Intake], list[tuple[str, str]]]:
        """Return the drafts of ``upload``, and what is told of the files that gave none."""
        intakes: list[Intake] = []
        faults: list[tuple[str, str]] = []
        try:
            for reading in read_upload(upload.name, upload.content):
                if reading.fault:
                    faults.append((reading.name, self._words_of(reading.fault)))
                elif reading.intake:
                    intakes.append(reading.intake)
        except Exception as error:  # A fault of the program at one file must not cost the editor the others.
            faults.append((upload.name, f"没有转换。{self._reported(error)}"))
        return intakes, faults

    def _words_of(self, error: IntakeError) -> str:
        if not isinstance(error, ReaderFaultError):
            return error.told_with(at_desk)
        return f"{error.told_with(at_desk)}{self._reported(error.__cause__ or error)}"

    def _reported(self, error: BaseException) -> str:
        """Return where the report of ``error``, which nobody foresaw, is."""
        fault = error if isinstance(error, Exception) else RuntimeError(str(error))
        file = write_report(self._root, fault, "desk intake")
        return f"程序出错了（编号 {fault_number(fault)}）。" + (f"请把 {file} 发给维护者。" if file else "")


def _left(batch: Batch) -> Batch:
    """Return ``batch`` as an earlier desk left it: what it had not read by then cannot be read any more."""
    unread = tuple((name, "编辑台关掉的时候还没有转换，请再拖一次。") for name in batch.names[batch.done :])
    return replace(batch, done=len(batch.names), faults=(*batch.faults, *unread))
