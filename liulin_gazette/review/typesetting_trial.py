"""A line set in each face, as pages are: whether this machine can typeset at all."""

from __future__ import annotations

from pathlib import Path

from liulin_gazette.pdf.composition.fonts import prepare
from liulin_gazette.pdf.typeset.typesetting_unit import preload
from liulin_gazette.rendering.templates import read_templates
from liulin_gazette.rendering.templating import environment

_TEXT = "人民政府公报 2026"


def set_trial_lines(root: Path) -> tuple[str, ...]:
    """Set a line in the face of each role and return the roles whose characters were drawn.

    Raises EditorError where a face, a library or a template keeps the typesetter from working.
    """
    templates = environment(read_templates(root))
    faces = prepare(root, _TEXT)
    style = templates.get_template("print/faces.css").render(faces=faces)
    html = templates.get_template("report/trial.html").render(faces=faces, text=_TEXT)
    preload()
    from liulin_gazette.pdf.typeset.typesetter import FACE_NAMES, Typesetter

    layout = Typesetter(style, tuple(face.file for face in faces)).set(html, {})
    drawn = {name: {text for _, text in glyphs.values()} for name, glyphs in layout.glyphs.items()}
    needed = set(_TEXT.replace(" ", ""))
    return tuple(face.role for face in faces if needed <= drawn.get(FACE_NAMES[face.family], set()))
