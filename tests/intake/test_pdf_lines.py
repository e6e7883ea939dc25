"""The PDF reader: lines, running heads, columns, tables, hidden text, and the account of each character."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from liulin_gazette.intake.account import EXTRA, MISSING, MOVED, SourceText
from liulin_gazette.intake.accounting.account_pools import bare
from liulin_gazette.intake.accounting.account_search import passage_of
from liulin_gazette.intake.accounting.page_pieces import take_left_out
from liulin_gazette.intake.document_recognition.recognition import recognise
from liulin_gazette.intake.manuscript import Grid, GridCell, IntakeError, Line, Manuscript, Picture
from liulin_gazette.intake.pdf_files.pdf_account import pieces_of_page
from liulin_gazette.intake.pdf_files.pdf_characters import UNKNOWN_DOUBT
from liulin_gazette.intake.pdf_files.pdf_columns import bands_of, columns_of
from liulin_gazette.intake.pdf_files.pdf_drawings import drawings
from liulin_gazette.intake.pdf_files.pdf_file import read_pdf
from liulin_gazette.intake.pdf_files.pdf_furniture import PageLines, furniture
from liulin_gazette.intake.pdf_files.pdf_lines import TextLine, baseline_lines, first_word_width
from liulin_gazette.intake.pdf_files.pdf_overprint import without_overprint
from liulin_gazette.intake.pdf_files.pdf_page import Glyph, PageText, Rule
from liulin_gazette.intake.pdf_files.pdf_paragraphs import Paragraph, joined_over_columns, paragraphs_of
from liulin_gazette.intake.pdf_files.pdf_tables import tables_on
from liulin_gazette.intake.radical_forms import plain_form

FILES = Path(__file__).parent / "pdf"
"""Small PDFs made for these tests by LibreOffice and WeasyPrint, with invented words."""
TITLE = "柳林县人民政府办公室关于做好有关工作的通知"
PLAN = "柳林县人民政府办公室关于印发柳林县测试工作方案的通知"
ALL = "各乡（镇）人民政府："
UNITS = "各乡（镇）人民政府，县直有关单位："
SAMPLES = {
    "Word默认边距": (PLAN, UNITS, "第五条 联席会议工作规则及要求：", ("页眉、页脚或页码", "—1——2——3——4—")),
    "控制-同一字体": (PLAN, UNITS, "本制度自发文之日起执行。", ("页眉、页脚或页码", "—1——2——3——4—")),
    "窄边距小四单倍": (PLAN, UNITS, "本制度自发文之日起执行。", ("页眉、页脚或页码", "—1——2—")),
    "短文": (TITLE, UNITS, "为做好2026年有关工作，现通知如下。", ("页眉、页脚或页码", "—1—")),
    "叠印加粗": (TITLE, ALL, "各单位要高度重视，抓好落实。", ("重叠印了两遍", "各单位要高度重视")),
    "水印": (TITLE, ALL, "水印测试，各单位抓好落实。", ("水印", "内部资料 严禁外传")),
    "白字": (TITLE, ALL, "正文。 结束。", ("白色的字", "白色的看不见的字：内部掌握。")),
}
"""Title, addressees, a paragraph, and why what is left out."""


@pytest.mark.parametrize("name", SAMPLES)
def test_pdfs_of_office_programs(name: str) -> None:
    title, addressees, paragraph, (reason, left_out) = SAMPLES[name]
    content = (FILES / f"{name}.pdf").read_bytes()
    manuscript = read_pdf(name, content)
    intake = recognise(manuscript)
    (draft,) = intake.drafts
    assert draft.document.number == "柳政办发〔2026〕31号"
    assert (draft.document.title, draft.document.addressees) == (title, addressees)
    assert draft.document.date == "2026-03-12"
    assert paragraph in draft.document.body.split("\n\n")
    assert "".join(each.text for each in manuscript.omissions if each.reason.startswith(reason)) == left_out
    assert len({each.reason for each in manuscript.omissions}) == 1
    assert intake.account is not None and intake.account.difference == 0 and manuscript.remarks == ()
    assert (intake.account.rewritten, intake.account.unexplained) == (0, 0)


def test_the_same_text_in_two_layouts_is_read_alike() -> None:
    texts = {
        "".join(
            part.text.replace(" ", "")
            for part in read_pdf(name, (FILES / f"{name}.pdf").read_bytes()).parts
            if isinstance(part, Line)
        )
        for name in ("Word默认边距", "控制-同一字体", "窄边距小四单倍")
    }
    assert len(texts) == 1


def glyphs(text: str, left: float, baseline: float, size: float = 10.0, first: int = 0) -> list[Glyph]:
    """Return the glyphs of ``text``, each as wide as its size; spaces leave a gap."""
    return [
        Glyph(character, left + size * at, left + size * (at + 1), baseline, size, first + at)
        for at, character in enumerate(text)
        if character != " "
    ]


def lines(*rows: tuple[str, float, float]) -> list[TextLine]:
    """Return lines from their text, left edge and baseline."""
    return baseline_lines(glyph for text, left, baseline in rows for glyph in glyphs(text, left, baseline))


def texts(paragraphs: Sequence[Paragraph]) -> list[str]:
    return [paragraph.part.text for paragraph in paragraphs if isinstance(paragraph.part, Line)]


LONG = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉"
"""Twenty characters: a full line of a column of 200 pt."""


def test_columns_are_where_a_band_runs_through_most_lines() -> None:
    two = lines(
        ("关于两栏的标题在中间", 210, 790),
        *((LONG, left, 760 - 15 * row) for row in range(10) for left in (50, 270)),
    )
    title, left, right = columns_of(two, None)
    assert len(title.lines) == 1 and len(left.lines) == len(right.lines) == 10
    assert left.frame.right == 250 and right.frame.left == 270


@pytest.mark.parametrize(
    "rows",
    [
        [("组　长", 50), ("张三", 130), ("县政府副县长", 270)],
        [("甲村", 50), ("乙村", 270)],
    ],
)
def test_lists_and_signatures_are_no_columns(rows: list[tuple[str, float]]) -> None:
    page = lines(
        *((LONG + LONG, 50, 760 - 15 * row) for row in range(8)),
        *((text, left, 600 - 15 * row) for row in range(8) for text, left in rows),
    )
    assert bands_of(page) == ()
    assert len(columns_of(page, None)) == 1


def test_short_lines_above_and_below_centred_ones_are_no_columns() -> None:
    rows = [("某县人民政府办公室文件", 260.0, 700.0 - 30 * row) for row in range(5)]
    signed = [("某县人民政府办公室啊", 50.0, 500.0 - 30 * row) for row in range(5)]
    full = [(LONG + LONG, 50.0, 330.0 - 15 * row) for row in range(5)]
    assert bands_of(lines(*rows, *signed, *full)) == ()


def page(number: int, *rows: tuple[str, float]) -> PageLines:
    body = [(LONG, 100.0, 700.0 - 20 * row) for row in range(28)]
    return PageLines(number, 595, 842, tuple(lines(*((text, 100.0, y) for text, y in rows), *body)))


def furniture_of(pages: Sequence[PageLines]) -> list[str]:
    found = furniture(pages)
    return [page.lines[index].text for page in pages for index in sorted(found[page.number])]


@pytest.mark.parametrize("form", ["— {} —", "第{}页共3页", "{}", "-{}-", "{}/3"])
def test_page_numbers_are_left_out(form: str) -> None:
    pages = [page(number, (form.format(number), 60)) for number in (1, 2, 3)]
    assert [text.replace(" ", "") for text in furniture_of(pages)] == [
        form.format(number).replace(" ", "") for number in (1, 2, 3)
    ]


@pytest.mark.parametrize(
    "rows",
    [
        [("2026", 100), ("12", 100), ("7", 100)],
        [("附件1", 790), ("附件2", 790), ("附件3", 790)],
        [("共计5万元", 60), ("甲村", 60), ("乙村", 60)],
    ],
)
def test_words_of_the_text_are_no_page_numbers(rows: list[tuple[str, float]]) -> None:
    assert furniture_of([page(number, row) for number, row in enumerate(rows, 1)]) == []


def test_running_heads_are_whole_lines_that_recur() -> None:
    heads = ["某县人民政府公报", "关于防汛的通知"] * 2
    pages = [page(number, (head, 800)) for number, head in enumerate(heads, 1)]
    assert furniture_of(pages) == heads
    assert furniture_of(pages[:1]) == []


def test_what_a_browser_prints_around_one_page_is_left_out() -> None:
    printed = ["2026/9/11 08:31", "https://www.example.gov.cn/t1.html"]
    assert furniture_of([page(1, (printed[0], 800), (printed[1], 40))]) == printed
    assert furniture_of([page(1, ("2026年9月11日", 800), ("网址见附件", 40))]) == []
    titled = "2026/9/11 08:31　关于停水的通告"
    assert furniture_of([page(number, (titled, 800)) for number in (1, 2)]) == [titled, titled]


def test_entries_of_a_chronicle_are_not_of_a_browser() -> None:
    entry = "2026/3/25 09:30 县委书记到三交镇调研护林防火工作。"
    other = "2026/3/26 09:30 召开护林防火会议"
    address = ("https://www.example.gov.cn/t1.html", 40)
    assert furniture_of([page(1, (entry, 800), (other, 780), address)]) == [address[0]]
    assert furniture_of([page(1, (other, 800), ("正文", 780))]) == []
    pages = [page(1, (other, 800), address), page(2, ("2026/3/27 09:30 召开会议", 800))]
    assert furniture_of(pages) == [address[0]]


def test_the_running_head_of_a_gazette_is_told_on_one_page() -> None:
    assert furniture_of([page(1, ("某县人民政府公报2026年第3期", 800))]) == ["某县人民政府公报2026年第3期"]
    assert furniture_of([page(1, ("某县人民政府公报赠阅范围", 800))]) == []


def test_a_page_number_is_not_taken_for_a_cell_with_the_same_figure() -> None:
    texts = ["附件", "企业一览表", "序号", "名称", "1", "宏达化工", "2", "远大气体", "2"]
    passages = [passage_of(SourceText(text, "第2页", is_piece=True)) for text in texts]
    take_left_out(passages, [("2", "第2页")], "".join(texts[:-1]))
    assert [index for index, each in enumerate(passages) if each.is_left_out] == [8]


def test_paragraphs_go_on_where_a_line_is_full_and_the_next_not_indented() -> None:
    column = columns_of(
        lines(
            ("一二三四五六七八九十一二三四五六七八", 70, 700),
            ("（三）项的规定，接着写这一行，句子很长啊长", 50, 680),
            ("短行。", 50, 660),
            ("第二段一二三四五六七八九十一二三四五", 70, 640),
            ("结束。", 50, 620),
        ),
        None,
    )[0]
    found = texts(paragraphs_of(column, 1, 1))
    assert len(found) == 2
    assert found[0].endswith("短行。") and "（三）项的规定" in found[0]


def test_raised_characters_stay_in_their_line() -> None:
    (line,) = baseline_lines(
        [*glyphs("面积5m", 50, 700), Glyph("2", 90, 95, 704, 6.0, 9), *glyphs("以上", 95, 700, first=10)]
    )
    text, (mark,) = line.marked_text
    assert text == "面积5m2以上" and text[mark.start : mark.end] == "2" and mark.position == "super"


def test_red_heads_set_wide_have_no_spaces() -> None:
    wide = [
        Glyph(character, 50 + 20 * at, 60 + 20 * at, 700, 10, at)
        for at, character in enumerate("某县人民政府")
    ]
    assert [line.text for line in baseline_lines(wide)] == ["某县人民政府"]


def test_words_printed_twice_are_read_once() -> None:
    first = glyphs("各单位要重视", 50, 700)
    shifted = [replace(glyph, left=glyph.left + 0.3, right=glyph.right + 0.3, index=20) for glyph in first]
    assert without_overprint([*first, *shifted]) == (first, ["各单位要重视"])
    repeated = glyphs("好好学习天天向上", 50, 700)
    assert without_overprint(repeated) == (repeated, [])


def ruled(rows: Sequence[Sequence[str]], top: float = 700.0, number: int = 1) -> PageText:
    """Return a page with a ruled table of cells 100 pt wide and 20 pt high."""
    width, height = 50 + 100 * len(rows[0]), top - 20 * len(rows)
    return PageText(
        number,
        595,
        842,
        tuple(
            glyph
            for y, row in enumerate(rows)
            for x, cell in enumerate(row)
            for glyph in glyphs(cell, 55 + 100 * x, top - 15 - 20 * y, first=1000 * y + 50 * x)
        ),
        horizontal=tuple(Rule(top - 20 * y, 50, width) for y in range(len(rows) + 1)),
        vertical=tuple(Rule(50 + 100 * x, height, top) for x in range(len(rows[0]) + 1)),
    )


def cells(grid: Grid) -> list[list[str]]:
    return [[cell.text for cell in row] for row in grid.rows]


def test_ruled_tables_are_tables() -> None:
    (table,) = tables_on(ruled([["序号", "单位"], ["1", "甲镇"]]))
    assert cells(table.grid) == [["序号", "单位"], ["1", "甲镇"]]


def test_cells_without_a_rule_between_them_are_joined() -> None:
    page = ruled([["分类", "单位"], ["粮食", "甲镇"], ["", "乙镇"]])
    page = replace(
        page, horizontal=(*page.horizontal[:2], replace(page.horizontal[2], start=150), page.horizontal[3])
    )
    (table,) = tables_on(page)
    assert [[(cell.text, cell.rowspan) for cell in row] for row in table.grid.rows] == [
        [("分类", 1), ("单位", 1)],
        [("粮食", 2), ("甲镇", 1)],
        [("乙镇", 1)],
    ]


def test_tables_with_three_rules_are_tables_to_be_checked() -> None:
    page = ruled([["序号", "单位"], ["1", "甲镇"], ["2", "乙镇"]])
    rules = tuple(page.horizontal[at] for at in (0, 1, 3))
    (table,) = tables_on(replace(page, horizontal=rules, vertical=()))
    assert cells(table.grid) == [["序号", "单位"], ["1", "甲镇"], ["2", "乙镇"]]
    assert "没有竖线" in table.grid.rows[0][0].doubts[0]


def test_words_flush_with_the_rules_of_a_table_are_in_its_first_column() -> None:
    rows = [["项目", "数量"], ["道路", "十二"], ["桥梁", "三"]]
    page = ruled(rows)
    rules = tuple(replace(page.horizontal[at], start=55.5) for at in (0, 1, 3))
    (table,) = tables_on(replace(page, horizontal=rules, vertical=()))
    assert cells(table.grid) == rows


@given(
    st.lists(
        st.tuples(
            st.text("甲乙丙12 ", max_size=6), st.text("丁戊3a", max_size=9), st.text("己x ", max_size=3)
        ),
        min_size=2,
        max_size=6,
    ),
    st.floats(30, 80),
    st.floats(220, 320),
    st.booleans(),
    st.sets(st.integers(0, 6), max_size=3),
)
def test_every_character_taken_out_of_the_lines_is_in_a_cell(
    rows: Sequence[Sequence[str]], left: float, right: float, has_columns: bool, dropped: set[int]
) -> None:
    whole = ruled(rows)
    page = replace(
        whole,
        horizontal=tuple(
            replace(rule, start=left, end=right)
            for at, rule in enumerate(whole.horizontal)
            if at not in dropped
        ),
        vertical=whole.vertical if has_columns else (),
    )
    for table in tables_on(page):
        taken = [glyph.text for glyph in page.glyphs if glyph.index in table.glyphs]
        shown = "".join(cell.text for row in table.grid.rows for cell in row)
        assert Counter("".join("".join(taken).split())) == Counter("".join(shown.split()))


def test_cells_with_characters_that_the_file_does_not_name_say_so() -> None:
    page = ruled([["序号", "单位"], ["1", "甲�"], ["2", "乙镇"]])
    rules = tuple(page.horizontal[at] for at in (0, 1, 3))
    for each in (page, replace(page, horizontal=rules, vertical=())):
        (table,) = tables_on(each)
        doubtful = [cell.text for row in table.grid.rows for cell in row if UNKNOWN_DOUBT in cell.doubts]
        assert doubtful == ["甲�"]


def _rules_drawn(content: str) -> tuple[int, int]:
    """Return the numbers of horizontal and vertical rules on a page with ``content``."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(600, 800))
    page.Contents = pdf.make_stream(content.encode())
    out = io.BytesIO()
    pdf.save(out)
    document = pypdfium2.PdfDocument(out.getvalue())
    horizontal, vertical, _ = drawings(document[0], lambda x, y: (x, y))
    return len(horizontal), len(vertical)


def test_a_table_whose_cells_are_framed_by_rectangles_has_a_rule_for_each_line() -> None:
    frames = "".join(
        f"{x} {y} 40 .5 re f {x} {y + 20} 40 .5 re f {x} {y} .5 20 re f {x + 40} {y} .5 20 re f\n"
        for x in range(40, 520, 40)
        for y in range(100, 600, 20)
    )
    assert _rules_drawn(frames) == (26, 13)
    hatched = "".join(f"{x} {y} m {x + 5} {y} l S\n" for x in range(0, 600, 10) for y in range(0, 800, 4))
    assert _rules_drawn(hatched) == (0, 0)


def test_a_box_around_a_text_is_no_table() -> None:
    assert tables_on(ruled([["一段文字"]])) == []


def test_a_table_over_two_pages_is_one_with_one_head() -> None:
    parts = [
        Paragraph(replace(tables_on(ruled(rows))[0].grid, place=f"第{number}页第1行"), edges=(50, 150, 250))
        for number, rows in enumerate(
            ([["序号", "单位"], ["1", "甲镇"]], [["序号", "单位"], ["2", "乙镇"]]), 1
        )
    ]
    between = Paragraph(Line("续表", "第2页第1行"))
    (grid,), dropped = joined_over_columns([parts[0], between, parts[1]])
    assert isinstance(grid, Grid) and cells(grid) == [["序号", "单位"], ["1", "甲镇"], ["2", "乙镇"]]
    assert [each.text for each in dropped] == ["续表", "序号　单位"]


@pytest.mark.parametrize(
    ("form", "plain"),
    [("⼈", "人"), ("⻓", "长"), ("⻅", "见"), ("金", "金"), ("ﬁ", "fi"), ("人", "人"), ("𠮷", "𠮷")],
)
def test_radicals_become_plain_characters(form: str, plain: str) -> None:
    assert plain_form(form) == plain


def sample() -> tuple[bytes, Manuscript]:
    content = (FILES / "窄边距小四单倍.pdf").read_bytes()
    return content, read_pdf("x", content)


Change = Callable[[list[Line | Grid | Picture]], None]


def _drop(parts: list[Line | Grid | Picture]) -> None:
    del parts[8]


def _double(parts: list[Line | Grid | Picture]) -> None:
    parts.insert(8, parts[8])


def _swap(parts: list[Line | Grid | Picture]) -> None:
    parts[8], parts[9] = parts[9], parts[8]


def _swap_characters(parts: list[Line | Grid | Picture]) -> None:
    line = parts[8]
    assert isinstance(line, Line)
    parts[8] = replace(line, text=line.text[:10] + line.text[11:14] + line.text[10] + line.text[14:])


def _drop_a_sign(parts: list[Line | Grid | Picture]) -> None:
    line = parts[8]
    assert isinstance(line, Line)
    parts[8] = replace(line, text=line.text.replace("，", "", 1))


@pytest.mark.parametrize(
    ("change", "kind", "is_whole"),
    [
        (_drop, MISSING, True), (_double, EXTRA, True), (_swap, MOVED, True),
        (_swap_characters, MOVED, False), (_drop_a_sign, MISSING, False),
    ],
)  # fmt: skip
def test_the_account_tells_what_a_reader_lost_or_moved(change: Change, kind: str, is_whole: bool) -> None:
    _, whole = sample()
    parts = list(whole.parts)
    one, other = (part.text for part in parts[8:10] if isinstance(part, Line))
    change(parts)
    intake = recognise(replace(whole, parts=tuple(parts)))
    assert intake.account is not None and intake.account.unexplained == 0
    told = [each for each in intake.account.differences if each.kind == kind]
    letters = bare("".join(each.text for each in told))
    assert told and (not is_whole or len(letters) >= 0.9 * min(len(bare(one)), len(bare(other))))
    assert intake.drafts[0].document.body.count("【待核：") > 0
    assert "，差 0 字" not in intake.account.told


def test_a_left_out_line_that_is_not_told_is_missing() -> None:
    _, whole = sample()
    account = recognise(replace(whole, omissions=whole.omissions[1:])).account
    assert account is not None
    assert [(each.kind, each.text, each.place) for each in account.differences] == [(MISSING, "—1—", "第1页")]


def test_cells_in_another_order_than_the_file_paints_them_are_no_difference() -> None:
    cells = [[f"{row}{column}号格" for column in "甲乙丙"] for row in range(1, 9)]
    grid = Grid(tuple(tuple(GridCell(each) for each in row) for row in cells), 3, "第1页第3行")
    painted = [cells[row][column] for column in range(3) for row in range(8)]
    parts = (
        Line("某县教育局关于公布名册的通知", "第1页第1行"),
        Line("现将名册公布如下。", "第1页第2行"),
        grid,
    )
    words = [part.text for part in parts if isinstance(part, Line)] + painted
    whole = Manuscript("x.pdf", parts, count=tuple(pieces_of_page(1, words)))
    account = recognise(whole).account
    assert account is not None and account.differences == ()
    short = replace(grid, rows=grid.rows[:-1])
    account = recognise(replace(whole, parts=(*parts[:2], short))).account
    assert account is not None and {each.kind for each in account.differences} == {MISSING}
    assert sorted("".join(each.text for each in account.differences)) == sorted("8甲号格8乙号格8丙号格")


def test_a_whole_account_adds_nothing() -> None:
    _, whole = sample()
    intake = recognise(whole)
    account = intake.account
    assert account is not None
    assert account.source == account.drafted + account.left_out and account.differences == ()
    assert "【待核" not in intake.drafts[0].document.body


def test_a_mistake_of_the_program_is_not_told_as_damage(monkeypatch: pytest.MonkeyPatch) -> None:
    content = (FILES / "短文.pdf").read_bytes()

    def fail(*_arguments: object) -> None:
        raise ValueError("zip() argument 2 is shorter")

    with monkeypatch.context() as patch:
        patch.setattr("liulin_gazette.intake.pdf_files.pdf_file.page_text", fail)
        with pytest.raises(IntakeError, match="第 1 页已损坏"):
            read_pdf("x", content)
    with monkeypatch.context() as patch:
        patch.setattr("liulin_gazette.intake.pdf_files.pdf_file.count_pdf", fail)
        read = read_pdf("x", content)
        assert read.parts and "没有做成字数账" in read.remarks[-1]
    monkeypatch.setattr("liulin_gazette.intake.pdf_files.pdf_file.paragraphs_of", fail)
    with pytest.raises(ValueError, match="zip"):
        read_pdf("x", content)


def test_progress_is_told_page_by_page() -> None:
    told: list[tuple[int, int]] = []
    document = pypdfium2.PdfDocument(FILES / "窄边距小四单倍.pdf")
    count = len(document)
    read_pdf("x", (FILES / "窄边距小四单倍.pdf").read_bytes(), lambda read, pages: told.append((read, pages)))
    assert told == [(number, count) for number in range(1, count + 1)]


def test_a_locked_pdf_says_what_to_do() -> None:
    out = io.BytesIO()
    document = pikepdf.Pdf.open(FILES / "短文.pdf")
    with document:
        document.save(out, encryption=pikepdf.Encryption(user="密", owner="密"))
    with pytest.raises(IntakeError, match="加了密码"):
        read_pdf("锁.pdf", out.getvalue())


def test_a_pdf_that_is_cut_off_is_refused_or_read_with_its_account() -> None:
    content = (FILES / "短文.pdf").read_bytes()
    for share in (0.2, 0.5, 0.9):
        with pytest.raises(IntakeError):
            read_pdf("半.pdf", content[: int(len(content) * share)])


def test_a_space_between_han_characters_is_wider_than_the_gaps_of_its_line() -> None:
    apart = [*glyphs("第一章", 0, 0), *glyphs("总", 33.1, 0), *glyphs("则", 46.2, 0)]
    assert [line.text for line in baseline_lines(apart)] == ["第一章 总 则"]


@pytest.mark.parametrize("following", ["元、3000元五个档次。", "〔2026〕15号）收悉。", "甲乙丙"])
def test_how_wide_the_beginning_of_a_line_is_that_no_program_divides(following: str) -> None:
    widths = {"元": 10 + 10 + 4 * 5.5, "〔": 10 + 4 * 5.5 + 10 + 2 * 5.5, "甲": 10}
    assert first_word_width(following, 10) == pytest.approx(widths[following[0]])
