"""接排: documents that follow one another on the page, and what is told of them elsewhere."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest

from liulin_gazette.model.publication import Issue
from liulin_gazette.model.run_on import RUN_ON_VALUES
from liulin_gazette.pdf.composition.document_runs import document_runs, runs_annexes_on
from liulin_gazette.pipeline.stages import Wanted, build
from tests.conftest import DOCUMENT, findings, small_project
from tests.loading import load

CONTACT = re.compile(r"政策咨询:\n(?:  .*\n)+")
WIDE = (
    "::: 附件\n"
    + "|"
    + "某项目的名称 |" * 14
    + "\n"
    + "|"
    + " --- |" * 14
    + "\n"
    + "|"
    + "若干内容 |" * 14
    + "\n:::"
)


def notice(number: int, text: str, more: str = "", contact: bool = False) -> str:
    """Return a document with its own number and title."""
    document = DOCUMENT.replace("9号", f"{number}号").replace("护林工作", f"第{number}项工作")
    document = document.replace("请认真执行。", text).replace("公开方式", f"{more}公开方式")
    return document if contact else CONTACT.sub("体裁: 人事任免\n", document)


def write_issue(root: Path, documents: Mapping[str, str], sections: str, stated: str = "") -> None:
    """Put ``documents`` into the issue below ``root``, with ``sections`` and ``stated`` of its issue.toml."""
    folder = root / "content/2026-1"
    for name, text in documents.items():
        (folder / name).write_text(text, "utf-8")
    head = '"年" = 2026\n"期" = 1\n"总期号" = 30\n"出版日期" = 2026-02-28\n'
    (folder / "issue.toml").write_text(head + stated + sections, "utf-8")


def section(*names: str, stated: str = "", name: str = "通知") -> str:
    """Return a section of issue.toml."""
    return f'\n[["栏目"]]\n"名称" = "{name}"\n{stated}"文件" = {json.dumps(names)}\n'


def issue_of(root: Path) -> Issue:
    publication, found = load(root)
    assert publication is not None, found
    return publication.issues[0]


def runs(root: Path) -> list[list[int]]:
    """Return the numbers of the documents in each run."""
    return [
        [text.number.serial for text in run if text.number is not None]
        for run in document_runs(issue_of(root))
    ]


@pytest.mark.parametrize(
    ("of_issue", "of_section", "of_third", "expected"),
    [
        ("", "", "", [[1], [2], [3], [4]]),
        ("公文", "", "", [[1, 2, 3, 4]]),
        ("公文", "不接", "", [[1, 2], [3], [4]]),
        ("公文", "", "不接", [[1, 2], [3, 4]]),
        ("", "全部", "", [[1], [2], [3, 4]]),
        ("", "", "公文", [[1], [2, 3], [4]]),
        ("附件", "", "", [[1], [2], [3], [4]]),
    ],
)
def test_what_is_stated_nearest_holds(
    project: Path, of_issue: str, of_section: str, of_third: str, expected: list[list[int]]
) -> None:
    texts = {f"{number:02}.md": notice(number, "请执行。") for number in (1, 2, 3, 4)}
    texts["03.md"] = notice(3, "请执行。", f"接排: {of_third}\n" if of_third else "")
    stated = f'"接排" = "{of_section}"\n' if of_section else ""
    write_issue(
        project,
        texts,
        section("01.md", "02.md") + section("03.md", "04.md", stated=stated, name="公告"),
        f'"接排" = "{of_issue}"\n' if of_issue else "",
    )
    assert runs(project) == expected


def test_annexes_follow_where_it_is_stated(project: Path) -> None:
    texts = {"01.md": notice(1, "请执行。"), "02.md": notice(2, "请执行。", "接排: 附件\n")}
    write_issue(project, texts, section("01.md", "02.md"))
    issue = issue_of(project)
    assert [runs_annexes_on(issue, text) for text in issue.full_texts] == [False, True]


@pytest.mark.parametrize("place", ["issue", "section", "document"])
def test_an_unknown_value_is_an_error_at_its_place(project: Path, place: str) -> None:
    stated = '"接排" = "公文们"\n'
    text = notice(1, "请执行。", "接排: 公文们\n" if place == "document" else "")
    write_issue(
        project,
        {"01.md": text},
        section("01.md", stated=stated if place == "section" else ""),
        stated if place == "issue" else "",
    )
    (found,) = (each for each in findings(project) if each.code == "B008")
    assert found.place.path.endswith("01.md" if place == "document" else "issue.toml")
    assert "公文们" in found.message and "是不是“公文”？" in found.hint
    assert all(value in found.hint for value in RUN_ON_VALUES)


@dataclass(frozen=True)
class Printed:
    """A built issue: text of each page of the reading edition, what the report tells, and the folder."""

    root: Path
    texts: tuple[str, ...]
    pages: tuple[str, ...]
    """Those with a folio."""
    report: dict[str, Any]


LONG = "各单位要高度重视，明确责任，抓好落实。" * 90
FIGURES = "".join(f"\n\n第{number}点，务必落实到位，不得推诿。" for number in range(1, 4))


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Printed:
    """Return an issue of which all runs on: short notices, a long one, a landscape annex, upright annexes."""
    root = small_project(tmp_path_factory.mktemp("run-on"))
    annexes = "请执行。" + "".join(f"\n\n::: 附件 {n} 第{n}份清单\n清单的内容。\n:::" for n in (1, 2))
    texts = {
        "01.md": notice(1, "请认真执行。"),
        "02.md": notice(2, "请执行。" + FIGURES, contact=True),
        "03.md": notice(3, LONG),
        "04.md": notice(4, "请看附件。\n\n" + WIDE),
        "05.md": notice(5, "请执行。"),
        "06.md": notice(6, annexes),
    }
    write_issue(root, texts, section(*texts), '"接排" = "全部"\n')
    result = build(root, Wanted(), lambda _: None)
    assert not result.failed, result.diagnostics
    document: Any = pypdfium2.PdfDocument(root / result.built[0].pdf)
    found = tuple(re.sub(r"\s+", "", page.get_textpage().get_text_bounded()) for page in document)
    document.close()
    report = json.loads((root / "output/report/2026-1.json").read_text("utf-8"))
    return Printed(root, found, tuple(text for text in found if re.search(r"—\d+—", text)), report)


def title(number: int) -> str:
    return f"柳林县林业局关于加强第{number}项工作的通知"


def test_titles_stand_where_contents_and_report_say(printed: Printed) -> None:
    contents = next(text for text in printed.texts if text.startswith("目录"))
    spans = [(each["页码"], each["末页"]) for each in printed.report["公文"]]
    for number, (first, last) in enumerate(spans, 1):
        assert re.search(re.escape(title(number)) + rf"·*{first}(?!\d)", contents), number
        with_number = [
            page for page, text in enumerate(printed.pages, 1) if f"柳林发〔2026〕{number}号" in text
        ]
        assert with_number == [first]
        assert first <= last
    assert spans[0] == (1, 1) and spans[1][0] == 1, "a short notice follows another one"
    assert spans[2][0] == spans[1][1] < spans[2][1], "a long document begins below the one before it"
    assert spans[3][1] > spans[3][0], "a landscape annex is on a page of its own"
    assert spans[4][0] == spans[3][1] + 1, "nothing follows on a landscape page"
    assert spans[5][0] == spans[4][0], "annexes follow"
    assert printed.report["页码"]["liu-lin-fa-2026-6"]["annex-1"] == spans[5][0], "upright annexes follow"
    assert len(printed.pages) == spans[5][1]


def test_every_title_has_text_below_it(printed: Printed) -> None:
    for number in range(1, 7):
        page = next(text for text in printed.pages if f"柳林发〔2026〕{number}号" in text)
        below = page.rpartition(f"柳林发〔2026〕{number}号")[2]
        assert below.startswith("局属各单位：") and len(below) > len("局属各单位：") + 4


def test_links_labels_and_bookmarks(printed: Printed) -> None:
    opened: Any = pikepdf.open(printed.root / "output/site/2026/1/liulin-gazette-2026-1.pdf")
    with opened as pdf:
        front = len(printed.texts) - len(printed.pages) - 1
        indexes = {page.objgen: index for index, page in enumerate(pdf.pages)}
        names: Any = pdf.Root.Names.Dests.Names
        found = {
            str(names[at]): indexes[names[at + 1][0].objgen] - front + 1 for at in range(0, len(names), 2)
        }
        for each, number in zip(printed.report["公文"], range(1, 7), strict=True):
            assert found[f"liu-lin-fa-2026-{number}"] == each["页码"]
        with pdf.open_outline() as outline:
            titles = [str(each.title) for section in outline.root for each in section.children]
        assert titles == [title(number) for number in range(1, 7)]
        assert pdf.pages[front].label == "1" and pdf.pages[-2].label == str(len(printed.pages))


def test_a_document_that_shares_pages_has_a_pdf_of_its_own(printed: Printed) -> None:
    slug = "liu-lin-fa-2026-2"
    document: Any = pypdfium2.PdfDocument(printed.root / f"output/site/2026/1/{slug}/{slug}.pdf")
    texts = [re.sub(r"\s+", "", page.get_textpage().get_text_bounded()) for page in document]
    document.close()
    assert len(texts) == 1
    assert title(2) in texts[0] and title(1) not in texts[0] and title(3) not in texts[0]
    assert "2026年第1期第1—2页" in texts[0] and "—1—" not in texts[0]
    assert "0358-4022294" in texts[0]


def test_the_site_has_the_printed_pages(printed: Printed) -> None:
    pages = printed.report["页码"]
    page = (printed.root / "output/site/2026/1/liu-lin-fa-2026-3/index.html").read_text("utf-8")
    marks = {int(number) for number in re.findall(r'data-page="(\d+)"', page)}
    assert marks == set(pages["liu-lin-fa-2026-3"].values())
    assert set(pages["liu-lin-fa-2026-1"].values()) == {1}
