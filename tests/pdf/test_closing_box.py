"""The contact box is never alone on a page: it has the signature of a short notice, or of several issuers, above it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from liulin_gazette.pdf.composition.items import Items
from liulin_gazette.pdf.typeset.typesetter import Typesetter
from liulin_gazette.rendering.templates import read_templates
from tests.conftest import DOCUMENT, Edit
from tests.loading import load
from tests.pdf.test_composed_lines import typesetter_of
from tests.pdf.test_run_on import CONTACT, notice, section, write_issue

LINE = "各局要认真落实。"
JOINT = "柳林县林业局\n  - 柳林县财政局\n  - 柳林县公安局"
CLASSES = ("contact", "signature", "text", "h1", "p")


def boxes(box: Any) -> Iterator[Any]:
    yield box
    for child in getattr(box, "children", ()):
        yield from boxes(child)


def typesetter_for(root: Path) -> Typesetter:
    publication, found = load(root)
    assert publication is not None, found
    return typesetter_of(publication, root)


def pages_of(root: Path, typesetter: Typesetter) -> list[dict[str, list[int]]]:
    """Return, for each document of the run, the pages of its parts by class or element."""
    publication, found = load(root)
    assert publication is not None, found
    issue = publication.issues[0]
    item = Items(publication.gazette, issue, read_templates(root)).run(issue.full_texts)
    pages: dict[str, dict[str, list[int]]] = {}
    for index, page in enumerate(typesetter.render(item.html, {}).pages):
        articles = [box for box in boxes(page._page_box) if getattr(box, "element_tag", "") == "article"]
        for article in articles:
            of_document = pages.setdefault(article.element.get("id"), {})
            for box in boxes(article):
                names: set[str] = set()
                if box.element is not None:
                    names = {str(box.element.tag), *str(box.element.get("class", "")).split()}
                for name in names & set(CLASSES):
                    if index not in of_document.setdefault(name, []):
                        of_document[name].append(index)
    return list(pages.values())


def test_a_short_notice_that_follows_others_takes_its_contact_box_along(project: Path) -> None:
    """However far down the page it begins; its title stays with its text."""
    text = "\n\n".join(["请各单位按照规定认真执行，不得延误。"] * 3)
    typesetter: Typesetter | None = None
    parted: set[bool] = set()
    for lines in range(26, 60, 3):
        filler = CONTACT.sub("体裁: 人事任免\n", notice(1, "\n\n".join([LINE] * lines)))
        texts = {"01.md": filler, "02.md": notice(2, text, contact=True)}
        write_issue(project, texts, section("01.md", "02.md"), '"接排" = "公文"\n')
        typesetter = typesetter or typesetter_for(project)
        _, second = pages_of(project, typesetter)
        assert second["contact"] == second["signature"], (lines, second)
        assert second["h1"][0] in second["p"], (lines, second)
        parted.add(second["h1"][0] != second["contact"][0])
    assert len(parted) == 2, "some begin on one page and end on the next"


@pytest.mark.parametrize("form", ["逐行", "并排"])
def test_signatures_of_several_issuers_stand_above_the_contact_box(
    project: Path, edit: Edit, form: str
) -> None:
    edit("gazette.toml", '"开本" = "A4"', f'"联合落款" = "{form}"')
    typesetter: Typesetter | None = None
    pages: set[int] = set()
    for lines in range(20, 64, 4):
        text = DOCUMENT.replace("发文机关: 柳林县林业局", f"发文机关:\n  - {JOINT}")
        text = text.replace("请认真执行。", "\n\n".join([LINE] * lines))
        (project / "content/2026-1/01.md").write_text(text, "utf-8")
        typesetter = typesetter or typesetter_for(project)
        (own,) = pages_of(project, typesetter)
        assert own["contact"] == own["signature"][-1:], (lines, own)
        assert own["contact"][0] in own["p"], (lines, own)
        pages.add(own["contact"][0])
    assert len(pages) > 1


def test_the_text_above_several_signatures_begins_below_its_title(project: Path, edit: Edit) -> None:
    """Where signatures and box do not fit below it, a few lines go overleaf with them: a title alone is no page."""
    edit("gazette.toml", '"开本" = "A4"', '"开本" = "B5"\n"联合落款" = "逐行"')
    names = "".join(
        f"\n  - 双江拉祜族佤族布朗族傣族自治县{office}" for office in ("林业局", "生态环境分局", "公安局")
    )
    typesetter: Typesetter | None = None
    for lines in range(12, 36, 3):
        text = DOCUMENT.replace("发文机关: 柳林县林业局", f"发文机关:\n  - 柳林县林业局{names}")
        text = text.replace("标题: ", "标题: 关于在全县范围内联合开展农村饮用水水源地环境保护专项执法检查和")
        text = text.replace("请认真执行。", "各单位要按照职责分工抓好落实。" * lines)
        (project / "content/2026-1/01.md").write_text(text, "utf-8")
        typesetter = typesetter or typesetter_for(project)
        (own,) = pages_of(project, typesetter)
        assert 0 in own["text"], (lines, own)
        assert own["contact"][0] in own["text"], (lines, own)
