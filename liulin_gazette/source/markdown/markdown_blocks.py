"""From tokens of the dialect to blocks of the model, with a finding for what is not understood."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.token import Token

from liulin_gazette.model.annex_notes import (
    ROLE,
    begins_note,
    is_entry,
    is_lead,
    joined_notes,
    with_entry_lines,
)
from liulin_gazette.model.blocks import (
    Annex,
    Article,
    Block,
    Figure,
    Footnote,
    Footnotes,
    Heading,
    Inline,
    Instrument,
    NameList,
    Note,
    Paragraph,
    Roster,
    RosterEntry,
    Signature,
    Table,
    after,
    plain,
)
from liulin_gazette.model.diagnostics import Place
from liulin_gazette.source.finding_collector import FindingCollector
from liulin_gazette.source.folder import Folder
from liulin_gazette.source.markdown import inline, tables
from liulin_gazette.source.markdown.anchors import Anchors
from liulin_gazette.source.markdown.dialect import CONTAINER, PIPE_TABLE, STRAY_CLOSE, parser
from liulin_gazette.source.markdown.figure_marks import marked_figure
from liulin_gazette.source.markdown.footnotes import with_footnotes
from liulin_gazette.source.markdown.inline_marks import FOOTNOTE
from liulin_gazette.source.markdown.instrument_blocks import with_instruments
from liulin_gazette.source.markdown.name_lists import name_groups
from liulin_gazette.source.markdown.paragraph_lines import placing_spaces
from liulin_gazette.source.pictures import picture_files
from liulin_gazette.text.numerals import chinese_number
from liulin_gazette.text.title_lines import INSTRUMENT_MEASURE, title_lines

CONTAINERS = ("落款", "附件", "附图", "附表", "附录", "名单", "名录", "注", "表")
_ARTICLE = re.compile(
    r"(?P<label>第(?P<number>[一二三四五六七八九十百千零〇]+)条(?:之[一二三四五六七八九十]+)?)[ 　]+"
)
_ANNEX = re.compile(r"(?P<kind>附件|附图|附表|附录)(?:\s+(?P<number>\d{1,2}))?(?:\s+(?P<title>\S.*))?$")
_HEADING_SLIP = re.compile(r"#{2,6}[^# \t]|#(?!\d+(?![\d.．、]))[^# \t]")
"""What was meant for a heading; #1楼 is text."""


@dataclass(frozen=True, slots=True)
class Signing:
    """How the signature block (落款) of a document is placed."""

    automatic: bool
    """Whether there is one where the source does not place it."""
    possible: bool
    """Whether the front matter has anybody who could sign."""


SIGNED = Signing(automatic=True, possible=True)
"""The signing of an official document."""


@dataclass(slots=True)
class _Reader:
    """What the functions below need for one document."""

    path: str
    folder: Folder
    md: MarkdownIt
    findings: FindingCollector
    lines: tuple[str, ...]
    """The lines of the body."""
    anchors: Anchors = field(default_factory=Anchors)

    def place(self, token: Token, column: int = 1) -> Place:
        return Place(self.path, (token.map or [0])[0] + 1, column)


def read_blocks(
    body: str, path: str, folder: Folder, findings: FindingCollector, signing: Signing = SIGNED
) -> tuple[Block, ...]:
    """Return the blocks of ``body``, whose line numbers are those of the file; its pictures are in ``folder``."""
    inline.report_raw_html(body, path, findings)
    lines = tuple(line.rstrip() for line in body.split("\n"))
    reader = _Reader(path, folder, parser(), findings, lines)
    blocks = _blocks(reader, reader.md.parse("\n".join(lines)))
    arranged = _with_signature(with_instruments(blocks), signing, reader)
    return with_footnotes(arranged, path, reader.anchors, findings)


def _blocks(reader: _Reader, tokens: Sequence[Token]) -> list[Block]:
    blocks: list[Block] = []
    index = 0
    while index < len(tokens):
        token = tokens[index]
        if token.type == CONTAINER + "_open":
            end = _container_end(tokens, index)
            blocks.extend(_container(reader, token, tokens[index + 1 : end]))
            index = end
        elif token.type == "heading_open":
            blocks.append(_heading(reader, token, tokens[index + 1]))
            index += 2
        elif token.type == "paragraph_open":
            if block := _paragraph(reader, tokens[index + 1]):
                blocks.append(block)
            index += 2
        elif token.type == PIPE_TABLE:
            if table := _table(reader, token, ""):
                blocks.append(table)
        elif token.type == FOOTNOTE:
            blocks.extend(_footnote(reader, token))
        elif token.type == STRAY_CLOSE:
            reader.findings.error(
                "S013", reader.place(token), "这里有一个多余的“:::”。", "删去，或检查前面的版块是否已经结束。"
            )
        index += 1
    return joined_notes(blocks)


def _container_end(tokens: Sequence[Token], start: int) -> int:
    """Return the index of the token that closes the container opened at ``start``."""
    depth = 0
    for index in range(start, len(tokens)):
        depth += (tokens[index].type == CONTAINER + "_open") - (tokens[index].type == CONTAINER + "_close")
        if depth == 0:
            return index
    return len(tokens) - 1


def _inline(reader: _Reader, token: Token) -> Inline:
    place = reader.place(token)
    column = reader.lines[place.line - 1].find(token.content.split("\n")[0])
    place = replace(place, column=column + 1)
    return inline.spans(token.children or [], place, reader.findings, token.content)


def _heading(reader: _Reader, opening: Token, content: Token) -> Block:
    level = int(opening.tag[1])
    text = _inline(reader, content)
    line = reader.place(opening).line
    if level == 1:
        _report_notes(text, reader.place(opening), "印发件的标题", reader.findings)
        title = plain(text)
        reader.anchors.enter_instrument()
        lines = title_lines(title, measure=INSTRUMENT_MEASURE)
        return Instrument(title, lines, (), reader.anchors.instrument(), line)
    if level > 5:
        reader.findings.error(
            "S023", reader.place(opening), "标题最多五级（#####）。", "更低的层次写成段落。"
        )
    if not text:
        reader.findings.error("S023", reader.place(opening), "标题没有文字。", "补上标题，或删去这一行。")
    return Heading(level, text, reader.anchors.heading(level, plain(text)), line)


def _paragraph(reader: _Reader, token: Token) -> Block | None:
    children = token.children or []
    place = reader.place(token)
    if marked := marked_figure(children, place, reader.findings):
        return _figure(reader, token, *marked)
    if _HEADING_SLIP.match(token.content):
        reader.findings.error(
            "S024",
            place,
            "“#”后面要空一格才是标题。",
            "在“#”与文字之间加一个空格（不是全角的）；确要印出“#”的，写作“\\#”。",
        )
    if begins_note(token.content.lstrip(" 　*")):
        _break_before_entries(token)
    text = _inline(reader, token)
    # Drop the spaces that a word processor put before the paragraph; the style sheet indents it.
    text = after(text, len(plain(text)) - len(plain(text).lstrip(" 　")))
    if not text:
        return None
    if begins_note(plain(text)):
        return Paragraph(ROLE, with_entry_lines(text), reader.anchors.paragraph(), place.line)
    if match := _ARTICLE.match(plain(text)):
        rest = after(text, match.end())
        number = chinese_number(match["number"])
        return Article(match["label"], number, rest, reader.anchors.article(number), place.line)
    role = _role(text)
    if (
        role == "text"
        and not is_entry(plain(text))
        and (spaces := placing_spaces(reader.lines[place.line - 1]))
    ):
        text = (replace(text[0], text=spaces + text[0].text), *text[1:])
        role = "placed"
    return Paragraph(role, text, reader.anchors.paragraph(), place.line)


def _break_before_entries(token: Token) -> None:
    """Turn the line ends before entries of 附件说明 into line breaks, but for the one after 附件： alone."""
    lines = token.content.split("\n")
    breaks = [child for child in token.children or [] if child.type in ("softbreak", "hardbreak")]
    for above, line, mark in zip(lines, lines[1:], breaks, strict=False):
        if mark.type == "softbreak" and is_entry(line) and not is_lead(above):
            mark.type = "hardbreak"


def _role(text: Inline) -> str:
    """Return the role of a paragraph that is no 附件说明 (see ``Paragraph.role``)."""
    if all(span.strong or span.note for span in text):
        return "label"
    return "run-in" if text[0].strong else "text"


def _footnote(reader: _Reader, token: Token) -> list[Block]:
    """Return a footnote where it is written; its mark is its label until ``with_footnotes`` gives it a number."""
    place = reader.place(token)
    tokens = reader.md.parseInline(token.content)
    text = inline.spans(tokens[0].children or [], replace(place, column=0), reader.findings, token.content)
    _report_notes(text, place, "注文", reader.findings)
    if not plain(text).strip():
        reader.findings.error(
            "S072", place, f"脚注“[^{token.info}]”的注文没有字。", "在冒号后面写注文，或删去这一行。"
        )
    return [Footnotes((Footnote(token.info, text, "", place.line),), "", place.line)]


def _report_notes(text: Inline, place: Place, where: str, findings: FindingCollector) -> None:
    """Report marks of footnotes where there can be none (S071)."""
    if mark := next((span.note for span in text if span.note), ""):
        findings.error(
            "S071", place, f"{where}里不能有脚注“[^{mark}]”。",
            "把注码移到正文、层次标题、条或表格的格里；原件确有的，注文写成正文末尾的“::: 注”。",
        )  # fmt: skip


def _table(reader: _Reader, token: Token, caption: str) -> Table | None:
    lines = token.content.split("\n")
    anchor = reader.anchors.numbered("table")
    return tables.table(reader.md, lines, caption, anchor, reader.place(token), reader.findings)


def _figure(reader: _Reader, token: Token, image: Token, arrangement: str) -> Figure | None:
    place = reader.place(token)
    name = unquote(str(image.attrs.get("src", "")))
    caption = str(image.attrs.get("title", ""))
    described = inline.spans(image.children or [], place, reader.findings)
    _report_notes(described, place, "图的内容说明", reader.findings)
    alternative = plain(described)
    if not alternative:
        reader.findings.error(
            "S018",
            place,
            "图没有内容说明，看不见图的读者无从知道图上是什么。",
            '写作“![图的内容说明](文件名 "图题")”。',
        )
    anchor = reader.anchors.numbered("figure")
    if name == picture_files.MISSING:
        return Figure("", alternative, caption, anchor, place.line, arrangement)
    if not picture_files.is_sound(reader.folder, name, place, reader.findings):
        return None
    path = f"{reader.path.rsplit('/', 1)[0]}/{name}"
    return Figure(path, alternative, caption, anchor, place.line, arrangement)


def _container(reader: _Reader, token: Token, inside: Sequence[Token]) -> list[Block]:
    place = reader.place(token)
    name, _, rest = token.info.partition(" ")
    meta: dict[str, Any] = token.meta
    if not meta["closed"]:
        reader.findings.error("S012", place, f"版块“{name}”没有结束。", "在版块内容之后单独写一行“:::”。")
    if name in ("落款", "名单", "名录", "注") and rest.strip():
        reader.findings.error(
            "S011",
            place,
            f"“::: {name}”后面的“{rest.strip()}”不会印出来。",
            "删去；要印的字写在版块里面或外面。",
        )
    if name == "落款":
        if token.content.strip():
            reader.findings.error(
                "S022",
                place,
                "“落款”版块里的文字不会印出来。",
                "落款的内容取自文首；删去，或移到版块外面。",
            )
        return [Signature(place.line)]
    if name == "名单":
        return _roster(reader, token, place)
    if name == "名录":
        groups = name_groups(token.content.split("\n"), place, reader.findings)
        return [NameList(groups, reader.anchors.numbered("names"), place.line)]
    if name == "注":
        return _notes(reader, inside)
    if name == "表":
        return _captioned_table(reader, inside, rest.strip(), place)
    if match := _ANNEX.match(token.info):
        label = match["kind"] + (match["number"] or "")
        anchor = reader.anchors.annex(match["kind"], match["number"] or "")
        return [Annex(label, match["title"] or "", tuple(_blocks(reader, inside)), anchor, place.line)]
    reader.findings.error(
        "S011",
        place,
        f"没有名为“{token.info}”的版块。",
        f"可用的有：{'、'.join(CONTAINERS)}，名称后空一格再写标题。",
    )
    return []


def _notes(reader: _Reader, inside: Sequence[Token]) -> list[Block]:
    return [
        Note(block.text, block.anchor, block.line) if isinstance(block, Paragraph) else block
        for block in _blocks(reader, inside)
    ]


def _captioned_table(reader: _Reader, inside: Sequence[Token], caption: str, place: Place) -> list[Block]:
    blocks: list[Block] = []
    for token in inside:
        if token.type == PIPE_TABLE and (table := _table(reader, token, caption)):
            blocks.append(table)
        elif token.type == FOOTNOTE:
            blocks.extend(_footnote(reader, token))
    if not any(token.type == PIPE_TABLE for token in inside):
        reader.findings.error("S014", place, "“表”版块里没有表格。", "在版块里写表格，每行以“|”开头。")
    elif other := next((token for token in inside if token.type not in (PIPE_TABLE, FOOTNOTE)), None):
        reader.findings.error(
            "S014",
            reader.place(other),
            "“表”版块里只印表格，这里的文字不会印出来。",
            "移到版块外面；表的说明写进“::: 注”。",
        )
    return blocks


def _roster(reader: _Reader, token: Token, place: Place) -> list[Block]:
    entries: list[RosterEntry] = []
    for offset, line in enumerate(token.content.split("\n"), 1):
        if not line.strip():
            continue
        parts = [part.strip() for part in line.strip().strip("|").split("|")]
        if line.strip().startswith("|"):
            parts = ["", *parts]
        if len(parts) not in (2, 3) or not parts[1]:
            reader.findings.error(
                "S021", Place(place.path, place.line + offset, 1), "名单这一行读不懂。",
                "一行一人，写作“职务 | 姓名 | 单位和职务”；与上一行职务相同的，职务留空。",
            )  # fmt: skip
            continue
        post = parts[2] if len(parts) == 3 else ""
        entries.append(RosterEntry(parts[0], parts[1], post, place.line + offset))
    if not entries:
        reader.findings.error("S021", place, "名单里没有人。", "一行一人，写作“职务 | 姓名 | 单位和职务”。")
    return [Roster(tuple(entries), reader.anchors.numbered("roster"), place.line)]


def _with_signature(blocks: list[Block], signing: Signing, reader: _Reader) -> tuple[Block, ...]:
    """Return ``blocks`` with one signature block: the marked one, or one before the first instrument or annex."""
    marked = [block for block in blocks if isinstance(block, Signature)]
    for extra in marked[1:]:
        reader.findings.error(
            "S022", Place(reader.path, extra.line, 1), "落款只能有一处。", "删去多余的“::: 落款”。"
        )
    if marked and not signing.possible:
        reader.findings.error(
            "S022",
            Place(reader.path, marked[0].line, 1),
            "文首没有发文机关，也没有签署人，落款印不出来。",
            "在文首写“发文机关”或“签署”；原件没有落款的，删去“::: 落款”版块。",
        )
    if marked or not signing.automatic:
        return tuple(blocks)
    end = next((i for i, block in enumerate(blocks) if isinstance(block, (Instrument, Annex))), len(blocks))
    return (*blocks[:end], Signature(0), *blocks[end:])
