"""Addresses of the web and of mail in a text, of which the long ones are parted where a line ends."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liulin_gazette.pipeline.stages import Wanted, build
from liulin_gazette.text.written_addresses import parts_with_addresses
from tests.conftest import Edit

LONG = "http://zrzy.shili.gov.cn/zwgk/202601/t20260109_4417265.shtml"


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        (f"网址：{LONG}，电话", [LONG]),
        (LONG, [LONG]),
        ("发到nongcunbangongshi@163.com。另见www.shili-county.gov.cn/a", ["nongcunbangongshi@163.com", "www.shili-county.gov.cn/a"]),
        ("见www.abc.cn、a@b.cn", []),
        ("增长3.5%，GB/T 9704.2012", []),
        ("", []),
    ],
)  # fmt: skip
def test_long_addresses_are_told(text: str, addresses: list[str]) -> None:
    parts = list(parts_with_addresses(text))
    assert [part for part, is_address in parts if is_address] == addresses
    assert "".join(part for part, _ in parts) == text


@given(st.text(alphabet="w.网a@:/-号1 ，", max_size=60))
def test_no_character_is_lost(text: str) -> None:
    assert "".join(part for part, _ in parts_with_addresses(text)) == text


def test_pages_of_the_site_part_them(project: Path, edit: Edit) -> None:
    edit("2026-1/01.md", "请认真执行。", f"请在{LONG}填报，{LONG[:12]}除外。")
    assert not build(project, Wanted(site_only=True, jobs=1), lambda _: None).failed
    page = (project / "output/site/2026/1/liu-lin-fa-2026-9/index.html").read_text("utf-8")
    assert f'请在<span class="address">{LONG}</span>填报' in page and page.count('class="address"') == 1
