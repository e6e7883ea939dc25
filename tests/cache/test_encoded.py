"""What is encoded is decoded to an equal value, of the same classes."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import Enum

import pytest

from liulin_gazette.cache.encoded import DamagedValueError, decode, encode
from liulin_gazette.cache.fingerprint import fingerprint
from liulin_gazette.model import blocks
from liulin_gazette.model.blocks import Block, Span
from liulin_gazette.model.publication import Issue
from liulin_gazette.pdf.composition.printed_settings import printed_settings
from liulin_gazette.pdf.typeset.layout import Element, LinkMark, Mark
from liulin_gazette.pipeline.issue_reading import pack, unpack
from tests.conftest import ROOT
from tests.loading import load


class Colour(Enum):
    RED = "红"


@dataclass(frozen=True, slots=True)
class Plain:
    text: str
    data: bytes
    day: date
    time: datetime | None
    colour: Colour
    numbers: dict[int, tuple[float, str]]


def test_a_dataclass_without_unions() -> None:
    value = Plain("柳\0林", b"\xff", date(2026, 2, 28), datetime(2026, 3, 1, 9), Colour.RED, {7: (1.5, "一")})
    assert decode(encode(value), Plain) == value


@dataclass(frozen=True, slots=True)
class Text:
    blocks: tuple[Block, ...]


def every_block() -> tuple[Block, ...]:
    inline = (Span("柳林", strong=True), Span("县\n"))
    cell = blocks.Cell(inline, True, 2, 1, "center", 3)
    simple = (
        blocks.Heading(2, inline, "a1", 1),
        blocks.Paragraph("text", inline, "a2", 2),
        blocks.Article("第三条", 3, inline, "a3", 3),
        blocks.Table("表", 1, 2, ((cell,), ()), "a4", 4, (33.3, 66.7)),
        blocks.Figure("content/图.png", "图", "", "a5", 5),
        blocks.Roster((blocks.RosterEntry("组长", "张三（兼）", "县长", 6),), "a6", 6),
        blocks.Note((), "a7", 7),
        blocks.NameList(
            (blocks.NameGroup("女（1人）", (blocks.ListedName("张三", "（满族）", 9, 1),), 8),), "a10", 8
        ),
        blocks.Footnotes((blocks.Footnote("①", inline, "a12", 11),), "a11", 11),
        blocks.Signature(0),
    )
    annex = blocks.Annex("附件1", "名单", simple, "a8", 8)
    return (*simple, annex, blocks.Instrument("办法", ("办", "法"), (*simple, annex), "a9", 9))


def test_each_kind_of_block_comes_back_as_itself() -> None:
    text = Text(every_block())
    assert {type(block) for block in text.blocks} == set(Block.__args__)
    again = decode(encode(text), Text)
    assert again == text and repr(again) == repr(text)


def test_structure_elements() -> None:
    inner = Element("TD", {"RowSpan": 2, "BBox": (0.0, 1.0, 2.5, 3.0)}, (Mark(0, 1), LinkMark(0, 0)))
    outer = Element("TR", {"Alt": "柳林"}, (inner, Mark(1, 0), inner))
    again = decode(encode(outer), Element)
    assert again == outer and repr(again) == repr(outer)


@dataclass(frozen=True, slots=True)
class Several:
    blocks: dict[str, Block]


def test_what_has_no_encoding_is_refused() -> None:
    with pytest.raises(TypeError):
        encode(Several({}))


def test_damaged_bytes_are_said_to_be_damaged() -> None:
    good = encode(Text(every_block()))
    chance = random.Random(20260228)
    for _ in range(300):
        bad = bytearray(good)
        bad[chance.randrange(len(bad))] = chance.randrange(256)
        try:
            assert isinstance(decode(bytes(bad[: chance.randrange(1, len(bad) + 1)]), Text), Text)
        except DamagedValueError:
            continue
    for other in (b"", encode(Plain("", b"", date.min, None, Colour.RED, {}))):
        with pytest.raises(DamagedValueError):
            decode(other, Text)


@pytest.fixture(scope="module")
def issue() -> Issue:
    publication, _ = load(ROOT)
    assert publication
    return publication.issues[-1]


def test_a_real_issue_comes_back_as_itself(issue: Issue) -> None:
    again = unpack(pack(issue))
    assert again == issue and repr(again) == repr(issue)


@dataclass(frozen=True, slots=True)
class WithSet:
    codes: frozenset[str]


@pytest.mark.parametrize(
    "value",
    [{"一"}, [("一", {"键": frozenset("二")})], WithSet(frozenset("三")), {"键": WithSet(frozenset())}],
)
def test_a_fingerprint_of_a_set_is_refused_since_its_order_varies(value: object) -> None:
    with pytest.raises(TypeError, match="order of a set"):
        fingerprint(value)


def test_the_key_of_printed_pages_is_the_same_under_every_hash_seed() -> None:
    script = (
        "from pathlib import Path; from liulin_gazette.cache.fingerprint import fingerprint;"
        "from liulin_gazette.pdf.composition.printed_settings import printed_settings;"
        "from liulin_gazette.source.folder import read_folder;"
        "from liulin_gazette.source.loader import load_series;"
        "print(fingerprint(printed_settings(load_series(read_folder(Path('.'), 'content')).publication.gazette)))"
    )
    keys = {
        subprocess.check_output(
            [sys.executable, "-c", script], cwd=ROOT, env=os.environ | {"PYTHONHASHSEED": seed}
        )
        for seed in ("0", "1")
    }
    assert len(keys) == 1


def test_the_key_of_printed_pages_follows_how_a_kind_is_treated_only() -> None:
    publication, found = load(ROOT)
    assert publication is not None, found

    def key(name: str, **changed: object) -> str:
        kinds = dict(publication.gazette.kinds)
        kinds[name] = replace(kinds["公文"], **changed)
        return fingerprint(printed_settings(replace(publication.gazette, kinds=kinds)))

    assert key("公文", required=("索引号",)) == key("公文")
    assert key("县委文件", base="公文") != key("县委文件", base="讲话")
    assert fingerprint(printed_settings(replace(publication.gazette, issuers=()))) == key("公文")
