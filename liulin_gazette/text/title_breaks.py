"""Where a line of an official title may end, and at what cost: by its words and by its grammar.

GB/T 9704-2012 §7.3.1 wants whole words (词意完整). Costs are those of uneven lines: a cost of 16 is as bad as a line
that is 4 em from the mean length.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from itertools import pairwise

from liulin_gazette.text.peoples import PEOPLES, WITHOUT_SUFFIX
from liulin_gazette.text.personal_names import SURNAME
from liulin_gazette.text.title_words import title_words

FREE, PAUSE, ORDINARY = -40.0, 3.0, 10.0
"""Before 关于, where a reader pauses anyhow; at a comma, at 《》, before 和; between two other words."""
LOOSE, TIGHT, UNKNOWN = 18.0, 36.0, 90.0
"""Before 工作, after a year; before the 文种, （试行） or 人民政府; beside a character that is in no word."""
INSIDE, IN_OFFICE = 12.0, 25.0
"""Added within 《》 and “”, and within 县农业农村和水利局, which are whole where there is room."""
IN_DIVISION = 60.0
"""Between the peoples of an autonomous county, and before 自治县: worse than lines of uneven length."""
_NO_LINE_START = frozenset("的了等之所们、，。；：）》”’〕】·—－~～至 　")
_NO_LINE_END = frozenset("（《“‘〔【和及与暨或在对为由向从被将把按以于关至—－~～·第")
_CONJUNCTIONS = frozenset({"和", "及", "与", "暨", "或", "以及", "并"})
_OPENING, _CLOSING = frozenset("《“"), frozenset("》”")
_TERMS = (
    "领导小组|协调小组|工作小组|组成人员|实施方案|工作方案|行动方案|活动方案|实施意见|实施细则|应急预案|管理办法|实施办法|"
    "暂行办法|暂行规定|工作制度|工作规则|工作机制|工作要点|行动计划|联席会议|会议制度|政务服务|便民热线|跨部门|综合监管|监督管理|"
    "行政审批|人民政府办公[室厅]|人民政府|人民代表大会|常务委员会|办公[室厅]|国土空间|生态修复|总体规划|专项规划|森林草原|"
    "免疫规划|查漏补种|医疗保障|养老保险|医疗保险|特殊人群|数据推送|专项行动|专项整治|消费活动|促消费|若干措施|若干意见|若干规定|"
    "若干问题|指导意见|任务分工|责任分工|责任清单|权力清单|乡村振兴|安全生产|防汛抗旱|高质量|进一步|有关事项|有关问题|"
    "中华人民共和国|适用法律|最高人民法院|最高人民检察院|会议纪要|特别行政区|知识产权|食品安全|公共卫生|环境保护|社会保障|劳动争议"
)
"""Words of official titles that are never parted, though some are two words."""
_COUNTED = (
    "年度|年|月|日|号|届|次|期|批|轮|项|个|户|人|名|家|件|条|类|级|周年|周岁|岁|万|亿|元|公里|亩|吨|%|％|℃"
)
_PEOPLES = f"(?:{PEOPLES}|汉)族|(?:{WITHOUT_SUFFIX}|达斡尔)(?=自治)"
"""A people: the name of an autonomous division has up to four of them."""
_AUTONOMOUS = frozenset({"自治县", "自治旗", "自治州", "自治区"})
_NUMERAL = "一二三四五六七八九十百千〇零两0-9"
_NAME = (
    rf"(?:(?<=关于)|(?<=任命)|(?<=免去)|(?<=聘任)|(?<=推荐)|(?<=提名)|(?<=给予)|(?<=授予)|(?<=追授)|(?<=表彰)|(?<=、))"
    rf"{SURNAME}[一-鿿]{{1,3}}?(?=等?[{_NUMERAL}]*名?同志|等[{_NUMERAL}]|、|任职|免职|职务|为|任免|的)"
)
_ATOM = re.compile(
    r"\d{4}年\d{1,2}月(?:\d{1,2}日)?|"
    rf"(?:[A-Za-z]+|\d[\d.,]*)(?:[-—－~～至]+\d[\d.,]*)*(?:{_COUNTED})*"
    rf"|〔\d+〕(?:\d+号)?|第[{_NUMERAL}]+(?:个五年|{_COUNTED})*|[一二三四五六七八九十百千零〇两]+(?:年|届|次|期|批|轮|号|项|件|个|条|部)|[一二三四五六七八九十百千零〇两]{{2,}}"
    rf"|《[^《》]{{1,12}}》|“[^“”]{{1,10}}”|（[^（）]{{1,12}}）|{_NAME}|{_PEOPLES}|{_TERMS}|.",
    re.DOTALL,
)
_GENRES = re.compile(
    "通知|通告|公告|通报|决定|决议|意见|批复|报告|请示|函|复函|命令|令|办法|"
    "规定|条例|规则|规程|细则|方案|预案|计划|规划|纲要|要点|措施|制度|清单|目录|"
    "标准|指南|名单|名录|导则|规范|准则|守则|章程|解释|答复|公报|纪要|台账|方法|"
    "活动|行动|机制|体系"
)
_ENDS_IN_YEAR = re.compile(r"\d年$")
_DIVISIONS = frozenset("省市县区旗州盟镇乡村")
_OFFICE_END = re.compile("(?:委员会|局|厅|办公室|法院|检察院|中心|政府|公司|总工会|联合会|银行|[支大]队)$")
"""What a name of an office ends in: 县 and 市 after it begin the next name."""
_DOUBLE_OFFICE = re.compile(
    "(?<=[县市省区旗州])(?:(?!关于|委员会|工作|[局厅委])[一-鿿]){2,12}和(?![省市县区旗州])(?:(?![局厅])[一-鿿]){2,8}?(?:局|厅|委员会)"
)
"""The name of an office that has two fields: 县|发展和改革委员会."""
_GOVERNING = re.compile(
    "关于|印发|转发|调整|成立|设立|组建|公布|发布|召开|举办|做好|加强|加快|强化|"
    "命名|表彰|修订|废止|下达|推进|开展|同意|批准|规范|完善|建立|健全|深化|落实|"
    "实施|明确|撤销|确定|认定|补充|更新|通报|组织|支持|促进|以及|给予|授予|任命|"
    "免去|聘任"
)
"""Words after which 县 and 市 begin something: 调整|县征兵工作领导小组."""
_PREFIXES = frozenset("各全本我新老非副总省市县区乡镇村")
_SUFFIXES = frozenset(
    "省市县区旗州盟镇乡村员者率性化型类级期年度费税法局部委办站所院校厂会队场片线网证卡金款物制令案书表册月日号周季家户人名项件批次届轮个条里内外"
    "上下前后中间权群组团社店园路街库河湖渠山港处司署厅股队品业量点险病药券票单岗"
)


def break_costs(text: str) -> list[float]:
    """Return the cost of a line's end before each character of ``text``; infinite where no line ends."""
    costs = [math.inf] * len(text)
    words = list(_units(text))
    offices = [found.span() for found in _DOUBLE_OFFICE.finditer(text)]
    depth, start = 0, 0
    for before, after in pairwise(words):
        start += len(before)
        depth += sum(mark in _OPENING for mark in before) - sum(mark in _CLOSING for mark in before)
        costs[start] = _cost(before, after) + (INSIDE if depth > 0 else 0.0)
        costs[start] += IN_OFFICE if any(first < start < last for first, last in offices) else 0.0
    return costs


def _cost(before: str, after: str) -> float:
    if after[0] in _NO_LINE_START or before[-1] in _NO_LINE_END or before == "关于":
        return math.inf
    if after == "关于":
        return FREE
    if before[-1] in "、，；：》 　" or after[0] == "《" or after in _CONJUNCTIONS:
        return PAUSE
    if before in _AUTONOMOUS and after.startswith("人民政府"):
        return LOOSE
    if _OFFICE_END.search(before) and after[0] in _DIVISIONS and len(after) > 1:
        return PAUSE
    if _GENRES.fullmatch(after) or after[0] == "（" or after.startswith("人民政府"):
        return TIGHT
    if before == "的" or before in _AUTONOMOUS:
        return PAUSE
    if len(after) == 1 or len(before) == 1:
        return UNKNOWN
    if after.endswith("族") or after.startswith(("自治", "族自治")):
        return IN_DIVISION
    return LOOSE if after.startswith("工作") or _ENDS_IN_YEAR.search(before) else ORDINARY


def _units(text: str) -> Iterator[str]:
    """Yield what a line of a title does not part: words, with the numbers, names and places that they form."""
    words: list[str] = []
    plain = ""
    for atom in _ATOM.findall(text):
        if len(atom) == 1 and atom not in "0123456789":
            plain += atom
            continue
        words.extend(title_words(plain))
        words.append(atom)
        plain = ""
    words.extend(title_words(plain))
    joined: list[str] = []
    prefix = ""
    for index, word in enumerate(words):
        previous = joined[-1] if joined else ""
        if prefix:
            joined.append(prefix + word)
            prefix = ""
        elif not _is_loose(word):
            joined.append(word)
        elif _begins_a_name(word, previous) and index + 1 < len(words) and _is_chinese(words[index + 1]):
            prefix = word
        elif joined and _is_chinese(previous) and (word in _SUFFIXES or _is_unknown(previous)):
            joined[-1] += word
        else:
            joined.append(word)
    yield from joined


def _is_loose(word: str) -> bool:
    """Return whether ``word`` is a single ideograph that is no word of grammar."""
    return len(word) == 1 and _is_chinese(word)


def _is_unknown(word: str) -> bool:
    """Return whether ``word`` is single ideographs, maybe several: the beginning of a name that no list has."""
    return _is_chinese(word) and len(word) <= 3 and len(title_words(word)) == len(word)


def _begins_a_name(word: str, previous: str) -> bool:
    """Return whether the single ideograph ``word`` belongs to what follows: 各|单位, 调整|县|征兵."""
    if word not in _PREFIXES:
        return False
    is_after_word = _GOVERNING.fullmatch(previous) or _OFFICE_END.search(previous)
    return word not in _DIVISIONS or is_after_word is not None or not _is_chinese(previous)


def _is_chinese(word: str) -> bool:
    return (
        bool(word)
        and all("\u3400" <= character <= "\u9fff" for character in word)
        and not (len(word) == 1 and (word in _NO_LINE_START or word in _NO_LINE_END or word in _CONJUNCTIONS))
    )
