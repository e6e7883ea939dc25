"""What a query takes from the index of 3,000 documents: bytes, files, and how often it waits for one after another.

The archive is the fifth county fifteen times, each document under another number, lengthened by paragraphs of the
synthetic archive: every word stands in at least fifteen documents, and texts are as long as real ones. Nothing is timed.
"""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from tests.loading import load
from tests.synthetic_archive import paragraph
from tests.web import everyday_search
from tests.web.browser import address

MOST_BYTES = 200_000
"""The most that a query may take, with the first five answers and their sentences."""
MOST_FILES, MOST_ROUNDS = 64, 9
"""Files that a query may take, and how often it waits at most until files have come of which it needs others."""
LONGEST = 12
"""So many of the longest everyday queries are asked."""
DOCUMENTS, PER_ISSUE, PER_YEAR = 3_000, 125, 12
LONG_QUERIES = (
    "我家那个八十多岁瘫痪在床的老母亲原来在外省上班退休金在那边发现在搬回老家来住想问高龄津贴",
    "孩子户口不在本县外地打工父母想转学回来读初中学籍跟房产证",
    "退役军人安置和招聘考试什么时候报名",
    "督促样本防汛隐患排查整改台账应急演练",
    "办" * 10_000,
    "农村危房改造 补助 申请 低保户 公示 兑付",
    "“公共租赁住房” 申请",
    "2026年第3号",
    "青岫县人民政府办公室",
    "示例县人民政府办公室关于",
    "binzangguanli",
    "低保 医保 社保 残疾 养老 看病 上学 买房 种地 养猪 当兵 打工 创业 拆迁 公交",
    "低保 医保 养老 看病 种地 买房",
    "分散供养特困人员住院报销比例和医疗救助怎么申请",
)
CONTENT = """'名称' = '示例县人民政府公报（样本）'
'拼音刊名' = 'SHILIXIAN RENMIN ZHENGFU GONGBAO'
'主办单位' = '示例县人民政府办公室'
'刊期' = '月刊'
'网址' = 'https://sample.example/'
'赠阅范围' = '本刊为测试样本，不赠阅。'

['期号起算']
'年' = 2024
'期' = 1
'总期号' = 1
'每年期数' = 12

[['发文机关']]
'名称' = '示例县人民政府办公室'
'机关代字' = ['示政办发']

['封底']
'标语' = ['测试样本']
'宗旨' = '测试样本'
"""
CONTACT = "政策咨询: {责任单位: 示例县人民政府办公室, 责任股室: 样本股, 责任人: 张某某, 电话: 0000-2000000}"


def write_archive(root: Path) -> Path:
    """Write 3,000 documents to ``root``, and their search page; return the folder of the page."""
    chance = random.Random(2026)
    lines = (everyday_search.FOLDER / "gorge-county.tsv").read_text("utf-8").splitlines()
    content = root / "content"
    content.mkdir(parents=True)
    (content / "gazette.toml").write_text(CONTENT.replace("'", '"'), "utf-8")
    for index in range(DOCUMENTS // PER_ISSUE):
        year, month = 2024 + index // PER_YEAR, index % PER_YEAR + 1
        folder = content / f"{year}-{month}"
        folder.mkdir()
        for place in range(PER_ISSUE):
            number = index * PER_ISSUE + place
            _, title, text = lines[number % len(lines)].split("\t")
            head = f"标题: {title}\n发文字号: 示政办发〔{year}〕{number + 1}号\n发文机关: 示例县人民政府办公室\n成文日期: {year}-{month:02}-01\n公开方式: 此件公开发布\n{CONTACT}"
            body = "\n\n".join([text, *(paragraph(chance) for _ in range(9))])
            (folder / f"{place}.md").write_text(f"---\n{head}\n---\n\n{body}\n", "utf-8")
        listed = ", ".join(f'"{place}.md"' for place in range(PER_ISSUE))
        (folder / "issue.toml").write_text(
            f'"年" = {year}\n"期" = {month}\n"总期号" = {index + 1}\n"出版日期" = {year}-{month:02}-28\n\n[["栏目"]]\n"名称" = "样本文件"\n"文件" = [{listed}]\n',
            "utf-8",
        )
    publication, found = load(root)
    assert publication is not None, [each for each in found if each.severity.name == "ERROR"][:3]
    everyday_search.write_search(root / "site", publication)
    return root / "site"


HELD = """
(() => {
  const held = [], append = Element.prototype.append;
  Element.prototype.append = function (...nodes) {
    if (nodes.length === 1 && nodes[0] instanceof HTMLScriptElement && nodes[0].src.includes("/assets/search/")) held.push(nodes[0]);
    else append.apply(this, nodes);
  };
  const settled = () => new Promise((resolve) => { setTimeout(() => setTimeout(resolve)); });
  window.releaseUntil = async (isDone) => {
    const files = [];
    let rounds = 0;
    for (await settled(); held.length || !isDone(); await settled()) {
      if (!held.length) continue;
      const all = held.splice(0);
      rounds += 1;
      files.push(...all.map((each) => each.src));
      await Promise.all(all.map((script) => new Promise((resolve) => {
        script.addEventListener("load", resolve);
        script.addEventListener("error", resolve);
        append.call(document.head, script);
      })));
    }
    return { files, rounds };
  };
})();
"""
"""Holds the files that a page asks for, and lets those come together that it waits for at the same time."""
ASK = """async (query) => {
  const isDone = () => document.getElementById("search-status").dataset.state === "done";
  const opened = await releaseUntil(() => true);
  document.getElementById("search-box").value = query;
  document.getElementById("search-status").dataset.state = "";
  document.getElementById("search-form").requestSubmit();
  const asked = await releaseUntil(isDone);
  return { files: [...opened.files, ...asked.files], rounds: asked.rounds };
}"""


def taken(browser: Any, site: Path, query: str) -> tuple[int, int, int]:
    """Return the bytes, the files and the rounds of waiting of a first query, from the opening of the page."""
    tab = browser.new_page(viewport={"width": 390, "height": 844})
    tab.add_init_script(HELD)
    tab.goto(address(site, "search/index.html"))
    result: dict[str, Any] = tab.evaluate(ASK, query)
    tab.close()
    paths = {url.removeprefix(address(site, "")).lstrip("/").partition("?")[0] for url in result["files"]}
    sizes = [(site / path).stat().st_size for path in paths if (site / path).exists()]
    return sum(sizes), len(paths), int(result["rounds"])


@pytest.mark.tools
def test_a_query_takes_few_bytes_and_waits_seldom(browser: Any, tmp_path: Path) -> None:
    site = write_archive(tmp_path)
    everyday = sorted((query for query, _ in everyday_search.queries("gorge-county")), key=len)[-LONGEST:]
    found = {query: taken(browser, site, query) for query in (*everyday, *LONG_QUERIES)}
    over = {
        query[:20]: each
        for query, each in found.items()
        if each[0] > MOST_BYTES or each[1] > MOST_FILES or each[2] > MOST_ROUNDS
    }
    assert not over
