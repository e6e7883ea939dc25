"""The office's own text recognition: its exchange format, the command that is run, and the drafts of a scan."""

from __future__ import annotations

import io
import json
import shlex
import shutil
import sys
from pathlib import Path

import pytest
from PIL import Image

from liulin_gazette.cli import main
from liulin_gazette.intake.document_recognition.recognition import RECOGNISED, recognise
from liulin_gazette.intake.drafts import Intake
from liulin_gazette.intake.manuscript import IntakeError, Manuscript
from liulin_gazette.intake.ocr_command import OcrCommand, ocr_command
from liulin_gazette.intake.pdf_files.pdf_lines import baseline_lines
from liulin_gazette.intake.pdf_files.recognised_text import RecognisedItem, glyphs_of, recognised_items
from liulin_gazette.intake.scanned_pages import read_recognising
from tests.conftest import ROOT

PAGES = (
    (
        ("丰泽县人民政府", 200, 100, 1.0),
        ("关于加强河道管理的通知", 170, 130, 0.99),
        ("丰政发〔2018〕3号", 230, 170, 0.97),
        ("各乡镇人民政府，县直各单位：", 90, 210, 0.95),
        ("为了加强河道管理，现就有关事项通知如下。", 122, 240, 0.62),
        ("丰泽县人民政府", 350, 280, 1.0),
        ("2018年3月5日", 360, 310, 1.0),
    ),
    (("（此件公开发布）", 122, 100, 1.0),),
)
"""What is on each page: text, left and top in pt, confidence. The type is 16 pt high."""


def scan(pages: int = len(PAGES)) -> bytes:
    """Return a PDF of pictures without text, A4."""
    pictures = [Image.new("L", (595, 842), 255) for _ in range(pages)]
    for picture in pictures:
        picture.paste(0, (100, 100, 300, 110))
    content = io.BytesIO()
    pictures[0].save(content, "PDF", resolution=72, save_all=True, append_images=pictures[1:])
    return content.getvalue()


def lines_of(page: int, *, with_page: bool = True) -> list[str]:
    """Return the JSON lines for ``page``, from 1."""
    return [
        json.dumps(
            {
                **({"page": page} if with_page else {}),
                "x0": left,
                "y0": top,
                "x1": left + 16 * len(text),
                "y1": top + 16,
                "text": text,
                "confidence": confidence,
            },
            ensure_ascii=False,
        )
        for text, left, top, confidence in PAGES[page - 1]
    ]


def program(folder: Path, body: str) -> Path:
    """Return a stand-in for a program of text recognition, in a folder with spaces in its name."""
    place = folder / "识别 程序"
    place.mkdir()
    for page in range(1, len(PAGES) + 1):
        (place / f"{page}.txt").write_text("\n".join(lines_of(page, with_page=False)), "utf-8")
    file = place / "认 字.py"
    head = "import sys, time\nfrom pathlib import Path\nplace = Path(__file__).parent\n"
    file.write_text(head + body, "utf-8")
    return file


PAGE_BY_PAGE = """
picture, page = sys.argv[1:]
assert Path(picture).read_bytes().startswith(b"\\x89PNG")
sys.stdout.buffer.write((place / f"{page}.txt").read_bytes())
"""


def command_of(file: Path, arguments: str = "{} {page}") -> str:
    return f"{shlex.quote(sys.executable)} {shlex.quote(str(file))} {arguments}"


def read(content: bytes, command: OcrCommand | None, told: list[tuple[int, int]] | None = None) -> Manuscript:
    seen: list[tuple[int, int]] = [] if told is None else told

    def tell(count: int, pages: int) -> None:
        seen.append((count, pages))

    return read_recognising("扫描 件.pdf", ".pdf", content, command=command, progress=None, tell=tell)


@pytest.fixture(scope="module")
def intake(tmp_path_factory: pytest.TempPathFactory) -> Intake:
    """Return the draft of a scan that was read page by page."""
    file = program(tmp_path_factory.mktemp("丰泽 县"), PAGE_BY_PAGE)
    told: list[tuple[int, int]] = []
    manuscript = read(scan(), ocr_command(command_of(file)), told)
    assert told == [(1, 2), (2, 2)]
    return recognise(manuscript)


def test_a_scan_becomes_a_draft_like_any_other_file(intake: Intake) -> None:
    (draft,) = intake.drafts
    assert draft.document.title == "丰泽县人民政府关于加强河道管理的通知"
    assert (draft.document.number, draft.document.date) == ("丰政发〔2018〕3号", "2018-03-05")
    assert draft.document.addressees == "各乡镇人民政府，县直各单位："
    assert draft.document.release == "此件公开发布"
    assert not any("字，草稿" in remark for remark in intake.remarks), "the account finds every character"


def test_a_draft_of_a_scan_says_so_and_marks_what_is_unsure(intake: Intake) -> None:
    body = intake.drafts[0].document.body
    assert body.startswith(f"【待核：{RECOGNISED}】")
    assert "OCR 把握不大（0.62）" in body
    assert body.count("OCR 把握不大") == 1
    assert any("OCR" in remark for remark in intake.remarks)


def test_a_whole_file_is_recognised_at_once(tmp_path: Path) -> None:
    lines = "\n".join((*lines_of(1), "", *lines_of(2)))
    body = f"assert Path(sys.argv[1]).read_bytes().startswith(b'%PDF')\nsys.stdout.buffer.write({lines!r}.encode())"
    manuscript = read(scan(), ocr_command(command_of(program(tmp_path, body), "{pdf}")))
    assert manuscript.parts[-1].place.startswith("第2页")


def test_pages_with_text_are_not_recognised(tmp_path: Path) -> None:
    file = program(tmp_path, "sys.exit(9)")
    content = (ROOT / "tests/intake/pdf/窄边距小四单倍.pdf").read_bytes()
    assert not read(content, ocr_command(command_of(file))).is_recognised


def test_without_a_command_a_scan_is_refused_with_the_way_out() -> None:
    with pytest.raises(IntakeError) as error:
        read(scan(), None)
    assert "是扫描件" in error.value.told
    assert "--ocr" in error.value.told


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("sys.stderr.write('没有模型'); sys.exit(3)", ("第 1 页", "退出码 3", "没有模型")),
        ("time.sleep(3600)", ("第 1 页", "1 秒还没有做完")),
        ("print('hello')", ("第 1 行不是 JSON",)),
        ("sys.stdout.buffer.write(b'\\xff\\xfe')", ("不是 UTF-8",)),
    ],
    ids=["exit code", "time", "no JSON", "encoding"],
)
def test_a_command_that_fails_is_told(tmp_path: Path, body: str, words: tuple[str, ...]) -> None:
    command = OcrCommand(
        (sys.executable, str(program(tmp_path, body)), "{}"), seconds_a_page=1 if "sleep" in body else 60
    )
    with pytest.raises(IntakeError) as error:
        read(scan(1), command)
    assert "扫描 件.pdf" in error.value.told
    assert all(each in error.value.told for each in words), error.value.told


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("没有这个程序 {}", "找不到 OCR 命令“没有这个程序”"),
        (f"{shlex.quote(sys.executable)} x.py", "没有 {}"),
        ("'python3 {}", "引号没有成对"),
        ("   ", "没有写命令"),
    ],
)
def test_a_command_that_cannot_be_run_is_told(text: str, words: str) -> None:
    with pytest.raises(IntakeError) as error:
        ocr_command(text)
    assert words in error.value.told


GOOD: dict[str, object] = {"page": 1, "x0": 1, "y0": 1, "x1": 9, "y1": 9, "text": "字"}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"text": 3}, "text"),
        ({"text": "\ud800"}, "text"),
        ({"text": "字" * 3000}, "text"),
        ({"page": 3}, "没有这一页"),
        ({"page": 0}, "没有这一页"),
        ({"page": True}, "没有这一页"),
        ({"page": 2}, "交给它的是第 1 页"),
        ({"x0": "1"}, "x0 不是数"),
        ({"x1": float("nan")}, "x1 不是数"),
        ({"y1": 1e300}, "y1 不是数"),
        ({"x1": 1}, "没有大小"),
        ({"y1": 0}, "没有大小"),
        ({"confidence": 93}, "应在 0 与 1 之间"),
        ({"confidence": None}, "confidence 不是数"),
    ],
)
def test_a_line_in_another_form_is_told(change: dict[str, object], words: str) -> None:
    output = json.dumps(GOOD) + "\n" + json.dumps({**GOOD, **change})
    with pytest.raises(IntakeError) as error:
        recognised_items(output.encode(), 1, 2)
    assert "第 2 行" in error.value.told
    assert words in error.value.told


@pytest.mark.parametrize("line", ["[1]", "{", "[" * 100_000, '"x"', "null"])
def test_a_line_that_is_no_object_is_told(line: str) -> None:
    with pytest.raises(IntakeError, match="第 1 行不是"):
        recognised_items(line.encode(), 1, 1)


def test_the_page_may_be_left_out_for_one_page_only() -> None:
    line = json.dumps({key: value for key, value in GOOD.items() if key != "page"}).encode()
    assert recognised_items(b"\n" + line + b"\n\n", 2, 3)[0].page == 2
    with pytest.raises(IntakeError, match="没有写页码"):
        recognised_items(line, 0, 3)


def test_single_characters_of_any_height_form_one_line() -> None:
    boxes = (
        (10, 100, 116, "第"),
        (26, 107, 109, "一"),
        (42, 101, 115, "条"),
        (58, 112, 116, "，"),
        (74, 100, 116, "为"),
    )
    items = [RecognisedItem(1, left, top, left + 16, bottom, text, 1.0) for left, top, bottom, text in boxes]
    lines = baseline_lines(glyphs_of(items, 842))
    assert [line.text for line in lines] == ["第一条，为"]


def test_intake_runs_the_command_and_writes_the_draft(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = tmp_path / "县 公报"
    shutil.copytree(ROOT / "tests/second_county/content", root / "content")
    shutil.copytree(ROOT / "templates", root / "templates")
    file = tmp_path / "扫描 件.pdf"
    file.write_bytes(scan())
    argv = [
        "intake",
        str(file),
        "--issue",
        "2028-1",
        "--yes",
        "--ocr",
        command_of(program(tmp_path, PAGE_BY_PAGE)),
    ]
    assert main(argv, root) == 0
    assert "OCR 做了 2 页，共 2 页" in capsys.readouterr().out
    assert RECOGNISED in (root / "content/2028-1/01.md").read_text("utf-8")
