"""读音 in gazette.toml: addresses are made with it, and a published one does not move unnoticed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from liulin_gazette.editing.changes import apply
from liulin_gazette.editing.publishing import PrivateReasonError, publish_changes, republish_changes
from liulin_gazette.model.document_number import parse
from liulin_gazette.pipeline.stages import Wanted, build
from liulin_gazette.source.folder import read_folder
from tests.conftest import Edit, findings
from tests.loading import load

TABLE = '["读音"]\n"{}" = {}\n\n["封底"]'


def slugs(project: Path) -> list[str]:
    publication, found = load(project)
    assert publication is not None, found
    return [document.slug for document in publication.issues[0].documents]


def test_addresses_stay_without_a_table_and_follow_it(project: Path, edit: Edit) -> None:
    assert slugs(project) == ["liu-lin-fa-2026-9"]
    edit("gazette.toml", '["封底"]', TABLE.format("林", '"LÜ"'))
    assert slugs(project) == ["liu-lv-fa-2026-9"] and findings(project) == []
    result = build(project, Wanted(site_only=True), lambda _: None)
    assert not result.failed and (project / "output/site/2026/1/liu-lv-fa-2026-9/index.html").is_file()


def test_a_number_alone_is_read_as_ever() -> None:
    number = parse("长重行发〔2026〕3号")
    assert number.slug == number.slug_with({}) == "chang-chong-xing-fa-2026-3"
    assert number.slug_with({"行": "hang", "重": "zhong"}) == "chang-zhong-hang-fa-2026-3"


@pytest.mark.parametrize(
    ("han", "value"),
    [("单县", '"shanxian"'), ("单", '"shān"'), ("单", '""'), ("单", "3"), ("a", '"a"'), ("单", '"../x"')],
)
def test_a_bad_reading_is_an_error_at_its_place(project: Path, edit: Edit, han: str, value: str) -> None:
    edit("gazette.toml", '["封底"]', TABLE.format(han, value))
    found = findings(project)
    assert {each.code for each in found} == {"B008"}
    line = (project / "content/gazette.toml").read_text("utf-8").split("\n")[found[0].place.line - 1]
    assert line.startswith(f'"{han}"')


def test_a_published_address_does_not_move_unnoticed(project: Path, edit: Edit) -> None:
    publication, _ = load(project)
    assert publication is not None
    issue, folder = publication.issues[0], read_folder(project, "content/2026-1")
    apply(project, "publish", publish_changes(project, publication, issue, folder, date(2026, 3, 1)))
    assert findings(project) == []
    edit("gazette.toml", '["封底"]', TABLE.format("林", '"lv"'))
    (found,) = findings(project)
    assert found.code == "B050" and "读音" in found.message + found.hint


def test_a_reason_with_a_private_number_is_not_recorded(project: Path, edit: Edit) -> None:
    publication, _ = load(project)
    assert publication is not None
    issue, folder = publication.issues[0], read_folder(project, "content/2026-1")
    apply(project, "publish", publish_changes(project, publication, issue, folder, date(2026, 3, 1)))
    edit("2026-1/01.md", "请认真执行", "请立即执行")
    changed, _ = load(project)
    assert changed is not None
    with pytest.raises(PrivateReasonError, match="手机号码"):
        republish_changes(project, changed, "按13812345678来电更正", date(2026, 3, 2))
    assert republish_changes(project, changed, "按来电更正", date(2026, 3, 2))
