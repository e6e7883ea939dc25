"""Rules about the parts of a document: title, addressees, annexes, contact (codes S030–S032, S040–S048)."""

from __future__ import annotations

import re

from liulin_gazette.check.annotations import AnnotatedDocument
from liulin_gazette.check.passages import Passage
from liulin_gazette.check.rule import Finding, Findings
from liulin_gazette.model.blocks import Annex, Paragraph, grid, plain
from liulin_gazette.model.diagnostics import Place
from liulin_gazette.model.document_kinds import ENDINGS, KINDS

_BOOK_MARKED = re.compile(r"(?:印发|发布|下发)《(?P<title>[^《》]+)》")
_REGULATION = re.compile(r"(?:条例|规定|办法|规则|细则)(?:（[^）]*）)?$")
_ANNOUNCED = re.compile(r"附件：\s*(?P<titles>.+)", re.DOTALL)
_NUMBERED = re.compile(r"(?:^|[\s　])(\d{1,2})[.．]\s*")
_SEEN = re.compile(r"(?:详?见|按照|填写)(?P<label>附件\s*(?P<number>\d{1,2}))(?![\d份个])")
_KINDS_OF_ADDRESSEE = re.compile(r"人民政府|单位|部门|企业|机构|中心|学校|办事处|局|办")
_TOWNS = re.compile(r"(?:镇|乡|街道)[^，、；]{0,4}(?:人民政府|办事处)|乡（镇）人民政府")
_AGREED = re.compile(
    r"经[^，。；]{0,12}(?:县(?:委|人民政府|政府)|区(?:委|人民政府|政府)|市(?:委|人民政府|政府))[^，。；]{0,10}(?:同意|批准|研究|审定)"
)
_FROM_ISSUING = re.compile(r"[自从](?:发文|下发|印发|发布|公布)之日起(?P<verb>执行|实行|生效)")


def _at(annotated: AnnotatedDocument, key: str) -> Place:
    return annotated.document.places.get(key, annotated.document.place)


def title_is_complete(annotated: AnnotatedDocument) -> Findings:
    """S030: a title is 发文机关、事由、文种 (《党政机关公文处理工作条例》第八条、第九条)."""
    title = annotated.document.title
    bare = re.sub(r"（[^（）]*）$", "", title)
    if "关于" not in title and not bare.endswith(("令", "公告", "通告", "公报", "纪要")):
        yield Finding(_at(annotated, "标题"), "标题里没有“关于……的”事由。", "核对原件的标题。", title)
    elif not bare.endswith(ENDINGS):
        yield Finding(
            _at(annotated, "标题"),
            f"标题末尾“{bare[-4:]}”不是规定的文种。",
            f"文种有：{'、'.join(KINDS)}。",
            title,
        )


def title_has_no_stop(annotated: AnnotatedDocument) -> Findings:
    """S031: no mark stands at the end of a title (GB/T 15834-2011, 标题惯例)."""
    for passage in annotated.passages:
        is_title = passage.kind == "title" or passage.name == "标题"
        if is_title and passage.text.endswith(("。", "，", "；", "：", "、", ".", ",", ";")):
            yield Finding(
                passage.at(len(passage.text) - 1),
                f"标题末尾有“{passage.text[-1]}”。",
                "标题末尾不用标点。",
                passage.text,
            )


def title_marks_regulations_only(annotated: AnnotatedDocument) -> Findings:
    """S032: in a title only 法规、规章 stand in 《》 (公文标题惯例; GB/T 9704-2012 沿用)."""
    found = _BOOK_MARKED.search(annotated.document.title)
    if found and not _REGULATION.search(found["title"]):
        yield Finding(
            _at(annotated, "标题"),
            "标题里，所印发的文件加了书名号；按惯例只有法规、规章加。",
            "本期各件宜统一；原件如此的照印。",
            found["title"],
        )


def _notes(annotated: AnnotatedDocument) -> list[tuple[Passage, list[str]]]:
    """Return each 附件说明 with the titles that it announces."""
    notes: list[tuple[Passage, list[str]]] = []
    for passage in annotated.body:
        if not isinstance(passage.block, Paragraph) or passage.block.role != "annex-note":
            continue
        found = _ANNOUNCED.match(passage.text)
        if found is None:
            continue
        text = found["titles"].strip()
        parts = _NUMBERED.split(text)
        titles = [part.strip() for part in parts[2::2]] if len(parts) > 2 else [text]
        notes.append((passage, titles))
    return notes


def annexes_are_as_announced(annotated: AnnotatedDocument) -> Findings:
    """S040: 附件说明 and the annexes agree in count, order and words (GB/T 9704-2012 §7.3.4、§7.3.7)."""
    notes = _notes(annotated)
    annexes = [annex for annex in annotated.annexes if annex.label.startswith("附件")]
    announced = [(passage, title) for passage, titles in notes for title in titles]
    if notes and len(announced) != len(annexes):
        yield Finding(
            notes[0][0].at(),
            f"附件说明列了{len(announced)}个附件，后面实有{len(annexes)}个。",
            "核对原件，补上漏掉的附件，或改正附件说明。",
            notes[0][0].text,
        )
        return
    for (passage, title), annex in zip(announced, annexes, strict=False):
        if title.rstrip("。；;.") != annex.title:
            yield Finding(
                Place(annotated.document.path, annex.line, 1),
                f"附件标题“{annex.title}”与附件说明不一致。",
                f"附件说明（第 {passage.line} 行）是“{title}”。核对原件；原件不一致的照原样，写明豁免理由。",
                annex.title,
            )


def annex_note_is_marked_right(annotated: AnnotatedDocument) -> Findings:
    """S041: names in 附件说明 have no end mark; only several are numbered (GB/T 9704-2012 §7.3.4)."""
    for passage, titles in _notes(annotated):
        if any(title.endswith(("。", "；", "，", ";", "、")) for title in titles):
            yield Finding(
                passage.at(len(passage.text) - 1),
                "附件名称后不加标点。",
                "核对原件；原件如此的照原样。",
                passage.text,
            )
        elif len(titles) == 1 and _NUMBERED.match(passage.text.removeprefix("附件：")):
            yield Finding(passage.at(), "只有一个附件，不编序号。", "核对原件是否漏了附件。", passage.text)


def referred_annexes_exist(annotated: AnnotatedDocument) -> Findings:
    """S042: an annex that the text refers to by number is there."""
    labels = {annex.label for annex in annotated.annexes}
    if not labels:
        return
    for passage in annotated.running:
        if "附件" not in passage.text:
            continue
        for found in _SEEN.finditer(passage.text):
            if f"附件{found['number']}" not in labels:
                yield Finding(
                    passage.at(found.start("label")),
                    f"文中说到“{found['label']}”，本文没有这个附件。",
                    "核对原件，补上附件或改正编号。",
                    found["label"],
                )


def phone_is_of_this_area(annotated: AnnotatedDocument) -> Findings:
    """S044: the contact's telephone has the area code and the number of digits of the county's."""
    contact, own = annotated.document.contact, annotated.archive.publication.back_cover.phone
    if contact is None or "-" not in own or "-" not in contact.phone:
        return
    area, _, number = contact.phone.partition("-")
    own_area, _, own_number = own.partition("-")
    if area != own_area or len(number) != len(own_number):
        yield Finding(
            _at(annotated, "电话"),
            f"电话“{contact.phone}”与本县的电话（{own_area}加{len(own_number)}位）不同。",
            "核对区号和号码的位数。",
            contact.phone,
        )


def columns_are_filled(annotated: AnnotatedDocument) -> Findings:
    """S045: under the head of a column stands something."""
    for table in annotated.tables:
        rows = list(grid(table))
        head, body = rows[: table.head_rows], rows[table.head_rows :]
        if len(body) < 2 or not head:
            continue
        filled = {column for row in body for column, cell in row if plain(cell.text).strip()}
        for column, cell in head[-1]:
            name = plain(cell.text).strip()
            if name and cell.colspan == 1 and column not in filled:
                yield Finding(
                    Passage("cell", name, annotated.document.path, cell.line, field=column).at(),
                    f"“{name}”一列全是空的。",
                    "核对原件，看是否漏录；原件空白的照印，写明豁免理由。",
                    name,
                )


def addressees_are_separated_right(annotated: AnnotatedDocument) -> Findings:
    """S046: addressees of one kind stand with 、, of different kinds with ， (GB/T 9704-2012 §7.3.2 示例)."""
    for part in re.split("[，：]", annotated.document.addressees):
        kinds = [found[-1] for each in part.split("、") if (found := _KINDS_OF_ADDRESSEE.findall(each))]
        if len(set(kinds)) > 1 and "人民政府" in kinds:
            yield Finding(
                _at(annotated, "主送"),
                "主送机关中，人民政府与其他单位之间用了顿号。",
                "同类机关之间用顿号，不同类之间用逗号。原件如此的照原样。",
                part,
            )


def bureau_writes_to_towns(annotated: AnnotatedDocument) -> Findings:
    """S047: a department that instructs 乡镇政府 says that the county agreed (条例第十六条第二项)."""
    document = annotated.document
    if document.issuer.endswith(("人民政府", "人民政府办公室")) or not _TOWNS.search(document.addressees):
        return
    if not _AGREED.search(annotated.text):
        yield Finding(
            _at(annotated, "主送"),
            "部门发给乡镇人民政府的公文，没有写明经县政府同意。",
            "核对原件；原件没有的照印。",
            document.addressees,
        )


def takes_effect_in_set_words(annotated: AnnotatedDocument) -> Findings:
    """S048: an instrument 施行 from a day: 自发布之日起施行 (《立法技术规范（试行）（一）》)."""
    for passage in annotated.running:
        if "之日起" in passage.text and (found := _FROM_ISSUING.search(passage.text)):
            yield Finding(
                passage.at(found.start()),
                f"“{found[0]}”的通行写法是“自发布之日起施行”。",
                "原件如此的照印。",
                found[0],
            )


def annex_has_content(annotated: AnnotatedDocument) -> Findings:
    """S049: an annex is not empty."""
    for annex in annotated.annexes:
        if not annex.blocks:
            yield Finding(
                Place(annotated.document.path, annex.line, 1),
                f"“{_name(annex)}”里没有内容。",
                "补上内容；另册印发的，写一段说明。",
                annex.title,
            )


def _name(annex: Annex) -> str:
    return f"{annex.label} {annex.title}".strip()


def figures_are_titled(annotated: AnnotatedDocument) -> Findings:
    """S050: a figure has a title, of its own or of the annex that it stands in."""
    titled = {id(block) for annex in annotated.annexes if annex.title for block in annex.blocks}
    for figure in annotated.figures:
        if not figure.caption and id(figure) not in titled:
            yield Finding(
                Place(annotated.document.path, figure.line, 1),
                "图没有图题。",
                '写作“![图的内容说明](文件名 "图题")”，或放进有标题的附图。',
                figure.alternative,
            )
