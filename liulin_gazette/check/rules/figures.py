"""Rules about figures (codes S004, S050)."""

from __future__ import annotations

from liulin_gazette.check.annotations import AnnotatedDocument
from liulin_gazette.check.rule import Finding, Findings
from liulin_gazette.model.diagnostics import Place


def figures_are_present(annotated: AnnotatedDocument) -> Findings:
    """S004: no figure is marked 原图待补, as still to be supplied."""
    for figure in annotated.figures:
        if not figure.file:
            yield Finding(
                Place(annotated.document.path, figure.line, 1),
                f"图“{figure.caption or figure.alternative}”原图待补。",
                "取得原图后放进本期文件夹，把“原图待补”换成文件名。",
            )


def figures_are_titled(annotated: AnnotatedDocument) -> Findings:
    """S050: a figure has a caption, or stands in an annex that has a title."""
    titled = {id(block) for annex in annotated.annexes if annex.title for block in annex.blocks}
    for figure in annotated.figures:
        if not figure.caption and id(figure) not in titled:
            yield Finding(
                Place(annotated.document.path, figure.line, 1),
                "图没有图题。",
                '写作“![图的内容说明](文件名 "图题")”，或放进有标题的附图。',
                figure.alternative,
            )
