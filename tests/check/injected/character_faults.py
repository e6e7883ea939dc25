"""Wrong, lost, doubled and swapped characters and words."""

from __future__ import annotations

import re
from random import Random

from liulin_gazette.check.likelihood.confusable_characters import (
    NEAR_SOUND,
    SAME_SOUND,
    SHAPE,
    confusable_characters,
)
from liulin_gazette.check.likelihood.ngram_table import ngram_table
from liulin_gazette.text.common_words import common_words
from tests.check.injected.faults import FaultKind, Make, doubled, in_prose, one_of, swapped, without

HAN = re.compile("[一-鿿]")
_COMMON = 200
"""How often a character stands in statutes at least that is typed by mistake."""


def _confused(likeness: str) -> Make:
    def change(line: str, chance: Random) -> str | None:
        table, confusable = ngram_table(), confusable_characters()
        places = [match.start() for match in HAN.finditer(line)]
        for at in chance.sample(places, min(6, len(places))):
            pool = [
                each
                for each, alike in confusable.of(line[at])
                if alike == likeness
                and table.singles[table.tokens.get(each, 0)] > _COMMON
                and each in table.tokens
            ]
            if pool:
                weights = [table.singles[table.tokens[each]] ** 0.5 for each in pool]
                return line[:at] + chance.choices(pool, weights)[0] + line[at + 1 :]
        return None

    return in_prose(change)


def _words(line: str) -> list[int]:
    """Return where the common words of two characters in ``line`` begin."""
    return [at for at in range(len(line) - 1) if line[at : at + 2] in common_words()]


def _lost_in_word(line: str, chance: Random) -> str | None:
    places = _words(line)
    return without(line, chance.choice(places) + chance.randrange(2)) if places else None


def _lost_anywhere(line: str, chance: Random) -> str | None:
    places = [match.start() for match in HAN.finditer(line) if match.start() > 2]
    return without(line, chance.choice(places)) if places else None


def _doubled_character(line: str, chance: Random) -> str | None:
    places = [match.start() for match in HAN.finditer(line)]
    return doubled(line, chance.choice(places)) if places else None


def _doubled_word(line: str, chance: Random) -> str | None:
    places = _words(line)
    if not places:
        return None
    at = chance.choice(places)
    return line[: at + 2] + line[at:]


def _swapped_in_word(line: str, chance: Random) -> str | None:
    places = [at for at in _words(line) if line[at] != line[at + 1]]
    return swapped(line, chance.choice(places)) if places else None


def _swapped_across(line: str, chance: Random) -> str | None:
    places = [
        at
        for at in range(len(line) - 1)
        if HAN.match(line[at]) and HAN.match(line[at + 1]) and line[at] != line[at + 1]
        and line[at : at + 2] not in common_words()
    ]  # fmt: skip
    return swapped(line, chance.choice(places)) if places else None


def _superfluous(line: str, chance: Random) -> str | None:
    places = [at for at in _words(line) if at + 1 < len(line)]
    if not places:
        return None
    at = chance.choice(places) + 1
    return line[:at] + chance.choice("的了是一在有和为对") + line[at:]


PARTICLES = {
    "认真地": "认真的", "更加紧密地": "更加紧密的", "不断地": "不断的", "有序地": "有序的",
    "应当的": "应当地", "规定的": "规定地 规定得", "批准的": "批准得 批准地", "发放的": "发放得",
    "建设的": "建设得", "有关的": "有关地", "管理的": "管理得", "全部的": "全部地", "工作的": "工作得 工作地",
    "重要的": "重要地 重要得", "情形之一的": "情形之一得", "项目的": "项目地 项目得", "人员的": "人员地",
    "政府的": "政府地", "企业的": "企业得 企业地", "资金的": "资金地", "方式的": "方式得", "活动的": "活动得 活动地",
    "取得": "取的", "使得": "使的", "不得": "不的 不地", "获得": "获的", "值得": "值的",
    "土地": "土的 土得", "实地": "实的", "当地": "当的", "属地": "属得", "耕地": "耕的",
}  # fmt: skip
OCR_PAIRS = {
    "人": "入", "入": "人", "日": "曰", "已": "己 巳", "土": "士", "未": "末", "干": "千", "天": "夫", "大": "太",
    "治": "冶", "拆": "折", "拨": "拔", "候": "侯", "间": "问", "贝": "见", "目": "自", "自": "目", "由": "田",
    "甲": "申", "令": "今", "令人": "今人", "本": "木", "水": "永", "全": "金 仝", "责": "贵", "管": "菅", "理": "埋",
    "政": "玫", "府": "俯", "部": "陪", "县": "具", "民": "氏", "工": "王", "王": "玉", "于": "干 千", "员": "贝",
    "贷": "货", "设": "没", "没": "设", "处": "外", "外": "处", "用": "甩", "田": "由", "网": "冈", "困": "因",
    "因": "困", "比": "此", "此": "比", "失": "矢", "究": "宄", "防": "仿", "投": "役", "体": "休", "科": "料",
    "析": "折", "准": "淮", "住": "往", "往": "住", "拟": "似", "微": "徽", "晴": "睛", "施": "旅", "项": "顶",
    "末": "未", "士": "土", "遣": "遗", "推": "椎", "检": "捡", "综": "棕", "织": "识", "论": "沦", "巡": "巛",
}  # fmt: skip
WORDS_OF_ONE_SOUND = {
    "实施": "事实 失事", "公示": "公式 攻势", "形势": "形式", "形式": "形势", "制定": "制订 指定", "权利": "权力",
    "反映": "反应", "必须": "必需", "事项": "事像", "意见": "义件", "监督": "兼督", "保障": "保章", "措施": "错施",
    "责任": "则任", "部门": "布门", "单位": "单为", "资金": "自金", "政府": "整府", "工作": "公作", "组织": "组织织",
    "申请": "深情", "规定": "规订", "情况": "请况", "安全": "按全", "生产": "升产", "经济": "经纪", "发展": "发站",
    "建设": "建社", "管理": "官理", "检查": "检察", "农业": "农页", "补贴": "补帖", "及时": "急时 即时", "严格": "言格",
    "以上": "已上", "以下": "已下", "会议": "汇议", "项目": "象目", "服务": "服物", "审批": "审披", "社会": "设会",
    "群众": "群重", "领导": "领到", "落实": "落时", "执行": "直行", "有关": "有管", "依法": "一法", "追究": "追纠",
    "公开": "公凯", "程序": "程续 成序", "标准": "标淮", "人民": "人名", "财政": "财正", "委员会": "委元会", "重大": "中大",
    "预算": "预算算", "审核": "深核", "方案": "方按", "启动": "启东", "防汛": "防讯", "预警": "遇警", "救助": "救住",
}  # fmt: skip
IDIOMS = {
    "喜闻乐见": "喜文乐见 喜闻乐件", "家喻户晓": "家谕户晓 家喻户哓", "人人皆知": "人人皆之", "专款专用": "专款专项用 专宽专用",
    "玩忽职守": "玩乎职守 玩忽值守", "滥用职权": "烂用职权 滥用职全", "徇私舞弊": "徇私午弊 询私舞弊", "再接再厉": "再接再励 再接再历",
    "脚踏实地": "脚踏实的 脚塌实地", "埋头苦干": "埋头枯干", "真抓实干": "真抓实感", "攻坚克难": "攻尖克难 功坚克难",
    "砥砺前行": "砥励前行 抵砺前行", "弄虚作假": "弄虚做假 弄需作假", "举一反三": "举一返三", "急难愁盼": "急难愁判",
    "凝心聚力": "凝心具力", "奋发有为": "奋发有位", "虚报冒领": "虚报冒令", "以身作则": "以身做则", "锲而不舍": "契而不舍 锲而不舎",
    "稳中求进": "稳中求近", "统筹兼顾": "统愁兼顾", "因地制宜": "因地治宜 因地制益", "齐抓共管": "齐抓公管", "实事求是": "实是求是 实事求事",
    "循序渐进": "循序渐近", "坚持不懈": "坚持不解", "深入人心": "深入人新", "一如既往": "一如继往", "有条不紊": "有条不稳",
    "相辅相成": "相辅相承", "各负其责": "各付其责", "各司其职": "各司其责职", "量力而行": "量力而形", "持之以恒": "持之以衡",
    "开拓创新": "开括创新", "群策群力": "群测群力", "假冒伪劣": "假冒伪烈", "不误农时": "不误农事时", "宜居宜业": "宜居宜页",
}  # fmt: skip
_IDIOM_SENTENCES = (
    "各单位要因地制宜、统筹兼顾，坚持不懈抓好落实。", "要坚持实事求是、量力而行，做到持之以恒。",
    "各部门要齐抓共管、各负其责、各司其职，确保各项工作有条不紊推进。", "要以身作则、群策群力，一如既往做好服务工作。",
    "改革要循序渐进、相辅相成，使政策深入人心。", "要锲而不舍、开拓创新，努力完成各项任务。",
)  # fmt: skip


def _idiom(body: str, chance: Random) -> str | None:
    """Return ``body`` with a wrong idiom: one that it has, or one in a sentence that is put in."""
    wrong = one_of(IDIOMS)
    if chance.random() < 0.4 and (changed := wrong(body, chance)):
        return changed
    sentence = wrong(chance.choice(_IDIOM_SENTENCES), chance)
    return in_prose(lambda line, _: line + str(sentence) if line.endswith("。") else None)(body, chance)


CHARACTER_KINDS = (
    FaultKind("同音字", _confused(SAME_SOUND)),
    FaultKind("近音字", _confused(NEAR_SOUND)),
    FaultKind("形近字", _confused(SHAPE)),
    FaultKind("扫描认错的字", one_of(OCR_PAIRS)),
    FaultKind("同音词", one_of(WORDS_OF_ONE_SOUND)),
    FaultKind("词里漏一字", in_prose(_lost_in_word)),
    FaultKind("漏一字", in_prose(_lost_anywhere)),
    FaultKind("重一字", in_prose(_doubled_character)),
    FaultKind("重一词", in_prose(_doubled_word)),
    FaultKind("词里颠倒", in_prose(_swapped_in_word)),
    FaultKind("词间颠倒", in_prose(_swapped_across)),
    FaultKind("多一虚字", in_prose(_superfluous)),
    FaultKind("的地得", one_of(PARTICLES)),
    FaultKind("成语错一字", _idiom),
)
