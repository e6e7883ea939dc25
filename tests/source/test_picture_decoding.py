"""Pictures are decoded once, in a process under limits; what they claim to be is looked at before."""

from __future__ import annotations

import io
import os
import struct
import zlib
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from liulin_gazette.source.pictures import picture_decoding as decoding
from liulin_gazette.source.pictures.picture_files import declared_fault
from liulin_gazette.spawning.limited_process import LimitedProcess, Limits
from tests.conftest import Edit, findings


def _picture(kind: str, size: tuple[int, int] = (400, 300)) -> bytes:
    out = io.BytesIO()
    Image.effect_noise(size, 50).convert("RGB").save(out, kind)
    return out.getvalue()


def _png_that_claims(width: int, height: int) -> bytes:
    """Return a PNG whose head claims so many pixels, and whose data are zeros without end."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = zlib.compress(bytes(10_000_000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def _calls(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    calls: list[Any] = []
    call = LimitedProcess.call

    def counted(self: LimitedProcess, work: Any, *arguments: Any) -> Any:
        calls.append(self)
        return call(self, work, *arguments)

    monkeypatch.setattr(LimitedProcess, "call", counted)
    return calls


def test_a_picture_is_decoded_once_and_all_by_one_process(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = project / "content/2026-1"
    (folder / "甲.png").write_bytes(_picture("PNG"))
    (folder / "乙.JPG").write_bytes(_picture("JPEG"))
    (folder / "残.jpg").write_bytes(_picture("JPEG")[:-4000])
    (folder / "坏.png").write_bytes(b"no picture")
    (folder / "大.png").write_bytes(_png_that_claims(60_000, 60_000))
    calls = _calls(monkeypatch)
    for count in (3, 3):
        with decoding.picture_decoding(project) as read:
            assert set(read("content/2026-1").undecodable) == {"残.jpg"}
        assert len(calls) == count and len(set(calls)) == 1
    (folder / "甲.png").write_bytes(_picture("PNG", (30, 30)))
    with decoding.picture_decoding(project) as read:
        read("content/2026-1")
    assert len(calls) == 4


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("大.png", _png_that_claims(60_000, 60_000), "大得不合情理"),
        ("大.png", _png_that_claims(12_000, 6000), "12000×6000 像素"),
        ("图.png", b"no picture", "打不开"),
    ],
)
def test_what_a_picture_claims_is_looked_at_first(name: str, content: bytes, said: str) -> None:
    fault = declared_fault(name, content)
    assert fault and said in fault[0]


def test_a_picture_cut_short_is_an_error_at_its_place(project: Path, edit: Edit) -> None:
    (project / "content/2026-1/图.jpg").write_bytes(_picture("JPEG")[:-4000])
    edit("2026-1/01.md", "请认真执行。", '请认真执行。\n\n![路线](图.jpg "图1 路线")')
    for _ in range(2):
        (found,) = findings(project)
        assert (found.code, found.place.line) == ("S017", 17) and "打不开" in found.message


@pytest.mark.skipif(os.name == "nt", reason="Windows limits no memory")
def test_a_picture_beyond_a_limit_is_told_and_tried_again_by_the_next_process(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = io.BytesIO()
    Image.new("RGBA", (7000, 7000)).save(out, "PNG")
    (project / "content/2026-1/图.png").write_bytes(out.getvalue())
    calls = _calls(monkeypatch)
    monkeypatch.setattr(decoding, "_beyond_limits", {})
    for count, memory, faults in ((1, 150, 1), (1, 150, 1), (2, 1500, 0), (2, 150, 0)):
        with decoding.picture_decoding(project, Limits(60, memory << 20)) as read:
            told = read("content/2026-1").undecodable
        assert len(told) == faults and len(calls) == count
        assert all("内存超过 0.15 GB" in words for words, _ in told.values())


@pytest.mark.parametrize(
    ("picture", "kind", "said"),
    [
        (Image.new("F", (4, 4)), "TIFF", "其实是 TIFF 文件"),
        (Image.new("LAB", (4, 4)), "TIFF", "其实是 TIFF 文件"),
        (Image.new("CMYK", (4, 4)), "JPEG", ""),
        (Image.new("I;16", (4, 4)), "PNG", ""),
        (Image.new("RGB", (4, 4)), "GIF", ""),
    ],
)
def test_pictures_whose_colours_mean_nothing_to_the_press_are_refused(
    picture: Any, kind: str, said: str
) -> None:
    out = io.BytesIO()
    picture.save(out, kind)
    fault = declared_fault("图.png", out.getvalue())
    assert (fault is None) == (not said) and (fault is None or said in fault[0])
