"""What an editor is told instead of a traceback, and with which exit code a command ends then."""

from __future__ import annotations

import importlib
import pkgutil

import pytest

import liulin_gazette
from liulin_gazette.intake.manuscript import ReaderFaultError
from liulin_gazette.text.editor_error import CONTENT, ENVIRONMENT, USAGE, EditorError, outcome


class OpenError(EditorError):
    """One that does not say how things stand."""

    title = "中断："
    needs_outcome = True


def test_an_error_is_told_with_title_hint_and_outcome() -> None:
    with pytest.raises(OpenError, match=r"^坏了$") as caught, outcome("都没有改。"), outcome("改了。"):
        raise OpenError("坏了")
    assert caught.value.told == "中断：坏了。改了。"
    assert caught.value.exit_code == ENVIRONMENT
    assert EditorError("坏了。", "换一个。").told == "坏了。换一个。"


def test_an_outcome_is_not_said_twice() -> None:
    with pytest.raises(EditorError) as caught, outcome("都没有改。"):
        raise EditorError("写不进。都没有改。")
    assert caught.value.told == "写不进。都没有改。"


def test_every_exception_of_the_program_is_told_or_is_the_programmer_s() -> None:
    others = {
        "UnreviewedUpgradeError",  # A library was upgraded without review: no editor can do anything.
        "DamagedValueError",  # A file of the cache is damaged: its readers make the value anew.
        "_HalfDoneError",  # Of editing.changes alone, which turns it into an EditingError.
        "_MarkLeftError",  # Likewise.
        "SvgError",  # Of reading SVG: picture_files makes it the finding S017.
        "LimitError",  # Its callers say of which file, and what to do.
        "RemoteTracebackError",  # The cause of another exception, never raised by itself.
        "FormatError",  # Of minisign: signature_checks makes it a judgement.
        "_UnmeasurableError",  # Of measured_paragraph alone: such a paragraph is set line by line.
        "UnwritableCharacterError",  # Of the writer of OFD, which knows no editors: T002 stops such characters before.
        "BrokenListError",  # Of the lists of an archive package: archive_verification tells of the line.
        "MissingScreenError",  # Of the desk, which answers it: there is no such page.
    }
    for module in pkgutil.walk_packages(liulin_gazette.__path__, "liulin_gazette."):
        if module.name == "liulin_gazette.__main__":
            continue
        for value in vars(importlib.import_module(module.name)).values():
            if (
                isinstance(value, type)
                and issubclass(value, Exception)
                and value.__module__ == module.name
                and value.__name__ not in others
            ):
                assert issubclass(value, EditorError), value
                assert value.exit_code in (CONTENT, USAGE, ENVIRONMENT) or value is ReaderFaultError
