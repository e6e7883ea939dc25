"""Files that are built to take all time or memory are refused by name and limit; ordinary ones are read as before."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from liulin_gazette.intake import unpacked_size
from liulin_gazette.intake.document_recognition.recognition import recognise
from liulin_gazette.intake.limited_reading import read_within_limits, recognise_within_limits
from liulin_gazette.intake.manuscript import IntakeError
from liulin_gazette.intake.open_file import read_content
from liulin_gazette.intake.unpacked_size import check_unpacked
from liulin_gazette.model.publication import Publication
from liulin_gazette.spawning.limited_process import Limits
from tests.intake.single_file import read_manuscript
from tests.intake.word_files import word_file

on_unix = pytest.mark.skipif(os.name == "nt", reason="Windows limits no memory, and has no pipes in folders")
DOCTYPE = '<!DOCTYPE a [<!ENTITY b "' + "b" * 50_000 + '">]>'


@pytest.fixture(scope="module")
def word(publication: Publication) -> bytes:
    return word_file(publication.issues[0].full_texts[0])


def _with_part(word: bytes, name: str, content: bytes) -> bytes:
    out = io.BytesIO(word)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return out.getvalue()


def _zip_of_zips(depth: int) -> bytes:
    content = bytes(1 << 20)
    for _ in range(depth):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for number in range(5):
                archive.writestr(f"{number}.zip", content)
        content = out.getvalue()
    return content


@pytest.mark.parametrize(
    "name", ["word/media/image1.png", "customXml/item9.xml", "x", "word/embeddings/a.bin"]
)
@pytest.mark.parametrize(
    ("content", "said"),
    [
        (lambda: bytes(5 << 20), "解开后太大，超过 4 MB"),
        (lambda: b"<a>" + b"x" * (3 << 20), "文字和标记太大，超过 2 MB"),
        (lambda: "\ufeff<a>".encode("utf-16-le") + "<b/>".encode("utf-16-le") * 30_000, "标记超过 2 万个"),
        (lambda: b"<w:p/>" * 30_000, "标记超过 2 万个"),
        (lambda: b"<a/>" + b"x" * (3 << 20), "文字和标记太大，超过 2 MB"),
        (lambda: b" \n<a>" + b"<b>" * 500, "一层套一层，超过 200 层"),
        (lambda: f"{DOCTYPE}<a>{'&b;' * 50_000}</a>".encode(), "定义了 XML 实体"),
    ],
)
def test_archives_beyond_a_limit(
    word: bytes, name: str, content: Callable[[], bytes], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for limit, value in (("UNPACKED_BYTES", 4 << 20), ("MARKUP_BYTES", 2 << 20), ("ELEMENTS", 20_000)):
        monkeypatch.setattr(unpacked_size, f"MAX_{limit}", value)
    check_unpacked("通知.docx", word)
    with pytest.raises(IntakeError) as refused:
        check_unpacked("通知.docx", _with_part(word, name, content()))
    assert f"通知.docx 里的“{name}”" in refused.value.told and said in refused.value.told
    assert "已损坏" not in refused.value.told


def test_too_many_parts_and_archives_that_readers_judge(monkeypatch: pytest.MonkeyPatch) -> None:
    check_unpacked("a.docx", b"PK\x03\x04 no archive")
    check_unpacked("a.txt", b"plain")
    monkeypatch.setattr(unpacked_size, "MAX_PARTS", 4)
    with pytest.raises(IntakeError, match="超过 4 个"):
        check_unpacked("a.docx", _zip_of_zips(1))


def test_ordinary_files_are_read_as_without_limits(word: bytes) -> None:
    nested = _with_part(word, "word/embeddings/a.zip", _zip_of_zips(5))
    expected = read_content("通知.docx", ".docx", word)
    assert read_within_limits("通知.docx", ".docx", nested) == expected
    with pytest.raises(IntakeError) as refused:
        read_within_limits("通知.docx", ".docx", word[:2000])
    assert "通知.docx" in refused.value.told


def test_documents_are_found_within_limits_too(word: bytes) -> None:
    read = read_content("通知.docx", ".docx", word)
    assert recognise_within_limits(read) == recognise(read)


@on_unix
def test_want_of_memory_is_not_called_damage(word: bytes) -> None:
    hungry = _with_part(word, "word/media/image1.png", b"")
    with zipfile.ZipFile(io.BytesIO(hungry)) as archive:
        body = archive.read("word/document.xml").replace(b"<w:body>", b"<w:body>" + b"<w:p/>" * 2_000_000)
        others = [(each, archive.read(each)) for each in archive.namelist() if each != "word/document.xml"]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for each, content in (*others, ("word/document.xml", body)):
            archive.writestr(each, content)
    with pytest.raises(IntakeError) as refused:
        read_within_limits("通知.docx", ".docx", out.getvalue(), Limits(60, 256 << 20))
    assert refused.value.told.startswith("通知.docx ") and "内存超过 0.25 GB" in refused.value.told
    assert "已损坏" not in refused.value.told


@on_unix
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "通知.docx")
    with pytest.raises(IntakeError, match="不是普通文件"):
        read_manuscript(tmp_path / "通知.docx")
