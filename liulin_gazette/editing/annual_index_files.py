"""总目录: writes the index of a year into an issue as a document, and writes it anew when the issues have changed."""

from __future__ import annotations

import json
import re
from codecs import BOM_UTF8
from dataclasses import dataclass, replace
from pathlib import Path

from liulin_gazette.editing.changes import Change, file_change
from liulin_gazette.editing.issue_file import NewError, add_to_last_section
from liulin_gazette.editing.line_end_style import unix_text, with_line_ends_of
from liulin_gazette.editing.new_files import free_name
from liulin_gazette.model.annual_index import FirstPages, issues_of
from liulin_gazette.model.dated_settings import settings_at
from liulin_gazette.model.document import Document, GeneratedIndex
from liulin_gazette.model.index_orders import ORDERS
from liulin_gazette.model.publication import Issue, Publication
from liulin_gazette.source.annual_document import AnnualText, annual_text, is_as_generated
from liulin_gazette.source.folder import ISSUE_FILE
from liulin_gazette.text.advised_acts import Act, AdvisedAct, advice

SECTION = "总目录"
"""The 栏目 that gets the index where the editor names no other."""
_GROUP = re.compile(r"^总目录:.*\n(?:[ \t]+.*\n)*", re.MULTILINE)
_FRONT = re.compile(r"---[ \t]*\n(?P<values>.*?\n)---[ \t]*\n", re.DOTALL)
_PLAIN = re.compile(r"[一-鿿][一-鿿0-9（）]*")


@dataclass(frozen=True, slots=True)
class WantedIndex:
    """The index that is asked for."""

    year: int
    issue: str = ""
    """The name of the issue that gets it; empty for the last one of the year."""
    orders: tuple[str, ...] = ()
    """Some of ``ORDERS``; none for those that it has, or all."""
    section: str = ""
    overwrites: bool = False
    """Whether a body that was edited by hand, and an issue that is published, are changed too."""


def issue_with_index(publication: Publication, wanted: WantedIndex) -> Issue:
    """Return the issue that has the index of the year, or is to get it. Raises NewError if there is none, or several."""
    issues = issues_of(publication, wanted.year)
    if not issues:
        raise NewError(f"{wanted.year} 年没有刊物。")
    with_index = [issue for issue in publication.issues if _indexes(issue, wanted.year)]
    if len(with_index) > 1:
        names = "、".join(issue.name for issue in with_index)
        raise NewError(
            f"{names} 都有{wanted.year}年的总目录，没有动。留一份，其余的从 issue.toml 和文件夹里拿掉。"
        )
    if not with_index:
        if not wanted.issue:
            return issues[-1]
        chosen = next((issue for issue in publication.issues if issue.name == wanted.issue), None)
        if chosen is None:
            raise NewError(f"没有 {wanted.issue} 这一期，或者它还没有公文。")
        return chosen
    if wanted.issue not in ("", with_index[0].name):
        raise NewError(
            f"{wanted.year}年的总目录已经在 {with_index[0].name} 里，没有再写。"
            f"要换到 {wanted.issue}，先从 {with_index[0].name} 拿掉。"
        )
    return with_index[0]


def _indexes(issue: Issue, year: int) -> list[Document]:
    return [each for each in issue.documents if each.generated_index and each.generated_index.year == year]


def annual_index_changes(
    root: Path, publication: Publication, wanted: WantedIndex, first_pages: FirstPages
) -> tuple[Change, ...]:
    """Return the changes that write the index; none where it is as it should be.

    ``first_pages`` are those of the year's issues. Raises NewError where it would not stand last in its issue, the issue
    is published, or the index was edited by hand.
    """
    issue = issue_with_index(publication, wanted)
    existing = _indexes(issue, wanted.year)
    if len(existing) > 1:
        raise NewError(
            f"{issue.name} 有两份{wanted.year}年的总目录，没有动。留一份，另一份从 issue.toml 和文件夹里拿掉。"
        )
    known = existing[0].generated_index if existing else None
    orders = wanted.orders or (known.orders if known else ORDERS)
    text = annual_text(issues_of(publication, wanted.year), first_pages, orders)
    if not text.body:
        raise NewError(f"{wanted.year}年的各期没有可以这样排的文件：{'、'.join(orders)}。")
    mark = GeneratedIndex(wanted.year, tuple(orders), text.digest)
    changes = (
        _rewritten(root, existing[0], mark, text, wanted)
        if existing
        else _added(root, publication, issue, mark, text, wanted)
    )
    if changes and issue.record is not None and not wanted.overwrites:
        elsewhere = "" if existing else "登在别的一期的，加上 --issue 期号。"
        raise NewError(
            advice(
                f"{issue.name} 已经发布，没有动它。{elsewhere}确要改它的，加上 --overwrite，生成的时候",
                AdvisedAct(Act.REPUBLISH, issue.name),
                "。",
            )
        )
    if existing and issue.documents[-1] is not existing[0]:
        raise NewError(
            f"总目录（{existing[0].path}）不在 {issue.name} 的最后：它长短一变，后面的页码就都变了。"
            "在 issue.toml 里把它移到最后一个栏目的最后，再运行一次。"
        )
    return changes


def _added(
    root: Path,
    publication: Publication,
    issue: Issue,
    mark: GeneratedIndex,
    text: AnnualText,
    wanted: WantedIndex,
) -> tuple[Change, ...]:
    """Return the changes that add a new document to ``issue``, in the last place."""
    name = free_name(root / issue.folder)
    title = f"{settings_at(publication, issue).name}{wanted.year}年总目录"
    front = [
        "体裁: 资料",
        f"标题: {title if _PLAIN.fullmatch(title) else json.dumps(title, ensure_ascii=False)}",
        f"成文日期: {issue.date}",
        f"网址名: zong-mu-lu-{wanted.year}",
    ]
    content = "---\n" + "\n".join(front) + f"\n{_group(mark)}---\n\n{text.body}\n"
    settings = file_change(root, f"{issue.folder}/{ISSUE_FILE}", None)
    assert settings.before is not None  # The issue was read from it.
    listed = add_to_last_section(settings.before, wanted.section or SECTION, name)
    return (
        file_change(root, f"{issue.folder}/{name}", content.encode()),
        replace(settings, after=listed),
    )


def _rewritten(
    root: Path, document: Document, mark: GeneratedIndex, text: AnnualText, wanted: WantedIndex
) -> tuple[Change, ...]:
    """Return the change of ``document`` to a new body; the rest of its front matter stays as the office wrote it."""
    change = file_change(root, document.path, None)
    assert (
        change.before is not None and document.generated_index is not None
    )  # The document was read from it.
    bom = BOM_UTF8 if change.before.startswith(BOM_UTF8) else b""
    before = change.before.removeprefix(bom).decode("utf-8")
    source = unix_text(before)
    front = _FRONT.match(source)
    if front is None or not _GROUP.search(front["values"]):
        raise NewError(f"{document.path} 的文首信息读不懂，没有动它。")
    is_untouched = is_as_generated(source[front.end() :], document.generated_index.digest)
    if mark == document.generated_index and (is_untouched or not wanted.overwrites):
        return ()
    if not is_untouched and not wanted.overwrites:
        raise NewError(
            f"{document.path} 的总目录在生成以后用手改过，没有动它。要照各期重写、不留手改的，加上 --overwrite；"
            "不再由程序更新的，删去文首的“总目录”一节。"
        )
    values = _GROUP.sub(lambda _: _group(mark), front["values"], count=1)
    after = f"---\n{values}---\n\n{text.body}\n"
    content = bom + with_line_ends_of(before, after).encode()
    return () if content == change.before else (replace(change, after=content),)


def _group(mark: GeneratedIndex) -> str:
    """Return 总目录 of the front matter."""
    return f"总目录:\n  年: {mark.year}\n  排法: {'、'.join(mark.orders)}\n  摘要: {mark.digest}\n"
