"""Lines and columns that are copied make the same layouts as those that WeasyPrint lays out each time."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from weasyprint.layout import inline

from liulin_gazette.pdf.composition.items import Items
from liulin_gazette.pdf.typeset import kept_columns, kept_lines, line_grid
from liulin_gazette.pdf.typeset.layout import Layout
from liulin_gazette.pdf.typeset.typesetter import Typesetter
from liulin_gazette.rendering.templates import read_templates
from tests.conftest import ROOT
from tests.loading import load
from tests.pdf.test_composed_lines import SECOND_COUNTY, typesetter_of

_inline: Any = inline
_kept_lines: Any = kept_lines
TEXT = "各乡（镇）人民政府、县直各单位：为了做好2026年防汛抗旱工作，经县人民政府第12次常务会议研究，现就有关事项通知如下。"
FOOTNOTE = '甲<span class="footnote" id="note-1">见<em>第三条</em>。</span>乙'
LABEL = '<span style="display: inline-block; width: 3em">责任人</span>'


@contextmanager
def _nothing_kept() -> Generator[None]:
    """Have WeasyPrint lay out every line and column that it asks for."""

    def laid_out(*arguments: Any) -> Any:
        lay_out: Callable[[], Any] = arguments[-1]
        return lay_out()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_inline, "get_next_linebox", _kept_lines._get_next_linebox)
        patch.setattr(line_grid, "kept_column", laid_out)
        yield


@pytest.fixture(scope="module")
def typesetter() -> Typesetter:
    publication, found = load(SECOND_COUNTY)
    assert publication is not None, found
    return typesetter_of(publication, SECOND_COUNTY)


def _both(
    typesetter: Typesetter, html: str, root: Path = ROOT, pictures: tuple[str, ...] = ()
) -> list[Layout]:
    """Return the layout of ``html`` as it is made, and that for which nothing is kept."""
    files = {path: (root / path).read_bytes() for path in pictures}
    kept = typesetter.set(html, files)
    with _nothing_kept():
        return [kept, typesetter.set(html, files)]


def test_another_county_is_typeset_the_same(typesetter: Typesetter) -> None:
    publication, found = load(SECOND_COUNTY)
    assert publication is not None, found
    templates = read_templates(ROOT)
    for issue in publication.issues:
        rendered = Items(publication.gazette, issue, templates)
        for document in issue.full_texts:
            item = rendered.document(document)
            kept, plain = _both(typesetter, item.html, SECOND_COUNTY, tuple(item.pictures))
            assert kept == plain, document.path


@pytest.mark.parametrize(
    "body",
    [
        f"<p>{TEXT * 40}</p>",
        "".join(f"<p>{TEXT[: 7 * number]}</p>" for number in range(1, 60)),
        f"<h2>总则</h2><p>{TEXT * 3}</p>" * 9,
        f"<p>{TEXT}{FOOTNOTE}{TEXT}</p>" + f"<p>{TEXT * 4}</p>" * 8,
        f'<p><img style="float: right; width: 5em; height: 5em">{TEXT * 2}</p>' + f"<p>{TEXT * 3}</p>" * 9,
        f"<p>{LABEL}{TEXT}<strong>{TEXT}</strong></p>" * 20,
        '<table style="border-collapse: collapse"><thead>'
        "<tr><th>序号</th><th>事项</th></tr></thead><tbody>"
        + "".join(f"<tr><td>{row}</td><td>{TEXT[: row % 50]}</td></tr>" for row in range(90))
        + f"</tbody></table><p>{TEXT * 2}</p>",
        f"<table><tbody>{f'<tr><td>{TEXT}</td></tr>' * 60}</tbody></table>",
        '<p style="text-align: center">居中的一行<br>又一行</p>' * 50,
        "<p>" + "a" * 300 + "</p>" + f"<p>{TEXT}</p>" * 30,
    ],
    ids=(
        "long",
        "short",
        "headings",
        "footnote",
        "float",
        "labels",
        "table",
        "bare-table",
        "centred",
        "long-word",
    ),
)
def test_columns_over_several_pages_are_typeset_the_same(typesetter: Typesetter, body: str) -> None:
    columns = f'<div style="column-count: 2; column-gap: 2em">{body}</div>'
    kept, plain = _both(typesetter, f'<html lang="zh-CN"><body><h1>通知</h1>{columns}</body></html>')
    assert kept == plain


COLUMNS = (
    f'<html lang="zh-CN"><body><div style="column-count: 2">{f"<p>{TEXT * 3}</p>" * 20}</div></body></html>'
)


def test_a_line_is_built_once(typesetter: Typesetter) -> None:
    asked: list[Any] = []
    built: list[Any] = []
    find, keep = _kept_lines.kept_line, _kept_lines._keep

    def found(*arguments: Any) -> Any:
        asked.append(find(*arguments))
        return asked[-1]

    def counted(kept: Any, *arguments: Any) -> Any:
        built.append(kept)
        return keep(kept, *arguments)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kept_lines, "kept_line", found)
        patch.setattr(kept_lines, "_keep", counted)
        typesetter.set(COLUMNS, {})
    assert len(built) == len({id(each) for each in asked}), "each line, and each once"
    assert 0 < len(built) < len(asked), "some were asked for again"


def test_a_column_is_laid_out_once(typesetter: Typesetter) -> None:
    asked: list[str] = []
    made: list[str] = []
    keep: Any = line_grid.kept_column  # pyright: ignore[reportPrivateImportUsage] -- what the grid calls

    def counted(*arguments: Any) -> Any:
        def laid_out() -> Any:
            made.append("")
            return arguments[-1]()

        asked.append("")
        return keep(*arguments[:-1], laid_out)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(line_grid, "kept_column", counted)
        typesetter.set(COLUMNS, {})
    assert 0 < len(made) < len(asked)


def test_a_column_for_which_something_stands_elsewhere_is_laid_out_anew() -> None:
    class Context:
        current_page = 1
        page_bottom = 1000.0
        forced_break = False
        excluded_shapes: tuple[Any, ...] = ()
        footnotes: tuple[Any, ...] = ("a note",)
        current_page_footnotes = reported_footnotes = broken_out_of_flow = ()

    class Column:
        children: tuple[Any, ...] = ()
        position_x = position_y = width = 0.0

    results = iter(range(2))
    for expected in range(2):
        found = kept_columns.kept_column(
            Context(), Column(), 0.0, None, True, ([], []), (), lambda: next(results)
        )
        assert found == expected
