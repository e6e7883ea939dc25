"""How a reader finds the way: the present place in the navigation, years to choose from, short ledgers, broken titles."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from liulin_gazette.model.document import Event
from liulin_gazette.model.publication import Publication
from liulin_gazette.web.document_page import EVENTS_IN_FULL
from liulin_gazette.web.lists import YEARS_IN_FULL
from liulin_gazette.web.registers import number_ledgers
from tests.web.conftest import PLAIN, build, issue
from tests.web.test_site import PAGE, by_class, by_id, parse, words


def built(publication: Publication) -> dict[str, Any]:
    """The pages of the site by path."""
    return {asset.path: parse(asset.content) for asset in build(publication) if asset.path.endswith(".html")}


def current(root: Any) -> list[tuple[str, str]]:
    """The links of the page that say that it is, or is below, what they lead to."""
    found = [(words(link), link.get("aria-current")) for link in root.iter("a") if link.get("aria-current")]
    return [(name, state) for name, state in found if state]


def test_the_navigation_marks_the_present_place(publication: Publication) -> None:
    pages = built(publication)
    assert current(pages["register/index.html"]) == [("文号台账", "page")]
    assert current(pages["register/2026/index.html"]) == [("文号台账", "true")]
    assert current(pages["verify/index.html"]) == [("核验文件", "page")]
    assert current(pages["index.html"]) == current(pages[PAGE]) == []


def series(publication: Publication, years: int) -> Publication:
    """One issue in each of so many years from 2001 on, each with one document."""
    documents = [
        replace(
            PLAIN,
            blocks=(),
            number=replace(PLAIN.number, year=year, serial=40) if PLAIN.number else None,
            slug=f"liu-zheng-ban-fa-{year}-40",
        )
        for year in range(2001, 2001 + years)
    ]
    return replace(
        publication, issues=tuple(issue(2001 + n, 1, document) for n, document in enumerate(documents))
    )


def test_a_long_archive_is_chosen_from_by_year(publication: Publication) -> None:
    pages = built(series(publication, 50))
    home = pages["index.html"]
    years = [words(year) for year in by_class(home, "archive-year")]
    assert years == ["2050年", "2049年", "2048年", "以前各年"] and len(years) == YEARS_IN_FULL + 1
    (chosen,) = by_class(home, "by-year")
    links = [(words(link), link.get("href")) for link in chosen.iter("a")]
    assert len(links) == 47 and links[0] == ("2047年", "2047/index.html") and links[-1][0] == "2001年"
    year = pages["2047/index.html"]
    assert [link.get("href") for link in by_class(year, "archive-list")[0].iter("a")] == ["1/index.html"]
    assert len(list(by_class(year, "by-year")[0].iter("a"))) == 49
    register = pages["register/index.html"]
    assert len(by_class(register, "counts")) == YEARS_IN_FULL
    assert len(list(by_class(register, "by-year")[0].iter("a"))) == 47


def test_a_short_archive_has_no_years_to_choose_from(publication: Publication) -> None:
    pages = built(series(publication, YEARS_IN_FULL))
    assert not by_class(pages["index.html"], "by-year") and not by_class(
        pages["register/index.html"], "by-year"
    )


def test_numbers_that_are_absent_alike_stand_in_one_line(publication: Publication) -> None:
    (page,) = [
        root for path, root in built(series(publication, 1)).items() if path == "register/2001/index.html"
    ]
    lines = [(line.get("value"), " ".join(words(line).split())) for line in by_class(page, "serials")[0]]
    assert lines == [("1", "1—39号 未见（39个号）"), ("40", f"40号 {PLAIN.title}")]


def test_runs_have_every_serial_once(publication: Publication) -> None:
    for _, ledgers in number_ledgers(series(publication, 3)):
        for ledger in ledgers:
            serials = [serial for run in ledger.runs for serial in range(run.first, run.last + 1)]
            assert serials == [line.serial for line in ledger.lines]
            assert all(run.first == run.last for run in ledger.runs if run.document)


def test_a_title_is_broken_by_sense_for_a_phone(publication: Publication) -> None:
    lines = (
        "柳林县工信和科技局",
        "关于印发《柳林县“乐购柳林·消费共创”汽车",
        "专项促消费活动工作方案》的通知",
    )
    document = replace(PLAIN, title="".join(lines), title_lines=lines)
    first, *others = publication.issues
    section = replace(first.sections[0], documents=(document,))
    page = built(replace(publication, issues=(replace(first, sections=(section,)), *others)))[PAGE]
    (title,) = page.iter("h1")
    assert words(title) == document.title
    pieces = [words(piece) for piece in by_class(title, "piece")]
    assert pieces and all(len(piece) <= 12 for piece in pieces) and "“乐购柳林·消费共创”" in pieces
    assert not by_class(built(publication)[PAGE], "piece")


def test_deadlines_and_the_telephone_stand_above_the_text(publication: Publication) -> None:
    event = Event(date(2026, 3, 1), date(2026, 3, 31), "申请补贴")
    document = replace(PLAIN, events=(event,))
    first, *others = publication.issues
    section = replace(first.sections[0], documents=(document,))
    page = built(replace(publication, issues=(replace(first, sections=(section,)), *others)))[PAGE]
    everything = list(page.iter())
    body, facts = (everything.index(by_class(page, name)[0]) for name in ("body", "facts"))
    cards, about = (
        everything.index(by_class(page, "event-cards")[0]),
        everything.index(by_id(page, "citation")),
    )
    assert facts < cards < body < about
    assert (
        " ".join(words(by_class(page, "event-cards")[0]).split()) == "2026年3月1日至2026年3月31日：申请补贴"
    )
    assert [link.get("href") for link in by_class(page, "facts")[0].iter("a")] == [
        "liu-zheng-ban-fa-2026-1.ics",
        "#contact",
        "tel:03584022653",
    ]


def test_many_events_are_folded_but_for_the_first(publication: Publication) -> None:
    events = tuple(Event(date(2026, 3, day), date(2026, 3, day), f"第{day}场") for day in range(1, 8))
    first, *others = publication.issues
    section = replace(first.sections[0], documents=(replace(PLAIN, events=events),))
    page = built(replace(publication, issues=(replace(first, sections=(section,)), *others)))[PAGE]
    shown, folded = by_class(page, "event-cards")
    assert (len(list(shown.iter("li"))), len(list(folded.iter("li")))) == (EVENTS_IN_FULL, 7 - EVENTS_IN_FULL)
    (summary,) = by_class(page, "further-events")[0].iter("summary")
    assert words(summary) == f"另有{7 - EVENTS_IN_FULL}项日程"
