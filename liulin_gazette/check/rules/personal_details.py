"""Rules about what is told of single persons, and about words of secrecy (codes P012–P014)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from liulin_gazette.check.annotations import AnnotatedDocument
from liulin_gazette.check.passages import Passage
from liulin_gazette.check.rule import Finding, Findings
from liulin_gazette.model.blocks import Table, grid, plain
from liulin_gazette.model.diagnostics import Severity
from liulin_gazette.text.personal_names import is_name

_PROVINCES = "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新"
_CONTACT = re.compile(
    rf"[{_PROVINCES}][A-HJ-NP-Z][·• ]?(?=[A-Z]*\d)[A-HJ-NP-Z0-9]{{5,6}}(?![A-Za-z0-9])"
    r"|加微信号?[：:]?\s*[A-Za-z][A-Za-z0-9_\-]{4,19}"
    r"|(?:微信号?|QQ号?|qq号?)(?:（[^）]{0,6}）)?[：:]\s*(?:[A-Za-z][A-Za-z0-9_\-]{4,19}|\d{5,11})"
    r"|(?<!\w)\d{5,11}@qq\.com"
)
_MAIL = re.compile(
    r"(?<![A-Za-z0-9_.])(?![A-Za-z0-9_.]{0,20}(?:zfb|zwb|gov|bgs|xzf))[A-Za-z][A-Za-z._]{2,20}\d{2,8}@(?:163|126|qq|sina|sohu|139|189|gmail|outlook|hotmail|foxmail|yeah)\.(?:com|cn|net)"
)
"""A letter box of a person, as far as its name tells: letters and digits, at a provider of free ones."""
_ILLNESS = (
    "(?:精神分裂症|精神障碍|抑郁症|尿毒症|白血病|癌症|(?:肺|肝|胃|肠|乳腺|宫颈|食管|鼻咽)癌|恶性肿瘤|艾滋病|肺结核|肝硬化|乙型?肝炎?|"
    "糖尿病|高血压|心脏病|脑梗死?|脑瘫|癫痫|帕金森病?|梅毒)"
)
_ILL = re.compile(
    rf"(?:(?<=^)|(?<=[。；，、（：]))(?P<name>[一-鿿]{{2,3}})[，、]?(?:因)?(?:(?:患有?|身患|罹患|确诊为?){_ILLNESS}(?![的等、或和及者])|系{_ILLNESS}(?:患者|感染者))"
    rf"|系{_ILLNESS}(?:感染者|患者)(?P<after>[一-鿿]{{2,3}})(?=[，。；])",
    re.MULTILINE,
)
_AGE = re.compile(
    r"(?<=[一-鿿])[，、（(](?:男|女)[，、](?:[一-鿿]{1,4}族[，、])?(?:现年|年龄)?\d{1,3}(?:周)?岁"
    r"|(?:男|女)[，、](?:[一-鿿]{1,4}族[，、])?(?:19|20)\d{2}[.年]\d{1,2}月?(?:出?生|(?=[，、）)]))"
)
_NAMES = re.compile("姓[ 　]*名|患者|申请人|户主|持卡人|当事人|学生姓名|人员姓名")
_DETAILS = re.compile(
    "病种|疾病(?:名称|类型)?|病情|患病情况|健康状况|诊断(?:结果)?|残疾(?:类别|等级|类型)|年龄|出生年月日?|住址|家庭住址|账号|银行账户|开户账号"
    "|车牌号?码?|微信号?|QQ号?"
)
_MASKED = re.compile(r"[*＊×xX]{2,}")
_INTERNAL = "(?:本?(?:单位|系统|机关))?内部(?:使用|传阅|参考|掌握)(?![的之])"
_SECRET = re.compile(
    r"[本此](?:文件|通知|通报|方案|办法|预案|意见|纪要|报告|资料|材料|件|文)(?:"
    r"(?:的?密级|定密)?(?:[是为系]|属于?|定为|列为)(?:国家)?(?:绝密|机密|秘密)(?:级|件)?(?:文件|公文|国家秘密|事项)?(?=[，。；、）！]|$)"
    r"|(?:依法|一律|暂)?(?:不予公开|不得公开|不得对外公开|不对外公布|不对外公开)(?:发布)?(?=[，。；、）！]|$)"
    rf"|(?:仅限于?|只限于?|仅供|只供|限于?|供)?{_INTERNAL})"
)
_USE = re.compile(rf"(?:仅限于?|仅供|只限于?|只供){_INTERNAL}")
"""Internal use of what may be another thing: 食堂仅限内部使用."""
_LEVEL = re.compile(
    "(?:绝密|机密|秘密)级(?!(?:国家秘密|计算机|信息|载体|网络|文件|事项|以|的|、|或|和|与|资质|地图|档案))"
)

_ABOUT_SECRECY = re.compile("保密|密级|涉密|国家秘密|密品")
"""Words of a sentence about levels of secrecy in general."""


def no_private_contacts(annotated: AnnotatedDocument) -> Findings:
    """P012: no published text holds a number plate, or a personal WeChat or QQ account (《个人信息保护法》第四条)."""
    for passage, found in annotated.matches(_MAIL, annotated.published):
        yield Finding(
            passage.at(found.start()),
            f"“{found[0]}”像是个人的电子邮箱。",
            "改为单位的邮箱；确是单位公布的，写明豁免的文字和理由。",
            found[0],
            Severity.NOTE,
        )
    for passage, found in annotated.matches(_CONTACT, annotated.published):
        yield Finding(
            passage.at(found.start()),
            f"这里有车牌或个人的联系方式“{found[0]}”。",
            "个人的删去；单位公布的，写明豁免的文字和理由。",
            found[0],
        )


def no_details_of_persons(annotated: AnnotatedDocument) -> Findings:
    """P013: no age or illness stands beside a name, no health, address or account in a list of names (《个人信息保护法》第二十八条)."""
    for passage, found in annotated.matches(_ILL, annotated.published):
        if is_name(found["name"] or found["after"]):
            yield Finding(
                passage.at(found.start()),
                f"姓名旁边有病情“{found[0]}”。",
                "病情是敏感个人信息：删去，或隐去姓名。",
                found[0],
            )
    for passage, found in annotated.matches(_AGE, annotated.published):
        yield Finding(
            passage.at(found.start()),
            f"姓名旁边有年龄或出生年月“{found[0].lstrip('，、（(')}”。",
            "任前公示等依规公布的，写明豁免理由；其余删去。",
            found[0],
        )
    for table in annotated.tables:
        yield from _columns_of_details(annotated, table)


def _columns_of_details(annotated: AnnotatedDocument, table: Table) -> Findings:
    rows = list(grid(table))
    heads = [(x, _bare(plain(cell.text)), cell) for row in rows[: table.head_rows] for x, cell in row]
    if not any(_NAMES.search(name) for _, name, _ in heads):
        return
    for column, name, cell in heads:
        if _DETAILS.fullmatch(name) and any(map(_tells, _values(table, column))):
            yield Finding(
                Passage("cell", plain(cell.text), annotated.document.path, cell.line, field=column).at(),
                f"有姓名的表里，“{name}”一列有内容。",
                "个人信息不公开：删去这一列，或遮盖；依规公布的，写明豁免理由。",
                name,
            )


def _values(table: Table, column: int) -> Iterator[str]:
    for row in list(grid(table))[table.head_rows :]:
        yield from (plain(cell.text) for x, cell in row if x == column)


def _tells(value: str) -> bool:
    return re.search(r"[\d一-鿿A-Za-z]", value) is not None and not _MASKED.search(value)


def _bare(text: str) -> str:
    return re.sub(r"[ 　\n]", "", text)


def no_words_of_secrecy(annotated: AnnotatedDocument) -> Findings:
    """P014: no text says that the document itself is secret or for internal use (《保守国家秘密法》).

    That is certain only where 本件, 此文件 … is the subject. Internal use of other things is a note.
    """
    for pattern, severity in ((_SECRET, None), (_LEVEL, Severity.WARNING), (_USE, Severity.NOTE)):
        for passage, found in annotated.matches(pattern, annotated.published):
            if pattern is _LEVEL and _ABOUT_SECRECY.search(passage.text):
                continue
            if pattern is _USE and _SECRET.search(passage.text):
                continue
            yield Finding(
                passage.at(found.start()),
                f"文中有“{found[0]}”。",
                "核对这份公文的定密和公开属性；涉密、内部的不得刊登，确可公开的，写明豁免理由。",
                found[0],
                severity,
            )
