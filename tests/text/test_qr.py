"""QR codes: reproducible, and readable by a decoder."""

from __future__ import annotations

import base64
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from liulin_gazette.text.qr import QUIET_ZONE, qr_data_uri, qr_svg

URL = "https://gazette.liulin.example/2026/1/liu-zheng-ban-fa-2026-3/"


def test_same_text_same_bytes() -> None:
    assert qr_svg(URL) == qr_svg(URL)
    assert qr_svg(URL) != qr_svg(URL + "x")


def test_data_uri_holds_the_file() -> None:
    head, _, body = qr_data_uri(URL).partition(",")
    assert head == "data:image/svg+xml;base64"
    assert base64.b64decode(body) == qr_svg(URL)


def test_symbol_is_one_black_path_with_its_quiet_zone() -> None:
    root = ElementTree.fromstring(qr_svg(URL))
    (path,) = root
    assert path.get("fill") == "#000000"
    assert path.get("d", "").startswith(f"M{QUIET_ZONE},{QUIET_ZONE}h7v1h-7z")


def test_symbol_decodes(tmp_path: Path) -> None:
    weasyprint: Any = pytest.importorskip("weasyprint")
    pdfium: Any = pytest.importorskip("pypdfium2")
    zxing: Any = pytest.importorskip("zxingcpp")
    style = "@page { size: 40mm; margin: 10mm } img { width: 20mm }"
    html = f'<style>{style}</style><img src="{qr_data_uri(URL)}">'
    target = tmp_path / "qr.pdf"
    weasyprint.HTML(string=html).write_pdf(target)
    picture = pdfium.PdfDocument(target)[0].render(scale=300 / 72).to_pil()
    assert [found.text for found in zxing.read_barcodes(picture)] == [URL]


def test_every_address_decodes() -> None:
    image: Any = pytest.importorskip("PIL.Image")
    zxing: Any = pytest.importorskip("zxingcpp")
    for number in range(1, 200):
        url = f"https://gazette.liulin.example/{2026 + number % 30}/{number % 6 + 1}/liu-zheng-ban-fa-2026-{number}/"
        path = ElementTree.fromstring(qr_svg(url))[0].get("d", "")
        size = int(ElementTree.fromstring(qr_svg(url)).get("viewBox", "").split()[2])
        picture = image.new("L", (size * 4, size * 4), 255)
        for x, y, length in re.findall(r"M(\d+),(\d+)h(\d+)v1", path):
            bar = (int(length) * 4, 4)
            picture.paste(0, (int(x) * 4, int(y) * 4, int(x) * 4 + bar[0], int(y) * 4 + 4))
        assert [found.text for found in zxing.read_barcodes(picture)] == [url]
