"""Templates compiled ahead of their use, by a process that has nothing else to do."""

from __future__ import annotations

import contextlib
from pathlib import Path

from jinja2 import TemplateError

from liulin_gazette.rendering.templates import read_templates
from liulin_gazette.rendering.templating import environment

PAGES = "site/"
"""Where the templates of web pages are; those of printed pages are needed before this would be done."""


def compile_page_templates(root: Path) -> None:
    """Compile the templates of web pages below the project folder ``root`` and store them for other processes.

    One that is faulty is left to those who use it.
    """
    with contextlib.suppress(OSError, UnicodeDecodeError):
        templates = read_templates(root)
        environ = environment(templates)
        for name in sorted(templates.files):
            if name.startswith(PAGES) and name.endswith(".html"):
                with contextlib.suppress(TemplateError):
                    environ.get_template(name)
