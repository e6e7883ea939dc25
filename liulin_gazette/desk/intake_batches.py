"""Files that were dropped onto the desk, while they are read and until the editor has decided about their drafts."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from liulin_gazette.desk.act_words import at_desk
from liulin_gazette.desk.form import Upload
from liulin_gazette.intake.manuscript import IntakeError, ReaderFaultError
from liulin_gazette.intake.upload_reading import Reading, read_upload
from liulin_gazette.review.fault_report import fault_number, write_report
from liulin_gazette.text.editor_error import EditorError

MOST_BATCHES = 6
"""That wait for the editor at a time; the oldest that has been read is forgotten for a new one."""


class BatchError(EditorError):
    """Files cannot be taken in now."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Files that were dropped together."""

    issue: str
    """Name of the issue that they are for."""
    names: tuple[str, ...]
    done: int = 0
    """How many of them have been read."""
    readings: tuple[Reading, ...] = ()
    faults: tuple[tuple[str, str], ...] = ()
    """Name of each file that gave no drafts, and what the editor is told of it."""

    @property
    def is_read(self) -> bool:
        """Whether all have been read."""
        return self.done == len(self.names)

    @property
    def reading(self) -> str:
        """The name of the file that is being read."""
        return self.names[min(self.done, len(self.names) - 1)]


class Batches:
    """The batches of a desk. Several threads may use it; files are read one at a time."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._lock = threading.Lock()
        self._turn = threading.Lock()
        self._batches: dict[str, Batch] = {}

    def start(self, issue: str, uploads: Sequence[Upload]) -> str:
        """Begin to read ``uploads`` for ``issue``; return the key of the batch. Raises BatchError for too many."""
        key = secrets.token_urlsafe(12)
        with self._lock:
            while len(self._batches) >= MOST_BATCHES:
                oldest = next((each for each, batch in self._batches.items() if batch.is_read), None)
                if oldest is None:
                    raise BatchError("前面几批来稿还没有转换完。", "等它们转换完，再拖一次。")
                del self._batches[oldest]
            self._batches[key] = Batch(issue, tuple(upload.name for upload in uploads))
        threading.Thread(target=self._read, args=(key, tuple(uploads)), daemon=True).start()
        return key

    def get(self, key: str, issue: str) -> Batch | None:
        """Return the batch ``key`` of ``issue`` as it is now; None where there is none any more."""
        batch = self._batches.get(key)
        return batch if batch and batch.issue == issue else None

    def of_issue(self, issue: str) -> list[tuple[str, Batch]]:
        """Return the batches of ``issue`` that wait for the editor, with their keys."""
        return [(key, batch) for key, batch in list(self._batches.items()) if batch.issue == issue]

    def discard(self, key: str) -> None:
        """Forget the batch ``key``; what of it is not yet read is not read."""
        with self._lock:
            self._batches.pop(key, None)

    def _read(self, key: str, uploads: Sequence[Upload]) -> None:
        with self._turn:
            for upload in uploads:
                if key not in self._batches:
                    return
                readings, faults = self._one(upload)
                with self._lock:
                    if batch := self._batches.get(key):
                        self._batches[key] = replace(
                            batch,
                            done=batch.done + 1,
                            readings=(*batch.readings, *readings),
                            faults=(*batch.faults, *faults),
                        )

    def _one(self, upload: Upload) -> tuple[list[Reading], list[tuple[str, str]]]:
        """Return what became of ``upload``, and what is told of the files that gave no drafts."""
        readings: list[Reading] = []
        faults: list[tuple[str, str]] = []
        try:
            for reading in read_upload(upload.name, upload.content):
                if reading.fault:
                    faults.append((reading.name, self._told(reading.fault)))
                else:
                    readings.append(reading)
        except Exception as error:  # A fault of the program at one file must not cost the editor the others.
            faults.append((upload.name, f"没有转换。{self._reported(error)}"))
        return readings, faults

    def _told(self, error: IntakeError) -> str:
        if not isinstance(error, ReaderFaultError):
            return error.told_with(at_desk)
        return f"{error.told_with(at_desk)}{self._reported(error.__cause__ or error)}"

    def _reported(self, error: BaseException) -> str:
        """Return where the report of ``error``, which nobody foresaw, is."""
        fault = error if isinstance(error, Exception) else RuntimeError(str(error))
        file = write_report(self._root, fault, "desk intake")
        return f"程序出错了（编号 {fault_number(fault)}）。" + (f"请把 {file} 发给维护者。" if file else "")
