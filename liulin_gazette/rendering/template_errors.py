"""Errors in templates, and files that the system refuses, told to the editor: which file, and what is wrong."""

from __future__ import annotations

import contextlib
import traceback
from collections.abc import Generator
from pathlib import Path

from jinja2 import TemplateError, TemplateNotFound, TemplateSyntaxError

from liulin_gazette.rendering.templates import FOLDER
from liulin_gazette.text.editor_error import EditorError
from liulin_gazette.text.system_errors import reason


class UnreadableError(EditorError):
    """A template, or another file that the output is made from, cannot be used; the message says which and why."""

    needs_outcome = True


@contextlib.contextmanager
def template_errors_named(root: Path) -> Generator[None]:
    """Turn an error of a template, or of the system, into an UnreadableError that names the file below ``root``."""
    try:
        yield
    except TemplateNotFound as error:
        raise UnreadableError(f"找不到模板 templates/{error.name}。") from error
    except TemplateSyntaxError as error:
        place = f"templates/{error.name} 第 {error.lineno} 行"
        raise UnreadableError(f"模板 {place}写法不对（{error.message}）。") from error
    except TemplateError as error:
        raise UnreadableError(f"模板用不了（{error.message}）。") from error
    except UnicodeDecodeError as error:
        raise UnreadableError("模板不是 UTF-8 编码。") from error
    except OSError as error:
        raise UnreadableError(_what_fails(root, error)) from error
    except EditorError:
        raise
    except Exception as error:
        # A template can raise anything that Python can; what it did not raise goes on.
        if place := _place(error):
            raise UnreadableError(f"模板 {place}{_fault(error)}。") from error
        raise


def _place(error: Exception) -> str:
    """Return the template, and the line in it, that raised ``error``; empty if the program or a library did."""
    place = ""
    for frame, line in traceback.walk_tb(error.__traceback__):
        path = frame.f_code.co_filename.replace("\\", "/")
        if path.startswith(f"{FOLDER}/"):
            place = f"{path} 第 {line} 行"
        elif "/jinja2/" not in path and not isinstance(error, RecursionError):
            place = ""
    return place


def _fault(error: Exception) -> str:
    if isinstance(error, RecursionError):
        return "自己套自己，没有尽头"
    if isinstance(error, MemoryError):
        return "要的内存太多"
    return f"算不出来（{type(error).__name__}: {error}）"


def _what_fails(root: Path, error: OSError) -> str:
    """Return what is wrong, with the file if the system names one."""
    path = str(error.filename or "")
    place = Path(path).relative_to(root).as_posix() if Path(path).is_relative_to(root) else path
    return f"读不了 {place}（{reason(error, '读取')}）。" if path else f"中断：{reason(error, '读写')}。"
