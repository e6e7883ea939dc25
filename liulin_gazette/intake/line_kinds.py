"""Patterns that tell from the words of a line what it is: numbered heading, article, document number, date, title."""

from __future__ import annotations

import re
from collections.abc import Sequence

from liulin_gazette.model.document_types import ENDINGS
from liulin_gazette.text.personal_names import is_name

_HAN_NUMBER = "[一二三四五六七八九十百零〇]+"
LEVELS = (
    (re.compile(rf"^{_HAN_NUMBER}、"), 2),
    (re.compile(rf"^[（(]{_HAN_NUMBER}[）)]"), 3),
    (re.compile(r"^\d{1,2}[.．、](?!\d(?!\d{3}年))"), 4),
    (re.compile(r"^[（(]\d{1,2}[）)]"), 5),
)
"""How a heading of each level begins (GB/T 9704-2012 §7.3.3)."""
ARTICLE = re.compile(rf"^第{_HAN_NUMBER}条")
DIVISION = re.compile(rf"^第{_HAN_NUMBER}(?:分编|[章节编篇])(?![目法])")
MAX_DIVISION = 30
"""Characters of a line that names a division; a longer one is a paragraph."""
INSTRUMENTS = "方案|办法|纲要|指南|指引|导则|守则|公约|制度|预案|规定|细则|意见|规划|要点|规则|章程|计划|通则|规程|措施|清单|准则|职责|标准|规范|条例"
NUMBER_LINE = re.compile(
    r"^[（(]?(?P<number>[一-鿿]{2,12}[〔\[［【（(〈﹝〖<＜《{｛「『]?\d{4}[〕\]］】）)〉﹞〗>＞》}｝」』]?第?\d{1,5}号)[）)]?$"
)
BLANK_DATE = re.compile(r"^\d{4}年[Xx×_＿\d]{0,2}月[Xx×_＿\d]{0,2}日$")
"""成文日期 of which month or day have not been filled in, where ``DATE_LINE`` does not match."""
BLANK_NUMBER = re.compile(
    r"^[一-鿿]{2,12}[〔\[［【（(〈﹝〖<＜《{｛「『]\d{4}[〕\]］】）)〉﹞〗>＞》}｝」』]第?[Xx×_＿]{0,4}号$"
)
"""A document number of which the serial has not been filled in."""
YEARLESS_NUMBER = re.compile(r"^[一-鿿]{1,11}[字函发办通]第?\d{1,5}号$")
"""A document number without its year, which the code of its kind tells from an address: 金街办函第12号."""
DATE_LINE = re.compile(
    r"^(?=[^.．/\-－]+日|\d{4}(?P<sign>[.．/\-－])(?:0?[1-9]|1[0-2])(?P=sign)(?:0?[1-9]|[12]\d|3[01])$)"
    r"(?P<year>(?![0０])\d{4}|[一二三四五六七八九][〇○零0０OＯoｏ一二三四五六七八九]{3})[年.．/\-－](?P<month>\d{1,2}|[一二三四五六七八九十]{1,3})[月.．/\-－]"
    r"(?P<day>\d{1,2}|[一二三四五六七八九十]{1,3})日?(?P<weekday>[（(]?(?:星期|周)[一二三四五六日天][）)]?)?$"
)
"""成文日期, in digits, in Han numerals or as 2026.3.8, perhaps with the day of the week after it.

One that has a ``sign`` (2026.3.8) may be a day in a list: only its place tells whether it is 成文日期.
"""
NOTE_LINE = re.compile(
    r"^[（(]?(?:政府)?(?:信息|政务)?公开(?:选项|方式|属性|类别|类型|形式)[：:](?P<choice>(?:主动|依申请|不予|不)公开)[）)]?$"
    r"|^[（(](?P<note>[^（()）]{0,10}公开[^（()）]{0,20})[）)]$"
)
"""公开方式: （此件公开发布）, or a choice after its name, as the forms of some offices have it."""
FORWARDING = "(?:印发|转发|批转|发布|公布)"
"""What a title may have in place of 关于, before the name of the text that it sends out."""
TITLE = re.compile(
    rf"^(?P<issuer>(?:(?!关于)[^《》。，：；:;]){{2,90}}?)?(?:关于|{FORWARDING}《).+(?:{'|'.join(ENDINGS)})(?:（[^（）]+）)?$"
)
EXPLAINS = re.compile("(?:一图|图文|一文|一张图)(?:读懂|看懂|了解|速览)|图解|漫画解读")
"""How titles of pages begin that explain a policy."""
_UNITS = (
    "政府|委员会|委|办公室|办|局|厅|部|处|科|股|室|所|站|院|校|园|馆|社|会|团|队|中心|公司|集团|银行|支行|分行|单位|部门|"
    "企业|事业|机构|组织|乡|镇|村|区|县|市|街道|办事处|林场|农场|人员|同志|群众|居民|村民|学校|医院|法院|检察院"
)
RED_HEAD = re.compile(rf"^(?P<issuer>(?!.*关于)[一-鿿（）()、“”]{{0,88}}(?:{_UNITS})[）)]?)文件$")
"""发文机关标志 (GB/T 9704-2012 §7.2.4)."""
FORM_HEAD = re.compile(r"^(?P<issuer>[一-鿿（）()、]{2,60}?)(?P<form>令|公告|通告)$")
"""The line above the serial of an order or an announcement: ××县人民政府令."""
SERIAL_LINE = re.compile(
    rf"^[（(]?(?:[〔\[［（(]?(?:\d{{4}}年?|[一二三四五六七八九十]{{1,4}}届)[〕\]］）)]?)?"
    rf"(?:第?(?P<serial>\d{{1,4}}|{_HAN_NUMBER})(?P<unit>号|期|次)[）)]?|(?<=[〕\]］])第?\d{{1,3}})$"
)
"""The serial of an order, an announcement or minutes: 第12号, 2026年第2号, 〔2026〕第5期."""
EDITION = re.compile(
    r"^[（(](?:试行|暂行|草案|修订|修订稿|修正|征求意见稿|送审稿|\d{4}年(?:版|修订|本)|\d{4}年?[—\-－–~～至]+\d{4}年?)[）)]$"
)
"""The line below the title of a text that says which edition of it this is."""
HEADNOTE = re.compile(r"^[（(]\d{4}年(?:.+(?:通过|批准|修订|修正|公布|发布)|\d{1,2}月\d{1,2}日)[）)]$")
"""题注: when and by whom a text was passed, or only the day."""
_REGISTERED = r"[A-Z]{2,12}[—\-－–]+\d{4}(?:[—\-－–]+\d{1,6}){1,2}"
REGISTRATION_LABELS = tuple(
    f"{beginning}{kind}号"
    for beginning in ("规范性文件统一", "规范性文件", "统一", "")
    for kind in ("登记", "编制", "备案", "编")
)
"""What stands before 统一登记号. The last four, without a beginning, stand before numbers of other things as well."""
REGISTRATION = re.compile(
    rf"^(?:(?:{'|'.join(REGISTRATION_LABELS[:-4])})[：:](?=\S*\d)[^\s，。；]{{4,30}}"
    rf"|登记号[：:]\d{{4,14}}|(?:(?:{'|'.join(REGISTRATION_LABELS[-4:])})[：:])?{_REGISTERED})$"
)
"""The number under which a normative document is registered: LDGS—2026—001. It is no 发文字号."""
PAGE_NUMBER = re.compile(r"^[—\-－–─·•]{1,2}\d{1,3}[—\-－–─·•]{1,2}$|^第\d{1,3}页[，,]?共\d{1,3}页$")
"""A page number that was typed as a line of the text: — 2 —."""
NO_TEXT = re.compile("^(?:[（(][此本]页无正文(?:[，,][^。（()）]{0,60})?[）)]|[此本]页无正文)$")
"""What stands above a signature that is alone on its page."""
SECURITY = re.compile(r"^(?:\d{6,8}|(?:绝密|机密|秘密)(?:★.*)?|特急|加急|特提|平急|★?内部资料.*)$")
"""份号, 密级 and 紧急程度 (GB/T 9704-2012 §7.2.1–7.2.3)."""
COLOPHON = re.compile(
    r"^(?:抄送|抄报|抄发|分送|报送|主题词)\s*[：:]|年\d{1,2}月\d{1,2}日印发$|^[（(]?共印\s*\d+\s*份[）)]?。?$"
)
"""版记 (GB/T 9704-2012 §7.4)."""
RULE_LINE = re.compile(r"^[-—─━_＿=＝*－]{3,}$")
"""A line drawn with characters."""
SIGNER = re.compile(r"签\s*发\s*人\s*[：:].*$", re.DOTALL)
"""签发人 beside a document number."""
SEAL = re.compile(r"[（(](?:[盖印公]?|[^（()）]{0,20}代)章[)）]$")
"""What stands for the seal after the issuer of a signature; another body may have lent its own: （县应急管理局代章）."""
UNIT = re.compile(rf"(?:{_UNITS})(?:[（(][^（）()]*[）)])?$")
"""The end of the name of a body or of a kind of bodies: 县民政局, 县直有关单位."""
_PERSON_ADDRESSED = re.compile(
    "^(?!.*(?:对象|[^作成]为))"
    ".*(?:委员|代表|同志|先生|女士|中学|小学|中小学|幼儿园|业主|师生|家长|职工"
    "|(?:工务|电务|机务|车务|公路|养路|供电|车辆)段|(?:电视|广播|气象|地震|天文)台|(?:药|商|饭|酒|门|分|专卖|书)店"
    "|(?:工|水|电|药|加工|养殖|化工|机械|水泥)厂|(?:商|农|用|住|经营|租)户|(?:经营|消费|投资|从业|用人|获奖)者"
    "|商行|超市|经营部|合作社|朋友们?)"
    "(?:[（(][^（()）]*[）)])?$"
)
"""How names of others end to whom a letter may be addressed, who are no bodies."""
_ALL = re.compile("^(?:各(?!位)|全体|广大)(?!.*(?:任务|工作|项|类|级|种|地块|标段)).{2,24}$")
"""A name of all of a kind, who are addressed whatever kind they are: 各乡镇残联, 全体市民."""
_GROUP = re.compile("(?:团体|党派|残联|妇联|侨联|文联|科协|工商联|社科联|党委|党组|党工委|支部|总支|工会)$")
"""Further ends of names in a long 主送."""
_NAMES = re.compile("[，,、；;]")
_STATEMENT = re.compile(
    "如下|下列|现将|现就|为了|根据|按照|决定|批准|召开|主持|同意|以下|具体|指出|强调|[。！？!?]|\\d{4}年"
)
"""Words of a sentence, which 主送 is not."""
ANNEX = re.compile(
    r"^(?P<label>附\s{0,4}件|附图|附表|附\s{0,4}录(?!\s*[A-Za-z])|附(?=\s*(?:[：:]|$)))\s*(?P<number>[0-9０-９一二三四五六七八九十]{0,3})\s*[：:]?\s*(?P<title>.*)$"
)
ANNEX_NOTE = re.compile(r"^附\s{0,4}件\s*[：:]\s*\S")
_ROLES = "组长|副组长|成员|主任|副主任|委员|总指挥|副总指挥|指挥长|副指挥长|指挥|副指挥|召集人|副召集人|总召集人|顾问|主席|副主席|秘书长|副秘书长|会长|副会长|理事长|队长|副队长|联络员|负责人|第一组长|常务副组长|常务副主任|第一总指挥|政委|牵头人"
_MEMBER = "委员"
"""A role that words of an assessment may follow in place of a name: 委员　优秀."""
ROSTER = re.compile(
    rf"^(?:(?P<role>(?:{'|'.join('[ 　]*'.join(role) for role in _ROLES.split('|'))}))[ 　]*[：:\t 　])?[ 　\t]*"
    r"(?P<name>[一-鿿·]{2,6}|[一-鿿][ 　]{1,3}[一-鿿])(?P<also>[（(]兼[）)])?(?:[ 　\t]+(?P<post>\S.*)|(?P<bracketed>[（(](?!兼|女|共|[一-鿿]{1,5}族)[^（）()]{2,}[）)]))?$"
)
FIELD = re.compile(
    r"^(?:政策咨询|扫码阅读|责任单位|责任股室|责任人|联系电话|电\s*话|牵头单位|配合单位|责任部门)"
)
"""Lines that stand alone: the fields of 政策咨询 and of lists of duties."""
CONTACT_FIELD = re.compile(r"^(?:责任单位|责任股室|责任人|联系电话|电\s*话)\s*[：:]")
MAX_ROSTER_LINE = 120
"""Characters. A longer line is not a line of a roster."""
MAX_HEADING = 40
"""Characters. A longer numbered line is a paragraph."""
_STOPS = "。；：！？）”》…;:!?.)"


def without_spaces(text: str) -> str:
    """Return ``text`` without white space."""
    return re.sub(r"\s", "", text)


def heading_level(text: str) -> int:
    """Return the level of a numbered heading: 2 for 一、 to 5 for （1）; 0 if ``text`` is no heading."""
    if not is_short_heading(text):
        return 0
    return next((level for pattern, level in LEVELS if pattern.match(text)), 0)


def is_short_heading(text: str) -> bool:
    """Tell whether ``text`` has the length and the end of a heading."""
    is_sentence = "。" in text or text.endswith(("；", "：", "，", "、", ";", ":", ","))
    return len(text) <= MAX_HEADING and not is_sentence


def names_units(text: str, is_letter: bool = False) -> bool:
    """Tell whether ``text``, which ends in a colon, names those to whom a document is addressed.

    One that ``is_letter``, with a number of its own, may be addressed to people as well as to bodies.
    """
    if _STATEMENT.search(text):
        return False
    return any(_is_addressed(name, is_letter) for name in _NAMES.split(re.sub("[：:]$", "", text)))


def are_lines_of_units(lines: Sequence[str], is_letter: bool = False) -> bool:
    """Tell whether each of ``lines``, without spaces, names bodies, or people for one that ``is_letter``, and nothing else."""
    names = [_NAMES.split(line.strip("，,、；;：:")) for line in lines]
    return bool(names) and all(_is_addressed(name, is_letter) for line in names for name in line)


def _is_addressed(name: str, is_letter: bool) -> bool:
    return bool(
        UNIT.search(name)
        or _GROUP.search(name)
        or _ALL.match(name)
        or (is_letter and _PERSON_ADDRESSED.search(name))
    )


def is_fixed_line(text: str) -> bool:
    """Tell whether ``text`` stands alone whatever is around it: a number, a date, a note such as （此件公开发布）, 版记."""
    bare = without_spaces(text)
    patterns = (NUMBER_LINE, SERIAL_LINE, DATE_LINE, NOTE_LINE, RED_HEAD, HEADNOTE, SECURITY, RULE_LINE)
    return bare == "文件" or any(pattern.match(bare) for pattern in patterns) or bool(COLOPHON.search(bare))


def is_roster_line(text: str) -> bool:
    """Tell whether ``text`` names a person with a post or role: 成员 王成君 县委副书记."""
    entry = ROSTER.match(text) if len(text) <= MAX_ROSTER_LINE else None
    if entry is None:
        return False
    more = bool(entry["post"] or entry["also"] or entry["bracketed"])
    role, name = without_spaces(entry["role"] or ""), without_spaces(entry["name"])
    return more or bool(role and (role != _MEMBER or is_name(name)))


def division(text: str) -> re.Match[str] | None:
    """Return the match of the number in a line that names a division; a sentence that begins like one names none.

    A name may have a comma where a space parts it from its number, which no sentence has there.
    """
    number = DIVISION.match(text)
    if number is None or len(text) > MAX_DIVISION or re.search("[。；]|，$", text):
        return None
    return number if "，" not in text or text[number.end()].isspace() else None


def is_annex_label(text: str) -> bool:
    """Tell whether ``text`` is 附件1 alone, under which its title stands."""
    label = ANNEX.match(text)
    return label is not None and not label["title"]


def begins_paragraph(text: str) -> bool:
    """Tell whether a line with this text must begin a paragraph, so that it cannot continue the line before."""
    return bool(
        ARTICLE.match(text)
        or DIVISION.match(text)
        or any(pattern.match(text) for pattern, _ in LEVELS)
        or ANNEX_NOTE.match(text)
        or is_annex_label(text)
        or NUMBER_LINE.match(without_spaces(text))
        or DATE_LINE.match(without_spaces(text))
        or NOTE_LINE.match(without_spaces(text))
        or FIELD.match(text)
        or is_roster_line(text)
    )


def ends_paragraph(text: str) -> bool:
    """Tell whether a line with this text ends its paragraph."""
    return text.endswith(tuple(_STOPS))
