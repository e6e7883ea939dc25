"""更正: announced where the words stand, on the page and in the data; the published text stays as it is."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liulin_gazette.model.corrected_places import certain_anchors, text_place, words_in
from liulin_gazette.model.diagnostics import Severity
from liulin_gazette.model.document import FullText
from liulin_gazette.pipeline.output_record import BuiltIssue, PdfsEntry
from liulin_gazette.pipeline.printed_page_findings import page_findings
from liulin_gazette.text.numerals import han_numeral
from liulin_gazette.web.search.search_index import units_of
from tests.conftest import findings, publish
from tests.loading import load
from tests.rendering import rendered, texts_of

BODY = """现将办法印发给你们，十日内报送。

# 柳林县护林办法

## 一、总则

第一条 巡护每十日一次。

每次两人，十日内轮换。

第二条 记录十日内归档。

::: 附件 1 清单
| 事项 | 时限 |
| --- | --- |
| 巡护 | 五日 |

清单每月核对。
:::
"""
CORRECTION = """---
体裁: 更正
标题: 护林办法更正
成文日期: 2026-04-20
更正:
  - 柳林发〔2026〕9号
{errata}---

现予更正。
"""


@pytest.fixture
def corrected(project: Path) -> Path:
    """Return a project whose second issue has a correction of the document of the first."""
    first, second = project / "content/2026-1", project / "content/2026-2"
    document = (first / "01.md").read_text("utf-8")
    (first / "01.md").write_text(document.replace("请认真执行。\n", BODY), "utf-8")
    second.mkdir()
    issue = (first / "issue.toml").read_text("utf-8")
    issue = issue.replace('"期" = 1', '"期" = 2').replace('"总期号" = 30', '"总期号" = 31')
    (second / "issue.toml").write_text(issue.replace("2026-02-28", "2026-04-30"), "utf-8")
    return project


def announce(root: Path, *errata: dict[str, str]) -> None:
    rows = "".join(
        "  - " + "\n    ".join(f"{key}: {value}" for key, value in each.items()) + "\n" for each in errata
    )
    text = CORRECTION.format(errata=f"勘误:\n{rows}" if rows else "")
    (root / "content/2026-2/01.md").write_text(text, "utf-8")


def erratum(wrong: str, where: str = "", right: str = "另文") -> dict[str, str]:
    return {"原文": wrong, "更正为": right, **({"位置": where} if where else {})}


def document_in(root: Path) -> FullText:
    publication, found = load(root)
    assert publication is not None, found
    return publication.issues[0].full_texts[0]


def test_a_correction_stands_at_the_head_and_at_its_paragraph(corrected: Path) -> None:
    announce(
        corrected, erratum("十日内归档", "第二条", "十五日内归档"), erratum("十日"), erratum("五日", "附件1")
    )
    publication, _ = load(corrected)
    assert publication is not None
    files = {
        asset.path: asset.content.decode()
        for asset in rendered(
            publication, corrected / "templates", lambda path: (corrected / path).read_bytes()
        )
        if asset.path.endswith((".html", ".json"))
    }
    folder = "2026/1/liu-lin-fa-2026-9/"
    page = files[folder + "index.html"]
    notes = re.findall(r'(.*)\n<div class="correction-note" role="note">([^<]*)', page)
    assert [note for _, note in notes] == [
        "更正：“十日内归档”应为“十五日内归档”，见",
        "更正：“五日”应为“另文”，见",
    ]
    assert 'id="article-2"' in notes[0][0]
    assert "“十日”应为“另文”</li>" in page and 'href="#article-2">看原处' in page
    assert "十日内归档。</p>" in page  # The text itself is as it was published.
    data = json.loads(files[folder + "liu-lin-fa-2026-9.json"])
    assert [(each["原文"], each["更正为"], each["锚点"]) for each in data["更正"]] == [
        ("十日内归档", "十五日内归档", ["article-2"]),
        ("十日", "另文", []),
        ("五日", "另文", ["table-1"]),
    ]
    assert data["更正"][0]["公告"]["标题"] == "护林办法更正"
    assert "十五日" not in json.dumps(data["正文"], ensure_ascii=False)
    other = json.loads(files["2026/2/geng-zheng-2026-04-20/geng-zheng-2026-04-20.json"])
    assert other["勘误"][0]["文件"]["发文字号"] == "柳林发〔2026〕9号"
    text = texts_of(publication)["content/2026-1/01.md"]
    assert not any("十五日" in words for _, words in units_of(text.content))


@pytest.mark.parametrize(
    ("each", "severity", "said"),
    [
        (erratum("二十日"), Severity.ERROR, "里没有“二十日”"),
        (erratum("十日内归档", "第一条"), Severity.ERROR, "的第一条里没有"),
        (erratum("五日", "附件2"), Severity.ERROR, "的附件2里没有"),
        (erratum("十日"), Severity.WARNING, "有4处"),
        (erratum("十日", "第一条"), Severity.WARNING, "有2处"),
        (erratum("十日", "第一条第二款"), None, ""),
        (erratum("十日", "全文"), None, ""),
        (erratum("十日", "第3页"), None, ""),
        (erratum("巡护每十日"), None, ""),
        (erratum("第二条 记录"), None, ""),
        (erratum("护林工作"), None, ""),
    ],
)
def test_words_that_are_not_there_are_told(
    corrected: Path, each: dict[str, str], severity: Severity | None, said: str
) -> None:
    announce(corrected, each)
    found = [finding for finding in findings(corrected) if finding.code == "C028"]
    assert [finding.severity for finding in found] == ([severity] if severity else [])
    for finding in found:
        assert said in finding.message and finding.hint
        assert (finding.place.path, finding.place.line) == ("content/2026-2/01.md", 8)


def test_words_that_a_later_change_put_right_are_not_told(corrected: Path) -> None:
    announce(corrected, erratum("十日内归档"))
    publish(corrected, "2026-1")
    document = corrected / "content/2026-1/01.md"
    document.write_text(document.read_text("utf-8").replace("十日内归档", "十五日内归档"), "utf-8")
    record = corrected / "content/2026-1/published.json"
    data = json.loads(record.read_text("utf-8"))
    data["改动"] = [{"日期": "2026-05-01", "理由": "更正", "文件": ["01.md"]}]
    record.write_text(json.dumps(data), "utf-8")
    assert "C028" not in [each.code for each in findings(corrected)]


@pytest.mark.parametrize(
    ("each", "said"),
    [
        ({"原文": "十日", "更正为": "十日"}, "一样"),
        (erratum("十日", "上面那段"), "看不懂位置"),
        ({**erratum("十日"), "文件": "柳林发〔2026〕8号"}, "没有列在“更正”里"),
        ({"原文": "十日"}, "写得不完整"),
        ({**erratum("十日"), "页": "3"}, "写得不完整"),
    ],
)
def test_a_malformed_erratum_is_told(corrected: Path, each: dict[str, str], said: str) -> None:
    announce(corrected, each)
    (found,) = (finding for finding in findings(corrected) if finding.code == "B008")
    assert said in found.message and found.hint and found.place.line >= 7


def test_an_erratum_says_which_of_several_documents_it_is_about(corrected: Path) -> None:
    announce(corrected, erratum("十日内归档"))
    file = corrected / "content/2026-2/01.md"
    several = file.read_text("utf-8").replace(
        "  - 柳林发〔2026〕9号\n", "  - 柳林发〔2026〕9号\n  - 柳林发〔2025〕1号\n"
    )
    file.write_text(several, "utf-8")
    (found,) = (finding for finding in findings(corrected) if finding.code == "B008")
    assert "没有说是哪份文件" in found.message
    file.write_text(several.replace("  - 原文", "  - 文件: 柳林发〔2025〕1号\n    原文"), "utf-8")
    assert not [each for each in findings(corrected) if each.code in ("B008", "C028")]


@pytest.mark.parametrize(
    ("where", "said"),
    [("第2页", ""), ("第3页第二条", ""), ("第1页", "印在2026-1的第2—3页"), ("附件1", "")],
)
def test_a_page_on_which_the_document_is_not_is_told(corrected: Path, where: str, said: str) -> None:
    announce(corrected, erratum("十日内归档", where))
    publication, _ = load(corrected)
    assert publication is not None
    built = BuiltIssue("", 1, 8, {}, "", "")
    printed = PdfsEntry("", (), "", built, {publication.issues[0].documents[0].slug: (2, 3)})
    found = list(page_findings(publication, {"content/2026-1": printed}))
    assert [(each.code, each.severity, each.place.line) for each in found] == (
        [("B063", Severity.WARNING, 8)] if said else []
    )
    assert all(said in each.message for each in found)
    assert not list(page_findings(publication, {}))  # Nothing is printed yet.


def test_a_page_narrows_the_place(corrected: Path) -> None:
    announce(corrected)
    document = document_in(corrected)
    anchors = [text.anchor for text in words_in(document, "十日")]
    assert len(set(anchors)) == 4
    pages = {anchor: number for number, anchor in enumerate(anchors, 1)}
    assert certain_anchors(document, "十日", "第1页", pages) == (anchors[0],)
    assert (
        certain_anchors(document, "十日", "第4页", pages) == ()
    )  # The paragraph before may run to this page.
    assert certain_anchors(document, "十日", "第4页", None) == ()
    assert certain_anchors(document, "十日", "第9页", pages) == ()
    assert certain_anchors(document, "十日", "全文", pages) == tuple(anchors)


NUMBERS = st.one_of(st.none(), st.integers(1, 999))


@given(NUMBERS, NUMBERS, NUMBERS, st.booleans())
def test_every_place_is_read_as_it_is_written(
    page: int | None, article: int | None, paragraph: int | None, is_han: bool
) -> None:
    words = "".join(
        f"第{han_numeral(number) if is_han else number}{unit}"
        for number, unit in ((page, "页"), (article, "条"), (paragraph, "段"))
        if number
    )
    place = text_place(words)
    if not words:
        assert place is None
        return
    assert place is not None
    assert (place.page, place.article, place.paragraph) == (page or 0, article or 0, paragraph or 0)


@given(st.text("第一二三十页条段款行全文附件0123 左右栏x", max_size=8))
def test_no_words_for_a_place_end_in_a_traceback(words: str) -> None:
    text_place(words)
