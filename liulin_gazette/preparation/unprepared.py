"""What is raised where the environment lacks something."""

from __future__ import annotations

from liulin_gazette.text.editor_error import ENVIRONMENT, EditorError


class UnpreparedError(EditorError):
    """The environment lacks something; the message says what, and what to do."""

    exit_code = ENVIRONMENT
