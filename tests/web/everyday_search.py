"""What people ask, and the documents that answer: everyday queries over the real issue and an archive of other topics.

``everyday/archive.tsv`` has short documents (name, title, text), ``everyday/queries.tsv`` a query and the slug or name
of the document that answers it on each line. ``other-county.tsv`` and ``other-county-queries.tsv`` have the same of a
county of other habits, and several names where several documents answer. The everyday words of the program were
written with these two lists in view. ``other-county-later-queries.tsv`` was written after them, and no word may be
added for a query in it: it measures what an unseen query finds. ``hill-county.tsv`` and ``hill-county-queries.tsv`` are
a third county, written before most everyday words; no word is added for a query in it either.
``river-county.tsv`` and ``river-county-queries.tsv`` are a fourth one, by another hand than the everyday words.
``gorge-county.tsv`` is a fifth one with two lists, both written before the search was read. Only the misses of
``gorge-county-queries.tsv`` were looked at; ``gorge-county-later-queries.tsv`` was counted and never read, and no word
may be added for a query in it. ``black-soil-county.tsv`` is a sixth one with two lists, both written before the words and
the ranking were read. Only the misses of the first were looked at, and no word may be added for a query in either.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from liulin_gazette.model.publication import Publication
from liulin_gazette.pipeline import staging
from liulin_gazette.rendering.templates import read_templates
from liulin_gazette.rendering.templating import environment
from liulin_gazette.web.references import References
from liulin_gazette.web.search.search_data import edge_files, sound_files, words_files
from liulin_gazette.web.site import list_asset
from tests.conftest import ROOT
from tests.loading import load
from tests.rendering import index_assets

FOLDER = Path(__file__).parent / "everyday"
FIRST_NUMBER = 101
"""The serial number of the first document of the archive."""
CONTACT = "政策咨询: {责任单位: 柳林县人民政府办公室, 责任股室: 综合股, 责任人: 张某某, 电话: 0358-4022370}"
FIND = """async (queries) => {
  const search = gazetteSearch, answers = [];
  for (const query of queries) {
    const found = await search.answer(query, {});
    const slugs = async (hits) => (await search.index.rows(hits)).map((row) => row.path.split("/").at(-2));
    answers.push([await slugs(found.first), await slugs(found.inside), found.direct.length]);
  }
  return answers;
}"""
"""Returns, for each query, the slugs in the order of the first list, those of the group inside, and how many are direct."""


ARCHIVES = {
    "archive": "queries",
    "other-county": "other-county-queries",
    "hill-county": "hill-county-queries",
    "river-county": "river-county-queries",
    "gorge-county": "gorge-county-queries",
    "black-soil-county": "black-soil-county-queries",
}
"""The files with documents, and those with the queries that are asked of them."""


def queries(archive: str = "archive", name: str = "") -> list[tuple[str, tuple[str, ...]]]:
    """Return each query of the list ``name``, or the one of ``archive``, with the slugs of the documents that answer it."""
    names = {line.split("\t")[0]: number for number, line in enumerate(_archive(archive), FIRST_NUMBER)}
    lines = (FOLDER / f"{name or ARCHIVES[archive]}.tsv").read_text("utf-8").splitlines()
    pairs = (line.split("\t") for line in lines)
    return [
        (
            query,
            tuple(
                f"liu-zheng-ban-fa-2026-{names[name]}" if name in names else name for name in right.split()
            ),
        )
        for query, right in pairs
    ]


def write_archive(root: Path, archive: str = "archive") -> Publication:
    """Write the real issue and the archive to ``root``, and the search page to ``root/site``; return the publication."""
    return _write(root, _archive(archive))


def write_documents(root: Path, lines: list[str]) -> Path:
    """Write the real issue and documents (name, title, text) to ``root``; return the folder with the search page."""
    _write(root, lines)
    return root / "site"


def _write(root: Path, lines: list[str]) -> Publication:
    shutil.copytree(ROOT / "content", root / "content")
    folder = root / "content/2026-2"
    folder.mkdir()
    names = [f"{number}.md" for number in range(FIRST_NUMBER, FIRST_NUMBER + len(lines))]
    for name, line in zip(names, lines, strict=True):
        _, title, text = line.split("\t")
        number = name.removesuffix(".md")
        head = f"标题: {title}\n发文字号: 柳政办发〔2026〕{number}号\n发文机关: 柳林县人民政府办公室\n成文日期: 2026-04-01\n公开方式: 此件公开发布\n{CONTACT}"
        (folder / name).write_text(f"---\n{head}\n---\n\n{text}\n", "utf-8")
    files = ", ".join(f'"{name}"' for name in names)
    (folder / "issue.toml").write_text(
        f'"年" = 2026\n"期" = 2\n"总期号" = 31\n"出版日期" = 2026-04-30\n\n[["栏目"]]\n"名称" = "县政府文件"\n"文件" = [{files}]\n',
        "utf-8",
    )
    publication, found = load(root)
    assert publication is not None, [each for each in found if each.severity.name == "ERROR"][:3]
    write_search(root / "site", publication)
    return publication


def write_search(folder: Path, publication: Publication) -> None:
    """Write the search page of ``publication`` with everything that it loads to ``folder``."""
    templates = read_templates(ROOT)
    paths = (
        "index.html",
        "search/index.html",
        "assets/search.js",
        "assets/reader.js",
        "assets/site.css",
        "assets/search/spelling.js",
        "assets/search/simplified.js",
    )
    for path in paths:
        asset = list_asset(publication, References(publication, {}), path, environment(templates), templates)
        assert asset is not None, path
        staging.write_file(folder, asset.path, asset.content)
    for asset in (
        *index_assets(publication),
        *(
            file.asset()
            for file in (
                *edge_files(),
                *sound_files(publication.gazette),
                *words_files(publication.gazette),
            )
        ),
    ):
        staging.write_file(folder, asset.path, asset.content)


def found(tab: Any, asked: list[str]) -> list[tuple[list[str], list[str], int]]:
    """Return what the search page in ``tab`` finds for each query, as ``FIND`` does."""
    answers: list[tuple[list[str], list[str], int]] = tab.evaluate(FIND, asked)
    return answers


def first_list(tab: Any, query: str) -> list[tuple[str, str]]:
    """Return the slug and the note of each answer to ``query`` in the list that is shown at first."""
    tab.fill("#search-box", query)
    tab.click("#search-form button[type=submit]")
    tab.wait_for_selector("#search-status[data-state=done]")
    rows: list[list[str]] = tab.eval_on_selector_all(
        "#search-results > li",
        "all => all.map(each => [each.querySelector('a').getAttribute('href'), each.querySelector('.related-by')?.textContent || ''])",
    )
    return [(link.split("/")[-2], note) for link, note in rows]


def _archive(archive: str) -> list[str]:
    return (FOLDER / f"{archive}.tsv").read_text("utf-8").splitlines()
