"""Back issues of an invented county as other programs made them: their contents, as a web page to print, as a Word file.

Layout, 目录 and page numbers are not those of this program. Counties, people and texts are invented.
"""

from __future__ import annotations

import html
import io
from dataclasses import dataclass

import docx
from docx.enum.text import WD_BREAK, WD_PARAGRAPH_ALIGNMENT

from liulin_gazette.intake.manuscript import Line

COUNTY = "丰泽县"
_PARAGRAPH = "为进一步做好有关工作，经县人民政府同意，现就有关事项通知如下，请结合实际认真贯彻落实。"
_CLAUSES = (
    "一、总体要求",
    "坚持从实际出发，明确任务，落实责任，按期完成各项工作。",
    "二、主要任务",
    "各乡镇、各部门要加强协作，及时报告进展情况，确保取得实效。",
    "三、工作要求",
    "县级有关部门要按照职责分工做好指导和监督。",
)


@dataclass(frozen=True, slots=True)
class Paper:
    """A document of a back issue."""

    section: str
    issuer: str
    title: str
    """With the issuer before 关于, or whole where it has none."""
    number: str
    day: str
    addressees: str
    paragraphs: tuple[str, ...]
    page: int = 0
    """As the 目录 has it."""


@dataclass(frozen=True, slots=True)
class BackIssue:
    """A back issue."""

    year: int
    number: int
    total: int
    day: str
    papers: tuple[Paper, ...]


def back_issue(year: int, number: int, total: int, count: int = 8) -> BackIssue:
    """Return an issue with ``count`` documents of several kinds."""
    month = number * 2
    papers: list[Paper] = []
    for index in range(count):
        day = f"{year}年{month}月{index + 1}日"
        serial = (number - 1) * count + index + 1
        body = (_PARAGRAPH, *_CLAUSES * (1 + index % 3))
        match index % 4:
            case 0:
                issuer, code, section = f"{COUNTY}人民政府", "丰政发", "政府文件"
                subject = ("加强河道管理", "推进集体林权制度改革", "做好防汛抗旱工作")[index // 4 % 3]
                title = f"{issuer}关于{subject}的通知"
            case 1:
                issuer, code, section = f"{COUNTY}人民政府办公室", "丰政办发", "政府办文件"
                title = f"{issuer}关于印发{COUNTY}{year}年城乡居民基本医疗保险实施方案和考核办法的通知"
            case 2:
                issuer, code, section = f"{COUNTY}教育局", "丰教发", "部门文件"
                title = f"{issuer}关于规范中小学第{number}学段课后服务的意见"
            case _:
                issuer, code, section = "", "", "资料"
                title = (
                    f"{COUNTY}{year}年{month}月大事记" if index < 4 else f"在全县第{number}次工作会议上的讲话"
                )
                body = (f"{month}月1日，县委、县政府召开会议，研究部署重点工作。", *_CLAUSES[1::2])
        papers.append(
            Paper(
                section,
                issuer,
                title,
                f"{code}〔{year}〕{serial}号" if code else "",
                day if code else "",
                "各乡（镇）人民政府，县直有关单位：" if code else "",
                body,
            )
        )
    order = ("政府文件", "政府办文件", "部门文件", "资料")
    papers.sort(key=lambda paper: order.index(paper.section))
    return BackIssue(year, number, total, f"{year}年{month}月28日", tuple(papers))


def web_page(issue: BackIssue, pages: tuple[int, ...], numbers_in_contents: bool = False) -> str:
    """Return ``issue`` as HTML to print; ``pages`` are the pages of its documents as the 目录 has them."""

    def line(text: str, kind: str) -> str:
        return f'<p class="{kind}">{html.escape(text)}</p>'

    cover = [
        line(f"{COUNTY}人民政府公报", "name"),
        line(f"{issue.year}年第{issue.number}期", "centre"),
        line(f"（总第{issue.total}期）", "centre"),
        line(f"{COUNTY}人民政府办公室主办", "centre"),
        line(f"{issue.day}出版", "centre"),
    ]
    contents = [line("目　　录", "name")]
    section = ""
    for paper, page in zip(issue.papers, pages, strict=True):
        if paper.section != section:
            section = paper.section
            contents.append(line(f"【{section}】", "section"))
        number = f"（{paper.number}）" if numbers_in_contents and paper.number else ""
        contents.append(
            f'<p class="entry"><span>{html.escape(paper.title + number)}</span>'
            f"<span>{'…' * 8}{page}</span></p>"
        )
    body: list[str] = []
    for paper in issue.papers:
        body.append(f"<section><h1>{html.escape(paper.title)}</h1>")
        if paper.number:
            body.append(line(paper.number, "centre"))
            body.append(line(paper.addressees, "flush"))
        body += [line(text, "text") for text in paper.paragraphs]
        if paper.issuer:
            body += [line(paper.issuer, "right"), line(paper.day, "right")]
        body.append("</section>")
    head = f"{COUNTY}人民政府公报　{issue.year}年第{issue.number}期"
    return f"""<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>公报</title><style>
@page {{ size: 210mm 285mm; margin: 28mm 25mm; }}
@page body {{ @top-center {{ content: "{head}"; font-size: 9pt; }}
  @bottom-center {{ content: "·" counter(page) "·"; font-size: 10pt; }} }}
body {{ font-family: "Noto Serif CJK SC", "Noto Sans CJK SC", serif; font-size: 12pt; line-height: 1.8; }}
.front {{ page: front; break-after: page; }} .body {{ page: body; }}
.main {{ counter-reset: page 1; }}
.name {{ font-size: 26pt; text-align: center; }} .centre {{ text-align: center; text-indent: 0; }}
.section {{ text-align: center; }} .entry {{ display: flex; justify-content: space-between; }}
h1 {{ font-size: 18pt; text-align: center; }} section {{ break-before: page; page: body; }}
section:first-child {{ break-before: auto; }}
.text {{ text-indent: 2em; }} .right {{ text-align: right; }} p {{ margin: 0; }}
</style></head><body><div class="front">{"".join(cover)}</div>
<div class="front">{"".join(contents)}</div><div class="main">{"".join(body)}</div></body></html>"""


def word_issue(issue: BackIssue, pages: tuple[int, ...], brackets: bool = False) -> bytes:
    """Return ``issue`` as a Word file; the 目录 has ``pages`` after tabs, or in brackets."""
    document = docx.Document()

    def line(text: str, *, centred: bool = False) -> None:
        paragraph = document.add_paragraph(text)
        if centred:
            paragraph.alignment = WD_PARAGRAPH_ALIGNMENT.CENTER

    def page_break() -> None:
        document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)

    line(f"{COUNTY}人民政府公报", centred=True)
    line(str(issue.year), centred=True)
    line(f"第{issue.number}期", centred=True)
    line(f"总第{issue.total}期", centred=True)
    line(f"出版日期：{issue.day}", centred=True)
    page_break()
    line("目 录", centred=True)
    section = ""
    for paper, page in zip(issue.papers, pages, strict=True):
        if paper.section != section:
            section = paper.section
            line(f"◆{section}")
        line(f"{paper.title}（{page}）" if brackets else f"{paper.title}\t{page}")
    for paper in issue.papers:
        page_break()
        if paper.number:
            line(f"{paper.issuer}文件", centred=True)
            line(paper.number, centred=True)
        before, about, rest = paper.title.partition("关于")
        for part in (before, about + rest) if about else (paper.title,):
            if part:
                line(part, centred=True)
        if paper.addressees:
            line(paper.addressees)
        for text in paper.paragraphs:
            line(f"　　{text}")
        if paper.issuer:
            line(paper.issuer)
            line(paper.day)
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def lines(*texts: str) -> list[Line]:
    """Return ``texts`` as the lines that intake reads, each with its place."""
    return [Line(text, f"第{number}段") for number, text in enumerate(texts, 1)]
