"""The Jinja environment and its filters."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from jinja2 import UndefinedError

from liulin_gazette.cache.program import program_digest
from liulin_gazette.model.blocks import Cell, Span
from liulin_gazette.rendering import templating
from liulin_gazette.rendering.templates import are_unchanged, read_templates


def render(folder: Path, source: str, **values: object) -> str:
    (folder / "templates").mkdir()
    (folder / "templates/page.txt").write_text(source, encoding="utf-8")
    return templating.environment(read_templates(folder)).get_template("page.txt").render(**values)


def test_everything_is_escaped_whatever_the_file_is_called(tmp_path: Path) -> None:
    assert render(tmp_path, "{{ it }}", it="<b>&") == "&lt;b&gt;&amp;"


def test_undefined_names_are_errors(tmp_path: Path) -> None:
    with pytest.raises(UndefinedError):
        render(tmp_path, "{{ nothing }}")


def test_tags_leave_no_space(tmp_path: Path) -> None:
    assert (
        render(
            tmp_path,
            "{% for each in it %}\n  {% if each %}\n{{ each }}\n  {% endif %}\n{% endfor %}\n",
            it=[1],
        )
        == "1\n"
    )


def test_filters_are_registered(tmp_path: Path) -> None:
    assert render(tmp_path, "{{ it | chinese_date }}", it=date(2026, 1, 4)) == "2026年1月4日"


@pytest.mark.parametrize(
    ("name", "given", "suffix"),
    [("郭鹏（兼）", "郭鹏", "（兼）"), ("郭鹏", "郭鹏", ""), ("王（大）伟", "王（大）伟", "")],
)
def test_names_part_from_their_notes(name: str, given: str, suffix: str) -> None:
    assert (templating.given_name(name), templating.name_suffix(name)) == (given, suffix)


@pytest.mark.parametrize(
    ("phone", "digits"),
    [
        ("0358-4022653", "03584022653"),
        ("+86-358-4022653", "+863584022653"),
        ("0358-4022653转801", "03584022653"),
        ("", ""),
    ],
)
def test_phone_digits(phone: str, digits: str) -> None:
    assert templating.phone_digits(phone) == digits


@pytest.mark.parametrize(("share", "shown"), [(7.95, "7.95%"), (10.0, "10%")])
def test_percent(share: float, shown: str) -> None:
    assert templating.percent(share) == shown


def cell(words: str, header: bool) -> Cell:
    return Cell((Span(words),) if words else (), header, 1, 1, "", 0)


def test_a_row_of_headers_heads_columns() -> None:
    assert templating.header_scope((cell("", False), cell("重大火灾", True))) == "col"


def test_a_header_beside_data_heads_its_row() -> None:
    assert templating.header_scope((cell("分级", True), cell("10公顷", False))) == "row"


def test_compiled_templates_that_are_damaged_or_cannot_be_kept_cost_only_time(project: Path) -> None:
    templates, cache = read_templates(project), project / ".cache"
    compiled = cache / "templates"
    templating.environment(templates).get_template("site/home.html")
    (folder,) = (
        compiled.iterdir()
    )  # This program's own: another's filters are not compiled into its templates.
    assert folder.name == program_digest()[:16]
    kept = sorted(folder.iterdir())
    assert kept
    for file in kept:
        file.write_bytes(file.read_bytes()[:20] + b"damaged" + file.read_bytes()[27:])
    templating.environment.cache_clear()
    environment = templating.environment(templates)
    environment.get_template("site/home.html")
    shutil.rmtree(cache)
    environment.get_template("site/search.html")
    assert any(folder.iterdir())
    shutil.rmtree(cache)
    cache.write_text("不是文件夹", "utf-8")
    environment.get_template("site/verify.html")


def test_templates_stay_as_they_were_read(project: Path) -> None:
    templates = read_templates(project)
    file = project / "templates/tokens.css"
    text = file.read_bytes()
    assert are_unchanged(project, templates) and templates.read_bytes("tokens.css") == text
    for content in (text + b" ", text):
        file.write_bytes(content)
        assert are_unchanged(project, templates) == (content == text)
        assert templates.read_bytes("tokens.css") == text
    (project / "templates/new.html").write_text("", "utf-8")
    assert not are_unchanged(project, templates)
    file.unlink()
    with pytest.raises(FileNotFoundError):
        are_unchanged(project, templates)
    with pytest.raises(FileNotFoundError):
        templates.read_bytes("nothing.css")
